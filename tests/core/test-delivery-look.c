/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/channels/email/mos-email-delivery.h"
#include "core/channels/email/mos-email-discovery.h"
#include "core/desk/mos-delivery-keys.h"
#include "core/desk/mos-rows.h"
#include "core/desk/mos-self-test.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-outbox.h"
#include "core/store/mos-store-outreach.h"

#include <string.h>

/* What the DNS says of an account's domains, over a resolver of our own; whose keys are seen in its mail; a message to itself. Over the wire it is in core/ctl-delivery. */

#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

struct _TestResolver
{
  GResolver parent_instance;

  const char *const *lines; /* "name TXT one|two", "name MX 10 host.", "name A 192.0.2.1" */
  int code;                 /* of what is not there */
  GCancellable *cancels;    /* (nullable): when it is asked */
  GPtrArray *asked;         /* (owned) */
};

G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static GPtrArray *
find_lines (TestResolver *self,
            const char *name,
            const char *type,
            GError **error)
{
  g_autofree char *begin = g_strconcat (name, " ", type, " ", NULL);
  GPtrArray *found = g_ptr_array_new ();

  g_ptr_array_add (self->asked, g_strdup (begin));
  if (self->cancels != NULL)
    g_cancellable_cancel (self->cancels);
  for (guint i = 0; self->lines != NULL && self->lines[i] != NULL; i++)
    if (g_str_has_prefix (self->lines[i], begin))
      g_ptr_array_add (found, (gpointer) (self->lines[i] + strlen (begin)));
  if (found->len == 0)
    g_set_error_literal (error, G_RESOLVER_ERROR, self->code, "no");
  return found;
}

static GList *
test_resolver_lookup_records (GResolver *resolver,
                              const char *name,
                              GResolverRecordType type,
                              GCancellable *cancellable,
                              GError **error)
{
  g_autoptr (GPtrArray) found = find_lines (TEST_RESOLVER (resolver), name, type == G_RESOLVER_RECORD_MX ? "MX" : "TXT", error);
  GList *records = NULL;

  for (guint i = 0; i < found->len; i++)
    {
      g_auto (GStrv) words = g_strsplit (found->pdata[i], type == G_RESOLVER_RECORD_MX ? " " : "|", -1);
      GVariant *record = type == G_RESOLVER_RECORD_MX ? g_variant_new ("(qs)", (guint16) g_ascii_strtoull (words[0], NULL, 10), words[1]) : g_variant_new ("(^as)", words);

      records = g_list_append (records, g_variant_ref_sink (record));
    }
  return records;
}

static GList *
test_resolver_lookup_by_name (GResolver *resolver,
                              const char *name,
                              GCancellable *cancellable,
                              GError **error)
{
  g_autoptr (GPtrArray) found = find_lines (TEST_RESOLVER (resolver), name, "A", error);
  GList *addresses = NULL;

  for (guint i = 0; i < found->len; i++)
    addresses = g_list_append (addresses, g_inet_address_new_from_string (found->pdata[i]));
  return addresses;
}

static void
test_resolver_finalize (GObject *object)
{
  g_ptr_array_unref (TEST_RESOLVER (object)->asked);
  G_OBJECT_CLASS (test_resolver_parent_class)->finalize (object);
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_resolver_finalize;
  G_RESOLVER_CLASS (klass)->lookup_records = test_resolver_lookup_records;
  G_RESOLVER_CLASS (klass)->lookup_by_name = test_resolver_lookup_by_name;
}

static void
test_resolver_init (TestResolver *self)
{
  self->asked = g_ptr_array_new_with_free_func (g_free);
  self->code = G_RESOLVER_ERROR_NOT_FOUND;
}

static MosAccount *
make_account (const char *address,
              const char *alias,
              const char *server)
{
  const char *aliases[] = { alias, NULL };
  MosAccount *account = mos_account_new ();

  account->id = g_strdup (ACCOUNT);
  account->kind = g_strdup ("email");
  account->address = g_strdup (address);
  account->aliases = g_strdupv ((char **) aliases);
  mos_account_fill (account);
  g_set_str (&account->smtp->host, server);
  return account;
}

static const MosDeliveryFinding *
get_finding (GPtrArray *reports,
             guint report,
             MosDeliveryTopic topic)
{
  const MosDeliveryReport *one = reports->pdata[report];

  return one->findings->pdata[topic];
}

/* --- looking up --- */

