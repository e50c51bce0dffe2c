/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-translate"

#include "config.h"

#include "app/translate/mos-translate-page.h"

#include "app/application/mos-error-text.h"
#include "app/help/mos-help-button.h"
#include "app/translate/mos-translate-words.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-toast-show.h"

#include "core/translate/mos-translator.h"

#include <glib/gi18n.h>

struct _MosTranslatePage
{
  AdwNavigationPage parent_instance;

  /* owned by the tree */
  AdwComboRow *service;
  GtkWidget *address;
  GtkWidget *key;
  AdwActionRow *state;
  GtkWidget *spinner;
  AdwPreferencesGroup *accounts;
  GPtrArray *rows; /* (owned): AdwSwitchRow (borrowed), of the accounts */

  AdwPreferencesDialog *dialog; /* (weak) (nullable) */

  /* Owned */
  MosDesk *desk;
  MosTranslateSettings *wanted; /* (nullable): what is being tried and saved */
  char *found;                  /* (nullable): what the test found */
  GCancellable *cancellable;
  gboolean is_busy;
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (MosTranslatePage, mos_translate_page, ADW_TYPE_NAVIGATION_PAGE)

/* The positions of the row are the values of MosTranslateService. */
static MosTranslateService
get_service (MosTranslatePage *self)
{
  return (MosTranslateService) MIN (adw_combo_row_get_selected (self->service), MOS_TRANSLATE_LIBRETRANSLATE);
}

static void
update (MosTranslatePage *self)
{
  MosTranslateService service = get_service (self);
  gboolean is_on = service != MOS_TRANSLATE_OFF;

  gtk_widget_set_visible (self->address, service == MOS_TRANSLATE_LIBRETRANSLATE);
  gtk_widget_set_visible (self->key, is_on);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->key), service == MOS_TRANSLATE_LIBRETRANSLATE ? _ ("_Key, Where the Server Wants One") : _ ("_Key"));
  gtk_widget_set_visible (GTK_WIDGET (self->state), is_on);
  gtk_widget_set_visible (self->spinner, self->is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->service), !self->is_busy);
  /* What was asked from keeps the keyboard: where nothing has it, not even Escape is heard. */
  gtk_editable_set_editable (GTK_EDITABLE (self->address), !self->is_busy);
  gtk_editable_set_editable (GTK_EDITABLE (self->key), !self->is_busy);
}

static void
say (MosTranslatePage *self,
     const char *text,
     gboolean is_trouble)
{
  adw_action_row_set_subtitle (self->state, text);
  if (is_trouble)
    gtk_widget_add_css_class (GTK_WIDGET (self->state), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->state), "error");
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, is_trouble ? GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH : GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* Returns: (transfer full): "" = where the service usually is. What was set by a terminal stays while it is the same service. */
static char *
dup_address (MosTranslatePage *self)
{
  const MosTranslateSettings *now = mos_desk_get_translate (self->desk);

  if (get_service (self) == MOS_TRANSLATE_LIBRETRANSLATE)
    return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->address))));
  return g_strdup (now->service == get_service (self) ? now->url : "");
}

/* --- which accounts --- */

static void
on_account_set_cb (GObject *source,
                   GAsyncResult *result,
                   gpointer user_data)
{
  g_autoptr (MosTranslatePage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mos_desk_action_finish (MOS_DESK (source), result, NULL, &error) && self->dialog != NULL)
    mos_toast_show_in_preferences (self->dialog, adw_toast_new (mos_error_text (error).title));
}

static void
on_account_cb (MosTranslatePage *self,
               GParamSpec *pspec,
               AdwSwitchRow *row)
{
  if (!self->is_filling)
    mos_desk_set_translate_account_async (self->desk, g_object_get_data (G_OBJECT (row), "account"), adw_switch_row_get_active (row), NULL, on_account_set_cb, g_object_ref (self));
}

static void
add_account (MosTranslatePage *self,
             const MosAccount *account)
{
  GtkWidget *row = adw_switch_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), account->name);
  if (g_strcmp0 (account->name, account->address) != 0)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), account->address);
  g_object_set_data_full (G_OBJECT (row), "account", g_strdup (account->id), g_free);
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), mos_desk_may_translate (self->desk, account->id));
  g_signal_connect_object (row, "notify::active", G_CALLBACK (on_account_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->accounts, row);
  g_ptr_array_add (self->rows, row);
}

