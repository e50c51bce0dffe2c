/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/desk/mos-calls.h"
#include "core/desk/mos-customers.h"
#include "core/desk/mos-desk-due.h"

#include <glib/gi18n.h>
#include <string.h>

/* Telephone calls: noted by hand, and who is to be called back. */

/* --- noted by hand --- */

typedef struct
{
  const char *conversation; /* (nullable) */
  const char *customer;     /* (nullable) */
  const char *back;         /* (nullable) */
  MosCallNote *note;        /* (owned) */
  char *message;            /* (owned) (nullable) */
  MosConversationRow *row;  /* (owned) (nullable) */
} MosCtlCall;

static void
mos_ctl_call_clear (MosCtlCall *call)
{
  g_clear_pointer (&call->note, mos_call_note_unref);
  g_clear_pointer (&call->message, g_free);
  g_clear_pointer (&call->row, mos_conversation_row_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosCtlCall, mos_ctl_call_clear)

static gboolean
do_note (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlCall *call = data;
  g_autoptr (MosConversationRow) conversation = NULL;
  g_autoptr (MosCustomerRow) customer = NULL;
  g_autofree char *id = NULL;

  if ((call->conversation != NULL && !mos_ctl_find_conversation (txn, call->conversation, &conversation, error)) ||
      (call->customer != NULL && !mos_customers_find (txn, call->customer, &customer, error)) ||
      (call->back != NULL && !mos_ctl_parse_when (txn, call->back, FALSE, &call->note->back_us, error)))
    return FALSE;
  g_set_str (&call->note->conversation, conversation != NULL ? conversation->id : NULL);
  g_set_str (&call->note->customer, customer != NULL ? customer->id : NULL);
  return mos_call_note (txn, call->note, &id, &call->message, error) && mos_ctl_find_conversation (txn, id, &call->row, error);
}

static int
note (MosCtl *self,
      GPtrArray *args)
{
  gboolean is_incoming = mos_ctl_take_flag (args, "--in");
  gboolean is_outgoing = mos_ctl_take_flag (args, "--out");
  g_autofree char *outcome = mos_ctl_take_option (args, "--outcome");
  g_autofree char *minutes = mos_ctl_take_option (args, "--minutes");
  g_autofree char *text = mos_ctl_take_option (args, "--text");
  g_autofree char *customer = mos_ctl_take_option (args, "--customer");
  g_autofree char *back = mos_ctl_take_option (args, "--back");
  g_auto (MosCtlCall) call = { .customer = customer, .back = back, .note = mos_call_note_new () };
  guint64 length = 0;
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, customer != NULL ? 0 : 1, customer != NULL ? 0 : 1))
    return MOS_CTL_USAGE;
  if (is_incoming == is_outgoing)
    return mos_ctl_usage (self, "%s", _ ("Say who called: --in for the customer, --out for us"));
  if (outcome != NULL && (!g_str_equal (mos_call_outcome_to_nick (mos_call_outcome_from_nick (outcome, MOS_CALL_ANSWERED)), outcome) || mos_call_outcome_from_nick (outcome, MOS_CALL_ANSWERED) >= (MosCallOutcome) MOS_N_CALL_OUTCOMES_BY_HAND))
    return mos_ctl_usage (self, "%s", _ ("--outcome is answered, missed, busy, failed or voicemail"));
  if (minutes != NULL && !g_ascii_string_to_unsigned (minutes, 10, 0, MOS_CALL_MAX_MINUTES, &length, NULL))
    return mos_ctl_usage (self, "%s", _ ("--minutes is a number, up to 1440"));
  call.conversation = args->len > 0 ? args->pdata[0] : NULL;
  call.note->is_outgoing = is_outgoing;
  call.note->outcome = mos_call_outcome_from_nick (outcome, MOS_CALL_ANSWERED);
  call.note->seconds = (guint) length * 60;
  call.note->text = g_strdup (text);
  if (!mos_ctl_write (self, MOS_CALL_LABEL, do_note, &call, &error))
    return mos_ctl_fail (self, error);
  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mos_json_string (builder, "message", call.message);
      mos_json_int (builder, "conversation", call.row->number);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
    }
  else
    mos_ctl_print (self, "#%" G_GINT64_FORMAT "\n", call.row->number);
  return MOS_CTL_DONE;
}

/* --- to be called back --- */

static gboolean
do_back (MosTxn *txn,
         gpointer data,
         GError **error)
{
  GPtrArray *args = data;
  g_autoptr (MosConversationRow) row = NULL;
  gint64 due_us = 0;

  if (!mos_ctl_find_conversation (txn, args->pdata[0], &row, error) ||
      (!g_str_equal (args->pdata[1], "no") && !mos_ctl_parse_when (txn, args->pdata[1], FALSE, &due_us, error)))
    return FALSE;
  return mos_call_back_at (txn, row->id, due_us, error);
}

static gboolean
do_list (MosTxn *txn,
         gpointer data,
         GError **error)
{
  GPtrArray **items = data;

  *items = mos_call_back_list (txn, error);
  return *items != NULL;
}

static int
list (MosCtl *self)
{
  g_autoptr (GPtrArray) items = NULL;
  GError *error = NULL;

  if (!mos_ctl_read (self, do_list, &items, &error))
    return mos_ctl_fail (self, error);
  for (guint i = 0; i < items->len; i++)
    {
      MosHeldItem *item = items->pdata[i];
      MosConversationRow *row = item->conversation;
      g_autofree char *due = mos_ctl_local_time (item->due->due_us);
      const char *who = row != NULL && row->customer_name != NULL ? row->customer_name : row != NULL ? row->customer_address
                                                                                                     : NULL;

      if (self->json)
        {
          g_autoptr (JsonBuilder) builder = json_builder_new ();

          json_builder_begin_object (builder);
          mos_json_int (builder, "conversation", row != NULL ? row->number : 0);
          mos_json_time (builder, "due", item->due->due_us);
          mos_json_string (builder, "customer", who);
          mos_json_string (builder, "subject", row != NULL ? row->subject : "");
          json_builder_end_object (builder);
          mos_ctl_print_json (self, builder);
        }
      else
        mos_ctl_print (self, "%s  #%" G_GINT64_FORMAT "  %s  %s\n", due, row != NULL ? row->number : 0, who != NULL ? who : "", row != NULL ? row->subject : "");
    }
  return MOS_CTL_DONE;
}

int
mos_ctl_call (MosCtl *self,
              GPtrArray *args)
{
  const char *usage = _ ("Say call note NUMBER --in|--out, call note --customer WHO --in|--out, call back NUMBER TIME, call back NUMBER no, or call back");
  g_autofree char *word = args->len > 0 ? g_strdup (args->pdata[0]) : NULL;
  GError *error = NULL;

  if (word == NULL)
    return mos_ctl_usage (self, "%s", usage);
  g_ptr_array_remove_index (args, 0);
  if (g_str_equal (word, "note"))
    return note (self, args);
  if (!g_str_equal (word, "back"))
    return mos_ctl_usage (self, "%s", usage);
  if (args->len == 0)
    return list (self);
  if (!mos_ctl_check_args (self, args, 2, 2))
    return MOS_CTL_USAGE;
  if (!mos_ctl_write (self, MOS_CALL_BACK_LABEL, do_back, args, &error))
    return mos_ctl_fail (self, error);
  return MOS_CTL_DONE;
}
