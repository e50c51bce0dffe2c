/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-test-host-private.h"

#include <string.h>

static void mos_test_host_iface_init (MosChannelHostInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MosTestHost, mos_test_host, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (MOS_TYPE_CHANNEL_HOST, mos_test_host_iface_init))

static void
test_message_free (TestMessage *m)
{
  g_free (m->digest);
  g_free (m->subject);
  g_free (m->folder);
  g_free (m->message_id);
  g_free (m);
}

static void
test_outbox_free (TestOutbox *o)
{
  mos_outbox_item_unref (o->item);
  g_free (o->why);
  g_free (o);
}

static TestMessage *
find_place (MosTestHost *self,
            const char *folder,
            guint32 uidvalidity,
            guint32 uid)
{
  for (guint i = 0; i < self->messages->len; i++)
    {
      TestMessage *m = self->messages->pdata[i];

      if (m->folder != NULL && g_str_equal (m->folder, folder) && m->uidvalidity == uidvalidity && m->uid == uid)
        return m;
    }
  return NULL;
}

static gboolean
ingest_sync (MosChannelHost *host,
             GPtrArray *incoming,
             MosIngestFlags flags,
             MosSyncCounts *ret_counts,
             GCancellable *cancellable,
             GError **error)
{
  MosTestHost *self = MOS_TEST_HOST (host);
  LOCKED;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  for (guint i = 0; i < incoming->len; i++)
    {
      MosIncoming *in = incoming->pdata[i];
      TestMessage *m = NULL;

      g_assert_nonnull (in->parsed);
      g_assert_cmpuint (in->uid, >, 0);
      g_assert_cmpuint (in->uidvalidity, >, 0);
      g_assert_null (find_place (self, in->folder, in->uidvalidity, in->uid));
      self->ingested++;
      for (guint j = 0; j < self->messages->len; j++)
        if (g_str_equal (((TestMessage *) self->messages->pdata[j])->digest, in->parsed->digest))
          m = self->messages->pdata[j];
      if (m == NULL)
        {
          m = g_new0 (TestMessage, 1);
          m->digest = g_strdup (in->parsed->digest);
          m->subject = g_strdup (in->parsed->subject);
          m->message_id = g_strdup (in->parsed->message_id);
          m->archive = in->archive;
          g_ptr_array_add (self->messages, m);
          ret_counts->added++;
        }
      g_set_str (&m->folder, in->folder);
      m->role = in->role;
      m->uidvalidity = in->uidvalidity;
      m->uid = in->uid;
      m->flags = in->flags;
      m->received_us = in->received_us;
      m->size = g_bytes_get_size (in->raw);
    }
  return TRUE;
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  guint32 x = ((const MosPlace *) a)->uid;
  guint32 y = ((const MosPlace *) b)->uid;

  return x < y ? -1 : x > y;
}

static MosFolderState *
load_folder_sync (MosChannelHost *host,
                  const char *account,
                  const char *folder,
                  GCancellable *cancellable,
                  GError **error)
{
  MosTestHost *self = MOS_TEST_HOST (host);
  MosFolderState *state = mos_folder_state_new ();
  MosFolderState *cursor;
  LOCKED;

  cursor = g_hash_table_lookup (self->cursors, folder);
  state->work_ready = self->work_ready > 0;
  state->account = g_strdup (account);
  state->folder = g_strdup (folder);
  state->places = g_array_new (FALSE, FALSE, sizeof (MosPlace));
  if (cursor == NULL)
    return state;

  state->role = cursor->role;
  state->uidvalidity = cursor->uidvalidity;
  state->uidnext = cursor->uidnext;
  state->modseq = cursor->modseq;
  state->first_sync_done = cursor->first_sync_done;
  state->on_server = cursor->on_server;
  for (guint i = 0; i < self->messages->len; i++)
    {
      TestMessage *m = self->messages->pdata[i];
      MosPlace place = { m->uid, m->flags };

      if (m->folder != NULL && g_str_equal (m->folder, folder) && m->uidvalidity == cursor->uidvalidity)
        g_array_append_val (state->places, place);
    }
  g_array_sort (state->places, compare_places);
  return state;
}

