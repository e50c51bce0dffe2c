/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * What of customers may be shown outside of the window and in it, just now. Main context only.
 *
 * Covered (setting "cover-customers"): whoever works here shares the screen. What customers are called and write is drawn unreadably: by a stylesheet (data/covered.css), which needs no widget to
 * know of it, and in the one widget that draws text itself, the row of the list. The accessibility tree keeps the words: no screen shows it.
 * Locked: there is a MosLock, and it is locked.
 */

/** mos_privacy_follow: the stylesheet follows the setting on this display */
void mos_privacy_follow (GdkDisplay *display);
gboolean mos_privacy_is_covered (void);
/** mos_privacy_set_locked: what #MosLock says */
void mos_privacy_set_locked (gboolean is_locked);
/** mos_privacy_hides_customers: Returns: whether nothing outside of the window names a customer: notifications, the desktop's search */
gboolean mos_privacy_hides_customers (void);

/**
 * mos_privacy_peek: what is covered under the pointer, else where the keyboard is, can be read for some seconds
 * Returns: whether there is something
 */
gboolean mos_privacy_peek (GtkWindow *window);
/** mos_privacy_is_peeked: Returns: whether @widget draws its customer readably */
gboolean mos_privacy_is_peeked (GtkWidget *widget);

G_END_DECLS
