/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "core/store/mos-store-targets.h"
#include "store-fixture.h"

/* The smaller aggregates: outbox, drafts, scheduler, places on servers, customers, tags, and the change set of a commit. */

static gboolean
start_func (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  Fixture *f = data;

  fixture_account (txn, f);
  f->conversation = fixture_conversation (txn, f, "Where is it?");
  fixture_message (txn, f, f->conversation, "m1", MOS_DIRECTION_INCOMING, 1000 * S, "Where?");
  return TRUE;
}

static MosDelivery
delivery_of (MosTxn *txn,
             const char *id)
{
  g_autoptr (MosMessageRow) row = NULL;

  g_assert_true (mos_store_message_find (txn, id, &row, NULL));
  g_assert_nonnull (row);
  return row->delivery;
}

static gboolean
outbox_func (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  Fixture *f = data;
  g_autoptr (MosOutboxItem) item = mos_outbox_item_new ();
  g_autoptr (MosOutboxItem) claimed = NULL;
  g_autoptr (MosOutboxItem) none = NULL;
  g_autoptr (GPtrArray) list = NULL, states = NULL;
  g_autoptr (MosOutboxItem) copy = NULL, second = NULL;
  g_autoptr (GError) local_error = NULL;
  gint64 next = 0;
  g_autoptr (GPtrArray) recovered = NULL;

  fixture_message (txn, f, f->conversation, "out", MOS_DIRECTION_OUTGOING, 2000 * S, "Here.");
  item->message = g_strdup ("out");
  item->account = g_strdup (ACCOUNT);
  item->message_id = g_strdup ("out@shop.example");
  item->envelope_from = g_strdup ("support@shop.example");
  item->recipients = g_strsplit ("ana@example.com,bob \"x\" @example.com", ",", -1);
  item->state = MOS_DELIVERY_QUEUED;
  item->next_try_us = txn->now_us + S;
  item->raw = g_bytes_new_static ("Subject: x\r\n\r\nHere.\r\n", 21);
  g_assert_true (mos_store_outbox_add (txn, item, error));
  g_assert_cmpint (delivery_of (txn, "out"), ==, MOS_DELIVERY_QUEUED);

  /* Not before its time. */
  g_assert_true (mos_store_outbox_claim (txn, ACCOUNT, &none, error));
  g_assert_null (none);
  g_assert_true (mos_store_outbox_get_next_try (txn, NULL, &next, error));
  g_assert_cmpint (next, ==, txn->now_us + S);
  txn->now_us += 2 * S;
  g_assert_true (mos_store_outbox_claim (txn, ACCOUNT, &claimed, error));
  g_assert_nonnull (claimed);
  g_assert_cmpuint (claimed->attempts, ==, 1);
  g_assert_true (g_bytes_equal (claimed->raw, item->raw));
  g_assert_cmpstr (claimed->recipients[1], ==, "bob \"x\" @example.com");
  g_assert_cmpint (delivery_of (txn, "out"), ==, MOS_DELIVERY_SENDING);
  /* Nobody else gets it, and it cannot be taken back now. */
  g_assert_true (mos_store_outbox_claim (txn, ACCOUNT, &none, error));
  g_assert_null (none);
  g_assert_false (mos_store_outbox_cancel (txn, "out", &local_error));
  g_assert_error (local_error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT);

  g_clear_error (&local_error);

  /* A crash before the final dot: nothing was accepted. */
  g_assert_true (mos_store_outbox_recover (txn, &recovered, error));
  g_assert_cmpuint (recovered->len, ==, 0);
  g_assert_cmpint (delivery_of (txn, "out"), ==, MOS_DELIVERY_QUEUED);
  g_assert_false (mos_store_outbox_set_final (txn, "out", NULL, &local_error));
  g_assert_error (local_error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT);
  g_clear_error (&local_error);
  g_clear_pointer (&recovered, g_ptr_array_unref);
  g_clear_pointer (&claimed, mos_outbox_item_unref);

  /* A crash after it: nobody knows. */
  g_assert_true (mos_store_outbox_claim (txn, ACCOUNT, &claimed, error));
  g_assert_cmpuint (claimed->attempts, ==, 2);
  g_assert_true (mos_store_outbox_set_final (txn, "out", NULL, error));
  g_assert_true (mos_store_outbox_recover (txn, &recovered, error));
  g_assert_cmpuint (recovered->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (recovered, 0), ==, "out");
  g_assert_cmpint (delivery_of (txn, "out"), ==, MOS_DELIVERY_UNCERTAIN);
  g_assert_true (mos_store_outbox_set_result (txn, "out", MOS_DELIVERY_ACCEPTED, 0, NULL, "250 ok", error));
  /* Two connections ask for the copy: only one gets it, until it gives it back or its lease is over. */
  g_assert_true (mos_store_outbox_claim_sent_copy (txn, ACCOUNT, 60 * S, &copy, error));
  g_assert_cmpstr (copy->message, ==, "out");
  g_assert_nonnull (copy->raw);
  g_assert_true (mos_store_outbox_claim_sent_copy (txn, ACCOUNT, 60 * S, &second, error));
  g_assert_null (second);
  g_assert_true (mos_store_outbox_release_sent_copy (txn, ACCOUNT, error));
  g_assert_true (mos_store_outbox_claim_sent_copy (txn, ACCOUNT, 60 * S, &second, error));
  g_assert_nonnull (second);
  g_assert_true (mos_store_outbox_set_sent_copy_done (txn, "out", error));
  list = mos_store_outbox_list (txn, NULL, error);
  g_assert_cmpuint (list->len, ==, 0);
  /* accepted (as it was found), queued, sending, queued, sending, uncertain, accepted */
  states = mos_store_message_list_states (txn, "out", error);
  g_assert_cmpuint (states->len, ==, 7);
  return TRUE;
}

