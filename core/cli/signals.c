/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t caught;

static void
catch_signal(int signal)
{
    if (caught)
        _exit(128 + signal);
    caught = signal;
}

void
rw_signals_init(void)
{
    struct sigaction action, before;

    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_handler = catch_signal;
    /* a signal that the caller has ignored (nohup) stays ignored */
    if (sigaction(SIGINT, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
        sigaction(SIGINT, &action, NULL);
    if (sigaction(SIGTERM, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
        sigaction(SIGTERM, &action, NULL);
    action.sa_handler = SIG_IGN; /* write() says EPIPE instead */
    sigaction(SIGPIPE, &action, NULL);
}

const volatile sig_atomic_t *
rw_signals_flag(void)
{
    return &caught;
}

void
rw_signals_die(int signal)
{
    struct sigaction action;
    sigset_t set;

    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_handler = SIG_DFL;
    sigaction(signal, &action, NULL);
    sigemptyset(&set);
    sigaddset(&set, signal);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    raise(signal);
}
