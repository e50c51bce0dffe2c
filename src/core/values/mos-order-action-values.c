/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-order-action-values.h"

#include "core/base/mos-decimal.h"
#include "core/base/mos-error.h"
#include "core/base/mos-id.h"
#include "core/base/mos-whereabouts.h"

/* --- actions --- */

static void
line_free (gpointer data)
{
  MosOrderActionLine *line = data;

  g_free (line->id);
  g_free (line->amount);
  g_free (line);
}

static void
clear_parts (char **parts)
{
  for (gsize i = 0; i < MOS_ADDRESS_N_PARTS; i++)
    g_free (parts[i]);
}

static void
mos_order_action_clear (MosOrderAction *self)
{
  g_free (self->id);
  g_free (self->order);
  g_free (self->number);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self->amount);
  g_free (self->currency);
  g_free (self->reason);
  g_free (self->text);
  clear_parts (self->address);
  g_free (self->version);
  g_free (self->conversation);
  g_free (self->agent);
  g_free (self->why);
  g_free (self->detail);
  g_free (self->remote_id);
  g_strfreev (self->others);
}

MOS_DEFINE_VALUE (MosOrderAction, order_action)

MosOrderAction *
mos_order_action_make (MosOrderActionKind kind,
                       const MosOrder *order,
                       const char *id)
{
  MosOrderAction *self = mos_order_action_new ();

  self->id = id != NULL ? g_strdup (id) : g_uuid_string_random ();
  self->order = g_strdup (order->id);
  self->number = g_strdup (order->number);
  self->kind = kind;
  self->lines = g_ptr_array_new_with_free_func (line_free);
  self->amount = g_strdup ("0");
  self->currency = g_strdup (order->currency);
  self->reason = g_strdup ("");
  self->text = g_strdup ("");
  for (gsize i = 0; i < MOS_ADDRESS_N_PARTS; i++)
    self->address[i] = g_strdup ("");
  self->version = mos_order_dup_version (order);
  self->remote_id = g_strdup ("");
  return self;
}

void
mos_order_action_add_line (MosOrderAction *self,
                           const char *id,
                           guint quantity,
                           const char *amount)
{
  MosOrderActionLine *line = g_new0 (MosOrderActionLine, 1);

  line->id = g_strdup (id);
  line->quantity = quantity;
  line->amount = g_strdup (amount);
  g_ptr_array_add (self->lines, line);
}

gboolean
mos_order_action_is_open (const MosOrderAction *self)
{
  return self->state != MOS_ORDER_ACTION_DONE && self->state != MOS_ORDER_ACTION_FAILED;
}

/* --- terms --- */

static void
tax_free (gpointer data)
{
  MosOrderTaxShare *tax = data;

  g_free (tax->rate);
  g_free (tax->left);
  g_free (tax);
}

static void
terms_line_free (gpointer data)
{
  MosOrderTermsLine *line = data;

  g_free (line->id);
  g_free (line->name);
  g_free (line->variant);
  g_free (line->net_left);
  g_ptr_array_unref (line->taxes);
  g_free (line->left);
  g_free (line);
}

static void
mos_order_terms_clear (MosOrderTerms *self)
{
  g_clear_pointer (&self->order, mos_order_unref);
  g_clear_pointer (&self->returnable, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self->left);
  clear_parts (self->address);
  g_free (self->payment);
}

MOS_DEFINE_VALUE (MosOrderTerms, order_terms)

MosOrderTerms *
mos_order_terms_make (MosOrder *order)
{
  MosOrderTerms *self = mos_order_terms_new ();

  self->order = order;
  self->lines = g_ptr_array_new_with_free_func (terms_line_free);
  self->returnable = g_ptr_array_new_with_free_func (terms_line_free);
  self->left = mos_decimal_subtract (order->total, order->refunded);
  if (*self->left == '-')
    g_set_str (&self->left, "0");
  self->digits = MIN (mos_decimal_count_digits (order->total), 9);
  for (gsize i = 0; i < MOS_ADDRESS_N_PARTS; i++)
    self->address[i] = g_strdup ("");
  self->payment = g_strdup ("");
  return self;
}

static MosOrderTermsLine *
add_line (GPtrArray *lines)
{
  MosOrderTermsLine *line = g_new0 (MosOrderTermsLine, 1);

  line->id = g_strdup ("");
  line->name = g_strdup ("");
  line->variant = g_strdup ("");
  line->net_left = g_strdup ("0");
  line->taxes = g_ptr_array_new_with_free_func (tax_free);
  line->left = g_strdup ("0");
  g_ptr_array_add (lines, line);
  return line;
}

