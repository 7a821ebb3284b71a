#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Catalogues of MITRE and NIST, in the folder that RW_DATA names: an extract of
# ATT&CK for ICS 18.1 (initial access), the APT1 example of OASIS, families of the LOW
# baseline of SP 800-53 Rev. 5 and the CSF 2.0.  Counts are held against those of the
# objects in the files, which hold none that is revoked, deprecated or withdrawn.
# shellcheck source=tests/cli/common.sh disable=SC2154
. "${top_srcdir:-.}/tests/cli/common.sh"

data=${RW_DATA:-$srcdir/../shared/data}
ics=$data/stix21_attack_ics_initial_access.json
apt=$data/stix2_apt1_bundle.json
nist=$data/oscal_sp800-53r5_low_extract.json
csf=$data/oscal_nist_csf2.json
for file in "$ics" "$apt" "$nist" "$csf"; do
    if [ ! -f "$file" ]; then
        echo "RW_DATA names no folder with $(basename "$file"); skipped"
        exit 77
    fi
done

# count PATTERN FILE
count() { grep -Eo "$1" "$2" | wc -l; }
none_out_of_use() { [ "$(count '"(revoked|x_mitre_deprecated)": *true' "$1")" -eq 0 ]; }
# taken WHAT N: the report takes all N of them
taken() { grep -Eq "^  $1 +$2 of $2\$" out || { sed 's/^/# /' out; return 1; }; }
# cells of m.csv that hold 1, behind the number of controls
ones() { sed '1d; s/^.*[a-z]"*,[0-9]*,//' m.csv | grep -o 1 | wc -l; }
# every ID of the pattern stands once as a reference in stubs.json
every_id() {
    grep -Eo "\"external_id\": *\"$1\"" "$2" | grep -Eo "$1" | sort >wanted
    grep -Eo "\"reference\": \"$1\"" stubs.json | grep -Eo "$1" | sort | diff wanted -
}

ok "an extract of ATT&CK for ICS" ends 0 "$riskwheel" import attack "$ics" -o stubs.json --matrix m.csv
ok "holds nothing out of use" none_out_of_use "$ics"
ok "12 techniques" [ "$(count '"type": *"attack-pattern"' "$ics")" -eq 12 ]
ok "are taken" taken techniques 12
ok "32 mitigations" [ "$(count '"type": *"course-of-action"' "$ics")" -eq 32 ]
ok "are taken" taken mitigations 32
ok "61 relations" [ "$(count '"relationship_type": *"mitigates"' "$ics")" -eq 61 ]
ok "are taken" taken mitigates 61
ok "the techniques are these" every_id 'T0[0-9]{3}' "$ics"
ok "the mitigations too" every_id 'M0[0-9]{3}' "$ics"
ok "the matrix has a row for each" [ "$(wc -l <m.csv)" -eq 13 ]
ok "and 61 ones" [ "$(ones)" -eq 61 ]
ok "Drive-by Compromise is covered by 4" grep -q '^T0817,t0817,Drive-by Compromise,,initial-access,4,' m.csv
ok "its notice is kept" grep -q '"// notice": "Copyright 2015-2025, The MITRE Corporation' stubs.json
ok "199 places are to be filled in" fails_saying 3 "199 errors" check stubs.json

ok "one tactic more" ends 0 "$riskwheel" import attack "$ics" --tactic lateral-movement
ok "has 2 of the techniques" prints "techniques   2 of 12: 10 not asked for"

ok "the APT1 example" ends 0 "$riskwheel" import attack "$apt" -o stubs.json
ok "7 techniques" [ "$(count '"type": *"attack-pattern"' "$apt")" -eq 7 ]
ok "are taken" taken techniques 7
ok "by their ids of STIX" [ "$(count '"reference": "attack-pattern--' stubs.json)" -eq 7 ]
ok "and nothing covers them" prints "No control covers 7 of the 7 techniques"

ok "families of SP 800-53" ends 0 "$riskwheel" import oscal "$nist" -o stubs.json
ok "hold nothing withdrawn" [ "$(count '"[Ww]ithdrawn"' "$nist")" -eq 0 ]
ok "43 controls" [ "$(count '"class": *"SP800-53(-enhancement)?"' "$nist")" -eq 43 ]
ok "are taken" taken controls 43
ok "6 of them enhancements" prints "6 of the controls are parts of another one"
ok "each of which requires the whole" [ "$(count '"requires": \["[a-z]+-[0-9]+"\]' stubs.json)" -eq 6 ]
ok "an enhancement has its name" grep -q '"id": "ra-5-11",' stubs.json
ok "and id" grep -q '"reference": "ra-5.11"' stubs.json

ok "the CSF 2.0" ends 0 "$riskwheel" import oscal "$csf" -o stubs.json
ok "22 categories" [ "$(count '"class": *"category"' "$csf")" -eq 22 ]
ok "and 106 subcategories" [ "$(count '"class": *"subcategory"' "$csf")" -eq 106 ]
ok "are taken" taken controls 128
ok "within 6 functions" prints "an OSCAL catalogue of 6 groups"
ok "a subcategory is called by its statement" grep -q '"name": "Organizational Context: The organizational mission is understood' stubs.json

# counted apart from the program: 34 ids in the labels of that edition, of which 14 name
# AC-2, AC-3, RA-5, SI-2, SI-3, SI-4 and SR-1, which then cover 26 pairs; 14 different
# others are in no family here, or beyond the LOW baseline
ok "both together" ends 0 "$riskwheel" import oscal "$nist" --attack "$ics" \
    --labels "NIST SP 800-53 Rev. 5" -o stubs.json --matrix m.csv
ok "14 of 34 labels are met" prints "labels       14 of 34 name a control here; 14 controls of NIST SP 800-53 Rev. 5"
ok "7 controls cover something" prints "36 of the 43 controls cover no technique"
ok "SI-3 what M0948 and M0949 do" grep -qF '"covers": ["t0817", "t0819", "t0864", "t0865", "t0866"]' stubs.json
ok "26 pairs" [ "$(ones)" -eq 26 ]
ok "T0819 has 5 controls" grep -q '^T0819,t0819,Exploit Public-Facing Application,,initial-access,5,' m.csv
ok "the other edition is told apart" fails_saying 2 "'NIST SP 800-53 Rev. 4'" import oscal "$nist" \
    --attack "$ics" --labels "NIST SP 800-53"
finish
