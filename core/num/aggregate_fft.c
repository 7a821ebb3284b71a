/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/num/aggregate_fft.c -- real transforms in place, n a power of 2. */
#include "num/aggregate_parts.h"

#include <fftw3.h>
#include <pthread.h>

enum { SIZES = 32 };

/* FFTW's planner is the one thing in it that threads may not share, and it
 * takes as long as a transform: a plan, once made, is kept.  ESTIMATE looks
 * at no clock, and all buffers are FFTW's, aligned alike: equal input makes
 * equal bytes. */
static pthread_mutex_t planner = PTHREAD_MUTEX_INITIALIZER;
static fftw_plan kept[SIZES][2];

static fftw_plan
make_plan(size_t n, bool back)
{
    double *x = fftw_malloc((n + 2) * sizeof *x);
    fftw_plan plan = NULL;

    if (x != NULL)
        plan = back ? fftw_plan_dft_c2r_1d((int)n, (fftw_complex *)x, x, FFTW_ESTIMATE)
                    : fftw_plan_dft_r2c_1d((int)n, x, (fftw_complex *)x, FFTW_ESTIMATE);
    fftw_free(x);
    return plan;
}

static fftw_plan
find_plan(size_t n, bool back)
{
    fftw_plan plan;
    int size = 0;

    while (((size_t)1 << size) < n)
        size++;
    RW_BUG_ASSERT(size < SIZES && (size_t)1 << size == n);
    pthread_mutex_lock(&planner);
    if (kept[size][back] == NULL)
        kept[size][back] = make_plan(n, back);
    plan = kept[size][back];
    pthread_mutex_unlock(&planner);
    return plan;
}

double *
rw_fft_alloc(size_t n)
{
    return fftw_malloc((n + 2) * sizeof(double));
}

void
rw_fft_free(double *x)
{
    fftw_free(x);
}

enum rw_err
rw_fft_forward(double *x, size_t n)
{
    fftw_plan plan = find_plan(n, false);

    if (plan == NULL)
        return RW_ERR_MEMORY;
    fftw_execute_dft_r2c(plan, x, (fftw_complex *)x);
    return RW_OK;
}

enum rw_err
rw_fft_back(double *x, size_t n)
{
    fftw_plan plan = find_plan(n, true);

    if (plan == NULL)
        return RW_ERR_MEMORY;
    fftw_execute_dft_c2r(plan, (fftw_complex *)x, x);
    return RW_OK;
}
