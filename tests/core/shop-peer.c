/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "shop-peer.h"

#include "core/base/mos-time.h"
#include "core/shops/mos-oauth1.h"

#include <libsoup/soup.h>
#include <stdarg.h>
#include <string.h>

#define S ((gint64) G_USEC_PER_SEC)

void
peer_answer (SoupServerMessage *message,
             guint status,
             const char *type,
             const char *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, text, strlen (text));
}

gboolean
peer_answer_fault (Peer *p,
                   SoupServerMessage *message)
{
  Fault fault = g_queue_is_empty (&p->faults) ? FAULT_NONE : (Fault) GPOINTER_TO_INT (g_queue_pop_head (&p->faults));
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  switch (fault)
    {
    case FAULT_NONE:
      return FALSE;
    case FAULT_BUSY:
      soup_message_headers_replace (headers, "Retry-After", "1");
      peer_answer (message, 429, "text/html", "<h1>Slow down</h1>");
      break;
    case FAULT_FIREWALL:
      peer_answer (message, 403, "text/html", "<h1>Blocked</h1>");
      break;
    case FAULT_HALF:
      peer_answer (message, 200, "application/json", "[{\"id\":1,\"total\":");
      break;
    case FAULT_WRONG:
      peer_answer (message, 200, "application/json", "{\"surprise\":true}");
      break;
    case FAULT_NO_JSON:
      peer_answer (message, 200, "application/json", "\xff\xfe");
      break;
    case FAULT_MOVED:
      soup_message_headers_replace (headers, "Location", "https://www.mugs.example/wp-json/?consumer_secret=" SECRET "#x");
      peer_answer (message, 301, "text/html", "");
      break;
    case FAULT_REVOKED:
      peer_answer (message, 401, "application/json", "{\"code\":\"woocommerce_rest_authentication_error\",\"message\":\"Consumer secret is invalid.\",\"data\":{\"status\":401}}");
      break;
    case FAULT_FORBIDDEN:
      peer_answer (message, 403, "application/json", "{\"code\":\"woocommerce_rest_cannot_view\",\"message\":\"Sorry, you cannot list resources.\",\"data\":{\"status\":403}}");
      break;
    case FAULT_NO_SHOP:
      peer_answer (message, 404, "application/json", "{\"code\":\"rest_no_route\",\"message\":\"No route was found matching the URL and request method.\",\"data\":{\"status\":404}}");
      break;
    case FAULT_DEEP:
      {
        g_autofree char *brackets = g_strnfill (1000000, '[');

        peer_answer (message, 200, "application/json", brackets);
      }
      break;
    case FAULT_LARGE:
      {
        g_autofree char *spaces = g_strnfill (17 * 1024 * 1024, ' ');

        peer_answer (message, 200, "application/json", spaces);
      }
      break;
    case FAULT_HANGS:
      soup_server_message_pause (message);
      break;
    case FAULT_LOST:
    case FAULT_CUT:
    case FAULT_LATE:
    case FAULT_BROKEN:
    case FAULT_AWAY:
    default:
      g_assert_not_reached ();
    }
  return TRUE;
}

char *
peer_dup_body (SoupServerMessage *message)
{
  g_autoptr (GBytes) bytes = soup_message_body_flatten (soup_server_message_get_request_body (message));

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
cut (SoupServerMessage *message)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  g_io_stream_close (stream, NULL, NULL);
}

gboolean
peer_begin_write (Peer *p,
                  SoupServerMessage *message,
                  Fault *ret_fault)
{
  if (p->slow != NULL)
    mos_manual_clock_advance (p->slow, 61 * G_TIME_SPAN_SECOND);
  *ret_fault = g_queue_is_empty (&p->write_faults) ? FAULT_NONE : (Fault) GPOINTER_TO_INT (g_queue_pop_head (&p->write_faults));
  if (*ret_fault == FAULT_BUSY)
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", "1");
      peer_answer (message, 429, "application/json", "{}");
    }
  else if (*ret_fault == FAULT_CUT || *ret_fault == FAULT_LATE)
    cut (message);
  else
    return TRUE;
  return FALSE;
}

