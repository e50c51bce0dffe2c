/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-palette"

#include "config.h"

#include "app/palette/mos-palette-actions.h"

#include "app/application/mos-keymap.h"
#include "core/base/mos-fuzzy.h"

#include <glib/gi18n.h>

#define MAX_ACTIONS 10

struct _MosPaletteActions
{
  GObject parent_instance;

  MosPaletteWhyNot why_not;
  gpointer data;
};

static void mos_palette_actions_source_init (MosPaletteSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MosPaletteActions, mos_palette_actions, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (MOS_TYPE_PALETTE_SOURCE, mos_palette_actions_source_init))

static const char *
mos_palette_actions_get_heading (MosPaletteSource *source)
{
  return C_ ("palette", "Actions");
}

static void
mos_palette_actions_search_async (MosPaletteSource *source,
                                  const char *text,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  MosPaletteActions *self = MOS_PALETTE_ACTIONS (source);
  g_autoptr (MosFuzzy) fuzzy = mos_fuzzy_new (text);
  GPtrArray *items = mos_palette_items_new ();
  guint n;
  const MosShortcut *table = mos_shortcuts_get (&n);

  for (guint i = 0; i < n; i++)
    {
      const char *title = mos_shortcut_get_title (&table[i]);
      double score = MAX (mos_fuzzy_score (fuzzy, title), mos_fuzzy_score (fuzzy, table[i].title));
      MosPaletteItem *item;
      char *why_not;

      if (score <= 0 || g_str_has_prefix (table[i].action, "win.show-view") || g_str_equal (table[i].action, "win.palette"))
        continue;
      /* Who has typed nothing looks for what is possible; who has typed a name wants to know why it is not. */
      why_not = self->why_not (table[i].action, self->data);
      if (why_not != NULL && mos_fuzzy_is_empty (fuzzy))
        {
          g_free (why_not);
          continue;
        }
      item = mos_palette_item_new (table[i].action, title);
      item->why_not = why_not;
      item->icon = g_strdup ("system-run-symbolic");
      item->keys = mos_keymap_dup_label (mos_keymap_get (), &table[i]);
      /* After one that fits about as well; but who typed its very name is told why, and nothing else is done instead. */
      item->score = score - (why_not != NULL ? 0.1 : 0);
      item->is_remembered = TRUE;
      g_ptr_array_add (items, item);
    }
  mos_palette_items_sort (items, mos_fuzzy_is_empty (fuzzy) ? n : MAX_ACTIONS);
  mos_palette_source_return (self, items, cancellable, callback, user_data);
}

static void
mos_palette_actions_source_init (MosPaletteSourceInterface *iface)
{
  iface->get_heading = mos_palette_actions_get_heading;
  iface->search_async = mos_palette_actions_search_async;
}

static void
mos_palette_actions_class_init (MosPaletteActionsClass *klass)
{
}

static void
mos_palette_actions_init (MosPaletteActions *self)
{
}

MosPaletteSource *
mos_palette_actions_new (MosPaletteWhyNot why_not,
                         gpointer data)
{
  MosPaletteActions *self = g_object_new (MOS_TYPE_PALETTE_ACTIONS, NULL);

  self->why_not = why_not;
  self->data = data;
  return MOS_PALETTE_SOURCE (self);
}