MosOrderTermsLine *
mos_order_terms_add_line (MosOrderTerms *self)
{
  return add_line (self->lines);
}

MosOrderTermsLine *
mos_order_terms_add_returnable (MosOrderTerms *self)
{
  return add_line (self->returnable);
}

GPtrArray *
mos_order_terms_get_lines (const MosOrderTerms *self,
                           MosOrderActionKind kind)
{
  return kind == MOS_ORDER_ACTION_RETURN ? self->returnable : self->lines;
}

void
mos_order_terms_line_add_tax (MosOrderTermsLine *line,
                              const char *rate,
                              const char *left)
{
  MosOrderTaxShare *tax = g_new0 (MosOrderTaxShare, 1);

  tax->rate = g_strdup (rate);
  tax->left = g_strdup (left);
  g_ptr_array_add (line->taxes, tax);
}

static const MosOrderTermsLine *
find_in (GPtrArray *lines,
         const char *id)
{
  for (guint i = 0; i < lines->len; i++)
    if (strcmp (((MosOrderTermsLine *) g_ptr_array_index (lines, i))->id, id) == 0)
      return g_ptr_array_index (lines, i);
  return NULL;
}

const MosOrderTermsLine *
mos_order_terms_find_line (const MosOrderTerms *self,
                           const char *id)
{
  const MosOrderTermsLine *line = find_in (self->lines, id);

  return line != NULL ? line : find_in (self->returnable, id);
}

char *
mos_order_terms_share (const MosOrderTerms *self,
                       const MosOrderTermsLine *line,
                       guint quantity)
{
  guint whole = line->is_counted ? line->quantity_left : 1;
  guint part = line->is_counted ? MIN (quantity, whole) : MIN (quantity, 1);

  return whole > 0 ? mos_decimal_share (line->left, part, whole, self->digits) : g_strdup ("0");
}

gboolean
mos_order_terms_is_part_right (const MosOrderTerms *terms,
                               MosAddressPart part,
                               const char *text)
{
  if (part == MOS_ADDRESS_COUNTRY)
    return strcmp (text, terms->address[part]) == 0 || mos_whereabouts_is_country (text);
  return *text != '\0' || (part != MOS_ADDRESS_LINE1 && part != MOS_ADDRESS_CITY);
}

