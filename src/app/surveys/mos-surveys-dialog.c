/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-surveys"

#include "config.h"

#include "app/surveys/mos-surveys-dialog.h"

#include "app/application/mos-error-text.h"
#include "app/help/mos-help-button.h"
#include "app/inbox/mos-view-text.h"
#include "app/surveys/mos-survey-account-page.h"
#include "app/surveys/mos-survey-text.h"
#include "app/widgets/mos-next-step.h"
#include "app/widgets/mos-toast-show.h"
#include "app/widgets/mos-undo-toast.h"
#include "core/desk/mos-desk-surveys.h"
#include "core/desk/mos-survey-settings.h"

#include <glib/gi18n.h>

struct _MosSurveysDialog
{
  AdwDialog parent_instance;

  /* owned by the tree */
  AdwToastOverlay *toasts; /* (nullable): gone with the dialog */
  AdwNavigationView *navigation;
  MosSurveyAccountPage *page; /* (nullable): of the account that is shown */
  GHashTable *rows;           /* (owned): id of an account -> AdwActionRow (unowned) */

  MosDesk *desk; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (MosSurveysDialog, mos_surveys_dialog, ADW_TYPE_DIALOG)

/* --- what is said --- */

static void
say (MosSurveysDialog *self,
     const char *text)
{
  if (self->toasts != NULL)
    mos_toast_show (self->toasts, g_object_new (ADW_TYPE_TOAST, "title", text, "use-markup", FALSE, NULL));
}

static void
on_undone_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosSurveysDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *nick = mos_desk_undo_finish (MOS_DESK (source), result, &error);

  say (self, error != NULL ? mos_error_text (error).sentence : mos_action_text_undone (nick));
  if (self->page != NULL)
    mos_survey_account_page_reload (self->page);
}

static void
on_saved_cb (MosSurveysDialog *self,
             gint64 batch)
{
  g_autofree char *text = mos_action_text_done (MOS_SURVEY_SETTINGS_LABEL, 1);

  if (self->toasts != NULL && self->desk != NULL)
    mos_toast_show (self->toasts, mos_undo_toast_new (text, self->desk, batch, on_undone_cb, self));
}

/* --- the accounts --- */

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosSurveysDialog) self = user_data;
  g_autoptr (GPtrArray) settings = mos_desk_load_survey_settings_finish (MOS_DESK (source), result, NULL);
  AdwActionRow *row = settings != NULL && self->rows != NULL ? g_hash_table_lookup (self->rows, ((MosSurveySettings *) settings->pdata[0])->account) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (row == NULL)
    return;
  for (guint i = 0; i < settings->len; i++)
    {
      g_autofree char *one = mos_survey_settings_text (settings->pdata[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? " · " : "", one);
    }
  adw_action_row_set_subtitle (row, text->str);
}

static void
load_settings (MosSurveysDialog *self)
{
  GHashTableIter iter;
  gpointer id;

  if (self->desk == NULL)
    return;
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    mos_desk_load_survey_settings_async (self->desk, id, NULL, on_loaded_cb, g_object_ref (self));
}

static void
on_open_cb (MosSurveysDialog *self,
            AdwNavigationPage *page)
{
  adw_navigation_view_push (self->navigation, page);
}

static AdwNavigationPage *
make_account_page (MosSurveysDialog *self,
                   MosAccount *account)
{
  AdwNavigationPage *page = mos_survey_account_page_new (self->desk, account);

  self->page = MOS_SURVEY_ACCOUNT_PAGE (page);
  g_signal_connect_object (page, "saved", G_CALLBACK (on_saved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "said", G_CALLBACK (say), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "open", G_CALLBACK (on_open_cb), self, G_CONNECT_SWAPPED);
  return page;
}

static void
on_activated_cb (MosSurveysDialog *self,
                 GtkWidget *row)
{
  adw_navigation_view_push (self->navigation, make_account_page (self, g_object_get_data (G_OBJECT (row), "account")));
}

static void
on_popped_cb (MosSurveysDialog *self,
              AdwNavigationPage *page)
{
  if (page != ADW_NAVIGATION_PAGE (self->page))
    return;
  self->page = NULL;
  load_settings (self);
}

static GtkWidget *
make_row (MosSurveysDialog *self,
          MosAccount *account)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), *account->name != '\0' ? account->name : account->address);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_object_set_data_full (G_OBJECT (row), "account", mos_account_ref (account), (GDestroyNotify) mos_account_unref);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_activated_cb), self, G_CONNECT_SWAPPED);
  g_hash_table_insert (self->rows, g_strdup (account->id), row);
  return row;
}

