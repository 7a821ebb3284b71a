/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/matrix.h"

#include "out/picture.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Pixels of the SVG: a mark's radius, a digit's width and height at the numbers' size,
 * from a mark's middle to the text beside and above it. */
enum { RADIUS = 8, DIGIT = 6, HEIGHT = 12, BESIDE = 12, ABOVE = 16 };

struct point {
    double x, y;
};

struct box {
    double left, right, bottom, top;
};

/* Where a text may stand beside its mark, in order of preference. */
static const struct side {
    int x, y;            /* from the mark: -1, 0, 1 */
    const char *gnuplot; /* offsets are in characters */
} sides[] = {{1, 0, "left offset 1.6,0"}, {-1, 0, "right offset -1.6,0"},
    {0, 1, "center offset 0,0.95"}, {0, -1, "center offset 0,-0.95"}};

static bool
together(const struct rw_mark *a, const struct rw_mark *b)
{
    return fabs(log(a->rate / b->rate)) < 0.05 && fabs(log(a->size / b->size)) < 0.05;
}

static bool
is_first(const struct rw_matrix *m, size_t k)
{
    for (size_t j = 0; j < k; j++)
        if (together(&m->marks[j], &m->marks[k]))
            return false;
    return true;
}

/* In pixels from the frame's lower left corner. */
static struct point
place(const struct rw_matrix *m, double rate, double size)
{
    double width = RW_PICTURE_WIDTH * (RW_MATRIX_RIGHT - RW_MATRIX_LEFT);
    double height = RW_PICTURE_HEIGHT * (RW_MATRIX_TOP - RW_MATRIX_BOTTOM);

    return (struct point){width * log(rate / m->x_low) / log(m->x_high / m->x_low),
        height * log(size / m->y_low) / log(m->y_high / m->y_low)};
}

static bool
holds(const struct box *b, struct point p, double radius)
{
    return p.x > b->left - radius && p.x < b->right + radius &&
           p.y > b->bottom - radius && p.y < b->top + radius;
}

static struct box
box_at(struct point p, const struct side *side, double width)
{
    double x = p.x + side->x * (BESIDE + width / 2), y = p.y + side->y * ABOVE;

    return (struct box){x - width / 2, x + width / 2, y - HEIGHT / 2, y + HEIGHT / 2};
}

/* What a text there would cover, of mark k and others: marks count most, arrows and
 * what they lead to less; beyond the frame are names of the diagonals. */
static double
covered(const struct rw_matrix *m, size_t k, const struct box *b)
{
    enum { STEPS = 40 };
    struct point corner = place(m, m->x_high, m->y_high);
    double sum =
        (b->left < 0) + (b->right > corner.x) + (b->bottom < 0) + (b->top > corner.y);

    for (size_t j = 0; j < m->n; j++) {
        const struct rw_mark *o = &m->marks[j];
        struct point from = place(m, o->rate, o->size), to;
        bool crossed = false;

        if (!together(o, &m->marks[k]) && holds(b, from, RADIUS))
            sum += 4;
        if (o->after_rate <= 0)
            continue;
        to = place(m, o->after_rate, o->after_size);
        for (int i = 1; i <= STEPS; i++)
            crossed |= holds(b,
                (struct point){from.x + (to.x - from.x) * i / STEPS,
                    from.y + (to.y - from.y) * i / STEPS},
                2);
        sum += crossed;
    }
    return sum;
}

static const char *
best_side(const struct rw_matrix *m, size_t k, size_t digits)
{
    struct point p = place(m, m->marks[k].rate, m->marks[k].size);
    double least = HUGE_VAL;
    size_t best = 0;

    for (size_t j = 0; j < sizeof sides / sizeof *sides; j++) {
        struct box b = box_at(p, &sides[j], DIGIT * (double)digits);
        double sum = covered(m, k, &b);

        if (sum < least) {
            least = sum;
            best = j;
        }
    }
    return sides[best].gnuplot;
}

void
rw_matrix_numbers(struct rw_text *t, const struct rw_matrix *m)
{
    size_t n = m->n < RW_MATRIX_LISTED ? m->n : RW_MATRIX_LISTED;

    for (size_t k = 0; k < n; k++) {
        char list[4 * RW_MATRIX_LISTED + 1];
        size_t own, at;

        if (!is_first(m, k))
            continue;
        at = own = (size_t)snprintf(list, sizeof list, "%zu", k + 1);
        for (size_t j = k + 1; j < n; j++)
            if (together(&m->marks[k], &m->marks[j]))
                at += (size_t)snprintf(list + at, sizeof list - at, ", %zu", j + 1);
        rw_text_addf(t, "set label %zu '%s' at %.17g,%.17g ", 400 + k, list,
            m->marks[k].rate, m->marks[k].size);
        if (at > own)
            rw_text_addf(
                t, "%s front font bold.',8' tc rgb '#D55E00'\n", best_side(m, k, at));
        else
            rw_text_add(t, "center front font bold.',7' tc rgb '#ffffff'\n");
    }
}
