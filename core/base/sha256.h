/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/base/sha256.h -- SHA-256 (by libmd), to name scenarios and plugins in
 * results by what they held, and to know files that were damaged.  Tested against the examples of FIPS 180-4.
 *
 * Floor: base.  Threads: pure.
 */
#ifndef RW_BASE_SHA256_H
#define RW_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <sha2.h>

enum { RW_SHA256_HEX = 65, RW_SHA256_BYTES = 32 };

/* Of bytes that come piece by piece; released by nothing. */
struct rw_sha256 {
    SHA2_CTX ctx;
};

void rw_sha256_init(struct rw_sha256 *s);
void rw_sha256_add(struct rw_sha256 *s, const void *bytes, size_t n);
void rw_sha256_end(struct rw_sha256 *s, unsigned char sum[RW_SHA256_BYTES]);

/* hex <- 64 lower-case digits and a NUL. */
void rw_sha256_hex(const void *bytes, size_t n, char hex[RW_SHA256_HEX]);

#endif
