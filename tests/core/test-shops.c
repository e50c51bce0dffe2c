/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "store-fixture.h"

#include "core/base/mos-time.h"
#include "core/desk/mos-shop-runner.h"
#include "core/desk/mos-shops.h"
#include "core/shops/mos-oauth1.h"
#include "mos-test.h"

#include <libsoup/soup.h>

/* Passes over a shop that answers as WooCommerce 11 was seen to, keeps its own state, refuses what the platform's description does not know, and
 * fails as shops and what is before them fail. A second one speaks as Shopify does. */

#define KEY "ck_1"
#define SECRET "cs_2"

typedef enum
{
  FAULT_NONE,
  FAULT_BUSY,     /* 429 with a second to wait */
  FAULT_FIREWALL, /* a page of somebody else's */
  FAULT_HALF,     /* the line breaks in the middle */
  FAULT_WRONG,    /* JSON of another kind */
  FAULT_NO_JSON,
  FAULT_MOVED,
  FAULT_REVOKED,
  FAULT_FORBIDDEN,
  FAULT_NO_SHOP,
} Fault;

typedef struct
{
  int id;
  gint64 modified_s;
  const char *status;
} Row;

typedef struct
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  GMutex mutex;
  GCond cond;
  char *base;
  GArray *rows; /* of Row, by time */
  GQueue faults;
  GPtrArray *refused; /* what was asked wrongly */
  guint n_asked;
  guint n_tokens;
  gboolean with_broken_row;
  gint64 edit_at; /* after this request an order that was read already changes */
} Peer;

/* --- the peer --- */

static void
answer (SoupServerMessage *message,
        guint status,
        const char *type,
        const char *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, text, strlen (text));
}

static gboolean
answer_fault (Peer *p,
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
      answer (message, 429, "text/html", "<h1>Slow down</h1>");
      break;
    case FAULT_FIREWALL:
      answer (message, 403, "text/html", "<h1>Blocked</h1>");
      break;
    case FAULT_HALF:
      answer (message, 200, "application/json", "[{\"id\":1,\"total\":");
      break;
    case FAULT_WRONG:
      answer (message, 200, "application/json", "{\"surprise\":true}");
      break;
    case FAULT_NO_JSON:
      answer (message, 200, "application/json", "\xff\xfe");
      break;
    case FAULT_MOVED:
      soup_message_headers_replace (headers, "Location", "https://www.mugs.example/wp-json/");
      answer (message, 301, "text/html", "");
      break;
    case FAULT_REVOKED:
      answer (message, 401, "application/json", "{\"code\":\"woocommerce_rest_authentication_error\",\"message\":\"Consumer secret is invalid.\",\"data\":{\"status\":401}}");
      break;
    case FAULT_FORBIDDEN:
      answer (message, 403, "application/json", "{\"code\":\"woocommerce_rest_cannot_view\",\"message\":\"Sorry, you cannot list resources.\",\"data\":{\"status\":403}}");
      break;
    case FAULT_NO_SHOP:
      answer (message, 404, "application/json", "{\"code\":\"rest_no_route\",\"message\":\"No route was found matching the URL and request method.\",\"data\":{\"status\":404}}");
      break;
    default:
      g_assert_not_reached ();
    }
  return TRUE;
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

