/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-mailbox-group.h"

#include "app/application/mos-error-text.h"
#include "app/conversation/mos-attachment-chip.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"

#include <glib/gi18n.h>

/* So many of what is missing are named one by one. */
#define MAX_MISSING 50

struct _MosMailboxGroup
{
  AdwPreferencesGroup parent_instance;

  AdwActionRow *ledger_row;
  AdwActionRow *audit_row;
  AdwExpanderRow *missing_row;
  AdwExpanderRow *folders_row;
  GtkWidget *check_button;

  /* Owned */
  MosDesk *desk;
  MosAccountItem *item;
  GCancellable *cancellable;
  GPtrArray *missing_rows; /* (element-type GtkWidget) */
  GPtrArray *folder_rows;  /* (element-type GtkWidget) */
  char *shown_folders;     /* (nullable): what the switches were made from */

  gboolean filling;
};

G_DEFINE_FINAL_TYPE (MosMailboxGroup, mos_mailbox_group, ADW_TYPE_PREFERENCES_GROUP)

static void load (MosMailboxGroup *self);

/* --- words --- */

char *
mos_ledger_text (MosLedger *ledger)
{
  g_autofree char *server = g_strdup_printf ("%'" G_GUINT64_FORMAT, ledger->server);
  g_autofree char *here = g_strdup_printf ("%'" G_GUINT64_FORMAT, ledger->here);
  g_autofree char *quarantined = g_strdup_printf ("%'" G_GUINT64_FORMAT, ledger->quarantined);
  g_autofree char *missing = g_strdup_printf ("%'" G_GUINT64_FORMAT, ledger->missing);
  g_autofree char *erased = g_strdup_printf ("%'" G_GUINT64_FORMAT, ledger->erased);
  g_autofree char *coming = g_strdup_printf ("%'" G_GUINT64_FORMAT, ledger->coming);
  GString *text = g_string_new (NULL);

  /* Translators: three numbers of messages: all that are on the server are so many here and so many in quarantine. */
  g_string_printf (text, _ ("On the server %1$s = %2$s here + %3$s in quarantine"), server, here, quarantined);
  if (ledger->missing > 0)
    /* Translators: goes on after "On the server 9 = 7 here + 1 in quarantine"; a number of messages. */
    g_string_append_printf (text, _ (" + %s could not be fetched"), missing);
  if (ledger->erased > 0)
    /* Translators: goes on after "On the server 9 = 7 here + 1 in quarantine"; a number of messages. */
    g_string_append_printf (text, _ (" + %s deleted here for good"), erased);
  if (ledger->coming > 0)
    /* Translators: goes on after "On the server 9 = 7 here + 1 in quarantine"; a number of messages. */
    g_string_append_printf (text, _ (" + %s still to be fetched"), coming);
  if (ledger->copies > 0)
    {
      g_autofree char *copies = g_strdup_printf ("%'" G_GUINT64_FORMAT, ledger->copies);

      g_string_append_c (text, '\n');
      /* Translators: a number of messages that lie on the server more than once. */
      g_string_append_printf (text, ngettext ("%s is a second copy of a mail that is in another folder too.", "%s are second copies of mail that is in another folder too.", ledger->copies), copies);
    }
  return g_string_free (text, FALSE);
}

const char *
mos_missing_text (const char *why)
{
  if (g_strcmp0 (why, "refused") == 0)
    return _ ("The mail server refuses to hand this mail out. It is asked again by itself, with growing pauses.");
  return _ ("The mail server lists this mail, but gives nothing when asked for it. It is asked again by itself, with growing pauses.");
}

