/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/** mos_about_new: what the program is, and what helps to report a bug. @desk: (nullable) */
AdwDialog *mos_about_new (MosDesk *desk);

G_END_DECLS
