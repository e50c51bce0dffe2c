/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-translate"

#include "config.h"

#include "app/translate/mos-translate-dialog.h"

#include "app/translate/mos-translate-words.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-language-name.h"
#include "app/widgets/mos-pair-box.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-text-style.h"

#include "core/translate/mos-translator.h"

#include <glib/gi18n.h>

#define SIDE_WIDTH 560

struct _MosTranslateDialog
{
  AdwDialog parent_instance;

  /* owned by the tree */
  GtkDropDown *language;
  GtkWidget *again_button;
  GtkWidget *spinner;
  GtkLabel *by;
  GtkTextView *original;
  GtkTextView *translation;
  GtkWidget *use_button;

  /* Owned */
  MosDesk *desk;
  char *account;
  GCancellable *cancellable; /* of what is being asked */
  gboolean is_marked;
  gboolean is_busy;
};

static guint accepted_signal;

G_DEFINE_FINAL_TYPE (MosTranslateDialog, mos_translate_dialog, ADW_TYPE_DIALOG)

static char *
dup_text (GtkTextView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

/* By the person, since it was put there. */
static gboolean
is_changed (GtkTextView *view)
{
  return gtk_text_buffer_get_modified (gtk_text_view_get_buffer (view));
}

static void
put_text (GtkTextView *view,
          const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), text, -1);
  gtk_text_buffer_set_modified (gtk_text_view_get_buffer (view), FALSE);
  mos_widget_set_direction_of (GTK_WIDGET (view), text);
}

static void
update (MosTranslateDialog *self)
{
  g_autofree char *original = dup_text (self->original);
  g_autofree char *translation = dup_text (self->translation);
  gboolean has_language = gtk_drop_down_get_selected (self->language) != GTK_INVALID_LIST_POSITION;

  gtk_widget_set_visible (self->spinner, self->is_busy);
  gtk_widget_set_sensitive (self->again_button, !self->is_busy && has_language && *g_strstrip (original) != '\0');
  gtk_widget_set_sensitive (self->use_button, !self->is_busy && *g_strstrip (translation) != '\0');
  gtk_text_view_set_editable (self->translation, !self->is_busy);
  adw_dialog_set_can_close (ADW_DIALOG (self), !is_changed (self->original) && !is_changed (self->translation));
}

static void
say (MosTranslateDialog *self,
     const char *text,
     gboolean is_trouble)
{
  gtk_label_set_label (self->by, text);
  if (is_trouble)
    gtk_widget_add_css_class (GTK_WIDGET (self->by), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->by), "error");
  if (*text != '\0')
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text, is_trouble ? GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH : GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* --- translating --- */

static void
on_translated_cb (GObject *source,
                  GAsyncResult *result,
                  gpointer user_data)
{
  g_autoptr (MosTranslateDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosTranslation) translation = mos_desk_translate_finish (MOS_DESK (source), result, &error);
  g_autofree char *text = NULL;

  /* It was closed, or another language was chosen since. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->is_busy = FALSE;
  if (translation != NULL)
    {
      put_text (self->translation, translation->text);
      text = mos_translate_by_text (translation);
    }
  else
    text = mos_translate_problem_text (error, mos_desk_get_translate (self->desk)->service);
  update (self);
  say (self, text, translation == NULL);
  if (translation != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->translation));
}

static void
translate (MosTranslateDialog *self)
{
  guint n, selected = gtk_drop_down_get_selected (self->language);
  const MosLanguageName *names = mos_language_names (&n);
  g_autofree char *text = dup_text (self->original);

  if (selected >= n)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->is_busy = TRUE;
  update (self);
  say (self, "", FALSE);
  mos_desk_translate_draft_async (self->desk, self->account, text, self->is_marked, NULL, names[selected].code, self->cancellable, on_translated_cb, g_object_ref (self));
}

static void
on_use_cb (MosTranslateDialog *self)
{
  g_autofree char *text = dup_text (self->translation);

  g_signal_emit (self, accepted_signal, 0, text);
  adw_dialog_force_close (ADW_DIALOG (self));
}

/* --- class --- */

static void
mos_translate_dialog_close_attempt (AdwDialog *dialog)
{
  mos_dialog_ask_leave (dialog, _ ("The words that you wrote are not saved."));
}

static void
mos_translate_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (MOS_TRANSLATE_DIALOG (dialog)->cancellable);
}

static void
mos_translate_dialog_finalize (GObject *object)
{
  MosTranslateDialog *self = MOS_TRANSLATE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  g_free (self->account);
  G_OBJECT_CLASS (mos_translate_dialog_parent_class)->finalize (object);
}

