/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-outreach.h"

#include "core/desk/mos-calendars.h"
#include "core/desk/mos-customers.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-outreach.h"

#include <glib/gi18n.h>
#include <string.h>

/* A macro sent to many. */

typedef struct
{
  const char *name;
  const char *other; /* (nullable): an address */
  GPtrArray *list;   /* (owned) (nullable): of MosOutreach, or of MosOutreachPerson */
  MosOutreach *outreach;
  MosOutreachLetter *letter;
  gint64 ends_us;
  guint n;
  char *id;
  /* of a new one */
  char *macro;
  char *account;
  char *subject;
  GPtrArray *subjects;  /* (owned) (nullable): "de=Neues" */
  GPtrArray *customers; /* (owned) (nullable): words that name one each */
  GPtrArray *orders;    /* (owned) (nullable): numbers or ids */
  gboolean (*act) (MosTxn *txn, const char *id, GError **error);
} MosCtlOutreach;

static void
mos_ctl_outreach_clear (MosCtlOutreach *call)
{
  g_clear_pointer (&call->list, g_ptr_array_unref);
  g_clear_pointer (&call->outreach, mos_outreach_unref);
  g_clear_pointer (&call->letter, mos_outreach_letter_unref);
  g_free (call->id);
  g_free (call->macro);
  g_free (call->account);
  g_free (call->subject);
  g_clear_pointer (&call->subjects, g_ptr_array_unref);
  g_clear_pointer (&call->customers, g_ptr_array_unref);
  g_clear_pointer (&call->orders, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosCtlOutreach, mos_ctl_outreach_clear)

/* What the core says in codes, in words. */
static int
fail (MosCtl *self,
      MosCtlOutreach *call,
      GError *error /* (transfer full) */)
{
  g_autoptr (GError) owned = error;

  if (g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID))
    {
      MosOutreachProblem problem = mos_outreach_problem_from_nick (error->message, MOS_OUTREACH_FINE);

      if (problem != MOS_OUTREACH_FINE)
        return mos_ctl_fail_text (self, "%s", mos_ctl_outreach_problem_text (problem));
    }
  if (g_error_matches (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT) && call->outreach != NULL)
    /* Translators: an outreach's name, and one of the words draft, running, paused, done, cancelled */
    return mos_ctl_fail_text (self, _ ("This cannot be done: “%1$s” is %2$s"), call->outreach->name, mos_outreach_state_to_nick (call->outreach->state));
  return mos_ctl_fail (self, g_steal_pointer (&owned));
}

static gboolean
find (MosTxn *txn,
      MosCtlOutreach *call,
      GError **error)
{
  g_autoptr (GError) local_error = NULL;

  g_clear_pointer (&call->outreach, mos_outreach_unref);
  if (mos_outreach_find (txn, call->name, &call->outreach, &local_error))
    return TRUE;
  if (g_error_matches (local_error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND))
    g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, _ ("There is no outreach “%s”; “mostradorctl outreach list” names them"), call->name);
  else if (g_error_matches (local_error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID))
    g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, _ ("Several are called “%s”; use an id"), call->name);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* --- showing --- */

static gboolean
do_list (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlOutreach *call = data;

  call->list = mos_store_outreach_list (txn, error);
  return call->list != NULL;
}

static int
list (MosCtl *self,
      GPtrArray *args)
{
  g_auto (MosCtlOutreach) call = { 0 };
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 0, 0))
    return MOS_CTL_USAGE;
  if (!mos_ctl_read (self, do_list, &call, &error))
    return mos_ctl_fail (self, error);
  for (guint i = 0; i < call.list->len; i++)
    mos_ctl_print_outreach (self, call.list->pdata[i], 0);
  return MOS_CTL_DONE;
}

static guint
count_waiting (GPtrArray *people)
{
  guint n = 0;

  for (guint i = 0; i < people->len; i++)
    n += ((MosOutreachPerson *) people->pdata[i])->state == MOS_OUTREACH_PERSON_WAITING;
  return n;
}

