libriskwheel_a_SOURCES += \
	core/run/block.c core/run/block.h \
	core/run/column.c core/run/column.h \
	core/run/identity.c core/run/identity.h \
	core/run/nest.c \
	core/run/outcome.h \
	core/run/outcome_column.c \
	core/run/outcome_make.c core/run/outcome_make.h \
	core/run/outcome_pages.c \
	core/run/packed.c core/run/packed.h \
	core/run/part.h \
	core/run/part_file.h \
	core/run/part_head.h \
	core/run/part_read.c \
	core/run/part_rows.c \
	core/run/part_tallies.c \
	core/run/part_write.c \
	core/run/pool.c core/run/pool.h \
	core/run/pool_pages.c \
	core/run/processors.c \
	core/run/reading.c core/run/reading.h \
	core/run/run.c core/run/run.h \
	core/run/share.h \
	core/run/tallies.c core/run/tallies.h
