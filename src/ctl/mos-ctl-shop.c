/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/desk/mos-shops.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  const char *name;     /* (nullable): id, name or address of one; %NULL = all */
  GPtrArray *shops;     /* (owned) (nullable) of MosShopAccount */
  MosShopAccount *shop; /* (owned) (nullable) */
} MosCtlShops;

static void
mos_ctl_shops_clear (MosCtlShops *call)
{
  g_clear_pointer (&call->shops, g_ptr_array_unref);
  g_clear_pointer (&call->shop, mos_shop_account_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosCtlShops, mos_ctl_shops_clear)

static gboolean
is_called (const MosShopAccount *shop,
           const char *name)
{
  g_autofree char *address = mos_shop_kind_fold_address (shop->kind, name);

  return strcmp (shop->id, name) == 0 || strcmp (shop->name, name) == 0 || (*shop->base_url != '\0' && g_strcmp0 (shop->base_url, address) == 0);
}

static gboolean
do_find (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlShops *call = data;

  call->shops = mos_store_shop_list (txn, error);
  for (guint i = 0; call->shops != NULL && call->name != NULL && call->shop == NULL && i < call->shops->len; i++)
    if (is_called (call->shops->pdata[i], call->name))
      call->shop = mos_shop_account_ref (call->shops->pdata[i]);
  if (call->shops != NULL && call->name != NULL && call->shop == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, _ ("There is no shop “%s”"), call->name);
      return FALSE;
    }
  return call->shops != NULL;
}

gboolean
mos_ctl_find_shop (MosTxn *txn,
                   const char *name,
                   MosShopAccount **ret_shop,
                   GError **error)
{
  g_auto (MosCtlShops) call = { .name = name };

  if (!do_find (txn, &call, error))
    return FALSE;
  *ret_shop = g_steal_pointer (&call.shop);
  return TRUE;
}

/* Why a shop could not be read, in one sentence with what to do. Returns: MOS_CTL_FAILED */
static int
fail_shop (MosCtl *self,
           const MosShopAccount *shop,
           GError *error /* (transfer full) */)
{
  g_autoptr (GError) own = error;
  g_autofree char *text = NULL;
  const char *why;

  mos_shops_judge (error, &why);
  if (strcmp (why, "key_refused") == 0)
    return mos_ctl_fail_text (self, _ ("%1$s refuses the key (%2$s). Make a new one in the shop's admin and say it with “shop add” again"), shop->name, error->message);
  if (strcmp (why, "not_allowed") == 0)
    return mos_ctl_fail_text (self, _ ("%1$s knows the key, but does not let it read orders (%2$s). Give it that right in the shop's admin"), shop->name, error->message);
  if (strcmp (why, "disabled") == 0)
    return mos_ctl_fail_text (self, _ ("%1$s lets no program in (%2$s)"), shop->name, error->message);
  if (strcmp (why, "no_shop") == 0)
    return mos_ctl_fail_text (self, _ ("There is no such shop at %1$s (%2$s)"), shop->base_url, error->message);
  if (strcmp (why, "moved") == 0)
    return mos_ctl_fail_text (self, _ ("%1$s leads to another address, %2$s: add the shop by that one"), shop->base_url, error->message);
  if (strcmp (why, "no_key") == 0)
    return mos_ctl_fail_text (self, _ ("There is no key of %s in the keyring: say it with “shop add” again"), shop->name);
  if (strcmp (why, "busy") == 0)
    return mos_ctl_fail_text (self, _ ("%1$s cannot answer now (%2$s). What was read is kept; the next sync goes on from there"), shop->name, error->message);
  text = mos_ctl_dup_error (error);
  return mos_ctl_fail_text (self, _ ("%1$s could not be read: %2$s"), shop->name, text);
}

