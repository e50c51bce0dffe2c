/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "core/desk/mos-file-text.h"
#include "core/store/mos-store-file-text.h"
#include "core/store/mos-store-ledger.h"
#include "mos-test.h"
#include "store-fixture.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

/* The text in attachments: the confined process with real files and hostile ones, and what the search makes of it. */

/* --- files --- */

/* A PDF of one page (ISO 32000-1 §7.5): a reader finds the objects by itself where the table is wrong. */
static GBytes *
make_pdf (const char *text,
          const char *more)
{
  g_autofree char *content = g_strdup_printf ("BT /F1 24 Tf 72 700 Td (%s) Tj ET", text);
  GString *out = g_string_new ("%PDF-1.4\n");

  g_string_append (out, "1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
                        "3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >> endobj\n");
  g_string_append_printf (out, "4 0 obj << /Length %u >> stream\n%s\nendstream endobj\n", (guint) strlen (content), content);
  g_string_append (out, "5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj\n");
  g_string_append_printf (out, "trailer << /Root 1 0 R %s >>\n%%%%EOF\n", more);
  return g_string_free_to_bytes (out);
}

typedef struct
{
  const char *name;
  const char *text;
  gsize repeat; /* so many times */
} Member;

static GBytes *
make_zip (const Member *members,
          gsize n)
{
  gsize most = 4 << 20, used = 0;
  g_autofree guint8 *data = g_malloc (most);
  struct archive *archive = archive_write_new ();

  g_assert_cmpint (archive_write_set_format_zip (archive), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_open_memory (archive, data, most, &used), ==, ARCHIVE_OK);
  for (gsize i = 0; i < n; i++)
    {
      struct archive_entry *entry = archive_entry_new ();
      gsize repeat = MAX (members[i].repeat, 1);

      archive_entry_set_pathname (entry, members[i].name);
      archive_entry_set_filetype (entry, AE_IFREG);
      archive_entry_set_perm (entry, 0644);
      archive_entry_set_size (entry, (la_int64_t) (strlen (members[i].text) * repeat));
      g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
      for (gsize j = 0; j < repeat; j++)
        archive_write_data (archive, members[i].text, strlen (members[i].text));
      archive_entry_free (entry);
    }
  g_assert_cmpint (archive_write_close (archive), ==, ARCHIVE_OK);
  archive_write_free (archive);
  return g_bytes_new (data, used);
}

#define ODF "<office:document-content xmlns:office='o' xmlns:text='t'><office:body>"
#define ODF_END "</office:body></office:document-content>"

static GBytes *
make_odt (const char *paragraph)
{
  g_autofree char *xml = g_strdup_printf ("<?xml version='1.0'?>" ODF "<text:h>Heading</text:h><text:p>%s</text:p>" ODF_END, paragraph);
  const Member members[] = { { "mimetype", "application/vnd.oasis.opendocument.text", 1 }, { "content.xml", xml, 1 } };

  return make_zip (members, G_N_ELEMENTS (members));
}

static GBytes *
make_docx (void)
{
  static const Member members[] = { { "[Content_Types].xml", "<Types/>", 1 },
                                    { "word/document.xml", "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>Contract</w:t></w:r><w:r><w:t xml:space='preserve'> of sale</w:t></w:r></w:p><w:p><w:r><w:t>Zweite Zeile</w:t></w:r></w:p></w:body></w:document>", 1 } };

  return make_zip (members, G_N_ELEMENTS (members));
}

static GBytes *
make_xlsx (void)
{
  static const Member members[] = { { "xl/sharedStrings.xml", "<sst xmlns='x'><si><t>Item</t></si><si><t>Lamp</t></si></sst>", 1 },
                                    { "xl/worksheets/sheet1.xml", "<worksheet xmlns='x'><sheetData><row><c t='s'><v>777</v></c><c><v>4711</v></c></row></sheetData></worksheet>", 1 } };

  return make_zip (members, G_N_ELEMENTS (members));
}

/* --- the process --- */

static int
run (GBytes *data,
     const char *type,
     const char *name,
     char **ret_text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                                                      g_getenv ("MOSTRADOR_EXTRACT"), type, name, NULL);
  g_autoptr (GBytes) out = NULL;
  gsize size;
  const char *text;

  g_assert_no_error (error);
  g_subprocess_communicate (process, data, NULL, &out, NULL, &error);
  /* One that had enough stops listening. */
  g_clear_error (&error);
  g_subprocess_wait (process, NULL, NULL);
  text = out != NULL ? g_bytes_get_data (out, &size) : NULL;
  *ret_text = text != NULL ? g_strndup (text, size) : g_strdup ("");
  g_assert_true (g_utf8_validate (*ret_text, -1, NULL));
  return g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) : -1;
}

