/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "core/shops/mos-shop.h"

#include "core/shops/mos-shop-json.h"

/* A page of a hundred orders with all that plugins hang on them. */
#define MAX_ANSWER (16 * 1024 * 1024)
#define MAX_PAUSE_MS 60000u
/* The clocks of the computers of one shop */
#define SKEW_US (600 * (gint64) G_USEC_PER_SEC)

/* --- values --- */

static void
mos_shop_keys_clear (MosShopKeys *self)
{
  g_free (self->key);
  g_free (self->secret);
  g_free (self->token);
  g_free (self->token_secret);
}

MOS_DEFINE_VALUE (MosShopKeys, shop_keys)

MosShopKeys *
mos_shop_keys_make (const char *key,
                    const char *secret)
{
  return mos_shop_keys_make_with_token (key, secret, "", "");
}

MosShopKeys *
mos_shop_keys_make_with_token (const char *key,
                               const char *secret,
                               const char *token,
                               const char *token_secret)
{
  MosShopKeys *self = mos_shop_keys_new ();

  self->key = g_strstrip (g_strdup (key));
  self->secret = g_strstrip (g_strdup (secret));
  self->token = g_strstrip (g_strdup (token));
  self->token_secret = g_strstrip (g_strdup (token_secret));
  return self;
}

gboolean
mos_shop_keys_are_complete (const MosShopKeys *self,
                            MosShopKind kind)
{
  MosShopNeeds needs = mos_shop_kind_get_needs (kind);

  return ((needs & MOS_SHOP_NEEDS_KEY) == 0 || (needs & MOS_SHOP_MAY_LACK_KEY) != 0 || *self->key != '\0') &&
         ((needs & MOS_SHOP_NEEDS_SECRET) == 0 || *self->secret != '\0') &&
         ((needs & MOS_SHOP_NEEDS_TOKEN) == 0 || (*self->token != '\0' && *self->token_secret != '\0'));
}

char *
mos_shop_keys_dup_text (const MosShopKeys *self)
{
  /* Two lines where there are no more, as before there were platforms with four. */
  return *self->token != '\0' ? g_strjoin ("\n", self->key, self->secret, self->token, self->token_secret, NULL) : g_strconcat (self->key, "\n", self->secret, NULL);
}

MosShopKeys *
mos_shop_keys_read (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "\n", 4);

  if (g_strv_length (parts) == 4)
    return mos_shop_keys_make_with_token (parts[0], parts[1], parts[2], parts[3]);
  return g_strv_length (parts) == 2 ? mos_shop_keys_make (parts[0], parts[1]) : NULL;
}

static void
mos_shop_facts_clear (MosShopFacts *self)
{
  g_free (self->name);
  g_free (self->currency);
  g_free (self->newest);
}

MOS_DEFINE_VALUE (MosShopFacts, shop_facts)

MosShopFacts *
mos_shop_facts_make (const char *name,
                     const char *currency,
                     const char *newest)
{
  MosShopFacts *self = mos_shop_facts_new ();

  self->name = g_strdup (name);
  self->currency = g_strdup (currency);
  self->newest = g_strdup (newest);
  return self;
}

static void
mos_shop_page_clear (MosShopPage *self)
{
  g_clear_pointer (&self->orders, g_ptr_array_unref);
  g_free (self->cursor);
}

MOS_DEFINE_VALUE (MosShopPage, shop_page)

MosShopPage *
mos_shop_page_make (void)
{
  MosShopPage *self = mos_shop_page_new ();

  self->orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
  self->cursor = g_strdup ("");
  return self;
}

/* --- the class --- */

typedef struct
{
  MosShopAccount *account; /* (owned) */
  MosShopKeys *keys;       /* (owned) */
  MosClock *clock;         /* (owned) */
  MosHttp *http;           /* (owned) */
  guint wait_s;
  gint64 remote_now_us;
  gint64 paused_until_us; /* on this computer's steady clock */
  gboolean keeps_decimals;
  gboolean reads_unavailable;
} MosShopPrivate;

typedef enum
{
  PROP_ACCOUNT = 1,
  PROP_KEYS,
  PROP_CLOCK,
} MosShopProperty;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MosShop, mos_shop, G_TYPE_OBJECT)

static GParamSpec *properties[PROP_CLOCK + 1];