static char *
problem_of (GHashTable *query)
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
  expected = mos_oauth1_sign_query (&signer, "GET", url, names, values, n);
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
  problem = query != NULL ? problem_of (query) : NULL;
  if (problem != NULL)
    g_ptr_array_add (p->refused, g_strdup (problem));
  if (answer_fault (p, message))
    ;
  else if (problem != NULL)
    answer (message, 400, "application/json", "{\"code\":\"rest_invalid_param\",\"message\":\"Invalid parameter(s)\",\"data\":{\"status\":400}}");
  else if (query == NULL || !is_signed (p, path, query))
    answer (message, 401, "application/json", "{\"code\":\"woocommerce_rest_cannot_view\",\"message\":\"Sorry, you cannot list resources.\",\"data\":{\"status\":401}}");
  else if (g_str_has_suffix (path, "/notes"))
    answer (message, 200, "application/json", "[{\"id\":5,\"author\":\"Marta\",\"note\":\"Packed &amp; sent\",\"customer_note\":true,\"date_created_gmt\":\"2026-01-02T00:00:00\"}]");
  else if (g_str_has_suffix (path, "/orders/404"))
    answer (message, 404, "application/json", "{\"code\":\"woocommerce_rest_shop_order_invalid_id\",\"message\":\"Invalid ID.\",\"data\":{\"status\":404}}");
  else if (g_str_has_suffix (path, "/orders/7"))
    answer (message, 200, "application/json", "{\"id\":7,\"number\":\"7\",\"status\":\"completed\",\"currency\":\"EUR\",\"total\":\"5.00\",\"date_modified_gmt\":\"2026-03-01T00:00:00\"}");
  else
    {
      text = list_orders (p, query);
      answer (message, 200, "application/json", text);
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
        answer (message, 400, "application/json", "{\"error\":\"invalid_client\",\"error_description\":\"no\"}");
      else
        {
          g_autofree char *granted = g_strdup_printf ("{\"access_token\":\"shpat_%u\",\"scope\":\"read_orders\",\"expires_in\":86399}", ++p->n_tokens);

          answer (message, 200, "application/json", granted);
        }
    }
  else if (g_strcmp0 (token, wanted) != 0)
    answer (message, 401, "application/json", "{\"errors\":\"[API] Invalid API key or access token (unrecognized login or wrong password)\"}");
  else if (!g_queue_is_empty (&p->faults))
    {
      g_queue_pop_head (&p->faults);
      answer (message, 200, "application/json",
              "{\"errors\":[{\"message\":\"Throttled\",\"extensions\":{\"code\":\"THROTTLED\"}}],\"extensions\":{\"cost\":{\"requestedQueryCost\":90,\"throttleStatus\":{\"maximumAvailable\":2000,\"currentlyAvailable\":40,\"restoreRate\":100}}}}");
    }
  else if (strstr (text, "\"first\":20") != NULL)
    answer (message, 200, "application/json", "{\"errors\":[{\"message\":\"Query cost is 1200, which exceeds the single query max cost limit (1000).\",\"extensions\":{\"code\":\"MAX_COST_EXCEEDED\"}}]}");
  else if (strstr (text, "\"after\":\"c1\"") != NULL)
    answer (message, 200, "application/json", "{\"data\":{\"orders\":{\"pageInfo\":{\"hasNextPage\":false,\"endCursor\":\"c2\"},\"nodes\":[{\"id\":\"gid://shopify/Order/2\",\"name\":\"#1002\",\"updatedAt\":\"2026-01-02T00:00:00Z\"}]}}}");
  else
    answer (message, 200, "application/json", "{\"data\":{\"orders\":{\"pageInfo\":{\"hasNextPage\":true,\"endCursor\":\"c1\"},\"nodes\":[{\"id\":\"gid://shopify/Order/1\",\"name\":\"#1001\",\"updatedAt\":\"2026-01-01T00:00:00Z\"}]}}}");
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
  soup_server_add_handler (server, "/wp-json", on_woocommerce_cb, p, NULL);
  soup_server_add_handler (server, "/admin", on_shopify_cb, p, NULL);
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

static Peer *
peer_new (void)
{
  Peer *p = g_new0 (Peer, 1);

  g_mutex_init (&p->mutex);
  g_cond_init (&p->cond);
  g_queue_init (&p->faults);
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

static void
peer_free (Peer *p)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, quit_cb, p->loop, NULL);
  g_source_attach (source, p->context);
  g_thread_join (p->thread);
  g_main_loop_unref (p->loop);
  g_main_context_unref (p->context);
  g_queue_clear (&p->faults);
  g_array_unref (p->rows);
  g_ptr_array_unref (p->refused);
  g_mutex_clear (&p->mutex);
  g_cond_clear (&p->cond);
  g_free (p->base);
  g_free (p);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Peer, peer_free)

