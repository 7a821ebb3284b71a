/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/out/xml.h -- is a text well-formed XML, as far as a picture needs it:
 * valid UTF-8 without control characters, entities complete, tags closed in
 * order, attributes quoted.  No DTD beyond one line, no CDATA.
 */
#ifndef RW_TESTS_OUT_XML_H
#define RW_TESTS_OUT_XML_H

#include "base/text.h"

#include <stdio.h>
#include <string.h>

static inline bool
xml_text_is_clean(const char *s)
{
    size_t n = strlen(s), len;

    for (size_t k = 0; k < n; k += len) {
        unsigned char c = (unsigned char)s[k];

        len = rw_utf8_length((const unsigned char *)s + k, n - k);
        if (len == 0 || c == 0x7f || (c < 0x20 && !strchr("\t\n\r", c)))
            return false;
        if (c == '&') {
            size_t letters = strspn(s + k + 1,
                "#abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

            if (letters == 0 || s[k + 1 + letters] != ';')
                return false;
        }
    }
    return true;
}

/* End of the tag that begins at s ("<"), quotes observed; NULL: it has none. */
static inline const char *
xml_tag_end(const char *s)
{
    char quote = 0;

    for (s++; *s; s++) {
        if (quote) {
            if (*s == quote)
                quote = 0;
            else if (*s == '<')
                return NULL;
        } else if (*s == '"' || *s == '\'')
            quote = *s;
        else if (*s == '<')
            return NULL;
        else if (*s == '>')
            return s;
    }
    return NULL;
}

static inline bool
xml_is_well_formed(const char *s)
{
    static char names[64][64];
    int depth = 0, roots = 0;

    if (!xml_text_is_clean(s))
        return false;
    while ((s = strchr(s, '<')) != NULL) {
        const char *end;
        char name[64];

        if (strncmp(s, "<!--", 4) == 0) {
            s = strstr(s + 4, "-->");
            if (s == NULL)
                return false;
            continue;
        }
        end = xml_tag_end(s);
        if (end == NULL)
            return false;
        if (s[1] == '/') {
            snprintf(name, sizeof name, "%.*s", (int)strcspn(s + 2, " \t\n>"), s + 2);
            if (depth == 0 || strcmp(names[--depth], name) != 0)
                return false;
        } else if (s[1] != '?' && s[1] != '!' && end[-1] != '/') {
            if (depth == 64)
                return false;
            roots += depth == 0;
            snprintf(names[depth++], 64, "%.*s", (int)strcspn(s + 1, " \t\n>/"), s + 1);
        }
        s = end;
    }
    return depth == 0 && roots == 1;
}

#endif
