/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/team.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>

enum { STACK_BYTES = 8 << 20 };

struct rw_team {
    unsigned others; /* threads beside the one that made it */
    pthread_t *thread;

    pthread_mutex_t lock; /* of all below but next */
    pthread_cond_t called, done;
    unsigned long call; /* counts the calls */
    unsigned working;   /* of the others, now */
    bool ended;
    void (*f)(void *self, size_t k);
    void *self;
    size_t n;    /* 0: between two calls */
    size_t next; /* job, atomic */
};

static void
work(struct rw_team *t)
{
    size_t k;

    while ((k = __atomic_fetch_add(&t->next, 1, __ATOMIC_RELAXED)) < t->n)
        t->f(t->self, k);
}

static void *
attend(void *self)
{
    struct rw_team *t = self;
    unsigned long seen = 0;

    (void)pthread_mutex_lock(&t->lock);
    for (;;) {
        while (t->call == seen && !t->ended)
            (void)pthread_cond_wait(&t->called, &t->lock);
        if (t->ended)
            break;
        seen = t->call;
        if (t->n == 0) /* all done before it woke */
            continue;
        t->working++;
        (void)pthread_mutex_unlock(&t->lock);
        work(t);
        (void)pthread_mutex_lock(&t->lock);
        if (--t->working == 0)
            (void)pthread_cond_signal(&t->done);
    }
    (void)pthread_mutex_unlock(&t->lock);
    return NULL;
}

/* Signals are for the thread that waits for them. */
static void
start(struct rw_team *t, unsigned others)
{
    pthread_attr_t attr;
    sigset_t all, before;

    if (pthread_attr_init(&attr) != 0)
        return;
    (void)pthread_attr_setstacksize(&attr, STACK_BYTES);
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_BLOCK, &all, &before);
    while (t->others < others &&
           pthread_create(&t->thread[t->others], &attr, attend, t) == 0)
        t->others++;
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    (void)pthread_attr_destroy(&attr);
}

struct rw_team *
rw_team_new(unsigned threads)
{
    struct rw_team *t = threads > 1 ? calloc(1, sizeof *t) : NULL;

    if (t == NULL)
        return NULL;
    (void)pthread_mutex_init(&t->lock, NULL);
    (void)pthread_cond_init(&t->called, NULL);
    (void)pthread_cond_init(&t->done, NULL);
    t->thread = calloc(threads - 1, sizeof *t->thread);
    if (t->thread != NULL)
        start(t, threads - 1);
    if (t->others > 0)
        return t;
    rw_team_free(t);
    return NULL;
}

void
rw_team_free(struct rw_team *t)
{
    if (t == NULL)
        return;
    (void)pthread_mutex_lock(&t->lock);
    t->ended = true;
    (void)pthread_cond_broadcast(&t->called);
    (void)pthread_mutex_unlock(&t->lock);
    for (unsigned k = 0; k < t->others; k++)
        (void)pthread_join(t->thread[k], NULL);
    (void)pthread_cond_destroy(&t->done);
    (void)pthread_cond_destroy(&t->called);
    (void)pthread_mutex_destroy(&t->lock);
    free(t->thread);
    free(t);
}

unsigned
rw_team_size(const struct rw_team *t)
{
    return t != NULL ? t->others + 1 : 1;
}

void
rw_team_do(struct rw_team *t, size_t n, void (*f)(void *self, size_t k), void *self)
{
    if (t == NULL || n < 2) {
        for (size_t k = 0; k < n; k++)
            f(self, k);
        return;
    }
    (void)pthread_mutex_lock(&t->lock);
    t->f = f;
    t->self = self;
    t->n = n;
    t->next = 0;
    t->call++;
    (void)pthread_cond_broadcast(&t->called);
    (void)pthread_mutex_unlock(&t->lock);
    work(t);
    (void)pthread_mutex_lock(&t->lock);
    while (t->working > 0)
        (void)pthread_cond_wait(&t->done, &t->lock);
    t->n = 0;
    (void)pthread_mutex_unlock(&t->lock);
}
