/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-palette"

#include "config.h"

#include "app/palette/mos-palette.h"

#include "app/application/mos-settings.h"
#include "app/palette/mos-palette-row.h"
#include "core/base/mos-fuzzy.h"

#include <glib/gi18n.h>

#define MAX_REMEMBERED 20
#define MAX_RECENT 5
#define PAGE_ROWS 6
#define RECENT_SETTING "palette-recent"
/* How much more a recent one weighs among those found: enough to go before a name that fits about as well, never before one that fits better. */
#define RECENT_WEIGHT 0.05
/* From which score on a name is what was meant: all letters of what was typed together, from the beginning of a word on. */
#define MEANT 0.85

/* One source and what it last said. */
typedef struct
{
  MosPaletteSource *source;
  GPtrArray *items;  /* (nullable) */
  guint answered;    /* the search it answered last */
  gboolean is_meant; /* one of @items is called so, or a word of it begins so */
} Section;

struct _MosPalette
{
  AdwDialog parent_instance;

  /* Template children */
  GtkSearchEntry *entry;
  GtkStack *stack;
  GtkWidget *scroller;
  GtkListBox *list;

  /* Owned */
  GPtrArray *sections;
  GCancellable *cancellable; /* (nullable): of the search that runs */
  GStrv recent;
  char *chosen; /* (nullable): id of what the person moved to */

  guint search;        /* counts them */
  guint waiting;       /* sources that have not answered it */
  gboolean is_started; /* Return was pressed before the answers came */
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosPalette, mos_palette, ADW_TYPE_DIALOG)

static void
section_free (Section *section)
{
  g_object_unref (section->source);
  g_clear_pointer (&section->items, g_ptr_array_unref);
  g_free (section);
}

/* --- recent ones --- */

void
mos_palette_remember (const char *id)
{
  g_auto (GStrv) old = g_settings_get_strv (mos_settings_get (), RECENT_SETTING);
  g_autoptr (GPtrArray) recent = g_ptr_array_new ();

  g_return_if_fail (id != NULL);

  g_ptr_array_add (recent, (gpointer) id);
  for (gsize i = 0; old[i] != NULL && recent->len < MAX_REMEMBERED; i++)
    if (!g_str_equal (old[i], id))
      g_ptr_array_add (recent, old[i]);
  g_ptr_array_add (recent, NULL);
  g_settings_set_strv (mos_settings_get (), RECENT_SETTING, (const char *const *) recent->pdata);
}

static gboolean
is_recent (MosPalette *self,
           MosPaletteItem *item)
{
  return item->is_remembered && g_strv_contains ((const char *const *) self->recent, item->id);
}

static MosPaletteItem *
find_item (MosPalette *self,
           const char *id,
           Section **ret_section)
{
  for (guint s = 0; s < self->sections->len; s++)
    {
      Section *section = g_ptr_array_index (self->sections, s);

      for (guint i = 0; section->items != NULL && i < section->items->len; i++)
        {
          MosPaletteItem *item = g_ptr_array_index (section->items, i);

          if (!g_str_equal (item->id, id))
            continue;
          *ret_section = section;
          return item;
        }
    }
  return NULL;
}

/* --- choosing --- */

static GtkListBoxRow *
get_row (MosPalette *self,
         int index)
{
  return gtk_list_box_get_row_at_index (self->list, index);
}

static void
scroll_to (MosPalette *self,
           GtkListBoxRow *row)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &bounds))
    return;
  /* With its heading, where it has one. */
  if (gtk_list_box_row_get_index (row) == 0)
    bounds.origin.y = 0;
  gtk_adjustment_clamp_page (adjustment, bounds.origin.y, bounds.origin.y + bounds.size.height);
}

static void
choose (MosPalette *self,
        GtkListBoxRow *row)
{
  if (row == NULL)
    {
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT);
      return;
    }
  gtk_list_box_select_row (self->list, row);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT, row, -1);
  scroll_to (self, row);
}

