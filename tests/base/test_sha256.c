/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/sha256.h"
#include "tests/support/check.h"

/* The messages and digests are the examples that accompany FIPS 180-4. */

static void
hashes(const char *want, const char *bytes, size_t n)
{
    char hex[RW_SHA256_HEX];

    rw_sha256_hex(bytes, n, hex);
    assert_string_equal(want, hex);
}

static void
published_messages_have_their_digests(void **state)
{
    static const char two[] =
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";

    (void)state;
    hashes(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "abc", 3);
    hashes("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1", two,
        sizeof two - 1);
}

static void
an_empty_message_has_its_digest(void **state)
{
    (void)state;
    hashes("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "", 0);
}

static void
a_million_letters_have_their_digest(void **state)
{
    static char a[1000000];

    (void)state;
    memset(a, 'a', sizeof a);
    hashes("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", a,
        sizeof a);
}

CHECK_MAIN(cmocka_unit_test(published_messages_have_their_digests),
    cmocka_unit_test(an_empty_message_has_its_digest),
    cmocka_unit_test(a_million_letters_have_their_digest))
