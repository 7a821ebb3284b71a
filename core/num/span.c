/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/span.h"

#include "num/cpu.h"

#include <string.h>

struct rw_span
rw_span_empty(void)
{
    return (struct rw_span){INT64_MAX, 0, 0, 0, -1, 0};
}

/* Without a branch: a compiler takes several at once. */
static inline __attribute__((always_inline)) struct rw_span
span_by(const double x[], size_t n)
{
    struct rw_span s = {INT64_MAX, 0, 0, 0, -1, 0};

    for (size_t i = 0; i < n; i++) {
        int64_t b, m, some, low;

        memcpy(&b, &x[i], sizeof b);
        m = b & INT64_MAX;
        some = -m; /* negative unless x is 0 */
        low = m > 0 ? m : INT64_MAX;
        s.least = low < s.least ? low : s.least;
        s.most = m > s.most ? m : s.most;
        s.below |= b & some;
        s.above |= ~b & some;
        s.never &= some;
        s.minus |= b;
    }
    return s;
}

static struct rw_span
span_plain(const double x[], size_t n)
{
    return span_by(x, n);
}

RW_CPU_WIDEST static struct rw_span
span_widest(const double x[], size_t n)
{
    return span_by(x, n);
}

struct rw_span
rw_span_of(const double x[], size_t n)
{
    return rw_cpu_widest() ? span_widest(x, n) : span_plain(x, n);
}

void
rw_span_join(struct rw_span *s, const struct rw_span *other)
{
    s->least = other->least < s->least ? other->least : s->least;
    s->most = other->most > s->most ? other->most : s->most;
    s->below |= other->below;
    s->above |= other->above;
    s->never &= other->never;
    s->minus |= other->minus;
}

bool
rw_span_is_point(const struct rw_span *s)
{
    bool sides = s->below < 0 && s->above < 0;

    return s->most == 0 || (s->least == s->most && s->never < 0 && !sides);
}
