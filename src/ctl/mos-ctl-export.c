/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/desk/mos-export.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-search.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  GPtrArray *names;  /* of words: numbers or ids */
  const char *query; /* (nullable) */
  const char *view;  /* (nullable): its name */
  GPtrArray *ids;    /* (owned) (nullable): what they are */
} MosCtlExport;

static gboolean
mos_ctl_do_export_list (MosTxn *txn,
                        gpointer data,
                        GError **error)
{
  MosCtlExport *export = data;

  if (export->view != NULL)
    {
      g_autoptr (MosView) view = NULL;
      g_autofree char *agent = NULL;

      if (!mos_ctl_find_view (txn, export->view, &view, &agent, error))
        return FALSE;
      export->ids = mos_store_conversation_list_ids (txn, view, agent, 0, error);
      return export->ids != NULL;
    }
  export->ids = g_ptr_array_new_with_free_func (g_free);
  if (export->query != NULL)
    {
      g_autoptr (GPtrArray) hits = mos_store_search (txn, export->query, 0, FALSE, error);

      for (guint i = 0; hits != NULL && i < hits->len; i++)
        g_ptr_array_add (export->ids, g_strdup (((MosSearchHit *) g_ptr_array_index (hits, i))->conversation));
      return hits != NULL;
    }
  for (guint i = 0; i < export->names->len; i++)
    {
      g_autoptr (MosConversationRow) row = NULL;

      if (!mos_ctl_find_conversation (txn, g_ptr_array_index (export->names, i), &row, error))
        return FALSE;
      g_ptr_array_add (export->ids, g_strdup (row->id));
    }
  return TRUE;
}

static void
mos_ctl_print_export (MosCtl *self,
                      MosExportJob *job)
{
  MosExportCounts counts = mos_export_job_get_counts (job);
  g_autoptr (JsonBuilder) builder = NULL;
  g_auto (GStrv) damaged = mos_export_job_dup_damaged (job);
  g_autofree char *messages = NULL;
  g_autofree char *conversations = NULL;

  /* Also beside JSON: somebody has to know that not all of it is there. */
  if (counts.damaged > 0)
    /* Translators: %u is how many attachments */
    g_string_append_printf (self->errors, ngettext ("%u attachment is damaged here and not in it:\n", "%u attachments are damaged here and not in it:\n", (gulong) counts.damaged), (guint) counts.damaged);
  for (char **one = damaged; *one != NULL; one++)
    g_string_append_printf (self->errors, "  %s\n", *one);

  if (self->json)
    {
      builder = json_builder_new ();
      json_builder_begin_object (builder);
      mos_json_string (builder, "path", mos_export_job_get_path (job));
      mos_json_int (builder, "conversations", (gint64) counts.conversations);
      mos_json_int (builder, "messages", (gint64) counts.messages);
      mos_json_int (builder, "notes_and_events", (gint64) counts.others);
      mos_json_int (builder, "left_out", (gint64) counts.left_out);
      mos_json_int (builder, "without_source", (gint64) counts.without_source);
      mos_json_int (builder, "damaged", (gint64) counts.damaged);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
      return;
    }
  messages = g_strdup_printf (ngettext ("%u message", "%u messages", (gulong) counts.messages), (guint) counts.messages);
  conversations = g_strdup_printf (ngettext ("%u conversation", "%u conversations", (gulong) counts.conversations), (guint) counts.conversations);
  /* Translators: "3 messages", "1 conversation", then a file or folder */
  mos_ctl_print (self, _ ("%1$s of %2$s: now in “%3$s”\n"), messages, conversations, mos_export_job_get_path (job));
  if (counts.others > 0)
    /* Translators: %u is how many notes and events */
    mos_ctl_print (self, ngettext ("%u note or event is in it, too\n", "%u notes and events are in it, too\n", (gulong) counts.others), (guint) counts.others);
  if (counts.left_out > 0)
    /* Translators: %u is how many notes and events */
    mos_ctl_print (self, ngettext ("%u note or event is not in it: only JSON holds those\n", "%u notes and events are not in it: only JSON holds those\n", (gulong) counts.left_out), (guint) counts.left_out);
  if (counts.without_source > 0)
    /* Translators: %u is how many messages */
    mos_ctl_print (self, ngettext ("%u message is not in it: its mail was not kept\n", "%u messages are not in it: their mail was not kept\n", (gulong) counts.without_source), (guint) counts.without_source);
}

int
mos_ctl_export (MosCtl *self,
                GPtrArray *args)
{
  g_autofree char *format_name = mos_ctl_take_option (args, "--format");
  g_autofree char *query = mos_ctl_take_option (args, "--query");
  g_autofree char *view_name = mos_ctl_take_option (args, "--view");
  g_autofree char *message = mos_ctl_take_option (args, "--message");
  g_autofree char *output = mos_ctl_take_option (args, "--output");
  gboolean all = mos_ctl_take_flag (args, "--all");
  gboolean force = mos_ctl_take_flag (args, "--force");
  g_autofree char *path = NULL;
  g_autoptr (MosExportJob) job = NULL;
  MosCtlExport export = { .names = args, .query = query };
  MosExportFormat format;
  guint given = (query != NULL) + (view_name != NULL) + (message != NULL) + all;
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 0, 100000))
    return MOS_CTL_USAGE;
  given += args->len > 0;
  if (output == NULL || *output == '\0' || given != 1)
    return mos_ctl_usage (self, "%s", _ ("Needed are --output and one of: numbers of conversations, --query, --view, --message, --all"));
  format = mos_export_format_from_nick (format_name != NULL ? format_name : message != NULL ? "eml"
                                                                                            : "mbox",
                                        (MosExportFormat) -1);
  if (format == (MosExportFormat) -1 || (message != NULL && format != MOS_EXPORT_EML))
    return mos_ctl_usage (self, "%s", message != NULL ? _ ("One message is exported as eml") : _ ("The formats are mbox, maildir, json and eml"));
  export.view = view_name;
  if (!all && message == NULL)
    {
      if (!mos_ctl_read (self, mos_ctl_do_export_list, &export, &error))
        {
          g_clear_pointer (&export.ids, g_ptr_array_unref);
          return mos_ctl_fail (self, error);
        }
      g_ptr_array_add (export.ids, NULL);
    }

  path = mos_ctl_path (self, output);
  job = mos_export_job_new (self->store, format, export.ids != NULL ? (const char *const *) export.ids->pdata : NULL, message, path, force);
  g_clear_pointer (&export.ids, g_ptr_array_unref);
  mos_job_set_progress_func (MOS_JOB (job), mos_ctl_show_progress, self);
  mos_job_run_sync (MOS_JOB (job), self->cancellable, &error);
  mos_ctl_end_progress (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    {
      g_error_free (error);
      /* Translators: %s is a file or folder */
      return mos_ctl_fail_text (self, force ? _ ("“%s” is something else than an export; it was left alone") : _ ("“%s” is there already; --force replaces it"), path);
    }
  if (error != NULL)
    return mos_ctl_fail (self, error);
  mos_ctl_print_export (self, job);
  return MOS_CTL_DONE;
}
