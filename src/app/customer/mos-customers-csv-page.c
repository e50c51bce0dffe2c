/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-customer"

#include "config.h"

#include "app/customer/mos-customers-csv-page.h"

#include "app/application/mos-error-text.h"
#include "app/widgets/mos-text-direction.h"
#include "core/base/mos-error.h"
#include "core/desk/mos-customers-csv-job.h"

#include <glib/gi18n.h>
#include <string.h>

/* So many of each are shown; the figures say how many there are. */
#define MAX_ROWS 50

struct _MosCustomersCsvPage
{
  AdwNavigationPage parent_instance;

  /* owned by the tree */
  AdwPreferencesPage *page;
  AdwActionRow *state_row;
  GtkProgressBar *progress;
  GtkWidget *import_button;
  GtkWidget *cancel_button;

  /* Owned */
  MosDesk *desk;
  GFile *file;
  MosCustomersCsvJob *job; /* (nullable): under way, or the last one */

  /* Borrowed (weak) */
  AdwDialog *dialog; /* (nullable): stays open while it imports */
};

G_DEFINE_FINAL_TYPE (MosCustomersCsvPage, mos_customers_csv_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  IMPORTED,
  CANCELLED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* --- words --- */

/* Returns: (transfer full) */
static char *
field_text (const char *field)
{
  static const struct
  {
    const char *field;
    const char *text;
  } table[] = {
    { "name", N_ ("Name") },
    { "first", N_ ("First name") },
    { "last", N_ ("Last name") },
    { "email", N_ ("E-mail addresses") },
    { "phone", N_ ("Phone number") },
    { "company", N_ ("Company") },
    { "language", N_ ("Language") },
    { "country", N_ ("Country") },
    { "vip", N_ ("VIP") },
    { "consent", N_ ("Consent to be written to") },
    { "notes", N_ ("Notes") },
    { "id", N_ ("Who has no address") },
    { "", N_ ("Passed over") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i].field, field) == 0)
      return g_strdup (_ (table[i].text));
  /* Translators: a column of a file becomes a field that the shop made up, with the column's name */
  return g_strdup (_ ("A field of your own"));
}

static char *
problem_text (const MosCsvResult *result)
{
  g_autofree char *value = result->value != NULL ? mos_text_isolate (result->value) : g_strdup ("");

  switch (result->problem)
    {
    case MOS_CSV_PROBLEM_ADDRESS:
      return g_strdup_printf (_ ("“%s” is no e-mail address"), value);
    case MOS_CSV_PROBLEM_NUMBER:
      return g_strdup_printf (_ ("“%s” is no phone number"), value);
    case MOS_CSV_PROBLEM_NOBODY:
      return g_strdup (_ ("It has neither an e-mail address nor a phone number"));
    case MOS_CSV_PROBLEM_ERASED:
      /* Translators: %s is an address or a phone number */
      return g_strdup_printf (_ ("Whoever had “%s” was erased here. Add them by hand if they want to be a customer again."), value);
    case MOS_CSV_PROBLEM_FIELDS:
      return g_strdup (_ ("It has fewer values than the other lines: the file may be cut short"));
    case MOS_CSV_PROBLEM_SEVERAL:
      /* Translators: %s is an address or a phone number */
      return g_strdup_printf (_ ("Several customers have “%s”, and none of them alone has this name"), value);
    case MOS_CSV_PROBLEM_FIELD:
    case MOS_CSV_PROBLEM_NONE:
    default:
      return g_strdup (_ ("Its language, country or consent is not as it should be"));
    }
}

static char *
counts_text (GPtrArray *results,
             guint *ret_wanted)
{
  guint n[4] = { 0 };
  g_autofree char *fresh = NULL, *changed = NULL, *same = NULL, *failed = NULL;

  for (guint i = 0; i < results->len; i++)
    n[((const MosCsvResult *) results->pdata[i])->outcome]++;
  *ret_wanted = n[MOS_CSV_NEW] + n[MOS_CSV_CHANGED];
  fresh = g_strdup_printf (ngettext ("%u new", "%u new", n[MOS_CSV_NEW]), n[MOS_CSV_NEW]);
  changed = g_strdup_printf (ngettext ("%u changed", "%u changed", n[MOS_CSV_CHANGED]), n[MOS_CSV_CHANGED]);
  same = g_strdup_printf (ngettext ("%u as it is", "%u as they are", n[MOS_CSV_SAME]), n[MOS_CSV_SAME]);
  failed = g_strdup_printf (ngettext ("%u left out", "%u left out", n[MOS_CSV_FAILED]), n[MOS_CSV_FAILED]);
  /* Translators: of customers in a file: "3 new, 2 changed, 5 as they are, 1 left out" */
  return g_strdup_printf (_ ("%1$s, %2$s, %3$s, %4$s"), fresh, changed, same, failed);
}

