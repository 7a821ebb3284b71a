dist_check_SCRIPTS += tests/golden/golden.sh
EXTRA_DIST += tests/golden/clinic.json tests/golden/clinic.results.json \
	tests/golden/clinic.years.csv tests/golden/clinic.cycles.csv

# The present bytes become the golden ones.
golden: riskwheel$(EXEEXT)
	top_srcdir='$(abs_top_srcdir)' RISKWHEEL='$(abs_top_builddir)/riskwheel' \
	  $(SHELL) '$(top_srcdir)/tests/golden/golden.sh' --accept
