libriskwheel_a_SOURCES += \
	core/study/benefit.c core/study/benefit.h \
	core/study/built.c core/study/built.h \
	core/study/column.c core/study/column.h \
	core/study/conditional.c core/study/conditional.h \
	core/study/exact.c core/study/exact.h \
	core/study/figures.c core/study/figures.h \
	core/study/fit.c core/study/fit.h \
	core/study/fit_money.c \
	core/study/fit_notes.c \
	core/study/fit_periods.c \
	core/study/fit_table.c \
	core/study/fit_where.c \
	core/study/band.c core/study/band.h \
	core/study/backtest.c core/study/backtest.h \
	core/study/gain.c core/study/gain.h \
	core/study/law.c core/study/law.h core/study/law_parts.h \
	core/study/law_even.c \
	core/study/law_tally.c \
	core/study/law_turned.c \
	core/study/learn.c core/study/learn.h \
	core/study/learn_amount.c \
	core/study/learn_failures.c \
	core/study/learn_industry.c \
	core/study/learn_frequency.c \
	core/study/learn_share.c \
	core/study/learn_twice.c \
	core/study/phases.c core/study/phases.h \
	core/study/precision.c core/study/precision.h \
	core/study/programme.c core/study/programme.h \
	core/study/readings.c core/study/readings.h \
	core/study/referee.c core/study/referee.h \
	core/study/result.c core/study/result.h \
	core/study/terms.c core/study/terms.h