static void
move (MosPalette *self,
      int by)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int index = row != NULL ? gtk_list_box_row_get_index (row) + by : 0;
  int last = -1;
  g_autofree char *text = NULL;

  while (get_row (self, last + 1) != NULL)
    last++;
  if (last < 0)
    return;
  row = get_row (self, CLAMP (index, 0, last));
  choose (self, row);
  g_set_str (&self->chosen, mos_palette_row_get_item (row)->id);
  text = mos_palette_row_dup_text (row);
  gtk_accessible_announce (GTK_ACCESSIBLE (self->entry), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static gboolean
is_fresh (MosPalette *self,
          MosPaletteItem *item)
{
  Section *section = NULL;

  return find_item (self, item->id, &section) == item && section->answered == self->search;
}

static void
start (MosPalette *self,
       GtkListBoxRow *row)
{
  g_autoptr (MosPaletteItem) item = NULL;

  if (row != NULL && is_fresh (self, mos_palette_row_get_item (row)))
    item = g_object_ref (mos_palette_row_get_item (row));
  self->is_started = item == NULL && self->waiting > 0;
  if (item == NULL)
    {
      if (self->waiting == 0)
        gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  if (item->why_not != NULL)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      gtk_accessible_announce (GTK_ACCESSIBLE (self->entry), item->why_not, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
      return;
    }
  if (item->is_remembered)
    mos_palette_remember (item->id);
  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[CHOSEN], 0, item);
}

static void
on_row_activated_cb (MosPalette *self,
                     GtkListBoxRow *row)
{
  start (self, row);
}

static void
on_entry_activate_cb (MosPalette *self)
{
  start (self, gtk_list_box_get_selected_row (self->list));
}

static void
on_stop_cb (MosPalette *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static gboolean
on_key_cb (MosPalette *self,
           guint key,
           guint code,
           GdkModifierType state)
{
  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move (self, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move (self, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      move (self, PAGE_ROWS);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      move (self, -PAGE_ROWS);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* --- what is shown --- */

static void
on_header_cb (GtkListBoxRow *row,
              GtkListBoxRow *before,
              gpointer user_data)
{
  const char *heading = mos_palette_row_get_heading (row);
  GtkWidget *label = NULL;

  if (before == NULL || !g_str_equal (mos_palette_row_get_heading (before), heading))
    {
      label = gtk_label_new (heading);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "caption-heading");
      gtk_widget_add_css_class (label, "dimmed");
      gtk_widget_add_css_class (label, "mos-palette-heading");
    }
  gtk_list_box_row_set_header (row, label);
}

static void
append_recent (MosPalette *self,
               GHashTable *shown)
{
  guint n = 0;

  for (gsize i = 0; self->recent[i] != NULL && n < MAX_RECENT; i++)
    {
      Section *section = NULL;
      MosPaletteItem *item = find_item (self, self->recent[i], &section);

      if (item == NULL || !item->is_remembered || !g_hash_table_add (shown, item))
        continue;
      gtk_list_box_append (self->list, mos_palette_row_new (item, C_ ("palette", "Recent")));
      n++;
    }
}

/* Letters here and there in the name of an action are no reason to stand before a customer who is called so. */
static gboolean
is_meant (MosPalette *self,
          GPtrArray *items)
{
  g_autoptr (MosFuzzy) fuzzy = mos_fuzzy_new (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  for (guint i = 0; i < items->len; i++)
    if (mos_fuzzy_score (fuzzy, ((MosPaletteItem *) g_ptr_array_index (items, i))->title) >= MEANT)
      return TRUE;
  return FALSE;
}

static void
append_sections (MosPalette *self,
                 GHashTable *shown,
                 gboolean are_meant)
{
  for (guint s = 0; s < self->sections->len; s++)
    {
      Section *section = g_ptr_array_index (self->sections, s);

      for (guint i = 0; section->is_meant == are_meant && section->items != NULL && i < section->items->len; i++)
        if (g_hash_table_add (shown, g_ptr_array_index (section->items, i)))
          gtk_list_box_append (self->list, mos_palette_row_new (g_ptr_array_index (section->items, i), mos_palette_source_get_heading (section->source)));
    }
}

static void
fill (MosPalette *self)
{
  g_autoptr (GHashTable) shown = g_hash_table_new (NULL, NULL);
  GtkListBoxRow *row = NULL;

  gtk_list_box_remove_all (self->list);
  if (*gtk_editable_get_text (GTK_EDITABLE (self->entry)) == '\0')
    append_recent (self, shown);
  append_sections (self, shown, TRUE);
  append_sections (self, shown, FALSE);

  for (int i = 0; self->chosen != NULL && (row = get_row (self, i)) != NULL; i++)
    if (g_str_equal (mos_palette_row_get_item (row)->id, self->chosen))
      break;
  choose (self, row != NULL ? row : get_row (self, 0));
  if (get_row (self, 0) != NULL)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (self->waiting == 0)
    gtk_stack_set_visible_child_name (self->stack, "none");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_EXPANDED, get_row (self, 0) != NULL, -1);
}

static void
announce_count (MosPalette *self)
{
  guint n = 0;
  g_autofree char *text = NULL;

  while (get_row (self, (int) n) != NULL)
    n++;
  text = n > 0 ? g_strdup_printf (ngettext ("%u result", "%u results", n), n) : g_strdup (_ ("Nothing was found"));
  gtk_accessible_announce (GTK_ACCESSIBLE (self->entry), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

/* --- searching --- */

typedef struct
{
  MosPalette *self; /* (owned) */
  Section *section; /* lives as long as @self */
  guint search;
} Search;

static void
on_found_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autofree Search *search = user_data;
  g_autoptr (MosPalette) self = search->self;
  g_autoptr (GError) error = NULL;
  GPtrArray *items = mos_palette_source_search_finish (MOS_PALETTE_SOURCE (source), result, &error);

  if (search->search != self->search)
    {
      g_clear_pointer (&items, g_ptr_array_unref);
      return;
    }
  if (items == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("The palette could not look everywhere: %s", error->message);

  self->waiting--;
  search->section->answered = search->search;
  g_clear_pointer (&search->section->items, g_ptr_array_unref);
  search->section->items = items != NULL ? items : mos_palette_items_new ();
  for (guint i = 0; i < search->section->items->len; i++)
    {
      MosPaletteItem *item = g_ptr_array_index (search->section->items, i);

      item->score += is_recent (self, item) ? RECENT_WEIGHT : 0;
    }
  mos_palette_items_sort (search->section->items, G_MAXUINT);
  search->section->is_meant = is_meant (self, search->section->items);
  fill (self);
  if (self->is_started)
    start (self, gtk_list_box_get_selected_row (self->list));
  /* It may have been chosen and closed just now. */
  if (self->waiting == 0 && search->search == self->search)
    announce_count (self);
}

static void
run_search (MosPalette *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->search++;
  self->is_started = FALSE;
  self->waiting = self->sections->len;
  for (guint i = 0; i < self->sections->len; i++)
    {
      Section *section = g_ptr_array_index (self->sections, i);
      Search *search = g_new0 (Search, 1);

      search->self = g_object_ref (self);
      search->section = section;
      search->search = self->search;
      mos_palette_source_search_async (section->source, text, self->cancellable, on_found_cb, search);
    }
}

static void
on_search_changed_cb (MosPalette *self)
{
  /* Other words, another choice: the best is first again. */
  g_clear_pointer (&self->chosen, g_free);
  run_search (self);
}

/* --- class --- */

static void
mos_palette_closed (AdwDialog *dialog)
{
  MosPalette *self = MOS_PALETTE (dialog);

  self->search++;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
mos_palette_dispose (GObject *object)
{
  mos_palette_closed (ADW_DIALOG (object));
  gtk_widget_dispose_template (GTK_WIDGET (object), MOS_TYPE_PALETTE);
  G_OBJECT_CLASS (mos_palette_parent_class)->dispose (object);
}

static void
mos_palette_finalize (GObject *object)
{
  MosPalette *self = MOS_PALETTE (object);

  g_ptr_array_unref (self->sections);
  g_strfreev (self->recent);
  g_free (self->chosen);
  G_OBJECT_CLASS (mos_palette_parent_class)->finalize (object);
}

static void
mos_palette_class_init (MosPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_palette_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_palette_finalize;
  ADW_DIALOG_CLASS (klass)->closed = mos_palette_closed;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, MOS_TYPE_PALETTE_ITEM);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, MosPalette, entry);
  gtk_widget_class_bind_template_child (widget_class, MosPalette, stack);
  gtk_widget_class_bind_template_child (widget_class, MosPalette, scroller);
  gtk_widget_class_bind_template_child (widget_class, MosPalette, list);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
mos_palette_init (MosPalette *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->sections = g_ptr_array_new_with_free_func ((GDestroyNotify) section_free);
  self->recent = g_settings_get_strv (mos_settings_get (), RECENT_SETTING);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "mos-plain");
  gtk_list_box_set_header_func (self->list, on_header_cb, NULL, NULL);
  /* Before the text, for which Page Up and Down mean nothing but Up and Down something. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
}

MosPalette *
mos_palette_new (void)
{
  return g_object_new (MOS_TYPE_PALETTE, NULL);
}

void
mos_palette_add_source (MosPalette *self,
                        MosPaletteSource *source)
{
  Section *section = g_new0 (Section, 1);

  g_return_if_fail (MOS_IS_PALETTE (self));
  g_return_if_fail (MOS_IS_PALETTE_SOURCE (source));

  section->source = source;
  g_ptr_array_add (self->sections, section);
}

void
mos_palette_start (MosPalette *self)
{
  g_return_if_fail (MOS_IS_PALETTE (self));

  run_search (self);
}
