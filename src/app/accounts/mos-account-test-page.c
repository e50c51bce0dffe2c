/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-account-test-page.h"

#include "app/accounts/mos-server-group.h"
#include "app/application/mos-error-text.h"

#include "core/channels/mos-channel-traits.h"

#include <glib/gi18n.h>

#define N_STAGES 6

static const struct
{
  const char *stage;
  const char *title;
  gboolean is_chat; /* … and of nothing else */
} stages[N_STAGES] = {
  { "imap-connect", N_ ("Reaching the server for incoming mail") },
  { "imap-login", N_ ("Signing in for incoming mail") },
  { "imap-folders", N_ ("Looking at the folders") },
  { "smtp-connect", N_ ("Reaching the server for outgoing mail") },
  { "smtp-login", N_ ("Signing in for outgoing mail") },
  { "chat", N_ ("Signing in there"), TRUE },
};

struct _MosAccountTestPage
{
  AdwNavigationPage parent_instance;

  /* Template children */
  GtkListBox *stages;
  GtkWidget *trouble;
  GtkLabel *trouble_title;
  GtkLabel *trouble_text;
  GtkWidget *certificate;
  GtkLabel *certificate_text;
  GtkLabel *details;
  GtkWidget *cancel_button;
  GtkWidget *edit_button;
  GtkWidget *retry_button;

  /* Children of the list box */
  GtkWidget *rows[N_STAGES];
  GtkWidget *marks[N_STAGES];

  /* Owned */
  MosDesk *desk;
  MosAccount *account;       /* (nullable) */
  MosCredential *credential; /* (nullable) */
  char *fingerprint;         /* (nullable): of the refused certificate */
  GCancellable *cancellable;

  guint current;
};

enum
{
  PASSED,
  EDIT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosAccountTestPage, mos_account_test_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  MARK_WAITING,
  MARK_RUNNING,
  MARK_DONE,
  MARK_FAILED,
} Mark;

static void
set_mark (MosAccountTestPage *self,
          guint i,
          Mark mark)
{
  GtkWidget *widget;

  if (mark == MARK_RUNNING)
    {
      widget = adw_spinner_new ();
      gtk_widget_set_size_request (widget, 16, 16);
    }
  else if (mark == MARK_WAITING)
    {
      widget = gtk_image_new_from_icon_name ("content-loading-symbolic");
      gtk_widget_add_css_class (widget, "dim-label");
    }
  else
    {
      widget = gtk_image_new_from_icon_name (mark == MARK_DONE ? "object-select-symbolic" : "dialog-error-symbolic");
      gtk_widget_add_css_class (widget, mark == MARK_DONE ? "success" : "error");
    }
  adw_bin_set_child (ADW_BIN (self->marks[i]), widget);

  switch (mark)
    {
    case MARK_WAITING:
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->rows[i]), "");
      break;
    case MARK_RUNNING:
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->rows[i]), _ ("Under way…"));
      break;
    case MARK_DONE:
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->rows[i]), _ ("Works"));
      break;
    case MARK_FAILED:
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->rows[i]), _ ("Failed"));
      break;
    default:
      g_return_if_reached ();
    }
}

static guint
find_stage (const char *stage)
{
  for (guint i = 0; i < N_STAGES; i++)
    if (g_strcmp0 (stage, stages[i].stage) == 0)
      return i;
  return N_STAGES;
}

static void
on_progress (const char *stage,
             gpointer user_data)
{
  MosAccountTestPage *self = user_data;
  guint at = find_stage (stage);

  for (guint i = 0; i < at && i < N_STAGES; i++)
    set_mark (self, i, MARK_DONE);
  if (at < N_STAGES)
    set_mark (self, at, MARK_RUNNING);
  self->current = at;
}

