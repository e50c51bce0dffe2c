/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-desk-fixtures.h"
#include "mos-test-oauth.h"
#include "mos-view-fixtures.h"

#include "app/accounts/mos-account-dialog.h"
#include "app/accounts/mos-account-kinds.h"
#include "app/accounts/mos-account-log-row.h"
#include "app/accounts/mos-account-setup.h"
#include "app/accounts/mos-account-test-page.h"
#include "app/accounts/mos-delivery-page.h"
#include "app/accounts/mos-domain-text.h"
#include "app/accounts/mos-mailbox-group.h"
#include "app/accounts/mos-sender-dialog.h"
#include "app/accounts/mos-sender-group.h"
#include "app/accounts/mos-server-group.h"
#include "app/accounts/mos-sign-in-dialog.h"
#include "app/accounts/mos-sign-in-group.h"
#include "app/accounts/mos-sign-in-page.h"
#include "app/application/mos-error-text.h"
#include "app/composer/mos-from-choices.h"
#include "core/base/mos-error.h"
#include "core/desk/mos-rows.h"

#include <stdlib.h>
#include <string.h>

static MosAccount *
make_account (void)
{
  MosAccount *account = mos_account_new ();

  account->id = g_strdup ("acc");
  account->kind = g_strdup ("email");
  account->name = g_strdup ("Support");
  account->address = g_strdup ("support@shop.example");
  account->aliases = g_new0 (char *, 1);
  account->signature = g_strdup ("The shop");
  account->imap = mos_server_new ();
  account->imap->host = g_strdup ("imap.shop.example");
  account->imap->user = g_strdup ("support");
  account->smtp = mos_server_new ();
  account->smtp->host = g_strdup ("smtp.shop.example");
  account->smtp->user = g_strdup ("support");
  return account;
}

static void
count_cb (gpointer object,
          guint *n)
{
  (*n)++;
}

/* Set by hand, to look at them. */
static void
take_picture (GtkWidget *window,
              const char *name)
{
  const char *folder = g_getenv ("MOS_TEST_PICTURES");
  g_autofree char *path = NULL;
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  if (folder == NULL)
    return;
  mos_test_settle (600);
  path = g_strdup_printf ("%s/%s.png", folder, name);
  paintable = gtk_widget_paintable_new (window);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window), gtk_widget_get_height (window));
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  gdk_texture_save_to_png (texture, path);
}

/* --- how it signs in --- */

static void
test_sign_in_group (void)
{
  g_autoptr (MosSignInGroup) group = g_object_ref_sink (g_object_new (MOS_TYPE_SIGN_IN_GROUP, NULL));
  g_autoptr (MosAccount) account = make_account ();
  g_autoptr (MosAccount) custom = make_account ();
  guint changed = 0;

  g_signal_connect (group, "changed", G_CALLBACK (count_cb), &changed);
  mos_sign_in_group_set_account (group, account, FALSE);
  g_assert_false (mos_sign_in_group_is_oauth (group));
  g_assert_false (mos_sign_in_group_is_valid (group));
  mos_sign_in_group_set_password (group, "secret");
  g_assert_true (mos_sign_in_group_is_valid (group));
  g_assert_cmpuint (changed, >, 0);

  /* Google wants a secret with its id; Microsoft none. */
  mos_sign_in_group_suggest (group, "google", "an-id");
  g_assert_true (mos_sign_in_group_is_oauth (group));
  g_assert_false (mos_sign_in_group_is_valid (group));
  mos_sign_in_group_suggest (group, "microsoft", NULL);
  g_assert_true (mos_sign_in_group_is_valid (group));
  mos_sign_in_group_apply (group, account);
  g_assert_cmpstr (account->oauth->provider, ==, "microsoft");
  g_assert_cmpstr (account->oauth->client_id, ==, "an-id");
  g_assert_null (account->authorize_as);
  g_assert_null (mos_sign_in_group_get_client_secret (group));

  custom->oauth = mos_oauth_make ("custom", "id", "https://a.example", "https://t.example", "s");
  custom->authorize_as = g_strdup ("shared@shop.example");
  mos_sign_in_group_set_account (group, custom, TRUE);
  g_assert_true (mos_sign_in_group_is_valid (group));
  mos_sign_in_group_apply (group, account);
  g_assert_cmpstr (account->oauth->provider, ==, "custom");
  g_assert_cmpstr (account->oauth->authorize_url, ==, "https://a.example");
  g_assert_cmpstr (account->oauth->token_url, ==, "https://t.example");
  g_assert_cmpstr (account->oauth->scope, ==, "s");
  g_assert_cmpstr (account->authorize_as, ==, "shared@shop.example");

  /* What is kept is for that way alone: it is not sent as something else. */
  mos_sign_in_group_set_password (group, "");
  mos_sign_in_group_suggest (group, "google", NULL);
  g_assert_false (mos_sign_in_group_is_valid (group));
  mos_sign_in_group_suggest (group, NULL, NULL);
  g_assert_false (mos_sign_in_group_is_valid (group));
  mos_sign_in_group_apply (group, account);
  g_assert_null (account->oauth);
}