static void
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

/* --- the desk's side --- */

typedef struct
{
  Fixture *f;
  MosShopAccount *account;
  GPtrArray *orders;
} Desk;

static gboolean
do_add_shop (MosTxn *txn,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  Desk *desk = data;

  return mos_store_shop_save (txn, desk->account, error);
}

static gboolean
do_look (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Desk *desk = data;
  g_autofree char *id = g_strdup (desk->account->id);

  g_clear_pointer (&desk->account, mos_shop_account_unref);
  g_clear_pointer (&desk->orders, g_ptr_array_unref);
  desk->orders = mos_store_order_list (txn, id, 0, 100000, error);
  return desk->orders != NULL && mos_store_shop_find (txn, id, &desk->account, error);
}

static MosShop *
begin (Fixture *f,
       Desk *desk,
       MosShopKind kind,
       const char *base,
       const char *key,
       const char *secret)
{
  g_autoptr (MosShopKeys) keys = mos_shop_keys_make (key, secret);
  g_autoptr (GError) error = NULL;

  desk->f = f;
  desk->account = mos_shop_account_make (kind, "Mugs", base);
  mos_store_write_sync (f->store, NULL, NULL, do_add_shop, desk, NULL, NULL, &error);
  g_assert_no_error (error);
  return mos_shop_new_for_account (desk->account, keys, f->clock);
}

static void
look (Desk *desk)
{
  g_autoptr (GError) error = NULL;

  mos_store_read_sync (desk->f->store, do_look, desk, NULL, &error);
  g_assert_no_error (error);
}

