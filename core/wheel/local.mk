libriskwheel_a_SOURCES += \
	core/wheel/attribute.c core/wheel/attribute.h \
	core/wheel/account.c \
	core/wheel/account.h \
	core/wheel/benefit.c core/wheel/benefit.h \
	core/wheel/benefit_line.c core/wheel/benefit_order.c \
	core/wheel/act.c \
	core/wheel/ages.c \
	core/wheel/ages.h \
	core/wheel/aware.c core/wheel/aware.h \
	core/wheel/believe.c core/wheel/believe.h \
	core/wheel/check.c \
	core/wheel/deliver.c core/wheel/deliver.h \
	core/wheel/doubt.c core/wheel/doubt.h \
	core/wheel/do.c \
	core/wheel/fail.c core/wheel/fail.h \
	core/wheel/failing.c core/wheel/failing.h \
	core/wheel/forecast.c \
	core/wheel/forecast.h \
	core/wheel/foresight.c \
	core/wheel/foresight.h \
	core/wheel/guard.c core/wheel/guard.h \
	core/wheel/largest.h \
	core/wheel/layout.c \
	core/wheel/note.c core/wheel/note.h \
	core/wheel/light.c core/wheel/light.h \
	core/wheel/opinion.c \
	core/wheel/oracle.c \
	core/wheel/partner.c core/wheel/partner.h \
	core/wheel/plan.c \
	core/wheel/prior.c \
	core/wheel/prior.h \
	core/wheel/prior_failing.c \
	core/wheel/prior_loss.c \
	core/wheel/prior_size.c \
	core/wheel/purse.c \
	core/wheel/site.c \
	core/wheel/size.c core/wheel/size.h \
	core/wheel/stage.c core/wheel/stage.h \
	core/wheel/stage_meet.h \
	core/wheel/stage_strike.c \
	core/wheel/stand.c core/wheel/stand.h \
	core/wheel/strike.c core/wheel/strike.h \
	core/wheel/strike_bare.c \
	core/wheel/support.c core/wheel/support.h \
	core/wheel/programme.c core/wheel/programme.h \
	core/wheel/readiness.c \
	core/wheel/reckon.c core/wheel/reckon.h \
	core/wheel/relief.c core/wheel/relief.h \
	core/wheel/trigger.c \
	core/wheel/trigger.h \
	core/wheel/trust.c core/wheel/trust.h \
	core/wheel/turn.c \
	core/wheel/turn.h \
	core/wheel/value.c \
	core/wheel/wear.h \
	core/wheel/wheel.c \
	core/wheel/wheel.h