typedef struct
{
  MosOAuthTokens *tokens;
  guint edits;
} Got;

static void
on_signed_in_cb (MosSignInPage *page,
                 MosOAuthTokens *tokens,
                 Got *got)
{
  got->tokens = mos_oauth_tokens_ref (tokens);
}

static void
on_clipboard_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  char **text = user_data;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static GtkWidget *
find_button (GtkWidget *widget,
             const char *label)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* There is no browser here: the address is copied, and opened by hand. */
static void
test_sign_in_page (void)
{
  g_autoptr (MosDeskFixture) f = mos_desk_fixture_new ();
  g_autoptr (MosTestProvider) provider = mos_test_provider_new ("support");
  g_autoptr (MosAccount) account = make_account ();
  g_autoptr (MosAccount) nameless = make_account ();
  GtkWidget *window = gtk_window_new ();
  MosSignInPage *page = mos_sign_in_page_new (f->desk);
  GtkWidget *copy, *retry;
  g_autofree char *url = NULL;
  g_autofree char *shown = NULL;
  Got got = { 0 };

  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (page));
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect (page, "signed-in", G_CALLBACK (on_signed_in_cb), &got);
  copy = find_button (GTK_WIDGET (page), "Co_py Its Address");
  retry = find_button (GTK_WIDGET (page), "_Try Again");

  /* What is wrong is said, and can be tried again. */
  nameless->oauth = mos_oauth_make ("google", "", NULL, NULL, NULL);
  mos_sign_in_page_start (page, nameless, NULL);
  mos_test_wait (gtk_widget_get_visible (retry), 5000);
  take_picture (window, "trouble");
  g_assert_false (gtk_widget_get_visible (copy));

  account->oauth = mos_test_provider_make_oauth (provider);
  mos_sign_in_page_start (page, account, MOS_TEST_CLIENT_SECRET);
  mos_test_wait (gtk_widget_get_visible (copy) && gtk_widget_get_sensitive (copy), 5000);
  g_assert_false (gtk_widget_get_visible (retry));
  take_picture (window, "waiting");
  g_signal_emit_by_name (copy, "clicked");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (page)), NULL, on_clipboard_cb, &url);
  mos_test_wait (url != NULL, 5000);
  mos_test_browse (url, NULL);
  mos_test_wait (got.tokens != NULL, 20000);
  g_assert_nonnull (got.tokens->refresh);
  shown = mos_test_browse_wait ();
  g_assert_nonnull (strstr (shown, "You may close this page"));

  mos_oauth_tokens_unref (got.tokens);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- whom it writes as --- */

