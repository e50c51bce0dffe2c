/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-customer"

#include "config.h"

#include "app/customer/mos-call-dialog.h"

#include "app/application/mos-error-text.h"
#include "app/inbox/mos-snooze-dialog.h"
#include "app/widgets/mos-call-text.h"
#include "app/widgets/mos-time-text.h"
#include "core/desk/mos-calendars.h"

#include <glib/gi18n.h>
#include <string.h>

struct _MosCallDialog
{
  AdwDialog parent_instance;

  /* owned by the tree */
  AdwBanner *banner;
  AdwComboRow *direction;
  AdwComboRow *outcome;
  AdwSpinRow *minutes;
  AdwEntryRow *text;
  AdwEntryRow *back;
  GtkLabel *back_text;
  GtkWidget *record;

  /* owned */
  MosDesk *desk;
  MosCalendarPlace place;
  char *conversation; /* (nullable) */
  char *customer;     /* (nullable) */

  gboolean is_busy;
};

G_DEFINE_FINAL_TYPE (MosCallDialog, mos_call_dialog, ADW_TYPE_DIALOG)

enum
{
  NOTED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

enum
{
  THEY_CALLED,
  WE_CALLED,
};

static void
tell (MosCallDialog *self,
      const char *sentence)
{
  adw_banner_set_title (self->banner, sentence != NULL ? sentence : "");
  adw_banner_set_revealed (self->banner, sentence != NULL);
  if (sentence != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self->banner), sentence, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

/* @ret_when: (out caller-allocates). Returns: whether nothing is typed, or a time that makes sense */
static gboolean
read_back (MosCallDialog *self,
           MosWhen *ret_when)
{
  MosWhenContext context = { .now_us = g_get_real_time (), .language = g_get_language_names ()[0] };

  /* As the time beside it is written. */
  context.clock = strstr (C_ ("time format", "%H:%M"), "%H") != NULL ? 24 : 12;
  mos_calendars_when (&context, &self->place);
  return mos_when_parse (&context, gtk_editable_get_text (GTK_EDITABLE (self->back)), ret_when) || ret_when->status == MOS_WHEN_EMPTY;
}

static void
on_changed_cb (MosCallDialog *self)
{
  g_auto (MosWhen) when = { 0 };
  gboolean makes_sense = read_back (self, &when);
  g_autofree char *text = NULL;

  if (!makes_sense)
    text = mos_when_error_text (&when);
  else if (when.at_us != 0)
    {
      g_autofree char *time = mos_time_text_relative (when.at_us, g_get_real_time (), NULL);
      /* Translators: %s is a time such as “Tomorrow, 09:00”. */
      text = g_strdup_printf (_ ("To be called back: %s"), time);
    }
  gtk_label_set_label (self->back_text, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->back_text), text != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (self->back))), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text != NULL ? text : "", -1);
  if (makes_sense)
    gtk_widget_remove_css_class (GTK_WIDGET (self->back_text), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->back_text), "error");
  /* Nobody spoke: there is no length. */
  gtk_widget_set_sensitive (GTK_WIDGET (self->minutes), adw_combo_row_get_selected (self->outcome) == MOS_CALL_ANSWERED);
  gtk_widget_set_sensitive (self->record, !self->is_busy && makes_sense);
}

/* --- recording --- */

static void
on_noted_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosCallDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;
  g_autofree char *conversation = mos_desk_note_call_finish (MOS_DESK (source), result, &batch, &error);

  self->is_busy = FALSE;
  if (conversation != NULL)
    {
      g_signal_emit (self, signals[NOTED], 0, batch, conversation);
      /* It may have been closed meanwhile. */
      if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
        adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  if (self->record == NULL)
    return;
  tell (self, mos_error_text (error).sentence);
  on_changed_cb (self);
}

static void
on_record_cb (MosCallDialog *self)
{
  g_autoptr (MosCallNote) note = NULL;
  g_auto (MosWhen) when = { 0 };

  if (self->is_busy || !read_back (self, &when))
    return;
  note = mos_call_note_new ();
  note->conversation = g_strdup (self->conversation);
  note->customer = g_strdup (self->customer);
  note->is_outgoing = adw_combo_row_get_selected (self->direction) == WE_CALLED;
  note->outcome = (MosCallOutcome) adw_combo_row_get_selected (self->outcome);
  if (note->outcome == MOS_CALL_ANSWERED)
    note->seconds = (guint) adw_spin_row_get_value (self->minutes) * 60;
  note->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text)));
  note->back_us = when.at_us;
  tell (self, NULL);
  self->is_busy = TRUE;
  on_changed_cb (self);
  mos_desk_note_call_async (self->desk, note, NULL, on_noted_cb, g_object_ref (self));
}

