/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-translate"

#include "config.h"

#include "core/translate/mos-translator.h"

#include "core/translate/mos-deepl.h"
#include "core/translate/mos-libretranslate.h"

#include <string.h>

/* What does not fit is said to be too large; a mail of a hundred pages is no mail to be translated by the way. */
#define MAX_REQUESTS 40

G_DEFINE_INTERFACE (MosTranslator, mos_translator, G_TYPE_OBJECT)

static void
mos_translator_default_init (MosTranslatorInterface *interface)
{
}

/* Every service has one line here. */
static const struct
{
  const char *url;
  MosTranslator *(*new) (const char *url, const char *key);
} services[] = {
  [MOS_TRANSLATE_OFF] = { "", NULL },
  [MOS_TRANSLATE_DEEPL] = { MOS_DEEPL_URL, mos_deepl_new },
  [MOS_TRANSLATE_LIBRETRANSLATE] = { "https://libretranslate.com", mos_libretranslate_new },
};

char *
mos_translator_dup_url (const MosTranslateSettings *settings,
                        const char *key)
{
  char *url;

  g_return_val_if_fail (settings != NULL, NULL);

  if (settings->url != NULL && *settings->url != '\0')
    url = g_strdup (settings->url);
  else if (settings->service == MOS_TRANSLATE_DEEPL && key != NULL && g_str_has_suffix (key, MOS_DEEPL_FREE_KEY))
    url = g_strdup (MOS_DEEPL_FREE_URL);
  else
    url = g_strdup (services[settings->service].url);
  while (g_str_has_suffix (url, "/"))
    url[strlen (url) - 1] = '\0';
  return url;
}

char *
mos_translator_dup_host (const MosTranslateSettings *settings)
{
  g_autofree char *url = mos_translator_dup_url (settings, NULL);
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  int port = uri != NULL ? g_uri_get_port (uri) : -1;

  if (host == NULL || *host == '\0')
    return g_strdup (url);
  /* Whichever of its hosts the key is for, it is DeepL. */
  if (strcmp (host, "api.deepl.com") == 0 || strcmp (host, "api-free.deepl.com") == 0)
    return g_strdup ("deepl.com");
  return port > 0 ? g_strdup_printf ("%s:%d", host, port) : g_strdup (host);
}

gboolean
mos_translator_url_is_allowed (const char *url)
{
  return mos_http_url_is_allowed (url);
}

MosTranslator *
mos_translator_new (const MosTranslateSettings *settings,
                    const char *key)
{
  g_autofree char *url = NULL;

  g_return_val_if_fail (settings != NULL && services[settings->service].new != NULL, NULL);

  url = mos_translator_dup_url (settings, key);
  return services[settings->service].new (url, key != NULL ? key : "");
}

MosTranslateFacts *
mos_translator_test_sync (MosTranslator *self,
                          GCancellable *cancellable,
                          GError **error)
{
  g_return_val_if_fail (MOS_IS_TRANSLATOR (self), NULL);

  return MOS_TRANSLATOR_GET_IFACE (self)->test_sync (self, cancellable, error);
}

const char *const *
mos_translator_list_languages_sync (MosTranslator *self,
                                    GCancellable *cancellable,
                                    GError **error)
{
  static const char *const key = "mos-translator-languages";
  char **languages;

  g_return_val_if_fail (MOS_IS_TRANSLATOR (self), NULL);

  languages = g_object_get_data (G_OBJECT (self), key);
  if (languages == NULL)
    {
      languages = MOS_TRANSLATOR_GET_IFACE (self)->list_languages_sync (self, cancellable, error);
      if (languages != NULL)
        g_object_set_data_full (G_OBJECT (self), key, languages, (GDestroyNotify) g_strfreev);
    }
  return (const char *const *) languages;
}

gsize
mos_translator_get_max_bytes (MosTranslator *self)
{
  g_return_val_if_fail (MOS_IS_TRANSLATOR (self), 0);

  return MOS_TRANSLATOR_GET_IFACE (self)->get_max_bytes (self);
}