static gboolean
draft_func (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  Fixture *f = data;
  g_autoptr (MosDraft) draft = mos_draft_new ();
  g_autoptr (MosDraft) found = NULL;
  g_autoptr (MosDraft) fresh = mos_draft_new ();
  g_autoptr (MosConversationRow) row = NULL;
  g_autoptr (MosView) view = mos_view_make (MOS_VIEW_DRAFTS, NULL);
  g_autoptr (MosView) all = mos_view_make (MOS_VIEW_ALL_OPEN, NULL);
  g_autoptr (GPtrArray) ids = NULL, open = NULL, left = NULL;

  draft->id = g_strdup ("draft-1");
  draft->conversation = g_strdup (f->conversation);
  draft->account = g_strdup (ACCOUNT);
  draft->kind = g_strdup ("reply");
  draft->to = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
  g_ptr_array_add (draft->to, mos_address_make ("Ana \"\\\n García", "ana@example.com"));
  draft->text = g_strdup ("Dear Ana,\n\n日本");
  draft->caret = 7;
  g_assert_true (mos_store_draft_save (txn, draft, error));
  g_assert_true (mos_store_draft_find_of_conversation (txn, f->conversation, "reply", &found, error));
  g_assert_cmpstr (found->text, ==, draft->text);
  g_assert_cmpstr (((MosAddress *) found->to->pdata[0])->name, ==, "Ana \"\\\n García");
  g_assert_cmpint (found->caret, ==, 7);
  g_assert_true (mos_store_conversation_find (txn, f->conversation, &row, error));
  g_assert_true (row->has_draft);

  /* A new mail has no conversation yet: it shows among the drafts and nowhere else. */
  fresh->id = g_strdup ("draft-2");
  fresh->account = g_strdup (ACCOUNT);
  fresh->kind = g_strdup ("new");
  fresh->subject = g_strdup ("News");
  g_assert_true (mos_store_draft_save (txn, fresh, error));
  ids = mos_store_conversation_list_ids (txn, view, AGENT, 0, error);
  open = mos_store_conversation_list_ids (txn, all, AGENT, 0, error);
  g_assert_cmpuint (ids->len, ==, 2);
  g_assert_cmpuint (open->len, ==, 1);
  g_assert_true (mos_store_draft_remove (txn, "draft-2", error));
  g_assert_true (mos_store_draft_remove (txn, "draft-1", error));
  left = mos_store_conversation_list_ids (txn, view, AGENT, 0, error);
  g_assert_cmpuint (left->len, ==, 0);
  return TRUE;
}

