/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/mail/mime/mos-mime-head.h"

#include "mos-test.h"

#include <string.h>

static GPtrArray *
list_of (const char *text,
         gssize length)
{
  g_autoptr (GBytes) raw = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);

  return mos_mime_list_headers (raw);
}

static void
assert_header (GPtrArray *headers,
               guint index,
               const char *name,
               const char *value)
{
  MosMimeHeader *header = headers->pdata[index];

  g_assert_cmpstr (header->name, ==, name);
  g_assert_cmpstr (header->value, ==, value);
}

static void
test_list (void)
{
  g_autoptr (GPtrArray) headers = list_of ("Received: from a\r\n\tby b\r\nReceived: from c\r\nSubject: =?utf-8?q?Caf=C3=A9?=\r\n =?utf-8?q?_now?=\r\nX-Empty:\r\nnonsense\r\n\r\nBody: no\r\n", -1);

  g_assert_cmpuint (headers->len, ==, 4);
  assert_header (headers, 0, "Received", "from a by b");
  assert_header (headers, 1, "Received", "from c");
  assert_header (headers, 2, "Subject", "Caf\xc3\xa9 now");
  assert_header (headers, 3, "X-Empty", "");
}

static void
test_odd (void)
{
  g_autoptr (GPtrArray) nothing = list_of ("", -1);
  g_autoptr (GPtrArray) folded = list_of (" begins folded: x\nA: 1", -1);
  g_autoptr (GPtrArray) bytes = list_of ("A: \xff\x00\x01z\nB: 2\n", 13);
  g_autofree char *many = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) most = NULL;

  g_assert_cmpuint (nothing->len, ==, 0);
  g_assert_cmpuint (folded->len, ==, 1);
  assert_header (folded, 0, "A", "1");
  g_assert_cmpuint (bytes->len, ==, 2);
  g_assert_true (g_utf8_validate (((MosMimeHeader *) bytes->pdata[0])->value, -1, NULL));
  for (guint i = 0; i < 3000; i++)
    g_string_append (text, "X: y\n");
  most = list_of (text->str, -1);
  g_assert_cmpuint (most->len, ==, 1000);
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/mime-head/list", test_list);
  g_test_add_func ("/mime-head/odd", test_odd);
  return g_test_run ();
}