static char *
audit_text (MosLedger *ledger)
{
  g_autofree char *when = NULL;
  GString *text;

  if (ledger->audit_us == 0)
    return g_strdup (_ ("Not compared with the server yet."));
  when = mos_time_text_relative (ledger->audit_us, g_get_real_time (), NULL);
  if (ledger->unaccounted > 0)
    {
      g_autofree char *number = g_strdup_printf ("%'" G_GUINT64_FORMAT, ledger->unaccounted);

      /* Translators: a time such as "5 min ago", and a number of messages. */
      return g_strdup_printf (ngettext ("Compared %1$s: %2$s message is not accounted for. Check again; if it stays so, please report it.",
                                        "Compared %1$s: %2$s messages are not accounted for. Check again; if it stays so, please report it.", ledger->unaccounted),
                              when, number);
    }
  text = g_string_new (NULL);
  if (ledger->added + ledger->removed == 0)
    /* Translators: %s is a time, such as "5 min ago". */
    g_string_printf (text, _ ("Compared message by message %s: nothing is missing."), when);
  else
    {
      g_autofree char *number = g_strdup_printf ("%'" G_GUINT64_FORMAT, ledger->added + ledger->removed);

      /* Translators: a time such as "5 min ago", and a number of differences. */
      g_string_printf (text, ngettext ("Compared message by message %1$s: %2$s difference was put right.", "Compared message by message %1$s: %2$s differences were put right.", ledger->added + ledger->removed), when, number);
    }
  if (ledger->detail != NULL)
    {
      g_autofree char *folders = mos_text_isolate (ledger->detail);

      g_string_append_c (text, ' ');
      /* Translators: %s are names of mail folders. */
      g_string_append_printf (text, _ ("These folders could not be opened: %s."), folders);
    }
  return g_string_free (text, FALSE);
}

static const char *
folder_hint (MosFolderRow *row)
{
  if (!row->listed)
    return _ ("Not on the server any more. Its mail is kept here.");

  switch (row->role)
    {
    case MOS_FOLDER_JUNK:
      return _ ("What the server holds for spam goes to the quarantine. Moved out of it on the server, it is released.");
    case MOS_FOLDER_TRASH:
      return _ ("Mail that somebody deleted.");
    case MOS_FOLDER_INBOX:
    case MOS_FOLDER_SENT:
      return _ ("Always followed.");
    case MOS_FOLDER_ARCHIVE:
    case MOS_FOLDER_DRAFTS:
    case MOS_FOLDER_OTHER:
    default:
      return NULL;
    }
}

/* --- showing --- */

static void
clear_rows (AdwExpanderRow *expander,
            GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_expander_row_remove (expander, rows->pdata[i]);
  g_ptr_array_set_size (rows, 0);
}

static void
show_missing (MosMailboxGroup *self,
              MosLedger *ledger)
{
  g_autofree char *title = NULL;

  clear_rows (self->missing_row, self->missing_rows);
  gtk_widget_set_visible (GTK_WIDGET (self->missing_row), ledger->missing_list->len > 0);
  title = g_strdup_printf (ngettext ("%u message could not be fetched", "%u messages could not be fetched", ledger->missing_list->len), ledger->missing_list->len);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->missing_row), title);
  for (guint i = 0; i < ledger->missing_list->len && i < MAX_MISSING; i++)
    {
      MosMissing *missing = g_ptr_array_index (ledger->missing_list, i);
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *since = mos_time_text_relative (missing->since_us, g_get_real_time (), NULL);
      g_autofree char *folder = mos_text_isolate (missing->folder);
      g_autofree char *name = NULL;
      g_autofree char *text = NULL;

      /* Translators: a mail folder, and a time such as "5 min ago". */
      name = g_strdup_printf (_ ("In %1$s, since %2$s"), folder, since);
      text = missing->detail != NULL ? g_strdup_printf ("%s\n%s", mos_missing_text (missing->why), missing->detail) : g_strdup (mos_missing_text (missing->why));
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
      adw_expander_row_add_row (self->missing_row, row);
      g_ptr_array_add (self->missing_rows, row);
    }
}

