/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/base/mos-decimal.h"
#include "core/desk/mos-order-actions.h"
#include "core/desk/mos-shops.h"

#include <glib/gi18n.h>
#include <string.h>

#define DEFAULT_LIMIT 50

/* --- finding --- */

typedef struct
{
  const char *number; /* or an id */
  const char *shop_name;
  const char *conversation_name;
  char *conversation;     /* (owned) (nullable) */
  MosOrder *order;        /* (owned) (nullable) */
  MosShopAccount *shop;   /* (owned) (nullable) */
  MosOrderAction *action; /* (owned) (nullable) */
  GPtrArray *actions;     /* (owned) (nullable) */
} MosCtlOrderCall;

static void
mos_ctl_order_call_clear (MosCtlOrderCall *call)
{
  g_free (call->conversation);
  g_clear_pointer (&call->order, mos_order_unref);
  g_clear_pointer (&call->shop, mos_shop_account_unref);
  g_clear_pointer (&call->action, mos_order_action_unref);
  g_clear_pointer (&call->actions, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosCtlOrderCall, mos_ctl_order_call_clear)

static gboolean
do_find_order (MosTxn *txn,
               gpointer data,
               GError **error)
{
  MosCtlOrderCall *call = data;
  g_autoptr (GPtrArray) orders = NULL;
  g_autoptr (MosShopAccount) only = NULL;
  guint n = 0;

  if (call->shop_name != NULL && !mos_ctl_find_shop (txn, call->shop_name, &only, error))
    return FALSE;
  if (!mos_store_order_find (txn, call->number, &call->order, error))
    return FALSE;
  orders = call->order == NULL ? mos_store_order_find_number (txn, call->number, DEFAULT_LIMIT, error) : g_ptr_array_new ();
  for (guint i = 0; orders != NULL && i < orders->len; i++)
    {
      MosOrder *order = orders->pdata[i];

      if (only != NULL && strcmp (only->id, order->shop) != 0)
        continue;
      n++;
      if (call->order == NULL)
        call->order = mos_order_ref (order);
    }
  if (orders != NULL && n > 1)
    g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, _ ("Several orders are called “%s”: say which with --shop, or its id"), call->number);
  else if (orders != NULL && call->order == NULL)
    g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, _ ("There is no order “%s” here"), call->number);
  if (orders == NULL || n > 1 || call->order == NULL || !mos_store_shop_find (txn, call->order->shop, &call->shop, error))
    return FALSE;
  if (call->conversation_name != NULL)
    {
      g_autoptr (MosConversationRow) row = NULL;

      if (!mos_ctl_find_conversation (txn, call->conversation_name, &row, error))
        return FALSE;
      call->conversation = g_strdup (row->id);
    }
  return TRUE;
}

static gboolean
do_list_actions (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  MosCtlOrderCall *call = data;

  if (call->number != NULL && !do_find_order (txn, call, error))
    return FALSE;
  call->actions = mos_store_order_action_list (txn, call->order != NULL ? call->order->id : NULL, DEFAULT_LIMIT, error);
  return call->actions != NULL;
}

static gboolean
do_find_action (MosTxn *txn,
                gpointer data,
                GError **error)
{
  MosCtlOrderCall *call = data;

  if (!mos_store_order_action_find (txn, call->number, &call->action, error))
    return FALSE;
  if (call->action == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, _ ("Nothing called “%s” was done to an order"), call->number);
      return FALSE;
    }
  return mos_store_order_find (txn, call->action->order, &call->order, error) && call->order != NULL && mos_store_shop_find (txn, call->order->shop, &call->shop, error);
}

static gboolean
do_ask (MosTxn *txn,
        gpointer data,
        GError **error)
{
  MosCtlOrderCall *call = data;

  g_set_str (&call->action->agent, mos_txn_get_actor (txn)->id);
  return mos_store_order_action_add (txn, call->action, NULL, error);
}

/* --- words --- */