static GtkWidget *
find_row (GtkWidget *widget,
          const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (widget) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static MosSenderDialog *
dialog_of (GtkWidget *window)
{
  AdwDialog *dialog = adw_window_get_visible_dialog (ADW_WINDOW (window));

  return dialog != NULL && MOS_IS_SENDER_DIALOG (dialog) ? MOS_SENDER_DIALOG (dialog) : NULL;
}

static void
press (GtkWidget *root,
       const char *label)
{
  GtkWidget *button = find_button (root, label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
test_senders (void)
{
  g_autoptr (MosAccount) account = make_account ();
  GtkWidget *window = adw_window_new ();
  MosSenderGroup *group = g_object_new (MOS_TYPE_SENDER_GROUP, NULL);
  MosSenderDialog *dialog;
  guint changed = 0;

  /* A profile from before senders had details has its alias still. */
  g_strfreev (account->aliases);
  account->aliases = g_strdupv ((char *[]) { (char *) "old@shop.example", NULL });
  adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (group));
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect (group, "changed", G_CALLBACK (count_cb), &changed);
  mos_sender_group_set_account (group, account);
  g_assert_nonnull (find_row (GTK_WIDGET (group), "support@shop.example"));
  g_assert_cmpuint (changed, ==, 0);

  /* Edited, made the default one */
  g_signal_emit_by_name (find_row (GTK_WIDGET (group), "old@shop.example"), "activated");
  dialog = dialog_of (window);
  g_assert_nonnull (dialog);
  take_picture (window, "sender");
  gtk_editable_set_text (GTK_EDITABLE (find_row (GTK_WIDGET (dialog), "E-mail address")), "nonsense");
  g_assert_false (gtk_widget_get_sensitive (find_button (GTK_WIDGET (dialog), "_Apply")));
  gtk_editable_set_text (GTK_EDITABLE (find_row (GTK_WIDGET (dialog), "E-mail address")), "new@shop.example");
  gtk_editable_set_text (GTK_EDITABLE (find_row (GTK_WIDGET (dialog), "Name customers see")), "Orders");
  gtk_editable_set_text (GTK_EDITABLE (find_row (GTK_WIDGET (dialog), "Answers go to, if elsewhere")), "answers@shop.example");
  adw_switch_row_set_active (ADW_SWITCH_ROW (find_row (GTK_WIDGET (dialog), "New mail is written from it")), TRUE);
  press (GTK_WIDGET (dialog), "_Apply");
  g_assert_cmpuint (changed, ==, 1);
  g_assert_null (find_row (GTK_WIDGET (group), "old@shop.example"));
  mos_sender_group_apply (group, account);
  g_assert_cmpuint (account->senders->len, ==, 1);
  g_assert_cmpstr (account->aliases[0], ==, "new@shop.example");
  g_assert_cmpstr (((MosSender *) g_ptr_array_index (account->senders, 0))->name, ==, "Orders");
  g_assert_cmpstr (((MosSender *) g_ptr_array_index (account->senders, 0))->reply_to, ==, "answers@shop.example");
  g_assert_cmpstr (account->default_sender, ==, "new@shop.example");
  mos_test_wait (dialog_of (window) == NULL, 5000);

  /* Removed: the account's own is the default one again. */
  g_signal_emit_by_name (find_row (GTK_WIDGET (group), "new@shop.example"), "activated");
  dialog = dialog_of (window);
  g_assert_nonnull (dialog);
  press (GTK_WIDGET (dialog), "_Remove Address");
  mos_sender_group_apply (group, account);
  g_assert_cmpuint (account->senders->len, ==, 0);
  g_assert_null (account->default_sender);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- the steps of a new account --- */

static AdwComboRow *
find_combo (GtkWidget *widget)
{
  if (ADW_IS_COMBO_ROW (widget) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), "Work goes back") == 0)
    return ADW_COMBO_ROW (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      AdwComboRow *found = find_combo (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static AdwNavigationView *
find_navigation (GtkWidget *widget)
{
  if (ADW_IS_NAVIGATION_VIEW (widget))
    return ADW_NAVIGATION_VIEW (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      AdwNavigationView *found = find_navigation (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* What README and manual say: fourteen days. */
static void
test_work_goes_back (void)
{
  g_autoptr (MosDeskFixture) f = mos_desk_fixture_new ();
  g_autoptr (MosAccountSetup) setup = g_object_ref_sink (mos_account_setup_new (f->desk));
  AdwNavigationView *navigation = find_navigation (adw_dialog_get_child (ADW_DIALOG (setup)));
  AdwNavigationPage *page = adw_navigation_view_find_page (navigation, "since");
  AdwComboRow *since = find_combo (adw_navigation_page_get_child (page));

  g_assert_nonnull (since);
  g_assert_cmpstr (gtk_string_object_get_string (adw_combo_row_get_selected_item (since)), ==, "14 days");
}

/* A certificate that was trusted stays so in the next attempt with the same server, and is not taken for another's. The page is as narrow as a phone,
 * whatever is written on its buttons. */
static void
test_trusted (void)
{
  g_autoptr (MosDeskFixture) f = mos_desk_fixture_new ();
  g_autoptr (MosAccount) trusted = make_account ();
  g_autoptr (MosAccount) again = make_account ();
  g_autoptr (MosAccount) other = make_account ();
  g_autoptr (MosAccountTestPage) page = g_object_ref_sink (mos_account_test_page_new (f->desk));
  int least = 0;

  g_set_str (&trusted->pinned_certificate, "aa");
  g_set_str (&other->imap->host, "imap.elsewhere.example");
  g_set_str (&other->smtp->host, "smtp.elsewhere.example");
  mos_account_test_page_start (page, trusted, NULL);
  mos_account_test_page_cancel (page);
  mos_account_test_page_start (page, again, NULL);
  mos_account_test_page_cancel (page);
  g_assert_cmpstr (mos_account_test_page_get_account (page)->pinned_certificate, ==, "aa");
  mos_account_test_page_start (page, other, NULL);
  mos_account_test_page_cancel (page);
  g_assert_null (mos_account_test_page_get_account (page)->pinned_certificate);
  mos_test_settle (100);

  gtk_button_set_label (GTK_BUTTON (find_button (GTK_WIDGET (page), "_Try Again")), "Intentarlo una vez más");
  gtk_button_set_label (GTK_BUTTON (find_button (GTK_WIDGET (page), "Change _Settings")), "Cambiar los ajustes");
  gtk_widget_set_visible (find_button (GTK_WIDGET (page), "Intentarlo una vez más"), TRUE);
  gtk_widget_set_visible (find_button (GTK_WIDGET (page), "Cambiar los ajustes"), TRUE);
  gtk_widget_measure (GTK_WIDGET (page), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 340);
}

/* --- whether answers get through --- */

static MosDeliveryFinding *
make_finding (MosDeliveryTopic topic,
              MosVerdict verdict,
              MosDeliveryCode code,
              const char *detail)
{
  MosDeliveryFinding *finding = mos_delivery_finding_new ();

  finding->topic = topic;
  finding->verdict = verdict;
  finding->code = code;
  finding->detail = g_strdup (detail);
  return finding;
}

/* Each finding has a sentence of its own, with its detail in it, and nothing is left to be filled in. */
static void
test_delivery_texts (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_with_detail = 0;

  for (int code = MOS_FOUND_NO_ANSWER; code <= MOS_FOUND_DMARC_REFUSES; code++)
    {
      g_autoptr (MosDeliveryFinding) bare = make_finding (MOS_DELIVERY_MX, MOS_VERDICT_BAD, (MosDeliveryCode) code, NULL);
      g_autoptr (MosDeliveryFinding) full = make_finding (MOS_DELIVERY_MX, MOS_VERDICT_BAD, (MosDeliveryCode) code, "DETAIL");
      g_autofree char *bare_text = mos_delivery_finding_text (bare);
      g_autofree char *text = mos_delivery_finding_text (full);

      g_assert_null (strchr (bare_text, '%'));
      g_assert_null (strchr (text, '%'));
      n_with_detail += strstr (text, "DETAIL") != NULL;
      g_hash_table_add (seen, g_steal_pointer (&text));
    }
  /* "Several" and "cannot be read" are said alike of two. */
  g_assert_cmpuint (g_hash_table_size (seen), ==, MOS_FOUND_DMARC_REFUSES + 1 - 2);
  g_assert_cmpuint (n_with_detail, ==, 19);
}

static void
test_self_test_texts (void)
{
  g_autoptr (MosSelfTest) arrived = mos_self_test_new ();
  g_autoptr (MosSelfTest) stuck = mos_self_test_new ();
  g_autofree char *text = NULL, *why = NULL;

  arrived->outcome = MOS_SELF_TEST_IN_JUNK;
  arrived->left_ms = 1200;
  arrived->arrived_ms = 340;
  arrived->folder = g_strdup ("Junk");
  text = mos_self_test_text (arrived);
  g_assert_nonnull (strstr (text, "after 1.2 s"));
  g_assert_nonnull (strstr (text, "0.3 s later"));
  g_assert_nonnull (strstr (text, "takes it for spam"));
  g_assert_nonnull (strstr (text, "It stays there"));
  g_assert_cmpstr (mos_self_test_title (arrived), ==, "The test message arrived as spam");

  stuck->outcome = MOS_SELF_TEST_NOT_SENT;
  stuck->left_ms = stuck->arrived_ms = -1;
  stuck->why = g_strdup ("auth-failed");
  stuck->detail = g_strdup ("535 no");
  why = mos_self_test_text (stuck);
  g_assert_nonnull (strstr (why, mos_error_text_for_why ("auth-failed").step));
  g_assert_nonnull (strstr (why, "taken back"));
  g_assert_true (g_str_has_suffix (why, "535 no"));
}

static void
test_account_log_texts (void)
{
  const gint64 now_us = G_GINT64_CONSTANT (1772442000000000);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (MosAccountEntry) news = mos_account_entry_new ();
  g_autoptr (MosAccountEntry) quiet = mos_account_entry_new ();
  g_autoptr (MosAccountEntry) trouble = mos_account_entry_new ();
  g_autofree char *news_title = NULL, *news_text = NULL, *quiet_title = NULL, *quiet_text = NULL, *trouble_title = NULL, *trouble_text = NULL;

  news->state = quiet->state = MOS_ACCOUNT_READY;
  news->n_new = 2;
  news->times = 1;
  news->at_us = news->since_us = now_us - 5 * G_TIME_SPAN_MINUTE;
  quiet->times = 12;
  quiet->at_us = now_us - G_TIME_SPAN_MINUTE;
  quiet->since_us = now_us - G_TIME_SPAN_HOUR;
  trouble->state = MOS_ACCOUNT_AUTH_FAILED;
  trouble->why = g_strdup ("auth-failed");
  trouble->detail = g_strdup ("NO bad password");
  trouble->times = 1;
  trouble->at_us = trouble->since_us = now_us;
  news_title = mos_account_entry_title (news);
  news_text = mos_account_entry_text (news, now_us, utc);
  quiet_title = mos_account_entry_title (quiet);
  quiet_text = mos_account_entry_text (quiet, now_us, utc);
  trouble_title = mos_account_entry_title (trouble);
  trouble_text = mos_account_entry_text (trouble, now_us, utc);
  g_assert_cmpstr (news_title, ==, "2 new messages");
  g_assert_cmpstr (news_text, ==, "5 min ago");
  g_assert_cmpstr (quiet_title, ==, "Nothing new");
  g_assert_nonnull (strstr (quiet_text, "12 times since"));
  g_assert_cmpstr (trouble_title, ==, mos_error_text_for_why ("auth-failed").title);
  g_assert_nonnull (strstr (trouble_text, "\nNO bad password"));
}

/* What is wrong is open, with its record; two domains, and a provider's. */
static void
test_delivery_page (void)
{
  g_autoptr (MosDeskFixture) f = mos_desk_fixture_new ();
  g_autoptr (MosAccount) account = make_account ();
  GtkWidget *window = gtk_window_new ();
  GtkWidget *navigation = adw_navigation_view_new ();
  MosDeliveryPage *page = mos_delivery_page_new (f->desk, account);
  g_autoptr (GPtrArray) reports = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_delivery_report_unref);
  MosDeliveryReport *own = mos_delivery_report_new (), *provider = mos_delivery_report_new ();
  MosDeliveryFinding *spf = make_finding (MOS_DELIVERY_SPF, MOS_VERDICT_BAD, MOS_FOUND_SPF_NONE, NULL);
  MosDeliveryFinding *dmarc = make_finding (MOS_DELIVERY_DMARC, MOS_VERDICT_GOOD, MOS_FOUND_DMARC_WATCHES, "none");
  int least = 0;

  own->domain = g_strdup ("shop.example");
  own->server = g_strdup ("smtp.shop.example");
  own->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_delivery_finding_unref);
  spf->add_name = g_strdup ("shop.example");
  spf->add_value = g_strdup ("v=spf1 a:smtp.shop.example ~all");
  dmarc->found = g_strdup ("v=DMARC1; p=none");
  g_ptr_array_add (own->findings, make_finding (MOS_DELIVERY_MX, MOS_VERDICT_GOOD, MOS_FOUND_MX_GOOD, "mx.shop.example"));
  g_ptr_array_add (own->findings, spf);
  g_ptr_array_add (own->findings, make_finding (MOS_DELIVERY_DKIM, MOS_VERDICT_UNKNOWN, MOS_FOUND_DKIM_UNKNOWN, NULL));
  g_ptr_array_add (own->findings, dmarc);
  provider->domain = g_strdup ("gmail.com");
  provider->server = g_strdup ("");
  provider->is_providers = TRUE;
  provider->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_delivery_finding_unref);
  g_ptr_array_add (reports, own);
  g_ptr_array_add (reports, provider);

  adw_navigation_view_push (ADW_NAVIGATION_VIEW (navigation), ADW_NAVIGATION_PAGE (page));
  gtk_window_set_child (GTK_WINDOW (window), navigation);
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 1100);
  gtk_window_present (GTK_WINDOW (window));
  /* What is looked up by itself arrives, whatever the answer is. */
  mos_test_wait (find_row (GTK_WIDGET (page), "Receiving Mail (MX)") != NULL, 30000);
  mos_delivery_page_show (page, reports);
  /* Shown anew, what was there goes. */
  mos_delivery_page_show (page, reports);
  g_assert_nonnull (find_row (GTK_WIDGET (page), "Servers That May Send (SPF)"));
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (find_row (GTK_WIDGET (page), "Servers That May Send (SPF)"))));
  g_assert_false (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (find_row (GTK_WIDGET (page), "What Becomes of Forgeries (DMARC)"))));
  g_assert_false (ADW_IS_EXPANDER_ROW (find_row (GTK_WIDGET (page), "Signature (DKIM)")));
  gtk_widget_measure (GTK_WIDGET (page), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 360);
  take_picture (window, "delivery");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- the composer's choice --- */

static void
test_from_choices (void)
{
  g_autoptr (GListStore) accounts = g_list_store_new (MOS_TYPE_ACCOUNT_ITEM);
  g_autoptr (MosAccount) account = make_account ();
  g_autoptr (MosAccount) archive = make_account ();
  g_autoptr (MosAccountItem) item = NULL;
  g_autoptr (MosAccountItem) silent = NULL;
  g_autoptr (GPtrArray) senders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_sender_unref);
  static const struct
  {
    const char *sender;
    guint n;
    guint selected;
    const char *name;
  } cases[] = {
    { NULL, 2, 1, "Orders <orders@shop.example>" },
    { "support@shop.example", 2, 0, "Support <support@shop.example>" },
    { "ORDERS@shop.example", 2, 1, "Orders <orders@shop.example>" },
    { "support+fair@shop.example", 3, 2, "Support <support+fair@shop.example>" },
    { "gone@shop.example", 2, 1, "Orders <orders@shop.example>" },
  };

  g_ptr_array_add (senders, mos_sender_make ("orders@shop.example", "Orders", NULL, NULL));
  account->senders = g_ptr_array_ref (senders);
  account->default_sender = g_strdup ("orders@shop.example");
  g_set_str (&archive->id, "archive");
  g_set_str (&archive->smtp->host, "");
  silent = mos_account_item_new (archive);
  item = mos_account_item_new (account);
  g_list_store_append (accounts, silent);
  g_assert_false (mos_from_choices_can_send (G_LIST_MODEL (accounts)));
  g_list_store_append (accounts, item);
  g_assert_true (mos_from_choices_can_send (G_LIST_MODEL (accounts)));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint selected = 99;
      g_autoptr (GPtrArray) choices = mos_from_choices_list (G_LIST_MODEL (accounts), "acc", cases[i].sender, &selected);
      g_autoptr (GListModel) names = mos_from_choices_make_model (choices);

      g_assert_cmpuint (choices->len, ==, cases[i].n);
      g_assert_cmpuint (selected, ==, cases[i].selected);
      g_assert_cmpstr (gtk_string_list_get_string (GTK_STRING_LIST (names), selected), ==, cases[i].name);
    }
}

