/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-team-dialog.h"

#include "app/application/mos-error-text.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-toast-show.h"
#include "app/widgets/mos-undo-toast.h"

#include <glib/gi18n.h>

struct _MosTeamDialog
{
  AdwPreferencesDialog parent_instance;

  AdwPreferencesGroup *group; /* owned by the tree */
  GPtrArray *rows;            /* (borrowed rows) */

  /* Owned */
  MosDesk *desk;
  char *expanded; /* (nullable): id of the agent whose row is open */
};

G_DEFINE_FINAL_TYPE (MosTeamDialog, mos_team_dialog, ADW_TYPE_PREFERENCES_DIALOG)

static void
show_problem (MosTeamDialog *self,
              const GError *error)
{
  AdwToast *toast = adw_toast_new ("");

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID) ? _ ("A person needs a name of their own") : mos_error_text (error).title);
  mos_toast_show_in_preferences (ADW_PREFERENCES_DIALOG (self), toast);
}

static void
on_done_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (MosTeamDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mos_desk_action_finish (MOS_DESK (source), result, NULL, &error))
    show_problem (self, error);
}

static MosAgent *
find_agent (MosTeamDialog *self,
            const char *id)
{
  GPtrArray *agents = mos_desk_get_agents (self->desk);

  for (guint i = 0; i < agents->len; i++)
    if (g_str_equal (((MosAgent *) agents->pdata[i])->id, id))
      return agents->pdata[i];
  return NULL;
}

/* One field of one agent, named by the row's data. */
static void
on_apply_cb (MosTeamDialog *self,
             AdwEntryRow *row)
{
  MosAgent *agent = find_agent (self, g_object_get_data (G_OBJECT (row), "agent"));
  const char *field = g_object_get_data (G_OBJECT (row), "field");
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
  g_autoptr (MosAgent) changed = mos_agent_new ();

  if (agent == NULL)
    return;
  g_object_set_data (G_OBJECT (row), "applied", GINT_TO_POINTER (TRUE));
  changed->id = g_strdup (agent->id);
  changed->is_me = agent->is_me;
  changed->name = g_strdup (g_str_equal (field, "name") ? text : agent->name);
  changed->signature = g_strdup (g_str_equal (field, "signature") ? text : agent->signature);
  changed->language = g_strdup (g_str_equal (field, "language") ? text : agent->language);
  if (changed->language != NULL && *changed->language == '\0')
    g_clear_pointer (&changed->language, g_free);
  mos_desk_save_agent_async (self->desk, changed, NULL, on_done_cb, g_object_ref (self));
}

static void
on_use_cb (GtkButton *button,
           MosTeamDialog *self)
{
  mos_desk_use_agent_async (self->desk, g_object_get_data (G_OBJECT (button), "agent"), NULL, on_done_cb, g_object_ref (self));
}

static void
on_undone_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosTeamDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *nick = mos_desk_undo_finish (MOS_DESK (source), result, &error);

  if (error != NULL)
    show_problem (self, error);
}

static void
on_removed_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (MosTeamDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;
  AdwToast *toast;

  if (!mos_desk_action_finish (MOS_DESK (source), result, &batch, &error))
    {
      show_problem (self, error);
      return;
    }
  /* Translators: a person who works at the desk */
  toast = mos_undo_toast_new (_ ("Person removed; what they did keeps their name"), self->desk, batch, on_undone_cb, self);
  mos_toast_show_in_preferences (ADW_PREFERENCES_DIALOG (self), toast);
}

static void
on_remove_cb (GtkButton *button,
              MosTeamDialog *self)
{
  mos_desk_remove_agent_async (self->desk, g_object_get_data (G_OBJECT (button), "agent"), NULL, on_removed_cb, g_object_ref (self));
}

static void
on_add_cb (MosTeamDialog *self,
           AdwEntryRow *row)
{
  g_autoptr (MosAgent) agent = mos_agent_new ();

  g_object_set_data (G_OBJECT (row), "applied", GINT_TO_POINTER (TRUE));
  agent->name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)));
  agent->signature = g_strdup ("");
  mos_desk_save_agent_async (self->desk, agent, NULL, on_done_cb, g_object_ref (self));
}

static void
on_expanded_cb (AdwExpanderRow *row,
                GParamSpec *pspec,
                MosTeamDialog *self)
{
  const char *id = g_object_get_data (G_OBJECT (row), "agent");

  if (adw_expander_row_get_expanded (row))
    g_set_str (&self->expanded, id);
  else if (g_strcmp0 (self->expanded, id) == 0)
    g_clear_pointer (&self->expanded, g_free);
}

/* Rows are made anew with every change: by this the keyboard finds its way back. @agent: (nullable) */
static void
set_key (GtkWidget *widget,
         MosAgent *agent,
         const char *what)
{
  g_object_set_data_full (G_OBJECT (widget), "key", g_strdup_printf ("%s/%s", agent != NULL ? agent->id : "", what), g_free);
}