/* Says so above the rows until the next try, and shows again what is kept. */
static void
show_failure (MosMailboxGroup *self,
              const GError *error)
{
  MosErrorText words = mos_error_text (error);
  g_autofree char *detail = g_strchomp (g_strdup_printf ("%s %s", words.sentence, words.step));

  if (self->item == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_pointer (&self->shown_folders, g_free);
  load (self);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), detail);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), detail, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
on_followed_cb (GObject *source,
                GAsyncResult *result,
                gpointer user_data)
{
  g_autoptr (MosMailboxGroup) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mos_desk_action_finish (MOS_DESK (source), result, NULL, &error))
    show_failure (self, error);
  else if (self->item != NULL)
    mos_desk_sync_now (self->desk, mos_account_item_get_account (self->item)->id);
}

static void
on_switched_cb (MosMailboxGroup *self,
                GParamSpec *pspec,
                AdwSwitchRow *row)
{
  if (self->filling)
    return;
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), NULL);
  mos_desk_follow_folder_async (self->desk, g_object_get_data (G_OBJECT (row), "folder"), adw_switch_row_get_active (row), NULL, on_followed_cb, g_object_ref (self));
}

static void
show_folders (MosMailboxGroup *self,
              GPtrArray *folders)
{
  g_autoptr (GString) shown = g_string_new (NULL);
  guint followed = 0;
  g_autofree char *subtitle = NULL;

  for (guint i = 0; i < folders->len; i++)
    {
      MosFolderRow *row = g_ptr_array_index (folders, i);

      g_string_append_printf (shown, "%s %s %d %d %d\n", row->id, row->title, row->listed, row->chosen, (int) row->role);
      followed += row->role == MOS_FOLDER_INBOX || row->role == MOS_FOLDER_SENT || row->chosen;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->folders_row), folders->len > 0);
  subtitle = g_strdup_printf (ngettext ("%u folder is followed", "%u folders are followed", followed), followed);
  adw_expander_row_set_subtitle (self->folders_row, subtitle);
  /* Made anew only when they differ: the person may be on one of them. */
  if (!g_set_str (&self->shown_folders, shown->str))
    return;

  self->filling = TRUE;
  clear_rows (self->folders_row, self->folder_rows);
  for (guint i = 0; i < folders->len; i++)
    {
      MosFolderRow *row = g_ptr_array_index (folders, i);
      gboolean is_always = row->role == MOS_FOLDER_INBOX || row->role == MOS_FOLDER_SENT;
      const char *hint = folder_hint (row);
      GtkWidget *widget;

      if ((!row->listed && !row->chosen) || row->role == MOS_FOLDER_DRAFTS)
        continue;
      widget = adw_switch_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (widget), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), *row->title != '\0' ? row->title : row->name);
      if (hint != NULL)
        adw_action_row_set_subtitle (ADW_ACTION_ROW (widget), hint);
      adw_switch_row_set_active (ADW_SWITCH_ROW (widget), is_always || row->chosen);
      gtk_widget_set_sensitive (widget, !is_always);
      g_object_set_data_full (G_OBJECT (widget), "folder", g_strdup (row->id), g_free);
      g_signal_connect_object (widget, "notify::active", G_CALLBACK (on_switched_cb), self, G_CONNECT_SWAPPED);
      adw_expander_row_add_row (self->folders_row, widget);
      g_ptr_array_add (self->folder_rows, widget);
    }
  self->filling = FALSE;
}

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosMailboxGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosMailbox) mailbox = mos_desk_load_mailbox_finish (MOS_DESK (source), result, &error);
  g_autofree char *ledger = NULL;
  g_autofree char *audit = NULL;

  if (self->item == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (mailbox == NULL)
    {
      adw_action_row_set_subtitle (self->ledger_row, mos_error_text (error).sentence);
      return;
    }
  /* Before the first sync, and in the sample shop, there are no figures to speak of. */
  if (mailbox->ledger->server + mailbox->ledger->here + mailbox->ledger->quarantined == 0 && mailbox->ledger->audit_us == 0)
    ledger = g_strdup (_ ("No mail was fetched from the server yet."));
  else
    ledger = mos_ledger_text (mailbox->ledger);
  audit = audit_text (mailbox->ledger);
  adw_action_row_set_subtitle (self->ledger_row, ledger);
  adw_action_row_set_subtitle (self->audit_row, audit);
  show_missing (self, mailbox->ledger);
  show_folders (self, mailbox->folders);
}