static void
check_finds (GBytes *data,
             const char *type,
             const char *name,
             const char *expected)
{
  g_autoptr (GBytes) owned = data;
  g_autofree char *text = NULL;

  g_assert_cmpint (run (data, type, name, &text), ==, 0);
  if (strstr (text, expected) == NULL)
    g_test_message ("%s: %s", name, text);
  g_assert_nonnull (strstr (text, expected));
}

static void
check_fails (GBytes *data,
             const char *type,
             const char *name,
             int status)
{
  g_autoptr (GBytes) owned = data;
  g_autofree char *text = NULL;

  g_assert_cmpint (run (data, type, name, &text), ==, status);
  g_assert_cmpstr (text, ==, "");
}

static GBytes *
bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static void
test_kinds (void)
{
  check_finds (make_pdf ("Invoice 1203", ""), "application/pdf", "a.pdf", "Invoice 1203");
  /* By what it is, not by what it is called. */
  check_finds (make_pdf ("Invoice 1203", ""), "application/octet-stream", "a.bin", "Invoice 1203");
  check_finds (make_odt ("Merina &amp; wool<text:tab xmlns:text='t'/>50"), "application/vnd.oasis.opendocument.text", "a.odt", "Heading\nMerina & wool 50");
  check_finds (make_docx (), "application/x", "a.docx", "Contract of sale\nZweite Zeile");
  check_finds (make_xlsx (), "application/x", "a.xlsx", "4711");
  check_finds (bytes ("name;price\nLamp;5\n"), "application/octet-stream", "a.csv", "Lamp;5");
  check_finds (bytes ("caf\xc3\xa9"), "text/plain", "a", "café");
  check_finds (bytes ("caf\xe9 cr\xe8me"), "text/plain", "a", "café crème");
  check_finds (g_bytes_new ("\xff\xfeh\0o\0l\0a\0", 10), "text/plain", "a", "hola");
  check_finds (bytes ("<html><script>no</script><p>Yes &eacute;</p></html>"), "text/html", "a.html", "Yes é");
  {
    g_autoptr (GBytes) sheet = make_xlsx ();
    g_autofree char *text = NULL;

    /* Which of the shared strings it is says nothing. */
    g_assert_cmpint (run (sheet, "x", "a.xlsx", &text), ==, 0);
    g_assert_null (strstr (text, "777"));
  }
}

