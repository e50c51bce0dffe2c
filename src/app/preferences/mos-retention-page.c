/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-preferences"

#include "config.h"

#include "app/preferences/mos-retention-page.h"

#include "app/application/mos-a11y.h"
#include "app/application/mos-error-text.h"
#include "app/inbox/mos-view-text.h"
#include "app/preferences/mos-retention-class-page.h"
#include "app/preferences/mos-retention-text.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-toast-show.h"
#include "app/widgets/mos-undo-toast.h"

#include <glib/gi18n.h>

struct _MosRetentionPage
{
  AdwNavigationPage parent_instance;

  /* owned by the tree */
  AdwPreferencesGroup *classes;
  AdwPreferencesGroup *going;
  AdwPreferencesGroup *kept;
  AdwPreferencesGroup *receipts;
  GtkWidget *class_rows[MOS_N_RETENTION_CLASSES];
  GtkWidget *class_states[MOS_N_RETENTION_CLASSES];
  GPtrArray *rows; /* of GtkWidget (borrowed): of the other groups */

  AdwPreferencesDialog *dialog; /* (weak) (nullable) */

  /* Owned */
  MosDesk *desk;
  MosRetentionLook *look; /* (nullable) */
  GCancellable *cancellable;
  gboolean loading;
  gboolean load_again;
};

G_DEFINE_FINAL_TYPE (MosRetentionPage, mos_retention_page, ADW_TYPE_NAVIGATION_PAGE)

static void load (MosRetentionPage *self);

/* --- what is said --- */

static void
say (MosRetentionPage *self,
     const char *text)
{
  AdwToast *toast = adw_toast_new (text);

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
  g_autoptr (MosRetentionPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *nick = mos_desk_undo_finish (MOS_DESK (source), result, &error);

  say (self, error != NULL ? mos_error_text (error).title : mos_action_text_undone (nick));
  if (self->desk != NULL)
    load (self);
}

static void
on_done_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (GObject) held = user_data;
  MosRetentionPage *self = g_object_get_data (held, "page");
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;

  if (!mos_desk_action_finish (MOS_DESK (source), result, &batch, &error))
    {
      say (self, mos_error_text (error).title);
      return;
    }
  if (self->desk == NULL || self->dialog == NULL)
    return;
  mos_toast_show_in_preferences (self->dialog, mos_undo_toast_new (g_object_get_data (held, "text"), self->desk, batch, on_undone_cb, self));
  load (self);
}

/* What on_done_cb() says once it is done. */
static gpointer
saying (MosRetentionPage *self,
        const char *text)
{
  GObject *held = g_object_new (G_TYPE_OBJECT, NULL);

  g_object_set_data_full (held, "page", g_object_ref (self), g_object_unref);
  g_object_set_data_full (held, "text", g_strdup (text), g_free);
  return held;
}

/* --- classes --- */

static void
on_decided_cb (MosRetentionPage *self,
               guint days,
               gboolean is_on,
               MosRetentionClassPage *page)
{
  mos_desk_set_retention_async (self->desk, mos_retention_class_page_get_class (page), days, is_on, self->cancellable, on_done_cb,
                                saying (self, is_on ? _ ("Switched on: what is that old goes in seven days") : _ ("Switched off: nothing of it goes any more")));
  if (self->dialog != NULL)
    adw_preferences_dialog_pop_subpage (self->dialog);
}

