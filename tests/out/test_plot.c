/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/json.h"
#include "out/matrix.h"
#include "out/picture.h"
#include "out/plot.h"
#include "tests/out/fake.h"
#include "tests/out/xml.h"
#include "tests/support/check.h"

#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const struct fake_size size = {.threats = 8,
    .assets = 3,
    .strategies = 3,
    .futures = 3000,
    .cycles = 8,
    .per_year = 4,
    .loss = 1e5,
    .controls = 20};

static char folder[64];

static int
make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/riskwheel-test-XXXXXX");
    return mkdtemp(folder) == NULL;
}

static int
remove_folder(void **state)
{
    char command[128];

    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static const char *
in_folder(const char *name)
{
    static char path[256];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static bool
is_there(const char *name)
{
    struct stat st;

    return stat(in_folder(name), &st) == 0 && st.st_size > 0;
}

static char *
read_whole(const char *name)
{
    struct rw_error e;
    char *bytes = NULL;
    size_t n;

    rw_error_clear(&e);
    assert_int_equal(
        rw_file_read(in_folder(name), (size_t)64 << 20, &bytes, &n, &e), RW_OK);
    return bytes;
}

static void
write_script(const char *name, const char *text)
{
    FILE *f = fopen(in_folder(name), "w");

    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
    assert_int_equal(chmod(in_folder(name), 0755), 0);
}

/* Draws the fake's pictures into folder/out. */
static enum rw_err
draw(struct fake *f, const struct rw_plot_options *options,
    struct rw_plot_report *report, struct rw_error *e)
{
    struct rw_json_head head = {.version = "1"};
    struct rw_result *r;
    struct rw_output output;
    struct rw_text text;
    enum rw_err err;

    rw_error_clear(e);
    rw_text_init(&text);
    assert_int_equal(rw_result_make(&f->outcome, &f->arena, &r, e), RW_OK);
    assert_int_equal(rw_json_results(r, &head, &text, e), RW_OK);
    assert_int_equal(rw_output_open(&output, in_folder("out"), e), RW_OK);
    err = rw_plots_write(text.s, text.len, &output, options, report, e);
    if (err == RW_OK)
        assert_int_equal(rw_output_commit(&output, e), RW_OK);
    rw_output_abort(&output);
    rw_text_fini(&text);
    return err;
}

static bool
gnuplot_is_there(void)
{
    return system("gnuplot --version >/dev/null 2>&1") == 0;
}

static void
every_byte_value_stays_inside_the_quotes(void **state)
{
    (void)state;
    for (unsigned a = 1; a < 256; a++)
        for (unsigned b = 1; b < 256; b++) {
            char s[] = {'x', (char)a, (char)b, 'y', '\0'};
            struct rw_text t;
            size_t n;

            rw_text_init(&t);
            rw_picture_quote(&t, s, RW_PICTURE_TEXT);
            n = t.len;
            assert_true(n >= 2 && t.s[0] == '\'' && t.s[n - 1] == '\'');
            for (size_t k = 1; k + 1 < n; k++) {
                unsigned char c = (unsigned char)t.s[k];

                assert_true(c >= 0x20 && c != 0x7f && c != '\'');
            }
            for (size_t k = 0, len; k < n; k += len) {
                len = rw_utf8_length((const unsigned char *)t.s + k, n - k);
                assert_true(len > 0);
            }
            rw_text_fini(&t);
        }
}

static void
long_text_is_cut_at_whole_characters(void **state)
{
    struct rw_text t;

    (void)state;
    rw_text_init(&t);
    rw_picture_clean(&t, "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9", 4);
    assert_string_equal(t.s, "\xc3\xa9\xc3\xa9\xc3\xa9\xe2\x80\xa6");
    rw_text_fini(&t);
    rw_picture_clean(&t, "abcd", 4);
    assert_string_equal(t.s, "abcd");
    rw_text_fini(&t);
    rw_picture_clean(&t, "a\tb\n\x01\x7f\xc2\x85\xef\xbf\xbf\xe2\x80\xae\xff", 99);
    assert_string_equal(t.s, "a b \xef\xbf\xbd");
    rw_text_fini(&t);
}

static void
all_pictures_come_with_script_and_data(void **state)
{
    struct rw_plot_options options = {"gnuplot", 30, NULL};
    struct rw_plot_report report;
    struct rw_error e;
    struct fake f;
    char *first, *second;

    (void)state;
    if (!gnuplot_is_there())
        skip();
    fake_make(&f, &size);
    fake_programme(&f, &size);
    fake_benefit(&f, &size);
    assert_int_equal(draw(&f, &options, &report, &e), RW_OK);
    assert_string_equal(report.tool.detail, "");
    assert_int_equal(report.tool.code, RW_OK);
    for (size_t k = 0; k < RW_PLOTS; k++) {
        static const char *const suffixes[] = {"gp", "tsv", "svg", "png"};
        char name[64];

        assert_true(report.drawn[k]);
        for (size_t j = 0; j < 4; j++) {
            snprintf(name, sizeof name, "out/plots/%s.%s", report.name[k], suffixes[j]);
            assert_true(is_there(name));
        }
        snprintf(name, sizeof name, "out/plots/%s.svg", report.name[k]);
        first = read_whole(name);
        assert_true(xml_is_well_formed(first));
        free(first);
    }
    first = read_whole("out/plots/exceedance.svg");
    assert_int_equal(draw(&f, &options, &report, &e), RW_OK);
    second = read_whole("out/plots/exceedance.svg");
    assert_non_null(strstr(second, "pdca"));
    assert_string_equal(first, second);
    assert_null(strstr(second, "uncertainty of the estimates"));
    assert_non_null(strstr(second, "95 % interval"));
    free(first);
    free(second);
    fake_free(&f);
}

static void
the_band_of_the_estimates_is_drawn_and_named(void **state)
{
    struct rw_plot_options options = {"gnuplot", 30, NULL};
    struct rw_plot_report report;
    struct rw_error e;
    struct fake f;
    char *text;

    (void)state;
    if (!gnuplot_is_there())
        skip();
    fake_make(&f, &size);
    fake_nest(&f, &size);
    assert_int_equal(draw(&f, &options, &report, &e), RW_OK);
    assert_string_equal(report.tool.detail, "");
    text = read_whole("out/plots/exceedance.svg");
    assert_true(xml_is_well_formed(text));
    assert_non_null(strstr(text, "uncertainty of the estimates, 90 %"));
    assert_non_null(strstr(text, "Monte Carlo error, 95 %"));
    assert_null(strstr(text, "95 % interval"));
    free(text);
    text = read_whole("out/plots/exceedance.gp");
    assert_non_null(strstr(text, "using 1:2:3 with filledcurves"));
    assert_non_null(strstr(text, "exceed an amount; wide shade: nothing, roadmap'"));
    free(text);
    fake_free(&f);
}

static bool
speaks_of(const char *picture, const char *name)
{
    char file[64], *text;
    bool found;

    snprintf(file, sizeof file, "out/plots/%s.gp", picture);
    text = read_whole(file);
    found = strstr(text, name) != NULL;
    free(text);
    return found;
}

static void
headlines_speak_of_the_best_strategy(void **state)
{
    struct rw_plot_options options = {"gnuplot", 30, NULL};
    struct rw_plot_report report;
    struct rw_error e;
    struct fake f;

    (void)state;
    if (!gnuplot_is_there())
        skip();
    fake_make(&f, &size);
    fake_programme(&f, &size);
    fake_benefit(&f, &size);
    for (size_t i = 0; i < f.outcome.n; i++)
        f.outcome.spend[2][i] += 1e9;
    assert_int_equal(draw(&f, &options, &report, &e), RW_OK);
    assert_true(speaks_of("exceedance", "'Year 2 with roadmap: "));
    assert_true(speaks_of("residual", "'With roadmap residual"));
    assert_true(speaks_of("cost", "'roadmap costs "));
    assert_true(speaks_of("versus", "'roadmap "));
    assert_true(speaks_of("risks", "'roadmap, quarter 8'"));
    assert_true(speaks_of("largest", "set title 'roadmap'"));
    assert_false(speaks_of("largest", "set title 'pdca'"));
    fake_free(&f);
}

/* Of two rows of panels only the lower one has room for the axis's name. */
static void
titles_do_not_stand_on_axis_labels(void **state)
{
    static const char *const pictures[] = {"cost", "residual", "programme"};
    struct rw_plot_options options = {"gnuplot", 30, NULL};
    struct fake_size z = size;
    struct rw_plot_report report;
    struct rw_error e;
    struct fake f;

    (void)state;
    if (!gnuplot_is_there())
        skip();
    z.strategies = 5;
    fake_make(&f, &z);
    fake_programme(&f, &z);
    assert_int_equal(draw(&f, &options, &report, &e), RW_OK);
    for (size_t k = 0; k < 3; k++) {
        char file[64], *text, *at;
        int with = 0, without = 0;

        snprintf(file, sizeof file, "out/plots/%s.gp", pictures[k]);
        text = read_whole(file);
        for (at = text; (at = strstr(at, "set xlabel 'Quarter'")) != NULL; at++)
            with++;
        for (at = text; (at = strstr(at, "unset xlabel\nset title")) != NULL; at++)
            without++;
        /* five panels in rows of three and two; four follow the programme, two and two */
        assert_int_equal(with, k == 2 ? 2 : 3);
        assert_int_equal(without, 2);
        free(text);
    }
    fake_free(&f);
}

/* Two risks at one place, a decade of 165 pixels, and neighbours 14 pixels away. */
static void
numbers_stand_where_they_cover_no_other_mark(void **state)
{
    static const struct {
        size_t n; /* neighbours */
        const char *side;
    } v[] = {{0, "left offset 1.6,0"}, {1, "right offset -1.6,0"},
        {2, "center offset 0,0.95"}, {3, "center offset 0,-0.95"}};
    static const double away = 1.22;
    const struct rw_mark near[] = {
        {2, away, 1e5, 0, 0}, {3, 1 / away, 1e5, 0, 0}, {4, 1, 1e5 * away, 0, 0}};

    (void)state;
    for (size_t k = 0; k < sizeof v / sizeof *v; k++) {
        struct rw_mark marks[5] = {{0, 1, 1e5, 0, 0}, {1, 1, 1e5, 0, 0}};
        const struct rw_matrix m = {marks, 2 + v[k].n, 0.03, 30, 3e3, 3e6};
        struct rw_text t;

        for (size_t j = 0; j < v[k].n; j++)
            marks[2 + j] = near[j];
        rw_text_init(&t);
        rw_matrix_numbers(&t, &m);
        assert_non_null(strstr(t.s, "'1, 2' at 1,"));
        if (strstr(t.s, v[k].side) == NULL)
            fail_msg("%zu: %s", k, t.s);
        rw_text_fini(&t);
    }
}

/* Text that would run a command, were it ever taken for more than text. */
static void
hostile_names_run_nothing_and_break_no_picture(void **state)
{
    struct rw_plot_options options = {"gnuplot", 30, NULL};
    struct rw_plot_report report;
    static char all[256], attack[6][256];
    struct rw_error e;
    struct fake f;

    (void)state;
    if (!gnuplot_is_there())
        skip();
    fake_make(&f, &size);
    fake_programme(&f, &size);
    fake_benefit(&f, &size);
    for (unsigned b = 1; b < 256; b++)
        all[b - 1] = (char)b;
    snprintf(attack[0], 256, "`touch %s/sentinel`", folder);
    snprintf(attack[1], 256, "'; system \"touch %s/sentinel\"; '", folder);
    snprintf(attack[2], 256, "x\n!touch %s/sentinel\n", folder);
    snprintf(attack[3], 256, "'\nset output '|touch %s/sentinel", folder);
    snprintf(attack[4], 256, "\" . system(\"touch %s/sentinel\") . \"", folder);
    snprintf(attack[5], 256, "@x $(touch %s/sentinel) %%s%%n {/Bold &<b>]]>", folder);
    f.model.name = all;
    f.model.currency = attack[1];
    for (size_t k = 0; k < 6; k++)
        f.model.threats[k].name = attack[k];
    for (size_t k = 0; k < 20; k++)
        f.model.controls[k].name = k < 6 ? attack[k] : all + 10 * k;
    f.model.threats[6].name = all + 200;
    f.model.threats[7].name = "";
    for (size_t k = 0; k < 3; k++) {
        f.model.strategies[k].name = attack[2 * k];
        f.model.assets[k].name = attack[2 * k + 1];
    }
    assert_int_equal(draw(&f, &options, &report, &e), RW_OK);
    assert_string_equal(report.tool.detail, "");
    assert_false(is_there("sentinel"));
    assert_int_not_equal(access(in_folder("sentinel"), F_OK), 0);
    for (size_t k = 0; k < RW_PLOTS; k++) {
        char name[64], *svg;

        assert_true(report.drawn[k]);
        snprintf(name, sizeof name, "out/plots/%s.svg", report.name[k]);
        svg = read_whole(name);
        assert_true(xml_is_well_formed(svg));
        free(svg);
    }
    fake_free(&f);
}

static void
shapes_of_every_kind_are_drawn(void **state)
{
    static const struct fake_size sizes[] = {{1, 1, 1, 3000, 1, 1, 1e5, 1},
        {2, 1, 2, 3000, 3, 12, 1e5, 2}, {10, 5, 6, 3000, 120, 12, 1e-3, 40},
        {1, 1, 4, 3000, 2, 1, 1e12, 5}};
    struct rw_plot_options options = {"gnuplot", 30, NULL};
    struct rw_plot_report report;
    struct rw_error e;
    struct fake f;

    (void)state;
    if (!gnuplot_is_there())
        skip();
    for (size_t z = 0; z < sizeof sizes / sizeof *sizes; z++) {
        fake_make(&f, &sizes[z]);
        fake_programme(&f, &sizes[z]);
        fake_benefit(&f, &sizes[z]);
        assert_int_equal(draw(&f, &options, &report, &e), RW_OK);
        assert_string_equal(report.tool.detail, "");
        for (size_t k = 0; k < RW_PLOTS; k++)
            assert_true(report.drawn[k] || report.nothing[k][0] ||
                        (sizes[z].strategies == 1 && report.left_out[k]));
        fake_free(&f);
    }
}

/* Neither drawn nor explained, and one of an earlier run goes. */
static void
what_nobody_asked_for_is_no_picture(void **state)
{
    struct rw_plot_options options = {"gnuplot", 30, NULL};
    struct rw_plot_report report;
    struct rw_error e;
    struct fake f;

    (void)state;
    if (!gnuplot_is_there())
        skip();
    fake_make(&f, &size);
    assert_int_equal(draw(&f, &options, &report, &e), RW_OK);
    assert_string_equal(report.name[RW_PLOTS - 2], "programme");
    assert_string_equal(report.name[RW_PLOTS - 1], "benefit");
    for (size_t k = RW_PLOTS - 2; k < RW_PLOTS; k++) {
        assert_true(report.left_out[k] && !report.drawn[k]);
        assert_string_equal(report.nothing[k], "");
    }
    assert_false(is_there("out/plots/programme.gp"));
    assert_false(is_there("out/plots/benefit.gp"));
    fake_free(&f);
}

static void
nothing_to_draw_is_said_in_words(void **state)
{
    struct rw_plot_options options = {"gnuplot", 30, NULL};
    struct fake_size z = size;
    struct rw_plot_report report;
    struct rw_error e;
    struct fake f;

    (void)state;
    z.loss = 0;
    fake_make(&f, &z);
    assert_int_equal(draw(&f, &options, &report, &e), RW_OK);
    assert_string_equal(
        report.nothing[0], "no year has enough futures with a loss for a curve");
    assert_non_null(strstr(report.nothing[1], "largest event has no curve"));
    assert_true(report.nothing[2][0] != '\0');
    assert_true(report.nothing[4][0] != '\0');
    assert_false(is_there("out/plots/exceedance.gp"));
    fake_free(&f);
}

static void
a_missing_gnuplot_costs_the_pictures_only(void **state)
{
    struct rw_plot_options options = {"/nowhere/gnuplot", 30, NULL};
    struct rw_plot_report report;
    struct rw_error e;
    struct fake f;

    (void)state;
    fake_make(&f, &size);
    assert_int_equal(draw(&f, &options, &report, &e), RW_OK);
    assert_int_equal(report.tool.code, RW_ERR_TOOL);
    assert_non_null(strstr(report.tool.text, "/nowhere/gnuplot"));
    assert_true(is_there("out/plots/residual.gp"));
    assert_true(is_there("out/plots/residual.tsv"));
    assert_false(is_there("out/plots/residual.svg"));
    assert_int_not_equal(access(in_folder("out/plots/residual.svg"), F_OK), 0);
    fake_free(&f);
}

static void
a_failing_gnuplot_is_quoted(void **state)
{
    char program[256];
    struct rw_plot_options options = {program, 30, NULL};
    struct rw_plot_report report;
    struct rw_error e;
    struct fake f;

    (void)state;
    write_script("failing", "#!/bin/sh\necho half a picture\necho 'line 7: bad' >&2\n"
                            "exit 1\n");
    strcpy(program, in_folder("failing"));
    fake_make(&f, &size);
    assert_int_equal(draw(&f, &options, &report, &e), RW_OK);
    assert_int_equal(report.tool.code, RW_ERR_TOOL);
    assert_string_equal(report.tool.detail, "line 7: bad");
    assert_int_not_equal(access(in_folder("out/plots/cost.svg"), F_OK), 0);
    fake_free(&f);
}

static double
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Its children go with it: the sleep would write a sentinel. */
static void
a_hanging_gnuplot_is_killed_with_its_children_and_not_tried_again(void **state)
{
    char program[256], script[512];
    struct rw_plot_options options = {program, 0.3, NULL};
    struct rw_plot_report report;
    struct rw_error e;
    struct fake f;
    double start;

    (void)state;
    snprintf(script, sizeof script,
        "#!/bin/sh\necho started >>%s/started\n(sleep 2; touch %s/late) &\nwait\n",
        folder, folder);
    write_script("hanging", script);
    strcpy(program, in_folder("hanging"));
    fake_make(&f, &size);
    start = now();
    assert_int_equal(draw(&f, &options, &report, &e), RW_OK);
    assert_true(now() - start < 1.9);
    assert_int_equal(report.tool.code, RW_ERR_TOOL);
    assert_non_null(strstr(report.tool.text, "stopped"));
    sleep(2);
    assert_int_not_equal(access(in_folder("late"), F_OK), 0);
    {
        char *started = read_whole("started");

        assert_string_equal(started, "started\n"); /* once */
        free(started);
    }
    fake_free(&f);
}

static void
a_signal_stops_the_drawing(void **state)
{
    volatile sig_atomic_t stop = SIGINT;
    char program[256];
    struct rw_plot_options options = {program, 30, &stop};
    struct rw_plot_report report;
    struct rw_error e;
    struct fake f;

    (void)state;
    write_script("slow", "#!/bin/sh\nexec sleep 20\n");
    strcpy(program, in_folder("slow"));
    fake_make(&f, &size);
    assert_int_equal(draw(&f, &options, &report, &e), RW_ERR_INTERRUPT);
    assert_int_not_equal(access(in_folder("out"), F_OK), 0);
    fake_free(&f);
}

/* What the environment and ~/.gnuplot say has no say. */
static void
gnuplot_sees_a_clean_environment(void **state)
{
    char program[256], script[512];
    struct rw_plot_options options = {program, 30, NULL};
    struct rw_plot_report report;
    struct rw_error e;
    struct fake f;
    char *env;

    (void)state;
    snprintf(script, sizeof script,
        "#!/bin/sh\n/usr/bin/env >%s/env\necho \"$1\" >>%s/env\necho picture\n", folder,
        folder);
    write_script("curious", script);
    strcpy(program, in_folder("curious"));
    setenv("GNUTERM", "x11", 1);
    setenv("GNUPLOT_LIB", "/tmp", 1);
    setenv("LC_ALL", "de_DE.UTF-8", 1);
    fake_make(&f, &size);
    assert_int_equal(draw(&f, &options, &report, &e), RW_OK);
    env = read_whole("env");
    assert_null(strstr(env, "GNU"));
    assert_non_null(strstr(env, "LC_ALL=C.UTF-8"));
    assert_non_null(strstr(env, "\n-d\n"));
    free(env);
    fake_free(&f);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, make_folder, remove_folder)

CHECK_MAIN(cmocka_unit_test(every_byte_value_stays_inside_the_quotes),
    cmocka_unit_test(long_text_is_cut_at_whole_characters),
    CASE(all_pictures_come_with_script_and_data),
    CASE(the_band_of_the_estimates_is_drawn_and_named),
    CASE(headlines_speak_of_the_best_strategy),
    CASE(titles_do_not_stand_on_axis_labels),
    cmocka_unit_test(numbers_stand_where_they_cover_no_other_mark),
    CASE(hostile_names_run_nothing_and_break_no_picture),
    CASE(shapes_of_every_kind_are_drawn), CASE(nothing_to_draw_is_said_in_words),
    CASE(what_nobody_asked_for_is_no_picture),
    CASE(a_missing_gnuplot_costs_the_pictures_only), CASE(a_failing_gnuplot_is_quoted),
    CASE(a_hanging_gnuplot_is_killed_with_its_children_and_not_tried_again),
    CASE(a_signal_stops_the_drawing), CASE(gnuplot_sees_a_clean_environment))