static void
print_shop (MosCtl *self,
            const MosShopAccount *shop)
{
  g_autofree char *last = shop->last_sync_us != 0 ? mos_ctl_local_time (shop->last_sync_us) : g_strdup ("-");
  g_autofree char *return_address = mos_shop_account_dup_setting (shop, "return_address");
  g_autofree char *review_url = mos_shop_account_dup_setting (shop, "review_url");

  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mos_json_string (builder, "id", shop->id);
      mos_json_string (builder, "kind", mos_shop_kind_to_nick (shop->kind));
      mos_json_string (builder, "name", shop->name);
      mos_json_string (builder, "url", shop->base_url);
      mos_json_string (builder, "currency", shop->currency);
      mos_json_string (builder, "state", mos_account_state_to_nick (shop->state));
      mos_json_string (builder, "why", shop->why);
      mos_json_string (builder, "detail", shop->detail);
      mos_json_string (builder, "return_address", return_address);
      mos_json_string (builder, "review_url", review_url);
      mos_json_time (builder, "last_sync", shop->last_sync_us);
      mos_json_int (builder, "orders", shop->n_orders);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
      return;
    }
  mos_ctl_print (self, "%s  %s  %s  %s%s%s  %u  %s\n", shop->name, mos_shop_kind_to_nick (shop->kind), shop->base_url, mos_account_state_to_nick (shop->state), shop->why != NULL ? "/" : "",
                 shop->why != NULL ? shop->why : "", shop->n_orders, last);
}

/* --- add --- */

/* A line each, in the order in which MosShopKeys has them; a platform without a key begins with the secret. */
static MosShopKeys *
read_keys (MosCtl *self,
           MosShopKind kind,
           GError **error)
{
  MosShopNeeds needs = mos_shop_kind_get_needs (kind);
  g_autofree char *text = mos_ctl_read_input (self, error);
  g_auto (GStrv) lines = text != NULL ? g_strsplit (g_strstrip (text), "\n", 5) : NULL;
  guint n = lines != NULL ? g_strv_length (lines) : 0;
  guint n_wanted = (needs & MOS_SHOP_NEEDS_TOKEN) != 0 ? 4 : (needs & MOS_SHOP_NEEDS_KEY) != 0 ? 2
                                                                                               : 1;
  g_autoptr (MosShopKeys) keys = NULL;

  if (text == NULL)
    return NULL;
  if (n == 4)
    keys = mos_shop_keys_make_with_token (lines[0], lines[1], lines[2], lines[3]);
  else if (n == 2)
    keys = mos_shop_keys_make (lines[0], lines[1]);
  else if (n == 1 && (n_wanted == 1 || (needs & MOS_SHOP_MAY_LACK_KEY) != 0))
    keys = mos_shop_keys_make ("", lines[0]);
  explicit_bzero (text, strlen (text));
  if (keys != NULL && (n == n_wanted || n == 1) && mos_shop_keys_are_complete (keys, kind))
    return g_steal_pointer (&keys);
  if (n_wanted == 4)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("The four keys are read from standard input, a line each: consumer key, consumer secret, access token, access token secret"));
  else if (n_wanted == 1)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("The key is read from standard input, in one line"));
  else
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("Key and secret are read from standard input, a line each"));
  return NULL;
}

/* Returns: MOS_CTL_USAGE */
static int
fail_address (MosCtl *self,
              MosShopKind kind,
              const char *url)
{
  switch (kind)
    {
    case MOS_SHOP_SHOPIFY:
      return mos_ctl_usage (self, _ ("“%s” is no address of a Shopify shop: it ends in .myshopify.com"), url);
    case MOS_SHOP_BIGCOMMERCE:
      return mos_ctl_usage (self, _ ("“%s” says no store hash: that is in the API path, behind “stores/”"), url);
    case MOS_SHOP_WOOCOMMERCE:
    case MOS_SHOP_MAGENTO:
    case MOS_SHOP_PRESTASHOP:
    case MOS_SHOP_CSV:
    default:
      return mos_ctl_usage (self, _ ("“%s” is no address of a shop: it begins with https://"), url);
    }
}

static gboolean
do_position (MosTxn *txn,
             gpointer data,
             GError **error)
{
  MosCtlShops *call = data;

  call->shops = mos_store_shop_list (txn, error);
  return call->shops != NULL;
}