static void
desk_clear (Desk *desk)
{
  g_clear_pointer (&desk->account, mos_shop_account_unref);
  g_clear_pointer (&desk->orders, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

static MosShopPassCounts
pass (Desk *desk,
      MosShop *shop)
{
  MosShopPassCounts counts = { 0 };
  g_autoptr (GError) error = NULL;

  mos_shops_pass_sync (desk->f->store, shop, &counts, NULL, &error);
  g_assert_no_error (error);
  look (desk);
  return counts;
}

static void
fail (Desk *desk,
      MosShop *shop,
      GQuark domain,
      int code,
      MosAccountState state,
      const char *why)
{
  MosShopPassCounts counts = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (mos_shops_pass_sync (desk->f->store, shop, &counts, NULL, &error));
  g_assert_error (error, domain, code);
  look (desk);
  g_assert_cmpint (desk->account->state, ==, state);
  g_assert_cmpstr (desk->account->why, ==, why);
}

/* --- WooCommerce --- */

static void
test_pages (void)
{
  g_autoptr (Peer) p = peer_new ();
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (Desk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, MOS_SHOP_WOOCOMMERCE, p->base, KEY, SECRET);
  g_autoptr (MosShopFacts) facts = NULL;
  MosShopPassCounts counts;
  guint n_asked;

  peer_add (p, 1, 250, 1780000000, 60);
  facts = mos_shop_test_sync (shop, NULL, NULL);
  g_assert_cmpstr (facts->currency, ==, "EUR");

  counts = pass (&desk, shop);
  g_assert_cmpuint (counts.orders.n_new, ==, 250);
  g_assert_cmpuint (desk.orders->len, ==, 250);
  g_assert_cmpint (desk.account->state, ==, MOS_ACCOUNT_READY);
  g_assert_cmpstr (desk.account->currency, ==, "EUR");
  g_assert_cmpint (desk.account->last_sync_us, ==, 1700000000 * S);
  /* It is the shop's time, however wrong our clock goes (here it is years behind). */
  g_assert_cmpstr (desk.account->cursor, ==, "2026-05-29T00:35:40");

  n_asked = p->n_asked;
  counts = pass (&desk, shop);
  g_assert_cmpuint (counts.orders.n_new + counts.orders.n_changed, ==, 0);
  g_assert_cmpuint (p->n_asked - n_asked, ==, 1);

  peer_add (p, 251, 1, 1780000000 + 60 * 249, 1);
  counts = pass (&desk, shop);
  g_assert_cmpuint (counts.orders.n_new, ==, 1);
  g_assert_cmpuint (p->refused->len, ==, 0);
}

/* More orders of one second than a page holds, as after an import; and one that changes while they are read. */
static void
test_one_second (void)
{
  g_autoptr (Peer) p = peer_new ();
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (Desk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, MOS_SHOP_WOOCOMMERCE, p->base, KEY, SECRET);
  MosShopPassCounts counts;
  guint n_completed = 0;

  peer_add (p, 1, 450, 1780000000, 0);
  peer_add (p, 451, 30, 1780000001, 1);
  p->edit_at = 3;
  counts = pass (&desk, shop);
  g_assert_cmpuint (counts.orders.n_new, ==, 480);
  g_assert_cmpuint (desk.orders->len, ==, 480);
  for (guint i = 0; i < desk.orders->len; i++)
    n_completed += strcmp (((MosOrder *) desk.orders->pdata[i])->status, "completed") == 0 ? 1 : 0;
  g_assert_cmpuint (n_completed, ==, 1);
  g_assert_cmpuint (p->refused->len, ==, 0);
}

static void
push (Peer *p,
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

static void
test_faults (void)
{
  g_autoptr (Peer) p = peer_new ();
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (Desk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, MOS_SHOP_WOOCOMMERCE, p->base, KEY, SECRET);
  MosShopPassCounts counts;

  peer_add (p, 1, 150, 1780000000, 60);
  /* The second page breaks: the first is here, and stays. */
  push (p, 2, FAULT_NONE, FAULT_HALF);
  fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_PROTOCOL, MOS_ACCOUNT_WAITING, "protocol");
  g_assert_cmpuint (desk.orders->len, ==, 100);
  push (p, 1, FAULT_WRONG);
  fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_PROTOCOL, MOS_ACCOUNT_WAITING, "protocol");
  push (p, 1, FAULT_NO_JSON);
  fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_PROTOCOL, MOS_ACCOUNT_WAITING, "protocol");
  push (p, 1, FAULT_FIREWALL);
  fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_TEMPORARY, MOS_ACCOUNT_WAITING, "busy");
  push (p, 1, FAULT_REVOKED);
  fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_KEY_REFUSED, MOS_ACCOUNT_AUTH_FAILED, "key_refused");
  g_assert_cmpstr (desk.account->detail, ==, "Consumer secret is invalid.");
  push (p, 1, FAULT_FORBIDDEN);
  fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_ALLOWED, MOS_ACCOUNT_AUTH_FAILED, "not_allowed");
  push (p, 1, FAULT_NO_SHOP);
  fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NO_SHOP, MOS_ACCOUNT_FAILED, "no_shop");
  push (p, 1, FAULT_MOVED);
  fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_MOVED, MOS_ACCOUNT_FAILED, "moved");
  g_assert_cmpstr (desk.account->detail, ==, "https://www.mugs.example/wp-json/");
  g_assert_cmpuint (desk.orders->len, ==, 100);

  /* Too often: it is waited, and goes on where it was. An order that makes no sense keeps no other out. */
  p->with_broken_row = TRUE;
  push (p, 1, FAULT_BUSY);
  counts = pass (&desk, shop);
  g_assert_cmpuint (counts.orders.n_new, ==, 50);
  g_assert_cmpuint (counts.n_unreadable, ==, 2);
  g_assert_cmpstr (desk.account->why, ==, "unreadable");
  g_assert_cmpint (desk.account->state, ==, MOS_ACCOUNT_READY);
}

/* The description refuses what is wrong: else the tests above show nothing. */
static void
test_canaries (void)
{
  static const char *const bad[] = { "per_page=101", "per_page=0", "orderby=updated", "order=up", "status=completed,any", "modified_after=2026-01-01", "modified_after=yesterday", "dates_are_gmt=1", "page_size=5" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GHashTable) query = soup_form_decode (bad[i]);
      g_autofree char *problem = problem_of (query);

      g_assert_cmpstr (problem, ==, bad[i]);
    }
}

