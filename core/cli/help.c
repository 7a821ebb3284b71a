/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

const char *
rw_version(void)
{
    return PACKAGE_VERSION;
}

const char rw_help_main[] =
    "Example: riskwheel run scenarios/hospital.json\n"
    "\n"
    "riskwheel simulates what attackers and chance may do to an organisation and\n"
    "how its Plan-Do-Check-Act cycle answers: what risk remains in money, what it\n"
    "costs, and what each programme of security controls buys.\n"
    "\n"
    "Usage: riskwheel COMMAND [OPTIONS] ...\n"
    "\n"
    "  run SCENARIO        simulate; write results, tables and pictures\n"
    "  check SCENARIO      validate a scenario and say what it holds\n"
    "  exact SCENARIO      exact law of each static risk and of their sum\n"
    "  fit FILE            frequency and size of losses out of a table of incidents\n"
    "  plot RESULTS        draw the pictures of an earlier run again\n"
    "  plugin list         the threats, controls and planners that are there\n"
    "  plugin show NAME    one of them: what it does, its parameters\n"
    "\n"
    "  COMMAND --help      one screen about a command\n"
    "  --version           the version\n"
    "\n"
    "Exit status: 0 done, 1 the referee says no, 2 command line, 3 scenario invalid,\n"
    "4 plugin failed, 5 file or missing tool, 6 out of memory or limit, 70 a bug.\n"
    "Manual: man riskwheel; until that is installed, man -l docs/riskwheel.1\n";

const char rw_help_run[] =
    "Example: riskwheel run scenarios/hospital.json --trials 1e6 -o hospital\n"
    "\n"
    "Usage: riskwheel run SCENARIO [OPTIONS]\n"
    "\n"
    "Simulates the scenario, prints a summary, and writes results.json, tables\n"
    "(*.csv) and pictures (plots/) into a folder. Files that are there stay as they\n"
    "are until the new ones are complete.\n"
    "\n"
    "  --trials N          futures to simulate, e.g. 50000 or 1e6\n"
    "  --precision E@Q     as many futures as it takes to know the quantile Q of the\n"
    "                      first year's loss to E, e.g. 1%@0.99\n"
    "  --trials-max N      but at most so many; else what 2 GB hold (status 6 then)\n"
    "  --seed S            another set of futures; 0 to 2^64 - 1\n"
    "  --threads K         threads; the results do not depend on it\n"
    "  --strategy NAME     only this strategy (and \"nothing\"); may be repeated\n"
    "  --set PATH=VALUE    change a value of the scenario; may be repeated, e.g.\n"
    "                      --set threats.insider.frequency=2/yr (hospital.json)\n"
    "  -o, --output DIR    where to write; else NAME.out for NAME.json\n"
    "  --json              print results.json instead of the summary\n"
    "  --csv               print years.csv instead of the summary\n"
    "  --quiet             print nothing\n"
    "  --no-plots          no pictures\n"
    "  --referee           hold the first year against the exact laws of its static\n"
    "                      risks (see 'riskwheel exact'); exit status 1 where they\n"
    "                      differ beyond chance\n"
    "  --no-band           do not simulate what the estimates leave open; saves about\n"
    "                      a fifth of the time\n"
    "\n"
    "With --json or --csv, files are written only if -o is given.\n"
    "Plugins are looked for in the folders of RISKWHEEL_PLUGINS, in plugins/ beside\n"
    "the scenario and one level up, in plugins/ here, and in those installed.\n";

const char rw_help_check[] =
    "Example: riskwheel check scenarios/hospital.json\n"
    "\n"
    "Usage: riskwheel check SCENARIO [--set PATH=VALUE]...\n"
    "\n"
    "Reads a scenario and its plugins without simulating. Says what it holds, or\n"
    "every error with its line and what would be right (exit status 3).\n"
    "\n"
    "  --set PATH=VALUE    change a value of the scenario first; may be repeated\n"
    "  --quiet             print nothing where all is well\n";

