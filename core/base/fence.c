/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/fence.h"

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

const char *const rw_fence_names[] = {"auto", "on", "off", NULL};

static enum rw_fence chosen = RW_FENCE_AUTO;
static _Thread_local bool inside;

enum { STACK_BYTES = 8 << 20 };

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif

#if defined(HAVE_LINUX_SECCOMP_H) && !defined(SANITIZED) &&                            \
    (defined(__x86_64__) || defined(__aarch64__))

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef __x86_64__
#define ARCHITECTURE AUDIT_ARCH_X86_64
#else
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#define FIELD(name) ((unsigned)offsetof(struct seccomp_data, name))
/* the lower half of argument n; both architectures are little-endian */
#define ARGUMENT(n) (FIELD(args) + 8 * (n))

#define LOAD(at)  BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (at))
#define GIVE(act) BPF_STMT(BPF_RET | BPF_K, (act))
#define YES       GIVE(SECCOMP_RET_ALLOW)
#define NO        GIVE(SECCOMP_RET_ERRNO | EPERM)
/* skips the next n unless the number is nr */
#define UNLESS(nr, n) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (nr), 0, (n))
#define ALLOW(name)   UNLESS(__NR_##name, 1), YES
/* with that first argument */
#define ALLOW_FOR(name, value)                                                         \
    UNLESS(__NR_##name, 4), LOAD(ARGUMENT(0)), UNLESS(value, 1), YES, NO
/* with none of those bits in an argument */
#define WITHOUT(name, n, bits)                                                         \
    UNLESS(__NR_##name, 4), LOAD(ARGUMENT(n)),                                         \
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (bits), 0, 1), NO, YES

/* valgrind makes calls of its own in the name of the thread */
static bool
is_watched(void)
{
    const char *loaded = getenv("LD_PRELOAD");

    return loaded != NULL && strstr(loaded, "vgpreload") != NULL;
}

/* 0, or errno.  Calls are allowed by number; another number or architecture (the
 * numbers of x32 are above all of these) ends at the bottom. */
static int
raise_fence(void)
{
    struct sock_filter filter[] = {LOAD(FIELD(arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0), NO, LOAD(FIELD(nr)),
        /* waiting, and the end */
        ALLOW(futex), ALLOW(sched_yield), ALLOW(restart_syscall), ALLOW(exit),
        ALLOW(exit_group), ALLOW(rt_sigreturn), ALLOW(rt_sigprocmask), ALLOW(nanosleep),
        ALLOW(clock_nanosleep),
        /* looking at itself; glibc shares its memory out by processors */
        ALLOW(clock_gettime), ALLOW(clock_getres), ALLOW(gettimeofday), ALLOW(getpid),
        ALLOW(gettid), ALLOW(getcpu), ALLOW(sched_getaffinity), ALLOW(getrandom),
        /* memory that is no file and is not executed */
        ALLOW(brk), ALLOW(munmap), ALLOW(mremap), ALLOW(madvise),
        WITHOUT(mprotect, 2, PROT_EXEC), UNLESS(__NR_mmap, 6), LOAD(ARGUMENT(2)),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 3, 0), LOAD(ARGUMENT(3)),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, MAP_ANONYMOUS, 0, 1), YES, NO,
        /* the last words of a bug, and abort() */
        ALLOW_FOR(write, STDERR_FILENO), ALLOW_FOR(tgkill, (unsigned)getpid()), NO};
    const struct sock_fprog program = {sizeof filter / sizeof *filter, filter};

    if (is_watched())
        return ENOSYS;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return errno;
    if (syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_SPEC_ALLOW,
            &program) != 0)
        return errno;
    return 0;
}

#else

static int
raise_fence(void)
{
    return ENOSYS;
}

#endif

void
rw_fence_choose(enum rw_fence choice)
{
    chosen = choice;
}

bool
rw_fence_stands(void)
{
    return inside;
}

static enum rw_err
refuse(const char *what, int why, struct rw_error *e)
{
#ifdef SANITIZED
    (void)why;
    return rw_error_set(
        e, RW_ERR_TOOL, "%s: this build has a sanitizer, which needs files", what);
#else
    return rw_error_set(e, RW_ERR_TOOL,
        "%s (%s); without a fence it goes on with --fence auto or off", what,
        strerror(why));
#endif
}

enum rw_err
rw_fence_enter(struct rw_error *e)
{
    int why;

    if (chosen == RW_FENCE_OFF || inside)
        return RW_OK;
    why = raise_fence();
    inside = why == 0;
    if (why == 0 || chosen == RW_FENCE_AUTO)
        return RW_OK;
    return refuse("plugins cannot be fenced off here", why, e);
}

/* What rw_fence_call hands to its thread. */
struct errand {
    enum rw_err (*f)(void *self, struct rw_error *e);
    void *self;
    struct rw_error *e;
    enum rw_err err;
};

static void *
run_errand(void *self)
{
    struct errand *x = self;

    x->err = rw_fence_enter(x->e);
    if (x->err == RW_OK)
        x->err = x->f(x->self, x->e);
    return NULL;
}

enum rw_err
rw_fence_call(
    enum rw_err (*f)(void *self, struct rw_error *e), void *self, struct rw_error *e)
{
    struct errand x = {f, self, e, RW_OK};
    pthread_attr_t attr;
    pthread_t thread;
    int why;

    if (chosen == RW_FENCE_OFF || inside)
        return f(self, e);
    why = pthread_attr_init(&attr);
    if (why == 0) {
        (void)pthread_attr_setstacksize(&attr, STACK_BYTES);
        why = pthread_create(&thread, &attr, run_errand, &x);
        (void)pthread_attr_destroy(&attr);
    }
    if (why == 0) {
        (void)pthread_join(thread, NULL);
        return x.err;
    }
    if (chosen == RW_FENCE_AUTO)
        return f(self, e);
    return refuse("no thread can be had to fence plugins off", why, e);
}