static gboolean
due_func (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  Fixture *f = data;
  g_autoptr (GPtrArray) none = NULL, taken = NULL, again = NULL, lost = NULL;
  g_autofree char *key = g_strconcat ("snooze:", f->conversation, NULL);
  g_autoptr (MosDueRow) row = NULL;
  g_autoptr (MosTargets) targets = mos_targets_parse ("");
  gint64 next = 0, until = txn->now_us + 10 * S;

  /* Nothing else is due. */
  g_assert_true (mos_store_targets_add (txn, targets, error));
  g_assert_true (mos_store_due_cancel (txn, MOS_TARGETS_DUE_KIND, error));
  g_assert_true (mos_store_conversation_set_status (txn, f->conversation, MOS_STATUS_SNOOZED, until, error));
  g_assert_true (mos_store_due_get_next (txn, &next, error));
  g_assert_cmpint (next, ==, until);
  none = mos_store_due_take (txn, 10, S, error);
  g_assert_cmpuint (none->len, ==, 0);

  /* However late: there is no lower bound. */
  txn->now_us += 30 * G_TIME_SPAN_DAY;
  taken = mos_store_due_take (txn, 10, 60 * S, error);
  g_assert_cmpuint (taken->len, ==, 1);
  again = mos_store_due_take (txn, 10, 60 * S, error);
  g_assert_cmpuint (again->len, ==, 0);
  /* Its taker died: it comes back when the lease is over. */
  txn->now_us += 61 * S;
  lost = mos_store_due_take (txn, 10, 60 * S, error);
  g_assert_cmpuint (lost->len, ==, 1);
  g_assert_true (mos_store_due_settle (txn, ((MosDueRow *) lost->pdata[0])->id, MOS_DUE_DONE, error));
  g_assert_true (mos_store_due_get_next (txn, &next, error));
  g_assert_cmpint (next, ==, 0);

  g_assert_true (mos_store_conversation_set_status (txn, f->conversation, MOS_STATUS_SNOOZED, txn->now_us + S, error));
  g_assert_true (mos_store_conversation_set_status (txn, f->conversation, MOS_STATUS_OPEN, 0, error));
  g_assert_true (mos_store_due_find (txn, key, &row, error));
  g_assert_cmpint (row->state, ==, MOS_DUE_CANCELLED);
  return TRUE;
}

