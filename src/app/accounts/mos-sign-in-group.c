/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-sign-in-group.h"

#include "core/channels/email/mos-oauth-providers.h"

#include "core/channels/mos-channel-traits.h"

#include <glib/gi18n.h>

struct _MosSignInGroup
{
  AdwPreferencesGroup parent_instance;

  /* Template children */
  AdwComboRow *method;
  GtkEditable *password;
  AdwActionRow *client_row;
  GtkEditable *authorize_url;
  GtkEditable *token_url;
  GtkEditable *scope;
  GtkEditable *client_id;
  GtkEditable *client_secret;
  GtkEditable *mailbox;

  gboolean may_keep; /* there is a secret already */
  guint kept_method; /* … for this method */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosSignInGroup, mos_sign_in_group, ADW_TYPE_PREFERENCES_GROUP)

/* The methods: a password, the providers of the table in its order, another provider. */

static guint
get_method (MosSignInGroup *self)
{
  return adw_combo_row_get_selected (self->method);
}

static MosOAuthProvider *
get_provider (MosSignInGroup *self)
{
  GPtrArray *providers = mos_oauth_provider_list ();
  guint method = get_method (self);

  return method >= 1 && method <= providers->len ? g_ptr_array_index (providers, method - 1) : NULL;
}

static guint
find_method (const char *provider)
{
  GPtrArray *providers = mos_oauth_provider_list ();

  for (guint i = 0; i < providers->len; i++)
    if (g_strcmp0 (((MosOAuthProvider *) g_ptr_array_index (providers, i))->id, provider) == 0)
      return i + 1;
  return provider != NULL ? providers->len + 1 : 0;
}

gboolean
mos_sign_in_group_is_oauth (MosSignInGroup *self)
{
  g_return_val_if_fail (MOS_IS_SIGN_IN_GROUP (self), FALSE);

  return get_method (self) != 0;
}

/* What lies in the keyring for one way to sign in is never shown to another. */
static gboolean
may_keep (MosSignInGroup *self)
{
  return self->may_keep && get_method (self) == self->kept_method;
}

static char *
dup_text (GtkEditable *editable)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (editable)));
}

static gboolean
is_empty (GtkEditable *editable)
{
  g_autofree char *text = dup_text (editable);

  return *text == '\0';
}

static void
on_changed_cb (MosSignInGroup *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_method_cb (MosSignInGroup *self)
{
  gboolean is_oauth = mos_sign_in_group_is_oauth (self);
  MosOAuthProvider *provider = get_provider (self);

  gtk_widget_set_visible (GTK_WIDGET (self->password), !is_oauth);
  gtk_widget_set_visible (GTK_WIDGET (self->client_row), provider != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->authorize_url), is_oauth && provider == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->token_url), is_oauth && provider == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->scope), is_oauth && provider == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->client_id), is_oauth);
  gtk_widget_set_visible (GTK_WIDGET (self->client_secret), is_oauth);
  if (provider != NULL)
    {
      /* Translators: %s is a provider, such as Google. "Desktop app" is the kind to be chosen there. */
      g_autofree char *text = g_strdup_printf (_ ("%s lets programs into a mailbox only with a client ID. You make one on its page, once, for a “desktop app”; it is yours and costs nothing."),
                                               provider->name);

      adw_action_row_set_subtitle (self->client_row, text);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->client_secret), provider != NULL && provider->needs_secret ? _ ("Client secret") : _ ("Client secret, if there is one"));
  on_changed_cb (self);
}

static void
on_client_row_cb (MosSignInGroup *self)
{
  MosOAuthProvider *provider = get_provider (self);
  g_autoptr (GtkUriLauncher) launcher = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (provider == NULL)
    return;
  launcher = gtk_uri_launcher_new (provider->client_page);
  gtk_uri_launcher_launch (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, NULL, NULL);
}

/* --- class --- */

static void
mos_sign_in_group_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MOS_TYPE_SIGN_IN_GROUP);
  G_OBJECT_CLASS (mos_sign_in_group_parent_class)->dispose (object);
}

static void
mos_sign_in_group_class_init (MosSignInGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_sign_in_group_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-sign-in-group.ui");
  gtk_widget_class_bind_template_child (widget_class, MosSignInGroup, method);
  gtk_widget_class_bind_template_child (widget_class, MosSignInGroup, password);
  gtk_widget_class_bind_template_child (widget_class, MosSignInGroup, client_row);
  gtk_widget_class_bind_template_child (widget_class, MosSignInGroup, authorize_url);
  gtk_widget_class_bind_template_child (widget_class, MosSignInGroup, token_url);
  gtk_widget_class_bind_template_child (widget_class, MosSignInGroup, scope);
  gtk_widget_class_bind_template_child (widget_class, MosSignInGroup, client_id);
  gtk_widget_class_bind_template_child (widget_class, MosSignInGroup, client_secret);
  gtk_widget_class_bind_template_child (widget_class, MosSignInGroup, mailbox);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_client_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_method_cb);
}

