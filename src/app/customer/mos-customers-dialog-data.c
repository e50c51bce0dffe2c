/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-customer"

#include "config.h"

#include "app/customer/mos-customers-dialog-private.h"

#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-text-direction.h"
#include "core/base/mos-phone.h"
#include "core/desk/mos-person-export.h"

#include <glib/gi18n.h>

/* What the law wants: all that is known of a person as a file, and its erasure. */

/* So many conversations are named; the rest is counted. */
#define MAX_NUMBERS 20

typedef struct
{
  MosCustomersDialog *self; /* (owned) */
  char *id;
  char *title;
  GPtrArray *values; /* (owned): of char *: addresses and numbers */
  GtkWidget *entry;  /* owned by its dialog */
  AdwAlertDialog *dialog;
} Person;

static Person *
person_new (MosCustomersDialog *self,
            MosCustomerPage *page)
{
  Person *person = g_new0 (Person, 1);
  g_autoptr (MosCustomerRow) row = mos_customer_page_dup_row (page);

  person->self = g_object_ref (self);
  person->id = g_strdup (mos_customer_page_get_id (page));
  person->title = g_strdup (adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (page)));
  person->values = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; row != NULL && row->identities != NULL && i < row->identities->len; i++)
    {
      const MosIdentity *identity = row->identities->pdata[i];

      if (*identity->value != '\0' && !g_str_equal (identity->value, person->title))
        g_ptr_array_add (person->values, g_strdup (identity->value));
    }
  return person;
}

static void
person_free (Person *person)
{
  g_object_unref (person->self);
  g_free (person->id);
  g_free (person->title);
  g_ptr_array_unref (person->values);
  g_free (person);
}

static void
person_closure_free (gpointer data,
                     GClosure *closure)
{
  person_free (data);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Person, person_free)

/* --- export --- */

static void
on_exported_cb (GObject *source,
                GAsyncResult *result,
                gpointer user_data)
{
  g_autoptr (MosCustomersDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  guint conversations, files, damaged;

  if (!mos_job_run_finish (MOS_JOB (source), result, &error))
    {
      mos_customers_dialog_report (self, error);
      return;
    }
  mos_person_export_job_get_counts (MOS_PERSON_EXPORT_JOB (source), &conversations, &files, &damaged);
  if (damaged > 0)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("Exported, without %u damaged file", "Exported, without %u damaged files", damaged), damaged);

      mos_customers_dialog_say (self, text);
    }
  else
    mos_customers_dialog_say (self, _ ("Exported"));
}

static void
on_file_chosen_cb (GObject *source,
                   GAsyncResult *result,
                   gpointer user_data)
{
  g_autoptr (Person) person = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  static const char no_words[] = "";
  const char *const words[MOS_N_PERSON_WORDS] = {
    [MOS_PERSON_DETAILS] = _ ("Details"),
    [MOS_PERSON_ADDRESSES] = _ ("Addresses"),
    [MOS_PERSON_ORDERS] = _ ("Orders"),
    [MOS_PERSON_SCORES] = _ ("What they said of the service"),
    [MOS_PERSON_CONVERSATIONS] = _ ("Conversations"),
    [MOS_PERSON_ELSEWHERE] = _ ("In conversations of others"),
    /* Translators: in what one customer is given of the desk's knowledge; a number of messages follows, after a colon. */
    [MOS_PERSON_LEFT_OUT] = _ ("Left out here, since others wrote it, it was written to others, or it may speak of them"),
    [MOS_PERSON_FROM_US] = _ ("From us"),
    [MOS_PERSON_NOTE] = _ ("Internal note"),
    [MOS_PERSON_FILES] = _ ("File"),
    [MOS_PERSON_NAME] = _ ("Name"),
    [MOS_PERSON_LANGUAGE] = _ ("Language"),
    [MOS_PERSON_COUNTRY] = _ ("Country"),
    [MOS_PERSON_PHONE] = _ ("Phone"),
    [MOS_PERSON_COMPANY] = _ ("Company"),
    [MOS_PERSON_NOTES] = _ ("Notes"),
    [MOS_PERSON_CONSENT] = _ ("Consent"),
    [MOS_PERSON_CONSENT_GIVEN] = C_ ("consent", "Given"),
    [MOS_PERSON_CONSENT_OPTED_OUT] = C_ ("consent", "Opted Out"),
    [MOS_PERSON_VIP] = _ ("VIP"),
    [MOS_PERSON_YES] = _ ("Yes"),
    [MOS_PERSON_CATALOG] = gettext (no_words),
  };
  g_autoptr (MosPersonExportJob) job = NULL;

  /* Nobody chose one. */
  if (path == NULL || person->self->desk == NULL)
    return;
  job = mos_person_export_job_new (mos_desk_get_store (person->self->desk), person->id, words, path, TRUE);
  mos_job_run_async (MOS_JOB (job), on_exported_cb, g_object_ref (person->self));
}

