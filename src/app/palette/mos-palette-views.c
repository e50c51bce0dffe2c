/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-palette"

#include "config.h"

#include "app/palette/mos-palette-views.h"

#include "app/application/mos-keymap.h"
#include "app/inbox/mos-view-text.h"
#include "app/widgets/mos-account-title.h"
#include "core/base/mos-fuzzy.h"
#include "core/desk/mos-desk-views.h"
#include "core/values/mos-view-values.h"

#include <glib/gi18n.h>

#define MAX_VIEWS 8

struct _MosPaletteViews
{
  GObject parent_instance;

  MosDesk *desk; /* (owned) */
};

static void mos_palette_views_source_init (MosPaletteSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MosPaletteViews, mos_palette_views, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (MOS_TYPE_PALETTE_SOURCE, mos_palette_views_source_init))

static const char *
mos_palette_views_get_heading (MosPaletteSource *source)
{
  return C_ ("palette", "Views");
}

/* Returns: (transfer full) (nullable): %NULL for an account that is gone */
static char *
title_of (MosPaletteViews *self,
          MosView *view)
{
  GListModel *accounts = mos_desk_get_accounts (self->desk);

  if (view->kind == MOS_VIEW_SAVED)
    {
      GPtrArray *saved = mos_desk_get_views (self->desk);

      for (guint i = 0; i < saved->len; i++)
        if (g_str_equal (((MosSavedView *) saved->pdata[i])->id, view->argument))
          return g_strdup (((MosSavedView *) saved->pdata[i])->name);
      return NULL;
    }
  if (view->kind != MOS_VIEW_ACCOUNT)
    return g_strdup (mos_view_text_get_title (view->kind));
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (MosAccountItem) item = g_list_model_get_item (accounts, i);
      MosAccount *account = mos_account_item_get_account (item);

      if (g_str_equal (account->id, view->argument))
        return mos_account_title_dup (accounts, account);
    }
  return NULL;
}

static void
on_counts_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  MosPaletteViews *self = g_task_get_source_object (task);
  const char *text = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) counts = mos_desk_load_counts_finish (MOS_DESK (source), result, &error);
  g_autoptr (MosFuzzy) fuzzy = mos_fuzzy_new (text);
  GPtrArray *items;

  if (counts == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  items = mos_palette_items_new ();
  for (guint i = 0; i < counts->len; i++)
    {
      MosViewCount *count = g_ptr_array_index (counts, i);
      const char *nick = mos_view_kind_to_nick (count->view->kind);
      g_autofree char *name = mos_view_get_key (count->view);
      g_autofree char *action = g_strdup_printf ("win.show-view('%s')", nick);
      const MosShortcut *shortcut = count->view->argument != NULL ? NULL : mos_shortcuts_find (action);
      g_autofree char *title = title_of (self, count->view);
      MosPaletteItem *item;
      g_autofree char *id = NULL;
      double score;

      if (title == NULL)
        continue;
      score = mos_fuzzy_score (fuzzy, title);
      /* "Go to Closed", in both languages. */
      if (shortcut != NULL)
        score = MAX (score, MAX (mos_fuzzy_score (fuzzy, mos_shortcut_get_title (shortcut)), mos_fuzzy_score (fuzzy, shortcut->title)));
      if (score <= 0)
        continue;
      id = g_strconcat ("view:", name, NULL);
      item = mos_palette_item_new_for (id, "win.show-view", g_variant_new_string (name), title);
      item->subtitle = g_strdup_printf (ngettext ("%'u conversation", "%'u conversations", count->count), count->count);
      item->icon = g_strdup (mos_view_text_get_icon (count->view->kind));
      item->keys = shortcut != NULL ? mos_keymap_dup_label (mos_keymap_get (), shortcut) : NULL;
      item->score = score;
      item->is_remembered = TRUE;
      g_ptr_array_add (items, item);
    }
  mos_palette_items_sort (items, mos_fuzzy_is_empty (fuzzy) ? items->len : MAX_VIEWS);
  g_task_return_pointer (task, items, (GDestroyNotify) g_ptr_array_unref);
}

static void
mos_palette_views_search_async (MosPaletteSource *source,
                                const char *text,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  MosPaletteViews *self = MOS_PALETTE_VIEWS (source);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, g_strdup (text), g_free);
  mos_desk_load_counts_async (self->desk, cancellable, on_counts_cb, task);
}

static void
mos_palette_views_source_init (MosPaletteSourceInterface *iface)
{
  iface->get_heading = mos_palette_views_get_heading;
  iface->search_async = mos_palette_views_search_async;
}

static void
mos_palette_views_finalize (GObject *object)
{
  g_clear_object (&MOS_PALETTE_VIEWS (object)->desk);
  G_OBJECT_CLASS (mos_palette_views_parent_class)->finalize (object);
}

static void
mos_palette_views_class_init (MosPaletteViewsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_palette_views_finalize;
}

static void
mos_palette_views_init (MosPaletteViews *self)
{
}

MosPaletteSource *
mos_palette_views_new (MosDesk *desk)
{
  MosPaletteViews *self = g_object_new (MOS_TYPE_PALETTE_VIEWS, NULL);

  self->desk = g_object_ref (desk);
  return MOS_PALETTE_SOURCE (self);
}
