/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-categories.h"

#include "core/automation/mos-categorize.h"
#include "core/base/mos-id.h"
#include "core/base/mos-text.h"
#include "core/store/mos-store-categories.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customers.h"

#include <string.h>

/* More is no list that anybody chooses from. */
#define MAX_CATEGORIES 200
#define MAX_NAME 60
#define MAX_WORDS 2000
/* Of what the customer wrote, bytes. */
#define MAX_TEXT 20000

gboolean
mos_categories_begin (MosTxn *txn,
                      const char *language,
                      GError **error)
{
  g_autoptr (GPtrArray) standard = NULL;
  gboolean was;

  if (!mos_store_category_was_seeded (txn, &was, error))
    return FALSE;
  if (was)
    return TRUE;
  standard = mos_categorize_list_standard (language);
  return mos_store_category_seed (txn, standard, error);
}

GPtrArray *
mos_categories_list (MosTxn *txn,
                     GError **error)
{
  GPtrArray *categories = mos_store_category_list (txn, error);

  /* Those that were removed are last. */
  while (categories != NULL && categories->len > 0 && ((MosCategory *) categories->pdata[categories->len - 1])->is_removed)
    g_ptr_array_set_size (categories, (int) categories->len - 1);
  return categories;
}

/* Returns: (transfer none) (nullable) */
static MosCategory *
find_name (GPtrArray *categories,
           const char *name,
           gboolean is_removed)
{
  for (guint i = 0; i < categories->len; i++)
    {
      MosCategory *category = categories->pdata[i];

      if (category->is_removed == is_removed && mos_text_same_name (category->name, name))
        return category;
    }
  return NULL;
}

gboolean
mos_categories_find_by_name (MosTxn *txn,
                             const char *name,
                             MosCategory **ret_category,
                             GError **error)
{
  g_autoptr (GPtrArray) categories = mos_store_category_list (txn, error);
  MosCategory *found;

  if (categories == NULL)
    return FALSE;
  found = mos_categories_find (categories, name);
  if (found == NULL)
    found = find_name (categories, name, FALSE);
  if (found == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No category “%s”", name);
      return FALSE;
    }
  *ret_category = mos_category_ref (found);
  return TRUE;
}

static gboolean
refuse (GError **error,
        const char *text)
{
  g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, text);
  return FALSE;
}

/* Returns: (transfer full): one line without blanks around it */
static char *
clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *line = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c) && !g_unichar_iscntrl (c))
        g_string_append_unichar (line, c);
      else if (line->len > 0 && line->str[line->len - 1] != ' ')
        g_string_append_c (line, ' ');
    }
  return g_strchomp (g_string_free (line, FALSE));
}

/* What was removed is not chosen from. */
static guint
count_offered (GPtrArray *categories)
{
  guint n = 0;

  for (guint i = 0; i < categories->len; i++)
    n += ((const MosCategory *) categories->pdata[i])->is_removed ? 0 : 1;
  return n;
}

gboolean
mos_categories_save (MosTxn *txn,
                     const MosCategory *category,
                     char **ret_id,
                     GError **error)
{
  g_autoptr (GPtrArray) categories = mos_store_category_list (txn, error);
  g_autoptr (MosCategory) copy = mos_category_copy (category);
  g_autofree char *name = clean (category->name);
  g_autofree char *words = clean (category->words != NULL ? category->words : "");
  MosCategory *other;

  if (categories == NULL)
    return FALSE;
  g_set_str (&copy->name, name);
  g_set_str (&copy->words, words);
  if (*name == '\0')
    return refuse (error, "A category needs a name");
  if (mos_text_same_name (name, MOS_CATEGORY_NONE))
    return refuse (error, "“none” means no category");
  if (g_utf8_strlen (name, -1) > MAX_NAME || strlen (words) > MAX_WORDS)
    return refuse (error, "A category cannot have so much in it");
  other = find_name (categories, name, FALSE);
  if (other != NULL && g_strcmp0 (other->id, copy->id) != 0)
    {
      g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT, "There is a category “%s”", other->name);
      return FALSE;
    }
  if (copy->id == NULL)
    {
      other = find_name (categories, name, TRUE);
      if (count_offered (categories) >= MAX_CATEGORIES)
        return refuse (error, "There cannot be so many categories");
      copy->id = other != NULL ? g_strdup (other->id) : mos_id_new (mos_txn_get_now_us (txn));
      copy->position = 0;
      /* What it was before is the better beginning than nothing. */
      if (other != NULL && *words == '\0')
        g_set_str (&copy->words, other->words);
      if (other != NULL)
        copy->is_complex = copy->is_complex || other->is_complex;
    }
  else if (mos_categories_find (categories, copy->id) == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No category %s", copy->id);
      return FALSE;
    }
  if (!mos_store_category_save (txn, copy, error))
    return FALSE;
  if (ret_id != NULL)
    *ret_id = g_steal_pointer (&copy->id);
  return TRUE;
}

