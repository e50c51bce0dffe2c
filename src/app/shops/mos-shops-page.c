/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-shops"

#include "config.h"

#include "app/shops/mos-shops-page.h"

#include "app/application/mos-error-text.h"
#include "app/help/mos-help-button.h"
#include "app/shops/mos-shop-dialog.h"
#include "app/shops/mos-shop-text.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-toast-show.h"
#include "core/desk/mos-desk-shops.h"

#include <glib/gi18n.h>

struct _MosShopsPage
{
  AdwNavigationPage parent_instance;

  /* Template children */
  AdwPreferencesGroup *group;
  GtkWidget *add_row;
  GtkWidget *sync_row;

  GHashTable *rows;             /* (owned) id -> AdwActionRow (borrowed) */
  GPtrArray *shops;             /* (owned) (nullable) of MosShopAccount, in the order of the rows */
  MosDesk *desk;                /* (owned) (nullable) */
  AdwPreferencesDialog *dialog; /* (weak) (nullable) */
  GCancellable *cancellable;    /* (owned) */
};

G_DEFINE_FINAL_TYPE (MosShopsPage, mos_shops_page, ADW_TYPE_NAVIGATION_PAGE)

static void
on_done_cb (MosShopsPage *self,
            const char *sentence)
{
  if (self->dialog == NULL)
    return;
  mos_toast_show_in_preferences (self->dialog, g_object_new (ADW_TYPE_TOAST, "title", sentence, "use-markup", FALSE, NULL));
}

/* The row that it was opened from may be gone: the keyboard stays on the page. */
static void
on_closed_cb (MosShopsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (root != NULL && (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self))))
    gtk_widget_grab_focus (self->add_row);
}

static void
open_dialog (MosShopsPage *self,
             MosShopAccount *shop)
{
  MosShopDialog *dialog = mos_shop_dialog_new (self->desk, shop, self->shops != NULL ? self->shops->len : 0);

  g_signal_connect_object (dialog, "done", G_CALLBACK (on_done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "closed", G_CALLBACK (on_closed_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  mos_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
on_add_cb (MosShopsPage *self)
{
  open_dialog (self, NULL);
}

static void
on_sync_cb (MosShopsPage *self)
{
  mos_desk_wake_shops (self->desk, NULL);
}

static void
on_row_cb (MosShopsPage *self,
           AdwActionRow *row)
{
  for (guint i = 0; i < self->shops->len; i++)
    {
      MosShopAccount *shop = self->shops->pdata[i];

      if (g_hash_table_lookup (self->rows, shop->id) == row)
        {
          open_dialog (self, shop);
          return;
        }
    }
}

static GtkWidget *
make_row (MosShopsPage *self)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "activatable", TRUE, "subtitle-lines", 0, NULL);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic", "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_row_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static void
fill_row (GtkWidget *row,
          const MosShopAccount *shop)
{
  g_autofree char *state = mos_shop_text_state (shop, g_get_real_time ());
  g_autofree char *subtitle = g_strdup_printf ("%s\n%s", mos_shop_text_kind (shop->kind), state);
  gboolean has_trouble = shop->why != NULL && shop->state != MOS_ACCOUNT_READY;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), shop->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (has_trouble)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
}

/* Whether one of them is not of files alone. */
static gboolean
has_asked (GPtrArray *shops)
{
  for (guint i = 0; i < shops->len; i++)
    if (mos_shop_kind_get_needs (((MosShopAccount *) shops->pdata[i])->kind) != 0)
      return TRUE;
  return FALSE;
}

/* Rows stay where they are: the keyboard may be in one. */
static void
show (MosShopsPage *self,
      GPtrArray *shops)
{
  g_autoptr (GHashTable) old = g_steal_pointer (&self->rows);
  GHashTableIter iter;
  GtkWidget *gone;

  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < shops->len; i++)
    {
      const MosShopAccount *shop = shops->pdata[i];
      GtkWidget *row = g_hash_table_lookup (old, shop->id);

      if (row == NULL)
        {
          row = make_row (self);
          adw_preferences_group_add (self->group, row);
        }
      g_hash_table_remove (old, shop->id);
      fill_row (row, shop);
      g_hash_table_insert (self->rows, g_strdup (shop->id), row);
    }
  g_hash_table_iter_init (&iter, old);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &gone))
    {
      if (gtk_widget_get_focus_child (GTK_WIDGET (self->group)) != NULL)
        gtk_widget_grab_focus (self->add_row);
      adw_preferences_group_remove (self->group, gone);
    }
  gtk_widget_set_visible (self->sync_row, has_asked (shops) && (mos_desk_get_flags (self->desk) & MOS_DESK_FLAG_OFFLINE) == 0);
  g_clear_pointer (&self->shops, g_ptr_array_unref);
  self->shops = g_ptr_array_ref (shops);
}

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosShopsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) shops = mos_desk_load_shops_finish (MOS_DESK (source), result, &error);

  if (self->desk == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (shops != NULL)
    show (self, shops);
  else
    on_done_cb (self, mos_error_text (error).sentence);
}

static void
reload (MosShopsPage *self)
{
  mos_desk_load_shops_async (self->desk, self->cancellable, on_loaded_cb, g_object_ref (self));
}

static void
mos_shops_page_dispose (GObject *object)
{
  MosShopsPage *self = MOS_SHOPS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  g_clear_weak_pointer (&self->dialog);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->shops, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), MOS_TYPE_SHOPS_PAGE);
  G_OBJECT_CLASS (mos_shops_page_parent_class)->dispose (object);
}

static void
mos_shops_page_class_init (MosShopsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_shops_page_dispose;
  g_type_ensure (MOS_TYPE_HELP_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-shops-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MosShopsPage, group);
  gtk_widget_class_bind_template_child (widget_class, MosShopsPage, add_row);
  gtk_widget_class_bind_template_child (widget_class, MosShopsPage, sync_row);
  gtk_widget_class_bind_template_callback (widget_class, on_add_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_sync_cb);
}

static void
mos_shops_page_init (MosShopsPage *self)
{
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

MosShopsPage *
mos_shops_page_new (MosDesk *desk,
                    AdwPreferencesDialog *dialog)
{
  MosShopsPage *self = g_object_new (MOS_TYPE_SHOPS_PAGE, NULL);

  self->desk = g_object_ref (desk);
  g_set_weak_pointer (&self->dialog, dialog);
  g_signal_connect_object (desk, "shops-changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  reload (self);
  return self;
}