static void
test_exchange_signature (void)
{
  static const struct
  {
    const char *text;
    const char *old;
    const char *new;
    const char *result;
  } cases[] = {
    { "Hi\n\n-- \nA", "A", "B", "Hi\n\n-- \nB" },
    { "Hi\n\n-- \nA", "A", "", "Hi" },
    { "Hi", "", "B", "Hi\n\n-- \nB" },
    { "Hi\n\n-- \nedited", "A", "B", NULL },
    { "Hi\n\n-- \nmine", "", "B", NULL },
    { "Hi\n\n-- \nA", "A", "A", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *result = mos_from_exchange_signature (cases[i].text, cases[i].old, cases[i].new);

      g_assert_cmpstr (result, ==, cases[i].result);
    }
}

/* --- what is on the server --- */

/* The database refuses to be told of a wish. */
static void
refuse_wishes (MosDeskFixture *f)
{
  static const char script[] = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "
                               "c.execute(\"CREATE TRIGGER full BEFORE INSERT ON cursor BEGIN SELECT RAISE(ABORT, 'no room'); END\"); c.commit()";
  g_autofree char *database = g_build_filename (f->store->profile, "mostrador.db", NULL);
  const char *argv[] = { g_getenv ("MOS_TEST_PYTHON"), "-c", script, database, NULL };
  g_autoptr (GError) error = NULL;
  int status = -1;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static void
test_mailbox_trouble (void)
{
  g_autoptr (MosDeskFixture) f = mos_desk_fixture_new ();
  g_autoptr (MosAccount) account = make_account ();
  g_autoptr (MosAccountItem) item = NULL;
  GtkWidget *window = adw_window_new ();
  GtkWidget *group = g_object_new (MOS_TYPE_MAILBOX_GROUP, NULL);
  GtkWidget *button;

  g_test_summary ("what could not be done is said, not only logged");
  refuse_wishes (f);
  item = mos_account_item_new (account);
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 780);
  adw_window_set_content (ADW_WINDOW (window), group);
  mos_mailbox_group_set_account (MOS_MAILBOX_GROUP (group), f->desk, item);
  gtk_window_present (GTK_WINDOW (window));
  button = find_button (group, "_Check Now");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_nonnull (mos_fixture_find_text (group, "Comparing…"));
  mos_test_wait (adw_preferences_group_get_description (ADW_PREFERENCES_GROUP (group)) != NULL, 5000);
  mos_test_wait (mos_fixture_find_text (group, "Comparing…") == NULL, 5000);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Each dialog opens without a complaint, of either kind of account. */
static void
test_dialogs (void)
{
  g_autoptr (MosDeskFixture) f = mos_desk_fixture_new ();
  g_autoptr (MosAccount) account = make_account ();
  g_autoptr (MosAccount) oauth = make_account ();
  g_autoptr (MosAccountItem) item = mos_account_item_new (account);
  g_autoptr (MosAccountItem) oauth_item = NULL;
  g_autoptr (MosAccount) chat = mos_account_new ();
  g_autoptr (MosAccountItem) chat_item = NULL;
  g_autoptr (MosAccount) whatsapp = mos_account_new ();
  g_autoptr (MosAccountItem) whatsapp_item = NULL;
  GtkWidget *window = adw_window_new ();
  static const char *const names[] = { "setup", "account", "account-oauth", "sign-in", "account-chat", "account-whatsapp", "key-whatsapp" };
  const char *width = g_getenv ("MOS_TEST_WIDTH");
  AdwDialog *dialogs[7];

  oauth->oauth = mos_oauth_make ("google", "id", NULL, NULL, NULL);
  oauth_item = mos_account_item_new (oauth);
  chat->kind = g_strdup ("telegram");
  chat->id = g_strdup ("bot");
  chat->name = g_strdup ("Shop");
  chat->address = g_strdup ("@shop_bot");
  mos_account_fill (chat);
  chat_item = mos_account_item_new (chat);
  whatsapp->kind = g_strdup ("whatsapp");
  whatsapp->id = g_strdup ("number");
  whatsapp->name = g_strdup ("Shop");
  whatsapp->address = g_strdup ("+49 30 901820");
  mos_account_set_setting (whatsapp, "phone_number_id", "106540352242922");
  mos_account_set_setting (whatsapp, "relay", "https://shop.example/mostrador-relay.php");
  mos_account_fill (whatsapp);
  whatsapp_item = mos_account_item_new (whatsapp);
  gtk_window_set_default_size (GTK_WINDOW (window), width != NULL ? atoi (width) : 1000, 780);
  gtk_window_present (GTK_WINDOW (window));
  dialogs[0] = ADW_DIALOG (mos_account_setup_new (f->desk));
  dialogs[1] = ADW_DIALOG (mos_account_dialog_new (f->desk, item));
  dialogs[2] = ADW_DIALOG (mos_account_dialog_new (f->desk, oauth_item));
  dialogs[3] = ADW_DIALOG (mos_sign_in_dialog_new (f->desk, oauth));
  dialogs[4] = ADW_DIALOG (mos_account_dialog_new (f->desk, chat_item));
  dialogs[5] = ADW_DIALOG (mos_account_dialog_new (f->desk, whatsapp_item));
  dialogs[6] = mos_account_make_key_dialog (f->desk, whatsapp);
  for (gsize i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      adw_dialog_present (dialogs[i], window);
      mos_test_settle (100);
      mos_test_wait (gtk_widget_get_mapped (gtk_widget_get_first_child (GTK_WIDGET (dialogs[i]))) && gtk_widget_get_mapped (adw_dialog_get_child (dialogs[i])), 5000);
      take_picture (window, names[i]);
      if (i == 1)
        g_assert_nonnull (find_row (GTK_WIDGET (dialogs[i]), "Enter _Password…"));
      else if (i == 2)
        g_assert_nonnull (find_row (GTK_WIDGET (dialogs[i]), "_Sign In Again…"));
      else if (i == 4)
        {
          /* It has no mail servers, and no other way to sign in. */
          g_assert_true (gtk_widget_get_mapped (find_row (GTK_WIDGET (dialogs[i]), "Enter _Token…")));
          g_assert_false (gtk_widget_get_mapped (find_row (GTK_WIDGET (dialogs[i]), "Change _How It Signs In…")));
          g_assert_false (gtk_widget_get_mapped (find_row (GTK_WIDGET (dialogs[i]), "Server")));
          /* What it was set up with can be changed. */
          g_assert_true (gtk_widget_get_mapped (find_row (GTK_WIDGET (dialogs[i]), "Take in what is written in groups")));
          g_assert_false (gtk_widget_get_mapped (find_row (GTK_WIDGET (dialogs[i]), "Token")));
        }
      else if (i == 5)
        {
          /* Where the letter box is can be changed, not which number it is. */
          g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_row (GTK_WIDGET (dialogs[i]), "Address of the letter box"))), ==, "https://shop.example/mostrador-relay.php");
          g_assert_true (gtk_widget_get_mapped (find_row (GTK_WIDGET (dialogs[i]), "WhatsApp Business account ID, for templates")));
          g_assert_null (find_row (GTK_WIDGET (dialogs[i]), "Phone number ID"));
        }
      else if (i == 6)
        {
          /* Either key may be renewed alone. */
          g_assert_true (gtk_widget_get_mapped (find_row (GTK_WIDGET (dialogs[i]), "Token")));
          g_assert_true (gtk_widget_get_mapped (find_row (GTK_WIDGET (dialogs[i]), "Key of the letter box")));
          g_assert_null (find_row (GTK_WIDGET (dialogs[i]), "Phone number ID"));
        }
      adw_dialog_force_close (dialogs[i]);
      mos_test_settle (50);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/accounts/sign-in-group", test_sign_in_group);
  g_test_add_func ("/accounts/sign-in-page", test_sign_in_page);
  g_test_add_func ("/accounts/senders", test_senders);
  g_test_add_func ("/accounts/work-goes-back", test_work_goes_back);
  g_test_add_func ("/accounts/trusted", test_trusted);
  g_test_add_func ("/accounts/delivery/texts", test_delivery_texts);
  g_test_add_func ("/accounts/delivery/self-test", test_self_test_texts);
  g_test_add_func ("/accounts/delivery/log", test_account_log_texts);
  g_test_add_func ("/accounts/delivery/page", test_delivery_page);
  g_test_add_func ("/accounts/from-choices", test_from_choices);
  g_test_add_func ("/accounts/exchange-signature", test_exchange_signature);
  g_test_add_func ("/accounts/mailbox-trouble", test_mailbox_trouble);
  g_test_add_func ("/accounts/dialogs", test_dialogs);
  return g_test_run ();
}
