/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-widgets"

#include "config.h"

#include "app/widgets/mos-dialog.h"

#include "app/application/mos-shortcuts.h"

#include <glib/gi18n.h>

/* libadwaita opens a dialog with its second frame after it was mapped. */
#define FRAMES 3

typedef struct
{
  GtkWidget *wanted; /* (weak) (nullable) */
  guint frames;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_clear_weak_pointer (&opening->wanted);
  g_free (opening);
}

/* A form has no focus of its own: the first of what it holds has it. */
static void
focus (GtkWidget *wanted)
{
  if (!gtk_widget_grab_focus (wanted))
    gtk_widget_child_focus (wanted, GTK_DIR_TAB_FORWARD);
}

/* By the window: a dialog goes on naming a form as its focus widget that could not take it, and leaves the keyboard with what lies behind. */
static gboolean
is_at (AdwDialog *dialog,
       GtkWidget *wanted)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (dialog));
  GtkWidget *at = root != NULL ? gtk_root_get_focus (root) : NULL;

  return at != NULL && (at == wanted || gtk_widget_is_ancestor (at, wanted));
}

static gboolean
on_tick_cb (GtkWidget *widget,
            GdkFrameClock *clock,
            gpointer user_data)
{
  Opening *opening = user_data;

  if (opening->wanted == NULL)
    return G_SOURCE_REMOVE;
  if (++opening->frames < FRAMES)
    return G_SOURCE_CONTINUE;
  /* A bottom sheet (to libadwaita 1.9 at least) has put it to the first of its widgets: "Cancel", as a rule. */
  if (gtk_widget_get_mapped (opening->wanted) && !is_at (ADW_DIALOG (widget), opening->wanted))
    focus (opening->wanted);
  return G_SOURCE_REMOVE;
}

static void
focus_once_open (AdwDialog *dialog,
                 GtkWidget *wanted)
{
  Opening *opening = g_new0 (Opening, 1);

  g_set_weak_pointer (&opening->wanted, wanted);
  gtk_widget_add_tick_callback (GTK_WIDGET (dialog), on_tick_cb, opening, opening_free);
}

void
mos_dialog_present (AdwDialog *dialog,
                    GtkWidget *parent)
{
  GtkWidget *wanted;

  g_return_if_fail (ADW_IS_DIALOG (dialog));
  g_return_if_fail (GTK_IS_WIDGET (parent));

  mos_shortcuts_install_dialog (GTK_WIDGET (dialog));
  wanted = adw_dialog_get_focus (dialog);
  adw_dialog_present (dialog, parent);
  if (wanted != NULL)
    focus_once_open (dialog, wanted);
}

void
mos_dialog_lead_to (AdwDialog *dialog,
                    GtkWidget *wanted)
{
  g_return_if_fail (ADW_IS_DIALOG (dialog));
  g_return_if_fail (GTK_IS_WIDGET (wanted));

  focus (wanted);
  focus_once_open (dialog, wanted);
}

static void
on_leave_cb (AdwDialog *dialog,
             const char *response)
{
  if (g_str_equal (response, "leave"))
    adw_dialog_force_close (dialog);
}

void
mos_dialog_ask_leave (AdwDialog *dialog,
                      const char *lost)
{
  AdwDialog *question;

  g_return_if_fail (ADW_IS_DIALOG (dialog));

  question = adw_alert_dialog_new (_ ("Leave Without Saving?"), lost);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (question), "stay", _ ("_Stay"), "leave", _ ("_Leave"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (question), "leave", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (question), "stay");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (question), "stay");
  g_signal_connect_object (question, "response", G_CALLBACK (on_leave_cb), dialog, G_CONNECT_SWAPPED);
  mos_dialog_present (question, GTK_WIDGET (dialog));
}
