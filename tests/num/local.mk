check_PROGRAMS += tests/num/test_stream
tests_num_test_stream_SOURCES = tests/num/test_stream.c
tests_num_test_stream_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_dist
tests_num_test_dist_SOURCES = tests/num/test_dist.c
tests_num_test_dist_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_families
tests_num_test_families_SOURCES = tests/num/test_families.c tests/num/laws.h
tests_num_test_families_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_sampler
tests_num_test_sampler_SOURCES = tests/num/test_sampler.c tests/num/laws.h tests/num/distance.h
tests_num_test_sampler_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_sum
tests_num_test_sum_SOURCES = tests/num/test_sum.c
tests_num_test_sum_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_tail
tests_num_test_tail_SOURCES = tests/num/test_tail.c
tests_num_test_tail_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_histogram
tests_num_test_histogram_SOURCES = tests/num/test_histogram.c
tests_num_test_histogram_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_belief
tests_num_test_belief_SOURCES = tests/num/test_belief.c
tests_num_test_belief_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_count
tests_num_test_count_SOURCES = tests/num/test_count.c
tests_num_test_count_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_lev
tests_num_test_lev_SOURCES = tests/num/test_lev.c tests/num/laws.h
tests_num_test_lev_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_matrix
tests_num_test_matrix_SOURCES = tests/num/test_matrix.c
tests_num_test_matrix_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_copula
tests_num_test_copula_SOURCES = tests/num/test_copula.c
tests_num_test_copula_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_elicit
tests_num_test_elicit_SOURCES = tests/num/test_elicit.c tests/num/laws.h
tests_num_test_elicit_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_metalog
tests_num_test_metalog_SOURCES = tests/num/test_metalog.c
tests_num_test_metalog_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_parts
tests_num_test_parts_SOURCES = tests/num/test_parts.c
tests_num_test_parts_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_sampler_tree
tests_num_test_sampler_tree_SOURCES = tests/num/test_sampler_tree.c tests/num/distance.h
tests_num_test_sampler_tree_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_mixing
tests_num_test_mixing_SOURCES = tests/num/test_mixing.c
tests_num_test_mixing_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_draws
tests_num_test_draws_SOURCES = tests/num/test_draws.c tests/num/laws.h
tests_num_test_draws_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_chance
tests_num_test_chance_SOURCES = tests/num/test_chance.c
tests_num_test_chance_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_hawkes
tests_num_test_hawkes_SOURCES = tests/num/test_hawkes.c
tests_num_test_hawkes_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_cover
tests_num_test_cover_SOURCES = tests/num/test_cover.c $(test_small)
tests_num_test_cover_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_conditional
tests_num_test_conditional_SOURCES = tests/num/test_conditional.c
tests_num_test_conditional_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_semantics
tests_num_test_semantics_SOURCES = tests/num/test_semantics.c
tests_num_test_semantics_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_aggregate
tests_num_test_aggregate_SOURCES = tests/num/test_aggregate.c tests/num/years.h
tests_num_test_aggregate_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_aggregate_small
tests_num_test_aggregate_small_SOURCES = tests/num/test_aggregate_small.c tests/num/years.h
tests_num_test_aggregate_small_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_aggregate_atoms
tests_num_test_aggregate_atoms_SOURCES = tests/num/test_aggregate_atoms.c \
	tests/num/truth.h tests/num/years.h
tests_num_test_aggregate_atoms_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_aggregate_odd
tests_num_test_aggregate_odd_SOURCES = tests/num/test_aggregate_odd.c \
	tests/num/truth.h tests/num/years.h
tests_num_test_aggregate_odd_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_aggregate_routes
tests_num_test_aggregate_routes_SOURCES = tests/num/test_aggregate_routes.c \
	tests/num/years.h
tests_num_test_aggregate_routes_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_forecast
tests_num_test_forecast_SOURCES = tests/num/test_forecast.c
tests_num_test_forecast_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_reliability
tests_num_test_reliability_SOURCES = tests/num/test_reliability.c
tests_num_test_reliability_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_detect
tests_num_test_detect_SOURCES = tests/num/test_detect.c tests/num/six_stages.h
tests_num_test_detect_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_fit
tests_num_test_fit_SOURCES = tests/num/test_fit.c
tests_num_test_fit_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_fit_count
tests_num_test_fit_count_SOURCES = tests/num/test_fit_count.c
tests_num_test_fit_count_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_hill
tests_num_test_hill_SOURCES = tests/num/test_hill.c
tests_num_test_hill_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_conditional_sum
tests_num_test_conditional_sum_SOURCES = tests/num/test_conditional_sum.c \
	tests/num/years.h
tests_num_test_conditional_sum_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_conditional_steps
tests_num_test_conditional_steps_SOURCES = tests/num/test_conditional_steps.c \
	tests/num/years.h
tests_num_test_conditional_steps_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_bound
tests_num_test_bound_SOURCES = tests/num/test_bound.c $(test_small)
tests_num_test_bound_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_credibility
tests_num_test_credibility_SOURCES = tests/num/test_credibility.c
tests_num_test_credibility_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_score
tests_num_test_score_SOURCES = tests/num/test_score.c
tests_num_test_score_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_posterior
tests_num_test_posterior_SOURCES = tests/num/test_posterior.c
tests_num_test_posterior_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_poisson tests/num/test_elementary
tests_num_test_poisson_SOURCES = tests/num/test_poisson.c
tests_num_test_poisson_LDADD = $(test_ldadd)
tests_num_test_elementary_SOURCES = tests/num/test_elementary.c
tests_num_test_elementary_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_order tests/num/test_legendre
tests_num_test_order_SOURCES = tests/num/test_order.c
tests_num_test_order_LDADD = $(test_ldadd)
tests_num_test_legendre_SOURCES = tests/num/test_legendre.c
tests_num_test_legendre_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_outage
tests_num_test_outage_SOURCES = tests/num/test_outage.c
tests_num_test_outage_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_exceed
tests_num_test_exceed_SOURCES = tests/num/test_exceed.c tests/num/years.h
tests_num_test_exceed_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_look
tests_num_test_look_SOURCES = tests/num/test_look.c
tests_num_test_look_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_ascent
tests_num_test_ascent_SOURCES = tests/num/test_ascent.c
tests_num_test_ascent_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_span
tests_num_test_span_SOURCES = tests/num/test_span.c
tests_num_test_span_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_samplers
tests_num_test_samplers_SOURCES = tests/num/test_samplers.c tests/num/laws.h
tests_num_test_samplers_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_sobol
tests_num_test_sobol_SOURCES = tests/num/test_sobol.c
tests_num_test_sobol_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_sample
tests_num_test_sample_SOURCES = tests/num/test_sample.c
tests_num_test_sample_LDADD = $(test_ldadd)
check_PROGRAMS += tests/num/test_row
tests_num_test_row_SOURCES = tests/num/test_row.c
tests_num_test_row_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_pack
tests_num_test_pack_SOURCES = tests/num/test_pack.c
tests_num_test_pack_LDADD = $(test_ldadd)

check_PROGRAMS += tests/num/test_tally
tests_num_test_tally_SOURCES = tests/num/test_tally.c
tests_num_test_tally_LDADD = $(test_ldadd)
