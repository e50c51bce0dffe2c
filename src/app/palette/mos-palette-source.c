/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-palette"

#include "config.h"

#include "app/palette/mos-palette-source.h"

G_DEFINE_INTERFACE (MosPaletteSource, mos_palette_source, G_TYPE_OBJECT)

static GPtrArray *
mos_palette_source_real_search_finish (MosPaletteSource *self,
                                       GAsyncResult *result,
                                       GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
mos_palette_source_default_init (MosPaletteSourceInterface *iface)
{
  iface->search_finish = mos_palette_source_real_search_finish;
}

const char *
mos_palette_source_get_heading (MosPaletteSource *self)
{
  g_return_val_if_fail (MOS_IS_PALETTE_SOURCE (self), "");

  return MOS_PALETTE_SOURCE_GET_IFACE (self)->get_heading (self);
}

void
mos_palette_source_search_async (MosPaletteSource *self,
                                 const char *text,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (MOS_IS_PALETTE_SOURCE (self));
  g_return_if_fail (text != NULL);

  MOS_PALETTE_SOURCE_GET_IFACE (self)->search_async (self, text, cancellable, callback, user_data);
}

GPtrArray *
mos_palette_source_search_finish (MosPaletteSource *self,
                                  GAsyncResult *result,
                                  GError **error)
{
  g_return_val_if_fail (MOS_IS_PALETTE_SOURCE (self), NULL);

  return MOS_PALETTE_SOURCE_GET_IFACE (self)->search_finish (self, result, error);
}

/* --- what sources have in common --- */

gboolean
mos_palette_text_is_enough (const char *text)
{
  guint n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isdigit (c) || c >= 0x2e80)
        return TRUE;
      n += g_unichar_isalpha (c) ? 1 : 0;
    }
  return n >= 2;
}

GPtrArray *
mos_palette_items_new (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

static int
compare_items (gconstpointer a,
               gconstpointer b,
               gpointer user_data)
{
  const MosPaletteItem *x = *(MosPaletteItem *const *) a, *y = *(MosPaletteItem *const *) b;

  return (x->score < y->score) - (x->score > y->score);
}

void
mos_palette_items_sort (GPtrArray *items,
                        guint max)
{
  /* A merge sort: stable. */
  g_sort_array (items->pdata, items->len, sizeof (gpointer), compare_items, NULL);
  if (items->len > max)
    g_ptr_array_remove_range (items, max, items->len - max);
}

void
mos_palette_source_return (gpointer self,
                           GPtrArray *items,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_return_pointer (task, items, (GDestroyNotify) g_ptr_array_unref);
}

void
mos_palette_source_return_rows (GTask *task,
                                GPtrArray *rows,
                                MosPaletteItem *(*item_from_row) (gpointer row),
                                GError *error)
{
  if (rows == NULL)
    g_task_return_error (task, error);
  else
    {
      GPtrArray *items = mos_palette_items_new ();

      for (guint i = 0; i < rows->len; i++)
        g_ptr_array_add (items, item_from_row (g_ptr_array_index (rows, i)));
      g_ptr_array_unref (rows);
      g_task_return_pointer (task, items, (GDestroyNotify) g_ptr_array_unref);
    }
  g_object_unref (task);
}
