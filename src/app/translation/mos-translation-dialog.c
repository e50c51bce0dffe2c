/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-translation"

#include "config.h"

#include "app/translation/mos-translation-dialog.h"

#include "app/help/mos-help-button.h"
#include "app/translation/mos-translation-page.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-file-out.h"
#include "app/widgets/mos-search-list.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-toast-show.h"

#include <glib/gi18n.h>

/* More than one reads: a longer search finds it. */
#define MAX_FOUND 100

struct _MosTranslationDialog
{
  AdwDialog parent_instance;

  MosOwnTexts *own; /* (owned) (nullable): not in English, and not where the file cannot be read */

  AdwNavigationView *navigation; /* (child) */
  AdwToastOverlay *toasts;       /* (child) */
  GtkStack *stack;               /* (child) */
  GtkSearchEntry *entry;         /* (child) */
  GtkListBox *list;              /* (child) */
  GtkWidget *export;             /* (child) */
  GCancellable *cancellable;     /* (owned) */
};

G_DEFINE_FINAL_TYPE (MosTranslationDialog, mos_translation_dialog, ADW_TYPE_DIALOG)

static void
tell (MosTranslationDialog *self,
      const char *sentence)
{
  mos_toast_show (self->toasts, adw_toast_new (sentence));
}

/* --- the list --- */

static const MosCatalogText *
find_own (MosTranslationDialog *self,
          const MosCatalogText *text)
{
  return mos_catalog_find (mos_own_texts_get_own (self->own), text->context, text->original);
}

static void
add_row (MosTranslationDialog *self,
         const MosCatalogText *text)
{
  const MosCatalogText *own = find_own (self, text);
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = mos_translation_dup_bare (own != NULL ? own->texts[0] : text->texts[0]);
  g_autofree char *original = mos_translation_dup_bare (text->original);
  g_autofree char *subtitle = g_markup_escape_text (original, -1);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), own != NULL && !mos_own_texts_is_used (self->own, own) ? _ ("Not shown: the program has another text here now") : subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  if (own != NULL)
    {
      GtkWidget *mark = gtk_image_new_from_icon_name ("document-edit-symbolic");

      gtk_widget_set_tooltip_text (mark, _ ("Your own words"));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), mark);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic", "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "text", mos_catalog_text_copy (text), (GDestroyNotify) mos_catalog_text_free);
  gtk_list_box_append (self->list, row);
}

/* Without a search: what she changed. A text that the program has no longer stands for itself. */
static GPtrArray *
list_own (MosTranslationDialog *self)
{
  GPtrArray *own = mos_catalog_get_texts (mos_own_texts_get_own (self->own));
  GPtrArray *texts = g_ptr_array_new ();

  for (guint i = 0; i < own->len; i++)
    {
      const MosCatalogText *text = own->pdata[i];
      const MosCatalogText *shipped = mos_catalog_find (mos_own_texts_get_shipped (self->own), text->context, text->original);

      g_ptr_array_add (texts, (gpointer) (shipped != NULL ? shipped : text));
    }
  return texts;
}

static void
show_list (MosTranslationDialog *self)
{
  const char *query = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *bare = g_strstrip (g_strdup (query));
  g_autoptr (GPtrArray) texts = NULL;

  if (self->own == NULL)
    return;
  texts = *bare != '\0' ? mos_own_texts_search (self->own, bare, MAX_FOUND) : list_own (self);
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < texts->len; i++)
    add_row (self, texts->pdata[i]);
  mos_widget_set_label (GTK_WIDGET (self->list), *bare != '\0' ? _ ("Texts") : _ ("Your own words"));
  gtk_stack_set_visible_child_name (self->stack, texts->len > 0 ? "list" : *bare != '\0' ? "nothing"
                                                                                         : "start");
  gtk_widget_set_sensitive (self->export, mos_catalog_get_texts (mos_own_texts_get_own (self->own))->len > 0);
}

static void
on_saved_cb (MosTranslationDialog *self)
{
  adw_dialog_set_can_close (ADW_DIALOG (self), TRUE);
  adw_navigation_view_pop (self->navigation);
  show_list (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  tell (self, _ ("Kept. It is shown from the next start of the program on"));
}

static void
on_row_cb (MosTranslationDialog *self,
           GtkListBoxRow *row)
{
  MosTranslationPage *page = mos_translation_page_new (self->own, g_object_get_data (G_OBJECT (row), "text"));

  g_signal_connect_object (page, "saved", G_CALLBACK (on_saved_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
  adw_dialog_set_can_close (ADW_DIALOG (self), FALSE);
}

/* --- leaving --- */

static void
on_popped_cb (MosTranslationDialog *self,
              AdwNavigationPage *page)
{
  adw_dialog_set_can_close (ADW_DIALOG (self), TRUE);
}

static void
on_close_attempt_cb (MosTranslationDialog *self)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->navigation);

  if (MOS_IS_TRANSLATION_PAGE (page) && mos_translation_page_is_changed (MOS_TRANSLATION_PAGE (page)))
    mos_dialog_ask_leave (ADW_DIALOG (self), _ ("The words that you wrote are not saved."));
  else
    adw_dialog_force_close (ADW_DIALOG (self));
}

/* --- a file for the translators --- */

static void
on_written_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (MosTranslationDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    tell (self, _ ("Saved. Send the file to the translators, with the address in “About Mostrador”"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell (self, _ ("The file could not be written: choose another folder"));
}

static void
on_file_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (MosTranslationDialog) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GBytes) bytes = NULL;
  char *po;

  if (file == NULL)
    return;
  po = mos_own_texts_to_po (self->own, now);
  bytes = g_bytes_new_take (po, strlen (po));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, self->cancellable, on_written_cb, g_object_ref (self));
}