char *
mos_order_dup_version (const MosOrder *self)
{
  g_autofree char *text = g_strjoin ("\x1f", self->status, mos_order_status_to_nick (self->status_kind), self->total, self->refunded, self->currency, self->address, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

/* --- what is against it --- */

gboolean
mos_shop_account_is_sample (const MosShopAccount *self)
{
  g_autofree char *sample = mos_shop_account_dup_setting (self, "sample");

  return sample != NULL;
}

MosOrderObstacle
mos_order_action_find_obstacle (MosOrderActionKind kind,
                                const MosOrder *order)
{
  MosOrderStatus status = order->status_kind;
  gboolean is_sent = status == MOS_ORDER_SHIPPED || status == MOS_ORDER_DELIVERED;

  switch (kind)
    {
    case MOS_ORDER_ACTION_REFUND:
      if (mos_locale_compare_decimal (order->refunded, order->total) >= 0)
        return MOS_ORDER_OBSTACLE_REFUNDED;
      return status == MOS_ORDER_PENDING ? MOS_ORDER_OBSTACLE_UNPAID : MOS_ORDER_OBSTACLE_NONE;
    case MOS_ORDER_ACTION_CANCEL:
    case MOS_ORDER_ACTION_ADDRESS:
      if (status == MOS_ORDER_CANCELLED)
        return MOS_ORDER_OBSTACLE_CANCELLED;
      if (status == MOS_ORDER_REFUNDED)
        return MOS_ORDER_OBSTACLE_REFUNDED;
      return is_sent ? MOS_ORDER_OBSTACLE_SENT : MOS_ORDER_OBSTACLE_NONE;
    case MOS_ORDER_ACTION_INVOICE:
      return *order->email == '\0' ? MOS_ORDER_OBSTACLE_NO_EMAIL : MOS_ORDER_OBSTACLE_NONE;
    case MOS_ORDER_ACTION_RETURN:
      return is_sent ? MOS_ORDER_OBSTACLE_NONE : MOS_ORDER_OBSTACLE_NOT_SENT;
    case MOS_ORDER_ACTION_NOTE:
    default:
      return MOS_ORDER_OBSTACLE_NONE;
    }
}

MosOrderObstacle
mos_order_shop_find_obstacle (const MosShopAccount *shop,
                              gint64 now_us)
{
  if (shop == NULL)
    return MOS_ORDER_OBSTACLE_LACKING;
  if (mos_shop_account_is_sample (shop))
    return MOS_ORDER_OBSTACLE_SAMPLE;
  switch (shop->state)
    {
    case MOS_ACCOUNT_AUTH_FAILED:
      return MOS_ORDER_OBSTACLE_KEY;
    case MOS_ACCOUNT_BAD_CERTIFICATE:
    case MOS_ACCOUNT_FAILED:
      return MOS_ORDER_OBSTACLE_TROUBLE;
    case MOS_ACCOUNT_WAITING:
      return MOS_ORDER_OBSTACLE_OFFLINE;
    case MOS_ACCOUNT_OFFLINE:
    case MOS_ACCOUNT_CONNECTING:
    case MOS_ACCOUNT_SYNCING:
    case MOS_ACCOUNT_READY:
    default:
      break;
    }
  if (shop->last_sync_us == 0)
    return MOS_ORDER_OBSTACLE_READING;
  return now_us - shop->last_sync_us > MOS_ORDER_FRESH_US ? MOS_ORDER_OBSTACLE_STALE : MOS_ORDER_OBSTACLE_NONE;
}

static gboolean
too_much (GError **error)
{
  g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_TOO_MUCH, "More than there is to give back");
  return FALSE;
}

/* The lines must be the order's, no more of each than is left, and together they are the amount. */
static gboolean
check_lines (const MosOrderTerms *self,
             const MosOrderAction *action,
             GError **error)
{
  g_autofree char *sum = g_strdup ("0");

  for (guint i = 0; i < action->lines->len; i++)
    {
      const MosOrderActionLine *line = g_ptr_array_index (action->lines, i);
      const MosOrderTermsLine *terms = mos_order_terms_find_line (self, line->id);
      char *more;

      for (guint j = 0; j < i; j++)
        if (strcmp (((MosOrderActionLine *) g_ptr_array_index (action->lines, j))->id, line->id) == 0)
          terms = NULL;
      /* What can come back is no line that money goes back for, and the other way round. */
      if (terms == NULL || !g_ptr_array_find (mos_order_terms_get_lines (self, action->kind), terms, NULL))
        {
          g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_STALE, "A line of it is not there");
          return FALSE;
        }
      if (line->quantity > terms->quantity_left || !mos_locale_is_decimal (line->amount) || *line->amount == '-' || mos_locale_compare_decimal (line->amount, terms->left) > 0)
        return too_much (error);
      more = mos_decimal_add (sum, line->amount);
      g_free (sum);
      sum = more;
    }
  if (action->kind == MOS_ORDER_ACTION_REFUND && action->lines->len > 0 && mos_locale_compare_decimal (sum, action->amount) != 0)
    return too_much (error);
  return TRUE;
}

/* What the currency has no coin for a shop rounds, and then it is not what was asked for. */
static gboolean
check_digits (const MosOrderTerms *self,
              const MosOrderAction *action,
              GError **error)
{
  g_autofree char *rounded = mos_decimal_share (action->amount, 1, 1, self->digits);

  if (mos_locale_compare_decimal (rounded, action->amount) == 0)
    return TRUE;
  g_set_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_REFUSED, "%s is no amount of %s", action->amount, self->order->currency);
  return FALSE;
}

gboolean
mos_order_terms_check (const MosOrderTerms *self,
                       const MosOrderAction *action,
                       GError **error)
{
  g_autofree char *version = mos_order_dup_version (self->order);
  MosOrderObstacle obstacle = mos_order_action_find_obstacle (action->kind, self->order);

  if ((self->lacking & MOS_ORDER_ACTION_MASK (action->kind)) != 0)
    {
      g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_ALLOWED, "The key may not");
      return FALSE;
    }
  if (action->kind != MOS_ORDER_ACTION_NOTE && strcmp (version, action->version) != 0)
    {
      g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_STALE, "It changed since it was looked at");
      return FALSE;
    }
  if (obstacle != MOS_ORDER_OBSTACLE_NONE)
    {
      g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_REFUSED, mos_order_obstacle_to_nick (obstacle));
      return FALSE;
    }
  if (action->kind == MOS_ORDER_ACTION_REFUND &&
      (!mos_locale_is_decimal (action->amount) || mos_locale_compare_decimal (action->amount, "0") <= 0 || mos_locale_compare_decimal (action->amount, self->left) > 0))
    return too_much (error);
  if (action->kind == MOS_ORDER_ACTION_REFUND && !check_digits (self, action, error))
    return FALSE;
  return check_lines (self, action, error);
}
