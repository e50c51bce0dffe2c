/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-actions.h"
#include "core/desk/mos-import-job-private.h"
#include "core/desk/mos-rows.h"
#include "core/store/mos-store-accounts.h"

#include <string.h>

/* A later version reads a mail better than the one that stored it, and the message's id holds what the mail says. */

#define HEAD "From: Ana <ana@mail.example>\r\nTo: support@shop.example\r\nDate: Mon, 2 Nov 2026 10:00:00 +0000\r\nSubject: Pedido\r\n"
#define NAMED HEAD "Message-ID: <one@mail.example>\r\n\r\n¿Dónde está?\r\n"
#define NAMELESS HEAD "\r\n¿Dónde está?\r\n"

typedef struct
{
  MosIncoming *incoming;
  MosIngestResult *result;
  const char *account; /* (nullable): imported into this one */
} Take;

static gboolean
do_take (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Take *take = data;
  g_autoptr (MosAccount) account = NULL;

  if (!mos_store_account_find (txn, take->account != NULL ? take->account : ACCOUNT, &account, error))
    return FALSE;
  if (take->account != NULL)
    return mos_import_ingest (txn, account, take->incoming, &take->result, error);
  return mos_ingest_message (txn, account, take->incoming, &take->result, error);
}

/* As a version that read it otherwise would have; @is_readable: or not at all */
static MosIngestResult *
ingest_as_before (MosTestStore *t,
                  const char *mail,
                  gboolean is_readable)
{
  g_autoptr (MosIncoming) incoming = test_make_incoming (mail, MOS_FOLDER_INBOX, 1, 1000);
  Take take = { incoming, NULL, NULL };

  if (is_readable)
    {
      g_set_str (&incoming->parsed->text, "¿D?nde est??");
      g_set_str (&incoming->parsed->digest, "0000000000000000000000000000000000000000000000000000000000000000");
    }
  else
    g_clear_pointer (&incoming->parsed, mos_parsed_message_unref);
  test_write (t->store, do_take, &take);
  return take.result;
}

static MosIngestResult *
ingest_now (MosTestStore *t,
            const char *mail,
            const char *account)
{
  g_autoptr (MosIncoming) incoming = test_make_incoming (mail, MOS_FOLDER_INBOX, 2, 2000);
  Take take = { incoming, NULL, account };

  if (account != NULL)
    {
      g_set_str (&incoming->account, account);
      g_clear_pointer (&incoming->folder, g_free);
      incoming->uid = 0;
    }
  test_write (t->store, do_take, &take);
  return take.result;
}

static gboolean
do_add_archive (MosTxn *txn,
                gpointer data,
                GError **error)
{
  g_autoptr (MosAccount) account = mos_account_new ();

  account->id = g_strdup ("archive");
  account->kind = g_strdup ("archive");
  account->name = g_strdup ("Archive");
  account->address = g_strdup ("archive");
  mos_account_fill (account);
  return mos_store_account_save (txn, account, error);
}

static gboolean
do_erase (MosTxn *txn,
          gpointer data,
          GError **error)
{
  const char *ids[] = { data, NULL };

  return mos_action_set_deleted (txn, ids, TRUE, error) && mos_action_erase (txn, ids, error);
}

static char *
without_returns (const char *mail)
{
  g_auto (GStrv) lines = g_strsplit (mail, "\r\n", -1);

  return g_strjoinv ("\n", lines);
}

static void
test_met (void)
{
  static const struct
  {
    const char *what;
    const char *mail;
    gboolean is_readable;
    gboolean is_mailbox_file; /* comes again with other ends of lines */
    const char *account;      /* (nullable) */
    MosIngestOutcome outcome;
  } cases[] = {
    { "in another place", NAMED, TRUE, FALSE, NULL, MOS_INGEST_DUPLICATE },
    { "without a Message-ID", NAMELESS, TRUE, FALSE, NULL, MOS_INGEST_DUPLICATE },
    { "out of a mailbox file", NAMED, TRUE, TRUE, NULL, MOS_INGEST_DUPLICATE },
    { "that could not be read", NAMED, FALSE, FALSE, NULL, MOS_INGEST_DUPLICATE },
    { "imported", NAMED, TRUE, FALSE, "archive", MOS_INGEST_DUPLICATE },
    { "imported out of a mailbox file", NAMED, TRUE, TRUE, "archive", MOS_INGEST_DUPLICATE },
    { "imported without a Message-ID", NAMELESS, TRUE, FALSE, "archive", MOS_INGEST_DUPLICATE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosTestStore) t = test_desk_store ();
      g_autofree char *again = cases[i].is_mailbox_file ? without_returns (cases[i].mail) : g_strdup (cases[i].mail);
      g_autoptr (MosIngestResult) first = NULL;
      g_autoptr (MosIngestResult) second = NULL;

      g_test_message ("%s", cases[i].what);
      test_write (t->store, do_add_archive, NULL);
      first = ingest_as_before (t, cases[i].mail, cases[i].is_readable);
      second = ingest_now (t, again, cases[i].account);
      g_assert_cmpint (second->outcome, ==, cases[i].outcome);
      g_assert_cmpstr (second->message, ==, first->message);
      g_assert_cmpstr (second->conversation, ==, first->conversation);
    }
}

/* Two mails with one Message-ID stay two. */
static void
test_different (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = ingest_as_before (t, NAMED, TRUE);
  g_autoptr (MosIngestResult) second = ingest_now (t, NAMED "And the other one?\r\n", NULL);

  g_assert_cmpint (second->outcome, ==, MOS_INGEST_IMPORTED);
  g_assert_cmpstr (second->message, !=, first->message);
}

static void
test_erased (void)
{
  static const char *const mails[] = { NAMED, NAMELESS };
  static const char *const accounts[] = { NULL, "archive" };

  for (gsize i = 0; i < G_N_ELEMENTS (mails); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (accounts); k++)
      {
        g_autoptr (MosTestStore) t = test_desk_store ();
        g_autoptr (MosIngestResult) first = ingest_as_before (t, mails[i], TRUE);
        g_autoptr (MosIngestResult) second = NULL;

        test_write (t->store, do_add_archive, NULL);
        test_write (t->store, do_erase, first->conversation);
        second = ingest_now (t, mails[i], accounts[k]);
        g_assert_cmpint (second->outcome, ==, MOS_INGEST_ERASED);
      }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/reread/met", test_met);
  g_test_add_func ("/reread/different", test_different);
  g_test_add_func ("/reread/erased", test_erased);
  return g_test_run ();
}
