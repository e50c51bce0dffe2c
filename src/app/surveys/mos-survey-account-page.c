/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-surveys"

#include "config.h"

#include "app/surveys/mos-survey-account-page.h"

#include "app/application/mos-error-text.h"
#include "app/surveys/mos-survey-except-page.h"
#include "app/surveys/mos-survey-kind-group.h"
#include "app/surveys/mos-survey-preview-page.h"
#include "app/surveys/mos-survey-words-page.h"
#include "core/base/mos-error.h"
#include "core/channels/mos-channel-traits.h"
#include "core/desk/mos-desk-surveys.h"
#include "core/desk/mos-desk-views.h"

#include <glib/gi18n.h>

/* Typing a number is several changes. */
#define SAVE_AFTER_MS 500

struct _MosSurveyAccountPage
{
  AdwNavigationPage parent_instance;

  /* owned by the tree */
  GtkStack *stack;
  AdwStatusPage *trouble;
  MosSurveyKindGroup *groups[MOS_N_SURVEY_KINDS];

  /* Owned */
  MosDesk *desk; /* (nullable) */
  MosAccount *account;
  guint unsaved; /* bits 1 << MosSurveyKind */
  guint timeout_id;
};

G_DEFINE_FINAL_TYPE (MosSurveyAccountPage, mos_survey_account_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  SAVED,
  SAID,
  OPEN,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* --- saving --- */

static void
on_saved_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosSurveyAccountPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;

  if (mos_desk_action_finish (MOS_DESK (source), result, &batch, &error))
    {
      if (batch != 0)
        g_signal_emit (self, signals[SAVED], 0, batch);
      return;
    }
  g_signal_emit (self, signals[SAID], 0, g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID) ? _ ("That does not fit here; it is as it was before") : mos_error_text (error).sentence);
  mos_survey_account_page_reload (self);
}

static void
save (MosSurveyAccountPage *self)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  for (guint kind = 0; kind < MOS_N_SURVEY_KINDS; kind++)
    if ((self->unsaved & (1u << kind)) != 0)
      mos_desk_save_survey_settings_async (self->desk, mos_survey_kind_group_get_settings (self->groups[kind]), NULL, on_saved_cb, g_object_ref (self));
  self->unsaved = 0;
}

static gboolean
on_save_cb (gpointer user_data)
{
  MosSurveyAccountPage *self = user_data;

  self->timeout_id = 0;
  save (self);
  return G_SOURCE_REMOVE;
}

static void
on_changed_cb (MosSurveyAccountPage *self,
               MosSurveyKindGroup *group)
{
  self->unsaved |= 1u << mos_survey_kind_group_get_settings (group)->kind;
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  self->timeout_id = g_timeout_add (SAVE_AFTER_MS, on_save_cb, self);
}

/* On a page of its own it was. */
static void
on_page_changed_cb (MosSurveyAccountPage *self,
                    MosSurveySettings *settings)
{
  if (self->desk == NULL)
    return;
  mos_survey_kind_group_set_settings (self->groups[settings->kind], settings);
  self->unsaved |= 1u << settings->kind;
  save (self);
}

static void
mos_survey_account_page_hiding (AdwNavigationPage *page)
{
  MosSurveyAccountPage *self = MOS_SURVEY_ACCOUNT_PAGE (page);

  if (self->desk != NULL && self->unsaved != 0)
    save (self);
  ADW_NAVIGATION_PAGE_CLASS (mos_survey_account_page_parent_class)->hiding (page);
}

/* --- pages of its own --- */

static void
on_said_cb (MosSurveyAccountPage *self,
            const char *text)
{
  g_signal_emit (self, signals[SAID], 0, text);
}