char *
mos_ctl_order_obstacle_text (MosOrderObstacle obstacle)
{
  switch (obstacle)
    {
    case MOS_ORDER_OBSTACLE_UNCONFIRMED:
      return g_strdup (_ ("it changes the order in the shop; say --yes if you are sure"));
    case MOS_ORDER_OBSTACLE_NO_ORDER:
      return g_strdup (_ ("nobody says which order is meant"));
    case MOS_ORDER_OBSTACLE_UNDER_WAY:
      return g_strdup (_ ("something is being done to the order already"));
    case MOS_ORDER_OBSTACLE_STALE:
    case MOS_ORDER_OBSTACLE_READING:
      return g_strdup (_ ("the shop was not read lately; “mostradorctl shop sync” reads it"));
    case MOS_ORDER_OBSTACLE_NONE:
    case MOS_ORDER_OBSTACLE_SAMPLE:
    case MOS_ORDER_OBSTACLE_OFFLINE:
    case MOS_ORDER_OBSTACLE_KEY:
    case MOS_ORDER_OBSTACLE_TROUBLE:
    case MOS_ORDER_OBSTACLE_LACKING:
    case MOS_ORDER_OBSTACLE_CANCELLED:
    case MOS_ORDER_OBSTACLE_REFUNDED:
    case MOS_ORDER_OBSTACLE_UNPAID:
    case MOS_ORDER_OBSTACLE_SENT:
    case MOS_ORDER_OBSTACLE_NOT_SENT:
    case MOS_ORDER_OBSTACLE_NO_EMAIL:
    default:
      /* Translators: %s is a word of the program's: sample, offline, key, trouble, lacking, cancelled, refunded, unpaid, sent, not_sent, no_email. */
      return g_strdup_printf (_ ("it cannot be done to the order (%s)"), mos_order_obstacle_to_nick (obstacle));
    }
}

static char *
obstacle_text (const char *nick,
               const char *number)
{
  switch (mos_order_obstacle_from_nick (nick, MOS_ORDER_OBSTACLE_NONE))
    {
    case MOS_ORDER_OBSTACLE_SAMPLE:
      return g_strdup (_ ("This is an order of the sample shop: nothing can be done to it"));
    case MOS_ORDER_OBSTACLE_CANCELLED:
      return g_strdup_printf (_ ("The order %s is cancelled already"), number);
    case MOS_ORDER_OBSTACLE_REFUNDED:
      return g_strdup_printf (_ ("All of the order %s is refunded already"), number);
    case MOS_ORDER_OBSTACLE_UNPAID:
      return g_strdup_printf (_ ("The order %s is not paid: there is nothing to give back"), number);
    case MOS_ORDER_OBSTACLE_SENT:
      return g_strdup_printf (_ ("The order %s is sent already"), number);
    case MOS_ORDER_OBSTACLE_NOT_SENT:
      return g_strdup_printf (_ ("The order %s is not sent yet"), number);
    case MOS_ORDER_OBSTACLE_NO_EMAIL:
      return g_strdup_printf (_ ("The order %s has no e-mail address"), number);
    case MOS_ORDER_OBSTACLE_NONE:
    case MOS_ORDER_OBSTACLE_OFFLINE:
    case MOS_ORDER_OBSTACLE_KEY:
    case MOS_ORDER_OBSTACLE_TROUBLE:
    case MOS_ORDER_OBSTACLE_READING:
    case MOS_ORDER_OBSTACLE_STALE:
    case MOS_ORDER_OBSTACLE_LACKING:
    case MOS_ORDER_OBSTACLE_UNDER_WAY:
    case MOS_ORDER_OBSTACLE_NO_ORDER:
    case MOS_ORDER_OBSTACLE_UNCONFIRMED:
    default:
      /* The shop's own words */
      return g_strdup_printf (_ ("The shop refused: %s"), nick);
    }
}

static char *
failure_text (const MosOrderAction *action)
{
  static const struct
  {
    const char *why;
    const char *text;
  } table[] = {
    { "stale", N_ ("The order changed in the shop meanwhile. Nothing was done; it was read again: look, and say it once more") },
    { "too_much", N_ ("That is more than can be given back. Nothing was done; “order terms” says what can") },
    { "read_only", N_ ("The key may read, and no more. Nothing was done. Give it the right to write in the shop’s admin") },
    { "not_allowed", N_ ("The shop does not let the key do this. Nothing was done. Give it the right in the shop’s admin") },
    { "key_refused", N_ ("The shop refuses the key. Nothing was done") },
    { "lacking", N_ ("This shop cannot do that; it may be an older version. Nothing was done") },
    { "busy", N_ ("The shop cannot answer now. Nothing was done; try again later") },
    { "network", N_ ("The shop cannot be reached. Nothing was done; try again later") },
    { "not_found", N_ ("The shop has no such order any more. Nothing was done") },
    { "lost", N_ ("It did not arrive in the shop. Nothing was done; try again") },
    { "stopped", N_ ("It was stopped before it began. Nothing was done") },
    { "said", N_ ("It was not done, as somebody said") },
  };

  if (g_strcmp0 (action->why, "refused") == 0)
    return obstacle_text (action->detail != NULL ? action->detail : "", action->number);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (action->why, table[i].why) == 0)
      return g_strdup (_ (table[i].text));
  return g_strdup_printf (_ ("Nothing was done: %s"), action->detail != NULL ? action->detail : action->why);
}

