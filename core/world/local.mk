libriskwheel_a_SOURCES += \
	core/world/events.c \
	core/world/intensity.c \
	core/world/world.c \
	core/world/world.h
