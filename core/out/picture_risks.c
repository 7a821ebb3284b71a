/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The risk matrix: how often (events a year) against how bad (loss per
 * event), both on log axes so that equal expected losses are diagonals.  An
 * arrow leads from where a risk stands under the first strategy to where the
 * best one has it, both in the last cycle, so that nothing but the strategies
 * differs; with a single strategy, from its first cycle to its last. */
#include "out/matrix.h"
#include "out/picture.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Cycle that the arrows lead from. */
static size_t
start_of(const struct rw_view *v)
{
    return v->n_strategies > 1 ? v->n_cycles - 1 : 0;
}

static int
larger_first(const void *a, const void *b)
{
    const struct rw_mark *p = a, *q = b;
    double x = p->rate * p->size, y = q->rate * q->size;

    if (x != y)
        return x < y ? 1 : -1;
    return p->risk < q->risk ? -1 : p->risk > q->risk;
}

static void
widen(struct rw_matrix *m, double rate, double size)
{
    if (rate <= 0 || size <= 0)
        return;
    m->x_low = fmin(m->x_low, rate);
    m->x_high = fmax(m->x_high, rate);
    m->y_low = fmin(m->y_low, size);
    m->y_high = fmax(m->y_high, size);
}

/* A fifth of a decade of room, to the next half decade; to whole decades where
 * the range is short, so that at least two of them carry a label. */
static void
round_range(double *low, double *high)
{
    double first = log10(*low / 1.6), last = log10(*high * 1.6);
    double steps = last - first < 1.5 ? 1 : 2;

    *low = pow(10, floor(steps * first) / steps);
    *high = pow(10, ceil(steps * last) / steps);
}

/* False where no risk has both a rate and a loss. */
static bool
find_marks(const struct rw_view *v, struct rw_matrix *m)
{
    const struct rw_view_cycle *before = &v->strategies[0].cycles[start_of(v)];
    const struct rw_view_cycle *after = &v->strategies[v->best].cycles[v->n_cycles - 1];

    *m = (struct rw_matrix){.x_low = HUGE_VAL, .y_low = HUGE_VAL};
    m->marks = calloc(v->n_risks + 1, sizeof *m->marks);
    for (size_t k = 0; m->marks && k < v->n_risks; k++) {
        struct rw_mark *mark = &m->marks[m->n];

        if (!(before->rate[k] > 0) || !(before->risk[k] > 0))
            continue;
        *mark = (struct rw_mark){
            k, before->rate[k], before->risk[k] / before->rate[k], 0, 0};
        if (after->rate[k] > 0 && after->risk[k] > 0) {
            mark->after_rate = after->rate[k];
            mark->after_size = after->risk[k] / after->rate[k];
        }
        widen(m, mark->rate, mark->size);
        widen(m, mark->after_rate, mark->after_size);
        m->n++;
    }
    if (m->n == 0)
        return false;
    qsort(m->marks, m->n, sizeof *m->marks, larger_first);
    round_range(&m->x_low, &m->x_high);
    round_range(&m->y_low, &m->y_high);
    return true;
}

static const double factors[] = {1, 2, 5};

/* Powers of ten; 2 and 5 times them too where there are few. */
static void
rate_axis(struct rw_text *t, const struct rw_matrix *m)
{
    size_t n = m->x_high / m->x_low < 99 ? 3 : 1;
    const char *comma = "";

    /* a tick that stands exactly on the border may be lost in rounding */
    rw_text_addf(t,
        "set logscale x 10\nset xrange [%.17g:%.17g]\nset mxtics 10\nset xtics (",
        m->x_low * (1 - 1e-6), m->x_high * (1 + 1e-6));
    for (int k = -9; k <= 9; k++)
        for (size_t j = 0; j < n; j++) {
            double x = pow(10, k) * factors[j];

            if (x < m->x_low * (1 - 1e-9) || x > m->x_high * (1 + 1e-9))
                continue;
            rw_text_addf(t, "%s'%.10g' %.17g", comma, x, x);
            comma = ",";
        }
    rw_text_add(t, ")\n");
}

