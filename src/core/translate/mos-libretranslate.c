/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-translate"

#include "config.h"

#include "core/translate/mos-libretranslate.h"

#include "core/base/mos-json-read.h"
#include "core/base/mos-json.h"

#include <string.h>

/* Texts of a request. A server of one's own may take more; but one that computes on a small machine answers before anybody thinks that it does not. */
#define MAX_UNITS 20
/* Characters of a request where the server names no limit of its own, and the most that is asked of one that does */
#define USUAL_BYTES 2000
#define MAX_BYTES (8 * 1024)
/* The code of a unit takes some of it, too. */
#define LEAST_BYTES 200
/* It computes while it holds the line. */
#define TIMEOUT_S 120
#define MAX_ANSWER (2 * 1024 * 1024)

struct _MosLibretranslate
{
  GObject parent_instance;

  MosHttp *http; /* (owned) */
  char *url;     /* (owned) */
  char *key;     /* (owned) */
  gsize max_bytes;
};

static void mos_libretranslate_iface_init (MosTranslatorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MosLibretranslate, mos_libretranslate, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (MOS_TYPE_TRANSLATOR, mos_libretranslate_iface_init))

/* Both "slow down" and a used up allotment are 429, and a key that is wanted is a 400 in words of its own. */
static void
set_error (const MosHttpAnswer *answer,
           const char *words,
           GError **error)
{
  if (answer->status == 400 && words != NULL && strstr (words, "API key") != NULL)
    g_set_error_literal (error, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_KEY_REFUSED, words);
  else if (answer->status == 400 && words != NULL && (strstr (words, "exceeds text limit") != NULL || strstr (words, "exceeds character limit") != NULL))
    g_set_error_literal (error, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_TOO_LARGE, words);
  else
    mos_translator_set_error (answer, words, error);
}

static JsonNode *
ask (MosLibretranslate *self,
     const char *method,
     const char *path,
     GBytes *body,
     GCancellable *cancellable,
     GError **error)
{
  g_autofree char *url = g_strconcat (self->url, path, NULL);
  g_autoptr (MosHttpAnswer) answer = mos_http_request_sync (self->http, method, url, NULL, body != NULL ? "application/json" : NULL, body, body == NULL ? MOS_HTTP_REPEATABLE : MOS_HTTP_DEFAULT, cancellable, error);
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *words = NULL;

  if (answer == NULL)
    return NULL;
  root = mos_translator_read_answer (answer);
  if (answer->status == 200 && root != NULL)
    return g_steal_pointer (&root);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    words = mos_json_read_dup_line (json_node_get_object (root), "error");
  set_error (answer, words, error);
  return NULL;
}

/* How much it takes at once; not all servers tell. */
static gboolean
read_limit (MosLibretranslate *self,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (JsonNode) root = ask (self, "GET", "/frontend/settings", NULL, cancellable, &local);
  gint64 limit;

  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  self->max_bytes = USUAL_BYTES;
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root) || !mos_json_read_int (json_node_get_object (root), "charLimit", &limit))
    return TRUE;
  /* -1 = as much as one likes */
  self->max_bytes = limit <= 0 ? MAX_BYTES : CLAMP ((gsize) limit, LEAST_BYTES, MAX_BYTES);
  return TRUE;
}

static char **
mos_libretranslate_list_languages_sync (MosTranslator *translator,
                                        GCancellable *cancellable,
                                        GError **error)
{
  g_autoptr (JsonNode) root = ask (MOS_LIBRETRANSLATE (translator), "GET", "/languages", NULL, cancellable, error);
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;
  JsonArray *array = root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;

  if (root == NULL)
    return NULL;
  for (guint i = 0; i < mos_json_read_length (array); i++)
    {
      char *code = mos_json_read_dup_line (mos_json_read_element (array, i), "code");

      if (code != NULL)
        g_strv_builder_take (codes, code);
    }
  list = g_strv_builder_end (codes);
  if (list[0] == NULL)
    {
      g_set_error_literal (error, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_NO_SERVICE, "It names no languages");
      return NULL;
    }
  return read_limit (MOS_LIBRETRANSLATE (translator), cancellable, error) ? g_steal_pointer (&list) : NULL;
}