static void
test_hostile (void)
{
  static const Member bomb[] = { { "content.xml", "<a>                                                            </a>", 2000000 } };
  static const Member nested[] = { { "inner.zip", "PK\3\4 and so on", 1 }, { "other.txt", "word", 1 } };
  static const Member entities[] = { { "content.xml",
                                       "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaaaaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>"
                                       "<!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'><!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;'><!ENTITY f '&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;'>]><a><p>before</p>&f;&f;&f;</a>",
                                       1 } };
  static const Member external[] = { { "content.xml", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a><p>before</p><p>&x;</p></a>", 1 } };
  g_autofree char *text = NULL;
  g_autoptr (GBytes) data = NULL;

  check_fails (bytes (""), "application/pdf", "a.pdf", 2);
  check_fails (bytes ("%PDF-1.4 nothing"), "application/pdf", "a.pdf", 4);
  check_fails (make_pdf ("x", "/Encrypt << /Filter /Standard /V 1 /R 2 /P -1 /O <00> /U <00> >>"), "application/pdf", "a.pdf", 3);
  check_fails (bytes ("PK\3\4"), "application/zip", "a.zip", 2);
  check_fails (bytes ("\x89PNG\r\n"), "image/png", "a.png", 2);
  check_fails (g_bytes_new_take (g_malloc0 (1000), 1000), "text/plain", "a.txt", 2);
  /* 120 MB out of some hundred kB. */
  check_fails (make_zip (bomb, 1), "x", "a.odt", 4);
  check_fails (make_zip (nested, 2), "x", "a.odt", 2);
  /* Neither a billion laughs nor somebody's file. */
  data = make_zip (entities, 1);
  g_assert_cmpint (run (data, "x", "a.odt", &text), ==, 0);
  g_assert_cmpuint (strlen (text), <, 100000);
  g_clear_pointer (&data, g_bytes_unref);
  g_clear_pointer (&text, g_free);
  data = make_zip (external, 1);
  g_assert_cmpint (run (data, "x", "a.odt", &text), ==, 0);
  g_assert_null (strstr (text, "root"));
  g_assert_nonnull (strstr (text, "before"));
  g_clear_pointer (&data, g_bytes_unref);
  g_clear_pointer (&text, g_free);
  /* What it says is bounded. */
  data = g_bytes_new_take (g_strnfill (8 << 20, 'x'), 8 << 20);
  g_assert_cmpint (run (data, "text/plain", "a.txt", &text), ==, 0);
  g_assert_cmpuint (strlen (text), ==, 1 << 20);
}

static void
test_noise (void)
{
  g_autoptr (GBytes) pdf = make_pdf ("Invoice", ""), odt = make_odt ("Merina"), docx = make_docx ();
  GBytes *good[] = { pdf, odt, docx };

  /* Under the sanitizers a process is a quarter of a second. */
  for (guint round = 0; round < 24; round++)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (good[round % 3], &size);
      g_autofree guint8 *copy = g_memdup2 (data, size);
      g_autoptr (GBytes) bad = NULL;
      g_autofree char *text = NULL;

      for (int i = 0; i < 8; i++)
        copy[g_test_rand_int_range (4, (int) size)] = (guint8) g_test_rand_int_range (0, 256);
      bad = g_bytes_new (copy, round % 4 == 0 ? size / 2 : size);
      /* It says what it found or why not; it does not crash. */
      g_assert_cmpint (run (bad, "x", "a", &text), >=, 0);
    }
}

/* --- the desk --- */

static void
add_with_file (MosTxn *txn,
               Fixture *f,
               const char *id,
               GBytes *file,
               const char *name)
{
  g_autofree char *conversation = fixture_conversation (txn, f, "A subject");
  g_autoptr (MosMessageRow) row = mos_message_row_new ();
  g_autoptr (MosMessageContent) content = mos_message_content_new ();
  g_autoptr (GError) error = NULL;
  MosAttachment *attachment = mos_attachment_new ();
  gboolean added;

  row->id = g_strdup (id);
  row->conversation = g_strdup (conversation);
  row->account = g_strdup (ACCOUNT);
  row->message_id = g_strconcat (id, "@example.com", NULL);
  row->from = mos_address_make ("Ana", "ana@example.com");
  row->subject = g_strdup ("With a file");
  row->received_us = row->sent_us = 1000 * S;
  row->text = g_strdup ("See the file");
  row->reply_text = g_strdup ("See the file");
  attachment->name = g_strdup (name);
  attachment->type = g_strdup ("application/pdf");
  attachment->size = g_bytes_get_size (file);
  attachment->data = g_bytes_ref (file);
  row->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
  g_ptr_array_add (row->attachments, attachment);
  content->raw = g_bytes_new (id, strlen (id));
  content->customer = g_strdup (f->customer);
  mos_store_message_add (txn, row, content, &added, &error);
  g_assert_no_error (error);
  g_assert_true (added);
  if (f->conversation == NULL)
    f->conversation = g_strdup (conversation);
}

static gboolean
fill (MosTxn *txn,
      gpointer data,
      GCancellable *cancellable,
      GError **error)
{
  Fixture *f = data;
  g_autoptr (GBytes) pdf = make_pdf ("Zweckverband 1203", ""), broken = bytes ("%PDF-1.4 nothing");

  fixture_account (txn, f);
  add_with_file (txn, f, "m1", pdf, "factura-1203.pdf");
  add_with_file (txn, f, "m2", pdf, "copy.pdf");
  add_with_file (txn, f, "m3", broken, "broken.pdf");
  return TRUE;
}

static gboolean
fill_later (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GBytes) pdf = make_pdf ("Zweckverband 1203", "");

  add_with_file (txn, data, "m4", pdf, "again.pdf");
  return TRUE;
}

static gboolean
count_waiting (MosTxn *txn,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  return mos_store_file_text_count (txn, &((Fixture *) data)->number, NULL, error);
}