enum { DIAGONALS = 64 };

/* Round expected annual losses whose diagonal crosses the frame: powers of
 * ten, and 2 and 5 times them where these are few. */
static size_t
find_diagonals(const struct rw_matrix *m, double loss[DIAGONALS])
{
    double low = m->x_low * m->y_low * 2, high = m->x_high * m->y_high / 1.25;
    size_t each = high / low < 1000 ? 3 : 1, n = 0;

    for (int k = (int)floor(log10(low)); k <= (int)ceil(log10(high)); k++)
        for (size_t j = 0; j < each; j++) {
            double x = pow(10, k) * factors[j];

            if (x >= low && x <= high && n < DIAGONALS)
                loss[n++] = x;
        }
    return n;
}

/* Each diagonal is named where it crosses the frame: above, at the right, or at
 * the left. */
static void
diagonal_names(struct rw_text *t, const struct rw_matrix *m)
{
    double loss[DIAGONALS];
    size_t n = find_diagonals(m, loss);
    char money[RW_NUMBER_MAX];

    for (size_t k = 0; k < n; k++) {
        double x = loss[k] / m->y_high;

        rw_axis_money_print(money, loss[k]);
        if (x >= m->x_low * (1 - 1e-9) && x < m->x_high)
            rw_text_addf(t, "set label %zu '%s' at first %.17g, graph 1.025 center",
                100 + k, money, x);
        else if (loss[k] / m->x_high > m->y_low)
            rw_text_addf(t, "set label %zu '%s' at graph 1.01, first %.17g left",
                100 + k, money, loss[k] / m->x_high);
        else /* it leaves below: named inside, where it enters at the left */
            rw_text_addf(t,
                "set label %zu '%s' at graph 0.01, first %.17g left offset 0,0.3",
                100 + k, money, loss[k] / m->x_low);
        rw_text_add(t, " font plain.',9' tc rgb '#777777'\n");
    }
}

static void
diagonal_lines(struct rw_text *t, const struct rw_matrix *m)
{
    double loss[DIAGONALS];
    size_t n = find_diagonals(m, loss);

    for (size_t k = 0; k < n; k++)
        rw_text_addf(t,
            "%.17g/x with lines lw 1 dt 3 lc rgb '#b8b8b8' notitle, \\\n     ",
            loss[k]);
}

/* Block 0: rate, loss per event, number in the list (0: none).  Block 1: the
 * same before, the way to after, and after. */
static void
blocks(struct rw_picture *p, const struct rw_matrix *m, bool moving, bool *after)
{
    rw_picture_block(p);
    for (size_t k = 0; k < m->n; k++)
        rw_picture_row(p,
            (double[]){m->marks[k].rate, m->marks[k].size,
                k < RW_MATRIX_LISTED ? (double)(k + 1) : 0},
            3);
    *after = false;
    for (size_t k = 0; moving && k < m->n; k++) {
        const struct rw_mark *a = &m->marks[k];

        if (a->after_rate <= 0)
            continue;
        if (!*after)
            rw_picture_block(p);
        *after = true;
        rw_picture_row(p,
            (double[]){a->rate, a->size, a->after_rate - a->rate,
                a->after_size - a->size, a->after_rate, a->after_size},
            6);
    }
}

static void
draw(struct rw_picture *p, const struct rw_matrix *m, bool moving)
{
    struct rw_text *t = &p->script;
    bool after;

    blocks(p, m, moving, &after);
    rw_text_add(t, "plot ");
    diagonal_lines(t, m);
    if (after)
        rw_text_add(t,
            "data index 1 using 1:2:3:4 with vectors head filled size screen 0.010,18 "
            "lw 1.4 lc rgb '#888888' notitle, \\\n"
            "     data index 1 using 5:6 with points pt 7 ps 0.9*dot lc rgb '#0072B2' "
            "notitle, \\\n     ");
    rw_text_add(t, "data index 0 using 1:2 with points pt 7 ps 2.1*dot lc rgb "
                   "'#D55E00' notitle\n");
}