static void
explain_certificate (MosAccountTestPage *self,
                     GTlsCertificate *certificate,
                     GTlsCertificateFlags flags)
{
  g_autoptr (GByteArray) der = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *subject = g_tls_certificate_get_subject_name (certificate);
  g_autofree char *issuer = g_tls_certificate_get_issuer_name (certificate);
  g_autoptr (GDateTime) until = g_tls_certificate_get_not_valid_after (certificate);

  g_object_get (certificate, "certificate", &der, NULL);
  g_free (self->fingerprint);
  self->fingerprint = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);

  if (flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
    g_string_append_printf (text, "• %s\n", _ ("It was not issued by an authority this system knows. Self-made certificates are like that."));
  if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    g_string_append_printf (text, "• %s\n", _ ("It belongs to a server of another name."));
  if (flags & G_TLS_CERTIFICATE_EXPIRED)
    g_string_append_printf (text, "• %s\n", _ ("It has expired."));
  if (flags & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    g_string_append_printf (text, "• %s\n", _ ("It is not valid yet. Is this computer’s clock right?"));
  if (flags & G_TLS_CERTIFICATE_REVOKED)
    g_string_append_printf (text, "• %s\n", _ ("Its issuer has withdrawn it."));
  if (flags & G_TLS_CERTIFICATE_INSECURE)
    g_string_append_printf (text, "• %s\n", _ ("It is made in a way that is not safe any more."));
  g_string_append_c (text, '\n');
  if (subject != NULL)
    /* Translators: %s is the name in a certificate. */
    g_string_append_printf (text, _ ("Made out to: %s"), subject);
  g_string_append_c (text, '\n');
  if (issuer != NULL)
    /* Translators: %s is the name of a certificate's issuer. */
    g_string_append_printf (text, _ ("Issued by: %s"), issuer);
  g_string_append_c (text, '\n');
  if (until != NULL)
    {
      g_autofree char *date = g_date_time_format (until, "%x");

      /* Translators: %s is a date. */
      g_string_append_printf (text, _ ("Valid until: %s"), date);
      g_string_append_c (text, '\n');
    }
  /* Translators: %s is a long hexadecimal number that identifies a certificate. */
  g_string_append_printf (text, _ ("Fingerprint (SHA-256): %s"), self->fingerprint);
  gtk_label_set_label (self->certificate_text, text->str);
}

static void
show_buttons (MosAccountTestPage *self,
              gboolean running)
{
  gtk_widget_set_visible (self->cancel_button, running);
  gtk_widget_set_visible (self->edit_button, !running);
  gtk_widget_set_visible (self->retry_button, !running);
}

static void
show_trouble (MosAccountTestPage *self,
              const GError *error,
              const char *failed_stage,
              GTlsCertificate *certificate,
              GTlsCertificateFlags flags)
{
  MosErrorText text = mos_error_text (error);
  guint at = find_stage (failed_stage);
  g_autofree char *sentence = NULL;

  if (at == N_STAGES)
    at = MIN (self->current, N_STAGES - 1);
  for (guint i = 0; i < N_STAGES; i++)
    set_mark (self, i, i < at ? MARK_DONE : i == at ? MARK_FAILED
                                                    : MARK_WAITING);

  sentence = g_strdup_printf ("%s %s", text.sentence, text.step);
  gtk_label_set_label (self->trouble_title, text.title);
  gtk_label_set_label (self->trouble_text, g_strchomp (sentence));
  gtk_label_set_label (self->details, error->message);
  gtk_widget_set_visible (self->certificate, certificate != NULL);
  if (certificate != NULL)
    explain_certificate (self, certificate, flags);
  gtk_widget_set_visible (self->trouble, TRUE);
  show_buttons (self, FALSE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text.title, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
on_tested_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosAccountTestPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *failed_stage = NULL;
  g_autoptr (GTlsCertificate) certificate = NULL;
  GTlsCertificateFlags flags = G_TLS_CERTIFICATE_NO_FLAGS;

  if (mos_desk_test_account_finish (MOS_DESK (source), result, &failed_stage, &certificate, &flags, &error))
    {
      for (guint i = 0; i < N_STAGES; i++)
        set_mark (self, i, MARK_DONE);
      show_buttons (self, FALSE);
      g_signal_emit (self, signals[PASSED], 0, self->account);
      return;
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_trouble (self, error, failed_stage, certificate, flags);
}

static void
start (MosAccountTestPage *self)
{
  mos_account_test_page_cancel (self);
  self->cancellable = g_cancellable_new ();
  self->current = 0;
  gtk_widget_set_visible (self->trouble, FALSE);
  show_buttons (self, TRUE);
  for (guint i = 0; i < N_STAGES; i++)
    {
      gtk_widget_set_visible (self->rows[i], stages[i].is_chat == mos_channel_is_chat (self->account->kind));
      set_mark (self, i, i == 0 ? MARK_RUNNING : MARK_WAITING);
    }
  mos_desk_test_account_async (self->desk, self->account, self->credential, on_progress, self, self->cancellable, on_tested_cb, g_object_ref (self));
}

static void
on_trust_cb (MosAccountTestPage *self)
{
  MosAccount *account = mos_account_dup (self->account);

  g_set_str (&account->pinned_certificate, self->fingerprint);
  g_clear_pointer (&self->account, mos_account_unref);
  self->account = account;
  start (self);
}

static void
on_cancel_cb (MosAccountTestPage *self)
{
  mos_account_test_page_cancel (self);
  g_signal_emit (self, signals[EDIT], 0);
}

static void
on_edit_cb (MosAccountTestPage *self)
{
  g_signal_emit (self, signals[EDIT], 0);
}

static void
on_retry_cb (MosAccountTestPage *self)
{
  start (self);
}

static void
mos_account_test_page_dispose (GObject *object)
{
  MosAccountTestPage *self = MOS_ACCOUNT_TEST_PAGE (object);

  mos_account_test_page_cancel (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_ACCOUNT_TEST_PAGE);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->account, mos_account_unref);
  g_clear_pointer (&self->credential, mos_credential_unref);
  g_clear_pointer (&self->fingerprint, g_free);
  G_OBJECT_CLASS (mos_account_test_page_parent_class)->dispose (object);
}

static void
mos_account_test_page_class_init (MosAccountTestPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_account_test_page_dispose;

  signals[PASSED] = g_signal_new ("passed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, mos_account_get_type ());
  signals[EDIT] = g_signal_new ("edit", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-account-test-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MosAccountTestPage, stages);
  gtk_widget_class_bind_template_child (widget_class, MosAccountTestPage, trouble);
  gtk_widget_class_bind_template_child (widget_class, MosAccountTestPage, trouble_title);
  gtk_widget_class_bind_template_child (widget_class, MosAccountTestPage, trouble_text);
  gtk_widget_class_bind_template_child (widget_class, MosAccountTestPage, certificate);
  gtk_widget_class_bind_template_child (widget_class, MosAccountTestPage, certificate_text);
  gtk_widget_class_bind_template_child (widget_class, MosAccountTestPage, details);
  gtk_widget_class_bind_template_child (widget_class, MosAccountTestPage, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, MosAccountTestPage, edit_button);
  gtk_widget_class_bind_template_child (widget_class, MosAccountTestPage, retry_button);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_edit_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_trust_cb);
}

static void
mos_account_test_page_init (MosAccountTestPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < N_STAGES; i++)
    {
      self->rows[i] = adw_action_row_new ();
      self->marks[i] = adw_bin_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rows[i]), _ (stages[i].title));
      gtk_widget_set_valign (self->marks[i], GTK_ALIGN_CENTER);
      adw_action_row_add_prefix (ADW_ACTION_ROW (self->rows[i]), self->marks[i]);
      gtk_list_box_append (self->stages, self->rows[i]);
    }
  show_buttons (self, TRUE);
}

