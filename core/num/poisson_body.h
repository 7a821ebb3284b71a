/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/poisson_body.h -- poisson.c for one kind of register, which includes it once
 * for each; no guard.  NAME(x): x of this kind; TARGET: its attribute; LANES: as many
 * numbers as a register holds.
 *
 * Floor: num.  Threads: pure.
 */

#define BODY TARGET static inline __attribute__((always_inline))

typedef double NAME(reals) __attribute__((vector_size(8 * LANES)));
typedef int64_t NAME(words) __attribute__((vector_size(8 * LANES)));
typedef double NAME(loose)
    __attribute__((vector_size(8 * LANES), aligned(8), may_alias));

/* By as many comparisons as nearly all of them need; n a multiple of EIGHT. */
TARGET static void
NAME(row)(const struct rw_poisson *p, size_t n, const double u[], uint8_t number[])
{
    for (size_t i = 0; i < n; i += LANES) {
        NAME(words) count = {0};
        NAME(reals) x = *(const NAME(loose) *)(u + i);

        for (size_t k = 0; k < p->common; k++)
            count -= x >= p->cdf[k];
        for (size_t j = 0; j < LANES; j++)
            number[i + j] = (uint8_t)count[j];
    }
}

/* Laws on their way. */
struct NAME(walk) {
    NAME(reals) u, rate, p, cdf, below;
    NAME(words) number;
};

/* One step up of those that have not arrived: *left. */
BODY void
NAME(step)(struct NAME(walk) * w, double over_k, NAME(words) * left)
{
    const NAME(words) more = w->u >= w->cdf;
    NAME(reals) next = w->p * (w->rate * over_k);

    w->number -= more;
    w->below =
        (NAME(reals))(((NAME(words))w->cdf & more) | ((NAME(words))w->below & ~more));
    w->p = (NAME(reals))(((NAME(words))next & more) | ((NAME(words))w->p & ~more));
    w->cdf += (NAME(reals))((NAME(words))next & more);
    *left = more;
}

/* p: exp(-rate); n a multiple of EIGHT. */
TARGET static void
NAME(rows)(size_t n, const double rate[], const double u[], const double p[],
    uint8_t number[], double rest[])
{
    for (size_t i = 0; i < n; i += LANES) {
        struct NAME(walk) w = {.u = *(const NAME(loose) *)(u + i),
            .rate = *(const NAME(loose) *)(rate + i),
            .p = *(const NAME(loose) *)(p + i),
            .cdf = *(const NAME(loose) *)(p + i),
            .below = {0},
            .number = {0}};
        int64_t any = 1;

        for (size_t k = 1; k < RW_POISSON_NUMBERS && any != 0; k += STEPS) {
            NAME(words) more = {0};

            for (size_t j = 0; j < STEPS; j++)
                NAME(step)(&w, over[k + j], &more);
            any = 0;
            for (size_t j = 0; j < LANES; j++)
                any |= more[j];
        }
        for (size_t j = 0; j < LANES; j++) {
            number[i + j] = (uint8_t)w.number[j];
            rest[i + j] = inside((w.u[j] - w.below[j]) / w.p[j]);
        }
    }
}

#undef BODY
#undef NAME
#undef TARGET
#undef LANES