/* One of files, which nothing is asked of. */
static int
add_files (MosCtl *self,
           GPtrArray *args,
           const char *name)
{
  g_autofree char *own = g_uuid_string_random ();
  g_autofree char *currency = mos_ctl_take_option (args, "--currency");
  g_autofree char *upper = currency != NULL ? g_ascii_strup (currency, -1) : g_strdup ("");
  g_autoptr (MosShopAccount) shop = NULL;
  g_auto (MosCtlShops) call = { 0 };
  const MosActor actor = { MOS_ACTOR_HUMAN, NULL };
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  if (name == NULL || *name == '\0' || (currency != NULL && (strlen (upper) != 3 || strspn (upper, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3)))
    return mos_ctl_usage (self, "%s", _ ("A shop of files needs --name, and takes --currency with three letters, as in EUR"));
  if (!mos_ctl_read (self, do_position, &call, &error))
    return mos_ctl_fail (self, error);
  for (guint i = 0; i < call.shops->len; i++)
    if (strcmp (((MosShopAccount *) call.shops->pdata[i])->name, name) == 0)
      return mos_ctl_fail_text (self, _ ("There is a shop “%s” already"), name);
  shop = mos_shop_account_make (MOS_SHOP_CSV, name, own);
  g_set_str (&shop->currency, upper);
  shop->position = (int) call.shops->len;
  if (!mos_shops_save_sync (self->store, &actor, shop, NULL, self->cancellable, &error))
    return mos_ctl_fail (self, error);
  shop->state = MOS_ACCOUNT_READY;
  print_shop (self, shop);
  return MOS_CTL_DONE;
}

/* One that is here already gets the new key, and is otherwise as it was. */
static MosShopAccount *
find_same (GPtrArray *shops,
           MosShopKind kind,
           const char *address)
{
  for (guint i = 0; i < shops->len; i++)
    {
      MosShopAccount *shop = shops->pdata[i];

      if (shop->kind == kind && strcmp (shop->base_url, address) == 0)
        return mos_shop_account_copy (shop);
    }
  return NULL;
}

static int
shop_add (MosCtl *self,
          GPtrArray *args)
{
  g_autofree char *url = mos_ctl_take_option (args, "--url");
  g_autofree char *name = mos_ctl_take_option (args, "--name");
  gboolean with_keys = mos_ctl_take_flag (args, "--keys-stdin");
  g_autofree char *address = NULL;
  g_autoptr (MosShopAccount) shop = NULL;
  g_autoptr (MosShopKeys) keys = NULL;
  g_autoptr (MosShopFacts) facts = NULL;
  g_auto (MosCtlShops) call = { 0 };
  const MosActor actor = { MOS_ACTOR_HUMAN, NULL };
  GError *error = NULL;
  MosShopKind kind;
  gboolean is_new;

  if (args->len > 0 && strcmp (args->pdata[0], mos_shop_kind_to_nick (MOS_SHOP_CSV)) == 0)
    return add_files (self, args, name);
  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  kind = mos_shop_kind_from_nick (g_ptr_array_index (args, 0), MOS_SHOP_CSV);
  if (mos_shop_kind_get_needs (kind) == 0)
    return mos_ctl_usage (self, _ ("There is no kind of shop “%s”: say woocommerce, shopify, magento, bigcommerce, prestashop or csv"), (const char *) g_ptr_array_index (args, 0));
  if (url == NULL || !with_keys)
    return mos_ctl_usage (self, "%s", _ ("A shop needs --url, and its key and secret on standard input with --keys-stdin"));
  address = mos_shop_kind_fold_address (kind, url);
  if (address == NULL)
    return fail_address (self, kind, url);
  keys = read_keys (self, kind, &error);
  if (keys == NULL)
    return mos_ctl_fail (self, error);

  if (!mos_ctl_read (self, do_position, &call, &error))
    return mos_ctl_fail (self, error);
  shop = find_same (call.shops, kind, address);
  is_new = shop == NULL;
  if (is_new)
    {
      shop = mos_shop_account_make (kind, strstr (address, "://") + 3, address);
      shop->position = (int) call.shops->len;
    }
  if (name != NULL)
    g_set_str (&shop->name, name);
  /* Tried before it is kept: a mistyped key leaves nothing behind. */
  facts = mos_shops_test_sync (self->store, shop, keys, self->cancellable, &error);
  if (facts == NULL)
    return fail_shop (self, shop, error);
  g_set_str (&shop->currency, facts->currency);
  if (is_new && name == NULL && *facts->name != '\0')
    g_set_str (&shop->name, facts->name);
  if (!mos_shops_save_sync (self->store, &actor, shop, keys, self->cancellable, &error))
    return mos_ctl_fail (self, error);
  print_shop (self, shop);
  return MOS_CTL_DONE;
}

/* --- set --- */

/* @args: FIELD=VALUE; of what is empty macros know nothing */
static int
shop_set (MosCtl *self,
          const MosShopAccount *shop,
          GPtrArray *args)
{
  static const char *const settings[] = { "return_address", "review_url", NULL };
  const MosActor actor = { MOS_ACTOR_HUMAN, NULL };
  g_autoptr (MosShopAccount) changed = mos_shop_account_copy (shop);
  GError *error = NULL;

  for (guint i = 0; i < args->len; i++)
    {
      g_auto (GStrv) parts = g_strsplit (args->pdata[i], "=", 2);
      const char *value = parts[1] != NULL ? g_strstrip (parts[1]) : NULL;

      if (value != NULL && *value != '\0' && strcmp (parts[0], "name") == 0)
        g_set_str (&changed->name, value);
      else if (value != NULL && g_strv_contains (settings, parts[0]))
        mos_shop_account_set_setting (changed, parts[0], *value != '\0' ? value : NULL);
      else
        return mos_ctl_usage (self, _ ("“%s” is nothing that can be set of a shop: say name=, return_address= or review_url=, and what it is"), (const char *) args->pdata[i]);
    }
  if (!mos_shops_save_sync (self->store, &actor, changed, NULL, self->cancellable, &error))
    return mos_ctl_fail (self, error);
  print_shop (self, changed);
  return MOS_CTL_DONE;
}

/* --- test, sync, remove --- */

static int
shop_test (MosCtl *self,
           MosShopAccount *shop)
{
  GError *error = NULL;
  g_autoptr (MosShopFacts) facts = NULL;
  g_autofree char *sentence = NULL;

  if (mos_shop_kind_get_needs (shop->kind) == 0)
    {
      /* Translators: %s is the name of a shop; what is in quotation marks is typed as it is */
      sentence = g_strdup_printf (_ ("%s is a shop of files: there is nothing to reach, and “order import FILE --shop SHOP” brings its orders"), shop->name);
      mos_ctl_say (self, "ok", shop->id, sentence);
      return MOS_CTL_DONE;
    }
  facts = mos_shops_test_sync (self->store, shop, NULL, self->cancellable, &error);
  if (facts == NULL)
    return fail_shop (self, shop, error);
  /* Translators: a shop's name, then the number of an order */
  sentence = *facts->newest != '\0' ? g_strdup_printf (_ ("%1$s can be read; its newest order is %2$s"), shop->name, facts->newest) : g_strdup_printf (_ ("%s can be read; it has no orders yet"), shop->name);
  mos_ctl_say (self, "ok", shop->id, sentence);
  return MOS_CTL_DONE;
}

typedef struct
{
  MosCtl *self;
  MosShopAccount *shop;
  MosShopPassCounts counts;
  GError *error; /* (owned) (nullable) */
  gboolean is_open;
  gboolean is_over; /* (atomic) */
} MosCtlPass;

static gpointer
run_pass (gpointer data)
{
  MosCtlPass *pass = data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (MosShop) reader = NULL;

  g_main_context_push_thread_default (context);
  reader = mos_shops_open_sync (pass->self->store, pass->shop, pass->self->cancellable, &pass->error);
  pass->is_open = reader != NULL;
  if (reader != NULL)
    mos_shops_pass_sync (pass->self->store, reader, &pass->counts, pass->self->cancellable, &pass->error);
  g_clear_object (&reader);
  g_main_context_pop_thread_default (context);
  g_atomic_int_set (&pass->is_over, TRUE);
  g_main_context_wakeup (NULL);
  return NULL;
}

static int
shop_sync (MosCtl *self,
           MosShopAccount *shop)
{
  MosCtlPass pass = { .self = self, .shop = shop };
  /* What the store says of each page goes to the main context: left there, the whole shop would lie in memory in the end. */
  GThread *thread = g_thread_new ("mos-shop", run_pass, &pass);
  const MosShopPassCounts *counts = &pass.counts;
  int status = MOS_CTL_DONE;

  while (!g_atomic_int_get (&pass.is_over))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
  if (pass.error != NULL)
    status = fail_shop (self, shop, pass.error);
  if (!pass.is_open)
    return status;
  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mos_json_string (builder, "shop", shop->name);
      mos_json_int (builder, "new", counts->orders.n_new);
      mos_json_int (builder, "changed", counts->orders.n_changed);
      mos_json_int (builder, "same", counts->orders.n_same + counts->orders.n_older);
      mos_json_int (builder, "unreadable", counts->n_unreadable);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
    }
  else
    /* Translators: a shop's name, then numbers of orders */
    mos_ctl_print (self, _ ("%1$s: %2$u new, %3$u changed, %4$u unreadable\n"), shop->name, counts->orders.n_new, counts->orders.n_changed, counts->n_unreadable);
  return status;
}

