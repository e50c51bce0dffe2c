/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-surveys"

#include "config.h"

#include "app/surveys/mos-survey-kind-group.h"

#include "app/surveys/mos-survey-text.h"
#include "app/widgets/mos-language-name.h"
#include "core/desk/mos-desk-categories.h"

#include <glib/gi18n.h>

/* What is offered; another one that was set at the terminal is offered, too. */
static const guint delays[] = { 0, 5 * 60, 15 * 60, 3600, 4 * 3600, 86400, 3 * 86400 };

struct _MosSurveyKindGroup
{
  AdwPreferencesGroup parent_instance;

  /* Template children */
  AdwSwitchRow *is_on;
  AdwComboRow *delay;
  AdwComboRow *often;
  AdwSpinRow *days;
  AdwActionRow *except_row;
  AdwSwitchRow *reopens;
  AdwSpinRow *rescue_days;
  AdwActionRow *words_row;

  /* Owned */
  MosDesk *desk;
  MosSurveySettings *settings; /* (nullable): as shown */
  GArray *offered;             /* of guint: what the rows of @delay stand for */

  gboolean filling;
};

G_DEFINE_FINAL_TYPE (MosSurveyKindGroup, mos_survey_kind_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  CHANGED,
  OPEN,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* --- showing --- */

static void
show_delays (MosSurveyKindGroup *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint wanted = self->settings->delay_s, selected = 0;
  gboolean is_placed = FALSE;

  g_array_set_size (self->offered, 0);
  for (gsize i = 0; i <= G_N_ELEMENTS (delays); i++)
    {
      if (!is_placed && (i == G_N_ELEMENTS (delays) || delays[i] >= wanted))
        {
          is_placed = TRUE;
          selected = self->offered->len;
          if (i == G_N_ELEMENTS (delays) || delays[i] != wanted)
            g_array_append_val (self->offered, wanted);
        }
      if (i < G_N_ELEMENTS (delays))
        g_array_append_val (self->offered, delays[i]);
    }
  for (guint i = 0; i < self->offered->len; i++)
    {
      g_autofree char *text = mos_survey_delay_text (g_array_index (self->offered, guint, i));

      gtk_string_list_append (list, text);
    }
  adw_combo_row_set_model (self->delay, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->delay, selected);
}

static void
show_exceptions (MosSurveyKindGroup *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GPtrArray *categories = mos_desk_get_categories (self->desk);

  if (self->settings->skips_vip)
    g_string_append (text, _ ("VIP customers"));
  for (guint i = 0; i < categories->len; i++)
    {
      const MosCategory *category = categories->pdata[i];

      if (g_strv_contains ((const char *const *) self->settings->skip_categories, category->id))
        g_string_append_printf (text, "%s%s", text->len > 0 ? _ (", ") : "", category->name);
    }
  for (char **tag = self->settings->skip_tags; *tag != NULL; tag++)
    {
      if (text->len > 0)
        g_string_append (text, _ (", "));
      /* Translators: the name of a tag */
      g_string_append_printf (text, _ ("tag “%s”"), *tag);
    }
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->except_row), FALSE);
  adw_action_row_set_subtitle (self->except_row, text->len > 0 ? text->str : _ ("Everybody is asked who does not mind"));
}

static void
show_words (MosSurveyKindGroup *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->settings->texts->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? _ (", ") : "", mos_language_name (((MosSurveyText *) self->settings->texts->pdata[i])->language));
  if (text->len > 0)
    {
      /* Translators: %s is one or several languages. */
      g_autofree char *own = g_strdup_printf (_ ("Your own words in %s"), text->str);

      adw_action_row_set_subtitle (self->words_row, own);
    }
  else
    adw_action_row_set_subtitle (self->words_row, _ ("The program’s words, in the customer’s language"));
}

/* Whether they recommend the shop is asked each person now and then, and no more often. */
static void
show_what_counts (MosSurveyKindGroup *self)
{
  gboolean is_on = self->settings->is_on, is_nps = self->settings->kind == MOS_SURVEY_NPS;

  gtk_widget_set_visible (GTK_WIDGET (self->often), is_on && !is_nps);
  gtk_widget_set_visible (GTK_WIDGET (self->days), is_on && (is_nps || self->settings->often == MOS_SURVEY_ONCE_PERSON));
}