/* --- what is shown --- */

static AdwPreferencesGroup *
add_group (MosCustomersCsvPage *self,
           const char *title,
           const char *description)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  adw_preferences_group_set_description (group, description);
  adw_preferences_page_add (self->page, group);
  return group;
}

static void
add_row (AdwPreferencesGroup *group,
         const char *title,
         const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (group, row);
}

static void
add_columns (MosCustomersCsvPage *self,
             GPtrArray *columns)
{
  AdwPreferencesGroup *group = add_group (self, _ ("Columns"), _ ("Taken from the names in the first line. A column with another name becomes a field of your own."));

  for (guint i = 0; i < columns->len; i++)
    {
      const MosCsvColumn *column = columns->pdata[i];
      g_autofree char *text = field_text (column->field);

      add_row (group, *column->header != '\0' ? column->header : _ ("A column without a name"), text);
    }
}

static void
add_more (AdwPreferencesGroup *group,
          guint n)
{
  g_autofree char *text = NULL;

  if (n <= MAX_ROWS)
    return;
  text = g_strdup_printf (ngettext ("And %u more", "And %u more", n - MAX_ROWS), n - MAX_ROWS);
  add_row (group, text, NULL);
}

static void
add_failed (MosCustomersCsvPage *self,
            GPtrArray *results)
{
  AdwPreferencesGroup *group = NULL;
  guint n = 0;

  for (guint i = 0; i < results->len; i++)
    {
      const MosCsvResult *result = results->pdata[i];
      g_autofree char *title = NULL, *text = NULL;

      if (result->outcome != MOS_CSV_FAILED || ++n > MAX_ROWS)
        continue;
      if (group == NULL)
        group = add_group (self, _ ("Left Out"), _ ("These keep no other from coming."));
      /* Translators: the place of a customer in a file, counted from 1 */
      title = g_strdup_printf (_ ("Record %u"), result->record);
      text = problem_text (result);
      add_row (group, title, text);
    }
  if (group != NULL)
    add_more (group, n);
}

static void
add_taken (MosCustomersCsvPage *self,
           GPtrArray *results)
{
  AdwPreferencesGroup *group = NULL;
  guint n = 0;

  for (guint i = 0; i < results->len; i++)
    {
      const MosCsvResult *result = results->pdata[i];
      g_autofree char *text = NULL;

      if ((result->outcome != MOS_CSV_NEW && result->outcome != MOS_CSV_CHANGED) || ++n > MAX_ROWS)
        continue;
      if (group == NULL)
        group = add_group (self, _ ("New and Changed"), NULL);
      /* Translators: the place of a customer in a file, and what becomes of them */
      text = g_strdup_printf (result->outcome == MOS_CSV_NEW ? _ ("Record %u · new") : _ ("Record %u · changed"), result->record);
      add_row (group, result->what, text);
    }
  if (group != NULL)
    add_more (group, n);
}

static void
show_state (MosCustomersCsvPage *self,
            const char *title,
            const char *subtitle)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state_row), title);
  adw_action_row_set_subtitle (self->state_row, subtitle);
}

static void
show_running (MosCustomersCsvPage *self,
              gboolean runs)
{
  gtk_widget_set_visible (GTK_WIDGET (self->progress), runs);
  gtk_widget_set_visible (self->import_button, !runs);
  gtk_widget_set_visible (self->cancel_button, runs);
  gtk_progress_bar_set_fraction (self->progress, 0);
  adw_navigation_page_set_can_pop (ADW_NAVIGATION_PAGE (self), !runs);
}

static void
show_error (MosCustomersCsvPage *self,
            const GError *error)
{
  if (g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID))
    show_state (self, _ ("This file names no addresses"), _ ("Its first line has to name a column “email” or “phone”. Nothing was taken in."));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    show_state (self, _ ("This is no CSV file that can be read"), _ ("It has to be text, with quotes that end. Save it anew as CSV from the program it comes from. Nothing was taken in."));
  else
    show_state (self, mos_error_text (error).title, mos_error_text (error).step);
  gtk_widget_set_sensitive (self->import_button, FALSE);
}

/* --- the job --- */

