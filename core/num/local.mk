libriskwheel_a_SOURCES += \
	core/num/aggregate.c core/num/aggregate.h \
	core/num/aggregate_atoms.c \
	core/num/aggregate_cells.c \
	core/num/aggregate_fft.c \
	core/num/aggregate_grid.c \
	core/num/aggregate_ladder.c \
	core/num/aggregate_lattice.c \
	core/num/aggregate_list.c \
	core/num/aggregate_number.c \
	core/num/aggregate_parts.h \
	core/num/aggregate_pgf.c \
	core/num/aggregate_read.c \
	core/num/aggregate_severity.c \
	core/num/aggregate_unit.c \
	core/num/aggregate_values.c \
	core/num/aggregate_year.c \
	core/num/ascent.c core/num/ascent.h \
	core/num/ascent_parts.h \
	core/num/ascent_settle.c \
	core/num/arithmetic.c core/num/arithmetic.h \
	core/num/elementary.c core/num/elementary.h \
	core/num/poisson.c core/num/poisson.h core/num/poisson_body.h \
	core/num/belief.c core/num/belief.h \
	core/num/look.c core/num/look.h \
	core/num/beta.c \
	core/num/bound.c core/num/bound.h \
	core/num/chance.c core/num/chance.h \
	core/num/conditional.c core/num/conditional.h \
	core/num/conditional_counts.c \
	core/num/conditional_figures.c \
	core/num/conditional_others.c \
	core/num/conditional_parts.h \
	core/num/conditional_points.c \
	core/num/conditional_read.c \
	core/num/conditional_views.c \
	core/num/conditional_year.c \
	core/num/constant.c \
	core/num/copula.c core/num/copula.h \
	core/num/copula_product.c \
	core/num/count.c core/num/count.h \
	core/num/cpu.c core/num/cpu.h \
	core/num/credibility.c core/num/credibility.h \
	core/num/cover.c core/num/cover.h \
	core/num/detect.c core/num/detect.h \
	core/num/dist.c core/num/dist.h \
	core/num/dist_exceeds.c \
	core/num/dist_law.c \
	core/num/empirical.c core/num/empirical.h \
	core/num/event.c core/num/event.h \
	core/num/exceed.c core/num/exceed.h \
	core/num/exponential.c \
	core/num/families.h \
	core/num/fit.c core/num/fit.h \
	core/num/fit_count.c core/num/fit_count.h \
	core/num/fit_heavy.c \
	core/num/fit_laws.h \
	core/num/fit_light.c \
	core/num/fit_severity.c core/num/fit_severity.h \
	core/num/forecast.c core/num/forecast.h \
	core/num/gamma.c \
	core/num/gauss.c \
	core/num/gpd.c \
	core/num/hawkes.c core/num/hawkes.h \
	core/num/hill.c core/num/hill.h \
	core/num/histogram.c core/num/histogram.h \
	core/num/inverse.c \
	core/num/lognormal.c \
	core/num/lomax.c \
	core/num/losses.c core/num/losses.h \
	core/num/measure.c core/num/measure.h \
	core/num/mills.c \
	core/num/matrix.c core/num/matrix.h \
	core/num/legendre.c core/num/legendre.h \
	core/num/metalog.c core/num/metalog.h \
	core/num/metalog_fit.c \
	core/num/mixture.c core/num/mixture.h \
	core/num/mixing.c core/num/mixing.h \
	core/num/normal.c \
	core/num/order.c core/num/order.h \
	core/num/outage.c core/num/outage.h \
	core/num/outage_find.c core/num/outage_many.c \
	core/num/outage_parts.h core/num/outage_row.c \
	core/num/outage_running.c \
	core/num/pack.c core/num/pack.h \
	core/num/pert.c \
	core/num/posterior.c core/num/posterior.h \
	core/num/quad.c core/num/quad.h \
	core/num/quads.c core/num/quads_body.h \
	core/num/reliability.c core/num/reliability.h \
	core/num/root.c core/num/root.h \
	core/num/sample.c core/num/sample.h \
	core/num/row.c core/num/row.h \
	core/num/sampler.c core/num/sampler.h \
	core/num/sampler_map.c \
	core/num/samplers.c core/num/samplers.h \
	core/num/sampler_tree.c core/num/sampler_tree.h \
	core/num/score.c core/num/score.h \
	core/num/semantics.c core/num/semantics.h \
	core/num/sobol.c core/num/sobol.h \
	core/num/sobol_numbers.c \
	core/num/sobol_parts.h core/num/sobol_scramble.c \
	core/num/sort.c \
	core/num/span.c core/num/span.h \
	core/num/special.c core/num/special.h \
	core/num/splice.c core/num/splice.h \
	core/num/stream.c core/num/stream.h \
	core/num/student.c core/num/student.h \
	core/num/sum.c core/num/sum.h core/num/sum_body.h \
	core/num/tail.c core/num/tail.h \
	core/num/tally.c core/num/tally.h \
	core/num/tally_read.c \
	core/num/trend.c core/num/trend.h \
	core/num/triangular.c \
	core/num/uniform.c \
	core/num/values.h \
	core/num/weibull.c
