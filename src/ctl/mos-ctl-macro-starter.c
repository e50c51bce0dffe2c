/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/desk/mos-macros.h"
#include "core/values/mos-macro-json.h"

#include <glib/gi18n.h>
#include <string.h>

/* The set of macros to begin with. */

typedef struct
{
  const char *language;
  guint n;
} MosCtlStarter;

static gboolean
do_install (MosTxn *txn,
            gpointer data,
            GError **error)
{
  MosCtlStarter *call = data;

  return mos_macros_install_starter (txn, call->language, &call->n, error);
}

/* @ret_all: (out) (transfer full): the codes of those that there are */
static gboolean
has_set (const char *language,
         char **ret_all)
{
  g_auto (GStrv) languages = mos_macros_list_starter_languages ();
  g_autofree char *folded = mos_macro_fold_language (language);

  *ret_all = g_strjoinv (", ", languages);
  folded[strcspn (folded, "-")] = '\0';
  return g_strv_contains ((const char *const *) languages, folded);
}

/* Whoever names a language wants the set in that one; who does not gets English where there is none in that of the desk. */
int
mos_ctl_install_starter (MosCtl *self,
                         const char *language)
{
  MosCtlStarter call = { .language = language != NULL ? language : g_get_language_names ()[0] };
  g_autofree char *all = NULL;
  g_autofree char *number = NULL;
  g_autofree char *sentence = NULL;
  GError *error = NULL;

  if (language != NULL && !has_set (language, &all))
    /* Translators: what was typed for a language, and the codes of those that there are, with commas between */
    return mos_ctl_usage (self, _ ("There is no set in the language “%1$s”, but in these: %2$s"), language, all);
  if (!mos_ctl_write (self, "macro-import", do_install, &call, &error))
    return mos_ctl_fail (self, error);
  number = g_strdup_printf ("%u", call.n);
  sentence = g_strdup_printf (ngettext ("%u macro is new", "%u macros are new", call.n), call.n);
  mos_ctl_say (self, "installed", number, sentence);
  return MOS_CTL_DONE;
}