void
peer_end_write (SoupServerMessage *message,
                Fault fault,
                guint status,
                const char *text)
{
  switch (fault)
    {
    case FAULT_LOST:
      cut (message);
      break;
    case FAULT_BROKEN:
      peer_answer (message, 500, "application/json", "<h1>There has been a critical error on this website.</h1>");
      break;
    case FAULT_AWAY:
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", "1");
      peer_answer (message, 503, "application/json", "{}");
      break;
    case FAULT_WRONG:
      peer_answer (message, 200, "application/json", "{\"surprise\":true}");
      break;
    case FAULT_NO_JSON:
      peer_answer (message, 200, "application/json", "\xff\xfe");
      break;
    case FAULT_NONE:
    case FAULT_BUSY:
    case FAULT_FIREWALL:
    case FAULT_HALF:
    case FAULT_MOVED:
    case FAULT_REVOKED:
    case FAULT_FORBIDDEN:
    case FAULT_NO_SHOP:
    case FAULT_DEEP:
    case FAULT_LARGE:
    case FAULT_HANGS:
    case FAULT_CUT:
    case FAULT_LATE:
    default:
      peer_answer (message, status, "application/json", text);
    }
}

/* The parameters of "List all orders", as the REST documentation v3 has them; what is not in it, or of another form, is refused. */
static const struct
{
  const char *name;
  const char *form;
} parameters[] = {
  { "per_page", "^([1-9]|[1-9][0-9]|100)$" },
  { "offset", "^[0-9]+$" },
  { "order", "^(asc|desc)$" },
  { "orderby", "^(date|modified|id|include|title|slug)$" },
  { "status", "^(any|pending|processing|on-hold|completed|cancelled|refunded|failed|trash)$" },
  { "modified_after", "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d$" },
  { "dates_are_gmt", "^(true|false)$" },
  { "_fields", "^[a-z_,]+$" },
  { "rest_route", "^/wc/v3/orders" },
  { "oauth_consumer_key", "^" KEY "$" },
  { "oauth_nonce", "^.{8,}$" },
  { "oauth_signature_method", "^HMAC-SHA256$" },
  { "oauth_timestamp", "^[0-9]{10}$" },
  { "oauth_version", "^1.0$" },
  { "oauth_signature", "^[A-Za-z0-9+/]{43}=$" },
};

char *
peer_find_problem (GHashTable *query)
{
  GHashTableIter iter;
  const char *name, *value;

  g_hash_table_iter_init (&iter, query);
  while (g_hash_table_iter_next (&iter, (gpointer *) &name, (gpointer *) &value))
    {
      gsize i = 0;

      while (i < G_N_ELEMENTS (parameters) && strcmp (parameters[i].name, name) != 0)
        i++;
      if (i == G_N_ELEMENTS (parameters) || !g_regex_match_simple (parameters[i].form, value, 0, 0))
        return g_strdup_printf ("%s=%s", name, value);
    }
  return NULL;
}

static gboolean
is_signed (Peer *p,
           const char *method,
           const char *path,
           GHashTable *query)
{
  g_autofree char *url = g_strconcat (p->base, path, NULL);
  const MosOAuth1 signer = { KEY, SECRET, "", "", g_hash_table_lookup (query, "oauth_nonce"), g_ascii_strtoll (g_hash_table_lookup (query, "oauth_timestamp") != NULL ? g_hash_table_lookup (query, "oauth_timestamp") : "", NULL, 10) };
  const char *names[20], *values[20], *signature = g_hash_table_lookup (query, "oauth_signature");
  g_autofree char *expected = NULL, *decoded = NULL;
  GHashTableIter iter;
  gsize n = 0;

  if (signature == NULL || signer.nonce == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, query);
  while (g_hash_table_iter_next (&iter, (gpointer *) &names[n], (gpointer *) &values[n]))
    if (!g_str_has_prefix (names[n], "oauth_"))
      n++;
  expected = mos_oauth1_sign_query (&signer, method, url, names, values, n);
  decoded = g_uri_unescape_string (strstr (expected, "oauth_signature=") + 16, NULL);
  return strcmp (decoded, signature) == 0;
}