static void
on_open_cb (MosSurveyAccountPage *self,
            const char *what,
            MosSurveyKindGroup *group)
{
  MosSurveySettings *settings = mos_survey_kind_group_get_settings (group);
  MosAgent *me = mos_desk_get_agent (self->desk);
  AdwNavigationPage *page;

  /* A test says what is stored. */
  if (self->unsaved != 0)
    save (self);
  if (g_str_equal (what, "preview"))
    {
      page = mos_survey_preview_page_new (self->desk, self->account, settings);
      g_signal_connect_object (page, "said", G_CALLBACK (on_said_cb), self, G_CONNECT_SWAPPED);
    }
  else
    {
      if (g_str_equal (what, "words"))
        page = mos_survey_words_page_new (settings, me != NULL ? me->language : NULL, mos_channel_is_chat (self->account->kind));
      else
        page = mos_survey_except_page_new (self->desk, settings);
      g_signal_connect_object (page, "changed", G_CALLBACK (on_page_changed_cb), self, G_CONNECT_SWAPPED);
    }
  g_signal_emit (self, signals[OPEN], 0, page);
}

/* --- reading --- */

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosSurveyAccountPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) settings = mos_desk_load_survey_settings_finish (MOS_DESK (source), result, &error);

  if (self->desk == NULL)
    return;
  if (settings == NULL)
    {
      adw_status_page_set_title (self->trouble, mos_error_text (error).title);
      adw_status_page_set_description (self->trouble, mos_error_text (error).sentence);
      gtk_stack_set_visible_child_name (self->stack, "trouble");
      return;
    }
  for (guint kind = 0; kind < MOS_N_SURVEY_KINDS; kind++)
    if ((self->unsaved & (1u << kind)) == 0)
      mos_survey_kind_group_set_settings (self->groups[kind], settings->pdata[kind]);
  gtk_stack_set_visible_child_name (self->stack, "settings");
}

void
mos_survey_account_page_reload (MosSurveyAccountPage *self)
{
  g_return_if_fail (MOS_IS_SURVEY_ACCOUNT_PAGE (self));

  if (self->desk != NULL)
    mos_desk_load_survey_settings_async (self->desk, self->account->id, NULL, on_loaded_cb, g_object_ref (self));
}

/* --- class --- */

static void
mos_survey_account_page_dispose (GObject *object)
{
  MosSurveyAccountPage *self = MOS_SURVEY_ACCOUNT_PAGE (object);

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_survey_account_page_parent_class)->dispose (object);
}

static void
mos_survey_account_page_finalize (GObject *object)
{
  g_clear_pointer (&MOS_SURVEY_ACCOUNT_PAGE (object)->account, mos_account_unref);
  G_OBJECT_CLASS (mos_survey_account_page_parent_class)->finalize (object);
}

static void
mos_survey_account_page_class_init (MosSurveyAccountPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_survey_account_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_survey_account_page_finalize;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hiding = mos_survey_account_page_hiding;
  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SAID] = g_signal_new ("said", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, ADW_TYPE_NAVIGATION_PAGE);
}

static void
mos_survey_account_page_init (MosSurveyAccountPage *self)
{
}

AdwNavigationPage *
mos_survey_account_page_new (MosDesk *desk,
                             MosAccount *account)
{
  MosSurveyAccountPage *self;
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *trouble = adw_status_page_new ();

  g_return_val_if_fail (MOS_IS_DESK (desk) && account != NULL, NULL);

  self = g_object_new (MOS_TYPE_SURVEY_ACCOUNT_PAGE, "title", *account->name != '\0' ? account->name : account->address, NULL);
  self->desk = g_object_ref (desk);
  self->account = mos_account_ref (account);
  self->stack = GTK_STACK (stack);
  self->trouble = ADW_STATUS_PAGE (trouble);
  for (guint kind = 0; kind < MOS_N_SURVEY_KINDS; kind++)
    {
      GtkWidget *group = mos_survey_kind_group_new (desk);

      self->groups[kind] = MOS_SURVEY_KIND_GROUP (group);
      g_signal_connect_object (group, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (group, "open", G_CALLBACK (on_open_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
    }
  gtk_stack_add_named (self->stack, adw_spinner_new (), "loading");
  gtk_stack_add_named (self->stack, page, "settings");
  gtk_stack_add_named (self->stack, trouble, "trouble");
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), stack);
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
  mos_survey_account_page_reload (self);
  return ADW_NAVIGATION_PAGE (self);
}
