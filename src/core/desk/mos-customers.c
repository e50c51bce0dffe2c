/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-customers.h"

#include "core/base/mos-clean.h"
#include "core/base/mos-phone.h"
#include "core/base/mos-text.h"
#include "core/base/mos-whereabouts.h"
#include "core/store/mos-store-opt-outs.h"
#include "core/store/mos-store-undo.h"

#include <string.h>

static gboolean mos_customers_invalid (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
mos_customers_invalid (GError **error,
                       const char *format,
                       ...)
{
  va_list args;

  va_start (args, format);
  g_propagate_error (error, g_error_new_valist (MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, format, args));
  va_end (args);
  return FALSE;
}

gboolean
mos_customers_look (MosTxn *txn,
                    const char *id,
                    MosCustomerRow **ret_row,
                    GError **error)
{
  if (!mos_store_customer_find (txn, id, ret_row, error))
    return FALSE;
  if (*ret_row == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No customer %s", id);
      return FALSE;
    }
  return TRUE;
}

/* @ret_kind: (out): of what @value is an address of. Returns: (transfer full) (nullable): its identity's id */
static char *
mos_customers_identity_of (const char *value,
                           const char **ret_kind)
{
  g_autofree char *stripped = g_strstrip (g_strdup (value));
  g_autofree char *phone = mos_phone_canonical (stripped);

  *ret_kind = mos_text_is_address (stripped) ? "email" : phone != NULL ? "phone"
                                                                       : NULL;
  return *ret_kind != NULL ? mos_store_identity_id (*ret_kind, "", stripped) : NULL;
}

gboolean
mos_customers_find (MosTxn *txn,
                    const char *name,
                    MosCustomerRow **ret_row,
                    GError **error)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *identity = NULL;
  const char *kind;

  if (!mos_store_customer_find (txn, name, ret_row, error))
    return FALSE;
  if (*ret_row != NULL)
    return TRUE;
  identity = mos_customers_identity_of (name, &kind);
  if (identity != NULL)
    {
      g_autoptr (GPtrArray) ids = mos_store_customer_list_of_identity (txn, identity, error);

      if (ids == NULL)
        return FALSE;
      if (ids->len > 1)
        return mos_customers_invalid (error, "“%s” fits several customers", name);
      if (ids->len == 1)
        return mos_customers_look (txn, ids->pdata[0], ret_row, error);
    }
  found = mos_store_customer_search (txn, name, 2, error);
  if (found == NULL)
    return FALSE;
  if (found->len == 0)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No customer %s", name);
      return FALSE;
    }
  if (found->len > 1)
    return mos_customers_invalid (error, "“%s” fits several customers", name);
  *ret_row = mos_customer_row_ref (found->pdata[0]);
  return TRUE;
}

/* --- fields --- */

