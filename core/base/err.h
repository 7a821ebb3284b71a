/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core/base/err.h -- what went wrong, where, and what to do about it.
 *
 * Every fallible function returns enum rw_err and is marked RW_MUST_CHECK.
 * Functions at the edges (read, plug, out, cli) also take a struct rw_error,
 * which the caller owns and which needs no release: all of it is inline.
 * Only the first error put into a struct rw_error stays; rw_error_set on a
 * filled one is a no-op, so the cause is never overwritten by its echo.
 *
 * Floor: base.  Threads: a struct rw_error belongs to one thread at a time.
 */
#ifndef RW_BASE_ERR_H
#define RW_BASE_ERR_H

#include <stdarg.h>

#define RW_MUST_CHECK        __attribute__((warn_unused_result))
#define RW_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

enum rw_err {
    RW_OK = 0,
    RW_ERR_VERDICT,   /* the answer is "no" (exit 1)                    */
    RW_ERR_USAGE,     /* command line (exit 2)                          */
    RW_ERR_INPUT,     /* scenario or data invalid (exit 3)              */
    RW_ERR_DOMAIN,    /* a parameter outside its domain (exit 3)        */
    RW_ERR_PLUGIN,    /* a plugin failed (exit 4)                       */
    RW_ERR_IO,        /* file or device (exit 5)                        */
    RW_ERR_TOOL,      /* a program we call is missing or failed (5)     */
    RW_ERR_LIMIT,     /* time or size limit reached (exit 6)            */
    RW_ERR_MEMORY,    /* no memory (exit 6)                             */
    RW_ERR_INTERRUPT, /* SIGINT or SIGTERM (re-raised by main)          */
    RW_ERR_BUG        /* cannot happen (exit 70)                        */
};

struct rw_error {
    enum rw_err code;
    int line, col;     /* 1-based; 0: unknown                            */
    char file[256];    /* "" unknown                                     */
    char pointer[256]; /* JSON pointer, "" unknown                       */
    char text[1024];   /* one line, no final newline                     */
    char detail[4096]; /* traceback or further lines, "" none            */
};

/* Empties *e. */
void rw_error_clear(struct rw_error *e);

/* Fills code and text of an empty *e; returns code, so that callers can
 * write `return rw_error_set(e, RW_ERR_IO, "...")`.  e may be NULL. */
enum rw_err rw_error_set(struct rw_error *e, enum rw_err code, const char *fmt, ...)
    RW_PRINTF(3, 4);

/* Puts the place where it is still unknown. */
void rw_error_place(
    struct rw_error *e, const char *file, int line, int col, const char *pointer);

/* "context: text". */
void rw_error_prepend(struct rw_error *e, const char *fmt, ...) RW_PRINTF(2, 3);

/* Process exit status of a code, after docs/riskwheel.1 EXIT STATUS. */
int rw_err_exit_status(enum rw_err code);

/* Always on: a broken invariant prints file and line and aborts with 70. */
#define RW_BUG_ASSERT(cond) ((cond) ? (void)0 : rw_bug_abort(__FILE__, __LINE__, #cond))
_Noreturn void rw_bug_abort(const char *file, int line, const char *what);

#endif
