/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-relay"

#include "config.h"

#include "core/channels/relay/mos-relay.h"

#include "core/base/mos-json-read.h"
#include "core/channels/mos-chat-http.h"
#include "mos-relay-resources.h"

#include <string.h>
#include <sys/random.h>

/* MAX_WAIT_S of the file */
#define MAX_WAIT_S 25u
#define GRACE_S 15
#define PUT_TIMEOUT_S 120
#define MAX_ANSWER (16 * 1024 * 1024)
/* Those of the first protocol have no name, and forget what any number says. */
#define PROTOCOL_UNNAMED 1
#define PROTOCOL 2
#define NAME_LENGTH 16
#define RESOURCE "/org/mostrador/Mostrador/core/relay/mostrador-relay.php"

struct _MosRelay
{
  MosHttp *http; /* (owned) */
  char *url;     /* (owned) */
  char *key;     /* (owned) */
};

MosRelay *
mos_relay_new (const char *url,
               const char *key)
{
  /* What is to be asked again, and when, the channel knows better. */
  const MosHttpOptions options = { .attempts = 1, .max_bytes = MAX_ANSWER };
  MosRelay *self = g_new0 (MosRelay, 1);

  self->http = mos_http_new (&options);
  self->url = g_strdup (url);
  self->key = g_strdup (key);
  return self;
}

void
mos_relay_free (MosRelay *self)
{
  if (self == NULL)
    return;
  mos_http_free (self->http);
  g_free (self->url);
  explicit_bzero (self->key, strlen (self->key));
  g_free (self->key);
  g_free (self);
}

static void
letter_free (gpointer data)
{
  MosRelayLetter *letter = data;

  g_free (letter->id);
  g_bytes_unref (letter->body);
  g_free (letter);
}

void
mos_relay_post_free (MosRelayPost *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->letters);
  g_free (self);
}

/* --- reading --- */

/* Returns: (transfer full) (nullable): what a letter box said; %NULL: it is none */
static JsonObject *
read_answer (GBytes *body)
{
  g_autoptr (JsonObject) object = mos_json_read_root (body, NULL);
  gint64 protocol;

  return object != NULL && mos_json_read_int (object, "relay", &protocol) && protocol >= PROTOCOL_UNNAMED && protocol <= PROTOCOL ? g_steal_pointer (&object) : NULL;
}

/* @ret_name: (out) (transfer full) (nullable): what the letter box is called; %NULL of one that has no name. Returns: whether that is as it must be */
static gboolean
read_name (JsonObject *said,
           char **ret_name)
{
  g_autofree char *name = mos_json_read_dup_line (said, "box");
  gint64 protocol = 0;

  *ret_name = NULL;
  mos_json_read_int (said, "relay", &protocol);
  if (protocol == PROTOCOL_UNNAMED)
    return TRUE;
  if (name == NULL || strlen (name) != NAME_LENGTH || strspn (name, G_CSET_DIGITS "abcdef") != NAME_LENGTH)
    return FALSE;
  *ret_name = g_steal_pointer (&name);
  return TRUE;
}

MosRelayPost *
mos_relay_parse (GBytes *body,
                 GError **error)
{
  g_autoptr (JsonObject) object = read_answer (body);
  JsonArray *items = object != NULL ? mos_json_read_array (object, "items") : NULL;
  g_autofree char *name = NULL;
  MosRelayPost *post;

  if (items == NULL || !read_name (object, &name))
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NO_SERVER, "no letter box answers there");
      return NULL;
    }
  post = g_new0 (MosRelayPost, 1);
  post->letters = g_ptr_array_new_with_free_func (letter_free);
  post->has_more = mos_json_read_is_true (object, "more");
  for (guint i = 0; i < mos_json_read_length (items); i++)
    {
      JsonObject *item = mos_json_read_element (items, i);
      g_autofree char *id = mos_json_read_dup_line (item, "id");
      g_autofree char *coded = mos_json_read_dup_line (item, "body");
      MosRelayLetter *letter;
      guchar *text;
      gsize size = 0;

      /* Its number is what says that it was taken: without one it would come for ever. */
      if (id == NULL || strlen (id) > 18 || strspn (id, G_CSET_DIGITS) != strlen (id))
        continue;
      text = coded != NULL ? g_base64_decode (coded, &size) : NULL;
      letter = g_new0 (MosRelayLetter, 1);
      letter->id = name != NULL ? g_strconcat (name, ":", id, NULL) : g_steal_pointer (&id);
      letter->body = g_bytes_new_take (text, size);
      g_ptr_array_add (post->letters, letter);
    }
  return post;
}