static void
mos_translate_dialog_class_init (MosTranslateDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_translate_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->close_attempt = mos_translate_dialog_close_attempt;
  ADW_DIALOG_CLASS (klass)->closed = mos_translate_dialog_closed;
  accepted_signal = g_signal_new ("accepted", MOS_TYPE_TRANSLATE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

/* One of the two texts with its heading. Returns: (transfer none) */
static GtkTextView *
add_text (MosTranslateDialog *self,
          GtkWidget *pair,
          const char *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *heading = gtk_label_new (title);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkTextView *view = GTK_TEXT_VIEW (gtk_text_view_new ());

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_left_margin (view, 12);
  gtk_text_view_set_right_margin (view, 12);
  gtk_text_view_set_top_margin (view, 8);
  gtk_text_view_set_bottom_margin (view, 8);
  mos_text_view_follow_style (view);
  mos_widget_set_label (GTK_WIDGET (view), title);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 100);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (view));
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_add_css_class (scroller, "card");
  gtk_widget_add_css_class (scroller, "translate-text");
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), scroller);
  mos_pair_box_append (MOS_PAIR_BOX (pair), box);
  g_signal_connect_object (gtk_text_view_get_buffer (view), "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_text_view_get_buffer (view), "modified-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return view;
}

static void
fill_languages (MosTranslateDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n;
  const MosLanguageName *languages = mos_language_names (&n);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (names, languages[i].name);
  gtk_drop_down_set_model (self->language, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->language, GTK_INVALID_LIST_POSITION);
  mos_widget_set_label (GTK_WIDGET (self->language), _ ("Into which language"));
}

static void
mos_translate_dialog_init (MosTranslateDialog *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *line = adw_wrap_box_new ();
  GtkWidget *pair = mos_pair_box_new (SIDE_WIDTH);
  GtkWidget *hint = gtk_label_new (_ ("Nothing is sent to the customer yet. What you use takes the place of your text, and Undo brings yours back."));

  self->language = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  self->again_button = gtk_button_new_with_mnemonic (_ ("_Translate"));
  self->spinner = adw_spinner_new ();
  self->by = GTK_LABEL (gtk_label_new (NULL));
  self->use_button = gtk_button_new_with_mnemonic (_ ("_Use Translation"));
  gtk_widget_add_css_class (self->use_button, "suggested-action");
  gtk_label_set_wrap (self->by, TRUE);
  gtk_label_set_xalign (self->by, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->by), "caption");
  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_widget_add_css_class (hint, "caption");
  gtk_widget_add_css_class (hint, "dimmed");
  fill_languages (self);
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (line), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (line), 6);
  adw_wrap_box_append (ADW_WRAP_BOX (line), GTK_WIDGET (self->language));
  adw_wrap_box_append (ADW_WRAP_BOX (line), self->again_button);
  adw_wrap_box_append (ADW_WRAP_BOX (line), self->spinner);
  self->original = add_text (self, pair, _ ("What You Wrote"));
  self->translation = add_text (self, pair, _ ("What Would Be Sent"));
  gtk_widget_set_margin_start (content, 12);
  gtk_widget_set_margin_end (content, 12);
  gtk_widget_set_margin_bottom (content, 12);
  gtk_box_append (GTK_BOX (content), line);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->by));
  gtk_box_append (GTK_BOX (content), pair);
  gtk_box_append (GTK_BOX (content), hint);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->use_button);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), content);
  adw_dialog_set_child (ADW_DIALOG (self), view);
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Translate the Draft"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 860);
  adw_dialog_set_content_height (ADW_DIALOG (self), 560);
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->original));

  g_signal_connect_object (self->again_button, "clicked", G_CALLBACK (translate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->use_button, "clicked", G_CALLBACK (on_use_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->language, "notify::selected", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

MosTranslateDialog *
mos_translate_dialog_new (MosDesk *desk,
                          const char *account,
                          const char *text,
                          gboolean is_marked,
                          const char *to)
{
  MosTranslateDialog *self = g_object_new (MOS_TYPE_TRANSLATE_DIALOG, NULL);
  guint n;
  const MosLanguageName *languages = mos_language_names (&n);

  self->desk = g_object_ref (desk);
  self->account = g_strdup (account);
  self->is_marked = is_marked;
  put_text (self->original, text);
  for (guint i = 0; to != NULL && i < n; i++)
    if (mos_translate_language_is_same (languages[i].code, to))
      gtk_drop_down_set_selected (self->language, i);
  update (self);
  if (gtk_drop_down_get_selected (self->language) != GTK_INVALID_LIST_POSITION)
    translate (self);
  return self;
}