static gboolean
do_show (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlOutreach *call = data;
  g_autoptr (MosCalendar) calendar = NULL;
  guint n;

  if (!find (txn, call, error) || !mos_calendars_find_now (txn, &calendar, error))
    return FALSE;
  call->list = mos_outreach_work_out (txn, call->outreach, NULL, error);
  if (call->list == NULL)
    return FALSE;
  n = count_waiting (call->list);
  if (n > 0 && (call->outreach->state == MOS_OUTREACH_DRAFT || call->outreach->state == MOS_OUTREACH_RUNNING))
    call->ends_us = mos_outreach_estimate_us (call->outreach, calendar, n, mos_txn_get_now_us (txn));
  return TRUE;
}

static int
show (MosCtl *self,
      GPtrArray *args)
{
  g_auto (MosCtlOutreach) call = { 0 };
  gboolean with_people = mos_ctl_take_flag (args, "--people");
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  call.name = g_ptr_array_index (args, 0);
  if (!mos_ctl_read (self, do_show, &call, &error))
    return mos_ctl_fail (self, error);
  mos_ctl_print_outreach (self, call.outreach, call.ends_us);
  if (with_people)
    mos_ctl_print_outreach_people (self, call.list);
  return MOS_CTL_DONE;
}

static const MosOutreachPerson *
find_person (GPtrArray *people,
             const char *address)
{
  for (guint i = 0; i < people->len; i++)
    if (g_ascii_strcasecmp (((MosOutreachPerson *) people->pdata[i])->address, address) == 0)
      return people->pdata[i];
  return NULL;
}

static gboolean
do_preview (MosTxn *txn,
            gpointer data,
            GError **error)
{
  MosCtlOutreach *call = data;
  const MosOutreachPerson *person;

  if (!do_show (txn, data, error))
    return FALSE;
  if (call->other == NULL)
    return TRUE;
  person = find_person (call->list, call->other);
  if (person == NULL)
    {
      /* Translators: %s is a mail address */
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, _ ("“%s” is not among them"), call->other);
      return FALSE;
    }
  return mos_outreach_write (txn, call->outreach, person, &call->letter, error);
}

static int
preview (MosCtl *self,
         GPtrArray *args)
{
  g_autofree char *person = mos_ctl_take_option (args, "--person");
  g_auto (MosCtlOutreach) call = { .other = person };
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  call.name = g_ptr_array_index (args, 0);
  if (!mos_ctl_read (self, do_preview, &call, &error))
    return mos_ctl_fail (self, error);
  if (call.letter != NULL)
    mos_ctl_print_outreach_letter (self, find_person (call.list, person), call.letter);
  else
    mos_ctl_print_outreach_people (self, call.list);
  return MOS_CTL_DONE;
}

/* --- making one --- */

static GPtrArray *
take_all (GPtrArray *args,
          const char *option)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  char *word;

  while ((word = mos_ctl_take_option (args, option)) != NULL)
    g_ptr_array_add (words, word);
  return words;
}

/* Exactly one way of saying whom it is for. Returns: (transfer full) (nullable) */
static MosAudience *
take_audience (GPtrArray *args,
               MosCtlOutreach *call)
{
  g_autofree char *segment = mos_ctl_take_option (args, "--segment");
  g_autofree char *status = mos_ctl_take_option (args, "--orders");
  guint unseen = G_MAXUINT, late = G_MAXUINT;
  gint64 from_us, to_us;
  gboolean is_fine = mos_ctl_take_number (args, "--unseen", &unseen) && mos_ctl_take_number (args, "--late-orders", &late) && mos_ctl_take_day (args, "--from", &from_us) && mos_ctl_take_day (args, "--to", &to_us);
  MosAudience *audience;

  call->customers = take_all (args, "--customer");
  call->orders = take_all (args, "--order");
  if (!is_fine || (segment != NULL) + (status != NULL) + (unseen != G_MAXUINT) + (late != G_MAXUINT) + (call->customers->len > 0) + (call->orders->len > 0) != 1)
    return NULL;
  audience = mos_audience_make (segment != NULL ? MOS_AUDIENCE_SEGMENT : status != NULL         ? MOS_AUDIENCE_ORDERS
                                                                     : unseen != G_MAXUINT      ? MOS_AUDIENCE_UNSEEN
                                                                     : late != G_MAXUINT        ? MOS_AUDIENCE_LATE_ORDERS
                                                                     : call->customers->len > 0 ? MOS_AUDIENCE_CUSTOMERS
                                                                                                : MOS_AUDIENCE_CHOSEN_ORDERS);
  audience->segment = segment != NULL ? mos_segment_from_nick (segment, (MosSegment) -1) : MOS_SEGMENT_ALL;
  audience->days = unseen != G_MAXUINT ? unseen : late != G_MAXUINT ? late
                                                                    : 0;
  audience->has_status = status != NULL && strcmp (status, "all") != 0;
  audience->status = audience->has_status ? mos_order_status_from_nick (status, (MosOrderStatus) -1) : MOS_ORDER_PENDING;
  audience->from_us = from_us;
  audience->to_us = to_us;
  if (audience->segment != (MosSegment) -1 && audience->status != (MosOrderStatus) -1)
    return audience;
  mos_audience_unref (audience);
  return NULL;
}

