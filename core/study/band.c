/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/band.h"

#include "num/tail.h"
#include "num/chance.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const double rw_band_levels[RW_BAND_LEVELS] = {0.05, 0.25, 0.5, 0.75, 0.95};
const char *const rw_band_level_names[RW_BAND_LEVELS] = {
    "0.05", "0.25", "0.5", "0.75", "0.95"};

/* Sums over truths: squared distances of their means from a common centre,
 * and within them. */
struct scatter {
    double n, off, between, within;
};

/* One-way analysis of variance. */
static double
share_of(const struct scatter *s, size_t histories)
{
    double k = (double)histories;
    double msb = k * (s->between - s->off * s->off / s->n) / (s->n - 1);
    double msw = s->within / (s->n * (k - 1));
    double between = (msb - msw) / k;

    return between + msw > 0 ? between / (between + msw) : 0;
}

struct rw_mean
rw_band_epistemic(const double loss[], size_t truths, size_t histories)
{
    struct rw_moments all = rw_moments_array(loss, truths * histories), m;
    struct scatter sum = {.n = (double)truths}, left;
    struct rw_sum mean = {0}, square = {0};
    double centre = all.mean, n = (double)truths, value, off;

    for (size_t g = 0; g < truths; g++) {
        m = rw_moments_array(loss + g * histories, histories);
        sum.off += m.mean - centre;
        sum.between += (m.mean - centre) * (m.mean - centre);
        sum.within += m.m2;
    }
    value = share_of(&sum, histories);
    for (size_t g = 0; g < truths; g++) {
        m = rw_moments_array(loss + g * histories, histories);
        off = m.mean - centre;
        left = (struct scatter){
            n - 1, sum.off - off, sum.between - off * off, sum.within - m.m2};
        off = share_of(&left, histories) - value;
        rw_sum_add(&mean, off);
        rw_sum_add(&square, off * off);
    }
    off = rw_sum_value(&mean) / n;
    return (struct rw_mean){
        value, sqrt(fmax((n - 1) / n * (rw_sum_value(&square) - n * off * off), 0))};
}

/* Of one yearly loss: sorted truths, and room for the counts at one point. */
struct bench {
    const double *loss;
    size_t truths, histories;
    uint32_t *over; /* (truths): histories beyond the loss */
    uint32_t *row;  /* (histories + 1): place of a count in the lists */
    uint32_t *count, *groups, *fewer; /* (distinct counts): all; without a block */
    double (*like)[RW_CHANCE_NODES];
    size_t room; /* distinct counts at most */
};

static bool
make_bench(struct bench *b)
{
    b->room = b->truths < b->histories + 1 ? b->truths : b->histories + 1;
    b->over = malloc(b->truths * sizeof *b->over);
    b->row = malloc((b->histories + 1) * sizeof *b->row);
    b->count = malloc(b->room * sizeof *b->count);
    b->groups = malloc(b->room * sizeof *b->groups);
    b->fewer = malloc(b->room * sizeof *b->fewer);
    b->like = malloc(b->room * sizeof *b->like);
    return b->over && b->row && b->count && b->groups && b->fewer && b->like;
}

static void
free_bench(struct bench *b)
{
    free(b->over);
    free(b->row);
    free(b->count);
    free(b->groups);
    free(b->fewer);
    free(b->like);
}

/* Counts every truth at a loss; returns their sum. */
static size_t
count_truths(struct bench *b, double at, struct rw_chance_counts *c)
{
    size_t sum = 0, n = 0;

    memset(b->row, 0, (b->histories + 1) * sizeof *b->row);
    for (size_t g = 0; g < b->truths; g++) {
        b->over[g] = (uint32_t)(b->histories - rw_tail_count(b->loss + g * b->histories,
                                                   b->histories, at));
        b->row[b->over[g]]++;
        sum += b->over[g];
    }
    for (size_t d = 0; d <= b->histories; d++) {
        if (b->row[d] == 0)
            continue;
        b->count[n] = (uint32_t)d;
        b->groups[n] = b->row[d];
        b->row[d] = (uint32_t)n++;
    }
    *c = (struct rw_chance_counts){(unsigned)b->histories, n, b->count, b->groups};
    return sum;
}

/* q[] <- the law's levels; its mean is `mean`. */
static void
levels(const struct rw_chance_law *h, double mean, double q[RW_BAND_LEVELS])
{
    for (size_t k = 0; k < RW_BAND_LEVELS; k++)
        q[k] = rw_chance_quantile(h, rw_band_levels[k], mean);
}

