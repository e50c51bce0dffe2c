/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Memory for a great many values that are all touched soon. The system hands it out in pages that it fills when they are first touched; of ordinary ones there are thousands, and a
 * third of the time goes into that. So large ones are asked for (madvise (2), MADV_HUGEPAGE), where the system has some. What is set aside and never touched takes no memory. Any thread. */

/** mos_big_alloc: Returns: (transfer full): @size bytes that hold anything; free with g_free() */
gpointer mos_big_alloc (gsize size);
/** mos_big_array_grow: replaces @array, which is not cleared and clears nothing, by one with place for @n where that is more than it has in it */
void mos_big_array_grow (GArray **array, guint n);
/** mos_big_give_back: what was freed and is still kept for the next time goes back to the system, of all threads. A few milliseconds; for when much was read that is not read again soon, as after the start */
void mos_big_give_back (void);

G_END_DECLS