static gboolean
find_customers (MosTxn *txn,
                MosCtlOutreach *call,
                GStrvBuilder *ids,
                GError **error)
{
  for (guint i = 0; i < call->customers->len; i++)
    {
      g_autoptr (MosCustomerRow) row = NULL;

      if (!mos_customers_find (txn, call->customers->pdata[i], &row, error))
        return FALSE;
      g_strv_builder_add (ids, row->id);
    }
  return TRUE;
}

static gboolean
find_orders (MosTxn *txn,
             MosCtlOutreach *call,
             GStrvBuilder *ids,
             GError **error)
{
  for (guint i = 0; i < call->orders->len; i++)
    {
      g_autoptr (MosOrder) order = NULL;
      g_autoptr (GPtrArray) found = NULL;

      if (!mos_store_order_find (txn, call->orders->pdata[i], &order, error))
        return FALSE;
      found = order == NULL ? mos_store_order_find_number (txn, call->orders->pdata[i], 2, error) : NULL;
      if (order == NULL && found == NULL)
        return FALSE;
      if (order == NULL && found->len != 1)
        {
          g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, found->len == 0 ? _ ("There is no order “%s” here") : _ ("Several orders are called “%s”; use an id"), (char *) call->orders->pdata[i]);
          return FALSE;
        }
      g_strv_builder_add (ids, order != NULL ? order->id : ((MosOrder *) found->pdata[0])->id);
    }
  return TRUE;
}

/* One subject is for every language that the macro has and that has none of its own. */
static void
set_subjects (MosOutreach *outreach,
              const MosMacro *macro,
              MosCtlOutreach *call)
{
  for (guint i = 0; call->subject != NULL && i < macro->texts->len; i++)
    mos_macro_set_text (outreach->subjects, ((MosMacroText *) macro->texts->pdata[i])->language, call->subject);
  for (guint i = 0; i < call->subjects->len; i++)
    {
      const char *word = call->subjects->pdata[i];
      const char *equals = strchr (word, '=');
      g_autofree char *language = equals != NULL ? g_strndup (word, (gsize) (equals - word)) : NULL;
      g_autofree char *folded = language != NULL ? mos_macro_fold_language (language) : NULL;

      if (folded != NULL && *folded != '\0')
        mos_macro_set_text (outreach->subjects, folded, equals + 1);
    }
}

static gboolean
find_account (MosTxn *txn,
              MosCtlOutreach *call,
              GError **error)
{
  g_autoptr (MosAccount) account = NULL;
  g_autoptr (GPtrArray) accounts = NULL;

  if (call->account != NULL)
    {
      if (!mos_ctl_find_account (txn, call->account, &account, error))
        return FALSE;
      g_set_str (&call->outreach->account, account->id);
      return TRUE;
    }
  accounts = mos_store_account_list (txn, error);
  for (guint i = 0; accounts != NULL && i < accounts->len && call->outreach->account == NULL; i++)
    if (*((MosAccount *) accounts->pdata[i])->smtp->host != '\0')
      g_set_str (&call->outreach->account, ((MosAccount *) accounts->pdata[i])->id);
  return accounts != NULL;
}