static gboolean
save_folder_sync (MosChannelHost *host,
                  MosFolderState *state,
                  GCancellable *cancellable,
                  GError **error)
{
  MosTestHost *self = MOS_TEST_HOST (host);
  LOCKED;

  g_hash_table_replace (self->cursors, g_strdup (state->folder), mos_folder_state_ref (state));
  return TRUE;
}

/* Only Inbox and Sent: the owner's choice is the desk's, and tested with it. */
static gboolean
follow_folders_sync (MosChannelHost *host,
                     const char *account,
                     GPtrArray *listed,
                     GPtrArray **ret_followed,
                     GPtrArray **ret_gone,
                     GCancellable *cancellable,
                     GError **error)
{
  MosTestHost *self = MOS_TEST_HOST (host);
  LOCKED;

  *ret_followed = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_server_folder_unref);
  *ret_gone = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_folder_state_unref);
  for (guint i = 0; i < listed->len; i++)
    {
      MosServerFolder *one = listed->pdata[i];

      one->is_known = g_hash_table_contains (self->cursors, one->folder);
      if (one->is_always)
        g_ptr_array_add (*ret_followed, mos_server_folder_ref (one));
    }
  if (self->gone != NULL)
    g_ptr_array_add (*ret_gone, mos_folder_state_ref (self->gone));
  return TRUE;
}

static gboolean
rename_folder_sync (MosChannelHost *host,
                    const char *account,
                    const char *folder,
                    const char *now,
                    GCancellable *cancellable,
                    GError **error)
{
  MosTestHost *self = MOS_TEST_HOST (host);
  LOCKED;

  g_assert_nonnull (self->gone);
  g_assert_cmpstr (folder, ==, self->gone->folder);
  g_clear_pointer (&self->gone, mos_folder_state_unref);
  self->fate = g_strconcat ("renamed ", now, NULL);
  return TRUE;
}

static gboolean
drop_folder_sync (MosChannelHost *host,
                  const char *account,
                  const char *folder,
                  GCancellable *cancellable,
                  GError **error)
{
  MosTestHost *self = MOS_TEST_HOST (host);
  LOCKED;

  g_assert_nonnull (self->gone);
  g_clear_pointer (&self->gone, mos_folder_state_unref);
  self->fate = g_strdup ("dropped");
  return TRUE;
}

static gboolean
note_missing_sync (MosChannelHost *host,
                   const char *account,
                   const char *folder,
                   guint32 uidvalidity,
                   GArray *uids,
                   const char *why,
                   const char *detail,
                   GCancellable *cancellable,
                   GError **error)
{
  MosTestHost *self = MOS_TEST_HOST (host);
  LOCKED;

  self->missing += uids->len;
  return TRUE;
}

static gboolean
is_audit_due_sync (MosChannelHost *host,
                   const char *account,
                   gboolean *ret_is_due,
                   GCancellable *cancellable,
                   GError **error)
{
  *ret_is_due = FALSE;
  return TRUE;
}

static gboolean
record_audit_sync (MosChannelHost *host,
                   const char *account,
                   MosAuditResult *result,
                   GCancellable *cancellable,
                   GError **error)
{
  return TRUE;
}

