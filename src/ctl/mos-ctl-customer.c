/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-customer.h"

#include "core/desk/mos-customer-json.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

/* --- what is printed --- */

void
mos_ctl_print_customer (MosCtl *self,
                        MosCustomerRow *row)
{
  g_autoptr (GString) addresses = NULL;

  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      mos_customer_json_add (builder, row);
      mos_ctl_print_json (self, builder);
      return;
    }
  addresses = g_string_new (NULL);
  for (guint i = 0; i < row->identities->len; i++)
    g_string_append_printf (addresses, "%s%s", i > 0 ? ", " : "", ((MosIdentity *) g_ptr_array_index (row->identities, i))->value);
  mos_ctl_print (self, "%s  %s%s%s\n", row->id, row->name, *row->name != '\0' ? "  " : "", addresses->str);
}

static void
print_line (MosCtl *self,
            const char *name,
            const char *value)
{
  if (value != NULL && *value != '\0')
    mos_ctl_print (self, "  %s: %s\n", name, value);
}

/* What they bought, and when. */
static void
print_orders (MosCtl *self,
              const MosJourney *journey)
{
  for (guint i = 0; i < journey->totals->len; i++)
    {
      const MosOrderTotals *one = journey->totals->pdata[i];

      mos_ctl_print (self, "  ");
      /* Translators: %2$s is a sum, %3$s a currency, %4$u how many of the orders were refunded */
      mos_ctl_print (self, ngettext ("%1$u order, %2$s %3$s, %4$u refunded\n", "%1$u orders, %2$s %3$s, %4$u refunded\n", one->n_orders), one->n_orders, one->spent, one->currency, one->n_refunded);
    }
  for (guint i = 0; i < journey->orders->len; i++)
    {
      const MosOrder *order = journey->orders->pdata[i];
      const MosShopAccount *shop = mos_journey_find_shop (journey, order->shop);
      g_autofree char *line = mos_ctl_order_line (order, shop != NULL ? shop->name : NULL);

      mos_ctl_print (self, "  %s\n", line);
    }
  if (journey->has_more_orders)
    mos_ctl_print (self, "  …\n");
}

static void
print_whole (MosCtl *self,
             const MosJourney *journey,
             GPtrArray *merges)
{
  MosCustomerRow *row = journey->customer;

  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      mos_customer_json_add_journey (builder, journey);
      mos_ctl_print_json (self, builder);
      return;
    }
  mos_ctl_print_customer (self, row);
  print_line (self, "language", row->language);
  print_line (self, "country", row->country);
  print_line (self, "phone", row->phone);
  print_line (self, "company", row->company);
  print_line (self, "vip", row->vip ? "yes" : NULL);
  print_line (self, "consent", row->consent != MOS_CONSENT_UNKNOWN ? mos_consent_to_nick (row->consent) : NULL);
  for (guint i = 0; i < row->fields->len; i++)
    {
      const MosCustomerField *field = g_ptr_array_index (row->fields, i);
      g_autofree char *name = g_strconcat ("own:", field->name, NULL);

      print_line (self, name, field->value);
    }
  if (row->last_score_us != 0)
    {
      g_autofree char *at = mos_ctl_local_time (row->last_score_us);
      g_autofree char *score = g_strdup_printf ("%s %d  %s", mos_survey_kind_to_nick (row->last_score_kind), row->last_score, at);

      print_line (self, "score", score);
    }
  print_line (self, "notes", row->notes);
  mos_ctl_print (self, "  ");
  mos_ctl_print (self, ngettext ("%u conversation\n", "%u conversations\n", row->conversation_count), row->conversation_count);
  print_orders (self, journey);
  for (guint i = 0; i < merges->len; i++)
    {
      const MosCustomerMerge *merge = g_ptr_array_index (merges, i);
      g_autofree char *at = mos_ctl_local_time (merge->at_us);

      /* Translators: a time, then the name of a customer who became part of this one */
      mos_ctl_print (self, _ ("  merged %1$s: %2$s\n"), at, merge->source_name);
    }
}

/* --- list, show, set, suggest --- */

typedef struct
{
  const char *name;
  const char *other;
  GPtrArray *words; /* (borrowed) */
  MosSegment segment;
  guint days; /* 0 = as it is set */
  guint limit;
  guint n_others;
  MosCustomerRow *row; /* (owned) (nullable) */
  MosJourney *journey; /* (owned) (nullable) */
  GPtrArray *list;     /* (owned) (nullable) */
} MosCtlCustomer;

