/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "store-fixture.h"

#include "core/store/mos-store-macros.h"
#include "mos-test.h"

/* Macros in the store: who sees them, change and undo, use. */

static MosMacro *
make (const char *id,
      const char *name,
      const char *shortcode,
      const char *folder,
      const char *agent)
{
  MosMacro *macro = mos_macro_make ();

  macro->id = g_strdup (id);
  g_set_str (&macro->name, name);
  g_set_str (&macro->shortcode, shortcode);
  g_set_str (&macro->folder, folder);
  macro->agent = g_strdup (agent);
  mos_macro_set_text (macro, "en", "Hello");
  return macro;
}

static void
save (MosTxn *txn,
      MosMacro *macro /* (transfer full) */)
{
  g_autoptr (GError) error = NULL;

  mos_store_macro_save (txn, macro, &error);
  g_assert_no_error (error);
  mos_macro_unref (macro);
}

static gboolean
start_func (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  Fixture *f = data;
  g_autoptr (MosAgent) other = mos_agent_new ();
  g_autoptr (MosMacro) full = make ("m1", "Order status", "status", "Orders", NULL);

  fixture_account (txn, f);
  f->conversation = fixture_conversation (txn, f, "Where is it?");
  fixture_message (txn, f, f->conversation, "in", MOS_DIRECTION_INCOMING, 1000 * S, "Where?");
  fixture_message (txn, f, f->conversation, "out", MOS_DIRECTION_OUTGOING, 2000 * S, "There.");
  other->id = g_strdup ("agent-2");
  other->name = g_strdup ("Luis");
  g_assert_true (mos_store_agent_save (txn, other, NULL));

  mos_macro_set_text (full, "es", "Hola \"{{customer.name}}\"\n");
  mos_macro_add_action (full, MOS_MACRO_SET_STATUS, "pending");
  mos_macro_add_action (full, MOS_MACRO_ADD_TAG, "envío");
  save (txn, g_steal_pointer (&full));
  save (txn, make ("m2", "Luis's own", "own", "", "agent-2"));
  save (txn, make ("m3", "Refund", "", "Returns", NULL));
  return TRUE;
}

static void
assert_list (MosTxn *txn,
             const char *agent,
             const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) macros = mos_store_macro_list (txn, agent, &error);
  g_autoptr (GString) ids = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < macros->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", ((MosMacro *) macros->pdata[i])->id);
  g_assert_cmpstr (ids->str, ==, expected);
}

static gboolean
look_func (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (MosMacro) macro = NULL;
  g_autoptr (MosMacro) none = NULL;
  g_autoptr (MosMacro) found = NULL;

  assert_list (txn, AGENT, "m1 m3");
  assert_list (txn, "agent-2", "m2 m1 m3");
  assert_list (txn, NULL, "m1 m3");

  g_assert_true (mos_store_macro_find (txn, "m1", &macro, NULL));
  g_assert_cmpstr (macro->folder, ==, "Orders");
  g_assert_cmpuint (macro->texts->len, ==, 2);
  g_assert_cmpstr (((MosMacroText *) macro->texts->pdata[1])->text, ==, "Hola \"{{customer.name}}\"\n");
  g_assert_cmpuint (macro->actions->len, ==, 2);
  g_assert_cmpstr (((MosMacroAction *) macro->actions->pdata[1])->value, ==, "envío");
  g_assert_cmpuint (macro->n_used, ==, 0);
  g_assert_cmpint (macro->used_us, ==, 0);

  g_assert_true (mos_store_macro_find (txn, "m9", &none, NULL));
  g_assert_null (none);
  /* One that nobody sees here still has its shortcode. */
  g_assert_true (mos_store_macro_find_shortcode (txn, "own", NULL, &found, NULL));
  g_assert_cmpstr (found->id, ==, "m2");
  g_assert_true (mos_store_macro_find_shortcode (txn, "own", "m2", &none, NULL));
  g_assert_null (none);
  g_assert_true (mos_store_macro_find_shortcode (txn, "", NULL, &none, NULL));
  g_assert_null (none);
  return TRUE;
}