static void
mos_shop_set_property (GObject *object,
                       guint prop_id,
                       const GValue *value,
                       GParamSpec *pspec)
{
  MosShopPrivate *priv = mos_shop_get_instance_private (MOS_SHOP (object));

  switch ((MosShopProperty) prop_id)
    {
    case PROP_ACCOUNT:
      priv->account = g_value_dup_boxed (value);
      break;
    case PROP_KEYS:
      priv->keys = g_value_dup_boxed (value);
      break;
    case PROP_CLOCK:
      priv->clock = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mos_shop_finalize (GObject *object)
{
  MosShopPrivate *priv = mos_shop_get_instance_private (MOS_SHOP (object));

  g_clear_pointer (&priv->account, mos_shop_account_unref);
  g_clear_pointer (&priv->keys, mos_shop_keys_unref);
  g_clear_object (&priv->clock);
  g_clear_pointer (&priv->http, mos_http_free);
  G_OBJECT_CLASS (mos_shop_parent_class)->finalize (object);
}

static void
mos_shop_class_init (MosShopClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = mos_shop_set_property;
  object_class->finalize = mos_shop_finalize;
  properties[PROP_ACCOUNT] = g_param_spec_boxed ("account", NULL, NULL, mos_shop_account_get_type (), flags);
  properties[PROP_KEYS] = g_param_spec_boxed ("keys", NULL, NULL, mos_shop_keys_get_type (), flags);
  properties[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, MOS_TYPE_CLOCK, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
mos_shop_init (MosShop *self)
{
}

MosShopFacts *
mos_shop_test_sync (MosShop *self,
                    GCancellable *cancellable,
                    GError **error)
{
  g_return_val_if_fail (MOS_IS_SHOP (self), NULL);

  return MOS_SHOP_GET_CLASS (self)->test_sync (self, cancellable, error);
}

MosShopPage *
mos_shop_list_changed_sync (MosShop *self,
                            const char *cursor,
                            GCancellable *cancellable,
                            GError **error)
{
  g_return_val_if_fail (MOS_IS_SHOP (self), NULL);
  g_return_val_if_fail (cursor != NULL, NULL);

  return MOS_SHOP_GET_CLASS (self)->list_changed_sync (self, cursor, cancellable, error);
}

MosOrder *
mos_shop_load_order_sync (MosShop *self,
                          const char *remote_id,
                          GCancellable *cancellable,
                          GError **error)
{
  g_return_val_if_fail (MOS_IS_SHOP (self), NULL);
  g_return_val_if_fail (remote_id != NULL, NULL);

  return MOS_SHOP_GET_CLASS (self)->load_order_sync (self, remote_id, cancellable, error);
}

MosOrderTerms *
mos_shop_load_terms_sync (MosShop *self,
                          const char *remote_id,
                          GCancellable *cancellable,
                          GError **error)
{
  g_return_val_if_fail (MOS_IS_SHOP (self), NULL);
  g_return_val_if_fail (remote_id != NULL, NULL);

  if (MOS_SHOP_GET_CLASS (self)->load_terms_sync == NULL)
    {
      g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_LACKING, "Such a shop takes no changes");
      return NULL;
    }
  return MOS_SHOP_GET_CLASS (self)->load_terms_sync (self, remote_id, cancellable, error);
}

char *
mos_shop_perform_sync (MosShop *self,
                       const MosOrderAction *action,
                       const MosOrderTerms *terms,
                       GCancellable *cancellable,
                       GError **error)
{
  MosShopPrivate *priv = mos_shop_get_instance_private (self);

  g_return_val_if_fail (MOS_IS_SHOP (self), NULL);
  g_return_val_if_fail (action != NULL && terms != NULL, NULL);

  if ((mos_shop_kind_get_actions (priv->account->kind) & MOS_ORDER_ACTION_MASK (action->kind)) == 0)
    {
      g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_LACKING, "Such a shop does not know this");
      return NULL;
    }
  return MOS_SHOP_GET_CLASS (self)->perform_sync (self, action, terms, cancellable, error);
}

MosShopTrace
mos_shop_find_action_sync (MosShop *self,
                           const MosOrderAction *action,
                           const char *remote_id,
                           char **ret_made,
                           GCancellable *cancellable,
                           GError **error)
{
  g_return_val_if_fail (MOS_IS_SHOP (self), MOS_SHOP_TRACE_UNCLEAR);
  g_return_val_if_fail (action != NULL && remote_id != NULL, MOS_SHOP_TRACE_UNCLEAR);

  *ret_made = NULL;
  if (MOS_SHOP_GET_CLASS (self)->find_action_sync == NULL)
    return MOS_SHOP_TRACE_UNCLEAR;
  return MOS_SHOP_GET_CLASS (self)->find_action_sync (self, action, remote_id, ret_made, cancellable, error);
}

MosShopAccount *
mos_shop_get_account (MosShop *self)
{
  MosShopPrivate *priv = mos_shop_get_instance_private (self);

  return priv->account;
}

MosShopKeys *
mos_shop_get_keys (MosShop *self)
{
  MosShopPrivate *priv = mos_shop_get_instance_private (self);

  return priv->keys;
}

gint64
mos_shop_get_now_us (MosShop *self)
{
  MosShopPrivate *priv = mos_shop_get_instance_private (self);

  return mos_clock_now_us (priv->clock);
}

gint64
mos_shop_get_remote_now_us (MosShop *self)
{
  MosShopPrivate *priv = mos_shop_get_instance_private (self);

  return priv->remote_now_us;
}

gboolean
mos_shop_hides_orders (MosShop *self)
{
  return MOS_SHOP_GET_CLASS (self)->hides_orders;
}

gboolean
mos_shop_is_ahead (MosShop *self,
                   gint64 at_us)
{
  MosShopPrivate *priv = mos_shop_get_instance_private (self);

  return priv->remote_now_us > 0 && at_us > priv->remote_now_us + SKEW_US;
}

void
mos_shop_keep_decimals (MosShop *self)
{
  MosShopPrivate *priv = mos_shop_get_instance_private (self);

  priv->keeps_decimals = TRUE;
}

void
mos_shop_read_unavailable (MosShop *self)
{
  MosShopPrivate *priv = mos_shop_get_instance_private (self);

  priv->reads_unavailable = TRUE;
}

guint
mos_shop_get_wait_s (MosShop *self)
{
  MosShopPrivate *priv = mos_shop_get_instance_private (self);

  return priv->wait_s;
}

void
mos_shop_set_wait_s (MosShop *self,
                     guint seconds)
{
  MosShopPrivate *priv = mos_shop_get_instance_private (self);

  priv->wait_s = seconds;
}

/* --- asking --- */

/* Statuses that say nothing of the shop, but of how it stands now. */
static gboolean
is_passing (guint status)
{
  return status == 408 || status == 425 || status == 429 || status == 502 || status == 503 || status == 504;
}

/* Others ask the same shop, and may not be kept out. */
static gboolean
wait_for_allotment (MosShopPrivate *priv,
                    GCancellable *cancellable,
                    GError **error)
{
  gint64 left_us = priv->paused_until_us - g_get_monotonic_time ();

  return left_us <= 0 || mos_http_wait_sync ((guint) (left_us / 1000) + 1, cancellable, error);
}

static gboolean
load (MosShopPrivate *priv,
      JsonParser *parser,
      GBytes *body)
{
  gsize n;
  const char *data = g_bytes_get_data (body, &n);
  g_autofree char *quoted = NULL;

  if (n == 0 || !g_utf8_validate_len (data, n, NULL))
    return FALSE;
  quoted = priv->keeps_decimals ? mos_shop_json_quote_decimals (data, n) : NULL;
  return json_parser_load_from_data (parser, quoted != NULL ? quoted : data, quoted != NULL ? -1 : (gssize) n, NULL) && json_parser_get_root (parser) != NULL;
}

/* Where a redirection leads, as it may be shown and kept: what was asked comes back in the query of many, and the keys may be in it. */
static char *
dup_public_address (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

  return uri != NULL ? g_uri_to_string_partial (uri, G_URI_HIDE_USERINFO | G_URI_HIDE_QUERY | G_URI_HIDE_FRAGMENT) : NULL;
}

/* What came is read as JSON; what is none, leads elsewhere or says "not now" is an error. */
static JsonNode *
read_answer (MosShop *self,
             const MosHttpAnswer *answer,
             GError **error)
{
  MosShopPrivate *priv = mos_shop_get_instance_private (self);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();

  priv->wait_s = answer->retry_after_s;
  priv->remote_now_us = answer->date_us;
  priv->paused_until_us = g_get_monotonic_time () + MIN (answer->pause_ms, MAX_PAUSE_MS) * (gint64) 1000;
  if (answer->status >= 300 && answer->status < 400)
    {
      g_autofree char *location = answer->location != NULL ? dup_public_address (answer->location) : NULL;

      g_set_error_literal (error, MOS_SHOP_ERROR, location != NULL ? MOS_SHOP_ERROR_MOVED : MOS_SHOP_ERROR_NO_SHOP, location != NULL ? location : "It leads nowhere");
      return NULL;
    }
  if (is_passing (answer->status) && (answer->status != 503 || !priv->reads_unavailable || !load (priv, parser, answer->body)))
    {
      g_set_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_TEMPORARY, "HTTP %u", answer->status);
      return NULL;
    }
  if (answer->status == 204)
    return json_node_new (JSON_NODE_NULL);
  if (load (priv, parser, answer->body))
    return json_node_ref (json_parser_get_root (parser));

  /* A page of the hoster's, of a firewall or of another program. */
  if (answer->status == 401)
    g_set_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_KEY_REFUSED, "HTTP %u", answer->status);
  else if (answer->status == 403 || answer->status >= 500)
    g_set_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_TEMPORARY, "HTTP %u (%s)", answer->status, answer->type);
  else if (answer->status == 404 || answer->status == 410 || (answer->status == 200 && g_str_has_suffix (answer->type, "html")))
    g_set_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_NO_SHOP, "HTTP %u (%s)", answer->status, answer->type);
  else
    g_set_error (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_PROTOCOL, "HTTP %u (%s)", answer->status, answer->type);
  return NULL;
}