static GtkWidget *
make_list (MosSurveysDialog *self)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();
  GListModel *accounts = mos_desk_get_accounts (self->desk);

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _ ("Customers are asked what they think of your help once a conversation is closed. They answer by a mail of their own, or in the chat: no web page is needed, and nothing goes to anybody else."));
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (MosAccountItem) item = g_list_model_get_item (accounts, i);

      if (mos_survey_can_ask (mos_account_item_get_account (item)))
        adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_row (self, mos_account_item_get_account (item)));
    }
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  return page;
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *button = mos_next_step_new ();

  mos_next_step_set (button, _ ("_Add an Account"), "win.add-account");
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "mail-send-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Nobody to Ask Yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _ ("Surveys go out from an account for mail or chats. Add one first."));
  return page;
}

static AdwNavigationPage *
make_root (MosSurveysDialog *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *list = make_list (self);

  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), mos_help_button_new ());
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), bar);
  if (g_hash_table_size (self->rows) > 0)
    adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), list);
  else
    {
      g_object_ref_sink (list);
      g_object_unref (list);
      adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), make_empty ());
    }
  return adw_navigation_page_new (view, _ ("Surveys"));
}

/* Returns: (transfer full) (nullable) */
static MosAccount *
find_account (MosDesk *desk,
              const char *id)
{
  GListModel *accounts = mos_desk_get_accounts (desk);

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (MosAccountItem) item = g_list_model_get_item (accounts, i);

      if (g_str_equal (mos_account_item_get_account (item)->id, id))
        return mos_account_ref (mos_account_item_get_account (item));
    }
  return NULL;
}

/* --- class --- */

static void
mos_surveys_dialog_dispose (GObject *object)
{
  MosSurveysDialog *self = MOS_SURVEYS_DIALOG (object);

  self->toasts = NULL;
  self->page = NULL;
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_surveys_dialog_parent_class)->dispose (object);
}

static void
mos_surveys_dialog_class_init (MosSurveysDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_surveys_dialog_dispose;
}

static void
mos_surveys_dialog_init (MosSurveysDialog *self)
{
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  self->navigation = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  g_signal_connect_object (self->navigation, "popped", G_CALLBACK (on_popped_cb), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->navigation));
  adw_dialog_set_child (ADW_DIALOG (self), GTK_WIDGET (self->toasts));
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Surveys"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 560);
  adw_dialog_set_content_height (ADW_DIALOG (self), 720);
}

AdwDialog *
mos_surveys_dialog_new (MosDesk *desk,
                        const char *account)
{
  MosSurveysDialog *self;
  g_autoptr (MosAccount) wanted = NULL;
  AdwNavigationPage *page;

  g_return_val_if_fail (MOS_IS_DESK (desk), NULL);

  self = g_object_new (MOS_TYPE_SURVEYS_DIALOG, NULL);
  self->desk = g_object_ref (desk);
  wanted = account != NULL ? find_account (desk, account) : NULL;
  page = wanted != NULL ? make_account_page (self, wanted) : make_root (self);
  adw_navigation_view_add (self->navigation, page);
  /* Not at the help in the bar above it. */
  if (wanted == NULL)
    adw_dialog_set_focus (ADW_DIALOG (self), adw_toolbar_view_get_content (ADW_TOOLBAR_VIEW (adw_navigation_page_get_child (page))));
  load_settings (self);
  return ADW_DIALOG (self);
}