static char *
done_text (const MosOrderAction *action)
{
  switch (action->kind)
    {
    case MOS_ORDER_ACTION_REFUND:
      /* Translators: an amount, a currency, and the number of an order */
      return g_strdup_printf (_ ("%1$s %2$s of the order %3$s were refunded"), action->amount, action->currency, action->number);
    case MOS_ORDER_ACTION_CANCEL:
      return g_strdup_printf (_ ("The order %s was cancelled"), action->number);
    case MOS_ORDER_ACTION_ADDRESS:
      return g_strdup_printf (_ ("The address of the order %s was changed"), action->number);
    case MOS_ORDER_ACTION_INVOICE:
      return g_strdup_printf (_ ("The details of the order %s were sent to the customer"), action->number);
    case MOS_ORDER_ACTION_RETURN:
      return g_strdup_printf (_ ("Items of the order %s were marked as returned"), action->number);
    case MOS_ORDER_ACTION_NOTE:
    default:
      return g_strdup_printf (_ ("A note was added to the order %s"), action->number);
    }
}

static void
print_action (MosCtl *self,
              const MosOrderAction *action)
{
  g_autofree char *asked = NULL;

  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      mos_order_action_build (builder, action);
      mos_ctl_print_json (self, builder);
      return;
    }
  asked = mos_ctl_local_time (action->asked_us);
  mos_ctl_print (self, "%s  %s  %s  %s  %s %s  %s%s%s\n", action->id, asked, action->number, mos_order_action_kind_to_nick (action->kind), action->amount, action->currency, mos_order_action_state_to_nick (action->state),
                 action->why != NULL ? "  " : "", action->why != NULL ? action->why : "");
}

/* What became of it, for people and for programs: done is success, all else is not. */
static int
tell (MosCtl *self,
      const MosOrderAction *action)
{
  if (self->json)
    print_action (self, action);
  if (action->state == MOS_ORDER_ACTION_DONE)
    {
      g_autofree char *text = done_text (action);

      if (!self->json)
        mos_ctl_print (self, "%s\n", text);
      return MOS_CTL_DONE;
    }
  if (action->state == MOS_ORDER_ACTION_FAILED)
    {
      g_autofree char *text = failure_text (action);

      return mos_ctl_fail_text (self, "%s", text);
    }
  return mos_ctl_fail_text (self, _ ("It is not known whether the shop did it: no answer came. It is not sent again. “order settle %s” looks for it in the shop"), action->id);
}

/* --- what is to be done --- */

static void
build_lines (JsonBuilder *builder,
             const char *name,
             GPtrArray *lines)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < lines->len; i++)
    {
      const MosOrderTermsLine *line = lines->pdata[i];

      json_builder_begin_object (builder);
      mos_json_string (builder, "id", line->id);
      mos_json_string (builder, "name", line->name);
      mos_json_int (builder, "quantity", line->quantity);
      mos_json_int (builder, "quantity_left", line->quantity_left);
      mos_json_string (builder, "left", line->left);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_terms (MosCtl *self,
             const MosOrderTerms *terms)
{
  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mos_json_string (builder, "number", terms->order->number);
      mos_json_string (builder, "status", mos_order_status_to_nick (terms->order->status_kind));
      mos_json_string (builder, "total", terms->order->total);
      mos_json_string (builder, "refunded", terms->order->refunded);
      mos_json_string (builder, "left", terms->left);
      mos_json_string (builder, "currency", terms->order->currency);
      build_lines (builder, "lines", terms->lines);
      build_lines (builder, "returnable", terms->returnable);
      json_builder_set_member_name (builder, "address");
      json_builder_begin_object (builder);
      for (int i = 0; i < MOS_ADDRESS_N_PARTS; i++)
        mos_json_string (builder, mos_address_part_to_nick ((MosAddressPart) i), terms->address[i]);
      json_builder_end_object (builder);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
      return;
    }
  mos_ctl_print (self, "%s  %s  %s %s, %s %s\n", terms->order->number, mos_order_status_to_nick (terms->order->status_kind), terms->order->total, terms->order->currency, terms->left, _ ("can be refunded"));
  for (guint i = 0; i < terms->lines->len; i++)
    {
      const MosOrderTermsLine *line = terms->lines->pdata[i];

      mos_ctl_print (self, "  %s  %u/%u  %s  %s\n", line->id, line->quantity_left, line->quantity, line->left, line->name);
    }
  if (terms->returnable->len > 0)
    mos_ctl_print (self, "%s\n", _ ("can come back:"));
  for (guint i = 0; i < terms->returnable->len; i++)
    {
      const MosOrderTermsLine *line = terms->returnable->pdata[i];

      mos_ctl_print (self, "  %s  %u  %s\n", line->id, line->quantity_left, line->name);
    }
}

