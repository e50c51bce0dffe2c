/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/store/mos-store-backup.h"

#include <glib/gi18n.h>
#include <string.h>

/* What a person makes of it; the words of the database stand below. */
static const char *
mos_ctl_check_text (const char *kind)
{
  static const struct
  {
    const char *kind;
    const char *text;
  } texts[] = {
    { "database", N_ ("The database file is damaged: restore the newest backup, and keep this one for whoever helps") },
    { "foreign-key", N_ ("Something refers to what is not there") },
    { "blob-missing", N_ ("A stored mail or attachment is missing from the disk") },
    { "blob-damaged", N_ ("A stored mail or attachment is damaged") },
    { "blob-orphan", N_ ("A file belongs to nothing any more; “mostradorctl check --repair” takes it away") },
    { "derived", N_ ("What the lists show of a conversation is out of date; “mostradorctl check --repair” makes it anew") },
    { "customer", N_ ("What the list of customers says of one is out of date; “mostradorctl check --repair” makes it anew") },
    { "merged", N_ ("A conversation that was merged leads nowhere") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (strcmp (kind, texts[i].kind) == 0)
      return _ (texts[i].text);
  return _ ("Something does not fit together; “mostradorctl check --repair” makes anew what can be made anew");
}

int
mos_ctl_check (MosCtl *self,
               GPtrArray *args)
{
  g_autoptr (GPtrArray) problems = NULL;
  gboolean repair = mos_ctl_take_flag (args, "--repair");
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 0, 0))
    return MOS_CTL_USAGE;
  /* What is told is what remains. */
  if (repair && !mos_store_repair_sync (self->store, self->cancellable, &error))
    return mos_ctl_fail (self, error);
  problems = mos_store_check_sync (self->store, self->cancellable, &error);
  if (problems == NULL)
    return mos_ctl_fail (self, error);

  for (guint i = 0; i < problems->len; i++)
    {
      MosCheckProblem *problem = g_ptr_array_index (problems, i);

      if (self->json)
        {
          g_autoptr (JsonBuilder) builder = json_builder_new ();

          json_builder_begin_object (builder);
          mos_json_string (builder, "kind", problem->kind);
          mos_json_string (builder, "subject", problem->subject);
          mos_json_string (builder, "detail", problem->detail);
          json_builder_end_object (builder);
          mos_ctl_print_json (self, builder);
        }
      else
        {
          mos_ctl_print (self, "%s\n", mos_ctl_check_text (problem->kind));
          mos_ctl_print (self, "  %s  %s  %s\n", problem->kind, problem->subject, problem->detail != NULL ? problem->detail : "");
        }
    }
  if (problems->len > 0)
    /* Translators: %u is how many problems were found */
    return mos_ctl_fail_text (self, ngettext ("%u problem was found", "%u problems were found", problems->len), problems->len);
  /* In JSON a line is a problem. */
  if (!self->json)
    mos_ctl_print (self, "%s\n", _ ("No problems were found"));
  return MOS_CTL_DONE;
}
