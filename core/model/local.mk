libriskwheel_a_SOURCES += \
	core/model/bound.c core/model/bound.h \
	core/model/build.c core/model/build.h \
	core/model/deciding.c core/model/deciding.h \
	core/model/depend.c \
	core/model/dependence.h \
	core/model/guard.c core/model/guard.h \
	core/model/hook.c \
	core/model/hook.h \
	core/model/insure.c \
	core/model/model.h \
	core/model/names.c \
	core/model/names.h \
	core/model/stage.c core/model/stage.h \
	core/model/upkeep.c core/model/upkeep.h \
	core/model/partner.h \
	core/model/programme.c core/model/programme.h \
	core/model/regulation.c core/model/regulation.h \
	core/model/phases.c core/model/phases.h
