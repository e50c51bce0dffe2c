/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-preferences"

#include "config.h"

#include "app/preferences/mos-targets-page.h"

#include "app/application/mos-error-text.h"
#include "app/help/mos-help-button.h"
#include "app/inbox/mos-view-text.h"
#include "app/preferences/mos-target-rule-page.h"
#include "app/widgets/mos-channel-text.h"
#include "app/widgets/mos-target-text.h"
#include "app/widgets/mos-toast-show.h"
#include "app/widgets/mos-undo-toast.h"
#include "core/desk/mos-desk-categories.h"
#include "core/desk/mos-targets.h"
#include "core/model/mos-model.h"

#include <glib/gi18n.h>

struct _MosTargetsPage
{
  AdwNavigationPage parent_instance;

  /* owned by the tree */
  AdwPreferencesGroup *hours;
  AdwPreferencesGroup *channels;
  GtkWidget *reset_row;
  GPtrArray *rows; /* of GtkWidget (borrowed): one a rule */

  AdwPreferencesDialog *dialog; /* (weak) (nullable) */
  MosTargetRulePage *open;      /* (weak) (nullable): what is being edited */

  /* Owned */
  MosDesk *desk;
};

G_DEFINE_FINAL_TYPE (MosTargetsPage, mos_targets_page, ADW_TYPE_NAVIGATION_PAGE)

/* --- saving --- */

static void
say (MosTargetsPage *self,
     AdwToast *toast)
{
  if (self->dialog != NULL)
    mos_toast_show_in_preferences (self->dialog, toast);
  else
    g_object_unref (g_object_ref_sink (toast));
}

static void
on_undone_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosTargetsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *nick = mos_desk_undo_finish (MOS_DESK (source), result, &error);

  say (self, adw_toast_new (error != NULL ? mos_error_text (error).title : mos_action_text_undone (nick)));
}

static void
on_saved_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosTargetsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;

  if (!mos_desk_action_finish (MOS_DESK (source), result, &batch, &error))
    say (self, adw_toast_new (mos_error_text (error).title));
  else if (batch != 0)
    say (self, mos_undo_toast_new (_ ("Targets saved"), MOS_DESK (source), batch, on_undone_cb, self));
}

static void
save (MosTargetsPage *self,
      MosTargets *targets)
{
  if (self->desk != NULL && !mos_targets_equal (targets, mos_desk_get_targets (self->desk)))
    mos_desk_set_targets_async (self->desk, targets, NULL, on_saved_cb, g_object_ref (self));
}

static void
take_open (MosTargetsPage *self)
{
  g_autoptr (MosTargetRule) rule = NULL;
  g_autoptr (MosTargets) targets = NULL;

  if (self->open == NULL || self->desk == NULL)
    return;
  rule = mos_target_rule_page_dup_rule (self->open);
  g_clear_weak_pointer (&self->open);
  targets = mos_targets_with (mos_desk_get_targets (self->desk), rule);
  save (self, targets);
}

static void
on_reset_cb (MosTargetsPage *self)
{
  g_autoptr (MosTargets) standard = mos_targets_make_default ();

  save (self, standard);
}

/* --- what it says --- */

/* Returns: (transfer full): "First answer 2 h · Closed 24 h" */
static char *
summary_of (const MosTargetRule *rule,
            MosTargetScope scope)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint kind = 0; rule != NULL && kind < MOS_N_TARGET_KINDS; kind++)
    {
      g_autofree char *duration = mos_target_text_duration (rule->seconds[kind]);
      /* Translators: what has a target, and how much time it may take: "First answer: 2 h" */
      g_autofree char *part = g_strdup_printf (_ ("%1$s: %2$s"), mos_target_text_kind ((MosTargetKind) kind), duration);

      if (rule->seconds[kind] != MOS_TARGET_UNSET)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
    }
  if (text->len == 0)
    g_string_append (text, scope == MOS_TARGET_SCOPE_CHANNEL ? C_ ("target", "None") : _ ("As the channel"));
  return g_strdup (text->str);
}

static const MosTargetRule *
rule_of (MosTargetsPage *self,
         GtkWidget *row)
{
  return mos_targets_find (mos_desk_get_targets (self->desk), (MosTargetScope) GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "scope")), g_object_get_data (G_OBJECT (row), "key"));
}

static void
update (MosTargetsPage *self)
{
  g_autoptr (MosTargets) standard = mos_targets_make_default ();
  MosCalendar *calendar;

  if (self->desk == NULL)
    return;
  calendar = mos_desk_get_calendar (self->desk);
  gtk_widget_set_visible (GTK_WIDGET (self->hours), calendar != NULL && !mos_calendar_has_hours (calendar));
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = self->rows->pdata[i];
      g_autofree char *summary = summary_of (rule_of (self, row), (MosTargetScope) GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "scope")));

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), summary);
    }
  gtk_widget_set_sensitive (self->reset_row, !mos_targets_equal (mos_desk_get_targets (self->desk), standard));
}

