/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/aggregate_parts.h -- the parts of the exact law; private to
 * aggregate*.c.
 *
 * A severity is a law >= 0 with atoms and, between them, a continuous rest.
 * A slot is a mixture of severities; a term a product of independent slots;
 * an event a mixture of terms (one a share); a year as many events as the
 * compounds say.
 *
 * Floor: num (uses FFTW).  Threads: see num/aggregate.h.
 */
#ifndef RW_NUM_AGGREGATE_PARTS_H
#define RW_NUM_AGGREGATE_PARTS_H

#include "num/aggregate.h"

/* ---- aggregate_severity.c: one amount ---- */

struct rw_atom {
    double x, p;
};

enum { RW_SEVERITY_ATOMS = 4096 }; /* at most, before the cover's own */

struct rw_severity {
    struct rw_dist amount;
    double scale;
    double deductible, limit;   /* of the cover on it; limit 0: none        */
    struct rw_aggregate *inner; /* or the law of a sum; owned; else NULL     */
    struct rw_atom *atom;       /* (n_atoms), ascending                      */
    double *beyond;             /* (n_atoms + 1) mass of atom[i], atom[i+1].. */
    size_t n_atoms;
    double mean, square; /* E[X], E[X^2] (INFINITY if so) */
    double slack;        /* relative error of both   */
    double grain;        /* absolute noise of a tail */
};

/* X = scale * amount, less what the cover pays. */
RW_MUST_CHECK enum rw_err rw_severity_init(struct rw_severity *s,
    const struct rw_dist *amount, double scale, double deductible, double limit);
/* The same of a sum whose law is inner, with its atoms; takes inner over. */
RW_MUST_CHECK enum rw_err rw_severity_init_sum(struct rw_severity *s,
    struct rw_aggregate *inner, const struct rw_atom atom[], size_t n_atoms,
    double deductible, double limit);
void rw_severity_free(struct rw_severity *s);

/* P(X > x) less the atoms above x: continuous, falling to 0. */
double rw_severity_rest(const struct rw_severity *s, double x);
/* Nothing but atoms. */
bool rw_severity_is_discrete(const struct rw_severity *s);
/* P(X = 0). */
double rw_severity_zero(const struct rw_severity *s);

/* ---- aggregate_cells.c: a severity's rest on a lattice ---- */

/* Of cell k = [k h, (k + 1) h), with s the place in it from 0 to 1:
 *   p = P(cell), m = E[s; cell], a = E[s (1 - s) / 2; cell],
 *   b = E[s (1 - s)(2 - s) / 6; cell], known for the first two cells. */
struct rw_cells {
    size_t n;
    double *p, *m, *a; /* (n) */
    double b[2];
};

RW_MUST_CHECK enum rw_err rw_cells_init(
    struct rw_cells *c, const struct rw_severity *s, double h, size_t n);
/* The same at twice the step. */
RW_MUST_CHECK enum rw_err rw_cells_pair(
    struct rw_cells *c, const struct rw_cells *fine);
void rw_cells_free(struct rw_cells *c);

/* ---- aggregate_year.c: events and their number ---- */

struct rw_slot {
    double zero;            /* mass at 0 besides */
    const double *weight;   /* (n) */
    const size_t *severity; /* (n) indices */
    size_t n;
};

struct rw_term {
    double weight;
    size_t first, n; /* slots; their product */
};

struct rw_member {
    double share;
    size_t first, n; /* terms; their mixture */
    double mean, square, zero;
};

struct rw_threat {
    enum rw_count_law law;
    double dispersion, zero, chances;
    double *m, *weight; /* (n_nodes) */
    size_t n_nodes;
    size_t first, n; /* members */
};

struct rw_year {
    struct rw_severity *severity;
    struct rw_slot *slot;
    struct rw_term *term;
    struct rw_member *member;
    struct rw_threat *threat;
    size_t n_severities, n_slots, n_terms, n_members, n_threats;
    double *weights; /* what the slots point to */
    size_t *indices; /* likewise */
    double mean, sd, p0, events;
    double slack;   /* relative error of the mean */
    double unit;    /* of which all atoms above 0 are multiples; 0: no atoms,
                     NAN: no such unit */
    double largest; /* atom */
    bool discrete;  /* nothing but atoms */
};

/* y owns all of it, also after an error. */
RW_MUST_CHECK enum rw_err rw_year_init(
    struct rw_year *y, const struct rw_compound c[], size_t n, struct rw_error *e);