/* Returns: whether @text ("315=2", or "317" for what is not counted and for all of it) is a line of the order, and was added */
static gboolean
add_line (MosOrderAction *action,
          const MosOrderTerms *terms,
          const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "=", 2);
  GPtrArray *lines = mos_order_terms_get_lines (terms, action->kind);
  const MosOrderTermsLine *line = parts[0] != NULL ? mos_order_terms_find_line (terms, parts[0]) : NULL;
  guint64 quantity = line != NULL && line->is_counted ? line->quantity_left : 1;
  g_autofree char *share = NULL;
  char *sum;

  /* What can come back is no line that money goes back for, and the other way round. */
  if (line == NULL || !g_ptr_array_find (lines, line, NULL) || (parts[1] != NULL && !g_ascii_string_to_unsigned (parts[1], 10, 1, MAX (line->quantity_left, 1), &quantity, NULL)))
    return FALSE;
  share = mos_order_terms_share (terms, line, (guint) quantity);
  mos_order_action_add_line (action, line->id, line->is_counted ? (guint) quantity : 0, share);
  sum = mos_decimal_add (action->amount, share);
  g_free (action->amount);
  action->amount = sum;
  return TRUE;
}

/* Returns: 0, or how it is wrong */
static int
read_lines (MosCtl *self,
            GPtrArray *args,
            const MosOrderTerms *terms,
            MosOrderAction *action)
{
  g_autofree char *amount = mos_ctl_take_option (args, "--amount");
  gboolean is_all = mos_ctl_take_flag (args, "--all");
  GPtrArray *lines = mos_order_terms_get_lines (terms, action->kind);
  char *line;

  while ((line = mos_ctl_take_option (args, "--line")) != NULL)
    {
      g_autofree char *owned = line;

      if (!add_line (action, terms, line))
        return mos_ctl_usage (self, _ ("“%s” is no line of the order, or there is not so much of it left: “order terms” lists them"), line);
    }
  if ((action->lines->len > 0) + (amount != NULL) + is_all != 1 || (amount != NULL && action->kind == MOS_ORDER_ACTION_RETURN))
    return mos_ctl_usage (self, "%s", action->kind == MOS_ORDER_ACTION_REFUND ? _ ("Say what is refunded: --line LINE=N, --amount A, or --all") : _ ("Say what comes back: --line LINE=N, or --all"));
  for (guint i = 0; is_all && i < lines->len; i++)
    {
      const MosOrderTermsLine *left = lines->pdata[i];

      if (action->kind == MOS_ORDER_ACTION_REFUND ? !mos_decimal_is_zero (left->left) : left->quantity_left > 0)
        add_line (action, terms, left->id);
    }
  /* What was refunded without naming lines is left in none of them. */
  if (is_all && action->kind == MOS_ORDER_ACTION_REFUND && mos_locale_compare_decimal (action->amount, terms->left) != 0)
    {
      g_ptr_array_set_size (action->lines, 0);
      g_set_str (&action->amount, terms->left);
    }
  if (amount != NULL)
    {
      g_free (action->amount);
      action->amount = mos_decimal_clean (amount);
    }
  if (action->amount == NULL)
    {
      action->amount = g_strdup ("0");
      return mos_ctl_usage (self, _ ("“%s” is no amount"), amount);
    }
  if (amount != NULL && mos_decimal_count_digits (action->amount) > terms->digits)
    return mos_ctl_usage (self, ngettext ("“%s” has more behind its point than the currency: at most %u digit", "“%s” has more behind its point than the currency: at most %u digits", terms->digits), amount, terms->digits);
  if (action->kind == MOS_ORDER_ACTION_RETURN)
    g_set_str (&action->amount, "0");
  return MOS_CTL_DONE;
}

