/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-outreach.h"

#include "core/base/mos-id.h"
#include "core/base/mos-text.h"
#include "core/channels/mos-channel-host.h"
#include "core/desk/mos-calendars.h"
#include "core/desk/mos-composing-private.h"
#include "core/desk/mos-due-work.h"
#include "core/desk/mos-rows.h"
#include "core/desk/mos-senders.h"
#include "core/desk/mos-token.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-due.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-macros.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-outbox.h"
#include "core/store/mos-store-outreach.h"

#include <string.h>

/* How one message of an outreach is made, and when the next. */

/* When those that were made do not leave, how soon it is looked again. */
#define LOOK_AGAIN_US (30 * G_TIME_SPAN_SECOND)
/* So many are left out in one transaction at most, on the way to the next who gets one. */
#define MAX_PASSED_OVER 50

/* --- one message --- */

/* Says it twice: where the address has no "+", the subject does. Programs that write such mail send both (RFC 2369 §3.2). */
static char *
make_opt_out (GBytes *key,
              MosAccount *account,
              MosSender *sender,
              MosConversationRow *row)
{
  g_autofree char *tagged = account->plus_addressing ? mos_token_opt_out_address (key, sender->address, row->id) : NULL;
  g_autofree char *address = g_uri_escape_string (tagged != NULL ? tagged : sender->address, "@+", FALSE);
  g_autofree char *hook = mos_token_opt_out_hook (key, row->number);
  g_autofree char *subject = g_strconcat ("unsubscribe ", hook, NULL);
  g_autofree char *escaped = g_uri_escape_string (subject, NULL, FALSE);

  return g_strdup_printf ("mailto:%s?subject=%s", address, escaped);
}

static gboolean
open_silent (MosTxn *txn,
             MosAccount *account,
             const char *subject,
             const char *language,
             const char *customer,
             MosConversationRow **ret_row,
             GError **error)
{
  g_autoptr (MosConversationRow) row = mos_conversation_row_new ();
  g_autofree char *id = NULL;

  row->subject = g_strdup (subject);
  row->status = MOS_STATUS_PENDING;
  row->priority = MOS_PRIORITY_NORMAL;
  row->account = g_strdup (account->id);
  row->channel = g_strdup ("email");
  row->customer = g_strdup (customer);
  row->language = g_strdup (language != NULL && *language != '\0' ? language : NULL);
  row->created_us = mos_txn_get_now_us (txn);
  mos_conversation_row_fill (row);
  return mos_store_conversation_add (txn, row, &id, NULL, error) && mos_store_conversation_find (txn, id, ret_row, error);
}

static MosDraft *
make_draft (MosOutreach *outreach,
            MosOutreachLetter *letter,
            MosAddress *address,
            const char *id,
            gint64 now_us)
{
  MosDraft *draft = mos_draft_new ();

  draft->id = g_strdup (id);
  draft->account = g_strdup (outreach->account);
  draft->kind = g_strdup ("new");
  draft->to = mos_address_array_new ();
  g_ptr_array_add (draft->to, mos_address_ref (address));
  draft->subject = g_strdup (letter->subject);
  draft->text = g_strdup (letter->text);
  draft->is_marked = TRUE;
  draft->language = g_strdup (letter->language);
  draft->attachments = g_ptr_array_ref (letter->attachments);
  draft->macros = mos_macro_plan_ref (letter->plan);
  draft->updated_us = now_us;
  mos_draft_fill (draft);
  return draft;
}

