/* SPDX-License-Identifier: GPL-3.0-or-later */
/* peak LIMIT COMMAND...: runs it, tells the most memory that it had, in MB of 10^6
 * bytes, and ends with 1 where that is above the limit. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
    struct rusage use;
    double mb, limit = argc > 2 ? strtod(argv[1], NULL) : 0;
    int status;
    pid_t child = argc > 2 ? fork() : -1;

    if (child == 0) {
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &use) != child) {
        fprintf(stderr, "usage: peak LIMIT COMMAND...\n");
        return 2;
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "%s failed\n", argv[2]);
        return 2;
    }
    mb = (double)use.ru_maxrss * 1024e-6;
    printf("%.0f MB, limit %.0f MB\n", mb, limit);
    return mb > limit;
}
