/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/base/sha256.h -- SHA-256 (by libmd), to name scenarios and plugins in
 * results by what they held.  Tested against the examples of FIPS 180-4.
 *
 * Floor: base.  Threads: pure.
 */
#ifndef RW_BASE_SHA256_H
#define RW_BASE_SHA256_H

#include <stddef.h>

enum { RW_SHA256_HEX = 65 };

/* hex <- 64 lower-case digits and a NUL. */
void rw_sha256_hex(const void *bytes, size_t n, char hex[RW_SHA256_HEX]);

#endif