/* How many of @units go in one request: one at least */
static guint
count_for_request (MosTranslator *self,
                   const char *const *units)
{
  gsize bytes = 0, max_bytes = mos_translator_get_max_bytes (self);
  guint n = 0;

  while (units[n] != NULL && n < MOS_TRANSLATOR_GET_IFACE (self)->max_units && (n == 0 || bytes + strlen (units[n]) <= max_bytes))
    bytes += strlen (units[n++]);
  return n;
}

/* The texts of a request must be as many as came back. */
static gboolean
add_answers (GStrvBuilder *all,
             char **answers,
             guint n,
             GError **error)
{
  if (g_strv_length (answers) != n)
    {
      g_set_error_literal (error, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_PROTOCOL, "Not as many texts came back as were sent");
      return FALSE;
    }
  g_strv_builder_addv (all, (const char **) answers);
  return TRUE;
}

char **
mos_translator_translate_sync (MosTranslator *self,
                               const char *const *units,
                               const char *source,
                               const char *target,
                               char **ret_source,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  g_autofree char *found = NULL;
  const char *const *languages;
  const char *into, *from = NULL;
  guint n = 0;

  g_return_val_if_fail (MOS_IS_TRANSLATOR (self), NULL);
  g_return_val_if_fail (units != NULL && target != NULL && ret_source != NULL, NULL);

  languages = mos_translator_list_languages_sync (self, cancellable, error);
  if (languages == NULL)
    return NULL;
  into = mos_translate_language_match (languages, target);
  if (into == NULL)
    {
      g_set_error (error, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_LANGUAGE, "There is no “%s” there", target);
      return NULL;
    }
  /* A language that it does not write it may read; but it says so only of those that it writes. */
  if (source != NULL && *source != '\0')
    from = mos_translate_language_match (languages, source);
  for (guint requests = 0; *units != NULL; requests++, units += n)
    {
      g_auto (GStrv) some = NULL, answers = NULL;
      g_autofree char *said = NULL;

      if (requests == MAX_REQUESTS)
        {
          g_set_error_literal (error, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_TOO_LARGE, "More than is translated at once");
          return NULL;
        }
      n = count_for_request (self, units);
      some = g_new0 (char *, n + 1);
      for (guint i = 0; i < n; i++)
        some[i] = g_strdup (units[i]);
      answers = MOS_TRANSLATOR_GET_IFACE (self)->translate_sync (self, (const char *const *) some, from, into, &said, cancellable, error);
      if (answers == NULL || !add_answers (all, answers, n, error))
        return NULL;
      if (found == NULL)
        found = mos_translate_language_own (said);
    }
  *ret_source = found != NULL ? g_steal_pointer (&found) : g_strdup ("");
  return g_strv_builder_end (all);
}

/* --- what an answer means --- */

JsonNode *
mos_translator_read_answer (const MosHttpAnswer *answer)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize size;
  const char *text = g_bytes_get_data (answer->body, &size);

  if (size == 0 || !json_parser_load_from_data (parser, text, (gssize) size, NULL))
    return NULL;
  return json_parser_steal_root (parser);
}

void
mos_translator_set_error (const MosHttpAnswer *answer,
                          const char *words,
                          GError **error)
{
  MosTranslateError code;

  switch (answer->status)
    {
    case 401:
    case 403:
      code = MOS_TRANSLATE_ERROR_KEY_REFUSED;
      break;
    case 404:
    case 405:
      code = MOS_TRANSLATE_ERROR_NO_SERVICE;
      break;
    case 413:
    case 414:
      code = MOS_TRANSLATE_ERROR_TOO_LARGE;
      break;
    case 456:
      code = MOS_TRANSLATE_ERROR_QUOTA;
      break;
    case 429:
      code = MOS_TRANSLATE_ERROR_BUSY;
      break;
    default:
      code = answer->status >= 500 ? MOS_TRANSLATE_ERROR_BUSY : answer->status >= 400 ? MOS_TRANSLATE_ERROR_REFUSED
                                                            : answer->status >= 300   ? MOS_TRANSLATE_ERROR_NO_SERVICE
                                                                                      : MOS_TRANSLATE_ERROR_PROTOCOL;
      break;
    }
  g_set_error (error, MOS_TRANSLATE_ERROR, code, "%s", words != NULL ? words : answer->location != NULL ? answer->location
                                                                                                        : "");
}
