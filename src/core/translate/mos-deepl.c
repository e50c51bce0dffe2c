/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-translate"

#include "config.h"

#include "core/translate/mos-deepl.h"

#include "core/base/mos-json-read.h"
#include "core/base/mos-json.h"

#include <string.h>

/* Of a request: 50 texts and 128 KiB in all; quotes and controls take more in JSON. */
#define MAX_UNITS 50
#define MAX_BYTES (48 * 1024)
#define MAX_ANSWER (2 * 1024 * 1024)

struct _MosDeepl
{
  GObject parent_instance;

  MosHttp *http; /* (owned) */
  char *url;     /* (owned) */
  char *key;     /* (owned) */
};

static void mos_deepl_iface_init (MosTranslatorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MosDeepl, mos_deepl, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (MOS_TYPE_TRANSLATOR, mos_deepl_iface_init))

/* Returns: (transfer full) (nullable): what it says, of a success */
static JsonNode *
ask (MosDeepl *self,
     const char *method,
     const char *path,
     GBytes *body,
     GCancellable *cancellable,
     GError **error)
{
  g_autofree char *url = g_strconcat (self->url, path, NULL);
  g_autofree char *authorization = g_strconcat ("DeepL-Auth-Key ", self->key, NULL);
  const char *const headers[] = { "Authorization", authorization, NULL };
  g_autoptr (MosHttpAnswer) answer = mos_http_request_sync (self->http, method, url, headers, body != NULL ? "application/json" : NULL, body, body == NULL ? MOS_HTTP_REPEATABLE : MOS_HTTP_DEFAULT, cancellable, error);
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *words = NULL;

  memset (authorization, 0, strlen (authorization));
  if (answer == NULL)
    return NULL;
  root = mos_translator_read_answer (answer);
  if (answer->status == 200 && root != NULL)
    return g_steal_pointer (&root);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    words = mos_json_read_dup_line (json_node_get_object (root), "message");
  mos_translator_set_error (answer, words, error);
  return NULL;
}

static char **
mos_deepl_list_languages_sync (MosTranslator *translator,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autoptr (JsonNode) root = ask (MOS_DEEPL (translator), "GET", "/v2/languages?type=target", NULL, cancellable, error);
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;
  JsonArray *array = root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;

  if (root == NULL)
    return NULL;
  for (guint i = 0; i < mos_json_read_length (array); i++)
    {
      char *code = mos_json_read_dup_line (mos_json_read_element (array, i), "language");

      if (code != NULL)
        g_strv_builder_take (codes, code);
    }
  list = g_strv_builder_end (codes);
  if (list[0] == NULL)
    {
      g_set_error_literal (error, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_PROTOCOL, "It names no languages");
      return NULL;
    }
  return g_steal_pointer (&list);
}

static MosTranslateFacts *
mos_deepl_test_sync (MosTranslator *translator,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (JsonNode) root = ask (MOS_DEEPL (translator), "GET", "/v2/usage", NULL, cancellable, error);
  JsonObject *usage = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  const char *const *languages = root != NULL ? mos_translator_list_languages_sync (translator, cancellable, error) : NULL;
  MosTranslateFacts *facts;

  if (languages == NULL)
    return NULL;
  facts = mos_translate_facts_new ();
  facts->languages = g_strdupv ((char **) languages);
  facts->used = mos_json_read_size (usage, "character_count");
  facts->limit = mos_json_read_size (usage, "character_limit");
  return facts;
}

static GBytes *
make_request (const char *const *units,
              const char *source,
              const char *target)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *into = g_ascii_strup (target, -1);
  char *ignored[] = { (char *) "code", NULL };
  char *text;

  json_builder_begin_object (builder);
  mos_json_strv (builder, "text", (char **) units);
  mos_json_string (builder, "target_lang", into);
  if (source != NULL)
    {
      g_autofree char *from = g_ascii_strup (source, (gssize) strcspn (source, "-_"));

      /* A country is only told of what is written. */
      mos_json_string (builder, "source_lang", from);
    }
  mos_json_string (builder, "tag_handling", "xml");
  mos_json_strv (builder, "ignore_tags", ignored);
  /* None of the tags is a frame that parts sentences. */
  mos_json_bool (builder, "outline_detection", FALSE);
  mos_json_bool (builder, "preserve_formatting", TRUE);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

static char **
mos_deepl_translate_sync (MosTranslator *translator,
                          const char *const *units,
                          const char *source,
                          const char *target,
                          char **ret_source,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (GBytes) body = make_request (units, source, target);
  g_autoptr (JsonNode) root = ask (MOS_DEEPL (translator), "POST", "/v2/translate", body, cancellable, error);
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  JsonArray *array = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? mos_json_read_array (json_node_get_object (root), "translations") : NULL;

  if (root == NULL)
    return NULL;
  for (guint i = 0; i < mos_json_read_length (array); i++)
    {
      JsonObject *one = mos_json_read_element (array, i);
      char *text = mos_json_read_dup_text (one, "text");

      if (text != NULL)
        g_strv_builder_take (texts, text);
      if (*ret_source == NULL)
        *ret_source = mos_json_read_dup_line (one, "detected_source_language");
    }
  return g_strv_builder_end (texts);
}

static gsize
mos_deepl_get_max_bytes (MosTranslator *translator)
{
  return MAX_BYTES;
}

static void
mos_deepl_iface_init (MosTranslatorInterface *iface)
{
  iface->test_sync = mos_deepl_test_sync;
  iface->list_languages_sync = mos_deepl_list_languages_sync;
  iface->translate_sync = mos_deepl_translate_sync;
  iface->get_max_bytes = mos_deepl_get_max_bytes;
  iface->max_units = MAX_UNITS;
}

static void
mos_deepl_finalize (GObject *object)
{
  MosDeepl *self = MOS_DEEPL (object);

  mos_http_free (self->http);
  g_free (self->url);
  explicit_bzero (self->key, strlen (self->key));
  g_free (self->key);
  G_OBJECT_CLASS (mos_deepl_parent_class)->finalize (object);
}

static void
mos_deepl_class_init (MosDeeplClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_deepl_finalize;
}

static void
mos_deepl_init (MosDeepl *self)
{
}

MosTranslator *
mos_deepl_new (const char *url,
               const char *key)
{
  /* Somebody waits for it. */
  const MosHttpOptions options = { .attempts = 2, .max_wait_s = 5, .max_bytes = MAX_ANSWER };
  MosDeepl *self = g_object_new (MOS_TYPE_DEEPL, NULL);

  self->http = mos_http_new (&options);
  self->url = g_strdup (url);
  self->key = g_strdup (key);
  return MOS_TRANSLATOR (self);
}
