/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-preferences"

#include "config.h"

#include "app/preferences/mos-preferences-dialog.h"

#include "app/application/mos-application.h"
#include "app/application/mos-error-text.h"
#include "app/application/mos-language.h"
#include "app/application/mos-settings.h"
#include "app/help/mos-help-button.h"
#include "app/preferences/mos-backup-page.h"
#include "app/preferences/mos-categories-page.h"
#include "app/preferences/mos-hours-page.h"
#include "app/preferences/mos-hours-text.h"
#include "app/preferences/mos-lock-dialog.h"
#include "app/preferences/mos-reading-row.h"
#include "app/preferences/mos-retention-page.h"
#include "app/preferences/mos-setting-search.h"
#include "app/preferences/mos-setting.h"
#include "app/preferences/mos-targets-page.h"
#include "app/shops/mos-shops-page.h"
#include "app/translate/mos-translate-page.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-toast-show.h"

#include <glib/gi18n.h>

struct _MosPreferencesDialog
{
  AdwPreferencesDialog parent_instance;

  /* Template children */
  MosSettingSearch *search;
  GtkWidget *next_after_close;
  GtkWidget *single_key;
  GtkWidget *density;
  AdwComboRow *language;
  GtkWidget *undo_send;
  GtkWidget *tell_typing;
  GtkWidget *check_attachment;
  GtkWidget *check_subject;
  GtkWidget *check_news;
  GtkWidget *check_recipients;
  GtkWidget *check_orders;
  GtkWidget *check_variables;
  GtkWidget *notify_arrived;
  GtkWidget *notify_due;
  GtkWidget *notify_failed;
  GtkWidget *read_attachments;
  GtkWidget *quote_history;
  MosReadingRow *reading;
  GtkWidget *remote_images;
  AdwPreferencesGroup *image_senders;
  GtkWidget *run_in_background;
  GtkWidget *start_at_login;
  GtkWidget *notify_text;
  GtkWidget *quiet_hours;
  GtkWidget *quiet_when_closed;
  GtkWidget *categories_group;
  GtkWidget *shops_group;
  GtkWidget *translate_group;
  GtkWidget *retention_group;
  GtkWidget *hours_group;
  AdwActionRow *hours_row;
  GtkWidget *lock_set;
  GtkWidget *lock_change;
  GtkWidget *lock_remove;
  GtkWidget *lock_minutes;
  GtkWidget *lock_with_desktop;
  GtkWidget *cover_customers;
  GtkWidget *quiet_from;
  GtkWidget *quiet_until;

  MosHoursPage *hours;       /* (owned) (nullable): once it was looked at: what is edited there is kept */
  gboolean closing;          /* as soon as they are saved */
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
  static const struct
  {
    const char *key;
    const char *nicks[4];
  } keys[] = {
    { "density", { "comfortable", "compact" } },
    { "remote-images", { "ask", "never" } },
    { "quote-history", { "last", "none", "all" } },
  };
  guint position = g_value_get_uint (value);

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (user_data, keys[i].key))
      return g_variant_new_string (position < G_N_ELEMENTS (keys[i].nicks) && keys[i].nicks[position] != NULL ? keys[i].nicks[position] : keys[i].nicks[0]);
  g_return_val_if_reached (NULL);
}

/* The first position is the system's language. */
static gboolean
position_from_language (GValue *value,
                        GVariant *variant,
                        gpointer user_data)
{
  const char *const *codes = mos_language_get_all ();
  guint position = 0;

  for (guint i = 0; codes[i] != NULL; i++)
    if (g_str_equal (codes[i], g_variant_get_string (variant, NULL)))
      position = i + 1;
  g_value_set_uint (value, position);
  return TRUE;
}

static GVariant *
language_from_position (const GValue *value,
                        const GVariantType *type,
                        gpointer user_data)
{
  const char *const *codes = mos_language_get_all ();
  guint position = g_value_get_uint (value);

  return g_variant_new_string (position == 0 || position > g_strv_length ((char **) codes) ? "" : codes[position - 1]);
}

static void
fill_languages (MosPreferencesDialog *self)
{
  const char *const *codes = mos_language_get_all ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  /* Translators: of the program's texts. */
  gtk_string_list_append (names, C_ ("language", "As the system says"));
  for (guint i = 0; codes[i] != NULL; i++)
    gtk_string_list_append (names, mos_language_get_name (codes[i]));
  adw_combo_row_set_model (self->language, G_LIST_MODEL (names));
  g_settings_bind_with_mapping (mos_settings_get (), "language", self->language, "selected", G_SETTINGS_BIND_DEFAULT, position_from_language, language_from_position, NULL, NULL);
}

