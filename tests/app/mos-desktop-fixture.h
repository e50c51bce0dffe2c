/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A desktop that is told notifications, on a bus of its own, and a program that tells them. The test sets GNOTIFICATION_BACKEND to "gtk" before anything else. */
typedef struct
{
  GTestDBus *bus;
  GDBusConnection *connection;
  GApplication *app;
  /* What the desktop was told last: which notification, and its title and text with "|" between them */
  char *id;
  char *said;
  gboolean has_buttons;
  guint n_removed;
} MosDesktopFixture;

MosDesktopFixture *mos_desktop_fixture_new (void);
void mos_desktop_fixture_free (MosDesktopFixture *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosDesktopFixture, mos_desktop_fixture_free)

G_END_DECLS
