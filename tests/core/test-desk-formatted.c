/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-desk.h"
#include "core/store/mos-store-outbox.h"
#include "mos-test.h"

#include <string.h>

/* What the composer writes, as another program reads it: Python's email. */

static const char script[] =
    "import email, email.policy, sys\n"
    "m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)\n"
    "parts = list(m.iter_parts()) if m.is_multipart() else []\n"
    "print(m.get_content_type(), *[p.get_content_type() for p in parts])\n"
    "for p in parts or [m]:\n"
    "    assert not p.defects and not m.defects\n"
    "    print(p.get_content().replace(chr(13), str()))\n";

typedef struct
{
  const char *message;
  GBytes *raw;
} Raw;

static gboolean
do_look (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Raw *look = data;
  g_autoptr (MosOutboxItem) item = NULL;

  if (!mos_store_outbox_find (txn, look->message, &item, error))
    return FALSE;
  g_assert_nonnull (item);
  look->raw = g_bytes_ref (item->raw);
  return TRUE;
}

/* The composer's way: prepared, written, saved, sent. Returns: what Python says of the bytes */
static char *
send (MosTestStore *t,
      const char *conversation,
      const char *kind,
      const char *text,
      gboolean *ret_html)
{
  g_autoptr (MosDesk) desk = mos_desk_new (t->store, MOS_DESK_FLAG_OFFLINE);
  g_autoptr (GSubprocess) python = NULL;
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) prepared = NULL;
  g_autoptr (GAsyncResult) sent = NULL;
  g_autoptr (MosDraft) draft = NULL;
  g_autofree char *message = NULL;
  g_autoptr (GBytes) out = NULL;
  g_auto (TestLook) look = { 0 };
  g_autoptr (GError) error = NULL;
  Raw raw = { 0 };

  mos_desk_prepare_draft_async (desk, kind, conversation, NULL, NULL, NULL, mos_test_ready_cb, &result);
  prepared = mos_test_await (&result);
  draft = mos_desk_prepare_draft_finish (desk, prepared, &error);
  g_assert_no_error (error);
  g_assert_cmpint (draft->is_marked, ==, strcmp (kind, "note") != 0);
  g_set_str (&draft->text, text);
  mos_desk_send_async (desk, draft, MOS_STATUS_OPEN, 0, NULL, mos_test_ready_cb, &result);
  sent = mos_test_await (&result);
  message = mos_desk_send_finish (desk, sent, &error);
  g_assert_no_error (error);
  mos_desk_stop_sync (desk);
  test_look (t->store, conversation, &look);
  *ret_html = test_look_find (&look, message)->has_html;
  if (strcmp (kind, "note") == 0)
    return g_strdup (test_look_find (&look, message)->text);

  raw.message = message;
  test_write (t->store, do_look, &raw);
  python = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "python3", "-X", "utf8", "-c", script, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate (python, raw.raw, NULL, &out, NULL, &error);
  g_bytes_unref (raw.raw);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (python));
  return g_strndup (g_bytes_get_data (out, NULL), g_bytes_get_size (out));
}

static void
assert_contains (const char *text,
                 const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in:\n%s", part, text);
}

static void
test_formatted (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  gboolean has_html;
  g_autofree char *said = send (t, first->conversation, "reply", "Dear **Ana**,\nit is _on its way_: [follow it](https://track.example/?a=1&b=2)\n\n- blue\n- **grün**\n\n1. one\n2. two\n\n> not *yours*\n\nمرحبا بك", &has_html);

  g_assert_true (g_str_has_prefix (said, "multipart/alternative text/plain text/html\n"));
  assert_contains (said, "Dear *Ana*,\nit is _on its way_: follow it <https://track.example/?a=1&b=2>\n\n- blue\n- *grün*\n\n1. one\n2. two\n\n> not *yours*\n");
  assert_contains (said, "<p>Dear <b>Ana</b>,<br>\nit is <i>on its way</i>: <a href=\"https://track.example/?a=1&amp;b=2\">follow it</a></p>");
  assert_contains (said, "<ul>\n<li>blue</li>\n<li><b>grün</b></li>\n</ul>");
  assert_contains (said, "<ol>\n<li>one</li>\n<li>two</li>\n</ol>");
  assert_contains (said, "<p dir=\"rtl\">مرحبا بك</p>");
  assert_contains (said, "<div class=\"gmail_quote\">");
  /* The conversation shows what was sent as it was meant. */
  g_assert_true (has_html);
}

static void
test_unformatted (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  gboolean has_html;
  g_autofree char *said = send (t, first->conversation, "reply", "2**3 is 8, and snake_case is *one* word.", &has_html);

  g_assert_true (g_str_has_prefix (said, "text/plain\n"));
  assert_contains (said, "2**3 is 8, and snake_case is *one* word.");
  g_assert_false (has_html);
}

static void
test_note (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  gboolean has_html;
  g_autofree char *said = send (t, first->conversation, "note", "He is **angry**", &has_html);

  g_assert_cmpstr (said, ==, "He is **angry**");
  g_assert_false (has_html);
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/desk-formatted/formatted", test_formatted);
  g_test_add_func ("/desk-formatted/unformatted", test_unformatted);
  g_test_add_func ("/desk-formatted/note", test_note);
  return g_test_run ();
}