static void
on_export_cb (MosTranslationDialog *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *name = g_strdup_printf ("mostrador-%s.po", mos_own_texts_get_language (self->own));

  gtk_file_dialog_set_title (dialog, _ ("Save for the Translators"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, mos_widget_get_window (GTK_WIDGET (self)), self->cancellable, on_file_cb, g_object_ref (self));
}

/* --- class --- */

static void
mos_translation_dialog_dispose (GObject *object)
{
  MosTranslationDialog *self = MOS_TRANSLATION_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (mos_translation_dialog_parent_class)->dispose (object);
  /* The page that is open reads it until then. */
  g_clear_pointer (&self->own, mos_own_texts_free);
}

static void
mos_translation_dialog_class_init (MosTranslationDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_translation_dialog_dispose;
}

static void
add_status (MosTranslationDialog *self,
            const char *name,
            const char *icon,
            const char *title,
            const char *description)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), description);
  gtk_widget_add_css_class (page, "compact");
  gtk_stack_add_named (self->stack, page, name);
}

static void
fill_stack (MosTranslationDialog *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  add_status (self, "start", "accessories-dictionary-symbolic", _ ("A Word Is Wrong?"),
              _ ("Search for it as you read it in the window. What you write in its place is shown to you from the next start on, and can be saved as a file for the translators."));
  add_status (self, "nothing", "edit-find-symbolic", _ ("Nothing Found"),
              _ ("Try fewer words: names and numbers in a sentence are filled in later, and what customers write is not translated."));
  add_status (self, "english", "accessories-dictionary-symbolic", _ ("Nothing to Translate in English"),
              _ ("Mostrador is written in English. Choose another language in the preferences, and start it again."));
  add_status (self, "broken", "dialog-warning-symbolic", _ ("The Translation Cannot Be Read"),
              _ ("A file of translations is damaged. The texts that are shipped are shown; install Mostrador again, or remove the folder “translations” in its data folder, where your own words are kept."));
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_valign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  gtk_widget_set_margin_start (GTK_WIDGET (self->list), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->list), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self->list), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->list), 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_stack_add_named (self->stack, scrolled, "list");
}

static AdwNavigationPage *
make_first (MosTranslationDialog *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->export = gtk_button_new_from_icon_name ("document-save-symbolic");
  gtk_widget_set_tooltip_text (self->export, _ ("Save your own words for the translators"));
  gtk_widget_set_sensitive (self->export, FALSE);
  g_signal_connect_object (self->export, "clicked", G_CALLBACK (on_export_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->export);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), mos_help_button_new ());
  gtk_search_entry_set_placeholder_text (self->entry, _ ("What you read"));
  mos_widget_set_label (GTK_WIDGET (self->entry), _ ("Search texts"));
  gtk_widget_set_margin_start (GTK_WIDGET (self->entry), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->entry), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->entry), 6);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->entry));
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->stack));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), clamp);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->toasts));
  return adw_navigation_page_new (view, _ ("Fix a Translation"));
}

static void
mos_translation_dialog_init (MosTranslationDialog *self)
{
  g_autofree char *language = mos_own_texts_dup_language ();
  g_autoptr (GError) error = NULL;

  self->cancellable = g_cancellable_new ();
  self->navigation = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  self->stack = GTK_STACK (gtk_stack_new ());
  self->entry = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  fill_stack (self);
  adw_navigation_view_push (self->navigation, make_first (self));
  mos_search_list_join (self->entry, self->list);
  g_signal_connect_object (self->entry, "search-changed", G_CALLBACK (show_list), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->navigation, "popped", G_CALLBACK (on_popped_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "close-attempt", G_CALLBACK (on_close_attempt_cb), NULL);
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Fix a Translation"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 520);
  adw_dialog_set_content_height (ADW_DIALOG (self), 600);
  adw_dialog_set_child (ADW_DIALOG (self), GTK_WIDGET (self->navigation));
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->entry));
  self->own = language != NULL ? mos_own_texts_open (language, &error) : NULL;
  if (self->own == NULL)
    {
      gtk_widget_set_sensitive (GTK_WIDGET (self->entry), FALSE);
      gtk_stack_set_visible_child_name (self->stack, error != NULL ? "broken" : "english");
    }
  show_list (self);
}

MosTranslationDialog *
mos_translation_dialog_new (void)
{
  return g_object_new (MOS_TYPE_TRANSLATION_DIALOG, NULL);
}