static gboolean
rematch_sync (MosChannelHost *host,
              const char *account,
              const char *folder,
              MosFolderRole role,
              guint32 uidvalidity,
              GPtrArray *candidates,
              GArray **ret_unknown,
              GCancellable *cancellable,
              GError **error)
{
  MosTestHost *self = MOS_TEST_HOST (host);
  MosFolderState *cursor = mos_folder_state_new ();
  LOCKED;

  *ret_unknown = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; i < candidates->len; i++)
    {
      MosRematch *c = candidates->pdata[i];
      TestMessage *match = NULL;

      for (guint j = 0; j < self->messages->len; j++)
        {
          TestMessage *m = self->messages->pdata[j];

          if (m->folder != NULL && g_str_equal (m->folder, folder) && m->uidvalidity != uidvalidity && m->size == c->size && g_strcmp0 (m->message_id, c->message_id) == 0 && m->received_us == c->received_us)
            match = m;
        }
      if (match == NULL)
        {
          g_array_append_val (*ret_unknown, c->uid);
          continue;
        }
      match->uidvalidity = uidvalidity;
      match->uid = c->uid;
      match->flags = c->flags;
      self->rematched++;
    }
  for (guint j = 0; j < self->messages->len; j++)
    {
      TestMessage *m = self->messages->pdata[j];

      if (m->folder != NULL && g_str_equal (m->folder, folder) && m->uidvalidity != uidvalidity)
        g_clear_pointer (&m->folder, g_free);
    }

  cursor->account = g_strdup (account);
  cursor->folder = g_strdup (folder);
  cursor->role = role;
  cursor->uidvalidity = uidvalidity;
  cursor->first_sync_done = TRUE;
  cursor->places = g_array_new (FALSE, FALSE, sizeof (MosPlace));
  g_hash_table_replace (self->cursors, g_strdup (folder), cursor);
  return TRUE;
}

static gboolean
flags_changed_sync (MosChannelHost *host,
                    const char *account,
                    const char *folder,
                    guint32 uidvalidity,
                    GArray *places,
                    GCancellable *cancellable,
                    GError **error)
{
  MosTestHost *self = MOS_TEST_HOST (host);
  LOCKED;

  for (guint i = 0; i < places->len; i++)
    {
      const MosPlace *place = &g_array_index (places, MosPlace, i);
      TestMessage *m = find_place (self, folder, uidvalidity, place->uid);

      g_assert_nonnull (m);
      m->flags = place->flags;
    }
  return TRUE;
}

static gboolean
removed_sync (MosChannelHost *host,
              const char *account,
              const char *folder,
              guint32 uidvalidity,
              GArray *uids,
              GCancellable *cancellable,
              GError **error)
{
  MosTestHost *self = MOS_TEST_HOST (host);
  LOCKED;

  for (guint i = 0; i < uids->len; i++)
    {
      TestMessage *m = find_place (self, folder, uidvalidity, g_array_index (uids, guint32, i));

      g_assert_nonnull (m);
      g_clear_pointer (&m->folder, g_free);
    }
  return TRUE;
}

static gboolean
work_ready_sync (MosChannelHost *host,
                 const char *account,
                 GCancellable *cancellable,
                 GError **error)
{
  MosTestHost *self = MOS_TEST_HOST (host);
  LOCKED;

  self->work_ready++;
  return TRUE;
}

static GPtrArray *
list_flag_changes_sync (MosChannelHost *host,
                        const char *account,
                        GCancellable *cancellable,
                        GError **error)
{
  MosTestHost *self = MOS_TEST_HOST (host);
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_flag_change_unref);
  LOCKED;

  for (guint i = 0; i < self->wanted->len; i++)
    g_ptr_array_add (list, mos_flag_change_ref (self->wanted->pdata[i]));
  return list;
}

static gboolean
finish_flag_changes_sync (MosChannelHost *host,
                          const char *account,
                          GPtrArray *done,
                          GCancellable *cancellable,
                          GError **error)
{
  MosTestHost *self = MOS_TEST_HOST (host);
  LOCKED;

  for (guint i = 0; i < done->len; i++)
    g_assert_true (g_ptr_array_remove (self->wanted, done->pdata[i]));
  return TRUE;
}

static gboolean
peek_outbox_sync (MosChannelHost *host,
                  const char *account,
                  gint64 now_us,
                  char **ret_message,
                  gint64 *ret_next_us,
                  GCancellable *cancellable,
                  GError **error)
{
  MosTestHost *self = MOS_TEST_HOST (host);
  LOCKED;

  *ret_message = NULL;
  *ret_next_us = 0;
  for (guint i = 0; i < self->outbox->len; i++)
    {
      TestOutbox *o = self->outbox->pdata[i];

      if (o->state != MOS_DELIVERY_QUEUED)
        continue;
      if (o->next_try_us <= now_us)
        {
          *ret_message = g_strdup (o->item->message);
          *ret_next_us = 0;
          return TRUE;
        }
      if (*ret_next_us == 0 || o->next_try_us < *ret_next_us)
        *ret_next_us = o->next_try_us;
    }
  return TRUE;
}

