/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

#define MOS_AVATAR_N_COLORS 14

/**
 * mos_avatar_get_color:
 * @name: what stands beside the avatar
 * @ret_color: (out): of its background; letters on it are white
 *
 * The same person has one colour wherever there is a face: what is drawn by hand asks here, an #AdwAvatar numbers its colours by the same hash
 * of its text and has them from style.css.
 */
void mos_avatar_get_color (const char *name, GdkRGBA *ret_color);

G_END_DECLS