static void
fill_accounts (MosTranslatePage *self)
{
  GListModel *accounts = mos_desk_get_accounts (self->desk);
  gboolean can = mos_desk_can_translate (self->desk);
  g_autofree char *text = can ? mos_translate_privacy_text (mos_desk_get_translate (self->desk)) : NULL;
  g_autofree char *escaped = text != NULL ? g_markup_escape_text (text, -1) : NULL;

  self->is_filling = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self->accounts), can);
  adw_preferences_group_set_description (self->accounts, escaped);
  /* Rows that are there keep the keyboard. */
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (MosAccountItem) item = g_list_model_get_item (accounts, i);
      const MosAccount *account = mos_account_item_get_account (item);

      if (i >= self->rows->len)
        add_account (self, account);
      else
        adw_switch_row_set_active (ADW_SWITCH_ROW (self->rows->pdata[i]), mos_desk_may_translate (self->desk, account->id));
    }
  self->is_filling = FALSE;
}

static void
fill (MosTranslatePage *self)
{
  const MosTranslateSettings *settings = mos_desk_get_translate (self->desk);

  self->is_filling = TRUE;
  adw_combo_row_set_selected (self->service, settings->service);
  if (settings->service == MOS_TRANSLATE_LIBRETRANSLATE)
    gtk_editable_set_text (GTK_EDITABLE (self->address), settings->url);
  self->is_filling = FALSE;
  fill_accounts (self);
  update (self);
}

/* --- the service --- */

static void
end (MosTranslatePage *self)
{
  g_clear_pointer (&self->wanted, mos_translate_settings_unref);
  self->is_busy = FALSE;
  update (self);
}

static void
show_error (MosTranslatePage *self,
            const GError *error)
{
  g_autofree char *text = mos_translate_problem_text (error, self->wanted->service);
  gboolean is_key = g_error_matches (error, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_KEY_REFUSED);
  GtkWidget *row = is_key || !gtk_widget_get_visible (self->address) ? self->key : self->address;

  end (self);
  say (self, text, TRUE);
  gtk_widget_grab_focus (row);
}

static void
on_saved_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosTranslatePage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mos_desk_save_translate_finish (MOS_DESK (source), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_error (self, error);
      return;
    }
  end (self);
  gtk_editable_set_text (GTK_EDITABLE (self->key), "");
  say (self, self->found != NULL ? self->found : "", FALSE);
}

/* Returns: (nullable): %NULL = the one that is kept */
static const char *
get_key (MosTranslatePage *self)
{
  const char *key = gtk_editable_get_text (GTK_EDITABLE (self->key));

  return *key != '\0' ? key : NULL;
}

static void
on_tested_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosTranslatePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosTranslateFacts) facts = mos_desk_test_translate_finish (MOS_DESK (source), result, &error);

  if (facts == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_error (self, error);
      return;
    }
  g_free (self->found);
  self->found = mos_translate_facts_text (facts, self->wanted->service);
  mos_desk_save_translate_async (self->desk, self->wanted, get_key (self), self->cancellable, on_saved_cb, g_object_ref (self));
}

static void
on_save_cb (MosTranslatePage *self)
{
  g_autofree char *address = dup_address (self);

  if (self->is_busy || get_service (self) == MOS_TRANSLATE_OFF)
    return;
  g_clear_pointer (&self->wanted, mos_translate_settings_unref);
  self->wanted = mos_translate_settings_make (get_service (self), address);
  if (*address != '\0' && !mos_translator_url_is_allowed (address))
    {
      g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "Only https addresses are asked");

      show_error (self, error);
      return;
    }
  self->is_busy = TRUE;
  update (self);
  say (self, _ ("It is being asked…"), FALSE);
  mos_desk_test_translate_async (self->desk, self->wanted, get_key (self), self->cancellable, on_tested_cb, g_object_ref (self));
}