static gboolean
use_func (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (MosMacro) macro = NULL;

  g_assert_true (mos_store_macro_note_use (txn, "m1", "out", "es", AGENT, error));
  /* The same message again is one use. */
  g_assert_true (mos_store_macro_note_use (txn, "m1", "out", "en", NULL, error));
  g_assert_true (mos_store_macro_find (txn, "m1", &macro, error));
  g_assert_cmpuint (macro->n_used, ==, 1);
  g_assert_cmpint (macro->used_us, ==, txn->now_us);
  return TRUE;
}

static gboolean
change_func (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (MosMacro) macro = NULL;
  g_autoptr (MosMacro) changed = NULL;

  g_assert_true (mos_store_macro_find (txn, "m1", &macro, error));
  changed = mos_macro_copy (macro);
  g_set_str (&changed->name, "Where is my order");
  mos_macro_set_text (changed, "es", NULL);
  g_ptr_array_set_size (changed->actions, 0);
  return mos_store_macro_save (txn, changed, error) && mos_store_macro_remove (txn, "m3", error);
}

static gboolean
changed_func (MosTxn *txn,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (MosMacro) macro = NULL;

  assert_list (txn, AGENT, "m1");
  g_assert_true (mos_store_macro_find (txn, "m1", &macro, NULL));
  g_assert_cmpstr (macro->name, ==, "Where is my order");
  g_assert_cmpuint (macro->texts->len, ==, 1);
  g_assert_cmpuint (macro->actions->len, ==, 0);
  g_assert_cmpuint (macro->n_used, ==, 1);
  g_assert_false (mos_store_macro_remove (txn, "m9", error));
  g_clear_error (error);
  return TRUE;
}

static gboolean
undo_func (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  Fixture *f = data;
  g_autofree char *label = NULL;

  return mos_store_undo_batch (txn, f->batch, &label, error);
}

static gboolean
undone_func (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (MosMacro) macro = NULL;

  assert_list (txn, AGENT, "m1 m3");
  g_assert_true (mos_store_macro_find (txn, "m1", &macro, NULL));
  g_assert_cmpstr (macro->name, ==, "Order status");
  g_assert_cmpuint (macro->texts->len, ==, 2);
  g_assert_cmpuint (macro->actions->len, ==, 2);
  return TRUE;
}

static void
test_macros (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  fixture_write (f, NULL, start_func);
  fixture_read (f, look_func);
  fixture_write (f, NULL, use_func);
  fixture_write (f, "macro", change_func);
  fixture_read (f, changed_func);
  fixture_write (f, NULL, undo_func);
  fixture_read (f, undone_func);
  fixture_reopen (f);
  fixture_read (f, undone_func);
  fixture_check (f);
}

/* --- what is attached to one is not thrown away --- */

static gboolean
attach_func (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  Fixture *f = data;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a form", 6);
  g_autoptr (MosMacro) macro = make ("m4", "Form", "form", "", NULL);
  MosAttachment *attachment = mos_attachment_new ();
  char *sha256 = NULL;

  fixture_account (txn, f);
  g_assert_true (mos_store_blob_put (txn, bytes, &sha256, error));
  attachment->name = g_strdup ("form.pdf");
  attachment->type = g_strdup ("application/pdf");
  attachment->size = 6;
  attachment->sha256 = g_strdup (sha256);
  g_ptr_array_add (macro->attachments, attachment);
  f->data = sha256;
  return mos_store_macro_save (txn, macro, error);
}

static gboolean
clean_func (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  return mos_store_blob_clean (txn, NULL, error);
}

static gboolean
attached_func (MosTxn *txn,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  Fixture *f = data;
  g_autoptr (MosMacro) macro = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_assert_true (mos_store_macro_find (txn, "m4", &macro, error));
  g_assert_cmpuint (macro->attachments->len, ==, 1);
  g_assert_cmpstr (((MosAttachment *) macro->attachments->pdata[0])->sha256, ==, f->data);
  g_assert_true (mos_store_blob_find (txn, f->data, &bytes, error));
  g_assert_nonnull (bytes);
  return TRUE;
}

static void
test_attachments (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *sha256 = NULL;

  fixture_write (f, NULL, attach_func);
  sha256 = f->data;
  /* Longer than anything is spared for being new. */
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->clock), 30 * G_TIME_SPAN_DAY);
  fixture_write (f, NULL, clean_func);
  fixture_read (f, attached_func);
  fixture_check (f);
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/store/macros", test_macros);
  g_test_add_func ("/store/macros/attachments", test_attachments);
  return g_test_run ();
}
