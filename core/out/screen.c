/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "out/screen.h"

#include <stdio.h>
#include <stdlib.h>

void
rw_screen_tone(struct rw_screen *s, enum rw_tone t)
{
    static const char *const codes[] = {
        "\033[0m", "\033[1m", "\033[32m", "\033[31m", "\033[2m"};

    if (s->colour)
        rw_text_add(s->t, codes[t]);
}

size_t
rw_screen_width(const char *s)
{
    size_t n = 0;

    for (; *s; s++)
        n += ((unsigned char)*s & 0xc0) != 0x80;
    return n;
}

void
rw_screen_put(struct rw_screen *s, const char *cell, int width)
{
    size_t room = (size_t)abs(width), n = rw_screen_width(cell), bytes = 0;

    if (n > room) {
        for (size_t k = 0; cell[bytes] && k < room; k++)
            do
                bytes++;
            while (((unsigned char)cell[bytes] & 0xc0) == 0x80);
        rw_text_addn(s->t, cell, bytes);
        return;
    }
    for (size_t k = n; width < 0 && k < room; k++)
        rw_text_add(s->t, " ");
    rw_text_add(s->t, cell);
    for (size_t k = n; width > 0 && k < room; k++)
        rw_text_add(s->t, " ");
}

void
rw_screen_end(struct rw_screen *s)
{
    while (!s->t->failed && s->t->len > 0 && s->t->s[s->t->len - 1] == ' ')
        s->t->s[--s->t->len] = '\0';
    rw_text_add(s->t, "\n");
}

void
rw_screen_name(struct rw_screen *s, const char *name, int width)
{
    char clean[RW_SCREEN_CELL];
    size_t n = 0;

    for (; *name && n + 1 < sizeof clean; name++)
        clean[n++] = (unsigned char)*name < 0x20 || *name == 0x7f ? ' ' : *name;
    while (n > 0 && *name && ((unsigned char)clean[n - 1] & 0xc0) == 0x80)
        n--; /* no half character at the end */
    clean[n] = '\0';
    rw_screen_put(s, clean, width);
}

void
rw_screen_mean(struct rw_screen *s, double mean, double se, int width)
{
    char a[RW_NUMBER_MAX], b[RW_NUMBER_MAX], cell[RW_SCREEN_CELL];

    snprintf(cell, sizeof cell, "%s \xc2\xb1 %s", rw_money_print(a, mean),
        rw_money_print(b, se));
    rw_screen_put(s, cell, width);
}

size_t
rw_screen_shown(const struct rw_screen *s)
{
    size_t own = s->r->n_strategies - s->r->n_twins;

    return own < RW_SCREEN_STRATEGIES ? own : RW_SCREEN_STRATEGIES;
}