gboolean
mos_outreach_post (MosTxn *txn,
                   MosOutreach *outreach,
                   MosOutreachLetter *letter,
                   MosAddress *address,
                   const char *customer,
                   const char *id,
                   GError **error)
{
  const MosSendPlan now = { .then = MOS_STATUS_OPEN };
  g_autoptr (MosDraft) draft = make_draft (outreach, letter, address, id, mos_txn_get_now_us (txn));
  g_autoptr (MosAccount) account = NULL;
  g_autoptr (MosSender) sender = NULL;
  g_autoptr (MosAgent) agent = NULL;
  g_autoptr (MosConversationRow) row = NULL;
  g_autofree char *opt_out = NULL;
  g_autofree char *identity = NULL;

  if (!mos_composing_find_account (txn, outreach->account, &account, error) || (outreach->agent != NULL && !mos_store_agent_find (txn, outreach->agent, &agent, error)))
    return FALSE;
  sender = mos_account_find_sender (account, NULL);
  if (!mos_draft_check (draft, account, sender, agent, error) || !open_silent (txn, account, letter->subject, letter->language, customer, &row, error))
    return FALSE;
  if (customer != NULL &&
      (!mos_store_customer_ensure (txn, "email", "", address->address, address->name, "agent", mos_txn_get_now_us (txn), NULL, &identity, error) ||
       !mos_store_conversation_add_participant (txn, row->id, identity, "customer", error)))
    return FALSE;
  if (outreach->purpose == MOS_OUTREACH_PROMOTIONAL)
    opt_out = make_opt_out (mos_store_get_mac_key (mos_txn_get_store (txn)), account, sender, row);
  return mos_draft_queue (txn, draft, account, sender, row, &(MosDraftWay) { .plan = &now, .agent = outreach->agent, .opt_out = opt_out, .is_silent = TRUE }, error) &&
         mos_store_conversation_set_silent (txn, row->id, id, error);
}

/* A guest who ordered becomes somebody here by being written to. */
static gboolean
ensure_customer (MosTxn *txn,
                 const MosOutreachPerson *person,
                 char **ret_customer,
                 GError **error)
{
  if (person->customer == NULL)
    return mos_store_customer_ensure (txn, "email", "", person->address, person->name, "agent", mos_txn_get_now_us (txn), ret_customer, NULL, error);
  *ret_customer = g_strdup (person->customer);
  return TRUE;
}

