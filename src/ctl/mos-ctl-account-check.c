/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/channels/email/mos-email-delivery.h"
#include "core/channels/email/mos-email-send.h"
#include "core/channels/mos-backoff.h"
#include "core/desk/mos-delivery-keys.h"
#include "core/desk/mos-self-test.h"

#include <glib/gi18n.h>
#include <string.h>

/* Whether answers of an account get through: what the DNS says of its domains, and a message to itself. */

typedef struct
{
  MosAccount *account;
  GStrv keys;
} MosCtlKeys;

static gboolean
mos_ctl_do_keys (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  MosCtlKeys *keys = data;

  return mos_delivery_find_keys (txn, keys->account, &keys->keys, error);
}

static void
mos_ctl_print_report_json (MosCtl *self,
                           const MosAccount *account,
                           const MosDeliveryReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  mos_json_string (builder, "account", account->address);
  mos_json_string (builder, "domain", report->domain);
  mos_json_string (builder, "server", report->server);
  mos_json_bool (builder, "of_provider", report->is_providers);
  mos_json_string (builder, "verdict", mos_verdict_to_nick (mos_delivery_report_get_verdict (report)));
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->findings->len; i++)
    {
      const MosDeliveryFinding *finding = report->findings->pdata[i];

      json_builder_begin_object (builder);
      mos_json_string (builder, "topic", mos_delivery_topic_to_nick (finding->topic));
      mos_json_string (builder, "verdict", mos_verdict_to_nick (finding->verdict));
      mos_json_string (builder, "code", mos_delivery_code_to_nick (finding->code));
      mos_json_string (builder, "detail", finding->detail);
      mos_json_string (builder, "found", finding->found);
      mos_json_string (builder, "add_name", finding->add_name);
      mos_json_string (builder, "add_value", finding->add_value);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  mos_ctl_print_json (self, builder);
}

static void
mos_ctl_print_report_text (MosCtl *self,
                           const MosDeliveryReport *report)
{
  if (report->is_providers)
    {
      /* Translators: a domain such as gmail.com */
      mos_ctl_print (self, _ ("%s belongs to a provider of mail, who looks after its records: there is nothing to set\n"), report->domain);
      return;
    }
  mos_ctl_print (self, "%s\n", report->domain);
  for (guint i = 0; i < report->findings->len; i++)
    {
      const MosDeliveryFinding *finding = report->findings->pdata[i];

      mos_ctl_print (self, "  %-6s %-8s %s%s%s\n", mos_delivery_topic_to_nick (finding->topic), mos_verdict_to_nick (finding->verdict), mos_delivery_code_to_nick (finding->code),
                     finding->detail != NULL ? ": " : "", finding->detail != NULL ? finding->detail : "");
      if (finding->found != NULL)
        mos_ctl_print (self, "         %s\n", finding->found);
      if (finding->add_value != NULL)
        /* Translators: a name and the value of a DNS record that has to be added, or to be changed to this */
        mos_ctl_print (self, _ ("         should be: %1$s TXT \"%2$s\"\n"), finding->add_name, finding->add_value);
    }
}

int
mos_ctl_account_check (MosCtl *self,
                       GPtrArray *args)
{
  g_auto (MosCtlAccounts) list = { .only_names = TRUE };
  GError *error = NULL;
  int status = MOS_CTL_DONE;

  if (!mos_ctl_check_args (self, args, 0, 1))
    return MOS_CTL_USAGE;
  list.name = args->len > 0 ? g_ptr_array_index (args, 0) : NULL;
  if (!mos_ctl_read (self, mos_ctl_do_accounts, &list, &error))
    return mos_ctl_fail (self, error);

  for (guint i = 0; i < list.accounts->len; i++)
    {
      MosAccount *account = g_ptr_array_index (list.accounts, i);
      MosCtlKeys keys = { account, NULL };
      g_autoptr (GPtrArray) reports = NULL;

      if (strcmp (account->kind, "email") != 0)
        {
          if (list.name != NULL)
            /* Translators: the name of an account */
            return mos_ctl_usage (self, _ ("“%s” is no account for mail"), list.name);
          continue;
        }
      if (mos_ctl_read (self, mos_ctl_do_keys, &keys, &error))
        reports = mos_email_check_delivery_sync (account, (const char *const *) keys.keys, NULL, self->cancellable, &error);
      g_strfreev (keys.keys);
      if (reports == NULL)
        return mos_ctl_fail (self, error);
      for (guint j = 0; j < reports->len; j++)
        {
          const MosDeliveryReport *report = reports->pdata[j];

          if (self->json)
            mos_ctl_print_report_json (self, account, report);
          else
            mos_ctl_print_report_text (self, report);
          if (mos_delivery_report_get_verdict (report) == MOS_VERDICT_BAD)
            status = MOS_CTL_FAILED;
        }
    }
  return status;
}

