/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "shop-desk.h"
#include "shop-peer.h"

#include "core/base/mos-time.h"
#include "core/shops/magento/mos-magento-shop.h"
#include "core/shops/mos-oauth1.h"
#include "core/shops/mos-shop-json.h"
#include "mos-test.h"

/* A Magento of ours: its answers are written by us, field by field after the official description of 2.4.9; what it refuses is what the description
 * and the shop's own rules for signed requests refuse. */

#define BEGIN_S 1780000000
#define RIGHT "Magento_Sales::sales"

typedef struct
{
  int id;
  gint64 updated_s;
  const char *state;
} Item;

typedef struct
{
  GArray *items; /* of Item */
  GHashTable *nonces;
  gint64 now_s;
  guint n_refused;         /* what the description does not know */
  guint size_of_last_page; /* that was asked for */
  const char *forbidden;   /* a path that the keys may not see */
  gboolean takes_headers;  /* what is before it takes Authorization away */
  gboolean has_index;      /* no addresses without index.php */
  gboolean minds_time;     /* of what is signed */
  gboolean breaks_once;    /* it reads a request, and its answer does not get through */
  gboolean with_broken_row;
  gboolean with_whole;   /* one order with all that it may have */
  int n_edits;           /* so many orders change while it is read */
  const char *no_answer; /* (nullable): instead of the list of orders */
} Magento;

static void
magento_clear (Magento *self)
{
  g_array_unref (self->items);
  g_hash_table_unref (self->nonces);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Magento, magento_clear)

#define MAGENTO_INIT                                                                                                                                      \
  {                                                                                                                                                       \
    .items = g_array_new (FALSE, TRUE, sizeof (Item)), .nonces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), .now_s = BEGIN_S + 100000 \
  }

static void
add (Magento *self,
     int n,
     gint64 from_s,
     gint64 step_s)
{
  for (int i = 0; i < n; i++)
    {
      const Item item = { (int) self->items->len + 1, from_s + step_s * i, "processing" };

      g_array_append_val (self->items, item);
    }
}

/* --- what is signed --- */

static char *
take_part (const char *header,
           const char *name)
{
  g_autofree char *begin = g_strconcat (name, "=\"", NULL);
  const char *found = strstr (header, begin), *value = found != NULL ? found + strlen (begin) : "";

  return g_uri_unescape_segment (value, value + strcspn (value, "\""), NULL);
}

static char *
get_protocol_part (const char *header,
                   GHashTable *query,
                   const char *name)
{
  const char *in_query = query != NULL ? g_hash_table_lookup (query, name) : NULL;

  return header != NULL ? take_part (header, name) : g_strdup (in_query != NULL ? in_query : "");
}

static char *
sign (const char *url,
      GHashTable *query,
      const char *nonce,
      gint64 timestamp)
{
  const MosOAuth1 signer = { "ck", "cs", "at", "ats", nonce, timestamp };
  const char *names[40], *values[40];
  g_autofree char *expected = NULL;
  GHashTableIter iter;
  gsize n = 0;

  if (query != NULL)
    {
      g_hash_table_iter_init (&iter, query);
      while (g_hash_table_iter_next (&iter, (gpointer *) &names[n], (gpointer *) &values[n]))
        if (!g_str_has_prefix (names[n], "oauth_"))
          n++;
    }
  expected = mos_oauth1_sign_query (&signer, "GET", url, names, values, n);
  return g_uri_unescape_string (strstr (expected, "oauth_signature=") + strlen ("oauth_signature="), NULL);
}

/* Returns: (nullable): why it is refused */
static const char *
find_trouble (Peer *p,
              SoupServerMessage *message,
              const char *path,
              GHashTable *query,
              guint *ret_status)
{
  Magento *self = p->data;
  const char *header = self->takes_headers ? NULL : soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  g_autofree char *nonce = get_protocol_part (header, query, "oauth_nonce");
  g_autofree char *timestamp = get_protocol_part (header, query, "oauth_timestamp");
  g_autofree char *signature = get_protocol_part (header, query, "oauth_signature");
  g_autofree char *url = g_strconcat (p->base, path, NULL);
  gint64 at_s = g_ascii_strtoll (timestamp, NULL, 10);
  g_autofree char *expected = sign (url, query, nonce, at_s);

  *ret_status = 401;
  if (*nonce == '\0')
    return "{\"message\":\"The consumer isn't authorized to access %resources.\",\"parameters\":{\"resources\":\"" RIGHT "\"}}";
  if (self->minds_time && ABS (at_s - self->now_s) > 600)
    {
      *ret_status = 400;
      return "{\"message\":\"The timestamp value in the oauth_timestamp parameter is incorrect.\"}";
    }
  if (strlen (nonce) > 32 || !g_hash_table_add (self->nonces, g_strdup (nonce)))
    return "{\"message\":\"The nonce is already being used by the consumer with ID %1.\",\"parameters\":[\"1\"]}";
  return strcmp (signature, expected) == 0 ? NULL : "{\"message\":\"The signature is invalid. Verify and try again.\"}";
}

