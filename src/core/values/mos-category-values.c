/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-category-values.h"

static void
mos_category_clear (MosCategory *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->words);
}

MOS_DEFINE_VALUE (MosCategory, category)

MosCategory *
mos_category_copy (const MosCategory *self)
{
  MosCategory *copy = mos_category_new ();

  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->words = g_strdup (self->words);
  copy->is_complex = self->is_complex;
  copy->position = self->position;
  copy->is_removed = self->is_removed;
  return copy;
}

static void
mos_category_hint_clear (MosCategoryHint *self)
{
  g_free (self->category);
  g_strfreev (self->words);
  g_free (self->order_status);
}

MOS_DEFINE_VALUE (MosCategoryHint, category_hint)

MosCategory *
mos_categories_find (GPtrArray *categories,
                     const char *id)
{
  for (guint i = 0; id != NULL && i < categories->len; i++)
    if (g_str_equal (((MosCategory *) categories->pdata[i])->id, id))
      return categories->pdata[i];
  return NULL;
}