static void
on_class_cb (AdwActionRow *row,
             MosRetentionPage *self)
{
  guint i = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "class"));
  MosRetentionClassPage *page;

  if (self->look == NULL || self->dialog == NULL)
    return;
  page = mos_retention_class_page_new (self->desk, self->look->rules->pdata[i]);
  g_signal_connect_object (page, "decided", G_CALLBACK (on_decided_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_dialog_push_subpage (self->dialog, ADW_NAVIGATION_PAGE (page));
}

static void
add_class (MosRetentionPage *self,
           guint i)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *next = gtk_image_new_from_icon_name ("go-next-symbolic");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), mos_retention_text_title ((MosRetentionClass) i));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), mos_retention_text_what ((MosRetentionClass) i));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  self->class_states[i] = gtk_label_new ("");
  gtk_widget_add_css_class (self->class_states[i], "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->class_states[i]);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), next);
  g_object_set_data (G_OBJECT (row), "class", GUINT_TO_POINTER (i));
  g_signal_connect_object (row, "activated", G_CALLBACK (on_class_cb), self, G_CONNECT_DEFAULT);
  adw_preferences_group_add (self->classes, row);
  self->class_rows[i] = row;
}

/* --- what goes, and what stays --- */

static void
on_keep_cb (GtkButton *button,
            MosRetentionPage *self)
{
  const char *ids[] = { g_object_get_data (G_OBJECT (button), "id"), NULL };
  gboolean keep = g_object_get_data (G_OBJECT (button), "keep") != NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  mos_desk_keep_async (self->desk, ids, keep, self->cancellable, on_done_cb, saying (self, keep ? _ ("It is kept for ever") : _ ("It goes when its time is over")));
}

static void
add_row (MosRetentionPage *self,
         AdwPreferencesGroup *group,
         GtkWidget *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
  gtk_widget_set_visible (GTK_WIDGET (group), TRUE);
}

static void
add_item (MosRetentionPage *self,
          AdwPreferencesGroup *group,
          const MosRetentionItem *item,
          gboolean is_kept)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (is_kept ? _ ("_Do Not Keep") : _ ("_Keep"));
  g_autofree char *goes = mos_retention_text_day (item->go_us);
  g_autofree char *number = g_strdup_printf ("#%" G_GINT64_FORMAT, item->number);
  g_autofree char *isolated = mos_text_isolate (number);
  /* Translators: a conversation's number, the class it is kept as, and the day it goes */
  g_autofree char *facts = is_kept ? g_strdup (isolated) : g_strdup_printf (_ ("%1$s · %2$s · goes %3$s"), isolated, mos_retention_text_title (item->retention_class), goes);
  g_autofree char *subtitle = mos_text_in_ui_direction (facts);
  const char *subject = item->conversation != NULL && *item->conversation->subject != '\0' ? item->conversation->subject : _ ("No Subject");
  /* Translators: %s is the subject of a conversation */
  g_autofree char *label = g_strdup_printf (is_kept ? _ ("Do not keep “%s”") : _ ("Keep “%s”"), subject);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), subject);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  mos_widget_set_label (button, label);
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (item->id), g_free);
  g_object_set_data (G_OBJECT (button), "keep", GUINT_TO_POINTER (!is_kept));
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_keep_cb), self, G_CONNECT_DEFAULT);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  add_row (self, group, row);
}

static void
add_receipt (MosRetentionPage *self,
             const MosRetentionReceipt *receipt)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *day = mos_retention_text_day (receipt->at_us);
  /* Translators: a day, then a class of conversations */
  g_autofree char *title = g_strdup_printf (_ ("%1$s · %2$s"), day, mos_retention_text_title (receipt->retention_class));
  g_autofree char *count = mos_retention_text_went (&receipt->count);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), count);
  add_row (self, self->receipts, row);
}

static void
clear_rows (MosRetentionPage *self)
{
  AdwPreferencesGroup *groups[] = { self->going, self->kept, self->receipts };

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (gtk_widget_get_ancestor (self->rows->pdata[i], ADW_TYPE_PREFERENCES_GROUP)), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    gtk_widget_set_visible (GTK_WIDGET (groups[i]), FALSE);
}

/* --- all of it --- */