/* --- a message to oneself --- */

typedef struct
{
  const char *account;
  char *message; /* (owned) (nullable) */
} MosCtlSelfTest;

static gboolean
mos_ctl_do_queue_self_test (MosTxn *txn,
                            gpointer data,
                            GError **error)
{
  MosCtlSelfTest *self = data;

  g_clear_pointer (&self->message, g_free);
  return mos_self_test_queue (txn, self->account,
                              /* Translators: the subject of a message that an account sends to itself. */
                              _ ("Test message of Mostrador"), _ ("Mostrador sent this message from your account to itself, to see whether mail leaves and arrives. You can delete it."),
                              &self->message, error);
}

static void
mos_ctl_print_self_test (MosCtl *self,
                         const MosAccount *account,
                         const MosSelfTest *test)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!self->json)
    {
      mos_ctl_print (self, "%s  %s", account->address, mos_self_test_outcome_to_nick (test->outcome));
      if (test->folder != NULL && test->left_ms >= 0)
        mos_ctl_print (self, "  %.1f s + %.1f s", (double) test->left_ms / 1000, (double) test->arrived_ms / 1000);
      if (test->folder != NULL)
        mos_ctl_print (self, "  %s", test->folder);
      if (test->why != NULL)
        mos_ctl_print (self, "  %s", test->why);
      if (test->detail != NULL)
        mos_ctl_print (self, ": %s", test->detail);
      mos_ctl_print (self, "\n");
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  mos_json_string (builder, "account", account->address);
  mos_json_string (builder, "outcome", mos_self_test_outcome_to_nick (test->outcome));
  mos_json_int (builder, "left_ms", test->left_ms);
  mos_json_int (builder, "arrived_ms", test->arrived_ms);
  mos_json_string (builder, "folder", test->folder);
  mos_json_bool (builder, "tidied", test->is_tidied);
  mos_json_string (builder, "why", test->why);
  mos_json_string (builder, "detail", test->detail);
  mos_json_strv (builder, "keys", test->keys);
  json_builder_end_object (builder);
  mos_ctl_print_json (self, builder);
}

/* Sends what is due of the account. */
static gboolean
mos_ctl_send_due (MosCtl *self,
                  MosAccount *account,
                  GError **error)
{
  g_autoptr (MosEmailSender) sender = mos_email_sender_new (account, MOS_CHANNEL_HOST (mos_ctl_get_host (self)), mos_store_get_clock (self->store), mos_backoff_random, NULL);
  gint64 next_us = 0;
  guint sent = 0;

  return mos_email_sender_run_sync (sender, FALSE, G_TIME_SPAN_MINUTE, &sent, &next_us, self->cancellable, error);
}

int
mos_ctl_account_self_test (MosCtl *self,
                           GPtrArray *args)
{
  g_auto (MosCtlAccounts) list = { .only_names = TRUE };
  MosCtlSelfTest queued = { 0 };
  g_autoptr (MosSelfTest) test = NULL;
  g_autofree char *message = NULL;
  MosAccount *account;
  GError *error = NULL;
  guint wait_s = MOS_SELF_TEST_WAIT_S;
  gint64 since_us;
  gboolean has_tried = TRUE;

  if (!mos_ctl_take_number (args, "--wait", &wait_s))
    return mos_ctl_usage (self, "%s", _ ("--wait needs a number of seconds"));
  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  list.name = g_ptr_array_index (args, 0);
  if (!mos_ctl_read (self, mos_ctl_do_accounts, &list, &error))
    return mos_ctl_fail (self, error);
  account = g_ptr_array_index (list.accounts, 0);
  if (strcmp (account->kind, "email") != 0)
    /* Translators: the name of an account */
    return mos_ctl_usage (self, _ ("“%s” is no account for mail"), list.name);
  queued.account = account->id;
  if (!mos_ctl_write (self, NULL, mos_ctl_do_queue_self_test, &queued, &error))
    return mos_ctl_fail (self, error);
  message = queued.message;
  since_us = g_get_monotonic_time ();

  /* Where a window has the profile, it sends. */
  if (self->is_direct)
    has_tried = mos_ctl_send_due (self, account, &error);
  /* Also where it failed: what did not leave must not leave later. */
  test = mos_self_test_follow_sync (self->store, account, MOS_CHANNEL_HOST (mos_ctl_get_host (self)), message, since_us, has_tried ? wait_s : 0, self->cancellable,
                                    error == NULL ? &error : NULL);
  if (error != NULL)
    return mos_ctl_fail (self, error);
  mos_ctl_print_self_test (self, account, test);
  return test->outcome == MOS_SELF_TEST_ARRIVED ? MOS_CTL_DONE : MOS_CTL_FAILED;
}
