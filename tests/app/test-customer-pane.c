/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* Who writes, beside what was written. */
#include "config.h"

#include "mos-desk-fixtures.h"
#include "mos-view-fixtures.h"

#include "app/customer/mos-customer-page.h"
#include "app/customer/mos-customer-pane.h"
#include "app/customer/mos-order-text.h"
#include "app/customer/mos-who-dialog.h"
#include "core/desk/mos-desk-customers.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-shops.h"
#include "app/inbox/mos-conversation-pane.h"

static void
test_shows (void)
{
  g_autoptr (MosDeskFixture) f = mos_desk_fixture_new ();
  g_autofree char *first = mos_desk_fixture_add_conversation (f, "Where is my order?", 2);
  g_autofree char *second = mos_desk_fixture_add_conversation (f, "A lamp that blinks", 1);
  g_autofree char *third = NULL;
  g_autoptr (MosConversation) conversation = mos_desk_ref_conversation (f->desk, first);
  GtkWidget *window = adw_window_new (), *pane = mos_customer_pane_new (f->desk);

  adw_window_set_content (ADW_WINDOW (window), pane);
  gtk_window_present (GTK_WINDOW (window));
  mos_customer_pane_set_conversation (MOS_CUSTOMER_PANE (pane), conversation);
  mos_test_wait (mos_fixture_find_text (pane, "ana@example.com") != NULL, 10000);
  g_assert_nonnull (mos_fixture_find_text (pane, "Ana García"));
  g_assert_nonnull (mos_fixture_find_text (pane, "2 conversations"));
  g_assert_nonnull (mos_fixture_find (pane, GTK_TYPE_BUTTON, "Copy ana@example.com"));
  mos_test_wait (mos_fixture_find_text (pane, "A lamp that blinks") != NULL, 10000);

  /* (What changed before is read by then.) */
  mos_test_settle (600);
  /* Something changes, and before it is read anew no conversation is shown any more. */
  third = mos_desk_fixture_add_conversation (f, "One more thing", 0);
  mos_test_settle (100);
  mos_customer_pane_set_conversation (MOS_CUSTOMER_PANE (pane), NULL);
  mos_test_settle (600);
  g_assert_null (mos_fixture_find_text (pane, "One more thing"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* One that is hidden reads nothing, and all of it when it is shown again. */
static void
test_hidden (void)
{
  g_autoptr (MosDeskFixture) f = mos_desk_fixture_new ();
  g_autofree char *first = mos_desk_fixture_add_conversation (f, "Where is my order?", 1);
  g_autofree char *second = NULL;
  g_autoptr (MosConversation) conversation = mos_desk_ref_conversation (f->desk, first);
  GtkWidget *window = adw_window_new (), *pane = mos_customer_pane_new (f->desk);

  adw_window_set_content (ADW_WINDOW (window), pane);
  gtk_window_present (GTK_WINDOW (window));
  mos_customer_pane_set_conversation (MOS_CUSTOMER_PANE (pane), conversation);
  mos_test_wait (mos_fixture_find_text (pane, "ana@example.com") != NULL, 10000);
  gtk_widget_set_child_visible (pane, FALSE);
  second = mos_desk_fixture_add_conversation (f, "A lamp that blinks", 1);
  mos_test_settle (600);
  g_assert_null (mos_fixture_find_text (pane, "A lamp that blinks"));
  gtk_widget_set_child_visible (pane, TRUE);
  mos_test_wait (mos_fixture_find_text (pane, "A lamp that blinks") != NULL, 10000);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- the page of one --- */

static GtkEditable *
find_entry (GtkWidget *widget,
            const char *title)
{
  GtkEditable *found = NULL;

  if (ADW_IS_ENTRY_ROW (widget) && g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
    return GTK_EDITABLE (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_entry (child, title);
  return found;
}

/* What is typed stays while the customer changes. */
static void
test_typed (void)
{
  g_autoptr (MosDeskFixture) f = mos_desk_fixture_new ();
  g_autofree char *id = mos_desk_fixture_add_conversation (f, "Where is my order?", 1);
  g_autoptr (MosConversation) conversation = mos_desk_ref_conversation (f->desk, id);
  g_autofree char *customer = NULL;
  GtkWidget *window = adw_window_new (), *page;

  mos_test_wait (mos_conversation_get_row (conversation) != NULL, 10000);
  customer = g_strdup (mos_conversation_get_row (conversation)->customer);
  page = GTK_WIDGET (mos_customer_page_new (f->desk, customer, "Ana"));
  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  mos_test_wait (mos_fixture_find_text (page, "ana@example.com") != NULL, 10000);
  gtk_editable_set_text (find_entry (page, "Company"), "Flor");
  gtk_editable_set_text (find_entry (page, "Add a Field"), "City: Por");

  mos_desk_set_address_async (f->desk, customer, "ana.two@example.com", TRUE, NULL, NULL, NULL);
  mos_test_wait (mos_fixture_find_text (page, "ana.two@example.com") != NULL, 10000);
  g_assert_cmpstr (gtk_editable_get_text (find_entry (page, "Company")), ==, "Flor");
  g_assert_cmpstr (gtk_editable_get_text (find_entry (page, "Add a Field")), ==, "City: Por");

  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- orders --- */

/* Without the marks of direction. */
static char *
plain (const char *text)
{
  g_autoptr (GRegex) marks = g_regex_new ("[\u200e\u200f\u2066-\u2069]", G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);

  return g_regex_replace_literal (marks, text, -1, 0, "", G_REGEX_MATCH_DEFAULT, NULL);
}

#define PICTURE_URL "https://shop.example/lamp.png"

/* As it lies in the profile once it was fetched. */
static void
write_picture (MosDeskFixture *f)
{
  static const guchar pixels[4 * 4 * 4] = { 0xff };
  g_autoptr (GBytes) bytes = g_bytes_new_static (pixels, sizeof pixels);
  g_autoptr (GdkTexture) texture = gdk_memory_texture_new (4, 4, GDK_MEMORY_R8G8B8A8, bytes, 4 * 4);
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, PICTURE_URL, -1);
  g_autofree char *folder = g_build_filename (mos_store_get_profile (mos_desk_get_store (f->desk)), "pictures", NULL);
  g_autofree char *path = g_strdup_printf ("%s/%s.png", folder, name);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

static MosOrder *
make_order (const char *shop,
            const char *number,
            gint64 at_us)
{
  MosOrder *order = mos_order_make (shop, number);
  MosOrderItem *item = mos_order_add_item (order);
  MosOrderShipment *shipment = mos_order_add_shipment (order);
  MosOrderRefund *refund = mos_order_add_refund (order);
  MosOrderNote *note = mos_order_add_note (order);

  g_set_str (&order->number, number);
  order->status_kind = MOS_ORDER_SHIPPED;
  order->created_us = order->modified_us = at_us;
  g_set_str (&order->currency, "EUR");
  g_set_str (&order->total, "1234.50");
  g_set_str (&order->refunded, "4.00");
  g_set_str (&order->email, "ana@example.com");
  g_set_str (&order->admin_url, "https://shop.example/admin/1");
  g_set_str (&item->name, "Lamp <b>");
  g_set_str (&item->quantity, "2");
  g_set_str (&item->picture_url, PICTURE_URL);
  g_set_str (&item->price, "617.25");
  g_set_str (&shipment->carrier, "GLS");
  g_set_str (&shipment->number, "X77");
  shipment->shipped_us = at_us;
  g_set_str (&refund->amount, "4.00");
  refund->at_us = at_us;
  g_set_str (&note->author, "Teo");
  g_set_str (&note->text, "Packed & sent");
  note->at_us = at_us;
  return order;
}

static gboolean
add_orders (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (MosShopAccount) shop = mos_shop_account_make (MOS_SHOP_CSV, "Faro", "faro");
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
  MosOrder *empty = mos_order_make (shop->id, "bad");

  /* One of which nothing is known, with a page that is none. */
  g_set_str (&empty->number, "FL-0");
  g_set_str (&empty->email, "ana@example.com");
  g_set_str (&empty->admin_url, "javascript:alert(1)");
  g_ptr_array_add (orders, make_order (shop->id, "FL-1954", mos_txn_get_now_us (txn)));
  g_ptr_array_add (orders, empty);
  return mos_store_shop_save (txn, shop, error) && mos_store_order_upsert (txn, shop->id, orders, NULL, NULL, error);
}

static void
write_orders (MosDeskFixture *f)
{
  MosActor actor = { MOS_ACTOR_SYSTEM, NULL };
  g_autoptr (GError) error = NULL;

  mos_store_write_sync (mos_desk_get_store (f->desk), &actor, NULL, add_orders, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* The shop's people write one more, which makes the order no other. */
static gboolean
add_note (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (GPtrArray) orders = mos_store_order_find_number (txn, "FL-1954", 1, error);
  MosOrderNote *note;

  if (orders == NULL)
    return FALSE;
  note = mos_order_add_note (orders->pdata[0]);
  g_set_str (&note->text, "Your parcel is late");
  note->is_for_customer = TRUE;
  return mos_store_order_upsert (txn, ((MosOrder *) orders->pdata[0])->shop, orders, NULL, NULL, error);
}

/* The subtitle of the row of that title, without its marks. */
static char *
dup_row_text (GtkWidget *widget,
              const char *title)
{
  char *found = NULL;

  if (ADW_IS_ACTION_ROW (widget) && strstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) != NULL)
    return plain (adw_action_row_get_subtitle (ADW_ACTION_ROW (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = dup_row_text (child, title);
  return found;
}

/* No shop, no group; then an order comes while one looks, is opened and says all that is known of it. */
static void
test_orders (void)
{
  g_autoptr (MosDeskFixture) f = mos_desk_fixture_new ();
  g_autofree char *id = mos_desk_fixture_add_conversation (f, "Where is my order?", 1);
  g_autofree char *other = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *inside = NULL;
  g_autofree char *outside = NULL;
  g_autoptr (MosConversation) conversation = mos_desk_ref_conversation (f->desk, id);
  GtkWidget *window = adw_window_new (), *pane = mos_customer_pane_new (f->desk), *row;

  adw_window_set_content (ADW_WINDOW (window), pane);
  gtk_window_present (GTK_WINDOW (window));
  mos_customer_pane_set_conversation (MOS_CUSTOMER_PANE (pane), conversation);
  mos_test_wait (mos_fixture_find_text (pane, "ana@example.com") != NULL, 10000);
  g_assert_null (mos_fixture_find_text (pane, "Orders"));

  write_picture (f);
  write_orders (f);
  mos_test_wait (mos_fixture_find (pane, ADW_TYPE_EXPANDER_ROW, NULL) != NULL, 10000);
  g_assert_true (gtk_widget_get_mapped (mos_fixture_find_text (pane, "Orders")));
  row = mos_fixture_find (pane, ADW_TYPE_EXPANDER_ROW, NULL);
  g_assert_nonnull (strstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), "FL-1954"));
  subtitle = plain (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row)));
  g_assert_true (g_str_has_prefix (subtitle, "Shipped · Today · "));
  /* Nothing of it is made before somebody looks. */
  g_assert_null (mos_fixture_find (row, GTK_TYPE_LINK_BUTTON, NULL));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  g_assert_nonnull (mos_fixture_find (row, GTK_TYPE_LINK_BUTTON, NULL));
  g_assert_nonnull (mos_fixture_find (row, GTK_TYPE_BUTTON, "Copy order number FL-1954"));
  g_assert_nonnull (mos_fixture_find (row, GTK_TYPE_BUTTON, "Copy parcel number X77"));
  /* Its picture comes when it comes, and says what it shows. */
  mos_test_wait (mos_fixture_find (row, GTK_TYPE_IMAGE, "Lamp <b>") != NULL, 10000);

  /* Something else changes: what is open stays open, the same widget. */
  other = mos_desk_fixture_add_conversation (f, "A lamp that blinks", 1);
  mos_test_wait (mos_fixture_find_text (pane, "A lamp that blinks") != NULL, 10000);
  g_assert_true (mos_fixture_find (pane, ADW_TYPE_EXPANDER_ROW, NULL) == row);
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)));

  /* What its shop's people wrote, who and when, and whether the customer has seen it; one more that comes is shown. */
  inside = dup_row_text (row, "Note that the customer does not see");
  g_assert_cmpstr (inside, ==, "Packed & sent\nTeo · Today");
  g_assert_null (dup_row_text (row, "Note that the customer was sent"));
  g_assert_true (mos_store_write_sync (mos_desk_get_store (f->desk), &(MosActor) { MOS_ACTOR_SYSTEM, NULL }, NULL, add_note, NULL, NULL, NULL, NULL));
  mos_test_wait ((outside = dup_row_text (pane, "Note that the customer was sent")) != NULL, 10000);
  g_assert_cmpstr (outside, ==, "Your parcel is late");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- words --- */

static void
test_words (void)
{
  g_autoptr (MosOrder) order = mos_order_make ("shop", "1");
  MosOrderItem *item = mos_order_add_item (order);
  MosOrderTotals *totals = mos_order_totals_new ();
  g_autofree char *yen = mos_order_money_text ("1234.00", "JPY");
  g_autofree char *bare = mos_order_money_text ("12.5", "");
  g_autofree char *none = mos_order_money_text ("", "EUR");
  g_autofree char *line = NULL;
  g_autofree char *sum = NULL;
  g_autofree char *plain_line = NULL;
  g_autofree char *plain_sum = NULL;
  static const struct
  {
    const char *url;
    gboolean is_page;
  } urls[] = {
    { "https://shop.example/1", TRUE },
    { "http://shop.example", TRUE },
    { "javascript:alert(1)", FALSE },
    { "file:///etc/passwd", FALSE },
    { "", FALSE },
    { NULL, FALSE },
    { "shop.example", FALSE },
  };

  g_assert_cmpstr (yen, ==, "¥1,234");
  g_assert_cmpstr (bare, ==, "12.5");
  g_assert_cmpstr (none, ==, "");
  g_set_str (&item->quantity, "2");
  g_set_str (&item->price, "19");
  g_set_str (&item->variant, "red");
  line = mos_order_item_text (item, "EUR");
  plain_line = plain (line);
  g_assert_cmpstr (plain_line, ==, "red · 2 × €19.00");
  totals->currency = g_strdup ("EUR");
  totals->spent = g_strdup ("149");
  totals->refunded = g_strdup ("10");
  totals->n_orders = 3;
  totals->n_refunded = 1;
  sum = mos_order_totals_text (totals);
  plain_sum = plain (sum);
  g_assert_cmpstr (plain_sum, ==, "€149.00 · 3 orders · 1 of 3 refunded (33%)");
  mos_order_totals_unref (totals);
  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    g_assert_cmpint (mos_order_is_web_page (urls[i].url), ==, urls[i].is_page);
  g_assert_nonnull (mos_order_proof_text (order, "c"));
  order->customer = g_strdup ("c");
  order->proof = MOS_ORDER_PROOF_VERIFIED;
  g_assert_null (mos_order_proof_text (order, "c"));
  g_assert_nonnull (mos_order_proof_text (order, "d"));
}

/* --- who is this? --- */

static void
take_id (gpointer dialog,
         const char *id,
         char **ret_id)
{
  *ret_id = g_strdup (id);
}

static void
test_who (void)
{
  g_autoptr (MosDeskFixture) f = mos_desk_fixture_new ();
  g_autofree char *id = mos_desk_fixture_add_conversation (f, "Where is my order?", 1);
  g_autofree char *opened = NULL;
  GtkWidget *window = adw_window_new (), *dialog = GTK_WIDGET (mos_who_dialog_new (f->desk));
  GtkWidget *list;

  write_orders (f);
  gtk_window_set_default_size (GTK_WINDOW (window), 600, 600);
  adw_window_set_content (ADW_WINDOW (window), gtk_label_new (""));
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect (dialog, "open-conversation", G_CALLBACK (take_id), &opened);
  adw_dialog_present (ADW_DIALOG (dialog), window);
  mos_test_wait (mos_fixture_find_text (dialog, "Type what the caller tells you, or what the telephone shows.") != NULL, 10000);
  gtk_editable_set_text (GTK_EDITABLE (mos_fixture_find (dialog, GTK_TYPE_SEARCH_ENTRY, NULL)), "fl-1954");
  /* It is shown once there is something in it. */
  mos_test_wait (mos_fixture_find (dialog, GTK_TYPE_LIST_BOX, NULL) != NULL, 10000);
  list = mos_fixture_find (dialog, GTK_TYPE_LIST_BOX, NULL);
  g_assert_nonnull (mos_fixture_find (dialog, GTK_TYPE_BUTTON, "Write to ana@example.com"));
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
  mos_test_wait (opened != NULL, 10000);
  g_assert_cmpstr (opened, ==, id);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_empty_list (void)
{
  g_autoptr (MosDeskFixture) f = mos_desk_fixture_new ();
  g_autofree char *id = NULL;
  g_autoptr (MosView) view = mos_view_make (MOS_VIEW_ALL_OPEN, NULL);
  GtkWidget *window = adw_window_new (), *pane = GTK_WIDGET (mos_conversation_pane_new (f->desk));
  GtkWidget *list;

  adw_window_set_content (ADW_WINDOW (window), pane);
  gtk_window_present (GTK_WINDOW (window));
  mos_conversation_pane_set_view (MOS_CONVERSATION_PANE (pane), view, "All open");
  mos_test_wait (mos_fixture_find_text (pane, "Nothing is open") != NULL && gtk_widget_get_mapped (mos_fixture_find_text (pane, "Nothing is open")), 10000);

  /* What arrives takes the place of the empty page. */
  id = mos_desk_fixture_add_conversation (f, "Where is my order?", 1);
  list = mos_fixture_find (pane, GTK_TYPE_GRID_VIEW, NULL);
  g_assert_nonnull (list);
  mos_test_wait (gtk_widget_get_mapped (list), 10000);
  g_assert_nonnull (mos_fixture_find_text (pane, "1 conversation"));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  gtk_init ();
  adw_init ();
  g_test_add_func ("/customer/shows", test_shows);
  g_test_add_func ("/customer/hidden", test_hidden);
  g_test_add_func ("/customer/typed", test_typed);
  g_test_add_func ("/customer/orders", test_orders);
  g_test_add_func ("/customer/words", test_words);
  g_test_add_func ("/customer/who", test_who);
  g_test_add_func ("/inbox/empty", test_empty_list);
  return g_test_run ();
}
