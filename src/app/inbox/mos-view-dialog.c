/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-view-dialog.h"

#include "app/application/mos-error-text.h"
#include "app/inbox/mos-query-words.h"
#include "core/base/mos-id.h"

#include <glib/gi18n.h>

struct _MosViewDialog
{
  AdwDialog parent_instance;

  /* Template children */
  AdwPreferencesGroup *query_group;
  AdwEntryRow *name_row;
  AdwEntryRow *query_row;
  AdwSwitchRow *shared_row;
  GtkLabel *hint_label;
  AdwComboRow *sort_row;
  AdwComboRow *grouping_row;
  AdwPreferencesGroup *parts_group;
  GtkWidget *save_button;

  /* Owned */
  MosDesk *desk;
  MosView *view;       /* (nullable): a new one */
  MosSavedView *saved; /* (nullable): what it was before */
  GPtrArray *parts;    /* AdwSwitchRow (borrowed), in the order of the bits */
};

enum
{
  SAVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosViewDialog, mos_view_dialog, ADW_TYPE_DIALOG)

/* In the order of MosViewSort, MosViewGrouping and MosRowParts. */
static const char *const sort_names[] = {
  N_ ("Newest message first"),
  N_ ("Oldest message first"),
  N_ ("Newest conversation first"),
  N_ ("Oldest conversation first"),
  N_ ("Waiting longest first"),
  N_ ("Back from snooze first"),
  N_ ("Most urgent first"),
  N_ ("Due first"),
  /* Translators: an order of a list: of chats that wait, those come first which the service lets the shop answer for the shortest time. */
  N_ ("Time for an answer ends first"),
};
static const char *const grouping_names[] = { N_ ("None"), N_ ("By day"), N_ ("By waiting time") };
static const char *const part_names[] = {
  N_ ("Picture"),
  N_ ("Beginning of the newest message"),
  N_ ("Tags"),
  N_ ("How long the customer waits"),
  N_ ("Who looks after it"),
  N_ ("Account"),
  N_ ("Number"),
  N_ ("Language"),
};

static MosViewLook
get_look (MosViewDialog *self)
{
  MosViewLook look = { (MosViewSort) adw_combo_row_get_selected (self->sort_row), (MosViewGrouping) adw_combo_row_get_selected (self->grouping_row), 0 };

  for (guint i = 0; i < self->parts->len; i++)
    if (adw_switch_row_get_active (self->parts->pdata[i]))
      look.parts |= 1u << i;
  return look;
}

static void
set_look (MosViewDialog *self,
          MosViewLook look)
{
  adw_combo_row_set_selected (self->sort_row, look.sort);
  adw_combo_row_set_selected (self->grouping_row, look.grouping);
  for (guint i = 0; i < self->parts->len; i++)
    adw_switch_row_set_active (self->parts->pdata[i], (look.parts & (1u << i)) != 0);
}

/* What is no operator is looked for as text: say so, it may be a slip. */
static void
update_hint (MosViewDialog *self)
{
  g_autofree char *hint = mos_query_words_hint (gtk_editable_get_text (GTK_EDITABLE (self->query_row)), G_MAXSIZE);

  gtk_label_set_label (self->hint_label, hint != NULL ? hint : _ ("As in the search, for example: status:open tag:refund -assignee:none older:2d"));
}

static void
on_changed_cb (MosViewDialog *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));

  gtk_widget_set_sensitive (self->save_button, *name != '\0' || (self->view != NULL && self->saved == NULL));
  update_hint (self);
}

/* Headings need their order: those that fit are offered with it. */
static void
on_sort_cb (MosViewDialog *self)
{
  MosViewLook look, settled;

  if (self->parts == NULL)
    return;
  look = get_look (self);
  settled = mos_view_look_settle (look);
  if (settled.grouping != look.grouping)
    adw_combo_row_set_selected (self->grouping_row, look.sort == MOS_SORT_WAITING ? MOS_GROUPING_WAITING : MOS_GROUPING_NONE);
}

