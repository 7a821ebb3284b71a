/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wheel/account.h"

#include "num/cpu.h"
#include "num/row.h"

#include <math.h>
#include <string.h>

static void
see_use(struct rw_account *x, const struct rw_model *m)
{
    for (size_t k = 0; k < m->n_threats; k++)
        for (size_t j = 0; j < m->threats[k].n_losses; j++)
            x->form_used[m->threats[k].losses[j].form] = true;
    for (size_t c = 0; c < m->n_controls; c++)
        x->pillar_used[m->controls[c].pillar] = true;
    x->after_used = m->n_staged > 0;
    x->pays = m->n_controls > 0 || m->programme.stated;
    for (size_t s = 0; s < m->n_strategies; s++) /* a trigger's action may cost */
        x->pays |= m->strategies[s].deciding.n_triggers > 0;
}

bool
rw_account_follows(const struct rw_model *m)
{
    return m->cycles == 1 && m->n_staged == 0;
}

enum rw_err
rw_account_init(
    struct rw_account *x, const struct rw_model *m, size_t room, struct rw_arena *a)
{
    struct {
        double **row;
        size_t n;
    } want[] = {
        {&x->loss, 1},
        {&x->plain, m->n_staged > 0 ? 1 : 0},
        {&x->spend, 1},
        {&x->incidents, 1},
        {&x->seen, 1},
        {&x->failed, 1},
        {&x->residual, 1},
        {&x->threat_loss, m->n_threats},
        {&x->risk_loss, m->n_risks},
        {&x->risk_rate, m->n_risks},
        {&x->risk_residual, m->n_risks},
        {&x->year_loss, 1},
        {&x->year_largest, rw_model_begun_years(m)},
        {&x->total_loss, 1},
        {&x->total_spend, 1},
        {&x->npv, !rw_account_follows(m)},
        {&x->wheel_spend, 1},
        {&x->drawn, m->n_drawn},
        {&x->after, 1},
        {&x->total_threat, m->n_threats},
        {&x->asset_loss, m->n_assets},
        {&x->form_loss, RW_FORMS},
        {&x->pillar_spend, RW_PILLARS},
        {&x->control_spend, m->benefit ? m->n_controls : 0},
    };

    x->room = room;
    see_use(x, m);
    for (size_t k = 0; k < sizeof want / sizeof *want; k++) {
        *want[k].row = RW_ARENA_NEW(a, want[k].n * room, double);
        if (*want[k].row == NULL)
            return RW_ERR_MEMORY;
    }
    if (m->n_staged == 0)
        x->plain = x->loss;
    return RW_OK;
}

static void
clear(double *rows, size_t n_rows, size_t room)
{
    memset(rows, 0, n_rows * room * sizeof *rows);
}

void
rw_account_begin(struct rw_account *x, const struct rw_model *m)
{
    clear(x->year_largest, rw_model_begun_years(m), x->room);
    clear(x->total_loss, 1, x->room);
    clear(x->total_spend, x->pays, x->room);
    clear(x->npv, !rw_account_follows(m), x->room);
    clear(x->wheel_spend, x->pays, x->room);
    clear(x->drawn, m->n_drawn, x->room);
    clear(x->after, x->after_used, x->room);
    clear(x->total_threat, m->n_threats, x->room);
    clear(x->asset_loss, m->n_assets, x->room);
    for (size_t k = 0; k < RW_FORMS; k++)
        clear(x->form_loss + k * x->room, x->form_used[k], x->room);
    for (size_t k = 0; k < RW_PILLARS; k++)
        clear(x->pillar_spend + k * x->room, x->pillar_used[k], x->room);
    clear(x->control_spend, m->benefit ? m->n_controls : 0, x->room);
}

void
rw_account_open(struct rw_account *x, const struct rw_model *m, unsigned t)
{
    if (x->plain != x->loss)
        clear(x->plain, 1, x->room);
    clear(x->spend, x->pays, x->room);
    clear(x->incidents, 1, x->room);
    clear(x->seen, 1, x->room);
    clear(x->failed, x->pays, x->room);
    clear(x->residual, 1, x->room);
    clear(x->risk_loss, m->n_risks, x->room);
    if (t % m->per_year == 0)
        clear(x->year_loss, 1, x->room);
}

/* sum += row, which is nowhere below 0; the first finds nothing there. */
static void
sum_up(size_t n, const double row[], bool first, double sum[])
{
    if (first)
        memcpy(sum, row, n * sizeof *row);
    else
        rw_row_add(n, row, sum);
}

void
rw_account_gather(struct rw_account *x, const struct rw_model *m, size_t n)
{
    for (size_t r = 0; r < m->n_risks; r++) {
        const struct rw_risk *k = &m->risks[r];
        const struct rw_threat *t = &m->threats[k->threat];
        const double *row = x->risk_loss + r * x->room;

        sum_up(n, row, r == 0, x->loss);
        if (x->plain != x->loss && k->staged == NULL)
            rw_row_add(n, row, x->plain);
        sum_up(n, row, r == t->first_risk, x->threat_loss + k->threat * x->room);
        rw_row_add(n, row, x->asset_loss + k->asset * x->room);
        if (t->n_losses == 1) /* else booked form by form */
            rw_row_add(n, row, x->form_loss + t->losses[0].form * x->room);
    }
}

RW_CPU_EACH void
pay_back_by(size_t n, double discount, const double *restrict loss,
    const double *restrict spend, double *restrict npv)
{
    for (size_t i = 0; i < n; i++)
        npv[i] -= (loss[i] + spend[i]) * discount;
}
RW_CPU_VARIANTS(void, pay_back,
    (size_t n, double discount, const double loss[], const double spend[],
        double npv[]),
    (n, discount, loss, spend, npv))

/* As the account has it after its first cycle. */
RW_CPU_EACH void
worth_by(size_t n, double discount, const double *restrict loss,
    const double *restrict spend, double *restrict npv)
{
    for (size_t i = 0; i < n; i++)
        npv[i] = 0 - (loss[i] + spend[i]) * discount;
}
RW_CPU_VARIANTS(void, worth,
    (size_t n, double discount, const double loss[], const double spend[],
        double npv[]),
    (n, discount, loss, spend, npv))

static double
discount_of(const struct rw_model *m, unsigned t)
{
    return pow(1 + m->discount_rate, -(t + 0.5) * m->years);
}

void
rw_account_worth(const struct rw_model *m, size_t n, const double loss[],
    const double spend[], double npv[])
{
    worth(n, discount_of(m, 0), loss, spend, npv);
}

void
rw_account_close(struct rw_account *x, const struct rw_model *m, size_t n, unsigned t)
{
    double discount = discount_of(m, t);

    rw_row_add(n, x->loss, x->year_loss);
    rw_row_add(n, x->plain, x->total_loss);
    if (x->pays)
        rw_row_add(n, x->spend, x->total_spend);
    if (!rw_account_follows(m))
        pay_back(n, discount, x->loss, x->spend, x->npv);
    for (size_t k = 0; k < m->n_threats; k++)
        rw_row_add(n, x->threat_loss + k * x->room, x->total_threat + k * x->room);
}
