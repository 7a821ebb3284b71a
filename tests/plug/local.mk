check_PROGRAMS += tests/plug/test_border
tests_plug_test_border_SOURCES = tests/plug/test_border.c tests/plug/fixture.h
tests_plug_test_border_LDADD = $(test_ldadd)

check_PROGRAMS += tests/plug/test_catalogue
tests_plug_test_catalogue_SOURCES = tests/plug/test_catalogue.c tests/plug/fixture.h
tests_plug_test_catalogue_LDADD = $(test_ldadd)

check_PROGRAMS += tests/plug/test_trial
tests_plug_test_trial_SOURCES = tests/plug/test_trial.c tests/plug/fixture.h
tests_plug_test_trial_LDADD = $(test_ldadd)

check_PROGRAMS += tests/plug/test_declare
tests_plug_test_declare_SOURCES = tests/plug/test_declare.c tests/plug/fixture.h
tests_plug_test_declare_LDADD = $(test_ldadd)

check_PROGRAMS += tests/plug/test_docs
tests_plug_test_docs_SOURCES = tests/plug/test_docs.c tests/plug/fixture.h
tests_plug_test_docs_LDADD = $(test_ldadd)

check_PROGRAMS += tests/plug/test_gather
tests_plug_test_gather_SOURCES = tests/plug/test_gather.c tests/plug/fixture.h
tests_plug_test_gather_LDADD = $(test_ldadd)

check_PROGRAMS += tests/plug/test_hostile
tests_plug_test_hostile_SOURCES = tests/plug/test_hostile.c tests/plug/fixture.h
tests_plug_test_hostile_LDADD = $(test_ldadd)

check_PROGRAMS += tests/plug/test_law
tests_plug_test_law_SOURCES = tests/plug/test_law.c tests/plug/fixture.h
tests_plug_test_law_LDADD = $(test_ldadd)

check_PROGRAMS += tests/plug/test_record
tests_plug_test_record_SOURCES = tests/plug/test_record.c tests/plug/fixture.h
tests_plug_test_record_LDADD = $(test_ldadd)

check_PROGRAMS += tests/plug/test_sandbox
tests_plug_test_sandbox_SOURCES = tests/plug/test_sandbox.c tests/plug/fixture.h
tests_plug_test_sandbox_LDADD = $(test_ldadd)

check_PROGRAMS += tests/plug/test_shipped
tests_plug_test_shipped_SOURCES = tests/plug/test_shipped.c tests/plug/fixture.h
tests_plug_test_shipped_LDADD = $(test_ldadd)

check_PROGRAMS += tests/plug/test_unit_rule
tests_plug_test_unit_rule_SOURCES = tests/plug/test_unit_rule.c tests/plug/fixture.h
tests_plug_test_unit_rule_LDADD = $(test_ldadd)

check_PROGRAMS += tests/plug/test_vector
tests_plug_test_vector_SOURCES = tests/plug/test_vector.c tests/plug/fixture.h
tests_plug_test_vector_LDADD = $(test_ldadd)

EXTRA_DIST += \
	tests/plug/hostile/close_loop.lua \
	tests/plug/hostile/concat_churn.lua \
	tests/plug/hostile/concat_doubling.lua \
	tests/plug/hostile/coroutine_tree.lua \
	tests/plug/hostile/division_by_zero.lua \
	tests/plug/hostile/draw_storm.lua \
	tests/plug/hostile/endless.lua \
	tests/plug/hostile/env_games.lua \
	tests/plug/hostile/error_long.lua \
	tests/plug/hostile/error_nil.lua \
	tests/plug/hostile/error_table.lua \
	tests/plug/hostile/gc_at_close.lua \
	tests/plug/hostile/gc_loop.lua \
	tests/plug/hostile/gc_set_later.lua \
	tests/plug/hostile/global_read.lua \
	tests/plug/hostile/global_write.lua \
	tests/plug/hostile/goto_endless.lua \
	tests/plug/hostile/handler_loop.lua \
	tests/plug/hostile/input_write.lua \
	tests/plug/hostile/insert_long.lua \
	tests/plug/hostile/load_code.lua \
	tests/plug/hostile/locals.lua \
	tests/plug/hostile/long_expression.lua \
	tests/plug/hostile/main_endless.lua \
	tests/plug/hostile/main_memory.lua \
	tests/plug/hostile/memory_caught.lua \
	tests/plug/hostile/metamethod_chain.lua \
	tests/plug/hostile/other_api.lua \
	tests/plug/hostile/other_name.lua \
	tests/plug/hostile/parentheses.lua \
	tests/plug/hostile/pattern_exponential.lua \
	tests/plug/hostile/pattern_polynomial.lua \
	tests/plug/hostile/pcall_endless.lua \
	tests/plug/hostile/pcall_nested.lua \
	tests/plug/hostile/random.lua \
	tests/plug/hostile/recursion.lua \
	tests/plug/hostile/recursion_caught.lua \
	tests/plug/hostile/remove_long.lua \
	tests/plug/hostile/rep_empty.lua \
	tests/plug/hostile/rep_huge.lua \
	tests/plug/hostile/require_os.lua \
	tests/plug/hostile/result_infinite.lua \
	tests/plug/hostile/result_nan.lua \
	tests/plug/hostile/result_negative.lua \
	tests/plug/hostile/result_text.lua \
	tests/plug/hostile/returns_nothing.lua \
	tests/plug/hostile/select_storm.lua \
	tests/plug/hostile/sort_liar.lua \
	tests/plug/hostile/sort_long_texts.lua \
	tests/plug/hostile/stale_vector.lua \
	tests/plug/hostile/string_metatable.lua \
	tests/plug/hostile/string_poison.lua \
	tests/plug/hostile/syntax.lua \
	tests/plug/hostile/table_growth.lua \
	tests/plug/hostile/table_move.lua \
	tests/plug/hostile/tail_calls.lua \
	tests/plug/hostile/unit_of_day_and_year.lua \
	tests/plug/hostile/unit_of_money_and_rate.lua \
	tests/plug/hostile/unit_of_rate_as_count.lua \
	tests/plug/hostile/unit_through_state.lua \
	tests/plug/hostile/unpack_range.lua \
	tests/plug/hostile/vector_storm.lua
