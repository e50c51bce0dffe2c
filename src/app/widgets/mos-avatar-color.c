/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-app"

#include "config.h"

#include "app/widgets/mos-avatar-color.h"

/* Calm hues of one lightness, so that white letters are readable on each in both colour schemes (4.9 : 1 at least). style.css has them, too. */
static const char *const colors[MOS_AVATAR_N_COLORS] = {
  "#3a6ea8",
  "#2b7d6d",
  "#7a5aa6",
  "#a0522d",
  "#8c5a78",
  "#4b7a35",
  "#85682a",
  "#5a6b7d",
  "#1f7a8c",
  "#9a4c5c",
  "#5561a8",
  "#68722a",
  "#a34a7e",
  "#75604e",
};

void
mos_avatar_get_color (const char *name,
                      GdkRGBA *ret_color)
{
  g_return_if_fail (name != NULL);
  g_return_if_fail (ret_color != NULL);

  gdk_rgba_parse (ret_color, colors[g_str_hash (name) % MOS_AVATAR_N_COLORS]);
}
