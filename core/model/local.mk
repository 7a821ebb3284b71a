libriskwheel_a_SOURCES += \
	core/model/build.c \
	core/model/hook.c \
	core/model/hook.h \
	core/model/insure.c \
	core/model/model.h \
	core/model/names.c \
	core/model/names.h
