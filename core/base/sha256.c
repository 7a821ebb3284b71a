/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/sha256.h"

void
rw_sha256_init(struct rw_sha256 *s)
{
    SHA256Init(&s->ctx);
}

void
rw_sha256_add(struct rw_sha256 *s, const void *bytes, size_t n)
{
    SHA256Update(&s->ctx, bytes, n);
}

void
rw_sha256_end(struct rw_sha256 *s, unsigned char sum[RW_SHA256_BYTES])
{
    SHA256Final(sum, &s->ctx);
}

void
rw_sha256_hex(const void *bytes, size_t n, char hex[RW_SHA256_HEX])
{
    static const char digit[] = "0123456789abcdef";
    unsigned char sum[RW_SHA256_BYTES];
    struct rw_sha256 s;

    rw_sha256_init(&s);
    rw_sha256_add(&s, bytes, n);
    rw_sha256_end(&s, sum);
    for (size_t i = 0; i < sizeof sum; i++) {
        hex[2 * i] = digit[sum[i] >> 4];
        hex[2 * i + 1] = digit[sum[i] & 15];
    }
    hex[RW_SHA256_HEX - 1] = '\0';
}