/* False where before and after are the same thing. */
static bool
moves(const struct rw_view *v)
{
    return v->n_strategies > 1 || v->n_cycles > 1;
}

/* "169k -> 99.2k", or one amount where nothing can move. */
static void
amounts(struct rw_text *t, const struct rw_view *v, const struct rw_mark *m)
{
    char a[RW_NUMBER_MAX];

    rw_text_add(t, rw_money_print(a, m->rate * m->size));
    if (moves(v))
        rw_text_addf(
            t, " \xe2\x86\x92 %s", rw_money_print(a, m->after_rate * m->after_size));
}

/* What the list beside the matrix holds. */
static void
list_title(struct rw_text *t, const struct rw_view *v, const struct rw_matrix *m)
{
    struct rw_text line;

    rw_text_init(&line);
    if (m->n > RW_MATRIX_LISTED)
        rw_text_addf(&line, "%d largest of %zu risks", RW_MATRIX_LISTED, m->n);
    else
        rw_text_addf(&line, "%zu risk%s", m->n, m->n == 1 ? "" : "s");
    rw_text_add(&line, ", ");
    rw_picture_clean(&line, v->currency, 8);
    rw_text_add(&line, " a year");
    rw_text_add(t, "set label 13 ");
    rw_picture_quote(t, line.failed ? "" : line.s, 60);
    rw_text_add(t,
        " at screen 0.665,0.845 left noenhanced font bold.',9' tc rgb '#222222'\n"
        "set label 14 'a risk is one threat on one asset' at screen 0.665,0.82 left "
        "font plain.',9' tc rgb '#777777'\n");
    if (m->n > RW_MATRIX_LISTED)
        rw_text_addf(t,
            "set label 15 'dots without a number: the other %zu' at screen "
            "0.98,0.018 right font plain.',9' tc rgb '#777777'\n",
            m->n - RW_MATRIX_LISTED);
    t->failed |= line.failed;
    rw_text_fini(&line);
}

/* The numbered risks beside the matrix: the threat, and below it the asset and
 * the expected annual loss before and after. */
static void
list(struct rw_text *t, const struct rw_view *v, const struct rw_matrix *m)
{
    size_t n = m->n < RW_MATRIX_LISTED ? m->n : RW_MATRIX_LISTED;

    for (size_t k = 0; k < n; k++) {
        const struct rw_mark *mark = &m->marks[k];
        const struct rw_view_risk *risk = &v->risks[mark->risk];
        double y = 0.785 - 0.057 * (double)k;
        struct rw_text below;

        rw_text_init(&below);
        rw_picture_clean(&below, v->assets[risk->asset], 33);
        rw_text_add(&below, ", ");
        amounts(&below, v, mark);
        rw_text_addf(t,
            "set label %zu '%zu' at screen 0.680,%.4f right font plain.',9' "
            "tc rgb '#222222'\nset label %zu ",
            200 + 3 * k, k + 1, y, 201 + 3 * k);
        rw_picture_quote(t, v->threats[risk->threat], 44);
        rw_text_addf(t,
            " at screen 0.690,%.4f left noenhanced font plain.',9' "
            "tc rgb '#222222'\nset label %zu ",
            y, 202 + 3 * k);
        rw_picture_quote(t, below.failed ? "" : below.s, 60);
        rw_text_addf(t,
            " at screen 0.690,%.4f left noenhanced font plain.',9' "
            "tc rgb '#777777'\n",
            y - 0.025);
        t->failed |= below.failed;
        rw_text_fini(&below);
    }
}

