libriskwheel_a_SOURCES += \
	core/read/column.c core/read/column.h \
	core/read/decode.c core/read/decode.h \
	core/read/decode_compound.c \
	core/read/decode_control.c \
	core/read/decode_copula.c \
	core/read/decode_correlation.c \
	core/read/decode_deciding.c \
	core/read/decode_dependence.c \
	core/read/decode_dist.c core/read/decode_dist.h \
	core/read/decode_empirical.c \
	core/read/decode_exclude.c \
	core/read/decode_history.c \
	core/read/decode_ids.c \
	core/read/decode_partner.c \
	core/read/decode_plugin.c \
	core/read/decode_programme.c \
	core/read/decode_regulation.c core/read/decode_require.c \
	core/read/decode_scenario.c \
	core/read/decode_stage.c \
	core/read/decode_strategy.c \
	core/read/decode_threat.c \
	core/read/decode_trigger.c \
	core/read/decode_upkeep.c \
	core/read/decode_value.c \
	core/read/diag.c core/read/diag.h \
	core/read/edit.c core/read/edit.h \
	core/read/history.h \
	core/read/audits.c \
	core/read/bundle.h \
	core/read/import.c core/read/import.h core/read/importing.h \
	core/read/import_attack.c \
	core/read/import_items.c \
	core/read/import_join.c \
	core/read/import_mitigates.c \
	core/read/import_oscal.c \
	core/read/incidents.c core/read/incidents.h \
	core/read/industry.c core/read/industry.h \
	core/read/table.c core/read/table.h \
	core/read/keys.c core/read/keys.h \
	core/read/keys_belief.c \
	core/read/keys_deciding.c \
	core/read/keys_dependence.c \
	core/read/keys_doc.c \
	core/read/keys_history.c \
	core/read/keys_stage.c \
	core/read/keys_programme.c \
	core/read/node.c core/read/node.h \
	core/read/prescan.c core/read/prescan.h \
	core/read/read.c core/read/read.h \
	core/read/scan.h \
	core/read/scan_keys.c \
	core/read/scan_number.c \
	core/read/scan_text.c \
	core/read/set.c core/read/set.h \
	core/read/snippet.c \
	core/read/span.h