/* --- what is asked --- */

static const struct
{
  const char *name;
  const char *form;
} parameters[] = {
  { "^searchCriteria\\[filterGroups\\]\\[[01]\\]\\[filters\\]\\[0\\]\\[field\\]$", "^(updated_at|entity_id|order_id)$" },
  { "^searchCriteria\\[filterGroups\\]\\[[01]\\]\\[filters\\]\\[0\\]\\[conditionType\\]$", "^(eq|gt|gteq|in)$" },
  { "^searchCriteria\\[filterGroups\\]\\[[01]\\]\\[filters\\]\\[0\\]\\[value\\]$", "^([0-9,]+|\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d)$" },
  { "^searchCriteria\\[sortOrders\\]\\[[01]\\]\\[field\\]$", "^(updated_at|created_at|entity_id)$" },
  { "^searchCriteria\\[sortOrders\\]\\[[01]\\]\\[direction\\]$", "^(ASC|DESC)$" },
  { "^searchCriteria\\[(pageSize|currentPage)\\]$", "^[1-9][0-9]*$" },
  { "^fields$", "^[\\w,\\[\\]]+$" },
  { "^oauth_", "" },
};

static gboolean
is_known (GHashTable *query)
{
  GHashTableIter iter;
  const char *name, *value;

  g_hash_table_iter_init (&iter, query);
  while (g_hash_table_iter_next (&iter, (gpointer *) &name, (gpointer *) &value))
    {
      gsize i = 0;

      while (i < G_N_ELEMENTS (parameters) && !g_regex_match_simple (parameters[i].name, name, 0, 0))
        i++;
      if (i == G_N_ELEMENTS (parameters) || !g_regex_match_simple (parameters[i].form, value, 0, 0))
        return FALSE;
    }
  return TRUE;
}

static const char *
part_of (GHashTable *query,
         const char *form,
         guint group)
{
  g_autofree char *name = g_strdup_printf ("searchCriteria%s", form);
  g_autofree char *at = g_strdup_printf ("[%u]", group);
  const char *value;

  for (char *s = strchr (name, '#'); s != NULL; s = strchr (name, '#'))
    {
      g_autofree char *rest = g_strdup (s + 1);
      g_autofree char *begin = g_strndup (name, (gsize) (s - name));

      g_free (name);
      name = g_strconcat (begin, at, rest, NULL);
    }
  value = query != NULL ? g_hash_table_lookup (query, name) : NULL;
  return value != NULL ? value : "";
}

/* --- what is answered --- */

static char *
format_time (gint64 s)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (s);

  return g_date_time_format (time, "%Y-%m-%d %H:%M:%S");
}

#define WHOLE                                                                                                                                                      \
  "{\"entity_id\":7,\"increment_id\":\"000000007\",\"state\":\"processing\",\"status\":\"processing\",\"created_at\":\"2026-01-02 03:04:05\","                     \
  "\"updated_at\":\"2026-05-28 20:26:40\",\"order_currency_code\":\"EUR\",\"store_name\":\"Main Website\\nMugs & Cups\\nEnglish\",\"grand_total\":36.39,"          \
  "\"total_paid\":36.39,\"total_due\":0,\"total_refunded\":10.1,\"customer_email\":\"Ana@Example.com\",\"customer_firstname\":\"Ana\",\"customer_lastname\":"      \
  "\"Garc\\u00eda\",\"customer_is_guest\":0,\"customer_note\":\"Ring twice\",\"billing_address\":{\"firstname\":\"Ana\",\"lastname\":\"Garc\\u00eda\",\"street\":" \
  "[\"Calle Mayor 1\"],\"postcode\":\"28013\",\"city\":\"Madrid\",\"country_id\":\"ES\",\"telephone\":\"600 123 456\"},\"items\":["                                \
  "{\"item_id\":1,\"product_type\":\"configurable\",\"name\":\"Hoodie\",\"sku\":\"H-M-G\",\"qty_ordered\":2,\"qty_shipped\":1,\"price\":10,\"price_incl_tax\":"    \
  "12.1,\"row_total\":20,\"row_total_incl_tax\":24.2,\"discount_amount\":2.2},"                                                                                    \
  "{\"item_id\":2,\"parent_item_id\":1,\"product_type\":\"simple\",\"name\":\"Hoodie-M-Grey\",\"sku\":\"H-M-G\",\"qty_ordered\":2,\"price\":0},"                   \
  "{\"item_id\":3,\"product_type\":\"simple\",\"name\":\"Rope\",\"sku\":\"R\",\"qty_ordered\":1.5,\"price\":0.1,\"row_total\":0.15}],"                             \
  "\"payment\":{\"method\":\"checkmo\"},\"extension_attributes\":{\"shipping_assignments\":[{\"shipping\":{\"address\":{\"firstname\":\"Luis\",\"lastname\":"      \
  "\"Garc\\u00eda\",\"street\":[\"Gran V\\u00eda 2\",\"3\\u00ba B\"],\"postcode\":\"28004\",\"city\":\"Madrid\",\"region\":\"Madrid\",\"country_id\":\"ES\"}}}],"  \
  "\"payment_additional_info\":[{\"key\":\"method_title\",\"value\":\"Check / Money order\"}]}}"
