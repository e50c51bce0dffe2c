/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MosPaletteItem: one thing that the palette offers. Filled by its source before anybody else sees it.
 *
 * @id: the same for the same thing, so that it stays chosen while results come in; what was chosen last is remembered by it
 * @title, @subtitle (nullable), @icon: what is shown
 * @keys: (nullable): what to press for it instead, in words
 * @why_not: (nullable): why it cannot be done now
 * @action, @target (nullable): what is activated
 * @score: of mos_fuzzy_score(); the source's own order where all are alike
 * @is_remembered: whether it is offered again among the recent ones
 */
#define MOS_TYPE_PALETTE_ITEM (mos_palette_item_get_type ())
G_DECLARE_FINAL_TYPE (MosPaletteItem, mos_palette_item, MOS, PALETTE_ITEM, GObject)

struct _MosPaletteItem
{
  GObject parent_instance;

  char *id;
  char *title;
  char *subtitle;
  char *icon;
  char *keys;
  char *why_not;
  char *action;
  GVariant *target;
  double score;
  gboolean is_remembered;
};

/** mos_palette_item_new: @detailed: as g_action_parse_detailed_name() takes it; it is the id too */
MosPaletteItem *mos_palette_item_new (const char *detailed, const char *title);
/** mos_palette_item_new_for: @id (in the namespace of its source), @action and @target (floating or owned) apart */
MosPaletteItem *mos_palette_item_new_for (const char *id, const char *action, GVariant *target, const char *title);

G_END_DECLS