static void
load (MosMailboxGroup *self)
{
  if (self->item != NULL)
    mos_desk_load_mailbox_async (self->desk, mos_account_item_get_account (self->item)->id, self->cancellable, on_loaded_cb, g_object_ref (self));
}

static void
on_audit_wanted_cb (GObject *source,
                    GAsyncResult *result,
                    gpointer user_data)
{
  g_autoptr (MosMailboxGroup) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mos_desk_action_finish (MOS_DESK (source), result, NULL, &error))
    show_failure (self, error);
  else if (self->item != NULL)
    mos_desk_sync_now (self->desk, mos_account_item_get_account (self->item)->id);
}

static void
on_check_cb (MosMailboxGroup *self)
{
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), NULL);
  mos_desk_audit_async (self->desk, mos_account_item_get_account (self->item)->id, NULL, on_audit_wanted_cb, g_object_ref (self));
  adw_action_row_set_subtitle (self->audit_row, _ ("Comparing…"));
}

static GtkWidget *
add_button (MosMailboxGroup *self,
            const char *label)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_check_cb), self, G_CONNECT_SWAPPED);
  return button;
}

/* --- GObject --- */

static void
mos_mailbox_group_dispose (GObject *object)
{
  MosMailboxGroup *self = MOS_MAILBOX_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->item);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_mailbox_group_parent_class)->dispose (object);
}

static void
mos_mailbox_group_finalize (GObject *object)
{
  MosMailboxGroup *self = MOS_MAILBOX_GROUP (object);

  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->missing_rows);
  g_ptr_array_unref (self->folder_rows);
  g_free (self->shown_folders);
  G_OBJECT_CLASS (mos_mailbox_group_parent_class)->finalize (object);
}

static void
mos_mailbox_group_class_init (MosMailboxGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_mailbox_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_mailbox_group_finalize;
}

static void
mos_mailbox_group_init (MosMailboxGroup *self)
{
  self->cancellable = g_cancellable_new ();
  self->missing_rows = g_ptr_array_new ();
  self->folder_rows = g_ptr_array_new ();

  self->ledger_row = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->ledger_row), _ ("Messages"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->ledger_row), FALSE);
  adw_action_row_set_subtitle_selectable (self->ledger_row, TRUE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->ledger_row));

  self->audit_row = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->audit_row), _ ("Comparison with the Server"));
  /* Names of folders come to stand in it. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->audit_row), FALSE);
  self->check_button = add_button (self, _ ("_Check Now"));
  adw_action_row_add_suffix (self->audit_row, self->check_button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->audit_row));

  self->missing_row = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_expander_row_add_suffix (self->missing_row, add_button (self, _ ("_Try Again")));
  gtk_widget_set_visible (GTK_WIDGET (self->missing_row), FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->missing_row));

  self->folders_row = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->folders_row), _ ("Folders"));
  gtk_widget_set_visible (GTK_WIDGET (self->folders_row), FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->folders_row));
}

void
mos_mailbox_group_set_account (MosMailboxGroup *self,
                               MosDesk *desk,
                               MosAccountItem *item)
{
  g_return_if_fail (MOS_IS_MAILBOX_GROUP (self));
  g_return_if_fail (self->item == NULL);

  self->desk = g_object_ref (desk);
  self->item = g_object_ref (item);
  g_signal_connect_object (item, "notify::status", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  load (self);
}
