#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every patch still fits, says what is wrong, and names tests that there are.
exec "${top_srcdir:-.}/scripts/check-mutants" --apply
