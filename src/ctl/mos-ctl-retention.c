/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/desk/mos-retention.h"

#include <glib/gi18n.h>
#include <string.h>

/* How long what is done with is kept: rules, what would go, what goes next, receipts. */

#define MAX_LISTED 1000

typedef struct
{
  MosRetentionClass retention_class;
  guint days;
  gboolean is_on;
  gboolean keep;
  GPtrArray *words;             /* (borrowed) */
  GPtrArray *list;              /* (owned) (nullable) */
  MosRetentionPreview *preview; /* (owned) (nullable) */
  gint64 position;
  gint64 last;
  char *state; /* (owned) (nullable) */
} MosCtlRetention;

static void
mos_ctl_retention_clear (MosCtlRetention *call)
{
  g_clear_pointer (&call->list, g_ptr_array_unref);
  g_clear_pointer (&call->preview, mos_retention_preview_unref);
  g_clear_pointer (&call->state, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosCtlRetention, mos_ctl_retention_clear)

static gboolean
parse_class (MosCtl *self,
             const char *word,
             MosCtlRetention *call)
{
  call->retention_class = mos_retention_class_from_nick (word, MOS_N_RETENTION_CLASSES);
  if (call->retention_class < MOS_N_RETENTION_CLASSES)
    return TRUE;
  /* Translators: keep the words in the second half, they are typed */
  mos_ctl_usage (self, _ ("“%s” is no class: say spam, invoice, quarantine, machine, chat or email"), word);
  return FALSE;
}

static gboolean
parse_days (MosCtl *self,
            GPtrArray *args,
            MosCtlRetention *call,
            gboolean *ret_given)
{
  g_autofree char *text = mos_ctl_take_option (args, "--days");
  guint64 days;

  *ret_given = text != NULL;
  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 1, MOS_RETENTION_MAX_DAYS, &days, NULL))
    {
      mos_ctl_usage (self, _ ("“%s” is no number of days"), text);
      return FALSE;
    }
  call->days = (guint) days;
  return TRUE;
}

static gboolean
do_list (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlRetention *call = data;

  call->list = mos_store_retention_list_rules (txn, error);
  return call->list != NULL;
}

static gboolean
load_rule (MosCtl *self,
           MosCtlRetention *call,
           gboolean has_days,
           GError **error)
{
  g_auto (MosCtlRetention) rules = { 0 };

  if (!mos_ctl_read (self, do_list, &rules, error))
    return FALSE;
  if (!has_days)
    call->days = ((const MosRetentionRule *) rules.list->pdata[call->retention_class])->days;
  return TRUE;
}

static void
print_rule (MosCtl *self,
            const MosRetentionRule *rule)
{
  const char *nick = mos_retention_class_to_nick (rule->retention_class);
  g_autoptr (JsonBuilder) builder = NULL;

  if (!self->json)
    {
      if (rule->days == 0)
        mos_ctl_print (self, _ ("%-11s kept for ever\n"), nick);
      else
        /* Translators: first a class of conversations, then how many days, then "on" or "off" */
        mos_ctl_print (self, ngettext ("%1$-11s %2$5u day   %3$s\n", "%1$-11s %2$5u days  %3$s\n", rule->days), nick, rule->days, rule->is_on ? "on" : "off");
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  mos_json_string (builder, "class", nick);
  mos_json_int (builder, "days", rule->days);
  mos_json_bool (builder, "on", rule->is_on);
  mos_json_bool (builder, "previewed", rule->days > 0 && rule->previewed_days == rule->days);
  json_builder_end_object (builder);
  mos_ctl_print_json (self, builder);
}

static int
list (MosCtl *self,
      GPtrArray *args)
{
  g_auto (MosCtlRetention) call = { 0 };
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 0, 0))
    return MOS_CTL_USAGE;
  if (!mos_ctl_read (self, do_list, &call, &error))
    return mos_ctl_fail (self, error);
  for (guint i = 0; i < call.list->len; i++)
    print_rule (self, call.list->pdata[i]);
  return MOS_CTL_DONE;
}