static gboolean
folder_func (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (MosFolderRow) folder = mos_folder_row_new ();
  g_autoptr (MosFolderRow) found = NULL;
  g_autoptr (MosLocation) location = mos_location_new ();
  g_autoptr (MosMessageRow) row = NULL;
  g_autoptr (GPtrArray) wanted = NULL, settled = NULL, list = NULL;
  g_autofree char *message = NULL;

  folder->account = g_strdup (ACCOUNT);
  folder->name = g_strdup ("INBOX");
  folder->role = MOS_FOLDER_INBOX;
  folder->uidvalidity = 4000000000u;
  folder->uid_next = 7;
  folder->followed = TRUE;
  g_assert_true (mos_store_folder_save (txn, folder, error));
  g_assert_true (mos_store_folder_find (txn, ACCOUNT, "INBOX", &found, error));
  g_assert_cmpuint (found->uidvalidity, ==, 4000000000u);

  location->message = g_strdup ("m1");
  location->folder = g_strdup (found->id);
  location->uidvalidity = found->uidvalidity;
  location->uid = 6;
  g_assert_true (mos_store_location_put (txn, location, error));
  g_assert_true (mos_store_location_put (txn, location, error));
  g_assert_true (mos_store_location_find (txn, found->id, found->uidvalidity, 6, &message, error));
  g_assert_cmpstr (message, ==, "m1");

  /* Read here: to be written there. */
  g_assert_true (mos_store_message_set_read (txn, "m1", TRUE, TRUE, error));
  wanted = mos_store_location_list_wanted (txn, ACCOUNT, error);
  g_assert_cmpuint (wanted->len, ==, 1);
  g_assert_cmpint (((MosLocation *) wanted->pdata[0])->want_set, ==, MOS_MESSAGE_FLAG_SEEN);
  g_assert_true (mos_store_location_settle (txn, found->id, found->uidvalidity, 6, MOS_MESSAGE_FLAG_SEEN, 0, error));
  settled = mos_store_location_list_wanted (txn, ACCOUNT, error);
  g_assert_cmpuint (settled->len, ==, 0);
  /* Unread there: unread here. */
  g_assert_true (mos_store_location_set_flags (txn, found->id, found->uidvalidity, 6, 0, error));
  g_assert_true (mos_store_message_find (txn, "m1", &row, error));
  g_assert_true (row->unread);
  g_clear_pointer (&row, mos_message_row_unref);

  /* Gone there: marked here, and back again. */
  g_assert_true (mos_store_location_set_removed (txn, found->id, found->uidvalidity, 6, error));
  g_assert_true (mos_store_message_find (txn, "m1", &row, error));
  g_assert_true (row->removed_on_server);
  g_clear_pointer (&row, mos_message_row_unref);
  g_assert_true (mos_store_location_put (txn, location, error));
  g_assert_true (mos_store_message_find (txn, "m1", &row, error));
  g_assert_false (row->removed_on_server);

  /* Another uidvalidity voids the places. */
  folder->uidvalidity = 5;
  g_assert_true (mos_store_folder_save (txn, folder, error));
  list = mos_store_location_list_of_message (txn, "m1", error);
  g_assert_cmpuint (list->len, ==, 0);
  return TRUE;
}

static gboolean
customer_func (MosTxn *txn,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  static const struct
  {
    const char *text;
    guint found;
  } cases[] = { { "ana", 1 }, { "GARCIA", 1 }, { "ana gar", 1 }, { "ana@exa", 1 }, { "gar", 1 }, { "bob", 0 }, { "", 0 }, { "%", 0 } };
  Fixture *f = data;
  g_autofree char *customer = NULL;
  g_autoptr (MosCustomerRow) row = NULL;
  g_auto (GStrv) tags = NULL;

  /* The same person under another spelling of the same address. */
  g_assert_true (mos_store_customer_ensure (txn, "email", "", " ANA@example.COM ", NULL, "mail", 400 * S, &customer, NULL, error));
  g_assert_cmpstr (customer, ==, f->customer);
  g_assert_true (mos_store_customer_link (txn, customer, "phone", NULL, "+34600000000", FALSE, "agent", error));
  g_assert_true (mos_store_customer_find (txn, customer, &row, error));
  g_assert_cmpstr (row->name, ==, "Ana García");
  g_assert_cmpint (row->first_seen_us, ==, 400 * S);
  g_assert_cmpuint (row->identities->len, ==, 2);
  g_assert_cmpuint (row->open_count, ==, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) found = mos_store_address_complete (txn, cases[i].text, 5, error);

      g_assert_nonnull (found);
      g_assert_cmpuint (found->len, ==, cases[i].found);
    }

  /* Taken from its customer, an address is offered no more; given to one again, it is. */
  {
    g_autoptr (GPtrArray) without = NULL;
    g_autoptr (GPtrArray) again = NULL;

    g_assert_true (mos_store_customer_unlink (txn, customer, f->identity, error));
    without = mos_store_address_complete (txn, "ana", 5, error);
    g_assert_nonnull (without);
    g_assert_cmpuint (without->len, ==, 0);
    g_assert_true (mos_store_customer_link (txn, customer, "email", NULL, "ana@example.com", FALSE, "agent", error));
    again = mos_store_address_complete (txn, "ana", 5, error);
    g_assert_nonnull (again);
    g_assert_cmpuint (again->len, ==, 1);
  }

  /* One tag, however it is written. */
  g_assert_true (mos_store_tag_set (txn, f->conversation, "Größe", TRUE, error));
  g_assert_true (mos_store_tag_set (txn, f->conversation, "GROSSE", TRUE, error));
  tags = mos_store_tag_list (txn, error);
  g_assert_cmpuint (g_strv_length (tags), ==, 1);
  g_assert_cmpstr (tags[0], ==, "Größe");
  return TRUE;
}

