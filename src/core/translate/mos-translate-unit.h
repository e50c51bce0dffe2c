/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One unit of a MosTranslateText: a line or a paragraph, told to a service and read back. Pure; any thread. */

typedef struct _MosTranslateUnit MosTranslateUnit;

/** mos_translate_unit_new: @text: without line ends. Returns: (transfer full) (nullable): %NULL where nothing of it has words */
MosTranslateUnit *mos_translate_unit_new (const char *text, gboolean is_marked);
void mos_translate_unit_free (MosTranslateUnit *self);
/** mos_translate_unit_get_sent: Returns: (transfer none): as it is sent */
const char *mos_translate_unit_get_sent (MosTranslateUnit *self);
/** mos_translate_unit_read: Returns: (transfer full) (nullable): the text that @answer says; %NULL where something that was kept is not in it once, or marks are lost */
char *mos_translate_unit_read (MosTranslateUnit *self, const char *answer);
/** mos_translate_unit_list_bare: Returns: (transfer full): what is between the parts that are kept, as it is sent */
char **mos_translate_unit_list_bare (MosTranslateUnit *self);
/** mos_translate_unit_join_bare: Returns: (transfer full): the same with @answers in their places */
char *mos_translate_unit_join_bare (MosTranslateUnit *self, const char *const *answers);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosTranslateUnit, mos_translate_unit_free)

G_END_DECLS