static void
mos_ctl_customer_clear (MosCtlCustomer *call)
{
  g_clear_pointer (&call->row, mos_customer_row_unref);
  g_clear_pointer (&call->journey, mos_journey_unref);
  g_clear_pointer (&call->list, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosCtlCustomer, mos_ctl_customer_clear)

static gboolean
do_list (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlCustomer *call = data;

  if (call->name != NULL)
    call->list = mos_store_customer_search (txn, call->name, call->limit, error);
  else if (call->days > 0)
    call->list = mos_store_customer_list_lost (txn, call->days, 0, call->limit, error);
  else
    call->list = mos_store_customer_list (txn, call->segment, 0, call->limit, error);
  return call->list != NULL;
}

static int
list (MosCtl *self,
      GPtrArray *args)
{
  g_autofree char *segment = mos_ctl_take_option (args, "--segment");
  g_autofree char *limit = mos_ctl_take_option (args, "--limit");
  g_autofree char *days = mos_ctl_take_option (args, "--days");
  g_auto (MosCtlCustomer) call = { .limit = limit != NULL ? (guint) strtoul (limit, NULL, 10) : 1000 };
  GError *error = NULL;
  guint64 number = 0;

  if (!mos_ctl_check_args (self, args, 0, 1))
    return MOS_CTL_USAGE;
  call.name = args->len > 0 ? g_ptr_array_index (args, 0) : NULL;
  call.segment = segment != NULL ? mos_segment_from_nick (segment, (MosSegment) -1) : MOS_SEGMENT_ALL;
  if (call.segment == (MosSegment) -1 || call.limit == 0 || (segment != NULL && call.name != NULL))
    return mos_ctl_usage (self, "%s", _ ("Say customer list with words, or with --segment all, new, returning, vip, lost or unhappy; --limit is a number"));
  if (days != NULL && (call.segment != MOS_SEGMENT_LOST || !g_ascii_string_to_unsigned (days, 10, 1, MOS_SEGMENT_MAX_LOST_DAYS, &number, NULL)))
    return mos_ctl_usage (self, "%s", _ ("--days goes with --segment lost, and is a number of days without an order"));
  call.days = (guint) number;
  if (!mos_ctl_read (self, do_list, &call, &error))
    return mos_ctl_fail (self, error);
  for (guint i = 0; i < call.list->len; i++)
    mos_ctl_print_customer (self, g_ptr_array_index (call.list, i));
  return MOS_CTL_DONE;
}

static gboolean
do_show (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlCustomer *call = data;

  if (!mos_customers_find (txn, call->name, &call->row, error) || !mos_journey_load (txn, call->row->id, NULL, &call->journey, error))
    return FALSE;
  call->list = mos_store_customer_list_merges (txn, call->row->id, error);
  return call->list != NULL;
}

static int
show (MosCtl *self,
      GPtrArray *args)
{
  g_auto (MosCtlCustomer) call = { 0 };
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  call.name = g_ptr_array_index (args, 0);
  if (!mos_ctl_read (self, do_show, &call, &error))
    return mos_ctl_fail (self, error);
  print_whole (self, call.journey, call.list);
  return MOS_CTL_DONE;
}

/* "field=value", "address+=value", "address-=value" */
static gboolean
set_word (MosTxn *txn,
          MosCtlCustomer *call,
          MosCustomerRow *copy,
          const char *word,
          GError **error)
{
  const char *equals = strchr (word, '=');
  g_autofree char *field = NULL;
  guint others = 0;

  if (equals == NULL || equals == word)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s: FIELD=VALUE", word);
      return FALSE;
    }
  if (g_str_has_prefix (word, "address+="))
    {
      if (!mos_customers_add_identity (txn, call->row->id, equals + 1, &others, error))
        return FALSE;
      call->n_others += others;
      return TRUE;
    }
  if (g_str_has_prefix (word, "address-="))
    return mos_customers_remove_identity (txn, call->row->id, equals + 1, error);
  field = g_strndup (word, (gsize) (equals - word));
  return mos_customers_set (copy, field, equals + 1, error);
}

static gboolean
do_set (MosTxn *txn,
        gpointer data,
        GError **error)
{
  MosCtlCustomer *call = data;
  g_autoptr (MosCustomerRow) copy = NULL;
  g_autofree char *id = NULL;

  if (!mos_customers_find (txn, call->name, &call->row, error))
    return FALSE;
  copy = mos_customer_row_copy (call->row);
  for (guint i = 1; i < call->words->len; i++)
    if (!set_word (txn, call, copy, g_ptr_array_index (call->words, i), error))
      return FALSE;
  if (!mos_customers_save_changes (txn, call->row, copy, error))
    return FALSE;
  id = g_strdup (call->row->id);
  g_clear_pointer (&call->row, mos_customer_row_unref);
  return mos_store_customer_find (txn, id, &call->row, error);
}

