libriskwheel_a_SOURCES += \
	core/world/cascade.c core/world/cascade.h \
	core/world/chances.c \
	core/world/couple.c \
	core/world/draw.h \
	core/world/events.c \
	core/world/gather.c \
	core/world/intensity.c \
	core/world/outage.c \
	core/world/points.c \
	core/world/quasi.c core/world/quasi.h \
	core/world/ranks.c \
	core/world/shock.c \
	core/world/stage.c \
	core/world/world.c \
	core/world/world.h