/* @ret_is_made: (out): %FALSE where the person is left out after all */
static gboolean
make_one (MosTxn *txn,
          MosOutreach *outreach,
          const MosOutreachPerson *person,
          gboolean *ret_is_made,
          GError **error)
{
  g_autoptr (MosOutreachLetter) letter = NULL;
  g_autoptr (MosAddress) address = mos_address_make (*person->name != '\0' ? person->name : NULL, person->address);
  g_autofree char *folded = g_utf8_strdown (person->address, -1);
  /* The same for the same person whatever happens. */
  g_autofree char *id = mos_id_derive ("outreach", outreach->id, folded, NULL);
  g_autofree char *customer = NULL;
  g_autoptr (GError) local_error = NULL;
  MosLeftOut reason;
  gboolean is_left_out, has_one = FALSE;

  *ret_is_made = FALSE;
  if (!mos_outreach_judge (txn, outreach, person, &reason, &is_left_out, error) ||
      (person->customer != NULL && !mos_store_outreach_has_one (txn, outreach->id, person->customer, &has_one, error)))
    return FALSE;
  /* Two who became one since it began. */
  if (!is_left_out && has_one)
    {
      is_left_out = TRUE;
      reason = MOS_LEFT_OUT_TWICE;
    }
  if (is_left_out)
    return mos_store_outreach_set_left_out (txn, outreach->id, person->position, reason, NULL, error);
  if (!mos_outreach_write (txn, outreach, person, &letter, error))
    return FALSE;
  if (letter->missing->len > 0)
    {
      g_autofree char *tags = NULL;

      g_ptr_array_add (letter->missing, NULL);
      tags = g_strjoinv (" ", (char **) letter->missing->pdata);
      return mos_store_outreach_set_left_out (txn, outreach->id, person->position, MOS_LEFT_OUT_MISSING, tags, error);
    }
  if (!ensure_customer (txn, person, &customer, error))
    return FALSE;
  if (!mos_outreach_post (txn, outreach, letter, address, customer, id, &local_error))
    {
      if (!g_error_matches (local_error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      return mos_store_outreach_set_left_out (txn, outreach->id, person->position, MOS_LEFT_OUT_UNSENDABLE, local_error->message, error);
    }
  *ret_is_made = TRUE;
  return mos_store_outreach_set_made (txn, outreach->id, person->position, id, letter->language, error) &&
         mos_store_macro_note_use (txn, outreach->letter->id, id, letter->language, outreach->agent, error);
}

gboolean
mos_outreach_send_test (MosTxn *txn,
                        MosOutreach *outreach,
                        const MosOutreachPerson *person,
                        const char *to,
                        char **ret_message,
                        GError **error)
{
  g_autoptr (MosOutreachLetter) letter = NULL;
  g_autoptr (MosAddress) address = mos_address_make (NULL, to);
  g_autofree char *id = mos_id_new (mos_txn_get_now_us (txn));

  if (!mos_outreach_write (txn, outreach, person, &letter, error))
    return FALSE;
  /* Whoever tries it out wants to see what is missing. */
  g_clear_pointer (&letter->plan, mos_macro_plan_unref);
  letter->plan = mos_macro_plan_make ();
  if (!mos_outreach_post (txn, outreach, letter, address, NULL, id, error))
    return FALSE;
  *ret_message = g_steal_pointer (&id);
  return TRUE;
}

/* --- when --- */

gint64
mos_outreach_estimate_us (const MosOutreach *outreach,
                          MosCalendar *calendar,
                          guint n,
                          gint64 from_us)
{
  gint64 span_us = n > 0 ? (gint64) (n - 1) * mos_outreach_get_interval_us (outreach) : 0;
  gint64 open_us;

  if (!outreach->in_hours || calendar == NULL || !mos_calendar_has_hours (calendar))
    return from_us + span_us;
  open_us = mos_calendar_next_opening (calendar, from_us);
  return open_us != 0 ? mos_calendar_add_business (calendar, open_us, span_us) : 0;
}

static gboolean
plan_next (MosTxn *txn,
           MosOutreach *outreach,
           gint64 at_us,
           GError **error)
{
  g_autoptr (MosDueRow) due = mos_due_row_new ();

  due->kind = g_strdup (MOS_OUTREACH_DUE_KIND);
  due->key = g_strconcat (MOS_OUTREACH_DUE_KIND ":", outreach->id, NULL);
  due->account = g_strdup (outreach->account);
  due->payload = g_strdup (outreach->id);
  due->due_us = at_us;
  return mos_store_due_put (txn, due, error);
}

static gboolean
cancel_next (MosTxn *txn,
             const char *outreach,
             GError **error)
{
  g_autofree char *key = g_strconcat (MOS_OUTREACH_DUE_KIND ":", outreach, NULL);

  return mos_store_due_cancel (txn, key, error);
}

static gboolean
wait_until (MosTxn *txn,
            MosOutreach *outreach,
            gint64 at_us,
            const char *why,
            GError **error)
{
  return (g_strcmp0 (outreach->why, why) == 0 || mos_store_outreach_set_state (txn, outreach->id, MOS_OUTREACH_RUNNING, why, error)) &&
         plan_next (txn, outreach, at_us, error);
}

/* An attachment that is gone, or more than the server takes (each byte is 1.37 in base 64), would stop every single one of them half way. */
static gboolean
check_files (MosTxn *txn,
             MosOutreach *outreach,
             gboolean *ret_are_fine,
             GError **error)
{
  g_autofree char *limit = NULL;
  guint64 total = 0, max;

  *ret_are_fine = TRUE;
  if (outreach->letter->attachments->len == 0)
    return TRUE;
  if (!mos_store_cursor_get (txn, outreach->account, MOS_SERVER_SMTP_SIZE, &limit, error))
    return FALSE;
  for (guint i = 0; i < outreach->letter->attachments->len; i++)
    {
      const MosAttachment *attachment = outreach->letter->attachments->pdata[i];
      g_autoptr (GBytes) data = NULL;

      if (attachment->sha256 != NULL && !mos_store_blob_find (txn, attachment->sha256, &data, error))
        return FALSE;
      *ret_are_fine = *ret_are_fine && data != NULL;
      total += data != NULL ? g_bytes_get_size (data) : 0;
    }
  max = limit != NULL ? g_ascii_strtoull (limit, NULL, 10) : 0;
  if (max != 0 && total * 137 / 100 + 64 * 1024 > max)
    *ret_are_fine = FALSE;
  return TRUE;
}

/* @ret_why: (out) (nullable): why it may not go on; @ret_until_us: (out): until when not, 0 = until a person says so */
static gboolean
find_obstacle (MosTxn *txn,
               MosOutreach *outreach,
               const char **ret_why,
               gint64 *ret_until_us,
               GError **error)
{
  gint64 now_us = mos_txn_get_now_us (txn), last_us = 0;
  g_autoptr (MosAccount) account = NULL;
  g_autoptr (MosCalendar) calendar = NULL;
  g_autoptr (GPtrArray) queued = NULL;
  gboolean has_files;

  *ret_why = NULL;
  *ret_until_us = 0;
  if (!mos_store_account_find (txn, outreach->account, &account, error) || (outreach->in_hours && !mos_calendars_find_now (txn, &calendar, error)) ||
      !mos_store_outreach_get_last (txn, outreach->account, &last_us, error) || !check_files (txn, outreach, &has_files, error))
    return FALSE;
  if (account == NULL || *account->smtp->host == '\0' || !has_files)
    {
      *ret_why = has_files ? MOS_OUTREACH_WHY_ACCOUNT : MOS_OUTREACH_WHY_FILES;
      return TRUE;
    }
  if (calendar != NULL && mos_calendar_has_hours (calendar) && !mos_calendar_is_open (calendar, now_us, NULL))
    {
      *ret_why = MOS_OUTREACH_WHY_HOURS;
      *ret_until_us = mos_calendar_next_opening (calendar, now_us);
      return TRUE;
    }
  queued = mos_store_outreach_list_queued (txn, outreach->id, error);
  if (queued == NULL)
    return FALSE;
  if (queued->len >= MOS_OUTREACH_MAX_QUEUED)
    {
      *ret_why = MOS_OUTREACH_WHY_SERVER;
      *ret_until_us = now_us + LOOK_AGAIN_US;
    }
  /* Another one of this account, or this one before it was paused; a clock that was set back holds nothing up. */
  else if (last_us <= now_us && last_us + mos_outreach_get_interval_us (outreach) > now_us)
    *ret_until_us = last_us + mos_outreach_get_interval_us (outreach);
  return TRUE;
}

/* The next who gets one gets it; who does not any more is passed over. */
static gboolean
go_on (MosTxn *txn,
       MosOutreach *outreach,
       GError **error)
{
  gint64 now_us = mos_txn_get_now_us (txn);
  gboolean is_made = FALSE;
  g_autoptr (MosOutreachPerson) left = NULL;

  for (guint n = 0; !is_made && n < MAX_PASSED_OVER; n++)
    {
      g_autoptr (MosOutreachPerson) person = NULL;

      if (!mos_store_outreach_find_next (txn, outreach->id, &person, error) || (person != NULL && !make_one (txn, outreach, person, &is_made, error)))
        return FALSE;
      if (person == NULL)
        break;
    }
  if (!mos_store_outreach_find_next (txn, outreach->id, &left, error))
    return FALSE;
  if (left == NULL)
    return mos_store_outreach_set_state (txn, outreach->id, MOS_OUTREACH_DONE, NULL, error);
  return wait_until (txn, outreach, is_made ? now_us + mos_outreach_get_interval_us (outreach) : now_us, NULL, error);
}

gboolean
mos_outreach_run (MosTxn *txn,
                  MosDueRow *due,
                  GError **error)
{
  g_autoptr (MosOutreach) outreach = NULL;
  const char *why;
  gint64 until_us;

  if (due->payload == NULL || !mos_store_outreach_find (txn, due->payload, &outreach, error))
    return due->payload == NULL;
  if (outreach == NULL || outreach->state != MOS_OUTREACH_RUNNING)
    return TRUE;
  if (mos_txn_get_now_us (txn) - due->due_us > MOS_DUE_LATE_US)
    return mos_store_outreach_set_state (txn, outreach->id, MOS_OUTREACH_PAUSED, MOS_OUTREACH_WHY_LATE, error);
  if (!find_obstacle (txn, outreach, &why, &until_us, error))
    return FALSE;
  if (until_us != 0)
    return wait_until (txn, outreach, until_us, why, error);
  if (why != NULL)
    return mos_store_outreach_set_state (txn, outreach->id, MOS_OUTREACH_PAUSED, why, error);
  return go_on (txn, outreach, error);
}

/* --- what a person says --- */

static gboolean
conflict (const MosOutreach *outreach,
          GError **error)
{
  g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT, "The outreach is %s", mos_outreach_state_to_nick (outreach->state));
  return FALSE;
}

static gboolean
look (MosTxn *txn,
      const char *id,
      MosOutreach **ret_outreach,
      GError **error)
{
  if (!mos_store_outreach_find (txn, id, ret_outreach, error))
    return FALSE;
  if (*ret_outreach != NULL)
    return TRUE;
  g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No outreach %s", id);
  return FALSE;
}

static char *
key_of (const MosOutreachPerson *person)
{
  g_autofree char *folded = g_utf8_strdown (person->address, -1);

  return g_strconcat (folded, "\n", person->order, NULL);
}

/* Whether all of @people who wait were waiting when somebody looked. */
static gboolean
are_looked_at (GPtrArray *people,
               GPtrArray *looked_at)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < looked_at->len; i++)
    if (((MosOutreachPerson *) looked_at->pdata[i])->state == MOS_OUTREACH_PERSON_WAITING)
      g_hash_table_add (keys, key_of (looked_at->pdata[i]));
  for (guint i = 0; i < people->len; i++)
    {
      g_autofree char *key = key_of (people->pdata[i]);

      if (((MosOutreachPerson *) people->pdata[i])->state == MOS_OUTREACH_PERSON_WAITING && !g_hash_table_contains (keys, key))
        return FALSE;
    }
  return TRUE;
}