void rw_year_free(struct rw_year *y);
/* Sets unit, largest and discrete; part of rw_year_init. */
void rw_year_unit(struct rw_year *y);
/* E of a member's event if atoms were at to(x / h) h, and nothing else. */
double rw_member_mean(
    const struct rw_year *y, const struct rw_member *e, double h, double (*to)(double));

/* ---- aggregate_pgf.c ---- */

/* psi <- E[z^S] at n complex points, from slots' transforms phi[slot]. */
void rw_year_transform(
    const struct rw_year *y, double (*const phi[])[2], double (*psi)[2], size_t n);

/* ---- aggregate_fft.c ---- */

/* n reals and room for their transform, n / 2 + 1 complex numbers; n a power
 * of 2.  Back and forth multiplies by n. */
double *rw_fft_alloc(size_t n);
void rw_fft_free(double *x);
RW_MUST_CHECK enum rw_err rw_fft_forward(double *x, size_t n);
RW_MUST_CHECK enum rw_err rw_fft_back(double *x, size_t n);

/* ---- aggregate_lattice.c: the law of S on a lattice, by FFT ---- */

/* How a severity is put on the lattice. */
enum rw_lattice_rule {
    RW_LATTICE_KEPT,   /* the first moments of each cell kept, masses with signs;
                          SPREAD where that fails */
    RW_LATTICE_DOWN,   /* each loss down to the lattice */
    RW_LATTICE_UP,     /* each loss up to the lattice   */
    RW_LATTICE_SPREAD, /* each loss to both its neighbours, its mean kept */
    RW_LATTICE_LUMPED, /* losses side by side to a point that is their mean */
    RW_LATTICE_ATOMS   /* only the atoms, each to the nearest point if aligned */
};

struct rw_lattice {
    double h;
    double tilt;   /* theta * points */
    size_t points; /* power of 2 */
    bool aligned;  /* all atoms are on the lattice */
};

/* pmf[0 .. points) of S by a rule; cells of every severity. */
RW_MUST_CHECK enum rw_err rw_lattice_law(const struct rw_lattice *g,
    enum rw_lattice_rule rule, const struct rw_year *y, const struct rw_cells cells[],
    double pmf[]);

/* ---- aggregate_list.c: laws as lists of values ---- */

struct rw_list {
    struct rw_atom *atom; /* (n), ascending */
    size_t n;
};

/* Masses below may be left out. */
#define RW_LIST_RARE 1e-21

/* What is done to them: up to the reach; atoms that were moved; mass that was
 * too rare. */
struct rw_lists {
    double reach, work, lost;
};

RW_MUST_CHECK enum rw_err rw_list_alloc(struct rw_list *l, size_t room);
void rw_list_free(struct rw_list *l);
/* Mass p at 0. */
RW_MUST_CHECK enum rw_err rw_list_one(struct rw_list *l, double p);
/* Next of out[n], not below the last, which it joins if it is equal; how many
 * there are then. */
size_t rw_list_put(struct rw_atom out[], size_t n, struct rw_atom a);
/* l <- l + m, a <- a * b.  RW_ERR_LIMIT: too long, or too much work. */
RW_MUST_CHECK enum rw_err rw_list_add(
    struct rw_lists *w, struct rw_list *l, const struct rw_list *m);
RW_MUST_CHECK enum rw_err rw_list_multiply(
    struct rw_lists *w, struct rw_list *a, const struct rw_list *b);

/* ---- aggregate_grid.c: F and E(x - S)+ on a lattice, and reading them ---- */

struct rw_grid {
    struct rw_lattice g;
    size_t kept;  /* indices 0 .. kept - 1 are good */
    double ratio; /* unit / h if aligned, else 0 */
    double unit;
    double *density;         /* (kept) h f(k h)                        */
    double *smooth;          /* (kept) F less the atoms                */
    double *atoms;           /* (kept) mass of atoms at <= k h         */
    double *below;           /* (kept) E(k h - S)+                     */
    double *gap, *gap_below; /* (kept) error of F and of below   */
    double *low, *high;      /* (kept) bounds of F from k h on, and up to (k + 1) h */
    double *below_low, *below_high; /* (kept) bounds of E(k h - S)+ */
    double *noise; /* (kept) aliasing and rounding in F; the bounds have it */
    bool listed;   /* the atoms of S are not on points but known one by one: */
    struct rw_list odd;
};