static void
on_cancel_cb (MosCustomersCsvPage *self)
{
  if (self->job != NULL)
    mos_job_cancel (MOS_JOB (self->job));
}

/* Closing what is around it, in the middle, cancels: what became of it is said there. */
static void
hold_dialog (MosCustomersCsvPage *self,
             gboolean holds)
{
  AdwDialog *dialog = holds ? ADW_DIALOG (gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_DIALOG)) : NULL;

  if (self->dialog != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->dialog, on_cancel_cb, self);
      adw_dialog_set_can_close (self->dialog, TRUE);
    }
  g_set_weak_pointer (&self->dialog, dialog);
  if (dialog == NULL)
    return;
  adw_dialog_set_can_close (dialog, FALSE);
  g_signal_connect_object (dialog, "close-attempt", G_CALLBACK (on_cancel_cb), self, G_CONNECT_SWAPPED);
}

static void
on_progress_cb (MosCustomersCsvPage *self,
                MosJob *job)
{
  MosJobProgress progress = mos_job_get_progress (job);

  if (progress.total > 0)
    gtk_progress_bar_set_fraction (self->progress, (double) progress.done / (double) progress.total);
  else
    gtk_progress_bar_pulse (self->progress);
}

/* The job does not hold the page: whoever closes the window ends it, and it is not to go on until it is done by itself. */
static GWeakRef *
weak_new (MosCustomersCsvPage *self)
{
  GWeakRef *ref = g_new (GWeakRef, 1);

  g_weak_ref_init (ref, self);
  return ref;
}

/* Returns: (transfer full) (nullable) */
static MosCustomersCsvPage *
weak_take (GWeakRef *ref)
{
  MosCustomersCsvPage *self = g_weak_ref_get (ref);

  g_weak_ref_clear (ref);
  g_free (ref);
  return self;
}

static void
run (MosCustomersCsvPage *self,
     MosCsvJobKind kind,
     GAsyncReadyCallback callback)
{
  g_clear_object (&self->job);
  self->job = mos_customers_csv_job_new (self->desk, kind, self->file);
  g_signal_connect_object (self->job, "changed", G_CALLBACK (on_progress_cb), self, G_CONNECT_SWAPPED);
  show_running (self, TRUE);
  mos_job_run_async (MOS_JOB (self->job), callback, weak_new (self));
}

/* An import that ended in the middle: what is in is in, and can be taken back. Returns: whether anything is */
static gboolean
tell_cut (MosCustomersCsvPage *self,
          MosCustomersCsvJob *job,
          const GError *error)
{
  g_autofree char *counts = NULL, *text = NULL;
  guint wanted;

  if (mos_customers_csv_job_get_batch (job) == 0)
    return FALSE;
  if (g_error_matches (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT))
    {
      g_signal_emit (self, signals[IMPORTED], 0, _ ("The import was taken back while it went on; the rest was left out"), (gint64) 0);
      return TRUE;
    }
  counts = counts_text (mos_customers_csv_job_get_results (job), &wanted);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    /* Translators: %s: "3 new, 2 changed, 5 as they are, 1 left out" */
    text = g_strdup_printf (_ ("Stopped: %s. Import the file again to go on."), counts);
  else
    /* Translators: %1$s says what went wrong, %2$s: "3 new, 2 changed, 5 as they are, 1 left out" */
    text = g_strdup_printf (_ ("%1$s. Taken in before: %2$s. Import the file again to go on."), mos_error_text (error).title, counts);
  g_signal_emit (self, signals[IMPORTED], 0, text, mos_customers_csv_job_get_batch (job));
  return TRUE;
}

/* Returns: whether there is somebody to tell */
static gboolean
finish (MosCustomersCsvPage *self,
        GObject *source,
        GAsyncResult *result,
        GError **error)
{
  gboolean done = mos_job_run_finish (MOS_JOB (source), result, error);

  if (self == NULL || self->desk == NULL)
    return FALSE;
  show_running (self, FALSE);
  hold_dialog (self, FALSE);
  if (!done && tell_cut (self, MOS_CUSTOMERS_CSV_JOB (source), *error))
    return FALSE;
  if (!done && g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_signal_emit (self, signals[CANCELLED], 0);
      return FALSE;
    }
  return TRUE;
}

