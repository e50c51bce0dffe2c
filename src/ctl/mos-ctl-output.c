/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/base/mos-offline.h"
#include "core/base/mos-own-texts.h"
#include "core/desk/mos-profile-service.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What every command uses: its words, where it writes, how it reads the store. Nothing here needs more of the core than searching does (see mostradorctl.c). */

GPtrArray *
mos_ctl_words (const char *const *argv)
{
  GPtrArray *args = g_ptr_array_new_with_free_func (g_free);

  for (; *argv != NULL; argv++)
    g_ptr_array_add (args, g_strdup (*argv));
  return args;
}

void
mos_ctl_clear (MosCtl *self)
{
  g_clear_object (&self->host);
  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->input, g_bytes_unref);
  g_free (self->profile);
  g_free (self->cwd);
  g_strfreev (self->said);
  if (self->output != NULL)
    g_string_free (self->output, TRUE);
  if (self->errors != NULL)
    g_string_free (self->errors, TRUE);
}

gboolean
mos_ctl_begin (MosCtl *self,
               int argc,
               char *argv[],
               GPtrArray **ret_args)
{
  g_autoptr (GPtrArray) args = mos_ctl_words ((const char *const *) argv + (argc > 0 ? 1 : 0));
  g_autofree char *profile = NULL;
  g_autofree char *texts = NULL;

  setlocale (LC_ALL, "");
  texts = mos_own_texts_dup_dir ();
  bindtextdomain (GETTEXT_PACKAGE, texts);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  self->output = g_string_new (NULL);
  self->errors = g_string_new (NULL);
  self->is_direct = TRUE;
  self->cwd = g_get_current_dir ();
  profile = mos_ctl_take_option (args, "--profile");
  self->json = mos_ctl_take_flag (args, "--json");
  self->profile = profile != NULL ? g_canonicalize_filename (profile, NULL) : mos_profile_service_dup_default_path ();
  *ret_args = g_steal_pointer (&args);
  /* What follows it was taken for its value, or nothing does. */
  return !mos_ctl_take_flag (*ret_args, "--profile") && (profile == NULL || (*profile != '\0' && !g_str_has_prefix (profile, "--")));
}

int
mos_ctl_end (MosCtl *self,
             int status)
{
  mos_ctl_flush (self);
  if (self->errors->len > 0)
    fputs (self->errors->str, stderr);
  return status;
}

/* --- output --- */

G_GNUC_PRINTF (2, 0)
static void
add_error (MosCtl *self,
           const char *format,
           va_list args)
{
  g_string_append_vprintf (self->errors, format, args);
  g_string_append_c (self->errors, '\n');
}

int
mos_ctl_usage (MosCtl *self,
               const char *format,
               ...)
{
  va_list args;

  va_start (args, format);
  add_error (self, format, args);
  va_end (args);
  return MOS_CTL_USAGE;
}

int
mos_ctl_fail_text (MosCtl *self,
                   const char *format,
                   ...)
{
  va_list args;

  va_start (args, format);
  add_error (self, format, args);
  va_end (args);
  return MOS_CTL_FAILED;
}

char *
mos_ctl_dup_error (const GError *error)
{
  if (error == NULL)
    return g_strdup ("?");
  if (mos_error_is_offline (error) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    /* Translators: %s is what went wrong, in the words of the system, such as: Error resolving “shop.example”: Name or service not known */
    return g_strdup_printf (_ ("%s. Check the network and the server’s address, then try again"), error->message);
  return g_strdup (error->message);
}

/* @error: (transfer full): of the words themselves where it is a G_OPTION_ERROR */
int
mos_ctl_fail (MosCtl *self,
              GError *error)
{
  int status = g_error_matches (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE) ? MOS_CTL_USAGE : MOS_CTL_FAILED;
  g_autofree char *text = mos_ctl_dup_error (error);

  g_string_append_printf (self->errors, "%s\n", text);
  g_clear_error (&error);
  return status;
}

void
mos_ctl_flush (MosCtl *self)
{
  if (!self->is_direct)
    return;
  fwrite (self->output->str, 1, self->output->len, stdout);
  fflush (stdout);
  g_string_truncate (self->output, 0);
}

void
mos_ctl_print (MosCtl *self,
               const char *format,
               ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (self->output, format, args);
  va_end (args);
  if (self->output->len > 65536)
    mos_ctl_flush (self);
}

void
mos_ctl_print_json (MosCtl *self,
                    JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *line = json_to_string (root, FALSE);

  mos_ctl_print (self, "%s\n", line);
}

char *
mos_ctl_read_input (MosCtl *self,
                    GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize size;
  const char *data;

  if (self->input != NULL)
    {
      data = g_bytes_get_data (self->input, &size);
      g_string_append_len (text, data, (gssize) size);
    }
  else
    {
      char buffer[4096];
      gssize n;

      while ((n = read (STDIN_FILENO, buffer, sizeof buffer)) > 0)
        g_string_append_len (text, buffer, n);
    }
  if (!g_utf8_validate (text->str, (gssize) text->len, NULL))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("The text on standard input is not valid UTF-8"));
      return NULL;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
mos_ctl_path (MosCtl *self,
              const char *path)
{
  return g_canonicalize_filename (path, self->cwd);
}

/* --- the store --- */

typedef struct
{
  MosCtlTxn func;
  gpointer data;
} MosCtlCall;

static gboolean
mos_ctl_txn_run (MosTxn *txn,
                 gpointer data,
                 GCancellable *cancellable,
                 GError **error)
{
  MosCtlCall *call = data;

  return call->func (txn, call->data, error);
}

gboolean
mos_ctl_read (MosCtl *self,
              MosCtlTxn func,
              gpointer data,
              GError **error)
{
  MosCtlCall call = { func, data };

  return mos_store_read_sync (self->store, mos_ctl_txn_run, &call, self->cancellable, error);
}