/* Returns: (transfer full): @begun is an object with what is asked; the key comes in */
static GBytes *
end_request (MosLibretranslate *self,
             JsonBuilder *begun)
{
  g_autoptr (JsonNode) root = NULL;
  char *text;

  if (*self->key != '\0')
    mos_json_string (begun, "api_key", self->key);
  json_builder_end_object (begun);
  root = json_builder_get_root (begun);
  text = json_to_string (root, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

/* The list of languages is everybody's; whether the key is taken is told by a word of ours that is asked for. */
static MosTranslateFacts *
mos_libretranslate_test_sync (MosTranslator *translator,
                              GCancellable *cancellable,
                              GError **error)
{
  MosLibretranslate *self = MOS_LIBRETRANSLATE (translator);
  const char *const *languages = mos_translator_list_languages_sync (translator, cancellable, error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (JsonNode) root = NULL;
  MosTranslateFacts *facts;

  if (languages == NULL)
    return NULL;
  json_builder_begin_object (builder);
  mos_json_string (builder, "q", "Mostrador");
  body = end_request (self, builder);
  root = ask (self, "POST", "/detect", body, cancellable, error);
  if (root == NULL)
    return NULL;
  facts = mos_translate_facts_new ();
  facts->languages = g_strdupv ((char **) languages);
  return facts;
}

/* Of one text, or of each */
static char *
dup_detected (JsonObject *answer)
{
  JsonObject *one = mos_json_read_object (answer, "detectedLanguage");

  if (one == NULL)
    one = mos_json_read_element (mos_json_read_array (answer, "detectedLanguage"), 0);
  return mos_json_read_dup_line (one, "language");
}

static char **
mos_libretranslate_translate_sync (MosTranslator *translator,
                                   const char *const *units,
                                   const char *source,
                                   const char *target,
                                   char **ret_source,
                                   GCancellable *cancellable,
                                   GError **error)
{
  MosLibretranslate *self = MOS_LIBRETRANSLATE (translator);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *answer;
  JsonArray *array;

  json_builder_begin_object (builder);
  mos_json_strv (builder, "q", (char **) units);
  mos_json_string (builder, "source", source != NULL ? source : "auto");
  mos_json_string (builder, "target", target);
  mos_json_string (builder, "format", "html");
  body = end_request (self, builder);
  root = ask (self, "POST", "/translate", body, cancellable, error);
  if (root == NULL)
    return NULL;
  answer = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  array = mos_json_read_array (answer, "translatedText");
  for (guint i = 0; i < mos_json_read_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_take (texts, mos_json_read_clean (json_node_get_string (node)));
    }
  *ret_source = source != NULL ? g_strdup (source) : dup_detected (answer);
  return g_strv_builder_end (texts);
}

static gsize
mos_libretranslate_get_max_bytes (MosTranslator *translator)
{
  return MOS_LIBRETRANSLATE (translator)->max_bytes;
}

static void
mos_libretranslate_iface_init (MosTranslatorInterface *iface)
{
  iface->test_sync = mos_libretranslate_test_sync;
  iface->list_languages_sync = mos_libretranslate_list_languages_sync;
  iface->translate_sync = mos_libretranslate_translate_sync;
  iface->get_max_bytes = mos_libretranslate_get_max_bytes;
  iface->max_units = MAX_UNITS;
}

static void
mos_libretranslate_finalize (GObject *object)
{
  MosLibretranslate *self = MOS_LIBRETRANSLATE (object);

  mos_http_free (self->http);
  g_free (self->url);
  explicit_bzero (self->key, strlen (self->key));
  g_free (self->key);
  G_OBJECT_CLASS (mos_libretranslate_parent_class)->finalize (object);
}

static void
mos_libretranslate_class_init (MosLibretranslateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_libretranslate_finalize;
}

static void
mos_libretranslate_init (MosLibretranslate *self)
{
  self->max_bytes = USUAL_BYTES;
}

MosTranslator *
mos_libretranslate_new (const char *url,
                        const char *key)
{
  /* Somebody waits for it. */
  const MosHttpOptions options = { .timeout_s = TIMEOUT_S, .attempts = 2, .max_wait_s = 5, .max_bytes = MAX_ANSWER };
  MosLibretranslate *self = g_object_new (MOS_TYPE_LIBRETRANSLATE, NULL);

  self->http = mos_http_new (&options);
  self->url = g_strdup (url);
  self->key = g_strdup (key);
  return MOS_TRANSLATOR (self);
}
