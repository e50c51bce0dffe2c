/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-language-dialog.h"

#include "app/widgets/mos-language-name.h"

#include <glib/gi18n.h>

struct _MosLanguageDialog
{
  AdwDialog parent_instance;

  /* Template children */
  GtkSearchEntry *search;
  GtkListBox *languages;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosLanguageDialog, mos_language_dialog, ADW_TYPE_DIALOG)

static void
choose (MosLanguageDialog *self,
        GtkListBoxRow *row)
{
  g_autofree char *code = g_strdup (g_object_get_data (G_OBJECT (row), "code"));

  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[CHOSEN], 0, code);
}

static void
on_row_activated_cb (MosLanguageDialog *self,
                     GtkListBoxRow *row)
{
  choose (self, row);
}

/* By name or code, without accents. */
static gboolean
fits (GtkListBoxRow *row,
      gpointer data)
{
  MosLanguageDialog *self = data;
  const char *wanted = gtk_editable_get_text (GTK_EDITABLE (self->search));

  return *wanted == '\0' || g_str_match_string (wanted, g_object_get_data (G_OBJECT (row), "words"), TRUE);
}

static void
on_search_changed_cb (MosLanguageDialog *self)
{
  gtk_list_box_invalidate_filter (self->languages);
}

/* The entry takes Escape for itself. */
static void
on_search_stop_cb (MosLanguageDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

/* Return takes the first that is shown. */
static void
on_search_activate_cb (MosLanguageDialog *self)
{
  GtkListBoxRow *row;

  gtk_list_box_invalidate_filter (self->languages);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->languages, i)) != NULL; i++)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      {
        choose (self, row);
        return;
      }
}

static void
add_row (MosLanguageDialog *self,
         const char *code,
         const char *title,
         const char *subtitle,
         gboolean current)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *words = g_strconcat (title, " ", code, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  if (current)
    {
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("object-select-symbolic"));
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_SELECTED, TRUE, -1);
    }
  g_object_set_data_full (G_OBJECT (row), "code", g_strdup (code), g_free);
  g_object_set_data_full (G_OBJECT (row), "words", g_steal_pointer (&words), g_free);
  gtk_list_box_append (self->languages, row);
}

static void
mos_language_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MOS_TYPE_LANGUAGE_DIALOG);
  G_OBJECT_CLASS (mos_language_dialog_parent_class)->dispose (object);
}

static void
mos_language_dialog_class_init (MosLanguageDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_language_dialog_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-language-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosLanguageDialog, search);
  gtk_widget_class_bind_template_child (widget_class, MosLanguageDialog, languages);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stop_cb);
}

static void
mos_language_dialog_init (MosLanguageDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->languages, fits, self, NULL);
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self));
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->search));
}

MosLanguageDialog *
mos_language_dialog_new (MosConversation *conversation)
{
  MosLanguageDialog *self = g_object_new (MOS_TYPE_LANGUAGE_DIALOG, NULL);
  MosConversationRow *row = mos_conversation_get_row (conversation);
  const char *chosen = row != NULL && row->is_language_chosen ? row->language : NULL;
  gboolean is_listed = FALSE;
  const MosLanguageName *names;
  guint n;

  add_row (self, "", _ ("Detect From the Messages"), row != NULL && !row->is_language_chosen && row->language != NULL ? mos_language_name (row->language) : NULL, chosen == NULL);
  names = mos_language_names (&n);
  for (guint i = 0; i < n; i++)
    {
      gboolean current = g_strcmp0 (chosen, names[i].code) == 0;

      add_row (self, names[i].code, names[i].name, NULL, current);
      is_listed = is_listed || current;
    }
  if (chosen != NULL && !is_listed)
    add_row (self, chosen, chosen, NULL, TRUE);
  return self;
}