static int
read_address (MosCtl *self,
              GPtrArray *args,
              const MosOrderTerms *terms,
              MosOrderAction *action)
{
  for (int i = 0; i < MOS_ADDRESS_N_PARTS; i++)
    g_set_str (&action->address[i], terms->address[i]);
  for (guint i = 1; i < args->len; i++)
    {
      g_auto (GStrv) parts = g_strsplit (args->pdata[i], "=", 2);
      int part = parts[1] != NULL ? (int) mos_address_part_from_nick (parts[0], (MosAddressPart) MOS_ADDRESS_N_PARTS) : MOS_ADDRESS_N_PARTS;

      if (part == MOS_ADDRESS_N_PARTS)
        return mos_ctl_usage (self, _ ("“%s” is no part of an address: say first_name, last_name, company, line1, line2, postcode, city, region, country or phone, and what it is"), (const char *) args->pdata[i]);
      g_free (action->address[part]);
      action->address[part] = part == MOS_ADDRESS_COUNTRY ? g_ascii_strup (g_strstrip (parts[1]), -1) : g_strdup (g_strstrip (parts[1]));
    }
  if (!mos_order_terms_is_part_right (terms, MOS_ADDRESS_LINE1, action->address[MOS_ADDRESS_LINE1]) || !mos_order_terms_is_part_right (terms, MOS_ADDRESS_CITY, action->address[MOS_ADDRESS_CITY]))
    return mos_ctl_usage (self, _ ("An address has a street (line1) and a town (city)"));
  if (!mos_order_terms_is_part_right (terms, MOS_ADDRESS_COUNTRY, action->address[MOS_ADDRESS_COUNTRY]))
    return mos_ctl_usage (self, _ ("“%s” is no code of a country: it has two letters, as ES or DE"), action->address[MOS_ADDRESS_COUNTRY]);
  return MOS_CTL_DONE;
}

/* The rest of the words, by what is to be done. Returns: 0, or how it is wrong */
static int
read_action (MosCtl *self,
             GPtrArray *args,
             const MosOrderTerms *terms,
             MosOrderAction *action)
{
  g_autofree char *reason = mos_ctl_take_option (args, "--reason");
  gboolean is_recorded = mos_ctl_take_flag (args, "--record-only");
  gboolean has_lines = action->kind == MOS_ORDER_ACTION_REFUND || action->kind == MOS_ORDER_ACTION_RETURN;
  int status;

  action->restock = mos_ctl_take_flag (args, "--restock");
  action->notify = mos_ctl_take_flag (args, "--notify");
  action->with_payment = action->kind == MOS_ORDER_ACTION_REFUND && !is_recorded;
  if (reason != NULL)
    g_set_str (&action->reason, reason);
  status = has_lines ? read_lines (self, args, terms, action) : MOS_CTL_DONE;
  if (status != MOS_CTL_DONE)
    return status;
  if (!mos_ctl_check_args (self, args, action->kind == MOS_ORDER_ACTION_NOTE || action->kind == MOS_ORDER_ACTION_ADDRESS ? 2 : 1, action->kind == MOS_ORDER_ACTION_NOTE ? 2 : action->kind == MOS_ORDER_ACTION_ADDRESS ? 1 + MOS_ADDRESS_N_PARTS
                                                                                                                                                                                                                       : 1))
    return MOS_CTL_USAGE;
  if (action->kind == MOS_ORDER_ACTION_NOTE)
    g_set_str (&action->text, args->pdata[1]);
  return action->kind == MOS_ORDER_ACTION_ADDRESS ? read_address (self, args, terms, action) : MOS_CTL_DONE;
}

/* --- verbs --- */

static int
fail_reading (MosCtl *self,
              const MosShopAccount *shop,
              GError *error /* (transfer full) */)
{
  g_autoptr (GError) own = error;

  return mos_ctl_fail_text (self, _ ("%1$s could not be asked: %2$s. Nothing was done"), shop->name, own->message);
}