static gboolean
search (MosTxn *txn,
        gpointer data,
        GCancellable *cancellable,
        GError **error)
{
  Fixture *f = data;
  g_autoptr (GPtrArray) hits = mos_store_search (txn, "zweckverband", 0, TRUE, error);
  g_autoptr (GPtrArray) files = mos_store_search (txn, "file:zweck* file", 0, FALSE, error);

  f->number = hits->len;
  g_assert_cmpuint (files->len, ==, hits->len);
  for (guint i = 0; i < hits->len; i++)
    {
      MosSearchHit *hit = hits->pdata[i];

      g_assert_nonnull (strstr (hit->snippet, "\x02Zweckverband\x03 1203"));
      if (g_str_equal (hit->message, "m1"))
        g_assert_cmpstr (hit->file, ==, "factura-1203.pdf");
    }
  return TRUE;
}

static gboolean
erase_all (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GPtrArray) all = mos_store_conversation_list_all_ids (txn, error);

  for (guint i = 0; i < all->len; i++)
    if (!mos_store_conversation_set_deleted (txn, all->pdata[i], TRUE, error))
      return FALSE;
  g_ptr_array_add (all, NULL);
  return mos_store_conversation_erase (txn, (const char *const *) all->pdata, error);
}

static gboolean
count_rows (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  gint64 n = -1;
  gboolean ok = mos_database_get_int (txn->database, &n, error, "SELECT count (*) FROM file_text", "");

  ((Fixture *) data)->number = (guint) n;
  return ok;
}

typedef struct
{
  guint waiting;
  guint total;
} Progress;

static gboolean
load_progress (MosTxn *txn,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  Progress *progress = data;

  return mos_store_file_text_count (txn, &progress->waiting, &progress->total, error);
}

static void
assert_progress (Fixture *f,
                 guint waiting,
                 guint total)
{
  g_autoptr (GError) error = NULL;
  Progress progress = { 99, 99 };

  mos_store_read_sync (f->store, load_progress, &progress, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (progress.waiting, ==, waiting);
  g_assert_cmpuint (progress.total, ==, total);
}

static gboolean
run_one (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  gboolean more = FALSE;

  g_assert_true (mos_file_text_run_sync (f->store, g_getenv ("MOSTRADOR_EXTRACT"), &more, NULL, &error));
  g_assert_no_error (error);
  return more;
}

static void
test_desk (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) error = NULL;
  gboolean more = TRUE;

  fixture_write (f, NULL, fill);
  fixture_read (f, count_waiting);
  /* The same file twice is one. */
  g_assert_cmpuint (f->number, ==, 2);
  fixture_read (f, search);
  g_assert_cmpuint (f->number, ==, 0);

  /* The queue outlives the program. */
  fixture_reopen (f);
  g_assert_true (run_one (f));
  g_assert_true (run_one (f));
  g_assert_false (run_one (f));
  fixture_read (f, search);
  g_assert_cmpuint (f->number, ==, 2);

  /* What was read once is known with the next mail that brings it. */
  fixture_write (f, NULL, fill_later);
  g_assert_false (run_one (f));
  fixture_read (f, search);
  g_assert_cmpuint (f->number, ==, 3);
  fixture_check (f);

  /* A program that is not there is told. */
  more = TRUE;
  g_assert_true (mos_file_text_run_sync (f->store, "/nonexistent", &more, NULL, &error));
  g_assert_false (more);

  fixture_write (f, NULL, erase_all);
  fixture_read (f, search);
  g_assert_cmpuint (f->number, ==, 0);
  fixture_read (f, count_rows);
  g_assert_cmpuint (f->number, ==, 0);
}

/* How far it is: what waits, of all that may hold text */
static void
test_progress (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  fixture_write (f, NULL, fill);
  assert_progress (f, 2, 2);
  run_one (f);
  assert_progress (f, 1, 2);
  run_one (f);
  assert_progress (f, 0, 2);
}

static gboolean
is_read (gpointer data)
{
  Fixture *f = data;

  fixture_read (f, count_waiting);
  return f->number == 0;
}

static void
test_background (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (MosFileText) reader = mos_file_text_new (f->store);
  gint64 until = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  fixture_write (f, NULL, fill);
  mos_file_text_start (reader);
  while (!is_read (f) && g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (is_read (f));
  mos_file_text_stop (reader);
  fixture_read (f, search);
  g_assert_cmpuint (f->number, ==, 2);
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/file-text/kinds", test_kinds);
  g_test_add_func ("/file-text/hostile", test_hostile);
  g_test_add_func ("/file-text/noise", test_noise);
  g_test_add_func ("/file-text/desk", test_desk);
  g_test_add_func ("/file-text/progress", test_progress);
  g_test_add_func ("/file-text/background", test_background);

  return g_test_run ();
}