/* A mark and what it stands for: the strategy and the cycle. */
static void
legend_entry(struct rw_text *t, int tag, const char *name, const struct rw_view *v,
    size_t cycle, const char *where)
{
    struct rw_text line;

    rw_text_init(&line);
    rw_picture_clean(&line, name, 20);
    rw_text_addf(&line, ", %s %zu", v->cycle, cycle);
    rw_text_addf(t, "set label %d ", tag);
    rw_picture_quote(t, line.failed ? "" : line.s, 60);
    rw_text_addf(t, " at screen %s offset 1.2,0\n", where);
    t->failed |= line.failed;
    rw_text_fini(&line);
}

static void
legend(struct rw_text *t, const struct rw_view *v)
{
    legend_entry(t, 10, v->strategies[0].name, v, start_of(v) + 1,
        "0.105,0.035 left noenhanced point pt 7 ps 1.6*dot lc rgb '#D55E00'");
    if (moves(v))
        legend_entry(t, 11, v->strategies[v->best].name, v, v->n_cycles,
            "0.335,0.035 left noenhanced point pt 7 ps 0.9*dot lc rgb '#0072B2'");
    rw_text_add(t, "set label 12 'grey lines: same expected loss a year' at screen "
                   "0.98,0.045 right font plain.',9' tc rgb '#777777'\n");
}

/* The largest risk and its amounts; the asset is cut only where the threat
 * leaves it too little room. */
static void
headline(struct rw_picture *p, const struct rw_view *v, const struct rw_matrix *m)
{
    enum { ROOM = 60, LEAST = 24 };
    const struct rw_view_risk *top = &v->risks[m->marks[0].risk];
    const char *threat = v->threats[top->threat], *asset = v->assets[top->asset];
    size_t want = strlen(asset) > LEAST ? LEAST : strlen(asset);
    size_t used = strlen(threat) > ROOM - want ? ROOM - want : strlen(threat);
    struct rw_text t;

    rw_text_init(&t);
    rw_picture_clean(&t, threat, ROOM - want);
    rw_text_add(&t, " / ");
    rw_picture_clean(&t, asset, ROOM - used);
    rw_text_add(&t, ": ");
    amounts(&t, v, &m->marks[0]);
    rw_text_add(&t, " ");
    rw_picture_clean(&t, v->currency, 8);
    rw_text_add(&t, " a year");
    rw_picture_heading(p, t.failed ? "" : t.s, v,
        m->n == 1
            ? "how often the risk strikes, and how much it costs when it does"
            : "the largest risk above; how often each strikes, and what it costs then");
    p->script.failed |= t.failed;
    rw_text_fini(&t);
}

void
rw_picture_risks(struct rw_picture *p, const struct rw_view *v)
{
    struct rw_text *t = &p->script;
    struct rw_matrix m;

    if (!find_marks(v, &m)) {
        snprintf(p->nothing, sizeof p->nothing, "no risk has an expected loss");
        t->failed |= m.marks == NULL;
        free(m.marks);
        return;
    }
    rw_picture_begin(p, RW_PICTURE_HEIGHT);
    headline(p, v, &m);
    rw_text_addf(t,
        "set lmargin at screen %g\nset rmargin at screen %g\n"
        "set tmargin at screen %g\nset bmargin at screen %g\n"
        "unset key\nset samples 200\n",
        RW_MATRIX_LEFT, RW_MATRIX_RIGHT, RW_MATRIX_TOP, RW_MATRIX_BOTTOM);
    rate_axis(t, &m);
    rw_axis_log_money(t, "y", m.y_low, m.y_high);
    rw_text_add(t, "set xlabel 'Loss events a year' offset 0,0.3\n");
    rw_axis_label(t, "y", "Loss per event (", v, ")");
    legend(t, v);
    list_title(t, v, &m);
    diagonal_names(t, &m);
    list(t, v, &m);
    rw_matrix_numbers(t, &m);
    draw(p, &m, moves(v));
    free(m.marks);
}