static void
append_row (GString *text,
            const Row *row)
{
  g_autofree char *time = mos_time_format_utc (row->modified_s * S);

  time[strlen (time) - 1] = '\0';
  g_string_append_printf (text, "%s{\"id\":%d,\"number\":\"%d\",\"status\":\"%s\",\"currency\":\"EUR\",\"total\":\"12.50\",\"date_created_gmt\":\"2026-01-01T00:00:00\",\"date_modified_gmt\":\"%s\",\"billing\":{\"email\":\"c%d@example.com\"}}",
                          text->len > 1 ? "," : "", row->id, row->id, row->status, time, row->id);
}

static char *
list_orders (Peer *p,
             GHashTable *query)
{
  const char *after = g_hash_table_lookup (query, "modified_after"), *skip = g_hash_table_lookup (query, "offset"), *size = g_hash_table_lookup (query, "per_page");
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  gint64 after_s = after != NULL ? mos_time_parse (after, utc) / S : G_MININT64;
  guint n_skip = skip != NULL ? (guint) atoi (skip) : 0, n_max = size != NULL ? (guint) atoi (size) : 10;
  GString *text = g_string_new ("[");

  for (guint i = 0; i < p->rows->len && n_max > 0; i++)
    {
      const Row *row = &g_array_index (p->rows, Row, i);

      if (row->modified_s <= after_s)
        continue;
      if (n_skip > 0)
        {
          n_skip--;
          continue;
        }
      append_row (text, row);
      n_max--;
    }
  if (p->with_broken_row)
    g_string_append (text, text->len > 1 ? ",{\"id\":null},7" : "{\"id\":null},7");
  g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const Row *x = a, *y = b;

  return x->modified_s != y->modified_s ? (x->modified_s < y->modified_s ? -1 : 1) : x->id - y->id;
}

static void
on_woocommerce_cb (SoupServer *server,
                   SoupServerMessage *message,
                   const char *path,
                   GHashTable *query,
                   gpointer user_data)
{
  Peer *p = user_data;
  g_autofree char *problem = NULL, *text = NULL;

  g_mutex_lock (&p->mutex);
  p->n_asked++;
  if (p->now_s != 0)
    {
      g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (p->now_s);
      g_autofree char *date = soup_date_time_to_string (now, SOUP_DATE_HTTP);

      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Date", date);
    }
  problem = query != NULL ? peer_find_problem (query) : NULL;
  if (problem != NULL)
    g_ptr_array_add (p->refused, g_strdup (problem));
  if (peer_answer_fault (p, message))
    ;
  else if (problem != NULL)
    peer_answer (message, 400, "application/json", "{\"code\":\"rest_invalid_param\",\"message\":\"Invalid parameter(s)\",\"data\":{\"status\":400}}");
  else if (query == NULL || !is_signed (p, soup_server_message_get_method (message), path, query))
    peer_answer (message, 401, "application/json", "{\"code\":\"woocommerce_rest_cannot_view\",\"message\":\"Sorry, you cannot list resources.\",\"data\":{\"status\":401}}");
  else if (peer_answer_order (p, message, path))
    ;
  else if (g_str_has_suffix (path, "/notes"))
    peer_answer (message, 200, "application/json", "[{\"id\":5,\"author\":\"Marta\",\"note\":\"Packed &amp; sent\",\"customer_note\":true,\"date_created_gmt\":\"2026-01-02T00:00:00\"}]");
  else if (g_str_has_suffix (path, "/orders/404"))
    peer_answer (message, 404, "application/json", "{\"code\":\"woocommerce_rest_shop_order_invalid_id\",\"message\":\"Invalid ID.\",\"data\":{\"status\":404}}");
  else if (g_str_has_suffix (path, "/orders/7"))
    peer_answer (message, 200, "application/json", "{\"id\":7,\"number\":\"7\",\"status\":\"completed\",\"currency\":\"EUR\",\"total\":\"5.00\",\"date_modified_gmt\":\"2026-03-01T00:00:00\"}");
  else
    {
      text = list_orders (p, query);
      peer_answer (message, 200, "application/json", text);
      if (p->edit_at > 0 && p->n_asked == p->edit_at)
        {
          /* Somebody works in the shop while it is read: the list moves up by one. */
          Row *row = &g_array_index (p->rows, Row, 0);

          row->modified_s = 1790000000;
          row->status = "completed";
          g_array_sort (p->rows, compare_rows);
        }
    }
  g_mutex_unlock (&p->mutex);
}