void
mos_customers_dialog_export (MosCustomersDialog *self,
                             MosCustomerPage *page)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *name = g_strconcat (adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (page)), ".zip", NULL);

  g_strdelimit (name, "/\\", '-');
  gtk_file_dialog_set_title (dialog, _ ("Export All That Is Known"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, on_file_chosen_cb, person_new (self, page));
}

/* --- erasure --- */

static void
on_erased_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosCustomersDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosErasure) erasure = mos_desk_erase_customer_finish (MOS_DESK (source), result, &error);

  if (erasure != NULL)
    mos_customers_dialog_say (self, _ ("Erased; a receipt without names was kept"));
  else
    mos_customers_dialog_report (self, error);
}

static void
on_erase_response_cb (AdwAlertDialog *dialog,
                      const char *response,
                      Person *person)
{
  if (g_str_equal (response, "erase") && person->self->desk != NULL)
    mos_desk_erase_customer_async (person->self->desk, person->id, NULL, on_erased_cb, g_object_ref (person->self));
}

/* A number may be typed in another spelling. */
static gboolean
is_meant (const char *typed,
          const char *value)
{
  g_autofree char *number = mos_phone_canonical (typed);
  g_autofree char *other = number != NULL ? mos_phone_canonical (value) : NULL;
  g_autofree char *folded_typed = g_utf8_casefold (typed, -1);
  g_autofree char *folded_value = g_utf8_casefold (value, -1);
  g_autofree char *one = g_utf8_normalize (folded_typed, -1, G_NORMALIZE_ALL);
  g_autofree char *two = g_utf8_normalize (folded_value, -1, G_NORMALIZE_ALL);

  return g_strcmp0 (one, two) == 0 || (other != NULL && g_str_equal (number, other));
}

/* The name, or where they write from: not every keyboard has the letters of every name. */
static void
on_typed_cb (Person *person)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (person->entry))));
  gboolean is_right = is_meant (text, person->title);

  for (guint i = 0; !is_right && i < person->values->len; i++)
    is_right = is_meant (text, person->values->pdata[i]);
  adw_alert_dialog_set_response_enabled (person->dialog, "erase", is_right);
}

/* What may be typed, to be copied. */
static GtkWidget *
make_typing (Person *person)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *title = mos_text_isolate (person->title);
  GtkWidget *label;

  g_string_append (words, title);
  for (guint i = 0; i < person->values->len && i < 3; i++)
    {
      g_autofree char *value = mos_text_isolate (person->values->pdata[i]);

      g_string_append_printf (words, "\n%s", value);
    }
  label = gtk_label_new (words->str);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  mos_label_forbid_hyphens (GTK_LABEL (label));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), person->entry);
  return box;
}

