/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/view.h"

#include "model/names.h"
#include "model/programme.h"
#include "out/json.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* The reading of one document.  After the first error every getter returns
 * something harmless, so that callers look at e->code once at the end. */
struct reader {
    struct rw_arena *arena;
    struct rw_error *e;
};

static void
complain(struct reader *r, const char *path, const char *what)
{
    rw_error_set(r->e, RW_ERR_INPUT, "not a results.json of riskwheel: %s", what);
    rw_error_place(r->e, "", 0, 0, path);
}

static void *
allot(struct reader *r, size_t n, size_t size)
{
    void *p = rw_arena_alloc(r->arena, n, size);

    if (p == NULL)
        rw_error_set(r->e, RW_ERR_MEMORY, "no memory to read the results");
    return p;
}

static const cJSON *
member(struct reader *r, const cJSON *o, const char *path, const char *key)
{
    const cJSON *x = cJSON_GetObjectItemCaseSensitive(o, key);
    char where[256];

    if (x == NULL) {
        snprintf(where, sizeof where, "%.180s/%.60s", path, key);
        complain(r, where, "this member is missing");
    }
    return x;
}

static double
number(struct reader *r, const cJSON *o, const char *path, const char *key)
{
    const cJSON *x = member(r, o, path, key);

    if (x && cJSON_IsNumber(x) && isfinite(x->valuedouble))
        return x->valuedouble;
    if (x)
        complain(r, path, "a number is expected");
    return 0;
}

static const char *
string(struct reader *r, const cJSON *o, const char *path, const char *key)
{
    const cJSON *x = member(r, o, path, key);
    const char *s = NULL;

    if (x && cJSON_IsString(x)) {
        s = rw_arena_strdup(r->arena, x->valuestring);
        if (s == NULL)
            rw_error_set(r->e, RW_ERR_MEMORY, "no memory to read the results");
    } else if (x)
        complain(r, path, "text is expected");
    return s ? s : "";
}

/* Elements of the array o[key]; *n <- their number, 0 after an error. */
static const cJSON *
array(struct reader *r, const cJSON *o, const char *path, const char *key, size_t *n)
{
    const cJSON *x = member(r, o, path, key);

    *n = 0;
    if (x && !cJSON_IsArray(x))
        complain(r, path, "an array is expected");
    else if (x)
        *n = (size_t)cJSON_GetArraySize(x);
    return x ? x->child : NULL;
}

static const char **
texts(struct reader *r, const cJSON *first, size_t n, const char *path, const char *key)
{
    const char **out = allot(r, n, sizeof *out);

    for (size_t k = 0; out && k < n; k++, first = first->next)
        out[k] = string(r, first, path, key);
    return out;
}

static size_t
index_of(struct reader *r, const char *const list[], size_t n, const char *id)
{
    for (size_t k = 0; k < n; k++)
        if (strcmp(list[k], id) == 0)
            return k;
    complain(r, "/risks", "a risk names a threat or asset that is not listed");
    return 0;
}

static void
read_controls(struct reader *r, struct rw_view *v, const cJSON *root)
{
    const cJSON *x = array(r, root, "", "controls", &v->n_controls);

    v->controls = allot(r, v->n_controls, sizeof *v->controls);
    for (size_t k = 0; !r->e->code && k < v->n_controls; k++, x = x->next) {
        struct rw_view_control *c = &v->controls[k];
        const char *pillar = string(r, x, "/controls", "pillar");

        c->id = string(r, x, "/controls", "id");
        c->name = string(r, x, "/controls", "name");
        while (
            c->pillar < RW_PILLARS && strcmp(rw_pillar_names[c->pillar], pillar) != 0)
            c->pillar++;
        if (!r->e->code && c->pillar == RW_PILLARS)
            complain(r, "/controls", "a control has a pillar that is none");
    }
}