static void
test_wrong_secret (void)
{
  g_autoptr (Peer) p = peer_new ();
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (Desk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, MOS_SHOP_WOOCOMMERCE, p->base, KEY, "cs_wrong");

  fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_KEY_REFUSED, MOS_ACCOUNT_AUTH_FAILED, "key_refused");
}

static void
test_one_order (void)
{
  g_autoptr (Peer) p = peer_new ();
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (Desk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, MOS_SHOP_WOOCOMMERCE, p->base, KEY, SECRET);
  g_autoptr (GError) error = NULL;
  const MosOrder *order;

  g_assert_true (mos_shops_refresh_order_sync (f->store, shop, "7", NULL, &error));
  g_assert_no_error (error);
  look (&desk);
  order = desk.orders->pdata[0];
  g_assert_cmpint (order->status_kind, ==, MOS_ORDER_SHIPPED);
  g_assert_cmpuint (order->notes->len, ==, 1);
  g_assert_cmpstr (((MosOrderNote *) order->notes->pdata[0])->text, ==, "Packed & sent");
  /* One order does not say up to where all was read. */
  g_assert_cmpstr (desk.account->cursor, ==, "");
  g_assert_false (mos_shops_refresh_order_sync (f->store, shop, "404", NULL, &error));
  g_assert_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_FOUND);
}

/* --- Shopify --- */

static void
test_shopify (void)
{
  g_autoptr (Peer) p = peer_new ();
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (Desk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, MOS_SHOP_SHOPIFY, p->base, KEY, SECRET);
  MosShopPassCounts counts;

  /* A token is fetched, the page shrinks until it is not too dear, points are waited for. */
  push (p, 1, FAULT_BUSY);
  counts = pass (&desk, shop);
  g_assert_cmpuint (counts.orders.n_new, ==, 2);
  g_assert_cmpuint (p->n_tokens, ==, 1);
  g_assert_cmpstr (desk.account->cursor, ==, "2026-01-02T00:00:00Z");

  /* It is taken away, and fetched anew. */
  p->n_tokens++;
  counts = pass (&desk, shop);
  g_assert_cmpuint (counts.orders.n_same, ==, 2);
  g_assert_cmpuint (p->n_tokens, ==, 3);
  /* And after a day by itself. */
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->clock), 86400 * S);
  pass (&desk, shop);
  g_assert_cmpuint (p->n_tokens, ==, 4);
}

static void
test_shopify_keys (void)
{
  g_autoptr (Peer) p = peer_new ();
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (Desk) desk = { 0 };
  g_autoptr (MosShop) wrong = begin (f, &desk, MOS_SHOP_SHOPIFY, p->base, KEY, "other");
  g_autoptr (MosShopKeys) token = mos_shop_keys_make ("", "shpat_0");
  g_autoptr (MosShopKeys) old_token = mos_shop_keys_make ("", "shpat_9");
  g_autoptr (MosShop) shop = NULL;
  g_autoptr (MosShop) refused = NULL;

  fail (&desk, wrong, MOS_SHOP_ERROR, MOS_SHOP_ERROR_KEY_REFUSED, MOS_ACCOUNT_AUTH_FAILED, "key_refused");
  refused = mos_shop_new_for_account (desk.account, old_token, f->clock);
  fail (&desk, refused, MOS_SHOP_ERROR, MOS_SHOP_ERROR_KEY_REFUSED, MOS_ACCOUNT_AUTH_FAILED, "key_refused");
  shop = mos_shop_new_for_account (desk.account, token, f->clock);
  pass (&desk, shop);
  g_assert_cmpuint (desk.orders->len, ==, 2);
  g_assert_cmpuint (p->n_tokens, ==, 0);
}

/* --- when it is asked --- */