gboolean
mos_categories_move (MosTxn *txn,
                     const char *id,
                     int to,
                     GError **error)
{
  g_autoptr (GPtrArray) categories = mos_categories_list (txn, error);
  MosCategory *moved = categories != NULL ? mos_categories_find (categories, id) : NULL;
  guint from;

  if (categories == NULL)
    return FALSE;
  if (moved == NULL || !g_ptr_array_find (categories, moved, &from))
    {
      g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_NOT_FOUND, "No category %s", id);
      return FALSE;
    }
  if (to < 0 || to >= (int) categories->len)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "There are %u categories", categories->len);
      return FALSE;
    }
  moved = g_ptr_array_steal_index (categories, from);
  g_ptr_array_insert (categories, to, moved);
  for (guint i = 0; i < categories->len; i++)
    {
      MosCategory *category = categories->pdata[i];

      if (category->position != (gint64) i + 1 && !mos_store_category_set_position (txn, category->id, (gint64) i + 1, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
mos_categories_set (MosTxn *txn,
                    const char *const *conversations,
                    const char *category,
                    GError **error)
{
  g_autoptr (MosCategory) found = NULL;

  if (category != NULL && !mos_store_category_find (txn, category, &found, error))
    return FALSE;
  if (category != NULL && found == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No category “%s”", category);
      return FALSE;
    }
  for (; *conversations != NULL; conversations++)
    {
      g_autoptr (MosConversationRow) row = NULL;

      if (!mos_store_conversation_find (txn, *conversations, &row, error))
        return FALSE;
      if (row == NULL)
        {
          g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No conversation %s", *conversations);
          return FALSE;
        }
      if (!mos_store_conversation_set_category (txn, row->id, category, error))
        return FALSE;
    }
  return TRUE;
}

/* --- suggestions --- */

/* Takes what was dismissed there out of @categories. */
static gboolean
leave_out_dismissed (MosTxn *txn,
                     const char *conversation,
                     GPtrArray *categories,
                     GError **error)
{
  g_autoptr (GPtrArray) dismissed = mos_store_category_list_dismissed (txn, conversation, error);

  for (guint i = 0; dismissed != NULL && i < dismissed->len; i++)
    {
      MosCategory *category = mos_categories_find (categories, dismissed->pdata[i]);

      if (category != NULL)
        g_ptr_array_remove (categories, category);
    }
  return dismissed != NULL;
}

/* A customer may be called as a category is: "Sabine Groß" under a letter asks for no other size. */
static gboolean
leave_out_name (MosTxn *txn,
                const char *customer,
                char **subject,
                char **text,
                GError **error)
{
  g_autoptr (MosCustomerRow) row = NULL;
  char **const texts[] = { subject, text };

  if (customer == NULL || !mos_store_customer_find (txn, customer, &row, error))
    return customer == NULL;
  for (gsize i = 0; row != NULL && row->name != NULL && i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *whole = *texts[i];

      *texts[i] = mos_categorize_leave_out_name (whole, row->name);
    }
  return TRUE;
}

gboolean
mos_categories_suggest (MosTxn *txn,
                        const char *conversation,
                        MosCategoryHint **ret_hint,
                        GError **error)
{
  g_autoptr (MosConversationRow) row = NULL;
  g_autoptr (GPtrArray) categories = NULL;
  g_autofree char *status = NULL;

  *ret_hint = NULL;
  if (!mos_store_conversation_find (txn, conversation, &row, error))
    return FALSE;
  if (row == NULL || row->category != NULL || row->deleted_us != 0 || row->merged_into != NULL || row->status == MOS_STATUS_SPAM || row->quarantine != NULL)
    return TRUE;
  categories = mos_categories_list (txn, error);
  if (categories == NULL || !leave_out_dismissed (txn, row->id, categories, error) || !mos_store_category_find_order_status (txn, row->id, &status, error))
    return FALSE;
  for (int all = 0; all < 2 && *ret_hint == NULL; all++)
    {
      g_autofree char *subject = NULL, *text = NULL;

      if (!mos_store_category_load_words (txn, row->id, !all, MAX_TEXT, &subject, &text, error) || !leave_out_name (txn, row->customer, &subject, &text, error))
        return FALSE;
      /* What nobody has written anything new to needs no other subject. */
      if (*text != '\0' || all)
        *ret_hint = mos_categorize (categories, subject, text, row->language, status);
    }
  return TRUE;
}
