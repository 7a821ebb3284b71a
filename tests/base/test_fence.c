/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a thread behind the fence cannot do, and what it still can. */
#include "base/fence.h"
#include "tests/support/check.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static enum rw_err
nothing(void *self, struct rw_error *e)
{
    (void)self, (void)e;
    return RW_OK;
}

/* Skips where this kernel or build has no fence, and says why. */
static void
must_stand(void)
{
    struct rw_error e;

    rw_error_clear(&e);
    rw_fence_choose(RW_FENCE_ON);
    if (rw_fence_call(nothing, NULL, &e) == RW_OK)
        return;
    assert_int_equal(e.code, RW_ERR_TOOL);
    print_message("%s\n", e.text);
    rw_fence_choose(RW_FENCE_AUTO);
    skip();
}

static void *
no_thread(void *self)
{
    return self;
}

/* cmocka's assertions belong to the thread of the test: those behind the fence count
 * what they find. */
struct found {
    int tried, denied, other;
    char first[128]; /* what was not denied */
};

static void
attempt(struct found *x, const char *what, long result, int why)
{
    x->tried++;
    if (result == -1 && why == EPERM) {
        x->denied++;
    } else if (x->other++ == 0) {
        snprintf(x->first, sizeof x->first, "%.60s: %ld, %d", what, result, why);
    }
}