static void
on_shopify_cb (SoupServer *server,
               SoupServerMessage *message,
               const char *path,
               GHashTable *query,
               gpointer user_data)
{
  Peer *p = user_data;
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  const char *token = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "X-Shopify-Access-Token");
  g_autofree char *wanted = NULL;

  g_mutex_lock (&p->mutex);
  p->n_asked++;
  wanted = g_strdup_printf ("shpat_%u", p->n_tokens);
  if (strcmp (path, "/admin/oauth/access_token") == 0)
    {
      if (strcmp (text, "grant_type=client_credentials&client_id=" KEY "&client_secret=" SECRET) != 0)
        peer_answer (message, 400, "application/json", "{\"error\":\"invalid_client\",\"error_description\":\"no\"}");
      else
        {
          g_autofree char *granted = g_strdup_printf ("{\"access_token\":\"shpat_%u\",\"scope\":\"read_orders\",\"expires_in\":86399}", ++p->n_tokens);

          peer_answer (message, 200, "application/json", granted);
        }
    }
  else if (g_strcmp0 (token, wanted) != 0)
    peer_answer (message, 401, "application/json", "{\"errors\":\"[API] Invalid API key or access token (unrecognized login or wrong password)\"}");
  else if (!g_queue_is_empty (&p->faults))
    {
      g_queue_pop_head (&p->faults);
      peer_answer (message, 200, "application/json",
                   "{\"errors\":[{\"message\":\"Throttled\",\"extensions\":{\"code\":\"THROTTLED\"}}],\"extensions\":{\"cost\":{\"requestedQueryCost\":90,\"throttleStatus\":{\"maximumAvailable\":2000,\"currentlyAvailable\":40,\"restoreRate\":100}}}}");
    }
  else if (p->answer_shopify != NULL && p->answer_shopify (p, message, text))
    ;
  else if (strstr (text, "\"first\":20") != NULL)
    peer_answer (message, 200, "application/json", "{\"errors\":[{\"message\":\"Query cost is 1200, which exceeds the single query max cost limit (1000).\",\"extensions\":{\"code\":\"MAX_COST_EXCEEDED\"}}]}");
  else if (strstr (text, "\"after\":\"c1\"") != NULL)
    peer_answer (message, 200, "application/json", "{\"data\":{\"orders\":{\"pageInfo\":{\"hasNextPage\":false,\"endCursor\":\"c2\"},\"nodes\":[{\"id\":\"gid://shopify/Order/2\",\"name\":\"#1002\",\"updatedAt\":\"2026-01-02T00:00:00Z\"}]}}}");
  else
    peer_answer (message, 200, "application/json", "{\"data\":{\"orders\":{\"pageInfo\":{\"hasNextPage\":true,\"endCursor\":\"c1\"},\"nodes\":[{\"id\":\"gid://shopify/Order/1\",\"name\":\"#1001\",\"updatedAt\":\"2026-01-01T00:00:00Z\"}]}}}");
  g_mutex_unlock (&p->mutex);
}

static void
on_other_cb (SoupServer *server,
             SoupServerMessage *message,
             const char *path,
             GHashTable *query,
             gpointer user_data)
{
  Peer *p = user_data;

  g_mutex_lock (&p->mutex);
  p->n_asked++;
  if (!peer_answer_fault (p, message))
    p->handler (server, message, path, query, p);
  g_mutex_unlock (&p->mutex);
}

