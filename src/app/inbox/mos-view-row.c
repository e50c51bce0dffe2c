/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-view-row.h"

#include "app/application/mos-error-text.h"
#include "app/inbox/mos-view-text.h"
#include "app/widgets/mos-account-title.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"

#include <glib/gi18n.h>

struct _MosViewRow
{
  GtkListBoxRow parent_instance;

  /* Template children of a simple kind; made in code, owned by the tree */
  GtkWidget *icon;
  GtkWidget *spinner;
  GtkWidget *title_label;
  GtkWidget *new_mark;
  GtkWidget *count_label;
  GtkWidget *settings_button; /* (nullable) */

  /* Owned */
  MosView *view;
  MosAccountItem *account; /* (nullable) */
  MosDesk *desk;           /* (nullable): with an account */

  char *name; /* (nullable): of a view that somebody made, or of an account */

  guint count;
  guint n_new;
};

G_DEFINE_FINAL_TYPE (MosViewRow, mos_view_row, GTK_TYPE_LIST_BOX_ROW)

char *
mos_account_state_text (MosDesk *desk,
                        MosAccountStatus *status,
                        gint64 now_us)
{
  g_autofree char *when = NULL;

  if ((mos_desk_get_flags (desk) & MOS_DESK_FLAG_OFFLINE) != 0)
    return g_strdup (_ ("Sample shop, no network"));
  if (status == NULL)
    return g_strdup (C_ ("account", "Not connected"));

  switch (status->state)
    {
    case MOS_ACCOUNT_OFFLINE:
      return g_strdup (C_ ("account", "Not connected"));
    case MOS_ACCOUNT_CONNECTING:
      return g_strdup (C_ ("account", "Connecting"));
    case MOS_ACCOUNT_SYNCING:
      if (status->total > 0)
        {
          g_autofree char *done = g_strdup_printf ("%'" G_GUINT64_FORMAT, status->done);
          g_autofree char *total = g_strdup_printf ("%'" G_GUINT64_FORMAT, status->total);

          /* Translators: both are numbers of messages. */
          return g_strdup_printf (_ ("Fetching mail: %s of %s"), done, total);
        }
      return g_strdup (C_ ("account", "Fetching mail"));
    case MOS_ACCOUNT_READY:
      if (status->last_sync_us == 0)
        return g_strdup (C_ ("account", "Connected"));
      when = mos_time_text_relative (status->last_sync_us, now_us, NULL);
      /* Translators: %s is a time, such as “5 min ago” or “14:05”. */
      return g_strdup_printf (_ ("Connected, checked %s"), when);
    case MOS_ACCOUNT_WAITING:
    case MOS_ACCOUNT_AUTH_FAILED:
    case MOS_ACCOUNT_BAD_CERTIFICATE:
    case MOS_ACCOUNT_FAILED:
      return g_strdup (mos_error_text_for_why (status->why).title);
    default:
      g_return_val_if_reached (NULL);
    }
}

static void
update_name (MosViewRow *self)
{
  const char *title = mos_view_row_get_title (self);
  g_autofree char *counted = NULL;
  g_autofree char *name = NULL;

  if (self->count == 0)
    counted = g_strdup (_ ("no conversations"));
  else
    counted = g_strdup_printf (ngettext ("%u conversation", "%u conversations", self->count), self->count);

  if (self->account != NULL)
    {
      g_autofree char *state = mos_account_state_text (self->desk, mos_account_item_get_status (self->account), g_get_real_time ());

      /* Translators: read aloud: an account's name, its number of conversations, and what it is doing. */
      name = g_strdup_printf (C_ ("accessible name", "%s, %s, %s"), title, counted, state);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self), state);
    }
  else
    {
      /* Translators: read aloud: a view's name and its number of conversations. */
      name = g_strdup_printf (C_ ("accessible name", "%s, %s"), title, counted);
    }
  if (self->n_new > 0)
    {
      g_autofree char *with_new = g_strdup_printf (ngettext ("%s, %u new", "%s, %u new", self->n_new), name, self->n_new);

      mos_widget_set_label (GTK_WIDGET (self), with_new);
      return;
    }
  mos_widget_set_label (GTK_WIDGET (self), name);
}

void
mos_view_row_name_account (MosViewRow *self)
{
  g_return_if_fail (MOS_IS_VIEW_ROW (self) && self->account != NULL);

  g_free (self->name);
  self->name = mos_account_title_dup (mos_desk_get_accounts (self->desk), mos_account_item_get_account (self->account));
  gtk_label_set_label (GTK_LABEL (self->title_label), self->name);
  update_name (self);
}

