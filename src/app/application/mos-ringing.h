/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-desk.h"

G_BEGIN_DECLS

/**
 * mos_ringing_follow: while a telephone of @desk's rings, a notification says who calls; a click shows their card ("Who Is This?"). It takes the keyboard from nobody, and goes
 * when the call ends. As long as both are there; main context
 */
void mos_ringing_follow (GApplication *app, MosDesk *desk);

G_END_DECLS
