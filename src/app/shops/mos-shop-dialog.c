/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "app/shops/mos-shop-dialog.h"

#include "app/application/mos-error-text.h"
#include "app/help/mos-help-button.h"
#include "app/shops/mos-orders-dialog.h"
#include "app/shops/mos-shop-text.h"
#include "app/widgets/mos-dialog.h"
#include "core/desk/mos-desk-shops.h"
#include "core/desk/mos-shops.h"

#include <glib/gi18n.h>

struct _MosShopDialog
{
  AdwDialog parent_instance;

  /* Template children */
  AdwComboRow *kind;
  GtkEditable *address;
  GtkEditable *name;
  GtkEditable *currency;
  GtkWidget *files_row;
  AdwPreferencesGroup *keys_group;
  AdwPreferencesRow *key_row;
  AdwPreferencesRow *secret_row;
  AdwPreferencesRow *token_row;
  AdwPreferencesRow *token_secret_row;
  AdwPreferencesGroup *texts_group;
  GtkEditable *return_address;
  GtkEditable *review_url;
  GtkLabel *trouble;
  GtkWidget *spinner;
  GtkWidget *save_button;
  GtkWidget *remove_button;

  /* Owned */
  MosDesk *desk;
  MosShopAccount *shop;   /* (nullable): what is there */
  MosShopAccount *wanted; /* (nullable): what is being tried and saved */
  MosShopKeys *keys;      /* (nullable) */
  char *newest;           /* (nullable): the newest order that the test found */
  GCancellable *cancellable;

  guint n_shops;
  gboolean is_busy;
};

typedef enum
{
  SIGNAL_DONE,
} MosShopDialogSignal;

static guint signals[SIGNAL_DONE + 1];

G_DEFINE_FINAL_TYPE (MosShopDialog, mos_shop_dialog, ADW_TYPE_DIALOG)

/* In the order of the list */
static const MosShopKind kinds[] = { MOS_SHOP_WOOCOMMERCE, MOS_SHOP_SHOPIFY, MOS_SHOP_MAGENTO, MOS_SHOP_BIGCOMMERCE, MOS_SHOP_PRESTASHOP, MOS_SHOP_CSV };

static MosShopKind
get_kind (MosShopDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->kind);

  return self->shop != NULL ? self->shop->kind : kinds[selected < G_N_ELEMENTS (kinds) ? selected : 0];
}

static const char *
text_of (gpointer row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

/* What is typed into a row that this platform does not have does not count. */
static const char *
key_of (AdwPreferencesRow *row)
{
  return gtk_widget_get_visible (GTK_WIDGET (row)) ? text_of (row) : "";
}

static MosShopKeys *
make_keys (MosShopDialog *self)
{
  return mos_shop_keys_make_with_token (key_of (self->key_row), key_of (self->secret_row), key_of (self->token_row), key_of (self->token_secret_row));
}

/* Keys that are there stay where none are typed. */
static gboolean
has_new_keys (MosShopDialog *self)
{
  return *key_of (self->key_row) != '\0' || *key_of (self->secret_row) != '\0' || *key_of (self->token_row) != '\0' || *key_of (self->token_secret_row) != '\0';
}

static gboolean
is_complete_with_keys (MosShopDialog *self)
{
  g_autoptr (MosShopKeys) keys = make_keys (self);

  return *text_of (self->address) != '\0' && (mos_shop_keys_are_complete (keys, get_kind (self)) || (self->shop != NULL && !has_new_keys (self)));
}

/* "" or three letters */
static gboolean
is_currency (const char *text)
{
  return *text == '\0' || (strlen (text) == 3 && g_ascii_isalpha (text[0]) && g_ascii_isalpha (text[1]) && g_ascii_isalpha (text[2]));
}

static gboolean
is_complete (MosShopDialog *self)
{
  /* One of files is not asked anything. */
  if (mos_shop_kind_get_needs (get_kind (self)) == 0)
    return *text_of (self->name) != '\0' && is_currency (text_of (self->currency));
  return is_complete_with_keys (self);
}

static void
update (MosShopDialog *self)
{
  gtk_widget_set_visible (self->spinner, self->is_busy);
  gtk_widget_set_sensitive (self->save_button, !self->is_busy && is_complete (self));
  gtk_widget_set_sensitive (self->remove_button, !self->is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->kind), !self->is_busy && self->shop == NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->address), !self->is_busy && self->shop == NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->name), !self->is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->currency), !self->is_busy);
  gtk_widget_set_sensitive (self->files_row, !self->is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->keys_group), !self->is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->texts_group), !self->is_busy);
}

