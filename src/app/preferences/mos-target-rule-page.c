/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-preferences"

#include "config.h"

#include "app/preferences/mos-target-rule-page.h"

#include "app/widgets/mos-target-text.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

#define MINUTE_S 60
#define HOUR_S (60 * MINUTE_S)
#define DAY_S (24 * HOUR_S)
#define MAX_NUMBER 366

typedef enum
{
  UNIT_UNSET,
  UNIT_NONE,
  UNIT_MINUTES,
  UNIT_HOURS,
  UNIT_DAYS,
} Unit;

static const int unit_seconds[] = { 0, 0, MINUTE_S, HOUR_S, DAY_S };

struct _MosTargetRulePage
{
  AdwNavigationPage parent_instance;

  /* owned by the tree */
  GtkSpinButton *numbers[MOS_N_TARGET_KINDS];
  GtkDropDown *units[MOS_N_TARGET_KINDS];
  AdwSwitchRow *reply_hours;
  AdwSwitchRow *close_hours;

  /* Owned */
  MosTargetRule *rule;
  gboolean touched[MOS_N_TARGET_KINDS]; /* what nobody touches stays to the second */
};

G_DEFINE_FINAL_TYPE (MosTargetRulePage, mos_target_rule_page, ADW_TYPE_NAVIGATION_PAGE)

/* A channel is asked last: there is nothing that it could leave to others. */
static guint
first_unit (MosTargetRulePage *self)
{
  return self->rule->scope == MOS_TARGET_SCOPE_CHANNEL ? UNIT_NONE : UNIT_UNSET;
}

static Unit
get_unit (MosTargetRulePage *self,
          guint kind)
{
  return (Unit) (gtk_drop_down_get_selected (self->units[kind]) + first_unit (self));
}

static void
on_edited_cb (GtkWidget *widget,
              GParamSpec *pspec,
              MosTargetRulePage *self)
{
  guint kind = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (widget), "kind"));

  self->touched[kind] = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self->numbers[kind]), get_unit (self, kind) >= UNIT_MINUTES);
}

static GtkWidget *
make_row (MosTargetRulePage *self,
          guint kind)
{
  static const char *const names[] = { N_ ("As the channel"), NULL, N_ ("Minutes"), N_ ("Hours"), N_ ("Days") };
  const char *title = mos_target_text_kind ((MosTargetKind) kind);
  GtkWidget *row = adw_action_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  /* Translators: %s is what has a target: "First answer" */
  g_autofree char *number_label = g_strdup_printf (_ ("%s: how much time"), title);
  /* Translators: %s is what has a target: "First answer" */
  g_autofree char *unit_label = g_strdup_printf (_ ("%s: unit"), title);
  const int seconds = self->rule->seconds[kind];
  Unit unit = seconds < 0 ? UNIT_UNSET : UNIT_NONE;
  int number = 1;

  for (guint i = first_unit (self); i < G_N_ELEMENTS (names); i++)
    gtk_string_list_append (list, i == UNIT_NONE ? C_ ("target", "None") : _ (names[i]));
  if (seconds > 0)
    {
      unit = seconds % DAY_S == 0 && seconds > DAY_S ? UNIT_DAYS : seconds % HOUR_S == 0 ? UNIT_HOURS
                                                                                         : UNIT_MINUTES;
      number = MAX (seconds / unit_seconds[unit], 1);
    }
  self->numbers[kind] = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (1, MAX (MAX_NUMBER, number), 1));
  gtk_spin_button_set_value (self->numbers[kind], number);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->numbers[kind]), 4);
  self->units[kind] = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&list)), NULL));
  gtk_drop_down_set_selected (self->units[kind], MAX ((guint) unit, first_unit (self)) - first_unit (self));
  mos_widget_set_label (GTK_WIDGET (self->numbers[kind]), number_label);
  mos_widget_set_label (GTK_WIDGET (self->units[kind]), unit_label);
  gtk_widget_set_valign (GTK_WIDGET (self->numbers[kind]), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self->units[kind]), GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (self->numbers[kind]), "kind", GUINT_TO_POINTER (kind));
  g_object_set_data (G_OBJECT (self->units[kind]), "kind", GUINT_TO_POINTER (kind));
  g_signal_connect_object (self->numbers[kind], "notify::value", G_CALLBACK (on_edited_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->units[kind], "notify::selected", G_CALLBACK (on_edited_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_set_visible (GTK_WIDGET (self->numbers[kind]), get_unit (self, kind) >= UNIT_MINUTES);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (self->numbers[kind]));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (self->units[kind]));
  return row;
}