static gpointer
peer_thread (gpointer user_data)
{
  Peer *p = user_data;
  g_autoptr (SoupServer) server = NULL;
  g_autoptr (GError) error = NULL;
  GSList *uris;

  g_main_context_push_thread_default (p->context);
  server = soup_server_new (NULL, NULL);
  if (p->handler != NULL)
    soup_server_add_handler (server, "/", on_other_cb, p, NULL);
  else
    {
      soup_server_add_handler (server, "/wp-json", on_woocommerce_cb, p, NULL);
      soup_server_add_handler (server, "/admin", on_shopify_cb, p, NULL);
    }
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  g_mutex_lock (&p->mutex);
  p->base = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_cond_signal (&p->cond);
  g_mutex_unlock (&p->mutex);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_main_loop_run (p->loop);
  soup_server_disconnect (server);
  g_clear_object (&server);
  while (g_main_context_iteration (p->context, FALSE))
    ;
  g_main_context_pop_thread_default (p->context);
  return NULL;
}

Peer *
peer_new (void)
{
  return peer_new_for (NULL, NULL);
}

Peer *
peer_new_for (SoupServerCallback handler,
              gpointer data)
{
  Peer *p = g_new0 (Peer, 1);

  p->handler = handler;
  p->data = data;
  g_mutex_init (&p->mutex);
  g_cond_init (&p->cond);
  g_queue_init (&p->faults);
  g_queue_init (&p->write_faults);
  p->rows = g_array_new (FALSE, TRUE, sizeof (Row));
  p->refused = g_ptr_array_new_with_free_func (g_free);
  p->context = g_main_context_new ();
  p->loop = g_main_loop_new (p->context, FALSE);
  p->thread = g_thread_new ("peer", peer_thread, p);
  g_mutex_lock (&p->mutex);
  while (p->base == NULL)
    g_cond_wait (&p->cond, &p->mutex);
  g_mutex_unlock (&p->mutex);
  return p;
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

void
peer_free (Peer *p)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, quit_cb, p->loop, NULL);
  g_source_attach (source, p->context);
  g_thread_join (p->thread);
  g_main_loop_unref (p->loop);
  g_main_context_unref (p->context);
  g_queue_clear (&p->faults);
  g_queue_clear (&p->write_faults);
  g_clear_pointer (&p->order, peer_order_free);
  g_array_unref (p->rows);
  g_ptr_array_unref (p->refused);
  g_mutex_clear (&p->mutex);
  g_cond_clear (&p->cond);
  g_free (p->base);
  g_free (p);
}
void
peer_add (Peer *p,
          int first,
          int n,
          gint64 from_s,
          gint64 step_s)
{
  g_mutex_lock (&p->mutex);
  for (int i = 0; i < n; i++)
    {
      const Row row = { first + i, from_s + step_s * i, "processing" };

      g_array_append_val (p->rows, row);
    }
  g_mutex_unlock (&p->mutex);
}

void
peer_fail (Peer *p,
           guint n,
           ...)
{
  va_list args;

  va_start (args, n);
  g_mutex_lock (&p->mutex);
  while (n-- > 0)
    g_queue_push_tail (&p->faults, GINT_TO_POINTER (va_arg (args, int)));
  g_mutex_unlock (&p->mutex);
  va_end (args);
}

void
peer_fail_writes (Peer *p,
                  guint n,
                  ...)
{
  va_list args;

  va_start (args, n);
  g_mutex_lock (&p->mutex);
  while (n-- > 0)
    g_queue_push_tail (&p->write_faults, GINT_TO_POINTER (va_arg (args, int)));
  g_mutex_unlock (&p->mutex);
  va_end (args);
}

guint
peer_get_n_asked (Peer *p)
{
  guint n;

  g_mutex_lock (&p->mutex);
  n = p->n_asked;
  g_mutex_unlock (&p->mutex);
  return n;
}
