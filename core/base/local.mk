libriskwheel_a_SOURCES += \
	core/base/arena.c core/base/arena.h \
	core/base/date.c core/base/date.h \
	core/base/dimension.c core/base/dimension.h \
	core/base/err.c core/base/err.h \
	core/base/fence.c core/base/fence.h \
	core/base/file.c \
	core/base/file_write.c \
	core/base/nearest.c \
	core/base/number.c \
	core/base/output.c core/base/output.h \
	core/base/pages.c core/base/pages.h \
	core/base/record.c core/base/record.h \
	core/base/sha256.c core/base/sha256.h \
	core/base/stop.h \
	core/base/team.c core/base/team.h \
	core/base/text.c core/base/text.h \
	core/base/unit.c core/base/unit.h