static AdwSwitchRow *
add_hours (AdwPreferencesGroup *group,
           gboolean active)
{
  GtkWidget *row = adw_switch_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Business hours only"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Otherwise nights and holidays count, too."));
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), active);
  adw_preferences_group_add (group, row);
  return ADW_SWITCH_ROW (row);
}

static void
build (MosTargetRulePage *self,
       const char *what)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();
  AdwPreferencesGroup *replies = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  AdwPreferencesGroup *closes = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_description (replies, what);
  adw_preferences_group_set_title (replies, _ ("Answers"));
  adw_preferences_group_add (replies, make_row (self, MOS_TARGET_FIRST_REPLY));
  adw_preferences_group_add (replies, make_row (self, MOS_TARGET_NEXT_REPLY));
  self->reply_hours = add_hours (replies, self->rule->in_hours[MOS_TARGET_FIRST_REPLY]);
  adw_preferences_group_set_title (closes, C_ ("target", "Close"));
  adw_preferences_group_set_description (closes, _ ("From the first message on. While a conversation waits for the customer, its time stands still."));
  adw_preferences_group_add (closes, make_row (self, MOS_TARGET_RESOLUTION));
  self->close_hours = add_hours (closes, self->rule->in_hours[MOS_TARGET_RESOLUTION]);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), replies);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), closes);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
}

static void
mos_target_rule_page_finalize (GObject *object)
{
  MosTargetRulePage *self = MOS_TARGET_RULE_PAGE (object);

  g_clear_pointer (&self->rule, mos_target_rule_free);
  G_OBJECT_CLASS (mos_target_rule_page_parent_class)->finalize (object);
}

static void
mos_target_rule_page_class_init (MosTargetRulePageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_target_rule_page_finalize;
}

static void
mos_target_rule_page_init (MosTargetRulePage *self)
{
}

static MosTargetRule *
copy_rule (const MosTargetRule *rule)
{
  MosTargetRule *copy = mos_target_rule_make (rule->scope, rule->key);

  for (guint kind = 0; kind < MOS_N_TARGET_KINDS; kind++)
    {
      copy->seconds[kind] = rule->seconds[kind];
      copy->in_hours[kind] = rule->in_hours[kind];
    }
  return copy;
}

MosTargetRulePage *
mos_target_rule_page_new (const char *title,
                          const char *what,
                          const MosTargetRule *rule)
{
  MosTargetRulePage *self = g_object_new (MOS_TYPE_TARGET_RULE_PAGE, "title", title, NULL);

  self->rule = copy_rule (rule);
  build (self, what);
  return self;
}

MosTargetRule *
mos_target_rule_page_dup_rule (MosTargetRulePage *self)
{
  MosTargetRule *rule;

  g_return_val_if_fail (MOS_IS_TARGET_RULE_PAGE (self), NULL);

  rule = copy_rule (self->rule);
  for (guint kind = 0; kind < MOS_N_TARGET_KINDS; kind++)
    {
      const Unit unit = get_unit (self, kind);

      rule->in_hours[kind] = adw_switch_row_get_active (kind == MOS_TARGET_RESOLUTION ? self->close_hours : self->reply_hours);
      if (self->touched[kind])
        rule->seconds[kind] = unit == UNIT_UNSET ? MOS_TARGET_UNSET : MIN (gtk_spin_button_get_value_as_int (self->numbers[kind]) * unit_seconds[unit], MOS_TARGET_MAX_S);
    }
  return rule;
}