/* Leaves out one block of truths after the other. */
static void
jackknife(struct bench *b, const struct rw_chance_counts *c,
    const struct rw_chance_grid *grid, double mean, double variance[RW_BAND_LEVELS])
{
    double q[RW_BAND_BLOCKS][RW_BAND_LEVELS];
    struct rw_chance_counts left = {c->k, c->n, c->count, b->fewer};
    struct rw_chance_law h;

    for (size_t j = 0; j < RW_BAND_BLOCKS; j++) {
        size_t from = b->truths * j / RW_BAND_BLOCKS;
        size_t to = b->truths * (j + 1) / RW_BAND_BLOCKS;

        memcpy(b->fewer, c->groups, c->n * sizeof *b->fewer);
        for (size_t g = from; g < to; g++)
            b->fewer[b->row[b->over[g]]]--;
        rw_chance_fit(&h, &left, grid);
        levels(&h, mean, q[j]);
    }
    for (size_t k = 0; k < RW_BAND_LEVELS; k++) {
        double sum = 0, squares = 0;

        for (size_t j = 0; j < RW_BAND_BLOCKS; j++)
            sum += q[j][k] / RW_BAND_BLOCKS;
        for (size_t j = 0; j < RW_BAND_BLOCKS; j++)
            squares += (q[j][k] - sum) * (q[j][k] - sum);
        variance[k] = squares * (RW_BAND_BLOCKS - 1) / RW_BAND_BLOCKS;
    }
}

/* The error of the curve's own probability p, of n independent futures or with the
 * error se, handed on by the shift in logits: dq = q (1 - q) / (p (1 - p)) dp. */
static double
handed_on(double q, double p, double n, double se)
{
    double slope = p > 0 && p < 1 ? q * (1 - q) / (p * (1 - p)) : 1;

    return n > 0 ? slope * slope * p * (1 - p) / n : slope * slope * se * se;
}

static void
make_point(struct bench *b, const struct rw_chance_counts *c,
    const struct rw_curve_point *at, size_t n, struct rw_band_point *p)
{
    struct rw_chance_grid grid;
    struct rw_chance_law h;
    bool spread = rw_chance_grid(&grid, c, b->like);
    double variance[RW_BAND_LEVELS] = {0};

    p->loss = at->loss;
    rw_chance_fit(&h, c, spread ? &grid : NULL);
    levels(&h, at->probability, p->chance);
    if (spread)
        jackknife(b, c, &grid, at->probability, variance);
    for (size_t k = 0; k < RW_BAND_LEVELS; k++) {
        double beyond = fmin(rw_band_levels[k], 1 - rw_band_levels[k]);
        double one = 1 / (beyond * (double)(b->truths * b->histories));

        p->se[k] = sqrt(variance[k] + one * one +
                        handed_on(p->chance[k], at->probability, (double)n, at->se));
    }
}

/* Whether the nested run can tell this point. */
static bool
is_told(struct bench *b, double loss, struct rw_chance_counts *c)
{
    return count_truths(b, loss, c) >= RW_TAIL_BEYOND &&
           rw_chance_evidence(c) >= RW_BAND_EVIDENCE;
}

/* The longest stretch of the curve that can be told: *first, *n. */
static void
find_stretch(struct bench *b, const struct rw_law *curve, size_t *first, size_t *n)
{
    struct rw_chance_counts c;
    size_t from = 0;

    *first = *n = 0;
    for (size_t k = 0; k < curve->n_curve; k++) {
        if (!is_told(b, curve->curve[k].loss, &c))
            from = k + 1;
        else if (k + 1 - from > *n) {
            *first = from;
            *n = k + 1 - from;
        }
    }
}

/* Values of each level in falling order. */
static void
rearrange(struct rw_band *band)
{
    for (size_t j = 0; j < RW_BAND_LEVELS; j++)
        for (size_t i = 1; i < band->n; i++)
            for (size_t k = i;
                 k > 0 && band->points[k].chance[j] > band->points[k - 1].chance[j];
                 k--) {
                double x = band->points[k].chance[j];

                band->points[k].chance[j] = band->points[k - 1].chance[j];
                band->points[k - 1].chance[j] = x;
            }
}

/* False when stopped. */
static bool
make_points(struct bench *b, const struct rw_law *curve, size_t n, struct rw_band *band,
    const volatile sig_atomic_t *stop)
{
    size_t first;

    find_stretch(b, curve, &first, &band->n);
    band->left_out = curve->n_curve - band->n;
    for (size_t k = 0; k < band->n; k++) {
        const struct rw_curve_point *at = &curve->curve[first + k];
        struct rw_chance_counts c;

        if (rw_stopped(stop))
            return false;
        count_truths(b, at->loss, &c);
        make_point(b, &c, at, n, &band->points[k]);
    }
    rearrange(band);
    return true;
}

struct rw_band *
rw_band_make(const struct rw_law *curve, size_t n, const struct rw_nested *nest,
    double loss[], struct rw_arena *a, const volatile sig_atomic_t *stop)
{
    struct bench b = {
        .loss = loss, .truths = nest->truths, .histories = nest->histories};
    struct rw_band *band = RW_ARENA_NEW(a, 1, struct rw_band);
    double *tmp = malloc(nest->histories * sizeof *tmp);
    bool made = band && tmp && make_bench(&b);

    if (made) {
        for (size_t g = 0; g < b.truths; g++)
            rw_sort(loss + g * b.histories, b.histories, tmp);
        band->epistemic = rw_band_epistemic(loss, b.truths, b.histories);
        band->points = RW_ARENA_NEW(a, curve->n_curve, struct rw_band_point);
        made = band->points && make_points(&b, curve, n, band, stop);
    }
    free(tmp);
    free_bench(&b);
    return made ? band : NULL;
}