static void
on_service_cb (MosTranslatePage *self)
{
  if (self->is_filling || self->desk == NULL)
    return;
  update (self);
  if (get_service (self) != MOS_TRANSLATE_OFF)
    {
      say (self, _ ("Nothing is sent there before it was tried."), FALSE);
      return;
    }
  if (mos_desk_get_translate (self->desk)->service == MOS_TRANSLATE_OFF)
    return;
  g_clear_pointer (&self->found, g_free);
  g_clear_pointer (&self->wanted, mos_translate_settings_unref);
  self->wanted = mos_translate_settings_make (MOS_TRANSLATE_OFF, NULL);
  self->is_busy = TRUE;
  update (self);
  mos_desk_save_translate_async (self->desk, self->wanted, NULL, self->cancellable, on_saved_cb, g_object_ref (self));
}

/* --- class --- */

static void
mos_translate_page_dispose (GObject *object)
{
  MosTranslatePage *self = MOS_TRANSLATE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_weak_pointer (&self->dialog);
  G_OBJECT_CLASS (mos_translate_page_parent_class)->dispose (object);
}

static void
mos_translate_page_finalize (GObject *object)
{
  MosTranslatePage *self = MOS_TRANSLATE_PAGE (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->wanted, mos_translate_settings_unref);
  g_clear_pointer (&self->found, g_free);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (mos_translate_page_parent_class)->finalize (object);
}

static void
mos_translate_page_class_init (MosTranslatePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_translate_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_translate_page_finalize;
}

static GtkWidget *
add_row (AdwPreferencesGroup *group,
         GtkWidget *row,
         const char *title)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_group_add (group, row);
  return row;
}

static void
mos_translate_page_init (MosTranslatePage *self)
{
  GtkWidget *save_button;
  GtkWidget *view = adw_toolbar_view_new (), *bar = adw_header_bar_new ();
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  /* Translators: no service translates. */
  const char *const names[] = { C_ ("translation", "None"), "DeepL", "LibreTranslate", NULL };
  g_autoptr (GtkStringList) model = gtk_string_list_new (names);

  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_description (group, _ ("Read what customers write in other languages, and answer in theirs. LibreTranslate can be a server of your own."));
  self->service = ADW_COMBO_ROW (add_row (group, adw_combo_row_new (), _ ("_Service")));
  adw_combo_row_set_model (self->service, G_LIST_MODEL (model));
  /* Translators: of a server; empty = the usual one. */
  self->address = add_row (group, adw_entry_row_new (), _ ("_Address, Such as https://translate.example.com"));
  self->key = add_row (group, adw_password_entry_row_new (), _ ("_Key"));
  self->state = ADW_ACTION_ROW (add_row (group, adw_action_row_new (), _ ("Connection")));
  adw_action_row_set_subtitle_lines (self->state, 0);
  self->spinner = adw_spinner_new ();
  save_button = gtk_button_new_with_mnemonic (_ ("_Test and Save"));
  gtk_widget_set_valign (save_button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (self->state, self->spinner);
  adw_action_row_add_suffix (self->state, save_button);
  adw_preferences_page_add (page, group);

  self->accounts = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->accounts, _ ("For These Accounts"));
  adw_preferences_page_add (page, self->accounts);
  g_signal_connect_object (self->service, "notify::selected", G_CALLBACK (on_service_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (save_button, "clicked", G_CALLBACK (on_save_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->address, "entry-activated", G_CALLBACK (on_save_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->key, "entry-activated", G_CALLBACK (on_save_cb), self, G_CONNECT_SWAPPED);

  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), mos_help_button_new ());
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), bar);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (page));
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _ ("Translation"));
}

MosTranslatePage *
mos_translate_page_new (MosDesk *desk,
                        AdwPreferencesDialog *dialog)
{
  MosTranslatePage *self = g_object_new (MOS_TYPE_TRANSLATE_PAGE, NULL);

  self->desk = g_object_ref (desk);
  g_set_weak_pointer (&self->dialog, dialog);
  g_signal_connect_object (desk, "translate-changed", G_CALLBACK (fill_accounts), self, G_CONNECT_SWAPPED);
  fill (self);
  say (self, mos_desk_can_translate (desk) ? _ ("Set up") : "", FALSE);
  return self;
}