/* --- business hours --- */

static void
update_hours (MosPreferencesDialog *self)
{
  MosCalendar *calendar = self->desk != NULL ? mos_desk_get_calendar (self->desk) : NULL;
  gboolean has_hours = calendar != NULL && mos_calendar_has_hours (calendar);
  g_autofree char *state = has_hours ? mos_hours_text_state (calendar, g_get_real_time ()) : g_strdup (_ ("Not set: days begin at 9:00"));

  if (self->desk == NULL)
    return;
  adw_action_row_set_subtitle (self->hours_row, state);
  gtk_widget_set_sensitive (self->quiet_when_closed, has_hours);
}

static void
on_hours_saved_cb (MosPreferencesDialog *self,
                   gboolean done)
{
  if (self->closing && done)
    adw_dialog_force_close (ADW_DIALOG (self));
  self->closing = FALSE;
}

static void
on_hours_cb (MosPreferencesDialog *self)
{
  if (self->hours == NULL)
    {
      self->hours = g_object_ref_sink (mos_hours_page_new (self->desk, ADW_PREFERENCES_DIALOG (self)));
      g_signal_connect_object (self->hours, "saved", G_CALLBACK (on_hours_saved_cb), self, G_CONNECT_SWAPPED);
    }
  adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (self), ADW_NAVIGATION_PAGE (self->hours));
}

static void
on_targets_cb (MosPreferencesDialog *self)
{
  adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (self), ADW_NAVIGATION_PAGE (mos_targets_page_new (self->desk, ADW_PREFERENCES_DIALOG (self))));
}

static void
on_shops_cb (MosPreferencesDialog *self)
{
  adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (self), ADW_NAVIGATION_PAGE (mos_shops_page_new (self->desk, ADW_PREFERENCES_DIALOG (self))));
}

static void
on_translate_cb (MosPreferencesDialog *self)
{
  adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (self), ADW_NAVIGATION_PAGE (mos_translate_page_new (self->desk, ADW_PREFERENCES_DIALOG (self))));
}

static void
on_retention_cb (MosPreferencesDialog *self)
{
  adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (self), ADW_NAVIGATION_PAGE (mos_retention_page_new (self->desk, ADW_PREFERENCES_DIALOG (self))));
}

static void
on_backups_cb (MosPreferencesDialog *self)
{
  adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (self), ADW_NAVIGATION_PAGE (mos_backup_page_new (self->desk, ADW_PREFERENCES_DIALOG (self))));
}

static void
on_categories_cb (MosPreferencesDialog *self)
{
  adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (self), ADW_NAVIGATION_PAGE (mos_categories_page_new (self->desk, ADW_PREFERENCES_DIALOG (self))));
}

/* --- the lock --- */

static void
update_lock (MosPreferencesDialog *self)
{
  g_autofree char *kept = g_settings_get_string (mos_settings_get (), "lock-passphrase");
  gboolean is_set = *kept != '\0';

  gtk_widget_set_visible (self->lock_set, !is_set);
  gtk_widget_set_visible (self->lock_change, is_set);
  gtk_widget_set_visible (self->lock_remove, is_set);
  gtk_widget_set_sensitive (self->lock_minutes, is_set);
  gtk_widget_set_sensitive (self->lock_with_desktop, is_set);
}

/* The row that had the keyboard may be gone. */
static void
on_lock_closed_cb (MosPreferencesDialog *self)
{
  mos_setting_show_row (gtk_widget_get_visible (self->lock_set) ? self->lock_set : self->lock_change);
}

static void
show_lock_dialog (MosPreferencesDialog *self,
                  gboolean removes)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkApplication *app = gtk_window_get_application (GTK_WINDOW (root));

  MosLockDialog *dialog;

  if (!MOS_IS_APPLICATION (app))
    return;
  dialog = mos_lock_dialog_new (mos_application_get_lock (MOS_APPLICATION (app)), removes);
  g_signal_connect_object (dialog, "closed", G_CALLBACK (on_lock_closed_cb), self, G_CONNECT_SWAPPED);
  mos_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
on_lock_set_cb (MosPreferencesDialog *self)
{
  show_lock_dialog (self, FALSE);
}