#define SHIPMENTS                                                                                                                                               \
  "{\"items\":[{\"order_id\":7,\"created_at\":\"2026-01-03 00:00:00\",\"tracks\":[{\"track_number\":\"1Z999AA10123456784\",\"title\":\"UPS\",\"carrier_code\":" \
  "\"ups\"},{\"track_number\":\"X2\",\"title\":null,\"carrier_code\":\"custom\"}]},{\"order_id\":99999,\"tracks\":[]},7],\"total_count\":3}"
#define CREDITMEMOS                                                                                                                                     \
  "{\"items\":[{\"entity_id\":4,\"increment_id\":\"000000004\",\"order_id\":7,\"created_at\":\"2026-01-05 00:00:00\",\"grand_total\":10.1,\"state\":2," \
  "\"comments\":[{\"comment\":\"Broken\"}]},{\"entity_id\":5,\"order_id\":7,\"grand_total\":3,\"state\":3,\"comments\":[]}],\"total_count\":2}"
#define COMMENTS                                                                                                                                                 \
  "{\"items\":[{\"entity_id\":21,\"comment\":\"Packed &amp; sent\",\"created_at\":\"2026-01-03 01:00:00\",\"is_customer_notified\":1,\"is_visible_on_front\":0," \
  "\"parent_id\":7,\"status\":\"processing\"},{\"entity_id\":20,\"comment\":null,\"created_at\":\"2026-01-02 03:04:05\",\"is_customer_notified\":null},"         \
  "{\"entity_id\":22,\"comment\":\"Call her first\",\"is_customer_notified\":0,\"is_visible_on_front\":0}],\"search_criteria\":{},\"total_count\":3}"

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  const Item *x = *(Item *const *) a, *y = *(Item *const *) b;

  return x->updated_s != y->updated_s ? (x->updated_s < y->updated_s ? -1 : 1) : x->id - y->id;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return (*(Item *const *) a)->id - (*(Item *const *) b)->id;
}

static GPtrArray *
find_items (Magento *self,
            GHashTable *query)
{
  GPtrArray *found = g_ptr_array_new ();
  const char *field = part_of (query, "[filterGroups]#[filters][0][field]", 0), *condition = part_of (query, "[filterGroups]#[filters][0][conditionType]", 0);
  const char *behind = part_of (query, "[filterGroups]#[filters][0][value]", 1);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  gint64 since_s = mos_time_parse (part_of (query, "[filterGroups]#[filters][0][value]", 0), utc) / S;

  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = &g_array_index (self->items, Item, i);

      if (*field != '\0' && (strcmp (condition, "eq") == 0 ? item->updated_s != since_s : item->updated_s < since_s))
        continue;
      if (*behind == '\0' || item->id > atoi (behind))
        g_ptr_array_add (found, item);
    }
  g_ptr_array_sort (found, strcmp (part_of (query, "[sortOrders]#[field]", 0), "entity_id") == 0 ? compare_ids : compare_items);
  return found;
}

static char *
list_orders (Magento *self,
             GHashTable *query)
{
  g_autoptr (GPtrArray) found = find_items (self, query);
  guint size = (guint) atoi (g_hash_table_lookup (query, "searchCriteria[pageSize]")), page = (guint) atoi (g_hash_table_lookup (query, "searchCriteria[currentPage]"));
  guint begin = (page - 1) * size;
  GString *text = g_string_new ("{\"items\":[");

  self->size_of_last_page = size;
  /* Behind the end it gives its last page again. */
  if (begin >= found->len && found->len > 0)
    begin = (found->len - 1) / size * size;
  for (guint i = begin; i < found->len && i < begin + size; i++)
    {
      const Item *item = found->pdata[i];
      g_autofree char *time = format_time (item->updated_s);

      g_string_append_printf (text, "%s{\"entity_id\":%d,\"increment_id\":\"%09d\",\"state\":\"%s\",\"status\":\"%s\",\"created_at\":\"2026-01-01 00:00:00\",\"updated_at\":\"%s\",\"order_currency_code\":\"EUR\",\"grand_total\":%d.1,\"customer_email\":\"c%d@example.com\",\"items\":[]}",
                              i > begin ? "," : "", item->id, item->id, item->state, item->state, time, item->id, item->id);
    }
  if (self->with_broken_row)
    g_string_append (text, found->len > 0 ? ",{\"entity_id\":null},7" : "{\"entity_id\":null},7");
  g_string_append_printf (text, "],\"search_criteria\":{\"page_size\":%u},\"total_count\":%u}", size, found->len);
  return g_string_free (text, FALSE);
}