/* --- asking --- */

static void
judge (guint status,
       GBytes *body,
       gboolean is_sending,
       GError **error)
{
  g_autoptr (JsonObject) said = read_answer (body);
  MosChatError code = status == 429 || status >= 500 ? MOS_CHAT_ERROR_TEMPORARY : said == NULL ? MOS_CHAT_ERROR_NO_SERVER
                                                                              : status == 401  ? MOS_CHAT_ERROR_KEY_REFUSED
                                                                                               : MOS_CHAT_ERROR_PROTOCOL;

  g_set_error (error, MOS_CHAT_ERROR, (int) code, "letter box: HTTP %u", status);
}

static char *
make_url (MosRelay *self,
          const char *query)
{
  return g_strconcat (self->url, strchr (self->url, '?') != NULL ? "&" : "?", query, NULL);
}

/* @request: without its address and its headers. Returns: (transfer full) (nullable): what it answered */
static GBytes *
send_with_key (MosRelay *self,
               MosHttpRequest request,
               const char *query,
               MosChatJudge judges,
               guint *ret_retry_ms,
               GCancellable *cancellable,
               GError **error)
{
  g_autofree char *bearer = g_strconcat ("Bearer ", self->key, NULL);
  /* Some hosts keep the first one for themselves. */
  const char *const headers[] = { "Authorization", bearer, "X-Relay-Key", self->key, NULL };
  g_autofree char *url = make_url (self, query);
  g_autoptr (MosHttpAnswer) answer = NULL;

  request.url = url;
  request.headers = headers;
  answer = mos_chat_http_sync (self->http, &request, judges, FALSE, ret_retry_ms, cancellable, error);
  explicit_bzero (bearer, strlen (bearer));
  return answer != NULL ? g_bytes_ref (answer->body) : NULL;
}

static GBytes *
ask (MosRelay *self,
     const char *query,
     guint wait_s,
     guint *ret_retry_ms,
     GCancellable *cancellable,
     GError **error)
{
  const MosHttpRequest request = { .method = "GET", .flags = MOS_HTTP_REPEATABLE | MOS_HTTP_KEEP_LINE, .timeout_s = wait_s + GRACE_S };

  return send_with_key (self, request, query, judge, ret_retry_ms, cancellable, error);
}

gboolean
mos_relay_hello_sync (MosRelay *self,
                      guint *ret_retry_ms,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GBytes) body = ask (self, "hello=1", 0, ret_retry_ms, cancellable, error);
  g_autoptr (JsonObject) said = body != NULL ? read_answer (body) : NULL;

  if (body != NULL && said == NULL)
    g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NO_SERVER, "no letter box answers there");
  return said != NULL;
}

/* --- files that go out --- */

/* Whatever it says: the platform, whose account it is, has not been asked. */
static void
judge_file (guint status,
            GBytes *body,
            gboolean is_sending,
            GError **error)
{
  g_autoptr (JsonObject) said = read_answer (body);
  g_autofree char *why = said != NULL ? mos_json_read_dup_line (said, "error") : NULL;
  MosChatError code = status == 413                      ? MOS_CHAT_ERROR_TOO_LARGE
                      : g_strcmp0 (why, "bad-type") == 0 ? MOS_CHAT_ERROR_REFUSED
                                                         : MOS_CHAT_ERROR_LETTER_BOX;

  g_set_error (error, MOS_CHAT_ERROR, (int) code, "letter box: HTTP %u%s%s", status, why != NULL ? ": " : "", why != NULL ? why : "");
}

gboolean
mos_relay_hello_files_sync (MosRelay *self,
                            guint *ret_retry_ms,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) body = ask (self, "hello=1", 0, ret_retry_ms, cancellable, &local);
  g_autoptr (JsonObject) said = body != NULL ? read_answer (body) : NULL;
  gint64 limit;

  if (said != NULL && mos_json_read_int (said, "files", &limit))
    return TRUE;
  if (local == NULL)
    g_set_error_literal (&local, MOS_CHAT_ERROR, MOS_CHAT_ERROR_LETTER_BOX, said != NULL ? "the letter box is an older one, which hands no files out" : "no letter box answers there");
  if (local->domain == MOS_CHAT_ERROR)
    local->code = MOS_CHAT_ERROR_LETTER_BOX;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