#define ATTEMPT(x, call)                                                               \
    do {                                                                               \
        long result_ = (long)(call);                                                   \
        attempt((x), #call, result_, errno);                                           \
    } while (0)

static pid_t
fork_and_end(void)
{
    pid_t child = fork();

    if (child == 0)
        _exit(0);
    return child;
}

static enum rw_err
break_out(void *self, struct rw_error *e)
{
    struct found *x = self;
    char *const arguments[] = {(char[]){"true"}, NULL}, byte;
    int pipe_ends[2];
    pthread_t thread;
    void *page =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    (void)e;
    ATTEMPT(x, open("/etc/passwd", O_RDONLY));
    ATTEMPT(x, open("test_fence.made", O_CREAT | O_WRONLY, 0600));
    ATTEMPT(x, syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", NULL, 0));
    ATTEMPT(x, socket(AF_INET, SOCK_STREAM, 0));
    ATTEMPT(x, socket(AF_UNIX, SOCK_DGRAM, 0));
    ATTEMPT(x, execv("/bin/true", arguments));
    ATTEMPT(x, fork_and_end());
    ATTEMPT(x, read(STDIN_FILENO, &byte, 1));
    ATTEMPT(x, write(STDOUT_FILENO, "", 0));
    ATTEMPT(x, pipe(pipe_ends));
    ATTEMPT(x, unlink("test_fence.none"));
    ATTEMPT(x, kill(getppid(), 0));
    ATTEMPT(x, syscall(SYS_tgkill, getppid(), getppid(), 0));
    ATTEMPT(x, syscall(SYS_ptrace, 0, 0, 0, 0));
    ATTEMPT(x, syscall(SYS_process_vm_readv, getppid(), NULL, 0, NULL, 0, 0));
    ATTEMPT(x, syscall(SYS_io_uring_setup, 1, NULL));
    ATTEMPT(x, syscall(SYS_memfd_create, "x", 0));
    ATTEMPT(x, syscall(SYS_seccomp, 0, 0, NULL));
    ATTEMPT(x, mprotect(page, 4096, PROT_READ | PROT_EXEC));
    ATTEMPT(x, mmap(NULL, 4096, PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    ATTEMPT(x, mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0));
    attempt(x, "pthread_create", -(pthread_create(&thread, NULL, no_thread, NULL) != 0),
        EPERM);
    munmap(page, 4096);
    return RW_OK;
}

static void
every_way_out_is_denied(void **state)
{
    struct found x = {0};
    struct rw_error e;

    (void)state;
    must_stand();
    rw_error_clear(&e);
    assert_int_equal(rw_fence_call(break_out, &x, &e), RW_OK);
    if (x.other > 0)
        fail_msg("%s", x.first);
    assert_int_equal(x.denied, 22);
    assert_int_equal(access("test_fence.made", F_OK), -1);
}

/* Computing: memory great and small, waiting, the clock, other threads' locks. */
static enum rw_err
compute(void *self, struct rw_error *e)
{
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t turned = PTHREAD_COND_INITIALIZER;
    double *sum = self;
    struct timespec t;

    for (size_t k = 1; k <= 24; k++) {
        size_t n = (size_t)1 << k;
        double *x = malloc(n * sizeof *x);

        if (x == NULL)
            return rw_error_set(e, RW_ERR_MEMORY, "no memory");
        for (size_t i = 0; i < n; i++)
            x[i] = (double)i;
        x = realloc(x, 3 * n * sizeof *x);
        *sum += x[n - 1];
        free(x);
    }
    if (clock_gettime(CLOCK_MONOTONIC, &t) != 0 ||
        clock_gettime(CLOCK_REALTIME, &t) != 0)
        return rw_error_set(e, RW_ERR_BUG, "no clock");
    t.tv_nsec = t.tv_nsec < 990000000 ? t.tv_nsec + 9000000 : 999999999;
    (void)pthread_mutex_lock(&lock);
    if (pthread_cond_timedwait(&turned, &lock, &t) != ETIMEDOUT)
        return rw_error_set(e, RW_ERR_BUG, "no waiting");
    (void)pthread_mutex_unlock(&lock);
    if (!rw_fence_stands())
        return rw_error_set(e, RW_ERR_BUG, "no fence");
    return rw_error_set(e, RW_ERR_VERDICT, "as was to be shown");
}

static void
computing_goes_on_behind_it(void **state)
{
    double sum = 0;
    struct rw_error e;

    (void)state;
    must_stand();
    rw_error_clear(&e);
    /* results and errors come back */
    assert_int_equal(rw_fence_call(compute, &sum, &e), RW_ERR_VERDICT);
    assert_string_equal(e.text, "as was to be shown");
    assert_close(sum, 33554430 - 24, 0); /* of 2^k - 1, k = 1 .. 24 */
}

static enum rw_err
again(void *self, struct rw_error *e)
{
    pthread_t *thread = self;

    if (!rw_fence_stands() || !pthread_equal(*thread, pthread_self()))
        return rw_error_set(e, RW_ERR_BUG, "another thread");
    return RW_OK;
}

/* No thread may be made there, and none need be. */
static enum rw_err
nested(void *self, struct rw_error *e)
{
    pthread_t own = pthread_self();

    (void)self;
    if (rw_fence_enter(e) != RW_OK)
        return e->code;
    return rw_fence_call(again, &own, e);
}

static void
a_call_from_behind_the_fence_stays_there(void **state)
{
    struct rw_error e;

    (void)state;
    must_stand();
    rw_error_clear(&e);
    assert_int_equal(rw_fence_call(nested, NULL, &e), RW_OK);
}

static void
the_caller_stays_in_front_of_it(void **state)
{
    int file;
    pid_t child;

    (void)state;
    must_stand();
    assert_false(rw_fence_stands());
    file = open("/dev/null", O_RDONLY);
    assert_true(file >= 0);
    close(file);
    child = fork();
    if (child == 0)
        _exit(7);
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &file, 0), child);
    assert_int_equal(WEXITSTATUS(file), 7);
}

static volatile sig_atomic_t caught;

static void
catch_signal(int signal)
{
    caught = signal;
}

static enum rw_err
raise_signal(void *self, struct rw_error *e)
{
    (void)self, (void)e;
    return raise(SIGUSR1) == 0 ? RW_OK : RW_ERR_BUG;
}

static void
signals_arrive_behind_it(void **state)
{
    struct rw_error e;

    (void)state;
    must_stand();
    rw_error_clear(&e);
    signal(SIGUSR1, catch_signal);
    assert_int_equal(rw_fence_call(raise_signal, NULL, &e), RW_OK);
    assert_int_equal(caught, SIGUSR1);
}

static enum rw_err
open_one(void *self, struct rw_error *e)
{
    int *file = self;

    (void)e;
    *file = rw_fence_stands() ? -2 : open("/dev/null", O_RDONLY);
    return RW_OK;
}

static void
without_a_fence_all_is_as_it_was(void **state)
{
    int file = -1;
    struct rw_error e;

    (void)state;
    rw_error_clear(&e);
    rw_fence_choose(RW_FENCE_OFF);
    assert_int_equal(rw_fence_call(open_one, &file, &e), RW_OK);
    assert_true(file >= 0);
    close(file);
    rw_fence_choose(RW_FENCE_AUTO); /* whatever is there */
    assert_int_equal(rw_fence_call(nothing, NULL, &e), RW_OK);
}

/* As under valgrind. */
static void
where_there_is_none_nothing_runs_that_must_be_fenced(void **state)
{
    int file = -1;
    struct rw_error e;
    enum rw_err called, entered;

    (void)state;
    rw_error_clear(&e);
    assert_int_equal(setenv("LD_PRELOAD", "vgpreload_none", 1), 0);
    rw_fence_choose(RW_FENCE_ON);
    called = rw_fence_call(open_one, &file, &e);
    entered = rw_fence_enter(NULL);
    rw_fence_choose(RW_FENCE_AUTO);
    assert_int_equal(called, RW_ERR_TOOL);
    assert_int_equal(entered, RW_ERR_TOOL);
    assert_non_null(strstr(e.text, "plugins cannot be fenced off here"));
    assert_int_equal(file, -1);
    rw_error_clear(&e);
    assert_int_equal(rw_fence_call(open_one, &file, &e), RW_OK);
    assert_true(file >= 0);
    close(file);
    unsetenv("LD_PRELOAD");
}

CHECK_MAIN(cmocka_unit_test(every_way_out_is_denied),
    cmocka_unit_test(computing_goes_on_behind_it),
    cmocka_unit_test(a_call_from_behind_the_fence_stays_there),
    cmocka_unit_test(the_caller_stays_in_front_of_it),
    cmocka_unit_test(signals_arrive_behind_it),
    cmocka_unit_test(without_a_fence_all_is_as_it_was),
    cmocka_unit_test(where_there_is_none_nothing_runs_that_must_be_fenced))
