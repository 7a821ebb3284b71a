libriskwheel_a_SOURCES += \
	core/run/nest.c \
	core/run/outcome.h \
	core/run/pool.c \
	core/run/pool.h \
	core/run/processors.c \
	core/run/run.c \
	core/run/run.h