static gboolean
do_new (MosTxn *txn,
        gpointer data,
        GError **error)
{
  MosCtlOutreach *call = data;
  g_autoptr (MosMacro) macro = NULL;
  g_autoptr (MosAgent) me = NULL;
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (GHashTable) answers = NULL;

  if (!mos_ctl_find_macro (txn, call->macro, &macro, error) || !mos_ctl_find_me (txn, &me, error) || !find_account (txn, call, error) ||
      !find_customers (txn, call, ids, error) || !find_orders (txn, call, ids, error))
    return FALSE;
  g_strfreev (call->outreach->audience->ids);
  call->outreach->audience->ids = g_strv_builder_end (ids);
  answers = mos_ctl_spread_answers (macro, call->outreach->answers, error);
  if (answers == NULL)
    return FALSE;
  g_hash_table_unref (call->outreach->answers);
  call->outreach->answers = g_steal_pointer (&answers);
  g_set_str (&call->outreach->letter->id, macro->id);
  g_set_str (&call->outreach->agent, me != NULL ? me->id : NULL);
  set_subjects (call->outreach, macro, call);
  return mos_outreach_save (txn, call->outreach, &call->id, error);
}

static int
make (MosCtl *self,
      GPtrArray *args)
{
  g_auto (MosCtlOutreach) call = { 0 };
  g_autoptr (GHashTable) answers = mos_ctl_take_answers (args);
  g_autoptr (MosAudience) audience = take_audience (args, &call);
  g_autofree char *purpose = mos_ctl_take_option (args, "--purpose");
  g_autofree char *sentence = NULL;
  gboolean is_order, is_fine;
  GError *error = NULL;

  call.macro = mos_ctl_take_option (args, "--macro");
  call.account = mos_ctl_take_option (args, "--account");
  call.subject = mos_ctl_take_option (args, "--subject");
  call.subjects = take_all (args, "--subject-for");
  if (audience == NULL)
    return mos_ctl_usage (self, "%s", _ ("Say whom it is for, in one way: --segment NAME, --unseen DAYS, --customer WHO..., --late-orders DAYS, --orders STATUS|all [--from DAY] [--to DAY] or --order NUMBER..."));
  /* About somebody's own order, unless it is said otherwise. */
  is_order = purpose != NULL ? strcmp (purpose, "order") == 0 : mos_audience_is_of_orders (audience);
  is_fine = purpose == NULL || is_order || strcmp (purpose, "promotional") == 0;
  call.outreach = mos_outreach_make (audience);
  call.outreach->purpose = is_order ? MOS_OUTREACH_ORDER : MOS_OUTREACH_PROMOTIONAL;
  call.outreach->allows_unknown = mos_ctl_take_flag (args, "--allow-unknown");
  call.outreach->in_hours = mos_ctl_take_flag (args, "--business-hours");
  g_hash_table_unref (call.outreach->answers);
  call.outreach->answers = g_hash_table_ref (answers);
  is_fine = mos_ctl_take_number (args, "--again-days", &call.outreach->again_days) && mos_ctl_take_number (args, "--per-minute", &call.outreach->per_minute) && mos_ctl_take_number (args, "--per-hour", &call.outreach->per_hour) && is_fine;
  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  if (!is_fine || call.macro == NULL)
    return mos_ctl_usage (self, "%s", _ ("Say outreach new NAME --macro MACRO --subject TEXT and whom it is for; --purpose is promotional or order, and what is counted is a number"));
  g_set_str (&call.outreach->name, g_ptr_array_index (args, 0));
  if (!mos_ctl_write (self, NULL, do_new, &call, &error))
    return fail (self, &call, error);
  /* Translators: %s is an outreach's name */
  sentence = g_strdup_printf (_ ("“%s” is saved; nothing is sent before “mostradorctl outreach start”"), call.outreach->name);
  mos_ctl_say (self, "saved", call.id, sentence);
  return MOS_CTL_DONE;
}

/* --- how it goes --- */

static gboolean
do_act (MosTxn *txn,
        gpointer data,
        GError **error)
{
  MosCtlOutreach *call = data;

  return find (txn, call, error) && call->act (txn, call->outreach->id, error);
}

static int
act (MosCtl *self,
     GPtrArray *args,
     gboolean (*func) (MosTxn *txn, const char *id, GError **error),
     const char *result,
     const char *format)
{
  g_auto (MosCtlOutreach) call = { .act = func };
  g_autoptr (GString) sentence = NULL;
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  call.name = g_ptr_array_index (args, 0);
  if (!mos_ctl_write (self, NULL, do_act, &call, &error))
    return fail (self, &call, error);
  sentence = g_string_new (format);
  g_string_replace (sentence, "{name}", call.outreach->name, 0);
  mos_ctl_say (self, result, call.outreach->id, sentence->str);
  return MOS_CTL_DONE;
}

