/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-palette"

#include "config.h"

#include "app/palette/mos-palette-settings.h"

#include "app/preferences/mos-setting.h"
#include "core/base/mos-fuzzy.h"

#include <glib/gi18n.h>

#define MAX_SETTINGS 6
/* A setting goes after an action, a view or a macro that is called the same. */
#define WEIGHT 0.95

struct _MosPaletteSettings
{
  GObject parent_instance;

  GListModel *accounts; /* (owned) (nullable) */
};

static void mos_palette_settings_source_init (MosPaletteSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MosPaletteSettings, mos_palette_settings, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (MOS_TYPE_PALETTE_SOURCE, mos_palette_settings_source_init))

static const char *
mos_palette_settings_get_heading (MosPaletteSource *source)
{
  return C_ ("palette", "Settings");
}

static void
mos_palette_settings_search_async (MosPaletteSource *source,
                                   const char *text,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  MosPaletteSettings *self = MOS_PALETTE_SETTINGS (source);
  g_autoptr (MosFuzzy) fuzzy = mos_fuzzy_new (text);
  /* What has a dialog of its own is among the actions. */
  GPtrArray *items = mos_settings_find (mos_palette_text_is_enough (text) ? text : "", self->accounts, FALSE);

  /* Comparable with what the other sources find. */
  for (guint i = 0; i < items->len; i++)
    {
      MosPaletteItem *item = g_ptr_array_index (items, i);

      item->score = WEIGHT * MAX (mos_fuzzy_score (fuzzy, item->title), item->score / 2);
    }
  mos_palette_items_sort (items, MAX_SETTINGS);
  mos_palette_source_return (self, items, cancellable, callback, user_data);
}

static void
mos_palette_settings_source_init (MosPaletteSourceInterface *iface)
{
  iface->get_heading = mos_palette_settings_get_heading;
  iface->search_async = mos_palette_settings_search_async;
}

static void
mos_palette_settings_finalize (GObject *object)
{
  g_clear_object (&MOS_PALETTE_SETTINGS (object)->accounts);
  G_OBJECT_CLASS (mos_palette_settings_parent_class)->finalize (object);
}

static void
mos_palette_settings_class_init (MosPaletteSettingsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_palette_settings_finalize;
}

static void
mos_palette_settings_init (MosPaletteSettings *self)
{
}

MosPaletteSource *
mos_palette_settings_new (GListModel *accounts)
{
  MosPaletteSettings *self = g_object_new (MOS_TYPE_PALETTE_SETTINGS, NULL);

  g_set_object (&self->accounts, accounts);
  return MOS_PALETTE_SOURCE (self);
}