static void
update_account (MosViewRow *self)
{
  MosAccountStatus *status = mos_account_item_get_status (self->account);
  MosAccountState state = status != NULL ? status->state : MOS_ACCOUNT_OFFLINE;
  gboolean busy = state == MOS_ACCOUNT_CONNECTING || state == MOS_ACCOUNT_SYNCING;
  static const char *classes[] = { "success", "warning", "error", "dim-label" };
  const char *css = "dim-label";
  const char *icon = "mos-dot-symbolic";

  if (state == MOS_ACCOUNT_READY)
    css = "success";
  else if (state == MOS_ACCOUNT_WAITING)
    css = "warning";
  else if (state == MOS_ACCOUNT_AUTH_FAILED || state == MOS_ACCOUNT_BAD_CERTIFICATE || state == MOS_ACCOUNT_FAILED)
    {
      css = "error";
      icon = "dialog-warning-symbolic";
    }

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (self->icon, classes[i]);
  gtk_widget_add_css_class (self->icon, css);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon);
  gtk_widget_set_visible (self->icon, !busy);
  gtk_widget_set_visible (self->spinner, busy);
  mos_view_row_name_account (self);
}

static void
mos_view_row_dispose (GObject *object)
{
  MosViewRow *self = MOS_VIEW_ROW (object);

  g_clear_pointer (&self->view, mos_view_unref);
  g_clear_pointer (&self->name, g_free);
  g_clear_object (&self->account);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_view_row_parent_class)->dispose (object);
}

static void
mos_view_row_class_init (MosViewRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_view_row_dispose;
}

static void
mos_view_row_init (MosViewRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  self->icon = gtk_image_new ();
  self->spinner = adw_spinner_new ();
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_widget_set_size_request (self->spinner, 16, 16);
  self->title_label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title_label), 0);
  /* Names of views are longer in other languages than in English; two lines hold them all. */
  gtk_label_set_wrap (GTK_LABEL (self->title_label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->title_label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (self->title_label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (self->title_label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->title_label, TRUE);
  self->new_mark = gtk_image_new_from_icon_name ("mos-dot-symbolic");
  gtk_widget_add_css_class (self->new_mark, "accent");
  gtk_widget_set_visible (self->new_mark, FALSE);
  self->count_label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->count_label, "mos-count");
  gtk_box_append (GTK_BOX (box), self->icon);
  gtk_box_append (GTK_BOX (box), self->spinner);
  gtk_box_append (GTK_BOX (box), self->title_label);
  gtk_box_append (GTK_BOX (box), self->new_mark);
  gtk_box_append (GTK_BOX (box), self->count_label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

GtkWidget *
mos_view_row_new (MosView *view)
{
  MosViewRow *self = g_object_new (MOS_TYPE_VIEW_ROW, NULL);

  self->view = mos_view_ref (view);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), mos_view_text_get_icon (view->kind));
  gtk_label_set_label (GTK_LABEL (self->title_label), mos_view_text_get_title (view->kind));
  update_name (self);
  return GTK_WIDGET (self);
}

GtkWidget *
mos_view_row_new_saved (MosSavedView *saved)
{
  MosViewRow *self = g_object_new (MOS_TYPE_VIEW_ROW, NULL);

  self->view = mos_view_make (MOS_VIEW_SAVED, saved->id);
  self->name = g_strdup (saved->name);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), saved->agent != NULL ? "avatar-default-symbolic" : mos_view_text_get_icon (MOS_VIEW_SAVED));
  gtk_label_set_label (GTK_LABEL (self->title_label), saved->name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), saved->query);
  update_name (self);
  return GTK_WIDGET (self);
}

GtkWidget *
mos_view_row_new_account (MosDesk *desk,
                          MosAccountItem *item)
{
  MosViewRow *self = g_object_new (MOS_TYPE_VIEW_ROW, NULL);
  GtkWidget *box = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (self));
  MosAccount *account = mos_account_item_get_account (item);

  self->view = mos_view_make (MOS_VIEW_ACCOUNT, account->id);
  self->account = g_object_ref (item);
  self->desk = g_object_ref (desk);

  self->settings_button = gtk_button_new_from_icon_name ("emblem-system-symbolic");
  gtk_widget_add_css_class (self->settings_button, "flat");
  gtk_widget_add_css_class (self->settings_button, "mos-row-button");
  gtk_widget_set_valign (self->settings_button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->settings_button, _ ("Account Settings"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->settings_button), "win.account-settings");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->settings_button), "s", account->id);
  gtk_box_append (GTK_BOX (box), self->settings_button);

  g_signal_connect_object (item, "notify::status", G_CALLBACK (update_account), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "notify::account", G_CALLBACK (update_account), self, G_CONNECT_SWAPPED);
  update_account (self);
  return GTK_WIDGET (self);
}

MosView *
mos_view_row_get_view (MosViewRow *self)
{
  return self->view;
}

MosAccountItem *
mos_view_row_get_account (MosViewRow *self)
{
  return self->account;
}

const char *
mos_view_row_get_title (MosViewRow *self)
{
  return self->name != NULL ? self->name : mos_view_text_get_title (self->view->kind);
}

void
mos_view_row_set_count (MosViewRow *self,
                        guint count,
                        guint n_new)
{
  g_autofree char *text = count > 0 ? g_strdup_printf ("%'u", count) : g_strdup ("");

  self->count = count;
  self->n_new = n_new;
  gtk_widget_set_visible (self->new_mark, n_new > 0);
  gtk_label_set_label (GTK_LABEL (self->count_label), text);
  update_name (self);
}
