libriskwheel_a_SOURCES += \
	core/plug/border.c core/plug/border.h \
	core/plug/catalogue.c core/plug/catalogue.h \
	core/plug/chain.c core/plug/chain.h \
	core/plug/commit.c \
	core/plug/declare.c core/plug/declare.h \
	core/plug/draw.c core/plug/draw.h \
	core/plug/example.c core/plug/example.h \
	core/plug/field.c core/plug/field.h \
	core/plug/host.c core/plug/host.h \
	core/plug/item.c core/plug/item.h \
	core/plug/kernel.c core/plug/kernel.h \
	core/plug/law.c core/plug/law.h \
	core/plug/library.c core/plug/library.h \
	core/plug/probe.c \
	core/plug/program.c core/plug/program.h \
	core/plug/program_run.c \
	core/plug/record.c core/plug/record.h \
	core/plug/sandbox.c core/plug/sandbox.h \
	core/plug/string_library.c \
	core/plug/table_library.c \
	core/plug/tape.c core/plug/tape.h \
	core/plug/trial.c core/plug/trial.h \
	core/plug/unit_rule.c core/plug/unit_rule.h \
	core/plug/vector.c core/plug/vector.h \
	core/plug/vector_list.c