MosAccountTestPage *
mos_account_test_page_new (MosDesk *desk)
{
  MosAccountTestPage *self = g_object_new (MOS_TYPE_ACCOUNT_TEST_PAGE, NULL);

  self->desk = g_object_ref (desk);
  return self;
}

static gboolean
is_same_host (MosServer *one,
              MosServer *other)
{
  return one != NULL && other != NULL && g_strcmp0 (one->host, other->host) == 0;
}

/* The certificate that was trusted in an earlier attempt, with one of these servers: whoever only mends a password is not asked again.
 * Returns: (transfer full) */
static MosAccount *
with_trusted (MosAccountTestPage *self,
              MosAccount *account)
{
  MosAccount *copy;

  if (account->pinned_certificate != NULL || self->account == NULL || self->account->pinned_certificate == NULL ||
      (!is_same_host (account->imap, self->account->imap) && !is_same_host (account->smtp, self->account->smtp)))
    return mos_account_ref (account);
  copy = mos_account_dup (account);
  g_set_str (&copy->pinned_certificate, self->account->pinned_certificate);
  return copy;
}

void
mos_account_test_page_start (MosAccountTestPage *self,
                             MosAccount *account,
                             MosCredential *credential)
{
  g_return_if_fail (MOS_IS_ACCOUNT_TEST_PAGE (self));
  g_return_if_fail (account != NULL);

  account = with_trusted (self, account);
  g_clear_pointer (&self->account, mos_account_unref);
  self->account = account;
  if (credential != NULL)
    mos_credential_ref (credential);
  g_clear_pointer (&self->credential, mos_credential_unref);
  self->credential = credential;
  start (self);
}

MosAccount *
mos_account_test_page_get_account (MosAccountTestPage *self)
{
  g_return_val_if_fail (MOS_IS_ACCOUNT_TEST_PAGE (self), NULL);

  return self->account;
}

void
mos_account_test_page_cancel (MosAccountTestPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}
