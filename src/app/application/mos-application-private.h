/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/application/mos-application.h"

#include "app/application/mos-lock.h"
#include "app/application/mos-notices.h"
#include "app/application/mos-profile.h"
#include "app/application/mos-search-service.h"
#include "app/window/mos-window.h"

#include "core/desk/mos-profile-service.h"

G_BEGIN_DECLS

struct _MosApplication
{
  AdwApplication parent_instance;

  /* Owned */
  char *path;                 /* (nullable): NULL = the sample shop */
  MosProfileService *service; /* (nullable): serves the open profile on the bus */
  MosProfile *profile;        /* (nullable): open */
  GCancellable *opening;      /* (nullable): while it is being opened */
  MosApplicationRun run;      /* (nullable): runs what mostradorctl hands over */

  MosNotices *notices;      /* (nullable): of the open profile */
  MosSearchService *search; /* (nullable): while it is on the bus */
  MosLock *lock;            /* from the startup on */
  GPtrArray *deferred;      /* what was asked for while it was locked: of mos-application-lock.c */
  GPtrArray *waiting;       /* what notifications asked for before the profile was open: of mos-application-asked.c */

  GtkWindow *lock_window; /* (borrowed) (nullable): GTK owns it */

  gboolean sample;
  gboolean starts_hidden; /* --background: no window at the first activation */
  gboolean stays;         /* started so: runs without a window until it is ended */
  gboolean opens_hidden;  /* held while the profile is opened without a window */
  gboolean is_held;       /* runs on without a window */
  gboolean is_quitting;
  gboolean asked_start; /* what of starting with the session was last asked for */
};

/* mos-application.c */
/** mos_application_find_window: Returns: (transfer none) (nullable) */
MosWindow *mos_application_find_window (MosApplication *self);
/** mos_application_ensure_window: Returns: (transfer none): a new one where there is none: asked for over the bus it may be so */
MosWindow *mos_application_ensure_window (MosApplication *self);
/** mos_application_open_profile: begins to, where it is not open */
void mos_application_open_profile (MosApplication *self);
/* mos-application-asked.c: what the desktop asks for: buttons of notifications, its search, links */
void mos_application_init_asked (MosApplication *self);
/** mos_application_install_asked: the actions of notifications */
void mos_application_install_asked (MosApplication *self);
/** mos_application_do_waiting: what was asked for before the profile was open, or could not be */
void mos_application_do_waiting (MosApplication *self);
/** mos_application_answer_searches: from now on. Returns: %FALSE where the bus refuses */
gboolean mos_application_answer_searches (MosApplication *self, GDBusConnection *connection, const char *object_path, GError **error);
/** mos_application_open_link: shows the window, and what @link asks for */
void mos_application_open_link (MosApplication *self, const char *link);

/* mos-application-lock.c */
void mos_application_init_lock (MosApplication *self);
/** mos_application_update_lock: which of its actions are possible */
void mos_application_update_lock (MosApplication *self);
/** mos_application_show_lock: brings the window to the front that asks for the passphrase */
void mos_application_show_lock (MosApplication *self);
/** mos_application_activate_locked: Returns: whether it is locked, and the passphrase is asked for */
gboolean mos_application_activate_locked (MosApplication *self);
/** mos_application_quit_locked: at once: a window that nobody sees could ask nothing */
void mos_application_quit_locked (MosApplication *self);
/** mos_application_watch_input: @window: where somebody works */
void mos_application_watch_input (MosApplication *self, GtkWindow *window);
/** mos_application_defer: @action: "app." or "win." and a name; @parameter: (nullable): sunk where it is kept. Returns: whether it is locked: it is done when it is unlocked */
gboolean mos_application_defer (MosApplication *self, const char *action, GVariant *parameter);
/** mos_application_defer_action: the same of one of the application's */
gboolean mos_application_defer_action (MosApplication *self, GSimpleAction *action, GVariant *parameter);

G_END_DECLS
