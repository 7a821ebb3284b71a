libriskwheel_a_SOURCES += \
	core/out/axis.c \
	core/out/csv.c \
	core/out/csv.h \
	core/out/json.c \
	core/out/json.h \
	core/out/law_json.c \
	core/out/law_json.h \
	core/out/picture.c \
	core/out/picture.h \
	core/out/picture_cost.c \
	core/out/picture_exceedance.c \
	core/out/picture_residual.c \
	core/out/picture_risks.c \
	core/out/picture_versus.c \
	core/out/plot.c \
	core/out/plot.h \
	core/out/summary.c \
	core/out/summary.h \
	core/out/tool.c \
	core/out/tool.h \
	core/out/view.c \
	core/out/view.h \
	core/out/writer.c \
	core/out/writer.h