static char *
describe (Person *person,
          const MosErasure *erasure)
{
  GString *text = g_string_new (NULL);
  g_autofree char *conversations = g_strdup_printf (ngettext ("%u conversation", "%u conversations", erasure->n_conversations), erasure->n_conversations);
  g_autofree char *messages = g_strdup_printf (ngettext ("%u message", "%u messages", erasure->n_messages), erasure->n_messages);
  g_autofree char *files = g_strdup_printf (ngettext ("%u file", "%u files", erasure->n_files), erasure->n_files);

  /* Translators: "3 conversations", "8 messages", "1 file" */
  g_string_append_printf (text, _ ("%1$s with %2$s and %3$s, the addresses and whatever was noted go for good. There is no undo."), conversations, messages, files);
  g_string_append (text, "\n\n");
  g_string_append (text, _ ("Figures without names stay, and a receipt. The mail on the server is left alone, and does not come back from there. Backups made before still hold it."));
  if (erasure->mentions->len > 0)
    {
      g_string_append (text, "\n\n");
      g_string_append_printf (text, ngettext ("%u conversation of others mentions them, and is left as it is:", "%u conversations of others mention them, and are left as they are:", erasure->mentions->len), erasure->mentions->len);
      for (guint i = 0; i < erasure->mentions->len && i < MAX_NUMBERS; i++)
        g_string_append_printf (text, " \xE2\x81\xA8#%" G_GINT64_FORMAT "\xE2\x81\xA9", ((MosConversationRow *) g_ptr_array_index (erasure->mentions, i))->number);
      if (erasure->mentions->len > MAX_NUMBERS)
        {
          g_string_append_c (text, ' ');
          /* Translators: behind the numbers of 20 conversations; %u is how many are not named. */
          g_string_append_printf (text, ngettext ("and %u more", "and %u more", erasure->mentions->len - MAX_NUMBERS), erasure->mentions->len - MAX_NUMBERS);
        }
    }
  if (erasure->views->len > 0)
    {
      g_autofree char *names = NULL;

      g_ptr_array_add (erasure->views, NULL);
      names = g_strjoinv (", ", (char **) erasure->views->pdata);
      g_ptr_array_set_size (erasure->views, (int) erasure->views->len - 1);
      g_string_append (text, "\n\n");
      /* Translators: %s are names of saved views, with commas between */
      g_string_append_printf (text, ngettext ("A saved view asks for them, and is left as it is: %s", "Saved views ask for them, and are left as they are: %s", erasure->views->len), names);
    }
  g_string_append (text, "\n\n");
  if (person->values->len == 0)
    g_string_append (text, _ ("To go on, type the name:"));
  else
    g_string_append (text, _ ("To go on, type the name, or an address or number of theirs:"));
  return g_string_free (text, FALSE);
}

static void
on_preview_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (Person) person = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosErasure) erasure = mos_desk_preview_erasure_finish (MOS_DESK (source), result, &error);
  MosCustomersDialog *self = person->self;
  g_autofree char *body = NULL;

  if (erasure == NULL)
    {
      mos_customers_dialog_report (self, error);
      return;
    }
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  body = describe (person, erasure);
  person->dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_ ("Erase This Person for Good?"), body));
  person->entry = gtk_entry_new ();
  mos_widget_set_label (person->entry, _ ("The customer’s name, address or number, to go on"));
  adw_alert_dialog_set_extra_child (person->dialog, make_typing (person));
  adw_alert_dialog_add_responses (person->dialog, "cancel", _ ("_Cancel"), "erase", _ ("_Erase"), NULL);
  adw_alert_dialog_set_response_appearance (person->dialog, "erase", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_response_enabled (person->dialog, "erase", FALSE);
  adw_alert_dialog_set_close_response (person->dialog, "cancel");
  adw_dialog_set_focus (ADW_DIALOG (person->dialog), person->entry);
  g_signal_connect_swapped (person->entry, "changed", G_CALLBACK (on_typed_cb), person);
  mos_dialog_present (ADW_DIALOG (person->dialog), GTK_WIDGET (self));
  g_signal_connect_data (person->dialog, "response", G_CALLBACK (on_erase_response_cb), person, person_closure_free, 0);
  g_steal_pointer (&person);
}

void
mos_customers_dialog_erase (MosCustomersDialog *self,
                            MosCustomerPage *page)
{
  mos_desk_preview_erasure_async (self->desk, mos_customer_page_get_id (page), NULL, on_preview_cb, person_new (self, page));
}