static void
set_busy (MosShopDialog *self,
          gboolean is_busy)
{
  self->is_busy = is_busy;
  update (self);
}

static void
show_trouble (MosShopDialog *self,
              const char *sentence,
              gpointer row)
{
  set_busy (self, FALSE);
  gtk_label_set_label (self->trouble, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
show_error (MosShopDialog *self,
            const GError *error)
{
  const char *why;
  g_autofree char *text = NULL;
  gboolean is_address;

  mos_shops_judge (error, &why);
  is_address = g_str_equal (why, "no_shop") || g_str_equal (why, "moved") || g_str_equal (why, "network") || g_str_equal (why, "certificate");
  /* The keyring and the disk have words of their own. */
  if (g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_SECRET_SERVICE) || error->domain == MOS_STORE_ERROR)
    text = g_strdup (mos_error_text (error).sentence);
  else
    text = self->shop == NULL ? mos_shop_text_trouble_at_first (get_kind (self), why, error->message) : mos_shop_text_trouble (get_kind (self), why, error->message);
  show_trouble (self, text, is_address && self->shop == NULL ? (gpointer) self->address : (gpointer) self->secret_row);
}

static void
close_with (MosShopDialog *self,
            const char *sentence)
{
  g_signal_emit (self, signals[SIGNAL_DONE], 0, sentence);
  adw_dialog_force_close (ADW_DIALOG (self));
}

/* --- saving --- */

static void
on_saved_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosShopDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (!mos_desk_shop_finish (MOS_DESK (source), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_error (self, error);
      return;
    }
  if (mos_shop_kind_get_needs (self->wanted->kind) == 0)
    /* Translators: %s is a shop's name. */
    sentence = g_strdup_printf (self->shop != NULL ? _ ("%s was saved") : _ ("%s was added. Choose it to import files with its orders"), self->wanted->name);
  else
    /* Translators: a shop's name, then the number of an order. */
    sentence = self->newest != NULL && *self->newest != '\0' ? g_strdup_printf (_ ("%1$s is read now; its newest order is %2$s"), self->wanted->name, self->newest)
                                                             : g_strdup_printf (_ ("%s is read now; it has no orders yet"), self->wanted->name);
  close_with (self, sentence);
}

static void
on_tested_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosShopDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosShopFacts) facts = mos_desk_test_shop_finish (MOS_DESK (source), result, &error);

  if (facts == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_error (self, error);
      return;
    }
  g_set_str (&self->newest, facts->newest);
  if (*self->wanted->currency == '\0')
    g_set_str (&self->wanted->currency, facts->currency);
  if (*text_of (self->name) == '\0' && *facts->name != '\0')
    g_set_str (&self->wanted->name, facts->name);
  mos_desk_save_shop_async (self->desk, self->wanted, self->keys, self->cancellable, on_saved_cb, g_object_ref (self));
}

/* What macros put in for shop.return_address and shop.review_url; empty = they do not know it. */
static void
take_setting (MosShopAccount *shop,
              const char *setting,
              GtkEditable *row)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (row)));

  mos_shop_account_set_setting (shop, setting, *text != '\0' ? text : NULL);
}

static void
show_setting (const MosShopAccount *shop,
              const char *setting,
              GtkEditable *row)
{
  g_autofree char *text = mos_shop_account_dup_setting (shop, setting);

  gtk_editable_set_text (row, text != NULL ? text : "");
}

/* One of files: nothing is tried, and nothing tells it from another but that it was made here. */
static void
save_without_keys (MosShopDialog *self)
{
  g_autofree char *own = g_uuid_string_random ();
  g_autofree char *currency = g_ascii_strup (text_of (self->currency), -1);

  g_clear_pointer (&self->wanted, mos_shop_account_unref);
  self->wanted = self->shop != NULL ? mos_shop_account_copy (self->shop) : mos_shop_account_make (get_kind (self), "", own);
  if (self->shop == NULL)
    self->wanted->position = (int) self->n_shops;
  g_set_str (&self->wanted->name, text_of (self->name));
  g_set_str (&self->wanted->currency, currency);
  take_setting (self->wanted, "return_address", self->return_address);
  take_setting (self->wanted, "review_url", self->review_url);
  set_busy (self, TRUE);
  mos_desk_save_shop_async (self->desk, self->wanted, NULL, self->cancellable, on_saved_cb, g_object_ref (self));
}