/* @looked_at, @digest: (nullable): nobody looked */
static gboolean
start (MosTxn *txn,
       const char *id,
       GPtrArray *looked_at,
       const char *digest,
       GError **error)
{
  g_autofree char *now = NULL;
  g_autoptr (MosOutreach) outreach = NULL;
  g_autoptr (MosOutreach) fixed = NULL;
  g_autoptr (MosMacro) macro = NULL;
  g_autoptr (GPtrArray) people = NULL;
  MosOutreachProblem problem;
  gboolean has_any = FALSE;

  if (!look (txn, id, &outreach, error))
    return FALSE;
  if (outreach->state != MOS_OUTREACH_DRAFT)
    return conflict (outreach, error);
  if (!mos_outreach_check (txn, outreach, &problem, error))
    return FALSE;
  people = problem == MOS_OUTREACH_FINE ? mos_outreach_work_out (txn, outreach, NULL, error) : NULL;
  if (people == NULL && problem == MOS_OUTREACH_FINE)
    return FALSE;
  for (guint i = 0; people != NULL && !has_any && i < people->len; i++)
    has_any = ((MosOutreachPerson *) people->pdata[i])->state == MOS_OUTREACH_PERSON_WAITING;
  if (!has_any)
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, mos_outreach_problem_to_nick (problem != MOS_OUTREACH_FINE ? problem : MOS_OUTREACH_NOBODY));
      return FALSE;
    }
  now = digest != NULL ? mos_outreach_dup_digest (txn, outreach, error) : NULL;
  if (digest != NULL && now == NULL)
    return FALSE;
  if (g_strcmp0 (now, digest) != 0 || (looked_at != NULL && !are_looked_at (people, looked_at)))
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, mos_outreach_problem_to_nick (MOS_OUTREACH_CHANGED));
      return FALSE;
    }
  if (!mos_store_macro_find (txn, outreach->letter->id, &macro, error))
    return FALSE;
  fixed = mos_outreach_copy (outreach);
  mos_macro_unref (fixed->letter);
  fixed->letter = mos_macro_ref (macro);
  return mos_store_outreach_save (txn, fixed, error) &&
         mos_store_outreach_put_people (txn, id, people, error) &&
         mos_store_outreach_set_state (txn, id, MOS_OUTREACH_RUNNING, NULL, error) &&
         plan_next (txn, fixed, mos_txn_get_now_us (txn), error);
}