static void
on_row_cb (AdwActionRow *row,
           MosTargetsPage *self)
{
  const MosTargetScope scope = (MosTargetScope) GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "scope"));
  const MosTargetRule *rule = self->desk != NULL ? rule_of (self, GTK_WIDGET (row)) : NULL;
  g_autoptr (MosTargetRule) fresh = mos_target_rule_make (scope, g_object_get_data (G_OBJECT (row), "key"));

  if (self->dialog == NULL)
    return;
  /* It says something of each time: there is nobody else to ask. */
  for (guint kind = 0; scope == MOS_TARGET_SCOPE_CHANNEL && kind < MOS_N_TARGET_KINDS; kind++)
    fresh->seconds[kind] = 0;
  g_set_weak_pointer (&self->open, mos_target_rule_page_new (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)),
                                                             scope == MOS_TARGET_SCOPE_CHANNEL ? _ ("Where nothing else says otherwise.") : _ ("Comes before what the channel says."),
                                                             rule != NULL ? rule : fresh));
  g_signal_connect_object (self->open, "hidden", G_CALLBACK (take_open), self, G_CONNECT_SWAPPED);
  adw_preferences_dialog_push_subpage (self->dialog, ADW_NAVIGATION_PAGE (self->open));
}

static void
add_rule (MosTargetsPage *self,
          AdwPreferencesGroup *group,
          const char *title,
          MosTargetScope scope,
          const char *key)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *next = gtk_image_new_from_icon_name ("go-next-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (next), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), next);
  g_object_set_data (G_OBJECT (row), "scope", GUINT_TO_POINTER (scope));
  g_object_set_data_full (G_OBJECT (row), "key", g_strdup (key), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_row_cb), self, G_CONNECT_DEFAULT);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static AdwPreferencesGroup *
add_group (AdwPreferencesPage *page,
           const char *title,
           const char *description)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  adw_preferences_group_set_description (group, description);
  adw_preferences_page_add (page, group);
  return group;
}

/* Those of the accounts that are there; imported mail alone has nobody to answer. */
static void
add_channels (MosTargetsPage *self)
{
  GListModel *accounts = mos_desk_get_accounts (self->desk);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (MosAccountItem) item = g_list_model_get_item (accounts, i);
      const MosAccount *account = mos_account_item_get_account (item);
      const char *title = mos_channel_text (account->kind);
      g_autofree char *longer = g_strconcat (title, " · ", account->name, NULL);

      if (g_str_equal (account->kind, "archive") || !g_hash_table_add (seen, g_strdup (account->kind)))
        continue;
      /* Two ways to the same service have one name. */
      add_rule (self, self->channels, g_hash_table_add (titles, (gpointer) title) ? title : longer, MOS_TARGET_SCOPE_CHANNEL, account->kind);
    }
  if (g_hash_table_size (seen) == 0)
    add_rule (self, self->channels, mos_channel_text ("email"), MOS_TARGET_SCOPE_CHANNEL, "email");
}

static void
build (MosTargetsPage *self)
{
  GtkWidget *view = adw_toolbar_view_new (), *bar = adw_header_bar_new ();
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  GPtrArray *categories = mos_desk_get_categories (self->desk);
  AdwPreferencesGroup *group;
  GtkWidget *row;

  self->hours = add_group (page, _ ("Nobody Works"), _ ("The business hours have no open hour: what counts by them is never due. Set hours, or switch “Business hours only” off."));
  self->channels = add_group (page, _ ("Channels"), _ ("Within what time customers are to be answered, and conversations closed. What is nearly due, or overdue, is shown in the list and under “Breaching soon”."));
  add_channels (self);
  group = add_group (page, _ ("First of All"), _ ("What is set here comes before the channel, from above."));
  add_rule (self, group, _ ("Urgent conversations"), MOS_TARGET_SCOPE_URGENT, "");
  add_rule (self, group, _ ("VIP customers"), MOS_TARGET_SCOPE_VIP, "");
  for (guint i = 0; i < categories->len; i++)
    {
      const MosCategory *category = categories->pdata[i];

      if (!category->is_removed)
        add_rule (self, group, category->name, MOS_TARGET_SCOPE_CATEGORY, category->id);
    }
  add_rule (self, group, _ ("Complex categories"), MOS_TARGET_SCOPE_COMPLEX, "");
  group = add_group (page, NULL, NULL);
  self->reset_row = row = adw_button_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("_Reset to Defaults"));
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_reset_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, row);

  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), mos_help_button_new ());
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), bar);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (page));
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
}

static void
mos_targets_page_dispose (GObject *object)
{
  MosTargetsPage *self = MOS_TARGETS_PAGE (object);

  g_clear_weak_pointer (&self->dialog);
  g_clear_weak_pointer (&self->open);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_targets_page_parent_class)->dispose (object);
}

static void
mos_targets_page_finalize (GObject *object)
{
  g_clear_pointer (&MOS_TARGETS_PAGE (object)->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (mos_targets_page_parent_class)->finalize (object);
}

static void
mos_targets_page_class_init (MosTargetsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_targets_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_targets_page_finalize;
}

static void
mos_targets_page_init (MosTargetsPage *self)
{
  self->rows = g_ptr_array_new ();
}

MosTargetsPage *
mos_targets_page_new (MosDesk *desk,
                      AdwPreferencesDialog *dialog)
{
  MosTargetsPage *self = g_object_new (MOS_TYPE_TARGETS_PAGE, "title", _ ("Targets"), NULL);

  self->desk = g_object_ref (desk);
  g_set_weak_pointer (&self->dialog, dialog);
  build (self);
  update (self);
  g_signal_connect_object (desk, "targets-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "calendar-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  /* Closed while a rule is being edited. */
  g_signal_connect_object (dialog, "closed", G_CALLBACK (take_open), self, G_CONNECT_SWAPPED);
  return self;
}