static int
start (MosCtl *self,
       GPtrArray *args)
{
  /* Translators: {name} is an outreach's name, and stays as it is */
  return act (self, args, mos_outreach_start, "started", _ ("“{name}” has begun; it goes on while the program runs, or with each “mostradorctl sync”"));
}

static int
halt (MosCtl *self,
      GPtrArray *args)
{
  /* Translators: {name} is an outreach's name, and stays as it is */
  return act (self, args, mos_outreach_pause, "paused", _ ("“{name}” stands still; what is in the outbox still leaves"));
}

static int
resume (MosCtl *self,
        GPtrArray *args)
{
  /* Translators: {name} is an outreach's name, and stays as it is */
  return act (self, args, mos_outreach_resume, "resumed", _ ("“{name}” goes on"));
}

static int
delete_one (MosCtl *self,
            GPtrArray *args)
{
  /* Translators: {name} is an outreach's name, and stays as it is */
  return act (self, args, mos_outreach_remove, "deleted", _ ("“{name}” is deleted from the list; what was sent stays"));
}

static gboolean
do_cancel (MosTxn *txn,
           gpointer data,
           GError **error)
{
  MosCtlOutreach *call = data;

  return find (txn, call, error) && mos_outreach_cancel (txn, call->outreach->id, &call->n, error);
}

static int
cancel (MosCtl *self,
        GPtrArray *args)
{
  g_auto (MosCtlOutreach) call = { 0 };
  g_autofree char *sentence = NULL;
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  call.name = g_ptr_array_index (args, 0);
  if (!mos_ctl_write (self, NULL, do_cancel, &call, &error))
    return fail (self, &call, error);
  sentence = g_strdup_printf (ngettext ("Cancelled; %u message was not sent", "Cancelled; %u messages were not sent", call.n), call.n);
  mos_ctl_say (self, "cancelled", call.outreach->id, sentence);
  return MOS_CTL_DONE;
}

static gboolean
do_test (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlOutreach *call = data;
  const MosOutreachPerson *person = NULL;

  if (!do_show (txn, data, error))
    return FALSE;
  for (guint i = 0; i < call->list->len && person == NULL; i++)
    if (((MosOutreachPerson *) call->list->pdata[i])->state != MOS_OUTREACH_PERSON_LEFT_OUT)
      person = call->list->pdata[i];
  return mos_outreach_send_test (txn, call->outreach, person, call->other, &call->id, error);
}

static int
test (MosCtl *self,
      GPtrArray *args)
{
  g_auto (MosCtlOutreach) call = { 0 };
  g_autofree char *sentence = NULL;
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 2, 2))
    return MOS_CTL_USAGE;
  call.name = g_ptr_array_index (args, 0);
  call.other = g_ptr_array_index (args, 1);
  if (!mos_ctl_write (self, NULL, do_test, &call, &error))
    return fail (self, &call, error);
  /* Translators: %s is a mail address */
  sentence = g_strdup_printf (_ ("A test is on its way to %s"), call.other);
  mos_ctl_say (self, "queued", call.id, sentence);
  return MOS_CTL_DONE;
}

int
mos_ctl_outreach (MosCtl *self,
                  GPtrArray *args)
{
  static const struct
  {
    const char *verb;
    MosCtlFunc func;
  } verbs[] = {
    { "list", list },
    { "show", show },
    { "new", make },
    { "preview", preview },
    { "test", test },
    { "start", start },
    { "pause", halt },
    { "resume", resume },
    { "cancel", cancel },
    { "delete", delete_one },
  };

  for (gsize i = 0; args->len > 0 && i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (verbs[i].verb, g_ptr_array_index (args, 0)) == 0)
      {
        g_ptr_array_remove_index (args, 0);
        return verbs[i].func (self, args);
      }
  return mos_ctl_usage (self, "%s", _ ("Say outreach list, show, new, preview, test, start, pause, resume, cancel or delete; see mostradorctl --help"));
}
