/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-tag-dialog.h"

#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

struct _MosTagDialog
{
  AdwDialog parent_instance;

  /* Template children */
  GtkSearchEntry *entry;
  GtkListBox *tags;

  /* Owned */
  GHashTable *set; /* tags of the conversation, as this dialog left them */
  GPtrArray *known;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosTagDialog, mos_tag_dialog, ADW_TYPE_DIALOG)

static void rebuild (MosTagDialog *self);

static char *
get_text (MosTagDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
}

static gboolean
tag_equal (const char *a,
           const char *b)
{
  g_autofree char *folded_a = g_utf8_casefold (a, -1);
  g_autofree char *folded_b = g_utf8_casefold (b, -1);

  return g_str_equal (folded_a, folded_b);
}

static void
change_tag (MosTagDialog *self,
            const char *tag,
            gboolean add)
{
  if (add)
    g_hash_table_add (self->set, g_strdup (tag));
  else
    g_hash_table_remove (self->set, tag);
  if (!g_ptr_array_find_with_equal_func (self->known, tag, (GEqualFunc) tag_equal, NULL))
    g_ptr_array_add (self->known, g_strdup (tag));
  g_signal_emit (self, signals[CHANGED], 0, tag, add);
}

static void
on_toggled_cb (GtkCheckButton *check,
               MosTagDialog *self)
{
  const char *tag = g_object_get_data (G_OBJECT (check), "tag");
  gboolean add = gtk_check_button_get_active (check);

  if (add != g_hash_table_contains (self->set, tag))
    change_tag (self, tag, add);
}

static void
add_row (MosTagDialog *self,
         const char *tag)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), tag);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), g_hash_table_contains (self->set, tag));
  mos_widget_set_label (check, tag);
  g_object_set_data_full (G_OBJECT (check), "tag", g_strdup (tag), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_toggled_cb), self, 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_list_box_append (self->tags, row);
}

static void
add_new_row (MosTagDialog *self,
             const char *text)
{
  GtkWidget *row = adw_action_row_new ();
  /* Translators: %s is the text that was typed. */
  g_autofree char *title = g_strdup_printf (_ ("Add “%s”"), text);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "new-tag", g_strdup (text), g_free);
  gtk_list_box_append (self->tags, row);
}

static void
rebuild (MosTagDialog *self)
{
  g_autofree char *text = get_text (self);
  g_autofree char *folded = g_utf8_casefold (text, -1);
  gboolean exact = FALSE, any = FALSE;

  gtk_list_box_remove_all (self->tags);
  for (guint i = 0; i < self->known->len; i++)
    {
      const char *tag = g_ptr_array_index (self->known, i);
      g_autofree char *folded_tag = g_utf8_casefold (tag, -1);

      exact = exact || g_str_equal (folded_tag, folded);
      if (*folded == '\0' || strstr (folded_tag, folded) != NULL)
        {
          add_row (self, tag);
          any = TRUE;
        }
    }
  if (*text != '\0' && !exact)
    {
      add_new_row (self, text);
      any = TRUE;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->tags), any);
}

static void
on_text_changed_cb (MosTagDialog *self)
{
  rebuild (self);
}

static void
take_text (MosTagDialog *self,
           const char *text)
{
  /* A known tag is taken in its own spelling. */
  for (guint i = 0; i < self->known->len; i++)
    if (tag_equal (g_ptr_array_index (self->known, i), text))
      {
        g_autofree char *tag = g_strdup (g_ptr_array_index (self->known, i));

        change_tag (self, tag, !g_hash_table_contains (self->set, tag));
        return;
      }
  change_tag (self, text, TRUE);
}

static void
on_entry_activate_cb (MosTagDialog *self)
{
  g_autofree char *text = get_text (self);

  if (*text == '\0')
    {
      adw_dialog_close (ADW_DIALOG (self));
      return;
    }
  take_text (self, text);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  rebuild (self);
}

static void
on_row_activated_cb (MosTagDialog *self,
                     GtkListBoxRow *row)
{
  g_autofree char *tag = g_strdup (g_object_get_data (G_OBJECT (row), "new-tag"));

  if (tag == NULL)
    return;
  take_text (self, tag);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  rebuild (self);
}

static void
on_stop_cb (MosTagDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
mos_tag_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MOS_TYPE_TAG_DIALOG);
  G_OBJECT_CLASS (mos_tag_dialog_parent_class)->dispose (object);
}

static void
mos_tag_dialog_finalize (GObject *object)
{
  MosTagDialog *self = MOS_TAG_DIALOG (object);

  g_hash_table_unref (self->set);
  g_ptr_array_unref (self->known);
  G_OBJECT_CLASS (mos_tag_dialog_parent_class)->finalize (object);
}

static void
mos_tag_dialog_class_init (MosTagDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_tag_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_tag_dialog_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-tag-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosTagDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, MosTagDialog, tags);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_text_changed_cb);
}

static void
mos_tag_dialog_init (MosTagDialog *self)
{
  self->set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->known = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

MosTagDialog *
mos_tag_dialog_new (MosDesk *desk,
                    MosConversation *conversation)
{
  MosTagDialog *self = g_object_new (MOS_TYPE_TAG_DIALOG, NULL);
  MosConversationRow *row = conversation != NULL ? mos_conversation_get_row (conversation) : NULL;
  GStrv known = mos_desk_get_tags (desk);

  for (guint i = 0; row != NULL && row->tags[i] != NULL; i++)
    g_hash_table_add (self->set, g_strdup (row->tags[i]));
  for (guint i = 0; known != NULL && known[i] != NULL; i++)
    g_ptr_array_add (self->known, g_strdup (known[i]));
  for (guint i = 0; row != NULL && row->tags[i] != NULL; i++)
    if (!g_ptr_array_find_with_equal_func (self->known, row->tags[i], g_str_equal, NULL))
      g_ptr_array_add (self->known, g_strdup (row->tags[i]));
  rebuild (self);
  return self;
}