static int
shop_remove (MosCtl *self,
             MosShopAccount *shop)
{
  const MosActor actor = { MOS_ACTOR_HUMAN, NULL };
  GError *error = NULL;
  g_autofree char *sentence = NULL;

  if (!mos_shops_remove_sync (self->store, &actor, shop->id, self->cancellable, &error))
    return mos_ctl_fail (self, error);
  sentence = g_strdup_printf (_ ("%s was removed; its key is forgotten"), shop->name);
  mos_ctl_say (self, "removed", shop->id, sentence);
  return MOS_CTL_DONE;
}

int
mos_ctl_shop (MosCtl *self,
              GPtrArray *args)
{
  g_auto (MosCtlShops) call = { 0 };
  g_autofree char *verb = args->len > 0 ? g_strdup (g_ptr_array_index (args, 0)) : NULL;
  g_autofree char *name = NULL;
  gboolean for_all = g_strcmp0 (verb, "list") == 0 || g_strcmp0 (verb, "sync") == 0;
  gboolean is_set = g_strcmp0 (verb, "set") == 0;
  GError *error = NULL;
  int status = MOS_CTL_DONE;

  if (verb == NULL || (!for_all && !is_set && strcmp (verb, "add") != 0 && strcmp (verb, "test") != 0 && strcmp (verb, "remove") != 0))
    return mos_ctl_usage (self, "%s", _ ("Say shop add, shop list, shop set, shop test, shop sync or shop remove"));
  g_ptr_array_remove_index (args, 0);
  if (strcmp (verb, "add") == 0)
    return shop_add (self, args);
  if (!mos_ctl_check_args (self, args, is_set ? 2 : for_all ? 0
                                                            : 1,
                           is_set ? 4 : strcmp (verb, "list") == 0 ? 0
                                                                   : 1))
    return MOS_CTL_USAGE;
  call.name = name = args->len > 0 ? g_strdup (g_ptr_array_index (args, 0)) : NULL;
  if (!mos_ctl_read (self, do_find, &call, &error))
    return mos_ctl_fail (self, error);
  if (is_set)
    {
      g_ptr_array_remove_index (args, 0);
      return shop_set (self, call.shop, args);
    }
  if (strcmp (verb, "test") == 0)
    return shop_test (self, call.shop);
  if (strcmp (verb, "remove") == 0)
    return shop_remove (self, call.shop);
  if (strcmp (verb, "sync") == 0 && call.shop != NULL && mos_shop_kind_get_needs (call.shop->kind) == 0)
    /* Translators: %s is the name of a shop; what is in quotation marks is typed as it is */
    return mos_ctl_fail_text (self, _ ("%s is a shop of files, with nothing to ask: bring its orders with “order import FILE --shop SHOP”"), call.shop->name);
  for (guint i = 0; i < call.shops->len; i++)
    {
      MosShopAccount *shop = call.shops->pdata[i];

      if (strcmp (verb, "list") == 0)
        print_shop (self, shop);
      else if ((call.shop != NULL ? strcmp (call.shop->id, shop->id) == 0 : mos_shop_kind_get_needs (shop->kind) != 0) && shop_sync (self, shop) != MOS_CTL_DONE)
        status = MOS_CTL_FAILED;
    }
  return status;
}