static void
run (gconstpointer func)
{
  g_autoptr (Fixture) f = fixture_new ();

  fixture_write (f, NULL, start_func);
  fixture_write (f, NULL, (MosStoreFunc) func);
  fixture_check (f);
}

/* --- change sets --- */

static void
changed_cb (MosStore *store,
            MosChangeSet *set,
            GPtrArray *sets)
{
  g_ptr_array_add (sets, mos_change_set_ref (set));
}

static gboolean
fail_func (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  Fixture *f = data;

  g_assert_true (mos_store_conversation_set_priority (txn, f->conversation, MOS_PRIORITY_URGENT, error));
  g_set_error_literal (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED, "no");
  return FALSE;
}

static gboolean
priority_func (MosTxn *txn,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  Fixture *f = data;

  return mos_store_conversation_set_priority (txn, f->conversation, MOS_PRIORITY_URGENT, error);
}

static gboolean
place_func (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (MosFolderRow) folder = mos_folder_row_new ();
  g_autoptr (MosLocation) location = mos_location_new ();

  folder->account = g_strdup (ACCOUNT);
  folder->name = g_strdup ("INBOX");
  folder->role = MOS_FOLDER_INBOX;
  folder->uidvalidity = 7;
  location->message = g_strdup ("m1");
  location->folder = mos_store_folder_id (ACCOUNT, "INBOX");
  location->uidvalidity = 7;
  location->uid = 6;
  return mos_store_folder_save (txn, folder, error) && mos_store_location_put (txn, location, error) &&
         mos_store_message_set_delivery (txn, "m1", MOS_DELIVERY_ACCEPTED, NULL, NULL, error);
}

static gboolean
read_func (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  return mos_store_message_set_read (txn, "m1", TRUE, TRUE, error);
}

static void
test_change_set (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GPtrArray) sets = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_change_set_unref);
  g_autoptr (GError) error = NULL;
  MosChangeSet *set;

  fixture_write (f, NULL, start_func);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_signal_connect (f->store, "changed", G_CALLBACK (changed_cb), sets);

  /* What was rolled back changed nothing, what is the same already neither. */
  g_assert_false (mos_store_write_sync (f->store, NULL, "x", fail_func, f, NULL, NULL, &error));
  g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_FAILED);
  fixture_write (f, "priority", priority_func);
  g_assert_cmpint (f->batch, >, 0);
  fixture_write (f, "priority", priority_func);
  g_assert_cmpint (f->batch, ==, 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (sets->len, ==, 1);
  set = sets->pdata[0];
  g_assert_cmpuint (set->conversations->len, ==, 1);
  g_assert_cmpstr (set->conversations->pdata[0], ==, f->conversation);
  g_assert_cmpuint (set->messages->len, ==, 0);
  g_assert_true (set->counts_changed);
  g_assert_false (set->outbox_changed);
  g_assert_cmpint (set->seq, >, 0);

  /* Mail that comes leaves nothing to be written to the server, reading it does. */
  g_ptr_array_set_size (sets, 0);
  fixture_write (f, NULL, place_func);
  fixture_write (f, NULL, read_func);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (sets->len, ==, 2);
  set = sets->pdata[0];
  g_assert_cmpuint (set->messages->len, >, 0);
  g_assert_false (set->wanted_changed);
  set = sets->pdata[1];
  g_assert_true (set->wanted_changed);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/store/outbox", outbox_func, run);
  g_test_add_data_func ("/store/draft", draft_func, run);
  g_test_add_data_func ("/store/due", due_func, run);
  g_test_add_data_func ("/store/folder", folder_func, run);
  g_test_add_data_func ("/store/customer", customer_func, run);
  g_test_add_func ("/store/change-set", test_change_set);

  return g_test_run ();
}
