/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-sender-group.h"

#include "app/accounts/mos-sender-dialog.h"
#include "app/widgets/mos-dialog.h"

#include "core/desk/mos-senders.h"

#include <glib/gi18n.h>

struct _MosSenderGroup
{
  AdwPreferencesGroup parent_instance;

  /* Owned */
  MosAccount *account;  /* (nullable) */
  GPtrArray *senders;   /* of MosSender, without the account's own address */
  char *default_sender; /* (nullable): %NULL = the account's own address */
  GPtrArray *rows;      /* of widgets (borrowed) */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosSenderGroup, mos_sender_group, ADW_TYPE_PREFERENCES_GROUP)

static void fill (MosSenderGroup *self);

/* Which row is edited; the first is the account's own address, whose details are those of the account. */
typedef struct
{
  MosSenderGroup *group; /* (owned) */
  guint position;        /* G_MAXUINT for a new one */
} Edited;

static void
edited_free (gpointer data,
             GClosure *closure)
{
  Edited *edited = data;

  g_object_unref (edited->group);
  g_free (edited);
}

static gboolean
is_default (MosSenderGroup *self,
            const char *address)
{
  return g_strcmp0 (self->default_sender, address) == 0;
}

static void
on_edited_cb (MosSenderDialog *dialog,
              MosSender *sender,
              gboolean make_default,
              gpointer user_data)
{
  Edited *edited = user_data;
  MosSenderGroup *self = edited->group;
  MosSender *old = edited->position < self->senders->len ? g_ptr_array_index (self->senders, edited->position) : NULL;

  if (make_default && sender != NULL)
    g_set_str (&self->default_sender, sender->address);
  else if (old != NULL && is_default (self, old->address))
    g_clear_pointer (&self->default_sender, g_free);

  if (sender == NULL && old != NULL)
    g_ptr_array_remove_index (self->senders, edited->position);
  else if (sender != NULL && old != NULL)
    {
      g_ptr_array_insert (self->senders, (int) edited->position, mos_sender_ref (sender));
      g_ptr_array_remove_index (self->senders, edited->position + 1);
    }
  else if (sender != NULL)
    g_ptr_array_add (self->senders, mos_sender_ref (sender));

  fill (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
edit (MosSenderGroup *self,
      guint position)
{
  MosSender *sender = position < self->senders->len ? g_ptr_array_index (self->senders, position) : NULL;
  MosSenderDialog *dialog = mos_sender_dialog_new (self->account, sender, sender != NULL && is_default (self, sender->address));
  Edited *edited = g_new0 (Edited, 1);

  edited->group = g_object_ref (self);
  edited->position = position;
  g_signal_connect_data (dialog, "edited", G_CALLBACK (on_edited_cb), edited, edited_free, 0);
  mos_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
on_add_cb (MosSenderGroup *self)
{
  edit (self, G_MAXUINT);
}

static void
on_row_activated_cb (MosSenderGroup *self,
                     AdwActionRow *row)
{
  guint position = 0;

  if (g_ptr_array_find (self->rows, row, &position) && position > 0)
    edit (self, position - 1);
}

/* The account's own address is made the default here; the others in their dialog. */
static void
on_own_default_cb (MosSenderGroup *self)
{
  g_clear_pointer (&self->default_sender, g_free);
  fill (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_row (MosSenderGroup *self,
         const char *address,
         const char *name,
         gboolean is_default_one,
         gboolean is_own)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), address);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), name);
  if (is_default_one)
    {
      /* Translators: the sender address that new mail is written from */
      GtkWidget *mark = gtk_label_new (C_ ("sender address", "Default"));

      gtk_widget_add_css_class (mark, "dim-label");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), mark);
    }
  else if (is_own)
    {
      GtkWidget *button = gtk_button_new_with_label (_ ("Make Default"));

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_own_default_cb), self, G_CONNECT_SWAPPED);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  if (!is_own)
    {
      GtkWidget *arrow = g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic", "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

      adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_signal_connect_object (row, "activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
    }
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

static void
fill (MosSenderGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  if (self->account == NULL)
    return;

  add_row (self, self->account->address, self->account->name, self->default_sender == NULL, TRUE);
  for (guint i = 0; i < self->senders->len; i++)
    {
      const MosSender *sender = g_ptr_array_index (self->senders, i);

      add_row (self, sender->address, sender->name != NULL ? sender->name : self->account->name, is_default (self, sender->address), FALSE);
    }
}

static void
mos_sender_group_dispose (GObject *object)
{
  MosSenderGroup *self = MOS_SENDER_GROUP (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_SENDER_GROUP);
  g_clear_pointer (&self->account, mos_account_unref);
  g_clear_pointer (&self->senders, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->default_sender, g_free);
  G_OBJECT_CLASS (mos_sender_group_parent_class)->dispose (object);
}

static void
mos_sender_group_class_init (MosSenderGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_sender_group_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-sender-group.ui");
  gtk_widget_class_bind_template_callback (widget_class, on_add_cb);
}

static void
mos_sender_group_init (MosSenderGroup *self)
{
  self->senders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_sender_unref);
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
mos_sender_group_set_account (MosSenderGroup *self,
                              MosAccount *account)
{
  g_autoptr (GPtrArray) all = NULL;

  g_return_if_fail (MOS_IS_SENDER_GROUP (self));

  mos_account_ref (account);
  g_clear_pointer (&self->account, mos_account_unref);
  self->account = account;
  g_set_str (&self->default_sender, account->default_sender);
  g_ptr_array_set_size (self->senders, 0);
  for (guint i = 0; account->senders != NULL && i < account->senders->len; i++)
    g_ptr_array_add (self->senders, mos_sender_ref (g_ptr_array_index (account->senders, i)));
  /* Those of a profile from before senders had details */
  all = mos_account_list_senders (account);
  for (guint i = 1 + self->senders->len; i < all->len; i++)
    g_ptr_array_add (self->senders, mos_sender_make (((MosSender *) g_ptr_array_index (all, i))->address, NULL, NULL, NULL));
  fill (self);
}

void
mos_sender_group_apply (MosSenderGroup *self,
                        MosAccount *account)
{
  g_return_if_fail (MOS_IS_SENDER_GROUP (self));

  mos_account_set_senders (account, self->senders, self->default_sender);
}
