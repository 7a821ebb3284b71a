check_PROGRAMS += tests/wheel/test_bare
tests_wheel_test_bare_SOURCES = tests/wheel/test_bare.c $(test_small)
tests_wheel_test_bare_LDADD = $(test_ldadd)

check_PROGRAMS += tests/wheel/test_controls tests/wheel/test_loop
tests_wheel_test_controls_SOURCES = tests/wheel/test_controls.c $(test_small)
tests_wheel_test_controls_LDADD = $(test_ldadd)
tests_wheel_test_loop_SOURCES = tests/wheel/test_loop.c tests/wheel/loop.h $(test_small)
tests_wheel_test_loop_LDADD = $(test_ldadd)

check_PROGRAMS += tests/wheel/test_cover
tests_wheel_test_cover_SOURCES = tests/wheel/test_cover.c $(test_small)
tests_wheel_test_cover_LDADD = $(test_ldadd)

check_PROGRAMS += tests/wheel/test_depend
tests_wheel_test_depend_SOURCES = tests/wheel/test_depend.c $(test_small)
tests_wheel_test_depend_LDADD = $(test_ldadd)

check_PROGRAMS += tests/wheel/test_upkeep
tests_wheel_test_upkeep_SOURCES = tests/wheel/test_upkeep.c $(test_small)
tests_wheel_test_upkeep_LDADD = $(test_ldadd)

check_PROGRAMS += tests/wheel/test_believe
tests_wheel_test_believe_SOURCES = tests/wheel/test_believe.c tests/support/planner.h \
	$(test_small)
tests_wheel_test_believe_LDADD = $(test_ldadd)

check_PROGRAMS += tests/wheel/test_stage
tests_wheel_test_stage_SOURCES = tests/wheel/test_stage.c tests/num/six_stages.h \
	tests/support/planner.h $(test_small)
tests_wheel_test_stage_LDADD = $(test_ldadd)

check_PROGRAMS += tests/wheel/test_attribute
tests_wheel_test_attribute_SOURCES = tests/wheel/test_attribute.c $(test_small)
tests_wheel_test_attribute_LDADD = $(test_ldadd)

check_PROGRAMS += tests/wheel/test_programme
tests_wheel_test_programme_SOURCES = tests/wheel/test_programme.c $(test_small)
tests_wheel_test_programme_LDADD = $(test_ldadd)

check_PROGRAMS += tests/wheel/test_partner
tests_wheel_test_partner_SOURCES = tests/wheel/test_partner.c $(test_small)
tests_wheel_test_partner_LDADD = $(test_ldadd)

check_PROGRAMS += tests/wheel/test_oracle
tests_wheel_test_oracle_SOURCES = tests/wheel/test_oracle.c $(test_small)
tests_wheel_test_oracle_LDADD = $(test_ldadd)

check_PROGRAMS += tests/wheel/test_purse
tests_wheel_test_purse_SOURCES = tests/wheel/test_purse.c $(test_small)
tests_wheel_test_purse_LDADD = $(test_ldadd)

check_PROGRAMS += tests/wheel/test_trigger
tests_wheel_test_trigger_SOURCES = tests/wheel/test_trigger.c $(test_small)
tests_wheel_test_trigger_LDADD = $(test_ldadd)

check_PROGRAMS += tests/wheel/test_largest
tests_wheel_test_largest_SOURCES = tests/wheel/test_largest.c $(test_small)
tests_wheel_test_largest_LDADD = $(test_ldadd)

check_PROGRAMS += tests/wheel/test_bound
tests_wheel_test_bound_SOURCES = tests/wheel/test_bound.c $(test_small)
tests_wheel_test_bound_LDADD = $(test_ldadd)

check_PROGRAMS += tests/wheel/test_size
tests_wheel_test_size_SOURCES = tests/wheel/test_size.c $(test_small)
tests_wheel_test_size_LDADD = $(test_ldadd)

check_PROGRAMS += tests/wheel/test_aware
tests_wheel_test_aware_SOURCES = tests/wheel/test_aware.c $(test_small)
tests_wheel_test_aware_LDADD = $(test_ldadd)

check_PROGRAMS += tests/wheel/test_benefit
tests_wheel_test_benefit_SOURCES = tests/wheel/test_benefit.c $(test_small)
tests_wheel_test_benefit_LDADD = $(test_ldadd)

check_PROGRAMS += tests/wheel/test_monotone
tests_wheel_test_monotone_SOURCES = tests/wheel/test_monotone.c $(test_small)
tests_wheel_test_monotone_LDADD = $(test_ldadd)

check_PROGRAMS += tests/wheel/test_doubt
tests_wheel_test_doubt_SOURCES = tests/wheel/test_doubt.c $(test_small)
tests_wheel_test_doubt_LDADD = $(test_ldadd)

check_PROGRAMS += tests/wheel/test_failing
tests_wheel_test_failing_SOURCES = tests/wheel/test_failing.c $(test_small)
tests_wheel_test_failing_LDADD = $(test_ldadd)

check_PROGRAMS += tests/wheel/test_start
tests_wheel_test_start_SOURCES = tests/wheel/test_start.c tests/wheel/loop.h $(test_small)
tests_wheel_test_start_LDADD = $(test_ldadd)

check_PROGRAMS += tests/wheel/test_reckon
tests_wheel_test_reckon_SOURCES = tests/wheel/test_reckon.c $(test_small)
tests_wheel_test_reckon_LDADD = $(test_ldadd)

check_PROGRAMS += tests/wheel/test_relief
tests_wheel_test_relief_SOURCES = tests/wheel/test_relief.c $(test_small)
tests_wheel_test_relief_LDADD = $(test_ldadd)

check_PROGRAMS += tests/wheel/test_wait
tests_wheel_test_wait_SOURCES = tests/wheel/test_wait.c $(test_small)
tests_wheel_test_wait_LDADD = $(test_ldadd)

check_PROGRAMS += tests/wheel/test_rows
tests_wheel_test_rows_SOURCES = tests/wheel/test_rows.c $(test_small)
tests_wheel_test_rows_LDADD = $(test_ldadd)