gboolean
mos_outreach_start (MosTxn *txn,
                    const char *id,
                    GError **error)
{
  return start (txn, id, NULL, NULL, error);
}

gboolean
mos_outreach_start_looked_at (MosTxn *txn,
                              const char *id,
                              GPtrArray *people,
                              const char *digest,
                              GError **error)
{
  g_return_val_if_fail (people != NULL && digest != NULL, FALSE);

  return start (txn, id, people, digest, error);
}

gboolean
mos_outreach_pause (MosTxn *txn,
                    const char *id,
                    GError **error)
{
  g_autoptr (MosOutreach) outreach = NULL;

  if (!look (txn, id, &outreach, error))
    return FALSE;
  if (outreach->state != MOS_OUTREACH_RUNNING)
    return conflict (outreach, error);
  return mos_store_outreach_set_state (txn, id, MOS_OUTREACH_PAUSED, NULL, error) && cancel_next (txn, id, error);
}

gboolean
mos_outreach_resume (MosTxn *txn,
                     const char *id,
                     GError **error)
{
  g_autoptr (MosOutreach) outreach = NULL;

  if (!look (txn, id, &outreach, error))
    return FALSE;
  if (outreach->state != MOS_OUTREACH_PAUSED)
    return conflict (outreach, error);
  return mos_store_outreach_set_state (txn, id, MOS_OUTREACH_RUNNING, NULL, error) && plan_next (txn, outreach, mos_txn_get_now_us (txn), error);
}

