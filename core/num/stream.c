/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/stream.c -- names of lanes. */
#include "num/stream.h"

static uint64_t
fnv1a(uint64_t h, const char *s)
{
    for (; *s != '\0'; s++)
        h = (h ^ (unsigned char)*s) * UINT64_C(0x100000001b3);
    return h;
}

/* Finaliser of splitmix64 (Steele, Lea and Flood, OOPSLA 2014): near names
 * differ in every bit. */
static uint64_t
mix(uint64_t h)
{
    h = (h ^ (h >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    h = (h ^ (h >> 27)) * UINT64_C(0x94d049bb133111eb);
    return h ^ (h >> 31);
}

uint64_t
rw_lane(const char *owner, const char *id, const char *variable)
{
    uint64_t h = fnv1a(UINT64_C(0xcbf29ce484222325), owner);

    h = fnv1a(fnv1a(h, "/"), id);
    return mix(fnv1a(fnv1a(h, "/"), variable));
}