/* --- preview --- */

static gboolean
do_preview (MosTxn *txn,
            gpointer data,
            GError **error)
{
  MosCtlRetention *call = data;

  return mos_retention_preview_some (txn, call->preview, &call->position, &call->last, error) &&
         (call->position < call->last || mos_retention_preview_finish (txn, call->preview, error));
}

static gboolean
do_seen (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlRetention *call = data;

  return mos_retention_seen (txn, call->retention_class, call->days, error);
}

static void
print_item (MosCtl *self,
            const MosRetentionItem *item,
            gboolean is_kept)
{
  const char *subject = item->conversation != NULL ? item->conversation->subject : "";
  g_autofree char *since = mos_ctl_local_time (item->since_us);
  g_autofree char *goes = item->go_us != 0 ? mos_ctl_local_time (item->go_us) : g_strdup ("");
  g_autoptr (JsonBuilder) builder = NULL;

  if (!self->json)
    {
      mos_ctl_print (self, "#%" G_GINT64_FORMAT "  %s  %s%s%s\n", item->number, since, goes, *goes != '\0' ? "  " : "", subject);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  mos_json_int (builder, "conversation", item->number);
  if (!is_kept)
    mos_json_string (builder, "class", mos_retention_class_to_nick (item->retention_class));
  mos_json_time (builder, "since", item->since_us);
  if (item->go_us != 0)
    mos_json_time (builder, "goes", item->go_us);
  mos_json_string (builder, "subject", subject);
  json_builder_end_object (builder);
  mos_ctl_print_json (self, builder);
}

static void
add_count (JsonBuilder *builder,
           const MosRetentionCount *count)
{
  mos_json_int (builder, "conversations", count->n_conversations);
  mos_json_int (builder, "messages", count->n_messages);
  mos_json_int (builder, "bytes", count->bytes);
  mos_json_time (builder, "oldest", count->oldest_us);
}

static void
print_count (MosCtl *self,
             const MosRetentionCount *count)
{
  g_autofree char *size = g_format_size ((guint64) count->bytes);
  g_autofree char *messages = g_strdup_printf (ngettext ("%u message", "%u messages", count->n_messages), count->n_messages);
  g_autofree char *oldest = mos_ctl_local_time (count->oldest_us);

  if (count->n_conversations == 0)
    mos_ctl_print (self, "%s\n", _ ("Nothing is that old"));
  else
    /* Translators: %2$s: "8 messages"; %3$s: "1.2 MB"; %4$s: a time */
    mos_ctl_print (self, ngettext ("%1$u conversation with %2$s, about %3$s; the oldest ended %4$s\n", "%1$u conversations with %2$s, about %3$s; the oldest ended %4$s\n", count->n_conversations),
                   count->n_conversations, messages, size, oldest);
}

static void
print_preview (MosCtl *self,
               const MosRetentionPreview *preview)
{
  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mos_json_string (builder, "class", mos_retention_class_to_nick (preview->rule->retention_class));
      mos_json_int (builder, "days", preview->rule->days);
      add_count (builder, &preview->count);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
    }
  else
    print_count (self, &preview->count);
  for (guint i = 0; i < preview->items->len; i++)
    print_item (self, preview->items->pdata[i], FALSE);
}

static int
preview (MosCtl *self,
         GPtrArray *args)
{
  g_auto (MosCtlRetention) call = { 0 };
  g_autoptr (MosRetentionRule) rule = mos_retention_rule_new ();
  gboolean has_days;
  GError *error = NULL;

  if (!parse_days (self, args, &call, &has_days) || !mos_ctl_check_args (self, args, 1, 1) || !parse_class (self, args->pdata[0], &call))
    return MOS_CTL_USAGE;
  if (!load_rule (self, &call, has_days, &error))
    return mos_ctl_fail (self, error);
  if (call.days == 0)
    return mos_ctl_usage (self, "%s", _ ("That class is kept for ever: say --days, to see what would go"));
  rule->retention_class = call.retention_class;
  rule->days = call.days;
  call.preview = mos_retention_preview_make (rule);
  do
    if (!mos_ctl_read (self, do_preview, &call, &error))
      return mos_ctl_fail (self, error);
  while (call.position < call.last);
  if (!mos_ctl_write (self, NULL, do_seen, &call, &error))
    return mos_ctl_fail (self, error);
  print_preview (self, call.preview);
  return MOS_CTL_DONE;
}