static int
order_act (MosCtl *self,
           MosOrderActionKind kind,
           GPtrArray *args)
{
  g_autofree char *shop_name = mos_ctl_take_option (args, "--shop");
  g_autofree char *conversation = mos_ctl_take_option (args, "--conversation");
  gboolean is_sure = mos_ctl_take_flag (args, "--yes"), is_dry = mos_ctl_take_flag (args, "--dry-run");
  g_auto (MosCtlOrderCall) call = { .number = args->len > 0 ? g_ptr_array_index (args, 0) : "", .shop_name = shop_name, .conversation_name = conversation };
  g_autoptr (MosShop) shop = NULL;
  g_autoptr (MosOrderTerms) terms = NULL;
  g_autoptr (MosOrderAction) result = NULL;
  GError *error = NULL;
  int status;

  if (args->len == 0)
    return mos_ctl_usage (self, "%s", _ ("Say the number of an order"));
  if (!mos_ctl_read (self, do_find_order, &call, &error))
    return mos_ctl_fail (self, error);
  if (mos_shop_account_is_sample (call.shop))
    return mos_ctl_fail_text (self, "%s", _ ("This is an order of the sample shop: nothing can be done to it"));
  if ((mos_shop_kind_get_actions (call.shop->kind) & MOS_ORDER_ACTION_MASK (kind)) == 0)
    return mos_ctl_fail_text (self, _ ("%s cannot do that to its orders from here"), call.shop->name);
  shop = mos_shops_open_sync (self->store, call.shop, self->cancellable, &error);
  terms = shop != NULL ? mos_shop_load_terms_sync (shop, call.order->remote_id, self->cancellable, &error) : NULL;
  if (terms == NULL)
    return fail_reading (self, call.shop, error);
  call.action = mos_order_action_make (kind, terms->order, NULL);
  call.action->conversation = g_strdup (call.conversation);
  status = read_action (self, args, terms, call.action);
  if (status != MOS_CTL_DONE)
    return status;
  if (!mos_order_terms_check (terms, call.action, &error))
    {
      g_autofree char *text = NULL;

      if (error->code == MOS_SHOP_ERROR_REFUSED)
        text = obstacle_text (error->message, call.order->number);
      else if (error->code == MOS_SHOP_ERROR_NOT_ALLOWED)
        text = g_strdup (_ ("The shop does not let the key do this. Nothing was done. Give it the right in the shop’s admin"));
      else
        text = g_strdup_printf (_ ("It cannot be done: at most %1$s %2$s can be given back"), terms->left, terms->order->currency);
      g_error_free (error);
      return mos_ctl_fail_text (self, "%s", text);
    }
  if (is_dry)
    {
      print_action (self, call.action);
      return MOS_CTL_DONE;
    }
  if (!is_sure)
    return mos_ctl_usage (self, "%s", _ ("It changes the order in the shop: say --yes if you are sure, or --dry-run to see what would be done"));
  if (!mos_ctl_write (self, NULL, do_ask, &call, &error))
    {
      if (!g_error_matches (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT))
        return mos_ctl_fail (self, error);
      g_error_free (error);
      return mos_ctl_fail_text (self, _ ("Something is being done to the order %s already: “order actions” tells what"), call.order->number);
    }
  result = mos_order_actions_perform_sync (self->store, shop, call.action->id, self->cancellable, &error);
  return result != NULL ? tell (self, result) : mos_ctl_fail (self, error);
}

/* What a macro asked for in @conversation. No window may be there that would do it. */
static gboolean
do_list_open (MosTxn *txn,
              gpointer data,
              GError **error)
{
  MosCtlOrderCall *call = data;

  call->actions = mos_store_order_action_list_open (txn, NULL, error);
  return call->actions != NULL;
}

