/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-server-group.h"

struct _MosServerGroup
{
  AdwPreferencesGroup parent_instance;

  /* Template children */
  GtkEditable *host;
  GtkEditable *port; /* no AdwSpinRow: the one of libadwaita 1.7 is unknown to screen readers */
  AdwComboRow *security;
  GtkEditable *user;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosServerGroup, mos_server_group, ADW_TYPE_PREFERENCES_GROUP)

MosAccount *
mos_account_dup (const MosAccount *account)
{
  MosAccount *copy = mos_account_new ();

  g_return_val_if_fail (account != NULL, copy);

  copy->id = g_strdup (account->id);
  copy->kind = g_strdup (account->kind);
  copy->name = g_strdup (account->name);
  copy->address = g_strdup (account->address);
  copy->aliases = g_strdupv (account->aliases);
  copy->imap = mos_server_ref (account->imap);
  copy->smtp = mos_server_ref (account->smtp);
  copy->ca_file = g_strdup (account->ca_file);
  copy->pinned_certificate = g_strdup (account->pinned_certificate);
  copy->signature = g_strdup (account->signature);
  copy->work_since_us = account->work_since_us;
  copy->server_files_sent = account->server_files_sent;
  copy->plus_addressing = account->plus_addressing;
  copy->join_subject_days = account->join_subject_days;
  copy->without_marker = account->without_marker;
  copy->spam_stays = account->spam_stays;
  copy->settings = account->settings != NULL ? g_hash_table_ref (account->settings) : NULL;
  copy->position = account->position;
  copy->oauth = account->oauth != NULL ? mos_oauth_ref (account->oauth) : NULL;
  copy->authorize_as = g_strdup (account->authorize_as);
  copy->senders = account->senders != NULL ? g_ptr_array_ref (account->senders) : NULL;
  copy->default_sender = g_strdup (account->default_sender);
  return copy;
}

/* Returns: 0 for what is no port */
static guint16
get_port (MosServerGroup *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->port)));
  guint64 port = 0;

  return g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, &port, NULL) ? (guint16) port : 0;
}

static void
on_changed_cb (MosServerGroup *self)
{
  if (get_port (self) == 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->port), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->port), "error");
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
mos_server_group_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MOS_TYPE_SERVER_GROUP);
  G_OBJECT_CLASS (mos_server_group_parent_class)->dispose (object);
}

static void
mos_server_group_class_init (MosServerGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_server_group_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-server-group.ui");
  gtk_widget_class_bind_template_child (widget_class, MosServerGroup, host);
  gtk_widget_class_bind_template_child (widget_class, MosServerGroup, port);
  gtk_widget_class_bind_template_child (widget_class, MosServerGroup, security);
  gtk_widget_class_bind_template_child (widget_class, MosServerGroup, user);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
}

static void
mos_server_group_init (MosServerGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
mos_server_group_set_server (MosServerGroup *self,
                             MosServer *server)
{
  g_autofree char *port = NULL;

  g_return_if_fail (MOS_IS_SERVER_GROUP (self));
  g_return_if_fail (server != NULL);

  gtk_editable_set_text (self->host, server->host);
  port = g_strdup_printf ("%u", server->port);
  gtk_editable_set_text (self->port, port);
  adw_combo_row_set_selected (self->security, (guint) server->security);
  gtk_editable_set_text (self->user, server->user);
}

MosServer *
mos_server_group_dup_server (MosServerGroup *self)
{
  MosServer *server = mos_server_new ();

  g_return_val_if_fail (MOS_IS_SERVER_GROUP (self), server);

  server->host = g_strstrip (g_strdup (gtk_editable_get_text (self->host)));
  server->port = get_port (self);
  server->security = (MosSecurity) adw_combo_row_get_selected (self->security);
  server->user = g_strstrip (g_strdup (gtk_editable_get_text (self->user)));
  return server;
}

gboolean
mos_server_group_is_valid (MosServerGroup *self)
{
  g_autoptr (MosServer) server = mos_server_group_dup_server (self);

  return *server->host != '\0' && server->port != 0 && *server->user != '\0';
}
