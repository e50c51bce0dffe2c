/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "send-fixture.h"

#include "core/desk/mos-macro-import.h"
#include "core/desk/mos-macros.h"
#include "core/store/mos-store-macros.h"

#include <string.h>

/* Macros out into files, and in from ours and those of other programs. */

typedef struct
{
  MosMacro *macro;
  GPtrArray *macros;
  GPtrArray *entries;
  gboolean replaces;
} Exchange;

static void
clear (Exchange *m)
{
  g_clear_pointer (&m->macro, mos_macro_unref);
  g_clear_pointer (&m->macros, g_ptr_array_unref);
  g_clear_pointer (&m->entries, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Exchange, clear)

static MosMacro *
make (const char *name,
      const char *shortcode,
      const char *text)
{
  MosMacro *macro = mos_macro_make ();

  g_set_str (&macro->name, name);
  g_set_str (&macro->shortcode, shortcode);
  mos_macro_set_text (macro, "en", text);
  return macro;
}

static gboolean
do_save (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Exchange *m = data;
  g_autofree char *id = NULL;

  if (!mos_macros_save (txn, m->macro, &id, error))
    return FALSE;
  g_set_str (&m->macro->id, id);
  return TRUE;
}

static gboolean
do_exchange (MosTxn *txn,
             gpointer data,
             GError **error)
{
  Exchange *m = data;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  MosMacroImportEntry *entry;
  g_autofree char *text = NULL;

  m->macros = mos_store_macro_list (txn, NULL, error);
  if (m->macros == NULL)
    return FALSE;
  text = mos_macro_export (txn, m->macros, error);
  g_assert_nonnull (text);
  bytes = g_bytes_new (text, strlen (text));
  entries = mos_macro_import_read (bytes, "en", error);
  g_assert_nonnull (entries);
  g_assert_cmpuint (entries->len, ==, 1);
  entry = entries->pdata[0];
  g_assert_nonnull (entry->macro->attachments);
  g_assert_cmpuint (g_bytes_get_size (((MosAttachment *) entry->macro->attachments->pdata[0])->data), ==, 5);
  g_assert_true (mos_macro_import_run (txn, entries, FALSE, error));
  g_assert_cmpint (entry->result, ==, MOS_MACRO_IMPORT_KEPT);
  g_assert_true (mos_macro_import_run (txn, entries, TRUE, error));
  g_assert_cmpint (entry->result, ==, MOS_MACRO_IMPORT_REPLACED);
  return mos_store_macro_remove (txn, m->macro->id, error) &&
         mos_macro_import_run (txn, entries, FALSE, error) &&
         entry->result == MOS_MACRO_IMPORT_NEW;
}

static void
test_exchange (SendFixture *f,
               gconstpointer data)
{
  g_auto (Exchange) m = { .macro = make ("With a form", "form", "Here is **it**") };
  MosAttachment *attachment = mos_attachment_new ();

  attachment->name = g_strdup ("form.txt");
  attachment->type = g_strdup ("text/plain");
  attachment->data = g_bytes_new_static ("Hello", 5);
  g_ptr_array_add (m.macro->attachments, attachment);
  test_write (f->t->store, do_save, &m);
  test_write (f->t->store, do_exchange, &m);
}

/* --- other programs --- */

static MosMacroImportEntry *
find_entry (GPtrArray *entries,
            const char *name)
{
  for (guint i = 0; i < entries->len; i++)
    if (strcmp (((MosMacroImportEntry *) entries->pdata[i])->name, name) == 0)
      return entries->pdata[i];
  g_assert_not_reached ();
}

static GPtrArray *
read_csv (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = mos_macro_import_read (bytes, "en", &error);

  g_assert_no_error (error);
  return entries;
}

static void
assert_macro (MosMacroImportEntry *entry,
              const char *language,
              const char *text,
              const char *actions)
{
  g_autoptr (GString) list = g_string_new (NULL);
  const MosMacroText *own = entry->macro->texts->pdata[0];

  for (guint i = 0; i < entry->macro->actions->len; i++)
    {
      const MosMacroAction *action = entry->macro->actions->pdata[i];

      g_string_append_printf (list, "%s%s=%s", i > 0 ? " " : "", mos_macro_action_kind_to_nick (action->kind), action->value);
    }
  g_assert_cmpstr (own->language, ==, language);
  g_assert_cmpstr (own->text, ==, text);
  g_assert_cmpstr (list->str, ==, actions);
}

static void
test_foreign (void)
{
  g_autoptr (GPtrArray) gorgias = read_csv ("\xef\xbb\xbfname,language,actions\r\n"
                                            "Order status,en,\"[{\"\"name\"\":\"\"addTags\"\",\"\"arguments\"\":{\"\"tags\"\":\"\"question, order\"\"}},"
                                            "{\"\"name\"\":\"\"setResponseText\"\",\"\"arguments\"\":{\"\"body_html\"\":\"\"<div>Hi <b>{{ticket.customer.firstname}}</b>,</div><div>it is {{ticket.customer.id}}.</div>\"\"}},"
                                            "{\"\"name\"\":\"\"httpAction\"\",\"\"arguments\"\":{}}]\"\r\n");
  g_autoptr (GPtrArray) zendesk = read_csv ("Title;Actions\n"
                                            "Orders::Late;\"[{\"\"field\"\":\"\"status\"\",\"\"value\"\":\"\"solved\"\"},{\"\"field\"\":\"\"comment_value\"\",\"\"value\"\":\"\"Hello {{ticket.requester.first_name}}, sorry for the long wait.\"\"}]\"\n");
  g_autoptr (GPtrArray) freshdesk = read_csv ("Title,Content,Content HTML,Folder\nThanks,,\"<p>Thank you for your message, {{ticket.requester.firstname}}! See <a href=\"\"https://shop.example/help\"\">our help</a>.</p>\",General\n");
  MosMacroImportEntry *entry = find_entry (gorgias, "Order status");
  g_autoptr (GBytes) none = g_bytes_new_static ("a,b\n1,2\n", 8);
  g_autoptr (GError) error = NULL;

  assert_macro (entry, "en", "Hi **{{customer.first_name}}**,\nit is {{ticket.customer.id}}.", "tag=question tag=order");
  g_assert_cmpuint (entry->notes->len, ==, 2);
  g_assert_cmpstr (entry->notes->pdata[0], ==, "httpAction");
  g_assert_cmpstr (entry->notes->pdata[1], ==, "{{ticket.customer.id}}");
  entry = find_entry (zendesk, "Late");
  g_assert_cmpstr (entry->macro->folder, ==, "Orders");
  assert_macro (entry, "en", "Hello {{customer.first_name}}, sorry for the long wait.", "status=closed");
  entry = find_entry (freshdesk, "Thanks");
  assert_macro (entry, "en", "Thank you for your message, {{customer.first_name}}! See [our help](https://shop.example/help).", "");
  g_assert_cmpuint (entry->notes->len, ==, 0);

  g_assert_null (mos_macro_import_read (none, "en", &error));
  g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
}

/* A column of text has HTML in it where the program writes no other. */
static void
test_foreign_html (void)
{
  static const struct
  {
    const char *content;
    const char *text;
  } table[] = {
    { "<p>Hello <b>{{ticket.requester.firstname}}</b>,</p><p>it left.</p>", "Hello **{{customer.first_name}}**,\n\nit left." },
    { "Hello {{ticket.requester.firstname}},<br>it <i>left</i>.", "Hello {{customer.first_name}},\nit _left_." },
    { "Hello <strong>you</strong>,\nit left.", "Hello **you**,\nit left." },
    { "<ul><li>One</li><li>Two</li></ul>", "- One\n- Two" },
    { "<p>Tom &amp; Ana: {% if order %}yes{% endif %}</p>", "Tom & Ana: {% if order %}yes{% endif %}" },
    { "<p>See <a href=\"\"{{ticket.account}}\"\">our shop</a> or <a href='https://shop.example/'>here</a>.</p>", "See our shop ({{shop.name}}) or [here](https://shop.example/)." },
    { "<p>Hi</p><script>alert (1)</script><img src='https://shop.example/a.png'>", "Hi" },
    /* What is none stays as it was written. */
    { "Sizes < 40 are > 30, {{ticket.requester.firstname}}", "Sizes < 40 are > 30, {{customer.first_name}}" },
    { "Write to <support@shop.example> or type <b> for bold", "Write to <support@shop.example> or type <b> for bold" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *csv = g_strdup_printf ("title,content,folder\nA,\"%s\",General\n", table[i].content);
      g_autoptr (GPtrArray) entries = read_csv (csv);
      MosMacroImportEntry *entry = find_entry (entries, "A");
      const MosMacroText *own = entry->macro->texts->pdata[0];

      g_assert_cmpstr (own->text, ==, table[i].text);
    }
}

/* --- into the profile --- */

static gboolean
do_import (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Exchange *m = data;

  g_clear_pointer (&m->macros, g_ptr_array_unref);
  if (!mos_macro_import_run (txn, m->entries, m->replaces, error))
    return FALSE;
  m->macros = mos_store_macro_list (txn, NULL, error);
  return m->macros != NULL;
}

/* Returns: what became of each: "new kept" */
static void
assert_import (SendFixture *f,
               Exchange *m,
               const char *csv,
               const char *results,
               guint n_here)
{
  g_autoptr (GString) list = g_string_new (NULL);

  g_clear_pointer (&m->entries, g_ptr_array_unref);
  m->entries = read_csv (csv);
  test_write (f->t->store, do_import, m);
  for (guint i = 0; i < m->entries->len; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? " " : "", mos_macro_import_result_to_nick (((MosMacroImportEntry *) m->entries->pdata[i])->result));
  g_assert_cmpstr (list->str, ==, results);
  g_assert_cmpuint (m->macros->len, ==, n_here);
}

/* Two of a name in folders of their own are two, also when they come in one file; the same one again is the same. */
static void
test_same_name (SendFixture *f,
                gconstpointer data)
{
  static const char both[] = "Title,Content,Folder\nLate,It is late,Orders\nLATE,It comes back late,Returns\n";
  g_auto (Exchange) m = { 0 };

  assert_import (f, &m, both, "new new", 2);
  assert_import (f, &m, both, "kept kept", 2);
  m.replaces = TRUE;
  assert_import (f, &m, "Title,Content,Folder\nlate,Sorry,Returns\n", "replaced", 2);
  g_assert_cmpstr (((MosMacroText *) ((MosMacro *) m.macros->pdata[0])->texts->pdata[0])->text, ==, "It is late");
  g_assert_cmpstr (((MosMacroText *) ((MosMacro *) m.macros->pdata[1])->texts->pdata[0])->text, ==, "Sorry");
  /* With no folder it is the one of the name, where there is only one. */
  m.replaces = FALSE;
  assert_import (f, &m, "Title,Content\nOnly,One\nOnly,Again\n", "new kept", 3);
  assert_import (f, &m, "Title,Content,Folder\nonly,One,Elsewhere\n", "kept", 3);
}

/* What would not be read again is not taken, and the others are. */
static void
test_too_much (SendFixture *f,
               gconstpointer data)
{
  g_autofree char *text = g_strnfill (70000, 'x');
  g_autofree char *csv = g_strdup_printf ("Title,Content\nBook,%s\nCard,Hello\n", text);
  g_auto (Exchange) m = { 0 };

  assert_import (f, &m, csv, "refused new", 1);
  g_assert_nonnull (((MosMacroImportEntry *) m.entries->pdata[0])->why);
  g_assert_cmpstr (((MosMacro *) m.macros->pdata[0])->name, ==, "Card");
}

static void
test_many (SendFixture *f,
           gconstpointer data)
{
  g_autoptr (GString) csv = g_string_new ("Title,Content\n");
  g_auto (Exchange) m = { 0 };
  gint64 start_us;

  for (guint i = 0; i < 500; i++)
    g_string_append_printf (csv, "Answer %u,Hello %u\n", i, i);
  m.entries = read_csv (csv->str);
  start_us = g_get_monotonic_time ();
  test_write (f->t->store, do_import, &m);
  g_test_message ("500 macros are here after %.0f ms", (double) (g_get_monotonic_time () - start_us) / 1000);
  g_assert_cmpuint (m.macros->len, ==, 500);
}

#define ADD(path, func) g_test_add (path, SendFixture, NULL, send_setup, func, send_teardown)

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/macro-exchange/foreign", test_foreign);
  g_test_add_func ("/macro-exchange/foreign-html", test_foreign_html);
  ADD ("/macro-exchange/ours", test_exchange);
  ADD ("/macro-exchange/same-name", test_same_name);
  ADD ("/macro-exchange/too-much", test_too_much);
  ADD ("/macro-exchange/many", test_many);
  return g_test_run ();
}
