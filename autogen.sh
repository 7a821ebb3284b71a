#!/bin/sh
# autogen.sh -- makes configure from configure.ac.
# SPDX-License-Identifier: GPL-3.0-or-later
set -e
cd "$(dirname "$0")"
mkdir -p build-aux
exec autoreconf --install --force
