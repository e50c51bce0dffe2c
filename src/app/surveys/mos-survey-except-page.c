/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-surveys"

#include "config.h"

#include "app/surveys/mos-survey-except-page.h"

#include "core/desk/mos-desk-categories.h"

#include <glib/gi18n.h>

struct _MosSurveyExceptPage
{
  AdwNavigationPage parent_instance;

  /* owned by the tree */
  AdwSwitchRow *vip;
  AdwEntryRow *tags;
  GPtrArray *categories; /* (owned) (element-type AdwSwitchRow) (unowned): "id" tells of which */

  MosSurveySettings *settings; /* (owned) */
};

G_DEFINE_FINAL_TYPE (MosSurveyExceptPage, mos_survey_except_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* Returns: (transfer full): as they are typed, parted by commas */
static GStrv
dup_tags (MosSurveyExceptPage *self)
{
  g_auto (GStrv) typed = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (self->tags)), ",", -1);
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();

  for (char **tag = typed; *tag != NULL; tag++)
    if (*g_strstrip (*tag) != '\0')
      g_strv_builder_add (tags, *tag);
  return g_strv_builder_end (tags);
}

static void
on_changed_cb (MosSurveyExceptPage *self)
{
  MosSurveySettings *settings = mos_survey_settings_copy (self->settings);
  g_autoptr (GStrvBuilder) categories = g_strv_builder_new ();

  settings->skips_vip = adw_switch_row_get_active (self->vip);
  for (guint i = 0; i < self->categories->len; i++)
    if (adw_switch_row_get_active (self->categories->pdata[i]))
      g_strv_builder_add (categories, g_object_get_data (self->categories->pdata[i], "id"));
  g_strfreev (settings->skip_categories);
  settings->skip_categories = g_strv_builder_end (categories);
  g_strfreev (settings->skip_tags);
  settings->skip_tags = dup_tags (self);
  mos_survey_settings_unref (self->settings);
  self->settings = settings;
  g_signal_emit (self, signals[CHANGED], 0, settings);
}

static void
mos_survey_except_page_dispose (GObject *object)
{
  MosSurveyExceptPage *self = MOS_SURVEY_EXCEPT_PAGE (object);

  g_clear_pointer (&self->categories, g_ptr_array_unref);
  g_clear_pointer (&self->settings, mos_survey_settings_unref);
  G_OBJECT_CLASS (mos_survey_except_page_parent_class)->dispose (object);
}

static void
mos_survey_except_page_class_init (MosSurveyExceptPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_survey_except_page_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, mos_survey_settings_get_type ());
}

static GtkWidget *
make_people (MosSurveyExceptPage *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *tags = g_strjoinv (_ (", "), self->settings->skip_tags);

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), _ ("Nobody is asked who does not want to be written to, and nobody about spam, a bounce, or what was closed without an answer of yours. And not:"));
  self->vip = ADW_SWITCH_ROW (adw_switch_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->vip), _ ("VIP customers"));
  adw_switch_row_set_active (self->vip, self->settings->skips_vip);
  self->tags = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->tags), _ ("Conversations with one of these tags, parted by commas"));
  gtk_editable_set_text (GTK_EDITABLE (self->tags), tags);
  adw_entry_row_set_show_apply_button (self->tags, TRUE);
  g_signal_connect_object (self->vip, "notify::active", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tags, "apply", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->vip));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->tags));
  return group;
}

static GtkWidget *
make_categories (MosSurveyExceptPage *self,
                 MosDesk *desk)
{
  GtkWidget *group = adw_preferences_group_new ();
  GPtrArray *categories = mos_desk_get_categories (desk);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Not About These Categories"));
  for (guint i = 0; i < categories->len; i++)
    {
      const MosCategory *category = categories->pdata[i];
      gboolean is_skipped = g_strv_contains ((const char *const *) self->settings->skip_categories, category->id);
      GtkWidget *row;

      /* One that was removed is only shown where it still counts. */
      if (category->is_removed && !is_skipped)
        continue;
      row = adw_switch_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), category->name);
      adw_switch_row_set_active (ADW_SWITCH_ROW (row), is_skipped);
      g_object_set_data_full (G_OBJECT (row), "id", g_strdup (category->id), g_free);
      g_signal_connect_object (row, "notify::active", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
      g_ptr_array_add (self->categories, row);
    }
  gtk_widget_set_visible (group, self->categories->len > 0);
  return group;
}

static void
mos_survey_except_page_init (MosSurveyExceptPage *self)
{
  self->categories = g_ptr_array_new ();
}

AdwNavigationPage *
mos_survey_except_page_new (MosDesk *desk,
                            MosSurveySettings *settings)
{
  MosSurveyExceptPage *self;
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();

  g_return_val_if_fail (MOS_IS_DESK (desk) && settings != NULL, NULL);

  self = g_object_new (MOS_TYPE_SURVEY_EXCEPT_PAGE, "title", _ ("Who Is Not Asked"), NULL);
  self->settings = mos_survey_settings_ref (settings);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (make_people (self)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (make_categories (self, desk)));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
  return ADW_NAVIGATION_PAGE (self);
}