static void
test_look_up (void)
{
  static const char *const lines[] = {
    "shop.example MX 20 second.shop.example.",
    "shop.example MX 10 first.shop.example.",
    "first.shop.example A 192.0.2.1",
    "second.shop.example A 192.0.2.2",
    "smtp.shop.example A 192.0.2.5",
    /* One record in two strings, as long ones are (RFC 7208 §3.3) */
    "shop.example TXT v=spf1 ip4:192.0.2.|5 -all",
    "shop.example TXT another=1",
    "_dmarc.shop.example TXT v=DMARC1; p=none",
    "xn--bcher-kva.example MX 0 .",
    NULL
  };
  g_autoptr (TestResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_autoptr (MosAccount) account = make_account ("Support@Shop.Example", "hallo@bücher.example", "smtp.shop.example");
  g_autoptr (GPtrArray) reports = NULL;
  g_autoptr (GError) error = NULL;
  const MosDeliveryReport *other;

  resolver->lines = lines;
  reports = mos_email_check_delivery_sync (account, NULL, G_RESOLVER (resolver), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reports->len, ==, 2);
  g_assert_cmpint (get_finding (reports, 0, MOS_DELIVERY_MX)->code, ==, MOS_FOUND_MX_GOOD);
  g_assert_cmpstr (get_finding (reports, 0, MOS_DELIVERY_MX)->detail, ==, "first.shop.example");
  g_assert_cmpint (get_finding (reports, 0, MOS_DELIVERY_SPF)->code, ==, MOS_FOUND_SPF_GOOD);
  g_assert_cmpstr (get_finding (reports, 0, MOS_DELIVERY_SPF)->found, ==, "v=spf1 ip4:192.0.2.5 -all");
  g_assert_cmpint (get_finding (reports, 0, MOS_DELIVERY_DKIM)->code, ==, MOS_FOUND_DKIM_UNKNOWN);
  g_assert_cmpint (get_finding (reports, 0, MOS_DELIVERY_DMARC)->code, ==, MOS_FOUND_DMARC_WATCHES);
  g_assert_cmpint (mos_delivery_report_get_verdict (reports->pdata[0]), ==, MOS_VERDICT_UNKNOWN);

  other = reports->pdata[1];
  g_assert_cmpstr (other->domain, ==, "bücher.example");
  g_assert_cmpint (get_finding (reports, 1, MOS_DELIVERY_MX)->code, ==, MOS_FOUND_MX_NULL);
  g_assert_cmpint (mos_delivery_report_get_verdict (other), ==, MOS_VERDICT_BAD);
}

/* Off line, and a name server that has trouble: not one word of what would be missing. */
static void
test_no_answer (void)
{
  g_autoptr (TestResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_autoptr (MosAccount) account = make_account ("support@shop.example", NULL, "smtp.shop.example");
  g_autoptr (GPtrArray) reports = NULL;
  g_autoptr (GError) error = NULL;

  resolver->code = G_RESOLVER_ERROR_TEMPORARY_FAILURE;
  reports = mos_email_check_delivery_sync (account, NULL, G_RESOLVER (resolver), NULL, &error);
  g_assert_no_error (error);
  for (guint i = MOS_DELIVERY_MX; i <= MOS_DELIVERY_DMARC; i++)
    g_assert_cmpint (get_finding (reports, 0, i)->code, ==, MOS_FOUND_NO_ANSWER);
  g_assert_cmpint (mos_delivery_report_get_verdict (reports->pdata[0]), ==, MOS_VERDICT_UNKNOWN);
}

static void
test_cancelled (void)
{
  g_autoptr (TestResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_autoptr (MosAccount) account = make_account ("support@shop.example", "a@other.example", "smtp.shop.example");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  resolver->cancels = cancellable;
  g_assert_null (mos_email_check_delivery_sync (account, NULL, G_RESOLVER (resolver), cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  for (guint i = 0; i < resolver->asked->len; i++)
    g_assert_null (strstr (resolver->asked->pdata[i], "other.example"));
}

/* Nobody but the provider can change anything there: nothing is asked, and nothing advised. */
static void
test_provider (void)
{
  g_autoptr (TestResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_autoptr (MosAccount) account = make_account ("ana@Gmail.com", "ana@shop.example", "smtp.gmail.com");
  g_autoptr (GPtrArray) reports = NULL;
  g_autoptr (GError) error = NULL;
  const MosDeliveryReport *report;

  reports = mos_email_check_delivery_sync (account, NULL, G_RESOLVER (resolver), NULL, &error);
  g_assert_no_error (error);
  report = reports->pdata[0];
  g_assert_true (report->is_providers);
  g_assert_cmpuint (report->findings->len, ==, 0);
  for (guint i = 0; i < resolver->asked->len; i++)
    g_assert_null (strstr (resolver->asked->pdata[i], "gmail.com TXT"));
  report = reports->pdata[1];
  g_assert_false (report->is_providers);
  g_assert_cmpstr (mos_email_find_spf ("SMTP.gmail.com"), ==, "include:_spf.google.com");
  g_assert_null (mos_email_find_spf ("smtp.shop.example"));
  g_assert_null (mos_email_find_spf (""));
}

/* --- whose keys are seen --- */

static gboolean
do_find_keys (MosTxn *txn,
              gpointer data,
              GError **error)
{
  g_autoptr (MosAccount) account = NULL;

  return mos_store_account_find (txn, ACCOUNT, &account, error) && mos_delivery_find_keys (txn, account, data, error);
}

static char *
find_keys (MosStore *store)
{
  g_auto (GStrv) keys = NULL;

  test_write (store, do_find_keys, &keys);
  return g_strjoinv (" ", keys);
}

static gboolean
do_note_keys (MosTxn *txn,
              gpointer data,
              GError **error)
{
  return mos_delivery_note_keys (txn, ACCOUNT, data, error);
}

static void
test_keys (void)
{
  static const char customer[] = "From: ana@mail.example\nTo: support@shop.example\nSubject: Hello\nMessage-ID: <1@mail.example>\nDKIM-Signature: v=1; s=theirs; d=mail.example; b=x\n\nHello\n";
  static const char colleague[] = "From: Boss <boss@Shop.example>\nTo: support@shop.example\nSubject: Old\nMessage-ID: <2@shop.example>\n"
                                  "DKIM-Signature: v=1; a=rsa-sha256;\n s=old; d=shop.example; b=x\n\nHello\n";
  static const char newer[] = "From: boss@shop.example\nTo: support@shop.example\nSubject: New\nMessage-ID: <3@shop.example>\n"
                              "DKIM-Signature: v=1; s=List; d=lists.example; b=x\nDKIM-Signature: v=1; s=New; d=shop.example; b=x\nDKIM-Signature: v=1; s=ed; a=ed25519-sha256; d=shop.example; b=x\n\nHello\n";
  static const char *const noted[] = { "seen._domainkey.shop.example", NULL };
  static const char *const none[] = { NULL };
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) one = NULL;
  g_autoptr (MosIngestResult) two = NULL;
  g_autoptr (MosIngestResult) three = NULL;
  g_autofree char *nothing = find_keys (t->store);
  g_autofree char *first = NULL, *second = NULL, *third = NULL;

  g_assert_cmpstr (nothing, ==, "");
  one = test_ingest (t->store, colleague, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  two = test_ingest (t->store, customer, MOS_FOLDER_INBOX, 2, MOS_TEST_NOW_US + 1);
  first = find_keys (t->store);
  g_assert_cmpstr (first, ==, "old._domainkey.shop.example");
  /* What a server signs with today is in the newest. */
  three = test_ingest (t->store, newer, MOS_FOLDER_INBOX, 3, MOS_TEST_NOW_US + 2);
  second = find_keys (t->store);
  g_assert_cmpstr (second, ==, "new._domainkey.shop.example ed._domainkey.shop.example");
  /* A message to oneself says it for sure; one that was not signed takes nothing away. */
  test_write (t->store, do_note_keys, (gpointer) noted);
  test_write (t->store, do_note_keys, (gpointer) none);
  third = find_keys (t->store);
  g_assert_cmpstr (third, ==, "seen._domainkey.shop.example");
}

/* --- a message to oneself --- */

typedef struct
{
  char *message;
  MosOutboxItem *item;
  gboolean is_alone;
} Queued;

static gboolean
do_queue (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Queued *queued = data;
  g_autoptr (MosAccount) account = NULL;

  if (!mos_store_account_find (txn, ACCOUNT, &account, error))
    return FALSE;
  g_set_str (&account->imap->host, "imap.shop.example");
  return mos_store_account_save (txn, account, error) && mos_self_test_queue (txn, ACCOUNT, "Test", "It can be deleted.", &queued->message, error);
}

static gboolean
do_look (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Queued *queued = data;
  g_autofree char *silent = NULL;

  g_clear_pointer (&queued->item, mos_outbox_item_unref);
  if (!mos_store_outbox_find (txn, queued->message, &queued->item, error))
    return FALSE;
  return queued->item == NULL || mos_store_outreach_find_silent (txn, queued->item->conversation, &silent, &queued->is_alone, error);
}

static void
queued_clear (Queued *queued)
{
  g_clear_pointer (&queued->message, g_free);
  g_clear_pointer (&queued->item, mos_outbox_item_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Queued, queued_clear)

/* It goes the way of all mail, comes back, and nothing comes of it: no conversation, no customer, nobody who waits. */
static void
test_self_test_comes_back (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_auto (Queued) queued = { 0 };
  g_auto (TestLook) look = { 0 };
  g_autoptr (MosIngestResult) back = NULL;
  g_autoptr (MosIngestResult) away = NULL;
  g_autofree char *raw = NULL, *notice = NULL;

  test_write (t->store, do_queue, &queued);
  test_write (t->store, do_look, &queued);
  g_assert_cmpint (queued.item->state, ==, MOS_DELIVERY_QUEUED);
  g_assert_cmpuint (g_strv_length (queued.item->recipients), ==, 1);
  g_assert_cmpstr (queued.item->recipients[0], ==, "support@shop.example");
  g_assert_true (queued.is_alone);
  raw = g_strndup (g_bytes_get_data (queued.item->raw, NULL), g_bytes_get_size (queued.item->raw));
  g_assert_nonnull (strstr (raw, "Auto-Submitted: auto-"));

  back = test_ingest (t->store, raw, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US + 1);
  g_assert_cmpint (back->outcome, ==, MOS_INGEST_DUPLICATE);
  g_assert_false (back->arrived);
  g_assert_cmpstr (back->message, ==, queued.message);
  notice = g_strdup_printf ("From: support@mail.example\nTo: support@shop.example\nSubject: Away\nAuto-Submitted: auto-replied\nMessage-ID: <away@mail.example>\nIn-Reply-To: <%s>\n\nAway\n",
                            queued.item->message_id);
  away = test_ingest (t->store, notice, MOS_FOLDER_INBOX, 2, MOS_TEST_NOW_US + 2);
  test_write (t->store, do_look, &queued);
  g_assert_true (queued.is_alone);
  test_look (t->store, queued.item->conversation, &look);
  g_assert_null (look.row->customer);
  g_assert_cmpint (look.row->waiting_since_us, ==, 0);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_CLOSED);
}

static gboolean
do_queue_refused (MosTxn *txn,
                  gpointer data,
                  GError **error)
{
  g_autoptr (GError) local = NULL;
  char *message = NULL;

  /* The account of the fixture has no server for incoming mail. */
  g_assert_false (mos_self_test_queue (txn, ACCOUNT, "Test", "Text", &message, &local));
  g_assert_error (local, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
  return TRUE;
}

static void
test_self_test_refused (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();

  test_write (t->store, do_queue_refused, NULL);
}

/* Not waited for: it must not leave an hour later. */
static void
test_self_test_taken_back (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_auto (Queued) queued = { 0 };
  g_autoptr (MosSelfTest) test = NULL;
  g_autoptr (MosAccount) account = make_account ("support@shop.example", NULL, "smtp.shop.example");
  g_autoptr (GError) error = NULL;

  test_write (t->store, do_queue, &queued);
  test = mos_self_test_follow_sync (t->store, account, NULL, queued.message, g_get_monotonic_time (), 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (test->outcome, ==, MOS_SELF_TEST_NOT_SENT);
  g_assert_cmpint (test->left_ms, ==, -1);
  test_write (t->store, do_look, &queued);
  g_assert_true (queued.item == NULL || queued.item->state == MOS_DELIVERY_CANCELLED);
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/delivery/look/up", test_look_up);
  g_test_add_func ("/delivery/look/no-answer", test_no_answer);
  g_test_add_func ("/delivery/look/cancelled", test_cancelled);
  g_test_add_func ("/delivery/look/provider", test_provider);
  g_test_add_func ("/delivery/keys", test_keys);
  g_test_add_func ("/delivery/self-test/comes-back", test_self_test_comes_back);
  g_test_add_func ("/delivery/self-test/refused", test_self_test_refused);
  g_test_add_func ("/delivery/self-test/taken-back", test_self_test_taken_back);

  return g_test_run ();
}