/* --- class --- */

static void
mos_call_dialog_dispose (GObject *object)
{
  MosCallDialog *self = MOS_CALL_DIALOG (object);

  self->record = NULL;
  g_clear_pointer (&self->place.calendar, mos_calendar_unref);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->conversation, g_free);
  g_clear_pointer (&self->customer, g_free);
  G_OBJECT_CLASS (mos_call_dialog_parent_class)->dispose (object);
}

static void
mos_call_dialog_class_init (MosCallDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_call_dialog_dispose;
  signals[NOTED] = g_signal_new ("noted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRING);
}

static GtkWidget *
make_header (MosCallDialog *self)
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

static AdwComboRow *
add_combo (GtkWidget *group,
           const char *title,
           const char *const *choices)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (choices);
  AdwComboRow *row = ADW_COMBO_ROW (adw_combo_row_new ());

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (row, G_LIST_MODEL (list));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (row));
  return row;
}

static AdwEntryRow *
add_entry (GtkWidget *group,
           const char *title)
{
  AdwEntryRow *row = ADW_ENTRY_ROW (adw_entry_row_new ());

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (row));
  return row;
}

static void
mos_call_dialog_init (MosCallDialog *self)
{
  const char *directions[] = { _ ("They called"), _ ("We called"), NULL };
  const char *outcomes[MOS_N_CALL_OUTCOMES_BY_HAND + 1] = { NULL };
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *call = adw_preferences_group_new ();
  GtkWidget *later = adw_preferences_group_new ();

  for (int i = 0; i < MOS_N_CALL_OUTCOMES_BY_HAND; i++)
    outcomes[i] = mos_call_outcome_text ((MosCallOutcome) i);
  self->banner = ADW_BANNER (adw_banner_new (""));
  adw_banner_set_use_markup (self->banner, FALSE);
  self->text = add_entry (call, _ ("What was said"));
  self->direction = add_combo (call, _ ("Who called"), directions);
  self->outcome = add_combo (call, _ ("What became of it"), outcomes);
  self->minutes = ADW_SPIN_ROW (adw_spin_row_new_with_range (0, MOS_CALL_MAX_MINUTES, 1));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->minutes), _ ("Minutes"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (call), GTK_WIDGET (self->minutes));
  self->back = add_entry (later, _ ("Call back at: “tomorrow 9”, “in 2 hours”"));
  self->back_text = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->back_text, TRUE);
  gtk_label_set_xalign (self->back_text, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->back_text), "caption");
  gtk_widget_set_margin_top (GTK_WIDGET (self->back_text), 6);
  gtk_widget_set_margin_start (GTK_WIDGET (self->back_text), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->back_text), 12);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (later), GTK_WIDGET (self->back_text));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (call));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (later));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), make_header (self));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->banner));
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Note a Call"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 440);
  adw_dialog_set_child (ADW_DIALOG (self), view);
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->text));
  g_signal_connect_object (self->outcome, "notify::selected", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->back, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->back, "entry-activated", G_CALLBACK (on_record_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->text, "entry-activated", G_CALLBACK (on_record_cb), self, G_CONNECT_SWAPPED);
}

/* --- public --- */

AdwDialog *
mos_call_dialog_new (MosDesk *desk,
                     MosConversationRow *row,
                     const char *customer)
{
  MosCallDialog *self;
  MosCalendar *calendar;

  g_return_val_if_fail (MOS_IS_DESK (desk), NULL);
  g_return_val_if_fail (row != NULL || customer != NULL, NULL);

  self = g_object_new (MOS_TYPE_CALL_DIALOG, NULL);
  self->desk = g_object_ref (desk);
  self->conversation = g_strdup (row != NULL ? row->id : NULL);
  self->customer = g_strdup (customer);
  calendar = mos_desk_get_calendar (desk);
  self->place.calendar = calendar != NULL ? mos_calendar_ref (calendar) : NULL;
  /* Whom we missed, we call. */
  if (row != NULL && row->call != NULL && mos_call_is_work (row->call, !row->is_call_outgoing))
    adw_combo_row_set_selected (self->direction, WE_CALLED);
  on_changed_cb (self);
  return ADW_DIALOG (self);
}
