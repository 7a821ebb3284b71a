dist_check_SCRIPTS += tests/mutants/apply.sh