static void
on_save_cb (MosShopDialog *self)
{
  MosShopKind kind = get_kind (self);
  g_autofree char *address = NULL;
  const char *name = text_of (self->name);

  if (self->is_busy || !is_complete (self))
    return;
  if (mos_shop_kind_get_needs (kind) == 0)
    {
      save_without_keys (self);
      return;
    }
  address = self->shop != NULL ? g_strdup (self->shop->base_url) : mos_shop_kind_fold_address (kind, text_of (self->address));
  if (address == NULL)
    {
      show_trouble (self, mos_shop_text_no_address (kind), self->address);
      return;
    }
  g_clear_pointer (&self->wanted, mos_shop_account_unref);
  if (self->shop != NULL)
    self->wanted = mos_shop_account_copy (self->shop);
  else
    {
      self->wanted = mos_shop_account_make (kind, strstr (address, "://") + 3, address);
      self->wanted->position = (int) self->n_shops;
    }
  if (*name != '\0')
    g_set_str (&self->wanted->name, name);
  take_setting (self->wanted, "return_address", self->return_address);
  take_setting (self->wanted, "review_url", self->review_url);
  g_clear_pointer (&self->keys, mos_shop_keys_unref);
  if (has_new_keys (self))
    self->keys = make_keys (self);
  set_busy (self, TRUE);
  mos_desk_test_shop_async (self->desk, self->wanted, self->keys, self->cancellable, on_tested_cb, g_object_ref (self));
}

/* --- removing --- */

static void
on_removed_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (MosShopDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (!mos_desk_shop_finish (MOS_DESK (source), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_error (self, error);
      return;
    }
  /* Translators: %s is a shop's name. */
  sentence = g_strdup_printf (_ ("%s was removed"), self->shop->name);
  close_with (self, sentence);
}

static void
on_remove_response_cb (MosShopDialog *self,
                       const char *response)
{
  if (!g_str_equal (response, "remove"))
    return;
  set_busy (self, TRUE);
  mos_desk_remove_shop_async (self->desk, self->shop->id, self->cancellable, on_removed_cb, g_object_ref (self));
}

static void
on_remove_cb (MosShopDialog *self)
{
  /* Translators: %s is a shop's name. */
  g_autofree char *heading = g_strdup_printf (_ ("Remove %s?"), self->shop->name);
  const char *text = mos_shop_kind_get_needs (self->shop->kind) == 0 ? _ ("Its orders are not shown any more. The files that they came from stay where they are.")
                                                                     : _ ("Its orders are not shown any more, and its key is taken out of the keyring. Nothing changes in the shop itself. Added again, its orders are back.");
  AdwDialog *alert = adw_alert_dialog_new (heading, text);

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (alert), "cancel", _ ("_Cancel"), "remove", _ ("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (alert), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (alert), "cancel");
  g_signal_connect_object (alert, "response", G_CALLBACK (on_remove_response_cb), self, G_CONNECT_SWAPPED);
  mos_dialog_present (alert, GTK_WIDGET (self));
}

/* --- the dialog --- */

static void
on_import_cb (MosShopDialog *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  mos_orders_dialog_choose (self->desk, self->shop, GTK_WIDGET (gtk_widget_get_root (parent)));
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_changed_cb (MosShopDialog *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), FALSE);
  update (self);
}

/* @title: (nullable): %NULL = this platform has no such key */
static void
name_row (AdwPreferencesRow *row,
          const char *title)
{
  gtk_widget_set_visible (GTK_WIDGET (row), title != NULL);
  if (title != NULL)
    adw_preferences_row_set_title (row, title);
}

static void
on_kind_cb (MosShopDialog *self)
{
  gboolean is_asked = mos_shop_kind_get_needs (get_kind (self)) != 0;
  MosShopWords words = mos_shop_text_words (get_kind (self));
  /* A description is markup. */
  g_autofree char *where = g_markup_escape_text (mos_shop_text_where (get_kind (self)), -1);

  adw_preferences_group_set_description (self->keys_group, where);
  gtk_widget_set_visible (GTK_WIDGET (self->keys_group), is_asked);
  gtk_widget_set_visible (GTK_WIDGET (self->currency), !is_asked);
  gtk_widget_set_visible (self->files_row, !is_asked && self->shop != NULL);
  name_row (ADW_PREFERENCES_ROW (self->address), words.address);
  name_row (self->key_row, words.key);
  name_row (self->secret_row, words.secret);
  name_row (self->token_row, words.token);
  name_row (self->token_secret_row, words.token_secret);
  on_changed_cb (self);
}

static void
mos_shop_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (MOS_SHOP_DIALOG (dialog)->cancellable);
}

