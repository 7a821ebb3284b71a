/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/ranks.h"

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

static int rank, ranks = 1;

#ifdef RW_MPI
#include <mpi.h>
#include <stdbool.h>
#include <stdlib.h>

static bool begun;

/* By mpirun of Open MPI, or by another that speaks PMI or PMIx (srun). */
static bool
started_together(void)
{
    return getenv("OMPI_COMM_WORLD_SIZE") || getenv("PMIX_RANK") || getenv("PMI_RANK");
}

void
rw_ranks_init(void)
{
    int provided;

    if (!started_together() ||
        MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided) != MPI_SUCCESS)
        return;
    begun = true;
    (void)MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    (void)MPI_Comm_size(MPI_COMM_WORLD, &ranks);
}

void
rw_ranks_fini(void)
{
    if (begun)
        (void)MPI_Finalize();
    begun = false;
}

enum rw_err
rw_ranks_agree(enum rw_err err, struct rw_error *e)
{
    int mine = (int)err, worst = mine;

    if (begun)
        (void)MPI_Allreduce(&mine, &worst, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
    if (err != RW_OK || worst == (int)RW_OK)
        return err;
    rw_error_clear(e);
    e->code = (enum rw_err)worst;
    return e->code;
}

#else

void
rw_ranks_init(void)
{
}

void
rw_ranks_fini(void)
{
}

enum rw_err
rw_ranks_agree(enum rw_err err, struct rw_error *e)
{
    (void)e;
    return err;
}

#endif

size_t
rw_ranks(void)
{
    return (size_t)ranks;
}

size_t
rw_rank(void)
{
    return (size_t)rank;
}
