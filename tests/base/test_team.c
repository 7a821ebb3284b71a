/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/team.h"
#include "tests/support/check.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

enum { JOBS = 1000, SIZES = 4 };
static const unsigned sizes[SIZES] = {1, 2, 3, 8};

struct tally {
    int times[JOBS];
};

static void
count(void *self, size_t k)
{
    ((struct tally *)self)->times[k]++;
}

static void
every_job_is_done_once_by_any_number_of_threads(void **state)
{
    (void)state;
    for (size_t s = 0; s < SIZES; s++) {
        struct rw_team *t = rw_team_new(sizes[s]);

        assert_int_equal(rw_team_size(t), sizes[s]);
        for (size_t n = 0; n <= JOBS; n = n < 20 ? n + 1 : n * 7 / 3) {
            struct tally x = {{0}};

            rw_team_do(t, n, count, &x);
            for (size_t k = 0; k < JOBS; k++)
                assert_int_equal(x.times[k], k < n);
        }
        rw_team_free(t);
    }
}

/* Each call reads what the one before has written: one that returned too early, or a
 * thread that came too late into the next, would be seen. */
struct chain {
    size_t now[JOBS], before[JOBS];
};

static void
add_up(void *self, size_t k)
{
    struct chain *c = self;

    c->now[k] = c->before[k] + c->before[JOBS - 1 - k] + 1;
}

static void
a_call_returns_when_all_of_it_is_done(void **state)
{
    enum { ROUNDS = 50 };

    (void)state;
    for (size_t s = 0; s < SIZES; s++) {
        struct rw_team *t = rw_team_new(sizes[s]);
        struct chain c = {{0}, {0}};

        for (int round = 0; round < ROUNDS; round++) {
            rw_team_do(t, JOBS, add_up, &c);
            memcpy(c.before, c.now, sizeof c.now);
        }
        for (size_t k = 0; k < JOBS; k++)
            assert_true(c.now[k] == ((size_t)1 << ROUNDS) - 1);
        rw_team_free(t);
    }
}

/* Two jobs that wait for each other: one thread alone would wait forever. */
struct meeting {
    pthread_barrier_t both;
};

static void
meet(void *self, size_t k)
{
    (void)k;
    (void)pthread_barrier_wait(&((struct meeting *)self)->both);
}

static void
two_threads_work_at_the_same_time(void **state)
{
    struct rw_team *t = rw_team_new(2);
    struct meeting m;

    (void)state;
    assert_int_equal(0, pthread_barrier_init(&m.both, NULL, 2));
    alarm(60);
    for (int round = 0; round < 100; round++)
        rw_team_do(t, 2, meet, &m);
    alarm(0);
    (void)pthread_barrier_destroy(&m.both);
    rw_team_free(t);
}

/* Of two jobs at once the one that is not the calling thread's takes longer. */
struct errand {
    pthread_barrier_t both;
    pthread_t caller;
    int done;
};

static void
dawdle(void *self, size_t k)
{
    struct errand *x = self;

    (void)k;
    (void)pthread_barrier_wait(&x->both);
    if (pthread_equal(pthread_self(), x->caller))
        return;
    (void)usleep(50000);
    x->done++;
}

static void
a_call_waits_for_the_slowest(void **state)
{
    struct rw_team *t = rw_team_new(2);
    struct errand x = {.caller = pthread_self()};

    (void)state;
    assert_int_equal(0, pthread_barrier_init(&x.both, NULL, 2));
    alarm(60);
    for (int round = 1; round <= 3; round++) {
        rw_team_do(t, 2, dawdle, &x);
        assert_int_equal(x.done, round);
    }
    alarm(0);
    (void)pthread_barrier_destroy(&x.both);
    rw_team_free(t);
}

/* Which of two threads that work at once hear a signal. */
struct hearing {
    pthread_barrier_t both;
    pthread_t caller;
    int deaf[2];
};

static void
listen(void *self, size_t k)
{
    struct hearing *h = self;
    sigset_t blocked;

    (void)pthread_sigmask(SIG_SETMASK, NULL, &blocked);
    if (!pthread_equal(pthread_self(), h->caller))
        h->deaf[1] = sigismember(&blocked, SIGTERM) && sigismember(&blocked, SIGINT);
    else
        h->deaf[0] = sigismember(&blocked, SIGTERM) || sigismember(&blocked, SIGINT);
    (void)k;
    (void)pthread_barrier_wait(&h->both);
}

static void
only_the_calling_thread_hears_signals(void **state)
{
    struct rw_team *t = rw_team_new(2);
    struct hearing h = {.caller = pthread_self(), .deaf = {-1, -1}};

    (void)state;
    assert_int_equal(0, pthread_barrier_init(&h.both, NULL, 2));
    alarm(60);
    rw_team_do(t, 2, listen, &h);
    alarm(0);
    assert_int_equal(h.deaf[0], 0);
    assert_int_equal(h.deaf[1], 1);
    (void)pthread_barrier_destroy(&h.both);
    rw_team_free(t);
}

CHECK_MAIN(cmocka_unit_test(every_job_is_done_once_by_any_number_of_threads),
    cmocka_unit_test(a_call_returns_when_all_of_it_is_done),
    cmocka_unit_test(a_call_waits_for_the_slowest),
    cmocka_unit_test(two_threads_work_at_the_same_time),
    cmocka_unit_test(only_the_calling_thread_hears_signals))