static void
mos_shop_dialog_dispose (GObject *object)
{
  MosShopDialog *self = MOS_SHOP_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_SHOP_DIALOG);
  g_clear_object (&self->desk);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->shop, mos_shop_account_unref);
  g_clear_pointer (&self->wanted, mos_shop_account_unref);
  g_clear_pointer (&self->keys, mos_shop_keys_unref);
  g_clear_pointer (&self->newest, g_free);
  G_OBJECT_CLASS (mos_shop_dialog_parent_class)->dispose (object);
}

static void
mos_shop_dialog_class_init (MosShopDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_shop_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = mos_shop_dialog_closed;
  signals[SIGNAL_DONE] = g_signal_new ("done", MOS_TYPE_SHOP_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (MOS_TYPE_HELP_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-shop-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosShopDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, MosShopDialog, address);
  gtk_widget_class_bind_template_child (widget_class, MosShopDialog, name);
  gtk_widget_class_bind_template_child (widget_class, MosShopDialog, currency);
  gtk_widget_class_bind_template_child (widget_class, MosShopDialog, files_row);
  gtk_widget_class_bind_template_child (widget_class, MosShopDialog, keys_group);
  gtk_widget_class_bind_template_child_full (widget_class, "key", FALSE, G_STRUCT_OFFSET (MosShopDialog, key_row));
  gtk_widget_class_bind_template_child_full (widget_class, "secret", FALSE, G_STRUCT_OFFSET (MosShopDialog, secret_row));
  gtk_widget_class_bind_template_child_full (widget_class, "token", FALSE, G_STRUCT_OFFSET (MosShopDialog, token_row));
  gtk_widget_class_bind_template_child_full (widget_class, "token_secret", FALSE, G_STRUCT_OFFSET (MosShopDialog, token_secret_row));
  gtk_widget_class_bind_template_child (widget_class, MosShopDialog, texts_group);
  gtk_widget_class_bind_template_child (widget_class, MosShopDialog, return_address);
  gtk_widget_class_bind_template_child (widget_class, MosShopDialog, review_url);
  gtk_widget_class_bind_template_child (widget_class, MosShopDialog, trouble);
  gtk_widget_class_bind_template_child (widget_class, MosShopDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, MosShopDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, MosShopDialog, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_kind_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_import_cb);
}

static void
mos_shop_dialog_init (MosShopDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_string_list_append (names, mos_shop_text_kind (kinds[i]));
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (names));
}

MosShopDialog *
mos_shop_dialog_new (MosDesk *desk,
                     MosShopAccount *shop,
                     guint n_shops)
{
  MosShopDialog *self = g_object_new (MOS_TYPE_SHOP_DIALOG, NULL);

  self->desk = g_object_ref (desk);
  self->n_shops = n_shops;
  if (shop != NULL)
    {
      for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
        if (kinds[i] == shop->kind)
          adw_combo_row_set_selected (self->kind, i);
      gtk_editable_set_text (self->address, shop->base_url);
      gtk_editable_set_text (self->name, shop->name);
      gtk_editable_set_text (self->currency, shop->currency);
      show_setting (shop, "return_address", self->return_address);
      show_setting (shop, "review_url", self->review_url);
      self->shop = mos_shop_account_ref (shop);
      adw_dialog_set_title (ADW_DIALOG (self), shop->name);
      adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->name));
      gtk_button_set_label (GTK_BUTTON (self->save_button), _ ("_Save"));
      adw_preferences_group_set_title (self->keys_group, _ ("Another Key"));
      gtk_widget_set_visible (self->remove_button, TRUE);
    }
  on_kind_cb (self);
  if (shop != NULL && shop->why != NULL && shop->state != MOS_ACCOUNT_READY)
    {
      g_autofree char *text = mos_shop_text_trouble (shop->kind, shop->why, shop->detail);

      gtk_label_set_label (self->trouble, text);
      gtk_widget_set_visible (GTK_WIDGET (self->trouble), TRUE);
    }
  return self;
}