/* Somebody works in the shop while it is read: the list moves up by one. */
static void
edit (Magento *self)
{
  Item *item = &g_array_index (self->items, Item, self->n_edits * 7 % (int) self->items->len);

  item->updated_s = self->now_s;
  item->state = "complete";
  self->n_edits--;
}

static void
on_asked_cb (SoupServer *server,
             SoupServerMessage *message,
             const char *path,
             GHashTable *query,
             gpointer user_data)
{
  Peer *p = user_data;
  Magento *self = p->data;
  const char *prefix = self->has_index ? "/index.php/rest/all/V1" : "/rest/all/V1", *route = g_str_has_prefix (path, prefix) ? path + strlen (prefix) : "";
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (self->now_s);
  g_autofree char *date = soup_date_time_to_string (now, SOUP_DATE_HTTP);
  g_autofree char *text = NULL;
  const char *trouble;
  guint status = 200;

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Date", date);
  if (*route == '\0')
    {
      peer_answer (message, 404, "text/html", "<h1>Not found</h1>");
      return;
    }
  trouble = find_trouble (p, message, path, query, &status);
  if (trouble != NULL)
    peer_answer (message, status, "application/json", trouble);
  else if (self->breaks_once)
    {
      self->breaks_once = FALSE;
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", "0");
      peer_answer (message, 503, "text/html", "<h1>Backend fetch failed</h1>");
    }
  else if (query != NULL && !is_known (query))
    {
      self->n_refused++;
      peer_answer (message, 400, "application/json", "{\"message\":\"Invalid parameter\"}");
    }
  else if (self->forbidden != NULL && g_str_has_prefix (route, self->forbidden))
    peer_answer (message, 401, "application/json", "{\"message\":\"The consumer isn't authorized to access %resources.\",\"parameters\":{\"resources\":\"Magento_Sales::shipment\"}}");
  else if (strcmp (route, "/shipments") == 0)
    peer_answer (message, 200, "application/json", self->with_whole ? SHIPMENTS : "{\"items\":[],\"total_count\":0}");
  else if (strcmp (route, "/creditmemos") == 0)
    peer_answer (message, 200, "application/json", self->with_whole ? CREDITMEMOS : "{\"items\":null,\"total_count\":0}");
  else if (strcmp (route, "/orders/7/comments") == 0)
    peer_answer (message, 200, "application/json", COMMENTS);
  else if (strcmp (route, "/orders/7") == 0)
    peer_answer (message, 200, "application/json", WHOLE);
  else if (g_str_has_prefix (route, "/orders/"))
    peer_answer (message, 404, "application/json", "{\"message\":\"The entity that was requested doesn't exist. Verify the entity and try again.\"}");
  else if (strcmp (route, "/orders") != 0)
    peer_answer (message, 404, "application/json", "{\"message\":\"Request does not match any route.\"}");
  else if (self->no_answer != NULL)
    peer_answer (message, 200, "application/json", self->no_answer);
  else
    {
      text = self->with_whole ? g_strdup ("{\"items\":[" WHOLE "],\"total_count\":1}") : list_orders (self, query);
      peer_answer (message, 200, "application/json", text);
      if (self->n_edits > 0)
        edit (self);
    }
}

static MosShop *
begin (Fixture *f,
       ShopDesk *desk,
       Peer *p,
       const char *secret)
{
  g_autoptr (MosShopKeys) keys = mos_shop_keys_make_with_token ("ck", secret, "at", "ats");

  return shop_begin (f, desk, MOS_SHOP_MAGENTO, p->base, keys);
}

/* --- passes --- */

static void
test_pages (void)
{
  g_auto (Magento) magento = MAGENTO_INIT;
  g_autoptr (Peer) p = peer_new_for (on_asked_cb, &magento);
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, p, "cs");
  MosShopPassCounts counts;
  guint n_asked;

  add (&magento, 250, BEGIN_S, 60);
  counts = shop_pass (&desk, shop);
  g_assert_cmpuint (counts.orders.n_new, ==, 250);
  g_assert_cmpuint (desk.orders->len, ==, 250);
  /* It is the shop's time, however wrong our clock goes. */
  g_assert_cmpstr (desk.account->cursor, ==, "2026-05-29T00:35:40Z");
  g_assert_cmpstr (desk.account->currency, ==, "EUR");

  n_asked = p->n_asked;
  counts = shop_pass (&desk, shop);
  g_assert_cmpuint (counts.orders.n_new + counts.orders.n_changed, ==, 0);
  g_assert_cmpuint (p->n_asked - n_asked, ==, 1);

  add (&magento, 1, BEGIN_S + 60 * 249, 1);
  counts = shop_pass (&desk, shop);
  g_assert_cmpuint (counts.orders.n_new, ==, 1);
  g_assert_cmpuint (magento.n_refused, ==, 0);
}

