/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** mos_test_mutate: changes @bytes (an IMAP transcript, not empty) in one place: another byte, a cut, a doubling, something nasty put in. Never leaves it empty. */
void mos_test_mutate (GRand *rand, GByteArray *bytes);

G_END_DECLS
