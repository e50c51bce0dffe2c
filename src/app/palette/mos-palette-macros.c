/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-palette"

#include "config.h"

#include "app/palette/mos-palette-macros.h"

#include "app/macros/mos-macro-text.h"
#include "core/desk/mos-desk-macros.h"

#include <glib/gi18n.h>

#define MAX_MACROS 6

struct _MosPaletteMacros
{
  GObject parent_instance;

  MosDesk *desk; /* (owned) */
};

static void mos_palette_macros_source_init (MosPaletteSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MosPaletteMacros, mos_palette_macros, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (MOS_TYPE_PALETTE_SOURCE, mos_palette_macros_source_init))

static const char *
mos_palette_macros_get_heading (MosPaletteSource *source)
{
  return C_ ("palette", "Macros");
}

static void
mos_palette_macros_search_async (MosPaletteSource *source,
                                 const char *text,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  MosPaletteMacros *self = MOS_PALETTE_MACROS (source);
  GPtrArray *items = mos_palette_items_new ();
  g_autoptr (GPtrArray) found = *text != '\0' ? mos_macros_search (mos_desk_get_macros (self->desk), text, FALSE, MAX_MACROS) : g_ptr_array_new ();

  for (guint i = 0; i < found->len; i++)
    {
      MosMacro *macro = found->pdata[i];
      g_autofree char *id = g_strconcat ("macro:", macro->id, NULL);
      g_autofree char *title = mos_macro_title_text (macro);
      MosPaletteItem *item = mos_palette_item_new_for (id, "win.use-macro", g_variant_new_string (macro->id), macro->name);

      item->subtitle = *title != '\0' ? g_steal_pointer (&title) : NULL;
      item->icon = g_strdup ("document-edit-symbolic");
      /* They are in their order already. */
      item->score = 1.0 - i * 0.01;
      item->is_remembered = TRUE;
      g_ptr_array_add (items, item);
    }
  mos_palette_source_return (self, items, cancellable, callback, user_data);
}

static void
mos_palette_macros_source_init (MosPaletteSourceInterface *iface)
{
  iface->get_heading = mos_palette_macros_get_heading;
  iface->search_async = mos_palette_macros_search_async;
}

static void
mos_palette_macros_finalize (GObject *object)
{
  g_clear_object (&MOS_PALETTE_MACROS (object)->desk);
  G_OBJECT_CLASS (mos_palette_macros_parent_class)->finalize (object);
}

static void
mos_palette_macros_class_init (MosPaletteMacrosClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_palette_macros_finalize;
}

static void
mos_palette_macros_init (MosPaletteMacros *self)
{
}

MosPaletteSource *
mos_palette_macros_new (MosDesk *desk)
{
  MosPaletteMacros *self = g_object_new (MOS_TYPE_PALETTE_MACROS, NULL);

  self->desk = g_object_ref (desk);
  return MOS_PALETTE_SOURCE (self);
}