static void
test_plan (void)
{
  g_assert_cmpuint (mos_shop_runner_next_s (TRUE, 0, 0, 0), ==, 60);
  g_assert_cmpuint (mos_shop_runner_next_s (FALSE, 0, 0, 0), ==, 120);
  g_assert_cmpuint (mos_shop_runner_next_s (TRUE, 5, 0, 0), ==, 60);
  g_assert_cmpuint (mos_shop_runner_next_s (TRUE, 6, 0, 0), ==, 120);
  g_assert_cmpuint (mos_shop_runner_next_s (TRUE, 100000, 0, 0), ==, 300);
  g_assert_cmpuint (mos_shop_runner_next_s (TRUE, 0, 1, 0), ==, 15);
  g_assert_cmpuint (mos_shop_runner_next_s (TRUE, 0, 3, 0), ==, 60);
  g_assert_cmpuint (mos_shop_runner_next_s (TRUE, 0, 100000, 0), ==, 900);
  g_assert_cmpuint (mos_shop_runner_next_s (TRUE, 0, 1, 3600), ==, 3600);
  g_assert_true (mos_shops_can_go_on (MOS_ACCOUNT_WAITING));
  g_assert_false (mos_shops_can_go_on (MOS_ACCOUNT_AUTH_FAILED));
  g_assert_false (mos_shops_can_go_on (MOS_ACCOUNT_FAILED));
}

static gboolean
is_state (Desk *desk,
          MosAccountState state)
{
  look (desk);
  return desk->account->state == state;
}

/* A runner reads by itself, stops at a key that is refused, and goes on when it is woken with another one in the keyring. */
static void
test_runner (void)
{
  g_autoptr (Peer) p = peer_new ();
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (Desk) desk = { 0 };
  g_autoptr (MosShop) unused = begin (f, &desk, MOS_SHOP_WOOCOMMERCE, p->base, KEY, SECRET);
  g_autoptr (MosShopKeys) wrong = mos_shop_keys_make (KEY, "cs_wrong");
  g_autoptr (MosShopKeys) right = mos_shop_keys_make (KEY, SECRET);
  const MosActor actor = { MOS_ACTOR_SYSTEM, NULL };
  g_autoptr (GError) error = NULL;
  MosShopRunner *runner;

  peer_add (p, 1, 3, 1780000000, 60);
  mos_shops_save_sync (f->store, &actor, desk.account, wrong, NULL, &error);
  g_assert_no_error (error);
  runner = mos_shop_runner_new (f->store, desk.account->id);
  mos_test_wait (is_state (&desk, MOS_ACCOUNT_AUTH_FAILED), 20000);
  mos_shops_save_sync (f->store, &actor, desk.account, right, NULL, &error);
  g_assert_no_error (error);
  mos_shop_runner_wake (runner);
  mos_test_wait (is_state (&desk, MOS_ACCOUNT_READY), 20000);
  g_assert_cmpuint (desk.orders->len, ==, 3);
  mos_shop_runner_free (runner);

  mos_shops_remove_sync (f->store, &actor, desk.account->id, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (mos_shops_open_sync (f->store, desk.account, NULL, &error));
  g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_PASSWORD);
}

int
main (int argc,
      char *argv[])
{
  g_autofree char *dir = g_dir_make_tmp ("mos-shops-XXXXXX", NULL);
  g_autofree char *keyring = g_build_filename (dir, "keyring", NULL);
  int status;

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  mos_test_init (&argc, &argv);
  g_test_add_func ("/shops/pages", test_pages);
  g_test_add_func ("/shops/one-second", test_one_second);
  g_test_add_func ("/shops/faults", test_faults);
  g_test_add_func ("/shops/canaries", test_canaries);
  g_test_add_func ("/shops/wrong-secret", test_wrong_secret);
  g_test_add_func ("/shops/one-order", test_one_order);
  g_test_add_func ("/shops/shopify", test_shopify);
  g_test_add_func ("/shops/shopify-keys", test_shopify_keys);
  g_test_add_func ("/shops/plan", test_plan);
  g_test_add_func ("/shops/runner", test_runner);
  status = g_test_run ();
  fixture_remove (dir);
  return status;
}