static int
set (MosCtl *self,
     GPtrArray *args)
{
  g_auto (MosCtlCustomer) call = { .words = args };
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 2, 100))
    return MOS_CTL_USAGE;
  call.name = g_ptr_array_index (args, 0);
  if (!mos_ctl_write (self, MOS_CUSTOMER_EDIT, do_set, &call, &error))
    return mos_ctl_fail (self, error);
  mos_ctl_print_customer (self, call.row);
  if (call.n_others > 0)
    g_string_append_printf (self->errors, "%s\n", _ ("Somebody else writes from that address, too. Mail from it goes to who had it first."));
  return MOS_CTL_DONE;
}

static gboolean
do_suggest (MosTxn *txn,
            gpointer data,
            GError **error)
{
  MosCtlCustomer *call = data;

  if (!mos_customers_find (txn, call->name, &call->row, error))
    return FALSE;
  if (call->other != NULL)
    {
      g_autoptr (MosCustomerRow) other = NULL;

      return mos_customers_find (txn, call->other, &other, error) && mos_store_customer_set_distinct (txn, call->row->id, other->id, TRUE, error);
    }
  call->list = mos_store_customer_suggest (txn, call->row->id, 20, error);
  return call->list != NULL;
}

static void
print_suggestion (MosCtl *self,
                  MosSuggestion *suggestion)
{
  static const struct
  {
    MosSameReasons reason;
    const char *nick;
  } table[] = { { MOS_SAME_PHONE, "phone" }, { MOS_SAME_ORDER, "order" }, { MOS_SAME_NAME_COMPANY, "name+company" }, { MOS_SAME_NAME_FIELD, "name+field" } };
  g_autoptr (GStrvBuilder) nicks = g_strv_builder_new ();
  g_auto (GStrv) reasons = NULL;
  g_autofree char *joined = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (suggestion->reasons & table[i].reason)
      g_strv_builder_add (nicks, table[i].nick);
  reasons = g_strv_builder_end (nicks);
  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "customer");
      mos_customer_json_add (builder, suggestion->customer);
      mos_json_strv (builder, "reasons", reasons);
      mos_json_string (builder, "field", suggestion->field);
      mos_json_string (builder, "order", suggestion->order);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
      return;
    }
  joined = g_strjoinv (", ", reasons);
  mos_ctl_print (self, "[%s] ", joined);
  mos_ctl_print_customer (self, suggestion->customer);
}

static int
suggest (MosCtl *self,
         GPtrArray *args)
{
  g_autofree char *other = mos_ctl_take_option (args, "--not");
  g_auto (MosCtlCustomer) call = { .other = other };
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  call.name = g_ptr_array_index (args, 0);
  if (!(other != NULL ? mos_ctl_write (self, MOS_CUSTOMER_DISTINCT, do_suggest, &call, &error) : mos_ctl_read (self, do_suggest, &call, &error)))
    return mos_ctl_fail (self, error);
  for (guint i = 0; call.list != NULL && i < call.list->len; i++)
    print_suggestion (self, g_ptr_array_index (call.list, i));
  return MOS_CTL_DONE;
}

int
mos_ctl_customer (MosCtl *self,
                  GPtrArray *args)
{
  static const struct
  {
    const char *verb;
    MosCtlFunc func;
  } verbs[] = {
    { "list", list },
    { "show", show },
    { "set", set },
    { "suggest", suggest },
    { "merge", mos_ctl_customer_merge },
    { "unmerge", mos_ctl_customer_unmerge },
    { "split", mos_ctl_customer_split },
    { "export", mos_ctl_customer_export },
    { "import", mos_ctl_customer_import },
    { "erase", mos_ctl_customer_erase },
    { "receipts", mos_ctl_customer_receipts },
  };

  for (gsize i = 0; args->len > 0 && i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (verbs[i].verb, g_ptr_array_index (args, 0)) == 0)
      {
        g_ptr_array_remove_index (args, 0);
        return verbs[i].func (self, args);
      }
  return mos_ctl_usage (self, "%s", _ ("Say customer list, show, set, suggest, merge, unmerge, split, export, import, erase or receipts"));
}
