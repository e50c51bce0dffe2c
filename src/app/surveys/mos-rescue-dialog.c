/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-surveys"

#include "config.h"

#include "app/surveys/mos-rescue-dialog.h"

#include "app/surveys/mos-survey-text.h"
#include "core/desk/mos-survey-answer.h"

#include <glib/gi18n.h>

struct _MosRescueDialog
{
  AdwDialog parent_instance;

  /* owned by the tree */
  AdwComboRow *choice;
  AdwEntryRow *words;
  GtkWidget *done;
};

G_DEFINE_FINAL_TYPE (MosRescueDialog, mos_rescue_dialog, ADW_TYPE_DIALOG)

enum
{
  CHOSEN,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* The first line is that nothing was chosen, the last that only the words tell. Returns: (transfer full): "" = nothing yet */
static char *
dup_outcome (MosRescueDialog *self)
{
  const char *const *choices = mos_rescue_list_choices ();
  guint chosen = adw_combo_row_get_selected (self->choice), n = g_strv_length ((char **) choices);

  if (chosen == 0)
    return g_strdup ("");
  return mos_rescue_dup_outcome (chosen <= n ? choices[chosen - 1] : NULL, gtk_editable_get_text (GTK_EDITABLE (self->words)));
}

static void
update (MosRescueDialog *self)
{
  g_autofree char *outcome = dup_outcome (self);

  gtk_widget_set_sensitive (self->done, *outcome != '\0');
}

static void
on_done_cb (MosRescueDialog *self)
{
  g_autofree char *outcome = dup_outcome (self);

  if (*outcome == '\0')
    return;
  g_signal_emit (self, signals[CHOSEN], 0, outcome);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
mos_rescue_dialog_class_init (MosRescueDialogClass *klass)
{
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
make_header (MosRescueDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  self->done = gtk_button_new_with_mnemonic (_ ("_Done"));
  gtk_widget_add_css_class (self->done, "suggested-action");
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (adw_dialog_close), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->done, "clicked", G_CALLBACK (on_done_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->done);
  return header;
}

static GtkStringList *
make_choices (void)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  gtk_string_list_append (list, _ ("Not chosen"));
  for (const char *const *choice = mos_rescue_list_choices (); *choice != NULL; choice++)
    {
      g_autofree char *text = mos_rescue_outcome_text (*choice);

      gtk_string_list_append (list, text);
    }
  /* Translators: what came of helping an unhappy customer. */
  gtk_string_list_append (list, C_ ("outcome", "Something else"));
  return list;
}

static void
mos_rescue_dialog_init (MosRescueDialog *self)
{
  g_autoptr (GtkStringList) choices = make_choices ();

  self->choice = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->choice), _ ("What came of it"));
  adw_combo_row_set_model (self->choice, G_LIST_MODEL (choices));
  self->words = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->words), _ ("In your words"));
  /* Room for what is chosen before them. */
  adw_entry_row_set_max_length (self->words, MOS_RESCUE_MAX_OUTCOME - 32);
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Outcome"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 420);
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->choice));
  g_signal_connect_object (self->choice, "notify::selected", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->words, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->words, "entry-activated", G_CALLBACK (on_done_cb), self, G_CONNECT_SWAPPED);
}

AdwDialog *
mos_rescue_dialog_new (const char *said)
{
  MosRescueDialog *self = g_object_new (MOS_TYPE_RESCUE_DIALOG, NULL);
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *escaped = g_markup_escape_text (said, -1);

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), escaped);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->choice));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->words));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), make_header (self));
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_child (ADW_DIALOG (self), view);
  update (self);
  return ADW_DIALOG (self);
}