/* --- set --- */

static gboolean
do_set (MosTxn *txn,
        gpointer data,
        GError **error)
{
  MosCtlRetention *call = data;

  return mos_retention_set (txn, call->retention_class, call->days, call->is_on, error) && do_list (txn, data, error);
}

static int
set (MosCtl *self,
     GPtrArray *args)
{
  g_auto (MosCtlRetention) call = { 0 };
  gboolean has_days;
  GError *error = NULL;

  if (!parse_days (self, args, &call, &has_days) || !mos_ctl_check_args (self, args, 2, 2) || !parse_class (self, args->pdata[0], &call))
    return MOS_CTL_USAGE;
  call.is_on = g_str_equal (args->pdata[1], "on");
  if (!call.is_on && !g_str_equal (args->pdata[1], "off"))
    return mos_ctl_usage (self, "%s", _ ("Say retention set CLASS on or off, with --days"));
  if (!load_rule (self, &call, has_days, &error))
    return mos_ctl_fail (self, error);
  if (!mos_ctl_write (self, MOS_RETENTION_SET, do_set, &call, &error))
    {
      if (!g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID))
        return mos_ctl_fail (self, error);
      g_error_free (error);
      /* Translators: keep "mostradorctl retention preview" */
      return mos_ctl_fail_text (self, "%s", call.days == 0 ? _ ("That class is kept for ever: say --days") : _ ("Nothing was switched on: look first at what would go, with the same days: mostradorctl retention preview"));
    }
  print_rule (self, call.list->pdata[call.retention_class]);
  return MOS_CTL_DONE;
}

/* --- what goes next, what is kept, what went --- */

static gboolean
do_going (MosTxn *txn,
          gpointer data,
          GError **error)
{
  MosCtlRetention *call = data;
  guint total;

  call->list = call->keep ? mos_store_retention_list_kept (txn, MAX_LISTED, error) : mos_store_retention_list_going (txn, MAX_LISTED, &total, error);
  return call->list != NULL;
}

static int
print_items (MosCtl *self,
             GPtrArray *args,
             gboolean kept)
{
  g_auto (MosCtlRetention) call = { .keep = kept };
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 0, 0))
    return MOS_CTL_USAGE;
  if (!mos_ctl_read (self, do_going, &call, &error))
    return mos_ctl_fail (self, error);
  for (guint i = 0; i < call.list->len; i++)
    print_item (self, call.list->pdata[i], kept);
  return MOS_CTL_DONE;
}

static int
going (MosCtl *self,
       GPtrArray *args)
{
  return print_items (self, args, FALSE);
}

static int
kept (MosCtl *self,
      GPtrArray *args)
{
  return print_items (self, args, TRUE);
}

static gboolean
do_receipts (MosTxn *txn,
             gpointer data,
             GError **error)
{
  MosCtlRetention *call = data;

  call->list = mos_store_retention_list_receipts (txn, MAX_LISTED, error);
  return call->list != NULL;
}

static int
receipts (MosCtl *self,
          GPtrArray *args)
{
  g_auto (MosCtlRetention) call = { 0 };
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 0, 0))
    return MOS_CTL_USAGE;
  if (!mos_ctl_read (self, do_receipts, &call, &error))
    return mos_ctl_fail (self, error);
  for (guint i = 0; i < call.list->len; i++)
    {
      const MosRetentionReceipt *receipt = call.list->pdata[i];
      const char *nick = mos_retention_class_to_nick (receipt->retention_class);
      g_autofree char *at = mos_ctl_local_time (receipt->at_us);
      g_autoptr (JsonBuilder) builder = NULL;

      if (!self->json)
        {
          mos_ctl_print (self, "%s  %s  ", at, nick);
          print_count (self, &receipt->count);
          if (receipt->count.n_customers > 0)
            mos_ctl_print (self, ngettext ("  and %u customer of whom nothing else was left\n", "  and %u customers of whom nothing else was left\n", receipt->count.n_customers), receipt->count.n_customers);
          continue;
        }
      builder = json_builder_new ();
      json_builder_begin_object (builder);
      mos_json_time (builder, "at", receipt->at_us);
      mos_json_string (builder, "class", nick);
      add_count (builder, &receipt->count);
      mos_json_int (builder, "customers", receipt->count.n_customers);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
    }
  return MOS_CTL_DONE;
}