gboolean
mos_outreach_cancel (MosTxn *txn,
                     const char *id,
                     guint *ret_n,
                     GError **error)
{
  g_autoptr (MosOutreach) outreach = NULL;
  g_autoptr (GPtrArray) queued = NULL;

  if (!look (txn, id, &outreach, error))
    return FALSE;
  if (outreach->state != MOS_OUTREACH_RUNNING && outreach->state != MOS_OUTREACH_PAUSED)
    return conflict (outreach, error);
  queued = mos_store_outreach_list_queued (txn, id, error);
  if (queued == NULL)
    return FALSE;
  for (guint i = 0; i < queued->len; i++)
    if (!mos_store_outbox_cancel (txn, queued->pdata[i], error) || !mos_store_message_remove (txn, queued->pdata[i], error) ||
        !mos_store_macro_forget_use (txn, queued->pdata[i], error) || !mos_store_outreach_set_cancelled (txn, queued->pdata[i], error))
      return FALSE;
  if (ret_n != NULL)
    *ret_n = outreach->counts.n_waiting + queued->len;
  return mos_store_outreach_cancel_waiting (txn, id, error) && mos_store_outreach_set_state (txn, id, MOS_OUTREACH_CANCELLED, NULL, error) && cancel_next (txn, id, error);
}
