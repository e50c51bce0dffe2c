/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-preferences"

#include "config.h"

#include "app/preferences/mos-preferences-dialog.h"

#include "app/application/mos-settings.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

struct _MosPreferencesDialog
{
  AdwPreferencesDialog parent_instance;

  /* Template children */
  GtkWidget *next_after_close;
  GtkWidget *single_key;
  GtkWidget *density;
  GtkWidget *undo_send;
  GtkWidget *check_attachment;
  GtkWidget *check_subject;
  GtkWidget *check_news;
  GtkWidget *check_recipients;
  GtkWidget *check_variables;
  GtkWidget *notify_arrived;
  GtkWidget *notify_failed;
  GtkWidget *read_attachments;
  GtkWidget *remote_images;
  AdwPreferencesGroup *image_senders;
  GtkWidget *run_in_background;
  GtkWidget *start_at_login;
  GtkWidget *notify_text;
  GtkWidget *quiet_hours;
  GtkWidget *quiet_from;
  GtkWidget *quiet_until;

  MosDesk *desk;             /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) */
};

G_DEFINE_FINAL_TYPE (MosPreferencesDialog, mos_preferences_dialog, ADW_TYPE_PREFERENCES_DIALOG)

/* A combo row's position is the enumeration's value, in the order of the schema. */
static gboolean
position_from_nick (GValue *value,
                    GVariant *variant,
                    gpointer user_data)
{
  g_value_set_uint (value, (guint) g_settings_get_enum (mos_settings_get (), user_data));
  return TRUE;
}

static GVariant *
nick_from_position (const GValue *value,
                    const GVariantType *type,
                    gpointer user_data)
{
  static const char *const density[] = { "comfortable", "compact" };
  static const char *const images[] = { "ask", "never" };
  const char *const *nicks = g_str_equal (user_data, "density") ? density : images;

  return g_variant_new_string (nicks[MIN (g_value_get_uint (value), 1)]);
}

static void
mos_preferences_dialog_dispose (GObject *object)
{
  MosPreferencesDialog *self = MOS_PREFERENCES_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (object), MOS_TYPE_PREFERENCES_DIALOG);
  G_OBJECT_CLASS (mos_preferences_dialog_parent_class)->dispose (object);
}

static void
mos_preferences_dialog_class_init (MosPreferencesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_preferences_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, next_after_close);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, single_key);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, density);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, undo_send);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, check_attachment);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, check_subject);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, check_news);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, check_recipients);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, check_variables);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, notify_arrived);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, notify_failed);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, remote_images);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, read_attachments);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, image_senders);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, run_in_background);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, start_at_login);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, notify_text);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, quiet_hours);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, quiet_from);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, quiet_until);
}

static void
mos_preferences_dialog_init (MosPreferencesDialog *self)
{
  GSettings *settings = mos_settings_get ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_settings_bind (settings, "next-after-close", self->next_after_close, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "single-key-shortcuts", self->single_key, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "undo-send-seconds", self->undo_send, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "check-attachment", self->check_attachment, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "check-subject", self->check_subject, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "check-news", self->check_news, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "check-recipients", self->check_recipients, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "check-variables", self->check_variables, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "read-attachments", self->read_attachments, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "notify-arrived", self->notify_arrived, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "notify-failed", self->notify_failed, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "run-in-background", self->run_in_background, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "start-at-login", self->start_at_login, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "notify-text", self->notify_text, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "quiet-hours", self->quiet_hours, "enable-expansion", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "quiet-from", self->quiet_from, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "quiet-until", self->quiet_until, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (settings, "density", self->density, "selected", G_SETTINGS_BIND_DEFAULT, position_from_nick, nick_from_position, (gpointer) "density", NULL);
  g_settings_bind_with_mapping (settings, "remote-images", self->remote_images, "selected", G_SETTINGS_BIND_DEFAULT, position_from_nick, nick_from_position, (gpointer) "remote-images", NULL);
}

/* --- Whose images are always loaded --- */

static void
on_forgotten_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  g_autoptr (GtkWidget) row = user_data;
  g_autoptr (GError) error = NULL;
  GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

  if (!mos_desk_action_finish (MOS_DESK (source), result, NULL, &error))
    {
      gtk_widget_set_sensitive (row, TRUE);
      g_warning ("A sender could not be forgotten: %s", error->message);
      return;
    }
  if (group == NULL)
    return;
  gtk_widget_child_focus (group, GTK_DIR_TAB_FORWARD);
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
}

static void
on_forget_cb (GtkButton *button,
              MosPreferencesDialog *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), ADW_TYPE_ACTION_ROW);

  gtk_widget_set_sensitive (row, FALSE);
  mos_desk_set_image_sender_async (self->desk, g_object_get_data (G_OBJECT (button), "address"), FALSE, NULL, on_forgotten_cb, g_object_ref (row));
}

static void
on_senders_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (MosPreferencesDialog) self = user_data;
  g_autoptr (GPtrArray) senders = mos_desk_load_image_senders_finish (MOS_DESK (source), result, NULL);

  if (senders == NULL || self->desk == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->image_senders), senders->len > 0);
  for (guint i = 0; i < senders->len; i++)
    {
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
      /* Translators: %s is a mail address. */
      g_autofree char *label = g_strdup_printf (_ ("Ask again for images of %s"), (const char *) senders->pdata[i]);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), senders->pdata[i]);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_tooltip_text (button, label);
      mos_widget_set_label (button, label);
      g_object_set_data_full (G_OBJECT (button), "address", g_strdup (senders->pdata[i]), g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_forget_cb), self, G_CONNECT_DEFAULT);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
      adw_preferences_group_add (self->image_senders, row);
    }
}

MosPreferencesDialog *
mos_preferences_dialog_new (MosDesk *desk)
{
  MosPreferencesDialog *self = g_object_new (MOS_TYPE_PREFERENCES_DIALOG, NULL);

  self->cancellable = g_cancellable_new ();
  if (g_set_object (&self->desk, desk))
    mos_desk_load_image_senders_async (desk, self->cancellable, on_senders_cb, g_object_ref (self));
  return self;
}