static gboolean
claim_outbox_sync (MosChannelHost *host,
                   const char *account,
                   gint64 now_us,
                   MosOutboxItem **ret_item,
                   GCancellable *cancellable,
                   GError **error)
{
  MosTestHost *self = MOS_TEST_HOST (host);
  LOCKED;

  *ret_item = NULL;
  for (guint i = 0; i < self->outbox->len; i++)
    {
      TestOutbox *o = self->outbox->pdata[i];

      /* By the clock, whatever the caller hopes: as the store does. */
      if (o->state == MOS_DELIVERY_QUEUED && o->next_try_us <= g_get_real_time ())
        {
          o->state = MOS_DELIVERY_SENDING;
          o->attempts++;
          o->item->attempts = o->attempts;
          *ret_item = mos_outbox_item_ref (o->item);
          return TRUE;
        }
    }
  return TRUE;
}

static gboolean
final_outbox_sync (MosChannelHost *host,
                   const char *account,
                   const char *message,
                   GCancellable *cancellable,
                   GError **error)
{
  MosTestHost *self = MOS_TEST_HOST (host);
  LOCKED;

  g_assert_cmpint (mos_test_host_find_outbox (self, message)->state, ==, MOS_DELIVERY_SENDING);
  return TRUE;
}

static gboolean
report_send_sync (MosChannelHost *host,
                  const char *account,
                  MosSendResult *result,
                  GCancellable *cancellable,
                  GError **error)
{
  MosTestHost *self = MOS_TEST_HOST (host);
  TestOutbox *o;
  LOCKED;

  o = mos_test_host_find_outbox (self, result->message);
  o->state = result->state;
  o->next_try_us = result->next_try_us;
  g_set_str (&o->why, result->why);
  return TRUE;
}

static gboolean
claim_sent_copy_sync (MosChannelHost *host,
                      const char *account,
                      MosOutboxItem **ret_item,
                      GCancellable *cancellable,
                      GError **error)
{
  MosTestHost *self = MOS_TEST_HOST (host);
  LOCKED;

  *ret_item = NULL;
  for (guint i = 0; i < self->outbox->len; i++)
    {
      TestOutbox *o = self->outbox->pdata[i];

      if (o->state == MOS_DELIVERY_ACCEPTED && !o->copy_done)
        {
          o->item->copy_attempts++;
          g_set_str (&o->item->sent_filing, self->sent_filing);
          *ret_item = mos_outbox_item_ref (o->item);
          return TRUE;
        }
    }
  return TRUE;
}

static gboolean
note_server_sync (MosChannelHost *host,
                  const char *account,
                  const char *what,
                  const char *value,
                  GCancellable *cancellable,
                  GError **error)
{
  MosTestHost *self = MOS_TEST_HOST (host);
  LOCKED;

  if (g_str_equal (what, MOS_SERVER_SENT_FILING))
    g_set_str (&self->sent_filing, value);
  return TRUE;
}

static gboolean
record_sent_copy_sync (MosChannelHost *host,
                       const char *account,
                       const char *message,
                       const char *folder,
                       guint32 uidvalidity,
                       guint32 uid,
                       const char *message_id,
                       GCancellable *cancellable,
                       GError **error)
{
  MosTestHost *self = MOS_TEST_HOST (host);
  TestOutbox *o;
  TestMessage *m;
  LOCKED;

  o = mos_test_host_find_outbox (self, message);
  o->copy_done = TRUE;
  m = mos_test_host_find_subject (self, o->item->subject);
  if (folder == NULL || m != NULL)
    return TRUE;

  m = g_new0 (TestMessage, 1);
  m->digest = g_strdup (message);
  m->subject = g_strdup (o->item->subject);
  m->folder = g_strdup (folder);
  m->role = MOS_FOLDER_SENT;
  m->uidvalidity = uidvalidity;
  m->uid = uid;
  m->flags = MOS_MESSAGE_FLAG_SEEN;
  g_ptr_array_add (self->messages, m);
  return TRUE;
}