static void
on_written_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (MosViewDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;

  if (!mos_desk_action_finish (MOS_DESK (source), result, NULL, &error))
    {
      gtk_label_set_label (self->hint_label, mos_error_text (error).title);
      gtk_widget_set_visible (GTK_WIDGET (self->hint_label), TRUE);
      return;
    }
  key = mos_view_get_key (self->view);
  g_signal_emit (self, signals[SAVED], 0, key);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_save_cb (MosViewDialog *self)
{
  g_autoptr (MosSavedView) saved = NULL;
  MosViewLook look = mos_view_look_settle (get_look (self));
  MosAgent *me = mos_desk_get_agent (self->desk);

  if (self->view != NULL && self->view->kind != MOS_VIEW_SAVED)
    {
      mos_desk_set_look_async (self->desk, self->view, &look, NULL, on_written_cb, g_object_ref (self));
      return;
    }

  saved = self->saved != NULL ? mos_saved_view_copy (self->saved) : mos_saved_view_new ();
  if (saved->id == NULL)
    {
      saved->id = mos_id_new (g_get_real_time ());
      self->view = mos_view_make (MOS_VIEW_SAVED, saved->id);
    }
  g_set_str (&saved->name, gtk_editable_get_text (GTK_EDITABLE (self->name_row)));
  g_free (saved->query);
  saved->query = mos_query_words_store (gtk_editable_get_text (GTK_EDITABLE (self->query_row)), G_MAXSIZE);
  g_set_str (&saved->agent, adw_switch_row_get_active (self->shared_row) || me == NULL ? NULL : me->id);
  saved->look = look;
  mos_desk_save_view_async (self->desk, saved, NULL, on_written_cb, g_object_ref (self));
}

static GListModel *
make_names (const char *const *names,
            gsize n)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  for (gsize i = 0; i < n; i++)
    gtk_string_list_append (list, _ (names[i]));
  return G_LIST_MODEL (list);
}

static void
mos_view_dialog_dispose (GObject *object)
{
  MosViewDialog *self = MOS_VIEW_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), MOS_TYPE_VIEW_DIALOG);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->view, mos_view_unref);
  g_clear_pointer (&self->saved, mos_saved_view_unref);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_view_dialog_parent_class)->dispose (object);
}

static void
mos_view_dialog_class_init (MosViewDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_view_dialog_dispose;

  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-view-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosViewDialog, query_group);
  gtk_widget_class_bind_template_child (widget_class, MosViewDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, MosViewDialog, query_row);
  gtk_widget_class_bind_template_child (widget_class, MosViewDialog, shared_row);
  gtk_widget_class_bind_template_child (widget_class, MosViewDialog, hint_label);
  gtk_widget_class_bind_template_child (widget_class, MosViewDialog, sort_row);
  gtk_widget_class_bind_template_child (widget_class, MosViewDialog, grouping_row);
  gtk_widget_class_bind_template_child (widget_class, MosViewDialog, parts_group);
  gtk_widget_class_bind_template_child (widget_class, MosViewDialog, save_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_sort_cb);
}

static void
mos_view_dialog_init (MosViewDialog *self)
{
  g_autoptr (GListModel) sorts = make_names (sort_names, G_N_ELEMENTS (sort_names));
  g_autoptr (GListModel) groupings = make_names (grouping_names, G_N_ELEMENTS (grouping_names));

  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_model (self->sort_row, sorts);
  adw_combo_row_set_model (self->grouping_row, groupings);
  self->parts = g_ptr_array_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (part_names); i++)
    {
      GtkWidget *row = adw_switch_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (part_names[i]));
      adw_preferences_group_add (self->parts_group, row);
      g_ptr_array_add (self->parts, row);
    }
}

MosViewDialog *
mos_view_dialog_new (MosDesk *desk,
                     MosView *view,
                     const char *query)
{
  MosViewDialog *self = g_object_new (MOS_TYPE_VIEW_DIALOG, NULL);
  MosSavedView *saved = view != NULL && view->kind == MOS_VIEW_SAVED ? mos_desk_find_view (desk, view->argument) : NULL;
  gboolean is_made = view == NULL || view->kind == MOS_VIEW_SAVED;

  self->desk = g_object_ref (desk);
  self->view = view != NULL ? mos_view_ref (view) : NULL;
  self->saved = saved != NULL ? mos_saved_view_ref (saved) : NULL;
  adw_dialog_set_title (ADW_DIALOG (self), view == NULL ? _ ("New View") : _ ("Change View"));
  gtk_widget_set_visible (GTK_WIDGET (self->query_group), is_made);
  gtk_widget_set_visible (GTK_WIDGET (self->hint_label), is_made);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), saved != NULL ? saved->name : "");
  gtk_editable_set_text (GTK_EDITABLE (self->query_row), saved != NULL ? saved->query : query != NULL ? query
                                                                                                      : "");
  adw_switch_row_set_active (self->shared_row, saved != NULL && saved->agent == NULL);
  set_look (self, view != NULL ? mos_desk_get_look (desk, view) : mos_view_look_default (MOS_VIEW_ALL_OPEN));
  if (is_made)
    adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->name_row));
  on_changed_cb (self);
  return self;
}