static void
add_field (MosTeamDialog *self,
           AdwExpanderRow *parent,
           MosAgent *agent,
           const char *field,
           const char *title,
           const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  g_object_set_data_full (G_OBJECT (row), "agent", g_strdup (agent->id), g_free);
  g_object_set_data (G_OBJECT (row), "field", (gpointer) field);
  set_key (row, agent, field);
  g_signal_connect_object (row, "apply", G_CALLBACK (on_apply_cb), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (parent, row);
}

static void
add_button (MosTeamDialog *self,
            AdwExpanderRow *row,
            MosAgent *agent,
            GtkWidget *button,
            const char *what,
            const char *label)
{
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  /* What is read on it says not of whom. */
  mos_widget_set_label (button, label);
  g_object_set_data_full (G_OBJECT (button), "agent", g_strdup (agent->id), g_free);
  set_key (button, agent, what);
  adw_expander_row_add_suffix (row, button);
}

static void
add_agent (MosTeamDialog *self,
           MosAgent *agent)
{
  GtkWidget *row = adw_expander_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), agent->name);
  g_object_set_data_full (G_OBJECT (row), "agent", g_strdup (agent->id), g_free);
  set_key (row, agent, "row");
  add_field (self, ADW_EXPANDER_ROW (row), agent, "name", _ ("Name"), agent->name);
  add_field (self, ADW_EXPANDER_ROW (row), agent, "signature", _ ("Signature"), agent->signature);
  add_field (self, ADW_EXPANDER_ROW (row), agent, "language", _ ("Language of New Messages (Code, Such as “es”)"), agent->language);
  if (agent->is_me)
    adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), _ ("Sits here now"));
  else
    {
      /* Not radio buttons: the others of a group are out of reach for the keyboard in a list. */
      GtkWidget *use = gtk_button_new_with_mnemonic (_ ("Sit _Here"));
      GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
      /* Translators: %s is the name of a person. */
      g_autofree char *use_label = g_strdup_printf (_ ("%s sits here"), agent->name);
      /* Translators: %s is the name of a person. */
      g_autofree char *remove_label = g_strdup_printf (_ ("Remove %s"), agent->name);

      add_button (self, ADW_EXPANDER_ROW (row), agent, use, "use", use_label);
      g_signal_connect_object (use, "clicked", G_CALLBACK (on_use_cb), self, 0);
      gtk_widget_add_css_class (remove, "flat");
      gtk_widget_set_tooltip_text (remove, _ ("Remove"));
      add_button (self, ADW_EXPANDER_ROW (row), agent, remove, "remove", remove_label);
      g_signal_connect_object (remove, "clicked", G_CALLBACK (on_remove_cb), self, 0);
    }
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), g_strcmp0 (self->expanded, agent->id) == 0);
  g_signal_connect_object (row, "notify::expanded", G_CALLBACK (on_expanded_cb), self, 0);
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
}

static GtkWidget *
find_key (GtkWidget *widget,
          const char *key)
{
  GtkWidget *found = NULL;

  if (g_strcmp0 (g_object_get_data (G_OBJECT (widget), "key"), key) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_key (child, key);
  return found;
}

/* Which of the rows has the keyboard, and what is written there and not applied yet. Returns: (transfer full) (nullable): its key */
static char *
dup_focus (MosTeamDialog *self,
           char **ret_typed)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *widget = root != NULL ? gtk_root_get_focus (root) : NULL;

  *ret_typed = NULL;
  if (widget == NULL || !gtk_widget_is_ancestor (widget, GTK_WIDGET (self->group)))
    return NULL;
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      const char *key = g_object_get_data (G_OBJECT (widget), "key");

      if (key == NULL)
        continue;
      if (ADW_IS_ENTRY_ROW (widget) && g_object_get_data (G_OBJECT (widget), "applied") == NULL)
        *ret_typed = g_strdup (gtk_editable_get_text (GTK_EDITABLE (widget)));
      return g_strdup (key);
    }
  return NULL;
}

static void
rebuild (MosTeamDialog *self)
{
  GPtrArray *agents = mos_desk_get_agents (self->desk);
  g_autoptr (GPtrArray) old = self->rows;
  GtkWidget *add, *again = NULL;
  g_autofree char *key = NULL;
  g_autofree char *typed = NULL;

  key = dup_focus (self, &typed);
  self->rows = g_ptr_array_new ();
  for (guint i = 0; i < agents->len; i++)
    add_agent (self, agents->pdata[i]);
  add = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (add), _ ("Add a Person"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (add), TRUE);
  g_signal_connect_object (add, "apply", G_CALLBACK (on_add_cb), self, G_CONNECT_SWAPPED);
  set_key (add, NULL, "add");
  adw_preferences_group_add (self->group, add);
  g_ptr_array_add (self->rows, add);

  for (guint i = 0; key != NULL && i < self->rows->len && again == NULL; i++)
    again = find_key (self->rows->pdata[i], key);
  /* Who was removed, or sits here now, has no such button: the keyboard goes to the first of them, who that is. */
  if (key != NULL && (again == NULL || !gtk_widget_grab_focus (again)))
    gtk_widget_child_focus (self->rows->pdata[0], GTK_DIR_TAB_FORWARD);
  else if (typed != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (again), typed);
      gtk_editable_set_position (GTK_EDITABLE (again), -1);
    }
  /* Only now: where what has the keyboard is taken away, GTK puts it somewhere by itself after the next frame. */
  for (guint i = 0; i < old->len; i++)
    adw_preferences_group_remove (self->group, old->pdata[i]);
}

static void
mos_team_dialog_dispose (GObject *object)
{
  MosTeamDialog *self = MOS_TEAM_DIALOG (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->expanded, g_free);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_team_dialog_parent_class)->dispose (object);
}

static void
mos_team_dialog_class_init (MosTeamDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_team_dialog_dispose;
}

static void
mos_team_dialog_init (MosTeamDialog *self)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());

  self->rows = g_ptr_array_new ();
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_description (self->group, _ ("Each person has views, a signature and unread mail of their own. A note that says “@” and a name calls that person."));
  adw_preferences_page_add (page, self->group);
  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (self), page);
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Team"));
}

MosTeamDialog *
mos_team_dialog_new (MosDesk *desk)
{
  MosTeamDialog *self = g_object_new (MOS_TYPE_TEAM_DIALOG, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "views-changed", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  rebuild (self);
  return self;
}