/* quick: only to find scales; no bounds and errors. */
RW_MUST_CHECK enum rw_err rw_grid_new(struct rw_grid **grid, const struct rw_year *y,
    double length, size_t points, bool quick);
void rw_grid_free(struct rw_grid *g);

/* Is the figure on the lattice, and would a finer one do better?  FAIR: it
 * would, but this may do. */
enum rw_grid_reply { RW_GRID_BEYOND, RW_GRID_ROUGH, RW_GRID_FAIR, RW_GRID_GOOD };

/* F at the last kept point. */
double rw_grid_end(const struct rw_grid *g);
/* jump: the most that an atom may have which is near, on no point and in no
 * list; the errors have it, and INFINITY makes them all that the bracket leaves open. */
enum rw_grid_reply rw_grid_quantile(
    const struct rw_grid *g, double q, double jump, struct rw_bounded *x);
enum rw_grid_reply rw_grid_cdf(
    const struct rw_grid *g, double x, double jump, struct rw_bounded *p);
/* E(S - VaR)+ / (1 - q) + VaR from the mean of S, known to slack * mean. */
enum rw_grid_reply rw_grid_tvar(const struct rw_grid *g, double q, double mean,
    double slack, double jump, struct rw_bounded *x);

/* ---- aggregate_ladder.c: lattices, each as long as the figure needs ---- */

enum {
    RW_LADDER_DOWN = 480, /* rungs below and above the mean */
    RW_LADDER_UP = 40,
    RW_LADDER_RUNGS = RW_LADDER_DOWN + RW_LADDER_UP,
    RW_LADDER_LEVELS = 3
};

struct rw_ladder {
    const struct rw_year *y;
    struct rw_grid *grid[RW_LADDER_RUNGS][RW_LADDER_LEVELS];
    double quick[RW_LADDER_RUNGS]; /* F where a rung is left; NAN: not known */
};

/* A figure that is asked for. */
struct rw_figure {
    enum { RW_FIGURE_QUANTILE, RW_FIGURE_TVAR, RW_FIGURE_CDF } kind;
    double at; /* q or x */
};

void rw_ladder_init(struct rw_ladder *l, const struct rw_year *y);
void rw_ladder_free(struct rw_ladder *l);
/* RW_ERR_LIMIT: it is on no rung. */
RW_MUST_CHECK enum rw_err rw_ladder_read(
    struct rw_ladder *l, struct rw_figure f, double jump, struct rw_bounded *x);
/* The quantile, roughly, and rather too much. */
RW_MUST_CHECK enum rw_err rw_ladder_reach(struct rw_ladder *l, double q, double *x);

/* ---- aggregate_number.c ---- */

/* p[n] += weight * P(N = n), n < room, at frequency m.  RW_ERR_LIMIT where the
 * law is too long. */
RW_MUST_CHECK enum rw_err rw_number_add(
    const struct rw_threat *t, double m, double weight, double p[], size_t room);

/* ---- aggregate_values.c: the atoms of a year, value by value ---- */

/* All atoms of S up to the reach, the first of them 0, and the mass of those
 * that were too rare.  RW_ERR_LIMIT: they are too many. */
RW_MUST_CHECK enum rw_err rw_values_list(
    struct rw_list *l, const struct rw_year *y, double reach, double *lost);

/* ---- aggregate_atoms.c: the law of a discrete year ---- */

struct rw_atoms;

/* Good up to the reach.  RW_ERR_LIMIT: it cannot be. */
RW_MUST_CHECK enum rw_err rw_atoms_new(
    struct rw_atoms **law, const struct rw_year *y, double reach);
void rw_atoms_free(struct rw_atoms *law);
/* No loss was rounded. */
bool rw_atoms_is_exact(const struct rw_atoms *a);
/* Where the figure is, or would be but for rounding; NAN: beyond the reach. */
double rw_atoms_place(const struct rw_atoms *a, struct rw_figure f);
/* Makes the laws that enclose S, if they are not there; before reading. */
RW_MUST_CHECK enum rw_err rw_atoms_enclose(struct rw_atoms *a, const struct rw_year *y);
/* GOOD or BEYOND. */
enum rw_grid_reply rw_atoms_read(
    const struct rw_atoms *a, struct rw_figure f, struct rw_bounded *x);
/* No atom of S within a sixteenth of x has more mass. */
double rw_atoms_jump(const struct rw_atoms *a, double x);

#endif