/* More orders of one second than a page holds, and some that change while they are read. */
static void
test_one_second (void)
{
  g_auto (Magento) magento = MAGENTO_INIT;
  g_autoptr (Peer) p = peer_new_for (on_asked_cb, &magento);
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, p, "cs");
  guint n_completed = 0;

  add (&magento, 350, BEGIN_S, 0);
  add (&magento, 30, BEGIN_S + 1, 1);
  magento.n_edits = 4;
  shop_pass (&desk, shop);
  shop_pass (&desk, shop);
  g_assert_cmpuint (desk.orders->len, ==, 380);
  for (guint i = 0; i < desk.orders->len; i++)
    n_completed += strcmp (((MosOrder *) desk.orders->pdata[i])->status, "complete") == 0 ? 1 : 0;
  g_assert_cmpuint (n_completed, ==, 4);
  g_assert_cmpuint (magento.n_refused, ==, 0);
}

/* Its clock was ahead and was put right; what it had said then leads nowhere. */
static void
test_clock_put_right (void)
{
  g_auto (Magento) magento = MAGENTO_INIT;
  g_autoptr (Peer) p = peer_new_for (on_asked_cb, &magento);
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, p, "cs");
  MosShopPassCounts counts;

  magento.now_s = BEGIN_S + 100000000;
  add (&magento, 3, magento.now_s - 100, 1);
  shop_pass (&desk, shop);
  magento.now_s = BEGIN_S;
  add (&magento, 2, BEGIN_S - 10, 1);
  counts = shop_pass (&desk, shop);
  g_assert_cmpuint (counts.orders.n_new, ==, 2);
  g_assert_cmpstr (desk.account->cursor, ==, "2026-05-28T20:26:31Z");
}

static void
test_faults (void)
{
  g_auto (Magento) magento = MAGENTO_INIT;
  g_autoptr (Peer) p = peer_new_for (on_asked_cb, &magento);
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, p, "cs");
  static const char *const senseless[] = { "[]", "{\"items\":7,\"total_count\":3}", "{\"items\":{}}", "{\"total_count\":1}", "7", "{\"message\":\"hm\"}" };
  MosShopPassCounts counts;

  add (&magento, 150, BEGIN_S, 60);
  /* The second page breaks: the first is here, and stays. */
  peer_fail (p, 2, FAULT_NONE, FAULT_HALF);
  shop_fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_PROTOCOL, MOS_ACCOUNT_WAITING, "protocol");
  g_assert_cmpuint (desk.orders->len, ==, 100);
  for (gsize i = 0; i < G_N_ELEMENTS (senseless); i++)
    {
      magento.no_answer = senseless[i];
      shop_fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_PROTOCOL, MOS_ACCOUNT_WAITING, "protocol");
    }
  magento.no_answer = NULL;
  peer_fail (p, 1, FAULT_FIREWALL);
  shop_fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_TEMPORARY, MOS_ACCOUNT_WAITING, "busy");
  peer_fail (p, 1, FAULT_MOVED);
  shop_fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_MOVED, MOS_ACCOUNT_FAILED, "moved");
  magento.forbidden = "/orders";
  shop_fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_ALLOWED, MOS_ACCOUNT_AUTH_FAILED, "not_allowed");
  g_assert_cmpstr (desk.account->detail, ==, "The consumer isn't authorized to access Magento_Sales::shipment. (HTTP 401)");
  magento.forbidden = NULL;
  g_assert_cmpuint (desk.orders->len, ==, 100);

  /* Too often: it is waited, and goes on where it was. An order that makes no sense keeps no other out. */
  magento.with_broken_row = TRUE;
  peer_fail (p, 1, FAULT_BUSY);
  counts = shop_pass (&desk, shop);
  g_assert_cmpuint (desk.orders->len, ==, 150);
  g_assert_cmpuint (counts.n_unreadable, ==, 2);
  g_assert_cmpstr (desk.account->why, ==, "unreadable");
}

static void
test_large (void)
{
  g_auto (Magento) magento = MAGENTO_INIT;
  g_autoptr (Peer) p = peer_new_for (on_asked_cb, &magento);
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, p, "cs");

  add (&magento, 60, BEGIN_S, 60);
  peer_fail (p, 1, FAULT_LARGE);
  shop_pass (&desk, shop);
  g_assert_cmpuint (desk.orders->len, ==, 60);
  g_assert_cmpuint (magento.size_of_last_page, ==, 50);
}

/* --- keys --- */

static void
test_wrong_keys (void)
{
  g_auto (Magento) magento = MAGENTO_INIT;
  g_autoptr (Peer) p = peer_new_for (on_asked_cb, &magento);
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, p, "other");

  shop_fail (&desk, shop, MOS_SHOP_ERROR, MOS_SHOP_ERROR_KEY_REFUSED, MOS_ACCOUNT_AUTH_FAILED, "key_refused");
  /* In both ways that there are, and not again and again. */
  g_assert_cmpuint (p->n_asked, ==, 2);
}