static void
read_things(struct reader *r, struct rw_view *v, const cJSON *root)
{
    const cJSON *x = array(r, root, "", "threats", &v->n_threats);

    v->threat_ids = texts(r, x, v->n_threats, "/threats", "id");
    v->threats = texts(r, x, v->n_threats, "/threats", "name");
    x = array(r, root, "", "assets", &v->n_assets);
    v->asset_ids = texts(r, x, v->n_assets, "/assets", "id");
    v->assets = texts(r, x, v->n_assets, "/assets", "name");
    x = array(r, root, "", "risks", &v->n_risks);
    v->risk_ids = texts(r, x, v->n_risks, "/risks", "id");
    v->risks = allot(r, v->n_risks, sizeof *v->risks);
    for (size_t k = 0; !r->e->code && k < v->n_risks; k++, x = x->next) {
        v->risks[k].threat =
            index_of(r, v->threat_ids, v->n_threats, string(r, x, "/risks", "threat"));
        v->risks[k].asset =
            index_of(r, v->asset_ids, v->n_assets, string(r, x, "/risks", "asset"));
    }
    read_controls(r, v, root);
    x = array(r, root, "", "appetite", &v->n_appetite);
    v->appetite = allot(r, v->n_appetite, sizeof *v->appetite);
    for (size_t k = 0; !r->e->code && k < v->n_appetite; k++, x = x->next) {
        v->appetite[k].loss = number(r, x, "/appetite", "loss");
        v->appetite[k].probability = number(r, x, "/appetite", "probability");
    }
}

static void
read_cycle(struct reader *r, const struct rw_view *v, struct rw_view_cycle *c,
    const cJSON *x, const char *path)
{
    static const char *const bands[5] = {"0.05", "0.25", "0.5", "0.75", "0.95"};
    const cJSON *residual = member(r, x, path, "residual");
    const cJSON *loss = member(r, x, path, "loss");
    const cJSON *band = member(r, residual, path, "band");
    const cJSON *by_threat = member(r, loss, path, "by_threat");
    const cJSON *risks = member(r, x, path, "risks");

    c->residual = number(r, residual, path, "mean");
    for (size_t k = 0; k < 5; k++)
        c->band[k] = number(r, band, path, bands[k]);
    c->loss = number(r, loss, path, "mean");
    c->spend = number(r, member(r, x, path, "spend"), path, "mean");
    c->threat_loss = allot(r, v->n_threats, sizeof(double));
    c->rate = allot(r, v->n_risks, sizeof(double));
    c->risk = allot(r, v->n_risks, sizeof(double));
    for (size_t k = 0; !r->e->code && k < v->n_threats; k++)
        c->threat_loss[k] =
            number(r, member(r, by_threat, path, v->threat_ids[k]), path, "mean");
    for (size_t k = 0; !r->e->code && k < v->n_risks; k++) {
        const cJSON *risk = member(r, risks, path, v->risk_ids[k]);

        c->rate[k] = number(r, member(r, risk, path, "rate"), path, "mean");
        c->risk[k] = number(r, member(r, risk, path, "residual"), path, "mean");
    }
}

static double
element(struct reader *r, const cJSON *pair, int k, const char *path)
{
    const cJSON *x = cJSON_GetArrayItem(pair, k);

    if (cJSON_IsNumber(x) && isfinite(x->valuedouble))
        return x->valuedouble;
    complain(r, path, "pairs of numbers are expected");
    return 0;
}

/* Absent where nothing was simulated for it, and in results of before. */
static void
read_band(struct reader *r, struct rw_view_year *y, const cJSON *x, const char *path)
{
    const cJSON *band = cJSON_GetObjectItemCaseSensitive(x, "band"), *row;

    if (band == NULL)
        return;
    row = array(r, band, path, "exceedance", &y->n_band);
    y->band = allot(r, y->n_band, sizeof *y->band);
    for (size_t k = 0; !r->e->code && k < y->n_band; k++, row = row->next) {
        y->band[k].loss = element(r, row, 0, path);
        for (int j = 0; j < 5; j++)
            y->band[k].at[j] = element(r, row, j + 1, path);
    }
}

/* Value of the 0.95 quantile; false where it is not told. */
static bool
read_p95(struct reader *r, const cJSON *law, const char *path, double *p95)
{
    const cJSON *q =
        cJSON_GetObjectItemCaseSensitive(member(r, law, path, "quantiles"), "0.95");

    if (q)
        *p95 = number(r, q, path, "value");
    return q != NULL;
}

/* No losses, no curve. */
static struct rw_view_point *
read_curve(struct reader *r, const cJSON *law, const char *path, size_t *n_curve)
{
    const cJSON *point, *interval;
    struct rw_view_point *curve;
    size_t n = 0;

    if (!cJSON_GetObjectItemCaseSensitive(law, "exceedance"))
        return NULL;
    point = array(r, law, path, "exceedance", n_curve);
    interval = array(r, law, path, "exceedance_interval", &n);
    if (n != *n_curve)
        complain(r, path, "exceedance and its interval differ in length");
    curve = allot(r, *n_curve, sizeof *curve);
    for (size_t k = 0; !r->e->code && k < n; k++) {
        curve[k].loss = element(r, point, 0, path);
        curve[k].probability = element(r, point, 1, path);
        curve[k].low = element(r, interval, 0, path);
        curve[k].high = element(r, interval, 1, path);
        point = point->next;
        interval = interval->next;
    }
    return curve;
}