const char rw_help_exact[] =
    "Example: riskwheel exact scenarios/compound.json\n"
    "\n"
    "Usage: riskwheel exact SCENARIO [OPTIONS]\n"
    "\n"
    "Prints the law of one year's loss of every static risk, and of their sum, under\n"
    "the strategy \"nothing\": no sampling, but Fourier transforms, with the error of\n"
    "each figure and the bracket that provably holds it. A risk is static where its\n"
    "years are alike: no plugin, no control that fails or wears before it. The others\n"
    "are listed with the reason.\n"
    "\n"
    "  --semantics         the same year by three readings of frequency times\n"
    "                      magnitude, because other tools differ from this one:\n"
    "                      compound, product, at most one event\n"
    "  --method METHOD     fft, or conditional: Monte Carlo given the largest loss\n"
    "                      of all, for the same risks and their sum\n"
    "  --points N          years that conditional draws for each; else 100000\n"
    "  --seed S            of conditional; else the scenario's\n"
    "  --exceed LOSS       also P(a year loses more than LOSS); may be repeated, but\n"
    "                      goes with neither --semantics nor --method conditional\n"
    "  --json              every digit, as JSON\n"
    "  --set PATH=VALUE    change a value of the scenario first; may be repeated\n";

const char rw_help_fit[] =
    "Example: riskwheel fit scenarios/incidents.csv --loss loss --date date\n"
    "\n"
    "Usage: riskwheel fit FILE --loss COLUMN [--date COLUMN] [OPTIONS]\n"
    "       riskwheel fit FILE --counts COLUMN [OPTIONS]\n"
    "\n"
    "Fits laws to a table (CSV) by maximum likelihood: what incidents cost, how many\n"
    "there are. Prints each law with errors, AIC and goodness of fit, what to heed,\n"
    "and the best one to paste into a scenario.\n"
    "\n"
    "  --loss COLUMN       what an incident cost\n"
    "  --date COLUMN       when it was: 2023-05-17, 2023-05 or 2023\n"
    "  --counts COLUMN     a row is no incident, but a period and its number of them\n"
    "  --of WHAT           only severity, or only frequency\n"
    "  --where COL=VALUE   only rows with that cell; may be repeated\n"
    "  --skip-empty        leave out rows with an empty cell, else an error\n"
    "  --above MONEY       only losses from there on: reporting or tail threshold\n"
    "  --family NAME       only exponential, gamma, weibull, lognormal, lomax or gpd\n"
    "  --cap MONEY         the most that one incident can cost, for the law to paste\n"
    "  --from DAY, --to DAY    first and last day that was watched\n"
    "  --skip-outside      leave out rows not between them, else an error\n"
    "  --per PERIOD        count by year (default), quarter or month\n"
    "  --currency-year Y   losses in money of year Y, with one of\n"
    "    --inflation R       a share a year, such as 3%\n"
    "    --index FILE        CSV with columns year and index, such as consumer prices\n"
    "  --replicates N      simulated samples for p; else 999, 199 above 1000 losses\n"
    "  --seed S            of these; else 1\n"
    "  --json              every digit, as JSON\n"
    "  --paste             only what is to be pasted; notes on standard error\n";

const char rw_help_plot[] =
    "Example: riskwheel plot hospital.out\n"
    "\n"
    "Usage: riskwheel plot RESULTS\n"
    "\n"
    "Draws the pictures of an earlier run again. RESULTS is a results.json or the\n"
    "folder that holds one; the pictures go into plots/ beside it, as SVG and PNG,\n"
    "each with its gnuplot script and data. Exit status 5 where gnuplot is missing\n"
    "or fails.\n"
    "\n"
    "  --quiet             print nothing\n";

const char rw_help_plugin[] =
    "Example: riskwheel plugin show ai_phishing\n"
    "\n"
    "Usage: riskwheel plugin list [KIND]\n"
    "       riskwheel plugin show NAME\n"
    "\n"
    "Threats, controls and planners are plugins: Lua files that a scenario names.\n"
    "\n"
    "  list                all that are found, with their first line\n"
    "  show                one of them: what it does, its parameters and source\n";

const char rw_help_plugin_list[] =
    "Example: riskwheel plugin list threat\n"
    "\n"
    "Usage: riskwheel plugin list [KIND]\n"
    "\n"
    "Lists the plugins that are found; KIND is threat, control or planner.\n"
    "They are looked for in the folders of RISKWHEEL_PLUGINS (parted by colons), in\n"
    "plugins/ here, and in those installed. One that cannot be loaded is told on\n"
    "standard error (exit status 4).\n";

const char rw_help_plugin_show[] =
    "Example: riskwheel plugin show ai_phishing\n"
    "\n"
    "Usage: riskwheel plugin show NAME\n"
    "\n"
    "Describes a plugin: what it does and after which source, its parameters with\n"
    "unit, range and default, and how a scenario uses it. NAME may also be the path\n"
    "of a .lua file.\n";