/* What stands between may take the header away, know no addresses but one, lose an answer; and our clock may be years behind. */
static void
test_ways (void)
{
  g_auto (Magento) magento = MAGENTO_INIT;
  g_autoptr (Peer) p = peer_new_for (on_asked_cb, &magento);
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, p, "cs");

  add (&magento, 3, BEGIN_S, 60);
  magento.breaks_once = TRUE;
  shop_pass (&desk, shop);
  magento.minds_time = TRUE;
  shop_pass (&desk, shop);
  magento.takes_headers = TRUE;
  shop_pass (&desk, shop);
  magento.has_index = TRUE;
  shop_pass (&desk, shop);
  magento.takes_headers = magento.minds_time = FALSE;
  shop_pass (&desk, shop);
  g_assert_cmpuint (magento.n_refused, ==, 0);
}

static void
test_facts (void)
{
  g_auto (Magento) magento = MAGENTO_INIT;
  g_autoptr (Peer) p = peer_new_for (on_asked_cb, &magento);
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, p, "cs");
  g_autoptr (MosShopFacts) facts = mos_shop_test_sync (shop, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (facts->newest, ==, "");
  magento.with_whole = TRUE;
  g_clear_pointer (&facts, mos_shop_facts_unref);
  facts = mos_shop_test_sync (shop, NULL, NULL);
  g_assert_cmpstr (facts->name, ==, "Mugs & Cups");
  g_assert_cmpstr (facts->currency, ==, "EUR");
  g_assert_cmpstr (facts->newest, ==, "000000007");
  /* A right that is missing is found at once, and not when something was sent. */
  magento.forbidden = "/creditmemos";
  g_assert_null (mos_shop_test_sync (shop, NULL, &error));
  g_assert_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  /* Another program, or a shop whose API is shut off */
  magento.forbidden = NULL;
  peer_fail (p, 1, FAULT_NO_SHOP);
  g_assert_null (mos_shop_test_sync (shop, NULL, &error));
  g_assert_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NO_SHOP);
}

/* --- one order --- */

static void
assert_whole (const MosOrder *order)
{
  const MosOrderItem *hoodie = order->items->pdata[0], *rope = order->items->pdata[1];
  const MosOrderShipment *first = order->shipments->pdata[0], *second = order->shipments->pdata[1];
  const MosOrderRefund *refund = order->refunds->pdata[0];

  g_assert_cmpstr (order->number, ==, "000000007");
  g_assert_cmpint (order->status_kind, ==, MOS_ORDER_SHIPPED);
  g_assert_cmpstr (order->total, ==, "36.39");
  g_assert_cmpstr (order->refunded, ==, "10.1");
  g_assert_cmpstr (order->email, ==, "ana@example.com");
  g_assert_cmpstr (order->phone, ==, "34600123456");
  g_assert_cmpstr (order->name, ==, "Ana García");
  g_assert_cmpstr (order->address, ==, "Luis García\nGran Vía 2\n3º B\n28004 Madrid\nMadrid\nES");
  g_assert_cmpstr (order->payment, ==, "Check / Money order");
  g_assert_cmpstr (order->note, ==, "Ring twice");
  g_assert_cmpint (order->created_us, ==, G_GINT64_CONSTANT (1767323045) * S);
  g_assert_cmpuint (order->items->len, ==, 2);
  g_assert_cmpstr (hoodie->name, ==, "Hoodie");
  g_assert_cmpstr (hoodie->variant, ==, "M-Grey");
  g_assert_cmpstr (hoodie->quantity, ==, "2");
  g_assert_cmpstr (hoodie->price, ==, "12.1");
  g_assert_cmpstr (hoodie->total, ==, "22.0");
  g_assert_cmpstr (rope->quantity, ==, "1.5");
  g_assert_cmpstr (rope->price, ==, "0.1");
  g_assert_cmpstr (rope->total, ==, "0.15");
  g_assert_cmpuint (order->shipments->len, ==, 2);
  g_assert_cmpstr (first->carrier, ==, "UPS");
  g_assert_cmpstr (first->number, ==, "1Z999AA10123456784");
  g_assert_cmpstr (second->carrier, ==, "custom");
  g_assert_cmpuint (order->refunds->len, ==, 1);
  g_assert_cmpstr (refund->amount, ==, "10.1");
  g_assert_cmpstr (refund->reason, ==, "Broken");
}