static gboolean
skip_sent_copy_sync (MosChannelHost *host,
                     const char *account,
                     const char *message,
                     const char *why,
                     const char *detail,
                     GCancellable *cancellable,
                     GError **error)
{
  MosTestHost *self = MOS_TEST_HOST (host);
  TestOutbox *o;
  LOCKED;

  o = mos_test_host_find_outbox (self, message);
  o->copy_done = TRUE;
  g_set_str (&o->why, why);
  return TRUE;
}

static char *
dup_password_sync (MosChannelHost *host,
                   const char *account,
                   GCancellable *cancellable,
                   GError **error)
{
  MosTestHost *self = MOS_TEST_HOST (host);
  LOCKED;

  self->passwords++;
  if (self->password == NULL)
    g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_PASSWORD, "no password");
  return g_strdup (self->password);
}

static void
status_changed (MosChannelHost *host,
                MosAccountStatus *status)
{
  MosTestHost *self = MOS_TEST_HOST (host);
  LOCKED;

  g_clear_pointer (&self->status, mos_account_status_unref);
  self->status = mos_account_status_ref (status);
}

static void
mos_test_host_iface_init (MosChannelHostInterface *iface)
{
  iface->ingest_sync = ingest_sync;
  iface->load_folder_sync = load_folder_sync;
  iface->save_folder_sync = save_folder_sync;
  iface->follow_folders_sync = follow_folders_sync;
  iface->rename_folder_sync = rename_folder_sync;
  iface->drop_folder_sync = drop_folder_sync;
  iface->note_missing_sync = note_missing_sync;
  iface->is_audit_due_sync = is_audit_due_sync;
  iface->record_audit_sync = record_audit_sync;
  iface->rematch_sync = rematch_sync;
  iface->flags_changed_sync = flags_changed_sync;
  iface->removed_sync = removed_sync;
  iface->work_ready_sync = work_ready_sync;
  iface->list_flag_changes_sync = list_flag_changes_sync;
  iface->finish_flag_changes_sync = finish_flag_changes_sync;
  iface->peek_outbox_sync = peek_outbox_sync;
  iface->claim_outbox_sync = claim_outbox_sync;
  iface->final_outbox_sync = final_outbox_sync;
  iface->report_send_sync = report_send_sync;
  iface->claim_sent_copy_sync = claim_sent_copy_sync;
  iface->record_sent_copy_sync = record_sent_copy_sync;
  iface->skip_sent_copy_sync = skip_sent_copy_sync;
  iface->note_server_sync = note_server_sync;
  iface->dup_password_sync = dup_password_sync;
  iface->status_changed = status_changed;
}

static void
mos_test_host_finalize (GObject *object)
{
  MosTestHost *self = MOS_TEST_HOST (object);

  g_free (self->password);
  g_free (self->sent_filing);
  g_clear_pointer (&self->gone, mos_folder_state_unref);
  g_free (self->fate);
  g_ptr_array_unref (self->messages);
  g_hash_table_unref (self->cursors);
  g_ptr_array_unref (self->outbox);
  g_ptr_array_unref (self->wanted);
  g_clear_pointer (&self->status, mos_account_status_unref);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (mos_test_host_parent_class)->finalize (object);
}

static void
mos_test_host_class_init (MosTestHostClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_test_host_finalize;
}

static void
mos_test_host_init (MosTestHost *self)
{
  g_mutex_init (&self->mutex);
  self->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) test_message_free);
  self->cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) mos_folder_state_unref);
  self->outbox = g_ptr_array_new_with_free_func ((GDestroyNotify) test_outbox_free);
  self->wanted = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_flag_change_unref);
}