static void
mos_sign_in_group_init (MosSignInGroup *self)
{
  GPtrArray *providers = mos_oauth_provider_list ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_string_list_append (names, _ ("A password"));
  for (guint i = 0; i < providers->len; i++)
    gtk_string_list_append (names, ((MosOAuthProvider *) g_ptr_array_index (providers, i))->name);
  gtk_string_list_append (names, _ ("Another web page"));
  adw_combo_row_set_model (self->method, G_LIST_MODEL (names));
  on_method_cb (self);
}

/* --- public --- */

void
mos_sign_in_group_set_account (MosSignInGroup *self,
                               MosAccount *account,
                               gboolean may_keep)
{
  const MosOAuth none = { 0 };
  const MosOAuth *oauth;

  g_return_if_fail (MOS_IS_SIGN_IN_GROUP (self));

  oauth = account->oauth != NULL ? account->oauth : &none;
  self->may_keep = may_keep;
  gtk_editable_set_text (self->client_id, oauth->client_id != NULL ? oauth->client_id : "");
  gtk_editable_set_text (self->authorize_url, oauth->authorize_url != NULL ? oauth->authorize_url : "");
  gtk_editable_set_text (self->token_url, oauth->token_url != NULL ? oauth->token_url : "");
  gtk_editable_set_text (self->scope, oauth->scope != NULL ? oauth->scope : "");
  gtk_editable_set_text (self->mailbox, account->authorize_as != NULL ? account->authorize_as : "");
  self->kept_method = find_method (oauth->provider);
  adw_combo_row_set_selected (self->method, self->kept_method);
  on_method_cb (self);
}

void
mos_sign_in_group_suggest (MosSignInGroup *self,
                           const char *provider,
                           const char *client_id)
{
  g_return_if_fail (MOS_IS_SIGN_IN_GROUP (self));

  if (client_id != NULL && is_empty (self->client_id))
    gtk_editable_set_text (self->client_id, client_id);
  adw_combo_row_set_selected (self->method, find_method (provider));
}

void
mos_sign_in_group_set_password (MosSignInGroup *self,
                                const char *password)
{
  g_return_if_fail (MOS_IS_SIGN_IN_GROUP (self));

  gtk_editable_set_text (self->password, password);
}

const char *
mos_sign_in_group_get_password (MosSignInGroup *self)
{
  g_return_val_if_fail (MOS_IS_SIGN_IN_GROUP (self), "");

  return gtk_editable_get_text (self->password);
}

const char *
mos_sign_in_group_get_client_secret (MosSignInGroup *self)
{
  const char *secret;

  g_return_val_if_fail (MOS_IS_SIGN_IN_GROUP (self), NULL);

  secret = gtk_editable_get_text (self->client_secret);
  return *secret != '\0' ? secret : NULL;
}

void
mos_sign_in_group_apply (MosSignInGroup *self,
                         MosAccount *account)
{
  MosOAuthProvider *provider;
  g_autofree char *client_id = NULL;
  g_autofree char *authorize_url = NULL;
  g_autofree char *token_url = NULL;
  g_autofree char *scope = NULL;
  g_autofree char *mailbox = NULL;

  g_return_if_fail (MOS_IS_SIGN_IN_GROUP (self));

  provider = get_provider (self);
  client_id = dup_text (self->client_id);
  authorize_url = dup_text (self->authorize_url);
  token_url = dup_text (self->token_url);
  scope = dup_text (self->scope);
  mailbox = dup_text (self->mailbox);
  g_clear_pointer (&account->oauth, mos_oauth_unref);
  if (provider != NULL)
    account->oauth = mos_oauth_make (provider->id, client_id, NULL, NULL, NULL);
  else if (mos_sign_in_group_is_oauth (self))
    account->oauth = mos_oauth_make (MOS_OAUTH_CUSTOM, client_id, authorize_url, token_url, scope);
  g_set_str (&account->authorize_as, *mailbox != '\0' ? mailbox : NULL);
}

gboolean
mos_sign_in_group_is_valid (MosSignInGroup *self)
{
  MosOAuthProvider *provider;

  g_return_val_if_fail (MOS_IS_SIGN_IN_GROUP (self), FALSE);

  provider = get_provider (self);
  if (!mos_sign_in_group_is_oauth (self))
    return may_keep (self) || *gtk_editable_get_text (self->password) != '\0';
  if (is_empty (self->client_id))
    return FALSE;
  if (provider == NULL)
    return !is_empty (self->authorize_url) && !is_empty (self->token_url);
  return !provider->needs_secret || may_keep (self) || !is_empty (self->client_secret);
}

char *
mos_sign_in_dup_method (MosAccount *account)
{
  MosOAuthProvider *provider = account->oauth != NULL ? mos_oauth_provider_find (account->oauth->provider) : NULL;
  g_autofree char *method = NULL;

  if (provider != NULL)
    /* Translators: %s is a provider, such as Google. */
    method = g_strdup_printf (_ ("%s, through its web page"), provider->name);
  else
    method = g_strdup (account->oauth != NULL ? _ ("Another provider’s web page") : mos_channel_is_chat (account->kind) ? _ ("A token")
                                                                                                                        : _ ("A password"));
  if (account->authorize_as == NULL)
    return g_steal_pointer (&method);
  /* Translators: how an account signs in, then the address of a shared mailbox. */
  return g_strdup_printf (_ ("%s, to open the mailbox %s"), method, account->authorize_as);
}