static void
on_lock_remove_cb (MosPreferencesDialog *self)
{
  show_lock_dialog (self, TRUE);
}

/* --- the search --- */

static void
on_chosen_cb (MosPreferencesDialog *self,
              MosPaletteItem *item)
{
  g_autoptr (GtkWidget) window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

  g_object_ref (window);
  mos_setting_search_clear (self->search);
  if (g_str_equal (item->action, "win.show-setting"))
    mos_preferences_dialog_show_setting (self, g_variant_get_string (item->target, NULL));
  /* It has a dialog of its own; this one stays where something is not saved. */
  else if (adw_dialog_close (ADW_DIALOG (self)))
    gtk_widget_activate_action_variant (window, item->action, item->target);
}

void
mos_preferences_dialog_search (MosPreferencesDialog *self)
{
  g_return_if_fail (MOS_IS_PREFERENCES_DIALOG (self));

  while (adw_preferences_dialog_pop_subpage (ADW_PREFERENCES_DIALOG (self)))
    ;
  mos_setting_search_start (self->search);
}

void
mos_preferences_dialog_show_place (MosPreferencesDialog *self,
                                   MosSettingPlace place)
{
  static void (*const show[]) (MosPreferencesDialog *) = {
    [MOS_SETTING_HOURS] = on_hours_cb,
    [MOS_SETTING_TARGETS] = on_targets_cb,
    [MOS_SETTING_CATEGORIES] = on_categories_cb,
    [MOS_SETTING_SHOPS] = on_shops_cb,
    [MOS_SETTING_BACKUPS] = on_backups_cb,
    [MOS_SETTING_RETENTION] = on_retention_cb,
  };

  g_return_if_fail (MOS_IS_PREFERENCES_DIALOG (self));

  if (self->desk != NULL && place < G_N_ELEMENTS (show) && show[place] != NULL)
    show[place](self);
}

void
mos_preferences_dialog_show_setting (MosPreferencesDialog *self,
                                     const char *id)
{
  const MosSetting *setting;
  GtkWidget *row;

  g_return_if_fail (MOS_IS_PREFERENCES_DIALOG (self));
  g_return_if_fail (id != NULL);

  setting = mos_setting_lookup (id);
  if (setting == NULL)
    return;
  mos_preferences_dialog_show_place (self, setting->place);
  /* Hidden, where it does not apply just now: its page says why. */
  row = mos_setting_find_row (setting, GTK_WIDGET (self));
  if (row != NULL)
    mos_setting_show_row (row);
}

static void
on_close_response_cb (MosPreferencesDialog *self,
                      const char *response)
{
  if (g_str_equal (response, "discard"))
    adw_dialog_force_close (ADW_DIALOG (self));
  if (!g_str_equal (response, "save"))
    return;
  self->closing = mos_hours_page_save (self->hours);
  /* It says what is not understood. */
  if (!self->closing && gtk_widget_get_root (GTK_WIDGET (self->hours)) == NULL)
    on_hours_cb (self);
}

/* Only while something is not saved. */
static void
mos_preferences_dialog_close_attempt (AdwDialog *dialog)
{
  AdwDialog *alert = adw_alert_dialog_new (_ ("Save the Business Hours?"), _ ("What you changed in them is lost otherwise."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (alert), "cancel", _ ("_Cancel"), "discard", _ ("_Discard"), "save", _ ("_Save"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (alert), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (alert), "save", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (alert), "save");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (alert), "cancel");
  g_signal_connect_object (alert, "response", G_CALLBACK (on_close_response_cb), dialog, G_CONNECT_SWAPPED);
  mos_dialog_present (alert, GTK_WIDGET (dialog));
}

static void
mos_preferences_dialog_dispose (GObject *object)
{
  MosPreferencesDialog *self = MOS_PREFERENCES_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->hours);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (object), MOS_TYPE_PREFERENCES_DIALOG);
  G_OBJECT_CLASS (mos_preferences_dialog_parent_class)->dispose (object);
}

