/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-test-host-private.h"

#include <string.h>

/* What a test asks of and tells the host; the channel's side is in mos-test-host.c. */

TestMessage *
mos_test_host_find_subject (MosTestHost *self,
                            const char *subject)
{
  for (guint i = 0; i < self->messages->len; i++)
    if (g_strcmp0 (((TestMessage *) self->messages->pdata[i])->subject, subject) == 0)
      return self->messages->pdata[i];
  return NULL;
}

TestOutbox *
mos_test_host_find_outbox (MosTestHost *self,
                           const char *message)
{
  for (guint i = 0; i < self->outbox->len; i++)
    if (g_str_equal (((TestOutbox *) self->outbox->pdata[i])->item->message, message))
      return self->outbox->pdata[i];
  g_assert_not_reached ();
}

MosTestHost *
mos_test_host_new (const char *password)
{
  MosTestHost *self = g_object_new (MOS_TYPE_TEST_HOST, NULL);

  self->password = g_strdup (password);
  return self;
}

void
mos_test_host_set_password (MosTestHost *self,
                            const char *password)
{
  LOCKED;

  g_set_str (&self->password, password);
}

void
mos_test_host_queue (MosTestHost *self,
                     const char *message,
                     const char *message_id,
                     const char *from,
                     const char *to,
                     const char *text)
{
  TestOutbox *o = g_new0 (TestOutbox, 1);
  g_autofree char *raw = g_strdup_printf ("From: <%s>\r\nTo: <%s>\r\nSubject: %s\r\nDate: Mon, 02 Mar 2026 09:00:00 +0000\r\n"
                                          "Message-ID: <%s>\r\nX-Mostrador-Id: %s\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n%s\r\n",
                                          from, to, message, message_id, message, text);
  LOCKED;

  o->item = mos_outbox_item_new ();
  o->item->message = g_strdup (message);
  o->item->message_id = g_strdup (message_id);
  o->item->envelope_from = g_strdup (from);
  o->item->recipients = g_strsplit (to, ",", -1);
  o->item->subject = g_strdup (message);
  o->item->raw = g_bytes_new (raw, strlen (raw));
  o->state = MOS_DELIVERY_QUEUED;
  g_ptr_array_add (self->outbox, o);
}

MosDelivery
mos_test_host_get_delivery (MosTestHost *self,
                            const char *message)
{
  LOCKED;

  return mos_test_host_find_outbox (self, message)->state;
}

char *
mos_test_host_dup_why (MosTestHost *self,
                       const char *message)
{
  LOCKED;

  return g_strdup (mos_test_host_find_outbox (self, message)->why);
}

gboolean
mos_test_host_is_copy_done (MosTestHost *self,
                            const char *message)
{
  LOCKED;

  return mos_test_host_find_outbox (self, message)->copy_done;
}

void
mos_test_host_forget_copy (MosTestHost *self,
                           const char *message)
{
  LOCKED;

  mos_test_host_find_outbox (self, message)->copy_done = FALSE;
}

void
mos_test_host_want_flags (MosTestHost *self,
                          const char *subject,
                          MosMessageFlags add,
                          MosMessageFlags remove)
{
  MosFlagChange *change = mos_flag_change_new ();
  TestMessage *m;
  LOCKED;

  m = mos_test_host_find_subject (self, subject);
  g_assert_nonnull (m);
  change->folder = g_strdup (m->folder);
  change->uidvalidity = m->uidvalidity;
  change->uid = m->uid;
  change->add = add;
  change->remove = remove;
  g_ptr_array_add (self->wanted, change);
}

guint
mos_test_host_count_wanted (MosTestHost *self)
{
  LOCKED;

  return self->wanted->len;
}

guint
mos_test_host_count (MosTestHost *self,
                     int role)
{
  guint n = 0;
  LOCKED;

  for (guint i = 0; i < self->messages->len; i++)
    {
      TestMessage *m = self->messages->pdata[i];

      if (m->folder != NULL && (role < 0 || (int) m->role == role))
        n++;
    }
  return n;
}

guint
mos_test_host_count_known (MosTestHost *self)
{
  LOCKED;

  return self->messages->len;
}

guint
mos_test_host_count_archive (MosTestHost *self)
{
  guint n = 0;
  LOCKED;

  for (guint i = 0; i < self->messages->len; i++)
    n += ((TestMessage *) self->messages->pdata[i])->archive;
  return n;
}

guint
mos_test_host_count_ingested (MosTestHost *self)
{
  LOCKED;

  return self->ingested;
}

void
mos_test_host_lose (MosTestHost *self,
                    const char *folder,
                    guint32 uidvalidity,
                    guint32 uidnext)
{
  LOCKED;

  self->gone = mos_folder_state_new ();
  self->gone->account = g_strdup ("account-1");
  self->gone->folder = g_strdup (folder);
  self->gone->uidvalidity = uidvalidity;
  self->gone->uidnext = uidnext;
  self->gone->places = g_array_new (FALSE, FALSE, sizeof (MosPlace));
}

char *
mos_test_host_dup_fate (MosTestHost *self)
{
  LOCKED;

  return g_strdup (self->fate);
}

guint
mos_test_host_count_rematched (MosTestHost *self)
{
  LOCKED;

  return self->rematched;
}

guint
mos_test_host_count_work_ready (MosTestHost *self)
{
  LOCKED;

  return self->work_ready;
}

gboolean
mos_test_host_has (MosTestHost *self,
                   const char *subject)
{
  LOCKED;

  return mos_test_host_find_subject (self, subject) != NULL;
}

gboolean
mos_test_host_is_removed (MosTestHost *self,
                          const char *subject)
{
  TestMessage *m;
  LOCKED;

  m = mos_test_host_find_subject (self, subject);
  g_assert_nonnull (m);
  return m->folder == NULL;
}

MosMessageFlags
mos_test_host_get_flags (MosTestHost *self,
                         const char *subject)
{
  TestMessage *m;
  LOCKED;

  m = mos_test_host_find_subject (self, subject);
  g_assert_nonnull (m);
  return m->flags;
}

guint32
mos_test_host_get_uid (MosTestHost *self,
                       const char *subject)
{
  TestMessage *m;
  LOCKED;

  m = mos_test_host_find_subject (self, subject);
  g_assert_nonnull (m);
  return m->uid;
}

char *
mos_test_host_nth (MosTestHost *self,
                   guint n)
{
  LOCKED;

  g_assert_cmpuint (n, <, self->messages->len);
  return g_strdup (((TestMessage *) self->messages->pdata[n])->subject);
}

MosAccountState
mos_test_host_get_state (MosTestHost *self)
{
  LOCKED;

  return self->status != NULL ? self->status->state : MOS_ACCOUNT_OFFLINE;
}

MosAccountStatus *
mos_test_host_dup_status (MosTestHost *self)
{
  LOCKED;

  return self->status != NULL ? mos_account_status_ref (self->status) : mos_account_status_new ();
}

guint
mos_test_host_count_passwords (MosTestHost *self)
{
  LOCKED;

  return self->passwords;
}

guint
mos_test_host_get_attempts (MosTestHost *self,
                            const char *message)
{
  LOCKED;

  return mos_test_host_find_outbox (self, message)->attempts;
}

gint64
mos_test_host_get_next_try (MosTestHost *self,
                            const char *message)
{
  LOCKED;

  return mos_test_host_find_outbox (self, message)->next_try_us;
}