static gboolean
mos_customers_is_code (const char *text,
                       gsize min,
                       gsize max)
{
  gsize n = strspn (text, "abcdefghijklmnopqrstuvwxyz");

  return n >= min && n <= max && (text[n] == '\0' || (max > 2 && text[n] == '-' && strspn (text + n + 1, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen (text + n + 1)));
}

/* Takes blanks away, and nothing where nothing is left. */
static void
mos_customers_tidy_text (char **text)
{
  if (*text == NULL)
    return;
  mos_clean_take_lines (text);
  g_strstrip (*text);
  if (**text == '\0')
    g_clear_pointer (text, g_free);
}

/* What somebody says of a number or a country. What a shop or a file brought long ago stays as it is: no other change is kept back by it. */
static gboolean
mos_customers_check_text (const char *field,
                          const char *value,
                          GError **error)
{
  g_autofree char *text = g_strstrip (g_strdup (value));

  if (*text == '\0')
    return TRUE;
  if (strcmp (field, "phone") == 0)
    {
      g_autofree char *number = mos_phone_canonical (text);
      /* Behind one with its country there may be an extension. */
      g_autofree char *digits = mos_phone_digits (text, NULL);

      return number != NULL || *digits != '\0' || mos_customers_invalid (error, "“%s” is no phone number", text);
    }
  if (strcmp (field, "country") == 0)
    {
      g_autofree char *code = g_ascii_strup (text, -1);

      return mos_whereabouts_is_country (code) || mos_customers_invalid (error, "“%s” is no code of a country: it has two letters, as ES or DE", text);
    }
  return TRUE;
}

gboolean
mos_customers_set (MosCustomerRow *row,
                   const char *field,
                   const char *value,
                   GError **error)
{
  const struct
  {
    const char *name;
    char **text;
  } texts[] = { { "name", &row->name }, { "language", &row->language }, { "country", &row->country }, { "phone", &row->phone }, { "company", &row->company }, { "notes", &row->notes } };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (strcmp (texts[i].name, field) == 0)
      {
        if (!mos_customers_check_text (field, value, error))
          return FALSE;
        g_set_str (texts[i].text, value);
        return TRUE;
      }
  if (strcmp (field, "vip") == 0)
    {
      if (strcmp (value, "yes") != 0 && strcmp (value, "no") != 0 && *value != '\0')
        return mos_customers_invalid (error, "vip is yes or no, not “%s”", value);
      row->vip = strcmp (value, "yes") == 0;
      return TRUE;
    }
  if (strcmp (field, "consent") == 0)
    {
      row->consent = *value == '\0' ? MOS_CONSENT_UNKNOWN : mos_consent_from_nick (value, (MosConsent) -1);
      return row->consent != (MosConsent) -1 || mos_customers_invalid (error, "consent is unknown, given or opted_out, not “%s”", value);
    }
  if (!g_str_has_prefix (field, "own:") || field[4] == '\0')
    return mos_customers_invalid (error, "There is no field “%s”", field);
  field += 4;
  for (const char *p = field; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p) || *p == '=')
      return mos_customers_invalid (error, "“%s” is no name for a field", field);
  for (guint i = 0; i < row->fields->len; i++)
    if (g_ascii_strcasecmp (((MosCustomerField *) row->fields->pdata[i])->name, field) == 0)
      g_ptr_array_remove_index (row->fields, i--);
  if (*value != '\0')
    mos_customer_fields_add (row->fields, field, value);
  return TRUE;
}

gboolean
mos_customers_tidy (MosCustomerRow *row,
                    MosCustomerRow **ret_tidy,
                    GError **error)
{
  g_autoptr (MosCustomerRow) tidy = mos_customer_row_copy (row);
  char **texts[] = { &tidy->name, &tidy->language, &tidy->country, &tidy->phone, &tidy->company, &tidy->notes };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      /* Of these the notes alone have lines. */
      if (texts[i] != &tidy->notes)
        mos_clean_take_line (texts[i]);
      mos_customers_tidy_text (texts[i]);
    }
  if (tidy->language != NULL)
    {
      g_autofree char *code = g_ascii_strdown (tidy->language, -1);

      g_strdelimit (code, "_", '-');
      if (!mos_customers_is_code (code, 2, 3))
        return mos_customers_invalid (error, "“%s” is no code of a language", tidy->language);
      g_set_str (&tidy->language, code);
    }
  if (tidy->country != NULL)
    {
      g_autofree char *lower = g_ascii_strdown (tidy->country, -1);
      g_autofree char *code = g_ascii_strup (tidy->country, -1);

      if (!mos_customers_is_code (lower, 2, 2))
        return mos_customers_invalid (error, "“%s” is no code of a country: it has two letters", tidy->country);
      g_set_str (&tidy->country, code);
    }
  for (guint i = 0; i < tidy->fields->len; i++)
    {
      MosCustomerField *field = g_ptr_array_index (tidy->fields, i);

      mos_clean_take_lines (&field->value);
      g_strstrip (field->value);
    }
  *ret_tidy = g_steal_pointer (&tidy);
  return TRUE;
}