static void
read_year(struct reader *r, struct rw_view_year *y, const cJSON *x, const char *path)
{
    const cJSON *loss = member(r, x, path, "loss");
    const cJSON *largest = cJSON_GetObjectItemCaseSensitive(x, "largest");
    double year = number(r, x, path, "year");

    if (!(year >= 1 && year <= 1e6))
        complain(r, path, "\"year\" is out of range");
    else
        y->year = (unsigned)year;
    read_band(r, y, x, path);
    y->has_p95 = read_p95(r, loss, path, &y->p95);
    y->curve = read_curve(r, loss, path, &y->n_curve);
    if (largest == NULL)
        return;
    y->has_largest_p95 = read_p95(r, largest, path, &y->largest_p95);
    y->largest = read_curve(r, largest, path, &y->n_largest);
}

static struct rw_view_mean
read_mean(struct reader *r, const cJSON *o, const char *path, const char *key)
{
    const cJSON *x = member(r, o, path, key);
    bool unknown = cJSON_IsNull(cJSON_GetObjectItemCaseSensitive(x, "mean_se"));

    return (struct rw_view_mean){
        number(r, x, path, "mean"), unknown ? 0 : number(r, x, path, "mean_se")};
}

static struct rw_view_mean
read_figure(struct reader *r, const cJSON *o, const char *path, const char *key)
{
    const cJSON *x = member(r, o, path, key);
    bool unknown = cJSON_IsNull(cJSON_GetObjectItemCaseSensitive(x, "se"));

    return (struct rw_view_mean){
        number(r, x, path, "mean"), unknown ? 0 : number(r, x, path, "se")};
}

/* Absent where the scenario asks for none, and in results of before. */
static void
read_benefit(struct reader *r, const struct rw_view *v, struct rw_view_strategy *g,
    const cJSON *strategy, const char *path)
{
    const cJSON *x = cJSON_GetObjectItemCaseSensitive(strategy, "benefit");
    size_t n;

    if (x == NULL || v->n_controls == 0)
        return;
    g->taken_off = read_figure(r, member(r, x, path, "all"), path, "taken_off");
    x = array(r, x, path, "controls", &n);
    if (n != v->n_controls)
        complain(r, path, "the benefits are not those of the controls");
    g->benefit = allot(r, n, sizeof *g->benefit);
    for (size_t k = 0; !r->e->code && k < n; k++, x = x->next) {
        struct rw_view_benefit *b = &g->benefit[k];

        if (strcmp(string(r, x, path, "id"), v->controls[k].id) != 0)
            complain(r, path, "the benefits are not those of the controls");
        b->told = cJSON_GetObjectItemCaseSensitive(x, "supports") == NULL;
        if (b->told)
            b->taken_off = read_figure(r, x, path, "taken_off");
        b->spend = read_figure(r, x, path, "spend").mean;
    }
}

/* Absent where the scenario has no programme, and in results of before. */
static void
read_progress(struct reader *r, const struct rw_view *v, struct rw_view_strategy *g,
    const cJSON *x, const char *path)
{
    const cJSON *p = cJSON_GetObjectItemCaseSensitive(x, "programme"), *c;
    size_t n;

    if (!cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(p, "follows")))
        return;
    c = array(r, p, path, "cycles", &n);
    if (n != v->n_cycles)
        complain(r, path, "the programme differs in length");
    g->progress = allot(r, n, sizeof *g->progress);
    for (size_t k = 0; !r->e->code && k < n; k++, c = c->next) {
        const cJSON *stages = member(r, c, path, "stages");
        const cJSON *statement = member(r, c, path, "statement");

        for (size_t s = 0; s < RW_STEPS; s++)
            g->progress[k].stage[s] =
                number(r, member(r, stages, path, rw_step_names[s]), path, "mean");
        g->progress[k].issued = number(r, statement, path, "probability");
        g->progress[k].low = number(r, statement, path, "low");
        g->progress[k].high = number(r, statement, path, "high");
    }
}

/* All strategies have as many cycles and years as the first. */
static bool
same_size(struct reader *r, size_t *common, size_t n, bool first, const char *path)
{
    if (first)
        *common = n;
    if (n != *common)
        complain(r, path, "strategies differ in length");
    return !r->e->code;
}

