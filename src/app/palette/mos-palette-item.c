/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-palette"

#include "config.h"

#include "app/palette/mos-palette-item.h"

G_DEFINE_FINAL_TYPE (MosPaletteItem, mos_palette_item, G_TYPE_OBJECT)

static void
mos_palette_item_finalize (GObject *object)
{
  MosPaletteItem *self = MOS_PALETTE_ITEM (object);

  g_free (self->id);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->icon);
  g_free (self->keys);
  g_free (self->why_not);
  g_free (self->action);
  g_clear_pointer (&self->target, g_variant_unref);
  G_OBJECT_CLASS (mos_palette_item_parent_class)->finalize (object);
}

static void
mos_palette_item_class_init (MosPaletteItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_palette_item_finalize;
}

static void
mos_palette_item_init (MosPaletteItem *self)
{
}

MosPaletteItem *
mos_palette_item_new_for (const char *id,
                          const char *action,
                          GVariant *target,
                          const char *title)
{
  MosPaletteItem *self = g_object_new (MOS_TYPE_PALETTE_ITEM, NULL);

  self->id = g_strdup (id);
  self->action = g_strdup (action);
  self->target = target != NULL ? g_variant_ref_sink (target) : NULL;
  self->title = g_strdup (title);
  return self;
}

MosPaletteItem *
mos_palette_item_new (const char *detailed,
                      const char *title)
{
  g_autofree char *action = NULL;
  g_autoptr (GVariant) target = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_action_parse_detailed_name (detailed, &action, &target, &error))
    g_error ("%s: %s", detailed, error->message);
  return mos_palette_item_new_for (detailed, action, target, title);
}
