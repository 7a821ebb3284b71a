/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/pack.h"

#include <endian.h>
#include <stdint.h>
#include <string.h>

static uint64_t
bits_of(double x)
{
    uint64_t b;

    memcpy(&b, &x, sizeof b);
    return b;
}

static double
number_of(uint64_t b)
{
    double x;

    memcpy(&x, &b, sizeof x);
    return x;
}

static unsigned
bytes_of(uint64_t b)
{
    return b > 0 ? 8 - (unsigned)__builtin_clzll(b) / 8 : 0;
}

/* All 8 bytes are written; the next number begins after those that count. */
static void
put(unsigned char *to, uint64_t b)
{
    b = htole64(b);
    memcpy(to, &b, sizeof b);
}

static uint64_t
get(const unsigned char *from, unsigned bytes)
{
    uint64_t b;

    if (bytes == 0)
        return 0;
    memcpy(&b, from, sizeof b);
    return le64toh(b) & UINT64_MAX >> (64 - 8 * bytes);
}

static size_t
put_lengths(const uint64_t d[], size_t n, unsigned char to[])
{
    unsigned char *length = to, *p = to + (n + 1) / 2;

    memset(length, 0, (n + 1) / 2);
    for (size_t i = 0; i < n; i++) {
        unsigned bytes = bytes_of(d[i]);

        length[i / 2] |= (unsigned char)(bytes << (i % 2 * 4));
        put(p, d[i]);
        p += bytes;
    }
    return (size_t)(p - to);
}

static size_t
put_flags(const uint64_t d[], size_t n, unsigned bytes, unsigned char to[])
{
    unsigned char *flag = to, *p = to + (n + 7) / 8;

    memset(flag, 0, (n + 7) / 8);
    for (size_t i = 0; i < n; i++) {
        flag[i / 8] |= (unsigned char)((d[i] > 0) << i % 8);
        put(p, d[i]);
        p += d[i] > 0 ? bytes : 0;
    }
    return (size_t)(p - to);
}

size_t
rw_pack(const double x[], const double expected[], size_t n, unsigned char to[])
{
    uint64_t d[RW_PACK_MOST], before = 0;
    size_t sum = 0, others = 0;
    unsigned most = 1;

    for (size_t i = 0; i < n; i++) {
        unsigned bytes;

        d[i] = bits_of(x[i]) ^ (expected != NULL ? bits_of(expected[i]) : before);
        before = bits_of(x[i]);
        bytes = bytes_of(d[i]);
        sum += bytes;
        others += bytes > 0;
        most = bytes > most ? bytes : most;
    }
    if ((n + 7) / 8 + others * most <= (n + 1) / 2 + sum) {
        to[0] = (unsigned char)most;
        return 1 + put_flags(d, n, most, to + 1);
    }
    to[0] = 0;
    return 1 + put_lengths(d, n, to + 1);
}

void
rw_unpack(const unsigned char from[], const double expected[], size_t n, double x[])
{
    unsigned most = from[0];
    const unsigned char *head = from + 1,
                        *p = head + (most ? (n + 7) / 8 : (n + 1) / 2);
    uint64_t before = 0;

    for (size_t i = 0; i < n; i++) {
        unsigned bytes =
            most ? (head[i / 8] >> i % 8 & 1) * most : head[i / 2] >> (i % 2 * 4) & 15;

        before = get(p, bytes) ^ (expected != NULL ? bits_of(expected[i]) : before);
        p += bytes;
        x[i] = number_of(before);
    }
}
