/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-actions.h"
#include "core/desk/mos-composing.h"
#include "core/desk/mos-rows.h"
#include "core/mail/mime/mos-mime.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-targets.h"

#include <string.h>

typedef struct
{
  TestFunc func;
  gpointer data;
} TestStep;

static gboolean
test_step_run (MosTxn *txn,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  TestStep *step = data;

  return step->func (txn, step->data, error);
}

void
test_write (MosStore *store,
            TestFunc func,
            gpointer data)
{
  TestStep step = { func, data };
  MosActor actor = { MOS_ACTOR_HUMAN, NULL };
  GError *error = NULL;

  mos_store_write_sync (store, &actor, NULL, test_step_run, &step, NULL, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
test_do_account (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  g_autoptr (MosAccount) account = mos_account_new ();

  account->id = g_strdup (ACCOUNT);
  account->kind = g_strdup ("email");
  account->name = g_strdup ("Support");
  account->address = g_strdup ("support@shop.example");
  mos_account_fill (account);
  g_free (account->smtp->host);
  account->smtp->host = g_strdup ("smtp.shop.example");
  return mos_store_account_save (txn, account, error);
}

MosIncoming *
test_make_incoming (const char *mail,
                    MosFolderRole role,
                    guint32 uid,
                    gint64 received_us)
{
  MosIncoming *incoming = mos_incoming_new ();

  incoming->account = g_strdup (ACCOUNT);
  incoming->folder = g_strdup (role == MOS_FOLDER_SENT ? "Sent" : "INBOX");
  incoming->role = role;
  incoming->uidvalidity = 1;
  incoming->uid = uid;
  incoming->received_us = received_us;
  incoming->raw = g_bytes_new (mail, strlen (mail));
  incoming->parsed = mos_mime_parse (incoming->raw, NULL);
  return incoming;
}

MosIngestResult *
test_ingest (MosStore *store,
             const char *mail,
             MosFolderRole role,
             guint32 uid,
             gint64 received_us)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_incoming_unref);
  g_autoptr (GPtrArray) results = NULL;
  GError *error = NULL;

  g_ptr_array_add (batch, test_make_incoming (mail, role, uid, received_us));
  mos_ingest_batch_sync (store, batch, &results, NULL, &error);
  g_assert_no_error (error);
  return mos_ingest_result_ref (g_ptr_array_index (results, 0));
}

static gboolean
test_do_look (MosTxn *txn,
              gpointer data,
              GError **error)
{
  TestLook *look = data;

  look->messages = mos_store_message_list_of_conversation (txn, look->id, error);
  return look->messages != NULL && mos_store_conversation_find (txn, look->id, &look->row, error);
}

void
test_look_clear (TestLook *look)
{
  g_clear_pointer (&look->row, mos_conversation_row_unref);
  g_clear_pointer (&look->messages, g_ptr_array_unref);
}

void
test_look (MosStore *store,
           const char *id,
           TestLook *look)
{
  look->id = id;
  test_write (store, test_do_look, look);
  g_assert_nonnull (look->row);
}

const char test_mail_one[] = "From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Where?\nMessage-ID: <one@mail.example>\n"
                             "Date: Mon, 02 Mar 2026 08:00:00 +0000\n\nHello\n";
const char test_mail_two[] = "From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Re: Where?\nMessage-ID: <two@mail.example>\n"
                             "In-Reply-To: <one@mail.example>\nDate: Mon, 02 Mar 2026 08:30:00 +0000\n\nHello?\n";

MosTestStore *
test_desk_store (void)
{
  MosTestStore *t = mos_test_store_new ();

  test_write (t->store, test_do_account, NULL);
  return t;
}

gboolean
test_do_status (MosTxn *txn,
                gpointer data,
                GError **error)
{
  TestStatus *status = data;
  const char *ids[] = { status->id, NULL };

  return mos_action_set_status (txn, ids, status->status, status->until_us, error);
}

MosMessageRow *
test_look_find (TestLook *look,
                const char *message)
{
  for (guint i = 0; i < look->messages->len; i++)
    {
      MosMessageRow *row = g_ptr_array_index (look->messages, i);

      if (strcmp (row->id, message) == 0)
        return row;
    }
  return NULL;
}

gboolean
test_do_reply (MosTxn *txn,
               gpointer data,
               GError **error)
{
  static const MosQuoteTexts texts = { "{sender}, {date}:", "--", "%F" };
  TestReply *reply = data;
  g_autoptr (MosDraft) draft = NULL;
  g_autoptr (MosMessageRow) row = NULL;
  g_autofree char *again = NULL;

  if (!mos_draft_prepare (txn, "reply", reply->conversation, NULL, NULL, &texts, &draft, error))
    return FALSE;
  g_set_str (&draft->text, "It left today.");
  if (!mos_draft_send (txn, draft, MOS_STATUS_CLOSED, 0, &reply->message, error) ||
      !mos_draft_send (txn, draft, MOS_STATUS_CLOSED, 0, &again, error))
    return FALSE;
  /* A double click sends once. */
  g_assert_cmpstr (again, ==, reply->message);
  if (!mos_store_message_find (txn, reply->message, &row, error))
    return FALSE;
  reply->message_id = g_strdup (row->message_id);
  return TRUE;
}

void
test_reply_clear (TestReply *reply)
{
  g_free (reply->message);
  g_free (reply->message_id);
}

char *
test_make_bounce (const char *message_id)
{
  return g_strdup_printf ("From: MAILER-DAEMON@mx.example\nTo: support@shop.example\nSubject: Undelivered Mail\nMessage-ID: <b@mx.example>\n"
                          "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
                          "--b\nContent-Type: text/plain\n\nNo such user\n"
                          "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
                          "Final-Recipient: rfc822; ana@mail.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 unknown\n\n"
                          "--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <%s>\nSubject: Re: Where?\n\n--b--\n",
                          message_id);
}

static gboolean
do_without_targets (MosTxn *txn,
                    gpointer data,
                    GError **error)
{
  g_autoptr (MosTargets) none = mos_targets_parse ("");

  return mos_store_targets_add (txn, none, error);
}

MosTestStore *
test_desk_store_without_targets (void)
{
  MosTestStore *t = test_desk_store ();

  test_write (t->store, do_without_targets, NULL);
  return t;
}