gboolean
mos_customers_check (MosCustomerRow *row,
                     GError **error)
{
  g_autoptr (MosCustomerRow) tidy = NULL;

  return mos_customers_tidy (row, &tidy, error);
}

gboolean
mos_customers_save (MosTxn *txn,
                    MosCustomerRow *row,
                    GError **error)
{
  g_autoptr (MosCustomerRow) tidy = NULL;

  return mos_customers_tidy (row, &tidy, error) && mos_store_customer_save (txn, tidy, error);
}

static void
mos_customers_take_fields (MosCustomerRow *now,
                           GPtrArray *was,
                           GPtrArray *fields)
{
  for (guint i = 0; i < was->len; i++)
    {
      const char *name = ((MosCustomerField *) was->pdata[i])->name;

      for (guint k = now->fields->len; k-- > 0 && mos_customer_fields_find (fields, name) == NULL;)
        if (g_ascii_strcasecmp (((MosCustomerField *) now->fields->pdata[k])->name, name) == 0)
          g_ptr_array_remove_index (now->fields, k);
    }
  for (guint i = 0; i < fields->len; i++)
    {
      const MosCustomerField *field = fields->pdata[i];

      if (g_strcmp0 (mos_customer_fields_find (was, field->name), field->value) == 0)
        continue;
      for (guint k = now->fields->len; k-- > 0;)
        if (g_ascii_strcasecmp (((MosCustomerField *) now->fields->pdata[k])->name, field->name) == 0)
          g_ptr_array_remove_index (now->fields, k);
      mos_customer_fields_add (now->fields, field->name, field->value);
    }
}

gboolean
mos_customers_save_changes (MosTxn *txn,
                            const MosCustomerRow *was,
                            const MosCustomerRow *row,
                            GError **error)
{
  g_autoptr (MosCustomerRow) found = NULL;
  g_autoptr (MosCustomerRow) now = NULL;

  if (!mos_customers_look (txn, row->id, &found, error))
    return FALSE;
  now = mos_customer_row_copy (found);
  {
    const struct
    {
      const char *was;
      const char *is;
      char **now;
    } texts[] = { { was->name, row->name, &now->name }, { was->language, row->language, &now->language }, { was->country, row->country, &now->country }, { was->phone, row->phone, &now->phone }, { was->company, row->company, &now->company }, { was->notes, row->notes, &now->notes } };

    for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
      if (g_strcmp0 (texts[i].was, texts[i].is) != 0)
        g_set_str (texts[i].now, texts[i].is);
  }
  if (was->vip != row->vip)
    now->vip = row->vip;
  if (was->consent != row->consent)
    now->consent = row->consent;
  mos_customers_take_fields (now, was->fields, row->fields);
  /* Whoever says by hand that they agree, or that they did not opt out, knows better than what came by mail. */
  if (was->consent != row->consent && (row->consent == MOS_CONSENT_GIVEN || was->consent == MOS_CONSENT_OPTED_OUT) && !mos_store_opt_out_lift (txn, now->id, error))
    return FALSE;
  return mos_customers_save (txn, now, error);
}

/* --- identities --- */

gboolean
mos_customers_add_identity (MosTxn *txn,
                            const char *customer,
                            const char *value,
                            guint *ret_n_others,
                            GError **error)
{
  g_autoptr (MosCustomerRow) row = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autofree char *stripped = g_strstrip (g_strdup (value));
  const char *kind;
  g_autofree char *identity = mos_customers_identity_of (stripped, &kind);

  if (identity == NULL)
    return mos_customers_invalid (error, "“%s” is neither an e-mail address nor a phone number", stripped);
  if (!mos_customers_look (txn, customer, &row, error) ||
      !mos_store_customer_link (txn, row->id, kind, "", stripped, FALSE, "agent", error))
    return FALSE;
  all = mos_store_customer_list_of_identity (txn, identity, error);
  if (all == NULL)
    return FALSE;
  if (ret_n_others != NULL)
    *ret_n_others = all->len - 1;
  return TRUE;
}

