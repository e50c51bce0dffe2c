/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-customer"

#include "config.h"

#include "app/customer/mos-score-dialog.h"

#include "app/application/mos-error-text.h"
#include "core/desk/mos-desk-surveys.h"
#include "core/desk/mos-surveys.h"

#include <glib/gi18n.h>

struct _MosScoreDialog
{
  AdwDialog parent_instance;

  /* owned by the tree */
  AdwBanner *banner;
  AdwComboRow *kind;
  AdwComboRow *score;
  AdwEntryRow *comment;
  GtkWidget *record;

  /* owned */
  MosDesk *desk;
  char *conversation;

  gboolean is_busy;
};

G_DEFINE_FINAL_TYPE (MosScoreDialog, mos_score_dialog, ADW_TYPE_DIALOG)

enum
{
  RECORDED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static MosSurveyKind
get_kind (MosScoreDialog *self)
{
  return (MosSurveyKind) adw_combo_row_get_selected (self->kind);
}

/* The first line is that nothing was chosen; then from the best one down. */
static int
get_score (MosScoreDialog *self)
{
  guint chosen = adw_combo_row_get_selected (self->score);

  return chosen == 0 || chosen == GTK_INVALID_LIST_POSITION ? MOS_SURVEY_NO_SCORE : mos_survey_kind_get_highest (get_kind (self)) - (int) chosen + 1;
}

static void
update (MosScoreDialog *self)
{
  gtk_widget_set_sensitive (self->record, !self->is_busy && get_score (self) != MOS_SURVEY_NO_SCORE);
}

static void
on_kind_cb (MosScoreDialog *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  const MosSurveyKind kind = get_kind (self);
  const int lowest = mos_survey_kind_get_lowest (kind), highest = mos_survey_kind_get_highest (kind);

  gtk_string_list_append (list, _ ("Not chosen"));
  for (int score = highest; score >= lowest; score--)
    {
      const char *meaning = NULL;
      g_autofree char *text = NULL;

      if (score == highest)
        meaning = kind == MOS_SURVEY_CSAT ? _ ("very satisfied") : _ ("certainly would");
      else if (score == lowest)
        meaning = kind == MOS_SURVEY_CSAT ? _ ("very dissatisfied") : _ ("certainly would not");
      /* Translators: a score, and what it means: "5, very satisfied". */
      text = meaning != NULL ? g_strdup_printf (_ ("%1$d, %2$s"), score, meaning) : g_strdup_printf ("%d", score);
      gtk_string_list_append (list, text);
    }
  adw_combo_row_set_model (self->score, G_LIST_MODEL (list));
  update (self);
}

/* --- recording --- */

static void
tell (MosScoreDialog *self,
      const char *sentence)
{
  adw_banner_set_title (self->banner, sentence != NULL ? sentence : "");
  adw_banner_set_revealed (self->banner, sentence != NULL);
  if (sentence != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self->banner), sentence, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
on_recorded_cb (GObject *source,
                GAsyncResult *result,
                gpointer user_data)
{
  g_autoptr (MosScoreDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;

  self->is_busy = FALSE;
  if (mos_desk_action_finish (MOS_DESK (source), result, &batch, &error))
    {
      g_signal_emit (self, signals[RECORDED], 0, batch);
      /* It may have been closed meanwhile. */
      if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
        adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  if (self->record == NULL)
    return;
  tell (self, mos_error_text (error).sentence);
  update (self);
}

static void
on_record_cb (MosScoreDialog *self)
{
  g_autoptr (MosSurvey) survey = mos_survey_make (get_kind (self));

  survey->score = get_score (self);
  if (self->is_busy || survey->score == MOS_SURVEY_NO_SCORE)
    return;
  survey->conversation = g_strdup (self->conversation);
  g_set_str (&survey->comment, gtk_editable_get_text (GTK_EDITABLE (self->comment)));
  tell (self, NULL);
  self->is_busy = TRUE;
  update (self);
  mos_desk_record_survey_async (self->desk, survey, NULL, on_recorded_cb, g_object_ref (self));
}

/* --- class --- */

static void
mos_score_dialog_dispose (GObject *object)
{
  MosScoreDialog *self = MOS_SCORE_DIALOG (object);

  self->record = NULL;
  g_clear_object (&self->desk);
  g_clear_pointer (&self->conversation, g_free);
  G_OBJECT_CLASS (mos_score_dialog_parent_class)->dispose (object);
}

static void
mos_score_dialog_class_init (MosScoreDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_score_dialog_dispose;
  signals[RECORDED] = g_signal_new ("recorded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static GtkWidget *
make_header (MosScoreDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  self->record = gtk_button_new_with_mnemonic (_ ("_Record"));
  gtk_widget_add_css_class (self->record, "suggested-action");
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (adw_dialog_close), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->record, "clicked", G_CALLBACK (on_record_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->record);
  return header;
}

static void
mos_score_dialog_init (MosScoreDialog *self)
{
  /* In the order of MosSurveyKind. */
  const char *kinds[] = { _ ("Satisfaction, 1 to 5"), _ ("Recommendation, 0 to 10"), NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (kinds);
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();

  G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == MOS_N_SURVEY_KINDS + 1);
  self->banner = ADW_BANNER (adw_banner_new (""));
  adw_banner_set_use_markup (self->banner, FALSE);
  self->kind = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->kind), _ ("Question"));
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (list));
  self->score = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->score), _ ("Score"));
  self->comment = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->comment), _ ("Their words"));
  adw_entry_row_set_max_length (self->comment, MOS_SURVEY_MAX_COMMENT);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), _ ("What the customer said of the service, on the telephone or in a message."));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->kind));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->score));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->comment));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), make_header (self));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->banner));
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Record a Score"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 420);
  adw_dialog_set_child (ADW_DIALOG (self), view);
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->score));
  g_signal_connect_object (self->kind, "notify::selected", G_CALLBACK (on_kind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->score, "notify::selected", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->comment, "entry-activated", G_CALLBACK (on_record_cb), self, G_CONNECT_SWAPPED);
  on_kind_cb (self);
}

/* --- public --- */

AdwDialog *
mos_score_dialog_new (MosDesk *desk,
                      const char *conversation)
{
  MosScoreDialog *self;

  g_return_val_if_fail (MOS_IS_DESK (desk) && conversation != NULL, NULL);

  self = g_object_new (MOS_TYPE_SCORE_DIALOG, NULL);
  self->desk = g_object_ref (desk);
  self->conversation = g_strdup (conversation);
  return ADW_DIALOG (self);
}