JsonNode *
mos_shop_ask_sync (MosShop *self,
                   const char *method,
                   const char *url,
                   const char *const *headers,
                   const char *type,
                   const char *body,
                   guint *ret_status,
                   GCancellable *cancellable,
                   GError **error)
{
  MosShopPrivate *priv = mos_shop_get_instance_private (self);
  const MosHttpOptions options = { .max_bytes = MAX_ANSWER, .timeout_s = 60 };
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  g_autoptr (MosHttpAnswer) answer = NULL;

  *ret_status = 0;
  priv->wait_s = 0;
  if (priv->http == NULL)
    priv->http = mos_http_new (&options);
  if (!wait_for_allotment (priv, cancellable, error))
    return NULL;
  answer = mos_http_request_sync (priv->http, method, url, headers, body != NULL ? type : NULL, bytes, MOS_HTTP_REPEATABLE, cancellable, error);
  if (answer == NULL)
    return NULL;
  *ret_status = answer->status;
  return read_answer (self, answer, error);
}

/* --- changing --- */

/* Whether an answer that could not be read means that nothing was done: refused at the door. */
static gboolean
is_refusal (guint status)
{
  return (status >= 300 && status < 500 && status != 408) || status == 429;
}

JsonNode *
mos_shop_write_sync (MosShop *self,
                     const char *method,
                     const char *url,
                     const char *const *headers,
                     const char *type,
                     const char *body,
                     guint *ret_status,
                     GCancellable *cancellable,
                     GError **error)
{
  MosShopPrivate *priv = mos_shop_get_instance_private (self);
  const MosHttpOptions options = { .max_bytes = MAX_ANSWER, .timeout_s = 60, .attempts = 1 };
  /* A line of its own: one that was open already may be half closed, and then nobody knows what got through. */
  g_autoptr (MosHttp) http = mos_http_new (&options);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (MosHttpAnswer) answer = NULL;
  g_autoptr (GError) local = NULL;
  JsonNode *node;

  *ret_status = 0;
  priv->wait_s = 0;
  if (!wait_for_allotment (priv, cancellable, error))
    return NULL;
  answer = mos_http_request_sync (http, method, url, headers, type, bytes, MOS_HTTP_DEFAULT, cancellable, &local);
  if (answer == NULL)
    {
      /* No name, no way, no door, nobody trusted behind it: then it is certain that nothing was done. */
      if (!mos_http_has_left (http))
        g_propagate_error (error, g_steal_pointer (&local));
      else
        g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_UNCERTAIN, local->message);
      return NULL;
    }
  *ret_status = answer->status;
  node = read_answer (self, answer, &local);
  if (node != NULL)
    return node;
  if (is_refusal (answer->status))
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error_literal (error, MOS_SHOP_ERROR, MOS_SHOP_ERROR_UNCERTAIN, local->message);
  return NULL;
}