char *
mos_relay_hand_out_sync (MosRelay *self,
                         const char *name,
                         const char *type,
                         GBytes *bytes,
                         guint *ret_retry_ms,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autofree char *coded_name = g_uri_escape_string (name, NULL, FALSE);
  g_autofree char *coded_type = g_uri_escape_string (type, NULL, FALSE);
  g_autofree char *query = g_strdup_printf ("put=1&type=%s&name=%s", coded_type, coded_name);
  /* Not as a form: PHP would take it apart. */
  const MosHttpRequest request = { .method = "POST", .type = "application/octet-stream", .body = bytes, .flags = MOS_HTTP_REPEATABLE, .timeout_s = PUT_TIMEOUT_S };
  g_autoptr (GBytes) body = send_with_key (self, request, query, judge_file, ret_retry_ms, cancellable, error);
  g_autoptr (JsonObject) said = body != NULL ? read_answer (body) : NULL;
  g_autofree char *code = said != NULL ? mos_json_read_dup_line (said, "file") : NULL;
  g_autofree char *found = NULL;

  if (body == NULL)
    return NULL;
  if (code == NULL || *code == '\0' || strspn (code, G_CSET_DIGITS G_CSET_a_2_z) != strlen (code))
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_LETTER_BOX, "no letter box answers there");
      return NULL;
    }
  found = g_strconcat ("file=", code, NULL);
  return make_url (self, found);
}

char *
mos_relay_split_secret (const char *secret,
                        char **ret_key)
{
  const char *end = strchrnul (secret, '\n');
  char *key = *end == '\n' ? g_strstrip (g_strdup (end + 1)) : NULL;

  *ret_key = key != NULL && *key != '\0' ? g_steal_pointer (&key) : NULL;
  g_free (key);
  return g_strstrip (g_strndup (secret, (gsize) (end - secret)));
}

MosRelay *
mos_relay_new_for_files (const MosAccount *account,
                         const char *key)
{
  const char *url = mos_account_get_setting (account, MOS_ACCOUNT_RELAY, NULL);

  return url != NULL && *url != '\0' && key != NULL ? mos_relay_new (url, key) : NULL;
}

/* --- what comes in --- */

MosRelayPost *
mos_relay_fetch_sync (MosRelay *self,
                      const char *number,
                      const char *after,
                      guint wait_s,
                      guint *ret_retry_ms,
                      GCancellable *cancellable,
                      GError **error)
{
  guint wait = MIN (wait_s, MAX_WAIT_S);
  g_autofree char *query = g_strdup_printf ("after=%s&for=%s&wait=%u", after != NULL ? after : "0", number, wait);
  g_autoptr (GBytes) body = ask (self, query, wait, ret_retry_ms, cancellable, error);

  return body != NULL ? mos_relay_parse (body, error) : NULL;
}

/* --- the file --- */

char *
mos_relay_make_key (void)
{
  guchar bytes[32];
  g_autofree char *coded = NULL;

  /* 256 bytes at most come whole (getrandom(2)). */
  if (getrandom (bytes, sizeof bytes, 0) != (gssize) sizeof bytes)
    g_error ("No random numbers");
  coded = g_base64_encode (bytes, sizeof bytes);
  explicit_bzero (bytes, sizeof bytes);
  g_strdelimit (coded, "+", '-');
  g_strdelimit (coded, "/", '_');
  coded[strcspn (coded, "=")] = '\0';
  return g_steal_pointer (&coded);
}

static gboolean
is_plain (const char *text)
{
  return *text != '\0' && strlen (text) <= 200 && strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.~") == strlen (text);
}

char *
mos_relay_make_file (const char *key,
                     const char *verify_token,
                     const char *app_secret,
                     GError **error)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (mos_relay_get_resource (), RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  /* What nobody knows nobody can sign with. */
  g_autofree char *nobodys = app_secret == NULL ? mos_relay_make_key () : NULL;
  const char *signed_with = app_secret != NULL ? app_secret : nobodys;
  g_autoptr (GString) text = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  if (!is_plain (verify_token) || !is_plain (signed_with))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "Letters, digits and -_.~ alone");
      return NULL;
    }
  text = g_string_new_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  g_string_replace (text, "@KEY_SHA256@", digest, 0);
  g_string_replace (text, "@VERIFY_TOKEN@", verify_token, 0);
  g_string_replace (text, "@APP_SECRET@", signed_with, 0);
  return g_string_free_and_steal (g_steal_pointer (&text));
}