/* @ret_id: (out) (transfer full): which of the customer's is meant */
static gboolean
mos_customers_own_identity (MosCustomerRow *row,
                            const char *value,
                            char **ret_id,
                            GError **error)
{
  const char *kind;
  g_autofree char *derived = mos_customers_identity_of (value, &kind);

  for (guint i = 0; i < row->identities->len; i++)
    {
      const MosIdentity *identity = g_ptr_array_index (row->identities, i);

      if (strcmp (identity->id, value) == 0 || strcmp (identity->value, value) == 0 || g_strcmp0 (identity->id, derived) == 0)
        {
          *ret_id = g_strdup (identity->id);
          return TRUE;
        }
    }
  g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No address “%s” of customer %s", value, row->id);
  return FALSE;
}

gboolean
mos_customers_remove_identity (MosTxn *txn,
                               const char *customer,
                               const char *value,
                               GError **error)
{
  g_autoptr (MosCustomerRow) row = NULL;
  g_autofree char *identity = NULL;

  /* Whoever has it next wants no more either. */
  return mos_customers_look (txn, customer, &row, error) && mos_customers_own_identity (row, value, &identity, error) && mos_store_opt_out_put_of (txn, row->id, error) &&
         mos_store_customer_unlink (txn, row->id, identity, error);
}

/* --- one of two, two of one --- */

gboolean
mos_customers_merge (MosTxn *txn,
                     const char *source,
                     const char *target,
                     const char *const *take,
                     gboolean even_blocked,
                     GError **error)
{
  g_autoptr (MosMergePreview) preview = NULL;
  g_autoptr (MosCustomerRow) one = NULL;
  g_autoptr (MosCustomerRow) other = NULL;

  if (!mos_customers_look (txn, source, &one, error) || !mos_customers_look (txn, target, &other, error))
    return FALSE;
  if (strcmp (one->id, other->id) == 0)
    return mos_customers_invalid (error, "Both are the same customer already: %s", one->id);
  if (!mos_store_customer_preview_merge (txn, one->id, other->id, take, &preview, error))
    return FALSE;
  if (preview->is_blocked && !even_blocked)
    return mos_customers_invalid (error, "Mail of one of them is blocked: %s", mos_customer_row_get_title (preview->source));
  return mos_store_customer_merge (txn, one->id, other->id, take, error);
}

gboolean
mos_customers_split (MosTxn *txn,
                     const char *customer,
                     const char *const *identities,
                     char **ret_id,
                     GError **error)
{
  g_autoptr (MosCustomerRow) row = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  if (!mos_customers_look (txn, customer, &row, error))
    return FALSE;
  for (; *identities != NULL; identities++)
    {
      char *id = NULL;

      if (!mos_customers_own_identity (row, *identities, &id, error))
        return FALSE;
      if (g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
        g_free (id);
      else
        g_ptr_array_add (ids, id);
    }
  if (ids->len == 0 || ids->len >= row->identities->len)
    return mos_customers_invalid (error, "Some addresses must go, and some must stay with %s", mos_customer_row_get_title (row));
  g_ptr_array_add (ids, NULL);
  return mos_store_customer_split (txn, row->id, (const char *const *) ids->pdata, ret_id, error);
}

gboolean
mos_customers_undo_merge (MosTxn *txn,
                          gint64 batch,
                          GError **error)
{
  g_autofree char *merge = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!mos_store_customer_find_merge_of_batch (txn, batch, &merge, error))
    return FALSE;
  if (merge != NULL && mos_store_customer_unmerge (txn, merge, NULL, NULL, &local_error))
    return mos_store_undo_settle (txn, batch, TRUE, error);
  if (local_error != NULL && !g_error_matches (local_error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_CANNOT_UNDO, "The merge of batch %" G_GINT64_FORMAT " was taken back already", batch);
  return FALSE;
}