static void
on_imported_cb (GObject *source,
                GAsyncResult *result,
                gpointer user_data)
{
  g_autoptr (MosCustomersCsvPage) self = weak_take (user_data);
  MosCustomersCsvJob *job = MOS_CUSTOMERS_CSV_JOB (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *counts = NULL, *text = NULL;
  guint wanted;

  if (!finish (self, source, result, &error))
    return;
  if (error != NULL)
    {
      show_error (self, error);
      return;
    }
  counts = counts_text (mos_customers_csv_job_get_results (job), &wanted);
  /* Translators: %s: "3 new, 2 changed, 5 as they are, 1 left out" */
  text = g_strdup_printf (_ ("Imported: %s"), counts);
  g_signal_emit (self, signals[IMPORTED], 0, text, mos_customers_csv_job_get_batch (job));
}

static void
on_tried_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosCustomersCsvPage) self = weak_take (user_data);
  MosCustomersCsvJob *job = MOS_CUSTOMERS_CSV_JOB (source);
  g_autoptr (GError) error = NULL;
  GPtrArray *results;
  g_autofree char *counts = NULL;
  guint wanted = 0;

  if (!finish (self, source, result, &error))
    return;
  if (error != NULL)
    {
      show_error (self, error);
      return;
    }
  results = mos_customers_csv_job_get_results (job);
  counts = counts_text (results, &wanted);
  if (results->len == 0)
    show_state (self, _ ("There is nobody in this file"), _ ("It has a first line and nothing below it."));
  else
    show_state (self, counts, wanted > 0 ? _ ("Nothing is taken in yet. What a record has nothing for stays as it is.") : _ ("There is nothing to be taken in."));
  gtk_widget_set_sensitive (self->import_button, wanted > 0);
  add_columns (self, mos_customers_csv_job_get_columns (job));
  add_failed (self, results);
  add_taken (self, results);
  gtk_widget_grab_focus (wanted > 0 ? self->import_button : GTK_WIDGET (self->state_row));
}

static void
on_import_cb (MosCustomersCsvPage *self)
{
  run (self, MOS_CSV_JOB_IMPORT, on_imported_cb);
  hold_dialog (self, TRUE);
  gtk_widget_grab_focus (self->cancel_button);
}

static void
mos_customers_csv_page_dispose (GObject *object)
{
  MosCustomersCsvPage *self = MOS_CUSTOMERS_CSV_PAGE (object);

  /* A window that goes in the middle takes its import with it. */
  if (self->job != NULL)
    mos_job_stop_sync (MOS_JOB (self->job));
  hold_dialog (self, FALSE);
  g_clear_object (&self->job);
  g_clear_object (&self->file);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_customers_csv_page_parent_class)->dispose (object);
}

static void
mos_customers_csv_page_class_init (MosCustomersCsvPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_customers_csv_page_dispose;
  signals[IMPORTED] = g_signal_new ("imported", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);
  signals[CANCELLED] = g_signal_new ("cancelled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mos_customers_csv_page_init (MosCustomersCsvPage *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *bar = adw_header_bar_new ();
  AdwPreferencesGroup *group;

  self->page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  group = add_group (self, NULL, NULL);
  self->state_row = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->state_row), FALSE);
  adw_action_row_set_subtitle_lines (self->state_row, 0);
  adw_action_row_set_title_lines (self->state_row, 0);
  adw_preferences_group_add (group, GTK_WIDGET (self->state_row));
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  mos_widget_set_label (GTK_WIDGET (self->progress), _ ("Progress"));
  gtk_widget_add_css_class (GTK_WIDGET (self->progress), "osd");
  self->import_button = gtk_button_new_with_mnemonic (_ ("_Import"));
  gtk_widget_add_css_class (self->import_button, "suggested-action");
  gtk_widget_set_sensitive (self->import_button, FALSE);
  self->cancel_button = gtk_button_new_with_mnemonic (_ ("_Cancel"));
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), self->import_button);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), self->cancel_button);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), bar);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->progress));
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->page));
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _ ("Import Customers"));
  g_signal_connect_object (self->import_button, "clicked", G_CALLBACK (on_import_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->cancel_button, "clicked", G_CALLBACK (on_cancel_cb), self, G_CONNECT_SWAPPED);
}

MosCustomersCsvPage *
mos_customers_csv_page_new (MosDesk *desk,
                            GFile *file)
{
  MosCustomersCsvPage *self = g_object_new (MOS_TYPE_CUSTOMERS_CSV_PAGE, NULL);
  g_autofree char *name = g_file_get_basename (file);

  self->desk = g_object_ref (desk);
  self->file = g_object_ref (file);
  show_state (self, _ ("Reading the file…"), name);
  run (self, MOS_CSV_JOB_TRY, on_tried_cb);
  return self;
}
