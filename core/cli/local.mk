riskwheel_SOURCES += \
	core/cli/check.c \
	core/cli/cli.h \
	core/cli/exact.c \
	core/cli/fence.c \
	core/cli/fit.c \
	core/cli/help.c \
	core/cli/import.c \
	core/cli/learn.c \
	core/cli/main.c \
	core/cli/notes.c \
	core/cli/options.c \
	core/cli/options.h \
	core/cli/plot.c \
	core/cli/plugin.c \
	core/cli/plugin_name.c \
	core/cli/plugin_new.c \
	core/cli/plugin_templates.h \
	core/cli/plugin_test.c \
	core/cli/progress.c \
	core/cli/progress.h \
	core/cli/run.c \
	core/cli/scenario.c \
	core/cli/signals.c \
	core/cli/streams.c