static void
mos_preferences_dialog_class_init (MosPreferencesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_preferences_dialog_dispose;
  g_type_ensure (MOS_TYPE_HELP_BUTTON);
  g_type_ensure (MOS_TYPE_READING_ROW);
  g_type_ensure (MOS_TYPE_SETTING_SEARCH);
  ADW_DIALOG_CLASS (klass)->close_attempt = mos_preferences_dialog_close_attempt;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, search);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen_cb);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, next_after_close);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, single_key);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, density);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, language);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, undo_send);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, tell_typing);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, check_attachment);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, check_subject);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, check_news);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, check_recipients);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, check_orders);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, check_variables);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, notify_arrived);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, notify_due);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, notify_failed);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, quote_history);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, remote_images);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, read_attachments);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, reading);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, image_senders);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, run_in_background);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, start_at_login);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, notify_text);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, quiet_hours);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, quiet_when_closed);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, shops_group);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, hours_group);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, hours_row);
  gtk_widget_class_bind_template_callback (widget_class, on_targets_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_hours_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_shops_cb);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, translate_group);
  gtk_widget_class_bind_template_callback (widget_class, on_translate_cb);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, retention_group);
  gtk_widget_class_bind_template_callback (widget_class, on_retention_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_backups_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_categories_cb);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, categories_group);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, lock_set);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, lock_change);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, lock_remove);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, lock_minutes);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, lock_with_desktop);
  gtk_widget_class_bind_template_child (widget_class, MosPreferencesDialog, cover_customers);
  gtk_widget_class_bind_template_callback (widget_class, on_lock_set_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_lock_remove_cb);
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
  g_settings_bind (settings, "tell-typing", self->tell_typing, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "check-attachment", self->check_attachment, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "check-subject", self->check_subject, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "check-news", self->check_news, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "check-recipients", self->check_recipients, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "check-orders", self->check_orders, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "check-variables", self->check_variables, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "read-attachments", self->read_attachments, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "notify-arrived", self->notify_arrived, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "notify-due", self->notify_due, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "notify-failed", self->notify_failed, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "run-in-background", self->run_in_background, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "start-at-login", self->start_at_login, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "notify-text", self->notify_text, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "quiet-when-closed", self->quiet_when_closed, "active", G_SETTINGS_BIND_DEFAULT | G_SETTINGS_BIND_NO_SENSITIVITY);
  g_settings_bind (settings, "lock-minutes", self->lock_minutes, "value", G_SETTINGS_BIND_DEFAULT | G_SETTINGS_BIND_NO_SENSITIVITY);
  g_settings_bind (settings, "lock-with-desktop", self->lock_with_desktop, "active", G_SETTINGS_BIND_DEFAULT | G_SETTINGS_BIND_NO_SENSITIVITY);
  g_settings_bind (settings, "cover-customers", self->cover_customers, "active", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (settings, "changed::lock-passphrase", G_CALLBACK (update_lock), self, G_CONNECT_SWAPPED);
  update_lock (self);
  g_settings_bind (settings, "quiet-hours", self->quiet_hours, "enable-expansion", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "quiet-from", self->quiet_from, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "quiet-until", self->quiet_until, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (settings, "density", self->density, "selected", G_SETTINGS_BIND_DEFAULT, position_from_nick, nick_from_position, (gpointer) "density", NULL);
  fill_languages (self);
  g_settings_bind_with_mapping (settings, "quote-history", self->quote_history, "selected", G_SETTINGS_BIND_DEFAULT, position_from_nick, nick_from_position, (gpointer) "quote-history", NULL);
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
      GtkWidget *dialog = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_DIALOG);

      gtk_widget_set_sensitive (row, TRUE);
      g_info ("A sender could not be forgotten: %s", error->message);
      if (dialog != NULL)
        mos_toast_show_in_preferences (ADW_PREFERENCES_DIALOG (dialog), adw_toast_new (mos_error_text (error).title));
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
  if (!g_set_object (&self->desk, desk))
    {
      gtk_widget_set_sensitive (self->quiet_when_closed, FALSE);
      return self;
    }
  gtk_widget_set_visible (self->hours_group, TRUE);
  gtk_widget_set_visible (self->shops_group, TRUE);
  /* A desk that never goes on line asks nobody. */
  gtk_widget_set_visible (self->translate_group, (mos_desk_get_flags (desk) & MOS_DESK_FLAG_OFFLINE) == 0);
  gtk_widget_set_visible (self->retention_group, TRUE);
  gtk_widget_set_visible (self->categories_group, TRUE);
  g_signal_connect_object (desk, "calendar-changed", G_CALLBACK (update_hours), self, G_CONNECT_SWAPPED);
  update_hours (self);
  mos_reading_row_set_desk (self->reading, desk);
  mos_setting_search_set_accounts (self->search, mos_desk_get_accounts (desk));
  mos_desk_load_image_senders_async (desk, self->cancellable, on_senders_cb, g_object_ref (self));
  return self;
}