int
mos_ctl_order_perform (MosCtl *self,
                       const char *conversation)
{
  g_auto (MosCtlOrderCall) call = { 0 };
  gint64 now_us = mos_clock_now_us (mos_store_get_clock (self->store));
  int status = MOS_CTL_DONE;
  GError *error = NULL;

  if (!mos_ctl_read (self, do_list_open, &call, &error))
    return mos_ctl_fail (self, error);
  for (guint i = 0; status == MOS_CTL_DONE && i < call.actions->len; i++)
    {
      const MosOrderAction *action = call.actions->pdata[i];
      g_auto (MosCtlOrderCall) one = { .number = action->id };
      g_autoptr (MosShop) shop = NULL;
      g_autoptr (MosOrderAction) result = NULL;

      /* What an open window can still take back is the window's. */
      if (action->state != MOS_ORDER_ACTION_ASKED || action->asked_us > now_us || g_strcmp0 (action->conversation, conversation) != 0)
        continue;
      if (!mos_ctl_read (self, do_find_action, &one, &error))
        return mos_ctl_fail (self, error);
      shop = mos_shops_open_sync (self->store, one.shop, self->cancellable, &error);
      if (shop == NULL)
        return fail_reading (self, one.shop, error);
      result = mos_order_actions_perform_sync (self->store, shop, action->id, self->cancellable, &error);
      status = result != NULL ? tell (self, result) : mos_ctl_fail (self, error);
    }
  return status;
}

static int
order_terms (MosCtl *self,
             GPtrArray *args)
{
  g_autofree char *shop_name = mos_ctl_take_option (args, "--shop");
  g_auto (MosCtlOrderCall) call = { .shop_name = shop_name };
  g_autoptr (MosShop) shop = NULL;
  g_autoptr (MosOrderTerms) terms = NULL;
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  call.number = g_ptr_array_index (args, 0);
  if (!mos_ctl_read (self, do_find_order, &call, &error))
    return mos_ctl_fail (self, error);
  shop = mos_shops_open_sync (self->store, call.shop, self->cancellable, &error);
  terms = shop != NULL ? mos_shop_load_terms_sync (shop, call.order->remote_id, self->cancellable, &error) : NULL;
  if (terms == NULL)
    return fail_reading (self, call.shop, error);
  print_terms (self, terms);
  return MOS_CTL_DONE;
}

static int
order_actions (MosCtl *self,
               GPtrArray *args)
{
  g_autofree char *shop_name = mos_ctl_take_option (args, "--shop");
  g_auto (MosCtlOrderCall) call = { .shop_name = shop_name };
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 0, 1))
    return MOS_CTL_USAGE;
  call.number = args->len > 0 ? g_ptr_array_index (args, 0) : NULL;
  if (!mos_ctl_read (self, do_list_actions, &call, &error))
    return mos_ctl_fail (self, error);
  for (guint i = 0; i < call.actions->len; i++)
    print_action (self, call.actions->pdata[i]);
  return MOS_CTL_DONE;
}

static int
order_settle (MosCtl *self,
              GPtrArray *args)
{
  gboolean is_done = mos_ctl_take_flag (args, "--done"), is_not_done = mos_ctl_take_flag (args, "--not-done");
  g_auto (MosCtlOrderCall) call = { 0 };
  g_autoptr (MosShop) shop = NULL;
  g_autoptr (MosOrderAction) result = NULL;
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  if (is_done && is_not_done)
    return mos_ctl_usage (self, "%s", _ ("It was done, or it was not: say one"));
  call.number = g_ptr_array_index (args, 0);
  if (!mos_ctl_read (self, do_find_action, &call, &error))
    return mos_ctl_fail (self, error);
  if (is_done || is_not_done)
    result = mos_order_actions_say_sync (self->store, call.action->id, is_done, self->cancellable, &error);
  else
    {
      shop = mos_shops_open_sync (self->store, call.shop, self->cancellable, &error);
      if (shop == NULL)
        return fail_reading (self, call.shop, error);
      result = mos_order_actions_settle_sync (self->store, shop, call.action->id, self->cancellable, &error);
    }
  return result != NULL ? tell (self, result) : mos_ctl_fail (self, error);
}

gboolean
mos_ctl_order_change (MosCtl *self,
                      const char *verb,
                      GPtrArray *args,
                      int *ret_status)
{
  int kind = (int) mos_order_action_kind_from_nick (verb, (MosOrderActionKind) MOS_ORDER_ACTION_N_KINDS);

  if (kind < MOS_ORDER_ACTION_N_KINDS)
    *ret_status = order_act (self, (MosOrderActionKind) kind, args);
  else if (g_strcmp0 (verb, "terms") == 0)
    *ret_status = order_terms (self, args);
  else if (g_strcmp0 (verb, "actions") == 0)
    *ret_status = order_actions (self, args);
  else if (g_strcmp0 (verb, "settle") == 0)
    *ret_status = order_settle (self, args);
  else
    return FALSE;
  return TRUE;
}