static void
read_strategy(struct reader *r, struct rw_view *v, size_t s, const cJSON *x)
{
    struct rw_view_strategy *g = &v->strategies[v->n_strategies++];
    char path[256];
    const cJSON *child;
    size_t n;

    snprintf(path, sizeof path, "/strategies/%zu", s);
    g->name = string(r, x, path, "name");
    child = cJSON_GetObjectItemCaseSensitive(x, "versus");
    g->versus = child != NULL;
    if (child) {
        g->loss = read_mean(r, child, path, "loss");
        g->spend = read_mean(r, child, path, "spend");
        g->total = read_mean(r, child, path, "total");
    }
    child = array(r, x, path, "cycles", &n);
    if (!same_size(r, &v->n_cycles, n, s == 0, path))
        return;
    g->cycles = allot(r, n, sizeof *g->cycles);
    for (size_t k = 0; !r->e->code && k < n; k++, child = child->next) {
        snprintf(path, sizeof path, "/strategies/%zu/cycles/%zu", s, k);
        read_cycle(r, v, &g->cycles[k], child, path);
    }
    snprintf(path, sizeof path, "/strategies/%zu", s);
    read_progress(r, v, g, x, path);
    read_benefit(r, v, g, x, path);
    child = array(r, x, path, "years", &n);
    if (!same_size(r, &v->n_years, n, s == 0, path))
        return;
    g->years = allot(r, n, sizeof *g->years);
    for (size_t k = 0; !r->e->code && k < n; k++, child = child->next) {
        snprintf(path, sizeof path, "/strategies/%zu/years/%zu", s, k);
        read_year(r, &g->years[k], child, path);
    }
}

/* Absent in results of before. */
static void
find_best(struct reader *r, struct rw_view *v, const cJSON *root)
{
    const char *name;

    v->best = v->n_strategies > 0 ? v->n_strategies - 1 : 0;
    if (r->e->code || cJSON_GetObjectItemCaseSensitive(root, "best") == NULL)
        return;
    name = string(r, root, "", "best");
    for (size_t s = 0; s < v->n_strategies && !r->e->code; s++)
        if (strcmp(v->strategies[s].name, name) == 0) {
            v->best = s;
            return;
        }
    complain(r, "/best", "there is no such strategy");
}

static void
read_all(struct reader *r, struct rw_view *v, const cJSON *root)
{
    const cJSON *scenario, *x;
    size_t n = 0;

    if (number(r, root, "", "riskwheel") != RW_RESULTS_FORMAT)
        complain(r, "/riskwheel", "its format is not one that this program reads");
    scenario = member(r, root, "", "scenario");
    v->name = string(r, scenario, "/scenario", "name");
    v->currency = string(r, scenario, "/scenario", "currency");
    v->cycle = string(r, member(r, root, "", "simulation"), "/simulation", "cycle");
    if (r->e->code)
        return;
    x = cJSON_GetObjectItemCaseSensitive(root, "programme");
    if (x)
        v->statement = string(r, x, "/programme", "statement");
    if (cJSON_GetObjectItemCaseSensitive(x, "deadline"))
        v->deadline =
            (unsigned)fmin(fmax(number(r, x, "/programme", "deadline"), 0), 1e6);
    read_things(r, v, root);
    x = array(r, root, "", "strategies", &n);
    v->strategies = allot(r, n, sizeof *v->strategies);
    for (size_t s = 0; !r->e->code && s < n; s++, x = x->next)
        if (cJSON_GetObjectItemCaseSensitive(x, "twin_of") == NULL)
            read_strategy(r, v, s, x); /* twins come last and are not drawn */
    find_best(r, v, root);
    if (!r->e->code && (v->n_strategies == 0 || v->n_cycles == 0))
        complain(r, "/strategies", "there is no strategy or no cycle in it");
}

enum rw_err
rw_view_read(const char *bytes, size_t n, struct rw_arena *a, struct rw_view **view,
    struct rw_error *e)
{
    struct reader r = {.arena = a, .e = e};
    struct rw_view *v = allot(&r, 1, sizeof *v);
    cJSON *root;

    if (v == NULL)
        return RW_ERR_MEMORY;
    root = cJSON_ParseWithLength(bytes, n);
    if (root == NULL)
        complain(&r, "", "it is not JSON, or memory is out");
    else
        read_all(&r, v, root);
    cJSON_Delete(root);
    *view = v;
    return e->code;
}