static void
fill (MosSurveyKindGroup *self)
{
  MosSurveySettings *settings = self->settings;

  self->filling = TRUE;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), mos_survey_kind_title (settings->kind));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), mos_survey_kind_text (settings->kind));
  gtk_adjustment_set_lower (adw_spin_row_get_adjustment (self->days), settings->kind == MOS_SURVEY_NPS ? MOS_SURVEY_NPS_MIN_DAYS : 1);
  adw_switch_row_set_active (self->is_on, settings->is_on);
  show_delays (self);
  adw_combo_row_set_selected (self->often, settings->often);
  adw_spin_row_set_value (self->days, settings->days);
  adw_switch_row_set_active (self->reopens, settings->reopens);
  adw_spin_row_set_value (self->rescue_days, settings->rescue_days);
  show_exceptions (self);
  show_words (self);
  show_what_counts (self);
  self->filling = FALSE;
}

/* --- changing --- */

static void
on_changed_cb (MosSurveyKindGroup *self)
{
  MosSurveySettings *settings;
  guint delay = adw_combo_row_get_selected (self->delay);

  if (self->filling || self->settings == NULL)
    return;
  settings = mos_survey_settings_copy (self->settings);
  settings->is_on = adw_switch_row_get_active (self->is_on);
  if (delay < self->offered->len)
    settings->delay_s = g_array_index (self->offered, guint, delay);
  settings->often = (MosSurveyOften) MIN (adw_combo_row_get_selected (self->often), MOS_N_SURVEY_OFTEN - 1);
  settings->days = (guint) adw_spin_row_get_value (self->days);
  settings->reopens = adw_switch_row_get_active (self->reopens);
  settings->rescue_days = (guint) adw_spin_row_get_value (self->rescue_days);
  mos_survey_settings_unref (self->settings);
  self->settings = settings;
  show_what_counts (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_except_cb (MosSurveyKindGroup *self)
{
  g_signal_emit (self, signals[OPEN], 0, "except");
}

static void
on_words_cb (MosSurveyKindGroup *self)
{
  g_signal_emit (self, signals[OPEN], 0, "words");
}

static void
on_preview_cb (MosSurveyKindGroup *self)
{
  g_signal_emit (self, signals[OPEN], 0, "preview");
}

/* --- class --- */

static void
mos_survey_kind_group_dispose (GObject *object)
{
  MosSurveyKindGroup *self = MOS_SURVEY_KIND_GROUP (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_SURVEY_KIND_GROUP);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->settings, mos_survey_settings_unref);
  g_clear_pointer (&self->offered, g_array_unref);
  G_OBJECT_CLASS (mos_survey_kind_group_parent_class)->dispose (object);
}

static void
mos_survey_kind_group_class_init (MosSurveyKindGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_survey_kind_group_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-survey-kind-group.ui");
  gtk_widget_class_bind_template_child (widget_class, MosSurveyKindGroup, is_on);
  gtk_widget_class_bind_template_child (widget_class, MosSurveyKindGroup, delay);
  gtk_widget_class_bind_template_child (widget_class, MosSurveyKindGroup, often);
  gtk_widget_class_bind_template_child (widget_class, MosSurveyKindGroup, days);
  gtk_widget_class_bind_template_child (widget_class, MosSurveyKindGroup, except_row);
  gtk_widget_class_bind_template_child (widget_class, MosSurveyKindGroup, reopens);
  gtk_widget_class_bind_template_child (widget_class, MosSurveyKindGroup, rescue_days);
  gtk_widget_class_bind_template_child (widget_class, MosSurveyKindGroup, words_row);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_except_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_words_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_preview_cb);
}

static void
mos_survey_kind_group_init (MosSurveyKindGroup *self)
{
  self->offered = g_array_new (FALSE, FALSE, sizeof (guint));
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mos_survey_kind_group_new (MosDesk *desk)
{
  MosSurveyKindGroup *self;

  g_return_val_if_fail (MOS_IS_DESK (desk), NULL);

  self = g_object_new (MOS_TYPE_SURVEY_KIND_GROUP, NULL);
  self->desk = g_object_ref (desk);
  return GTK_WIDGET (self);
}

void
mos_survey_kind_group_set_settings (MosSurveyKindGroup *self,
                                    MosSurveySettings *settings)
{
  g_return_if_fail (MOS_IS_SURVEY_KIND_GROUP (self));
  g_return_if_fail (settings != NULL);

  mos_survey_settings_ref (settings);
  g_clear_pointer (&self->settings, mos_survey_settings_unref);
  self->settings = settings;
  fill (self);
}

MosSurveySettings *
mos_survey_kind_group_get_settings (MosSurveyKindGroup *self)
{
  g_return_val_if_fail (MOS_IS_SURVEY_KIND_GROUP (self), NULL);

  return self->settings;
}
