/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The risk matrix: how often (events a year) against how bad (loss per
 * event), both on log axes so that equal expected losses are diagonals.  An
 * arrow leads from where a risk stands in the first cycle of the first
 * strategy to where it ends in the last cycle of the last one. */
#include "out/picture.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { LISTED = 12 }; /* risks that get a number and a line beside the matrix */

struct mark {
    size_t risk;
    double rate, size, after_rate, after_size; /* after_*: 0 where none is left */
};

struct matrix {
    struct mark *marks; /* by expected loss before, largest first */
    size_t n;
    double x_low, x_high, y_low, y_high;
};

static int
larger_first(const void *a, const void *b)
{
    const struct mark *p = a, *q = b;
    double x = p->rate * p->size, y = q->rate * q->size;

    if (x != y)
        return x < y ? 1 : -1;
    return p->risk < q->risk ? -1 : p->risk > q->risk;
}

static void
widen(struct matrix *m, double rate, double size)
{
    if (rate <= 0 || size <= 0)
        return;
    m->x_low = fmin(m->x_low, rate);
    m->x_high = fmax(m->x_high, rate);
    m->y_low = fmin(m->y_low, size);
    m->y_high = fmax(m->y_high, size);
}

/* A third of a decade of room, to the next half decade. */
static void
round_range(double *low, double *high)
{
    *low = pow(10, floor(2 * log10(*low / 1.6)) / 2);
    *high = pow(10, ceil(2 * log10(*high * 1.6)) / 2);
}