static void
fill (MosRetentionPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean had_focus = focus != NULL && (gtk_widget_is_ancestor (focus, GTK_WIDGET (self->going)) || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->kept)));

  for (guint i = 0; i < MOS_N_RETENTION_CLASSES; i++)
    {
      const MosRetentionRule *rule = self->look->rules->pdata[i];
      g_autofree char *days = mos_retention_text_days (rule->is_on ? rule->days : 0);

      gtk_label_set_label (GTK_LABEL (self->class_states[i]), days);
    }
  clear_rows (self);
  for (guint i = 0; i < self->look->going->len; i++)
    add_item (self, self->going, self->look->going->pdata[i], FALSE);
  if (self->look->n_going > self->look->going->len)
    {
      guint left = self->look->n_going - self->look->going->len;
      g_autofree char *text = g_strdup_printf (ngettext ("And %u more", "And %u more", left), left);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
      add_row (self, self->going, row);
    }
  for (guint i = 0; i < self->look->kept->len; i++)
    add_item (self, self->kept, self->look->kept->pdata[i], TRUE);
  for (guint i = 0; i < self->look->receipts->len; i++)
    add_receipt (self, self->look->receipts->pdata[i]);
  /* The row that had the keyboard is gone. */
  if (had_focus)
    gtk_widget_grab_focus (self->class_rows[0]);
}

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosRetentionPage) self = user_data;
  g_autoptr (GError) error = NULL;
  MosRetentionLook *look = mos_desk_load_retention_finish (MOS_DESK (source), result, &error);

  self->loading = FALSE;
  if (self->desk == NULL)
    {
      g_clear_pointer (&look, mos_retention_look_unref);
      return;
    }
  if (look == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        say (self, mos_error_text (error).title);
      return;
    }
  g_clear_pointer (&self->look, mos_retention_look_unref);
  self->look = look;
  fill (self);
  if (self->load_again)
    load (self);
}

static void
load (MosRetentionPage *self)
{
  self->load_again = self->loading;
  if (self->loading)
    return;
  self->loading = TRUE;
  mos_desk_load_retention_async (self->desk, self->cancellable, on_loaded_cb, g_object_ref (self));
}

static void
on_changed_cb (MosRetentionPage *self,
               MosChangeSet *changes)
{
  if (changes->due_changed || changes->conversations->len > 0)
    load (self);
}

static void
mos_retention_page_dispose (GObject *object)
{
  MosRetentionPage *self = MOS_RETENTION_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_weak_pointer (&self->dialog);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_retention_page_parent_class)->dispose (object);
}

static void
mos_retention_page_finalize (GObject *object)
{
  MosRetentionPage *self = MOS_RETENTION_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->look, mos_retention_look_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (mos_retention_page_parent_class)->finalize (object);
}

static void
mos_retention_page_class_init (MosRetentionPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_retention_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_retention_page_finalize;
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

static void
mos_retention_page_init (MosRetentionPage *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());

  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  self->classes = add_group (page, _ ("Kept for"), _ ("What is done with goes for good when its time is over. What is open or snoozed, waits for its time or has something unsent stays. Customers of whom nothing else is left go along."));
  for (guint i = 0; i < MOS_N_RETENTION_CLASSES; i++)
    add_class (self, i);
  self->going = add_group (page, _ ("Goes Next"), _ ("Keep what is still needed: once gone, it does not come back."));
  self->kept = add_group (page, _ ("Kept by You"), NULL);
  self->receipts = add_group (page, _ ("What Went"), NULL);
  clear_rows (self);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (page));
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _ ("How Long Things Are Kept"));
}

MosRetentionPage *
mos_retention_page_new (MosDesk *desk,
                        AdwPreferencesDialog *dialog)
{
  MosRetentionPage *self = g_object_new (MOS_TYPE_RETENTION_PAGE, NULL);

  self->desk = g_object_ref (desk);
  g_set_weak_pointer (&self->dialog, dialog);
  g_signal_connect_object (mos_desk_get_store (desk), "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  load (self);
  return self;
}