static void
test_whole (void)
{
  g_auto (Magento) magento = MAGENTO_INIT;
  g_autoptr (Peer) p = peer_new_for (on_asked_cb, &magento);
  g_autoptr (Fixture) f = fixture_new ();
  g_auto (ShopDesk) desk = { 0 };
  g_autoptr (MosShop) shop = begin (f, &desk, p, "cs");
  g_autoptr (GError) error = NULL;
  const MosOrder *order;
  MosShopPassCounts counts;

  magento.with_whole = TRUE;
  shop_pass (&desk, shop);
  g_assert_cmpuint (desk.orders->len, ==, 1);
  assert_whole (desk.orders->pdata[0]);

  g_assert_true (mos_shops_refresh_order_sync (f->store, shop, "7", NULL, &error));
  g_assert_no_error (error);
  shop_look (&desk);
  order = desk.orders->pdata[0];
  assert_whole (order);
  /* What only says that a status changed is no note. */
  g_assert_cmpuint (order->notes->len, ==, 2);
  g_assert_cmpstr (((MosOrderNote *) order->notes->pdata[0])->text, ==, "Packed & sent");
  g_assert_true (((MosOrderNote *) order->notes->pdata[0])->is_for_customer != ((MosOrderNote *) order->notes->pdata[1])->is_for_customer);
  /* The list says the same of it as it does itself. */
  counts = shop_pass (&desk, shop);
  g_assert_cmpuint (counts.orders.n_same, ==, 1);

  g_assert_false (mos_shops_refresh_order_sync (f->store, shop, "404", NULL, &error));
  g_assert_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NOT_FOUND);
  g_assert_cmpuint (magento.n_refused, ==, 0);
}

static void
test_statuses (void)
{
  static const struct
  {
    const char *json;
    MosOrderStatus kind;
  } known[] = {
    { "\"state\":\"new\",\"status\":\"pending\"", MOS_ORDER_PENDING },
    { "\"state\":\"new\",\"status\":\"pending\",\"total_paid\":5,\"total_due\":0", MOS_ORDER_PAID },
    { "\"state\":\"pending_payment\"", MOS_ORDER_PENDING },
    { "\"state\":\"payment_review\",\"status\":\"fraud\"", MOS_ORDER_PENDING },
    { "\"state\":\"processing\"", MOS_ORDER_PROCESSING },
    { "\"state\":\"processing\",\"items\":[{\"qty_shipped\":0},{\"qty_shipped\":1}]", MOS_ORDER_SHIPPED },
    { "\"state\":\"holded\",\"hold_before_state\":\"processing\"", MOS_ORDER_PROCESSING },
    { "\"state\":\"complete\"", MOS_ORDER_SHIPPED },
    { "\"state\":\"complete\",\"status\":\"delivered\"", MOS_ORDER_DELIVERED },
    { "\"state\":\"closed\"", MOS_ORDER_REFUNDED },
    { "\"state\":\"canceled\",\"status\":\"canceled\"", MOS_ORDER_CANCELLED },
    { "\"state\":\"from_a_plugin\"", MOS_ORDER_PENDING },
    { "\"state\":null", MOS_ORDER_PENDING },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"entity_id\":1,%s}", known[i].json);
      g_autoptr (JsonNode) node = json_from_string (text, NULL);
      g_autoptr (MosOrder) order = mos_magento_read_order ("shop", "https://mugs.example", json_node_get_object (node));

      g_assert_cmpint (order->status_kind, ==, known[i].kind);
    }
}

/* Each field of an order of every kind that it is not: nothing breaks, and it is an order still. */
static void
test_odd_fields (void)
{
  static const char *const odd[] = { "null", "\"\"", "7", "-1.5", "true", "[]", "{}", "[null]", "[7]", "[{}]", "{\"x\":1}" };
  g_autoptr (JsonNode) whole = json_from_string (WHOLE, NULL);
  g_autoptr (GList) names = json_object_get_members (json_node_get_object (whole));

  for (const GList *l = names; l != NULL; l = l->next)
    for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
      {
        g_autoptr (JsonNode) node = json_from_string (WHOLE, NULL);
        g_autoptr (MosOrder) order = NULL;

        json_object_set_member (json_node_get_object (node), l->data, json_from_string (odd[i], NULL));
        order = mos_magento_read_order ("shop", "https://mugs.example", json_node_get_object (node));
        g_assert_true (order != NULL || strcmp (l->data, "entity_id") == 0);
      }
}

/* --- what it is made of --- */