/* False where no risk has both a rate and a loss. */
static bool
find_marks(const struct rw_view *v, struct matrix *m)
{
    const struct rw_view_cycle *before = &v->strategies[0].cycles[0];
    const struct rw_view_cycle *after =
        &v->strategies[v->n_strategies - 1].cycles[v->n_cycles - 1];

    *m = (struct matrix){.x_low = HUGE_VAL, .y_low = HUGE_VAL};
    m->marks = calloc(v->n_risks + 1, sizeof *m->marks);
    for (size_t k = 0; m->marks && k < v->n_risks; k++) {
        struct mark *mark = &m->marks[m->n];

        if (!(before->rate[k] > 0) || !(before->risk[k] > 0))
            continue;
        *mark =
            (struct mark){k, before->rate[k], before->risk[k] / before->rate[k], 0, 0};
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

static void
rate_axis(struct rw_text *t, const struct matrix *m)
{
    const char *comma = "";

    rw_text_addf(t,
        "set logscale x 10\nset xrange [%.17g:%.17g]\nset mxtics 10\nset xtics (",
        m->x_low, m->x_high);
    for (int k = -9; k <= 9; k++) {
        double x = pow(10, k);

        if (x < m->x_low * (1 - 1e-9) || x > m->x_high * (1 + 1e-9))
            continue;
        rw_text_addf(t, "%s'%.10g' %.17g", comma, x, x);
        comma = ",";
    }
    rw_text_add(t, ")\n");
}

/* Powers of ten of expected annual loss whose diagonal crosses the frame. */
static void
diagonal_powers(const struct matrix *m, int *first, int *last)
{
    *first = (int)ceil(log10(m->x_low * m->y_low) + 0.3);
    *last = (int)floor(log10(m->x_high * m->y_high) - 0.1);
}

/* Each diagonal is named where it leaves the frame, above or at the right. */
static void
diagonal_names(struct rw_text *t, const struct matrix *m)
{
    int first, last, tag = 100;
    char money[RW_NUMBER_MAX];

    diagonal_powers(m, &first, &last);
    for (int k = first; k <= last; k++, tag++) {
        double x = pow(10, k) / m->y_high;

        rw_axis_money_print(money, pow(10, k));
        if (x > m->x_low && x < m->x_high)
            rw_text_addf(t, "set label %d '%s' at first %.17g, graph 1.025 center", tag,
                money, x);
        else if (pow(10, k) / m->x_high > m->y_low)
            rw_text_addf(t, "set label %d '%s' at graph 1.01, first %.17g left", tag,
                money, pow(10, k) / m->x_high);
        else
            continue;
        rw_text_add(t, " font plain.',9' tc rgb '#777777'\n");
    }
}

static void
diagonal_lines(struct rw_text *t, const struct matrix *m)
{
    int first, last;

    diagonal_powers(m, &first, &last);
    for (int k = first; k <= last; k++)
        rw_text_addf(
            t, "1e%d/x with lines lw 1 dt 3 lc rgb '#b8b8b8' notitle, \\\n     ", k);
}

static bool
together(const struct mark *a, const struct mark *b)
{
    return fabs(log(a->rate / b->rate)) < 0.05 && fabs(log(a->size / b->size)) < 0.05;
}

static bool
is_first(const struct matrix *m, size_t k)
{
    for (size_t j = 0; j < k; j++)
        if (together(&m->marks[j], &m->marks[k]))
            return false;
    return true;
}

/* The number of each listed risk on its mark; those of risks that stand at
 * the same place beside it. */
static void
numbers(struct rw_text *t, const struct matrix *m)
{
    size_t n = m->n < LISTED ? m->n : LISTED;

    for (size_t k = 0; k < n; k++) {
        const char *comma = "";

        if (!is_first(m, k))
            continue;
        rw_text_addf(t,
            "set label %zu '%zu' at %.17g,%.17g center front font "
            "bold.',7' tc rgb '#ffffff'\nset label %zu '",
            400 + 2 * k, k + 1, m->marks[k].rate, m->marks[k].size, 401 + 2 * k);
        for (size_t j = k + 1; j < n; j++)
            if (together(&m->marks[k], &m->marks[j])) {
                rw_text_addf(t, "%s%zu", comma, j + 1);
                comma = ", ";
            }
        rw_text_addf(t,
            "' at %.17g,%.17g left offset 1.6,0 front font "
            "bold.',8' tc rgb '#D55E00'\n",
            m->marks[k].rate, m->marks[k].size);
    }
}

/* Block 0: rate, loss per event, number in the list (0: none).  Block 1: the
 * same before, the way to after, and after. */
static void
blocks(struct rw_picture *p, const struct matrix *m, bool *after)
{
    rw_picture_block(p);
    for (size_t k = 0; k < m->n; k++)
        rw_picture_row(p,
            (double[]){
                m->marks[k].rate, m->marks[k].size, k < LISTED ? (double)(k + 1) : 0},
            3);
    *after = false;
    for (size_t k = 0; k < m->n; k++) {
        const struct mark *a = &m->marks[k];

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
draw(struct rw_picture *p, const struct matrix *m)
{
    struct rw_text *t = &p->script;
    bool after;

    blocks(p, m, &after);
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

static void
clean_pair(struct rw_text *t, const struct rw_view *v, size_t risk)
{
    rw_picture_clean(t, v->threats[v->risks[risk].threat], 21);
    rw_text_add(t, " / ");
    rw_picture_clean(t, v->assets[v->risks[risk].asset], 20);
}

/* The numbered risks beside the matrix: name, expected annual loss before and
 * after. */
static void
list(struct rw_text *t, const struct rw_view *v, const struct matrix *m)
{
    size_t n = m->n < LISTED ? m->n : LISTED;
    char a[RW_NUMBER_MAX], b[RW_NUMBER_MAX];

    for (size_t k = 0; k < n; k++) {
        const struct mark *mark = &m->marks[k];
        double y = 0.80 - 0.057 * (double)k;
        struct rw_text line;

        rw_text_init(&line);
        rw_text_addf(&line, "%zu  ", k + 1);
        clean_pair(&line, v, mark->risk);
        rw_text_addf(t, "set label %zu ", 200 + 2 * k);
        rw_picture_quote(t, line.failed ? "" : line.s, 60);
        rw_text_addf(t,
            " at screen 0.665,%.4f left noenhanced font plain.',9' "
            "tc rgb '#222222'\n",
            y);
        rw_text_addf(t,
            "set label %zu '%s \xe2\x86\x92 %s' at screen 0.685,%.4f left "
            "font plain.',9' tc rgb '#777777'\n",
            201 + 2 * k, rw_money_print(a, mark->rate * mark->size),
            rw_money_print(b, mark->after_rate * mark->after_size), y - 0.025);
        t->failed |= line.failed;
        rw_text_fini(&line);
    }
}

static void
legend(struct rw_picture *p, const struct rw_view *v)
{
    const struct rw_view_strategy *last = &v->strategies[v->n_strategies - 1];
    struct rw_text t;

    rw_text_init(&t);
    rw_picture_clean(&t, v->strategies[0].name, 20);
    rw_text_addf(&t, ", %s 1", v->cycle);
    rw_text_add(&p->script, "set label 10 ");
    rw_picture_quote(&p->script, t.failed ? "" : t.s, 60);
    rw_text_add(&p->script,
        " at screen 0.105,0.035 left noenhanced point pt 7 ps 1.6*dot "
        "lc rgb '#D55E00' offset 1.2,0\n");
    rw_text_fini(&t);
    rw_picture_clean(&t, last->name, 20);
    rw_text_addf(&t, ", %s %zu", v->cycle, v->n_cycles);
    rw_text_add(&p->script, "set label 11 ");
    rw_picture_quote(&p->script, t.failed ? "" : t.s, 60);
    rw_text_add(&p->script,
        " at screen 0.335,0.035 left noenhanced point pt 7 ps 0.9*dot "
        "lc rgb '#0072B2' offset 1.2,0\n");
    rw_text_fini(&t);
    rw_text_add(&p->script,
        "set label 12 'grey lines: same expected loss a year' at screen 0.98,0.035 "
        "right font plain.',9' tc rgb '#777777'\n");
}

static void
headline(struct rw_picture *p, const struct rw_view *v, const struct matrix *m)
{
    const struct mark *top = &m->marks[0];
    char a[RW_NUMBER_MAX], b[RW_NUMBER_MAX];
    struct rw_text t;

    rw_text_init(&t);
    rw_text_add(&t, "Largest risk: ");
    clean_pair(&t, v, top->risk);
    rw_text_addf(&t, ", %s \xe2\x86\x92 %s ", rw_money_print(a, top->rate * top->size),
        rw_money_print(b, top->after_rate * top->after_size));
    rw_picture_clean(&t, v->currency, 8);
    rw_text_add(&t, " a year");
    rw_picture_heading(p, t.failed ? "" : t.s, v,
        "how often each risk strikes, and how much it costs when it does");
    p->script.failed |= t.failed;
    rw_text_fini(&t);
}

void
rw_picture_risks(struct rw_picture *p, const struct rw_view *v)
{
    struct rw_text *t = &p->script;
    struct matrix m;

    if (!find_marks(v, &m)) {
        snprintf(p->nothing, sizeof p->nothing, "no risk has an expected loss");
        t->failed |= m.marks == NULL;
        free(m.marks);
        return;
    }
    rw_picture_begin(p, RW_PICTURE_HEIGHT);
    headline(p, v, &m);
    rw_text_add(t, "set lmargin at screen 0.095\nset rmargin at screen 0.61\n"
                   "set tmargin at screen 0.81\nset bmargin at screen 0.17\n"
                   "unset key\nset samples 200\n");
    rate_axis(t, &m);
    rw_axis_log_money(t, "y", m.y_low, m.y_high);
    rw_text_add(t, "set xlabel 'Loss events a year' offset 0,0.3\n");
    rw_axis_label(t, "y", "Loss per event (", v, ")");
    legend(p, v);
    diagonal_names(t, &m);
    list(t, v, &m);
    numbers(t, &m);
    draw(p, &m);
    free(m.marks);
}
