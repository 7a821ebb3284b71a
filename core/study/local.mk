libriskwheel_a_SOURCES += \
	core/study/law.c core/study/law.h \
	core/study/precision.c core/study/precision.h \
	core/study/result.c core/study/result.h