static gboolean
do_keep (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlRetention *call = data;

  for (guint i = 0; i < call->words->len; i++)
    {
      g_autoptr (MosConversationRow) row = NULL;
      const char *ids[2] = { NULL, NULL };

      if (!mos_ctl_find_conversation (txn, call->words->pdata[i], &row, error))
        return FALSE;
      ids[0] = row->id;
      if (!mos_retention_keep (txn, ids, call->keep, error))
        return FALSE;
    }
  return TRUE;
}

static int
set_kept (MosCtl *self,
          GPtrArray *args,
          gboolean keep)
{
  g_auto (MosCtlRetention) call = { .words = args, .keep = keep };
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 1, MAX_LISTED))
    return MOS_CTL_USAGE;
  if (!mos_ctl_write (self, keep ? MOS_RETENTION_KEEP : MOS_RETENTION_UNKEEP, do_keep, &call, &error))
    return mos_ctl_fail (self, error);
  return MOS_CTL_DONE;
}

static int
keep (MosCtl *self,
      GPtrArray *args)
{
  return set_kept (self, args, TRUE);
}

static int
unkeep (MosCtl *self,
        GPtrArray *args)
{
  return set_kept (self, args, FALSE);
}

/* --- run --- */

static gboolean
do_hasten (MosTxn *txn,
           gpointer data,
           GError **error)
{
  return mos_store_retention_hasten (txn, error);
}

static gboolean
step (MosTxn *txn,
      gpointer data,
      GCancellable *cancellable,
      GError **error)
{
  MosCtlRetention *call = data;

  return mos_retention_step (txn, &call->state, error);
}

/* Nobody in particular does it: what goes went by its time. */
static gboolean
run_once (MosCtl *self,
          GError **error)
{
  g_auto (MosCtlRetention) call = { 0 };

  do
    if (!mos_store_write_sync (self->store, NULL, NULL, step, &call, NULL, self->cancellable, error))
      return FALSE;
  while (call.state != NULL);
  return TRUE;
}

static int
run (MosCtl *self,
     GPtrArray *args)
{
  gboolean now = mos_ctl_take_flag (args, "--now"), yes = mos_ctl_take_flag (args, "--yes");
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 0, 0))
    return MOS_CTL_USAGE;
  if (now && !yes)
    return mos_ctl_usage (self, "%s", _ ("What goes does not come back: add --yes"));
  if (!run_once (self, &error) || (now && (!mos_ctl_write (self, NULL, do_hasten, NULL, &error) || !run_once (self, &error))))
    return mos_ctl_fail (self, error);
  return going (self, args);
}

int
mos_ctl_retention (MosCtl *self,
                   GPtrArray *args)
{
  static const struct
  {
    const char *verb;
    MosCtlFunc func;
  } verbs[] = {
    { "list", list },
    { "preview", preview },
    { "set", set },
    { "going", going },
    { "keep", keep },
    { "unkeep", unkeep },
    { "kept", kept },
    { "run", run },
    { "receipts", receipts },
  };

  for (gsize i = 0; args->len > 0 && i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (verbs[i].verb, g_ptr_array_index (args, 0)) == 0)
      {
        g_ptr_array_remove_index (args, 0);
        return verbs[i].func (self, args);
      }
  return mos_ctl_usage (self, "%s", _ ("Say retention list, preview, set, going, keep, unkeep, kept, run or receipts"));
}