static void
test_addresses (void)
{
  static const char *const pairs[][2] = {
    { "mugs.example", "https://mugs.example" },
    { "https://mugs.example/", "https://mugs.example" },
    { "https://mugs.example/shop/rest/all/V1/orders?x=1", "https://mugs.example/shop" },
    { "https://mugs.example/rest", "https://mugs.example" },
    { "https://mugs.example/index.php/rest/V1", "https://mugs.example" },
    { "https://mugs.example/admin_1x2y/admin/dashboard/#x", "https://mugs.example" },
    { "https://admin.mugs.example/", "https://admin.mugs.example" },
    { "http://mugs.example", NULL },
    { "https://user:pw@mugs.example", NULL },
    { "not an address", NULL },
    { "https://", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *address = mos_shop_kind_fold_address (MOS_SHOP_MAGENTO, pairs[i][0]);

      g_assert_cmpstr (address, ==, pairs[i][1]);
    }
}

static void
test_keys (void)
{
  g_autoptr (MosShopKeys) four = mos_shop_keys_make_with_token (" ck", "cs ", "at", "ats\n");
  g_autoptr (MosShopKeys) two = mos_shop_keys_make ("ck", "cs");
  g_autofree char *text = mos_shop_keys_dup_text (four);
  g_autoptr (MosShopKeys) again = mos_shop_keys_read (text);

  g_assert_cmpstr (text, ==, "ck\ncs\nat\nats");
  g_assert_cmpstr (again->token_secret, ==, "ats");
  g_assert_true (mos_shop_keys_are_complete (four, MOS_SHOP_MAGENTO));
  g_assert_false (mos_shop_keys_are_complete (two, MOS_SHOP_MAGENTO));
  g_assert_true (mos_shop_keys_are_complete (two, MOS_SHOP_WOOCOMMERCE));
}

/* The signature was computed with another program. */
static void
test_header (void)
{
  const MosOAuth1 signer = { "ck", "c&s", "tok", "ts", "0123456789abcdef", 1780000000 };
  static const char *const names[] = { "searchCriteria[pageSize]", "fields", "note" }, *const values[] = { "5", "items[entity_id],total_count", "a b&ü" };
  g_autofree char *header = mos_oauth1_sign_header (&signer, "GET", "https://mugs.example/rest/all/V1/orders", names, values, 3);

  g_assert_cmpstr (header, ==,
                   "OAuth oauth_consumer_key=\"ck\", oauth_nonce=\"0123456789abcdef\", oauth_signature_method=\"HMAC-SHA256\", oauth_timestamp=\"1780000000\", oauth_token=\"tok\", oauth_version=\"1.0\", "
                   "oauth_signature=\"t0NQuQak1mC0IaafLQ4HSRdrGOaU9NJca6Uiu9D4aVc%3D\"");
}

static void
test_decimals (void)
{
  static const char *const pairs[][2] = {
    { "36.39", "36.39" },
    { "36.3900", "36.3900" },
    { "0.1", "0.1" },
    { "-0.10", "-0.10" },
    { "99999999999999.99", "99999999999999.99" },
    { "12", "12" },
    { "1.0E+2", "100" },
    { "1.5e-3", "0.0015" },
    { "-2.5E-1", "-0.25" },
    { "1e999", "none" },
    { "\"7.50\"", "7.50" },
    { "\"a 1.5 \\\" b\"", "none" },
    { "true", "none" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"x\":%s,\"say \\\"1.5\\\"\":[1.5]}", pairs[i][0]);
      g_autofree char *quoted = mos_shop_json_quote_decimals (text, strlen (text));
      g_autoptr (JsonNode) node = json_from_string (quoted, NULL);
      g_autofree char *decimal = NULL;

      g_assert_nonnull (node);
      decimal = mos_shop_json_decimal (json_node_get_object (node), "x", "none");
      g_assert_cmpstr (decimal, ==, pairs[i][1]);
      g_assert_true (json_object_has_member (json_node_get_object (node), "say \"1.5\""));
    }
}

/* Any bytes at all */
static void
test_quote_random (void)
{
  static const char signs[] = "0123456789.-+eE\"\\{}[],: at";

  for (guint round = 0; round < 3000; round++)
    {
      char text[24];
      gsize n = (gsize) g_test_rand_int_range (0, sizeof text);
      g_autofree char *quoted = NULL;

      for (gsize i = 0; i < n; i++)
        text[i] = signs[g_test_rand_int_range (0, sizeof signs - 1)];
      quoted = mos_shop_json_quote_decimals (text, n);
      g_assert_cmpuint (strlen (quoted), >=, n);
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/magento/pages", test_pages);
  g_test_add_func ("/magento/one-second", test_one_second);
  g_test_add_func ("/magento/clock-put-right", test_clock_put_right);
  g_test_add_func ("/magento/faults", test_faults);
  g_test_add_func ("/magento/large", test_large);
  g_test_add_func ("/magento/wrong-keys", test_wrong_keys);
  g_test_add_func ("/magento/ways", test_ways);
  g_test_add_func ("/magento/facts", test_facts);
  g_test_add_func ("/magento/whole", test_whole);
  g_test_add_func ("/magento/statuses", test_statuses);
  g_test_add_func ("/magento/odd-fields", test_odd_fields);
  g_test_add_func ("/magento/addresses", test_addresses);
  g_test_add_func ("/magento/keys", test_keys);
  g_test_add_func ("/magento/header", test_header);
  g_test_add_func ("/magento/decimals", test_decimals);
  g_test_add_func ("/magento/quote-random", test_quote_random);
  return g_test_run ();
}
