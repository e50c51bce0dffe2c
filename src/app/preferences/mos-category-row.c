/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-preferences"

#include "config.h"

#include "app/preferences/mos-category-row.h"

#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

struct _MosCategoryRow
{
  AdwExpanderRow parent_instance;

  GtkWidget *up_button;
  GtkWidget *down_button;
  GtkWidget *name_row;
  GtkWidget *complex_row;
  GtkWidget *words_row;
  GtkWidget *remove_row;

  MosCategory *category; /* (owned) (nullable) */
  gboolean is_setting;
};

enum
{
  CHANGED,
  MOVE,
  REMOVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosCategoryRow, mos_category_row, ADW_TYPE_EXPANDER_ROW)

/* --- what is done to it --- */

/* One field; what is typed in the others and not applied stays there. */
static void
emit_changed (MosCategoryRow *self,
              GtkWidget *field)
{
  g_autoptr (MosCategory) changed = NULL;

  if (self->is_setting || self->category == NULL)
    return;
  changed = mos_category_copy (self->category);
  if (field == self->complex_row)
    changed->is_complex = adw_switch_row_get_active (ADW_SWITCH_ROW (field));
  else
    g_set_str (field == self->name_row ? &changed->name : &changed->words, gtk_editable_get_text (GTK_EDITABLE (field)));
  g_signal_emit (self, signals[CHANGED], 0, changed);
}

static void
on_apply_cb (MosCategoryRow *self,
             GtkWidget *row)
{
  emit_changed (self, row);
}

static void
on_complex_cb (MosCategoryRow *self)
{
  emit_changed (self, self->complex_row);
}

static void
on_up_cb (MosCategoryRow *self)
{
  g_signal_emit (self, signals[MOVE], 0, -1);
}

static void
on_down_cb (MosCategoryRow *self)
{
  g_signal_emit (self, signals[MOVE], 0, 1);
}

static void
on_remove_cb (MosCategoryRow *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

/* --- what is shown --- */

static void
name_button (GtkWidget *button,
             const char *format,
             const char *name)
{
  g_autofree char *label = g_strdup_printf (format, name);

  gtk_widget_set_tooltip_text (button, label);
  mos_widget_set_label (button, label);
}

/* Not what is being typed: only where what is stored has become another. */
static void
update_entry (GtkWidget *row,
              const char *was,
              const char *is)
{
  if (g_strcmp0 (was, is) != 0 && !g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), is))
    gtk_editable_set_text (GTK_EDITABLE (row), is);
}

static char *
make_subtitle (const MosCategory *category)
{
  if (!category->is_complex)
    return g_strdup (category->words);
  if (*category->words == '\0')
    return g_strdup (C_ ("category", "Complex"));
  /* Translators: beside a category: that it is complex, and words of the shop's */
  return g_strdup_printf (_ ("%1$s · %2$s"), C_ ("category", "Complex"), category->words);
}

void
mos_category_row_set_category (MosCategoryRow *self,
                               MosCategory *category,
                               gboolean is_first,
                               gboolean is_last)
{
  g_autoptr (MosCategory) old = NULL;
  g_autofree char *subtitle = NULL;
  gboolean up_had_focus, down_had_focus;

  g_return_if_fail (MOS_IS_CATEGORY_ROW (self));
  g_return_if_fail (category != NULL);

  old = g_steal_pointer (&self->category);
  self->category = mos_category_ref (category);
  subtitle = make_subtitle (category);
  up_had_focus = gtk_widget_has_focus (self->up_button);
  down_had_focus = gtk_widget_has_focus (self->down_button);

  self->is_setting = TRUE;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), category->name);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  update_entry (self->name_row, old != NULL ? old->name : NULL, category->name);
  update_entry (self->words_row, old != NULL ? old->words : NULL, category->words);
  adw_switch_row_set_active (ADW_SWITCH_ROW (self->complex_row), category->is_complex);
  self->is_setting = FALSE;

  /* Translators: %s is the name of a category */
  name_button (self->up_button, _ ("Move up: %s"), category->name);
  /* Translators: %s is the name of a category */
  name_button (self->down_button, _ ("Move down: %s"), category->name);
  gtk_widget_set_sensitive (self->up_button, !is_first);
  gtk_widget_set_sensitive (self->down_button, !is_last);
  /* At the end of its way it goes back only. */
  if (up_had_focus && is_first && !is_last)
    gtk_widget_grab_focus (self->down_button);
  else if (down_had_focus && is_last && !is_first)
    gtk_widget_grab_focus (self->up_button);
}

MosCategory *
mos_category_row_get_category (MosCategoryRow *self)
{
  g_return_val_if_fail (MOS_IS_CATEGORY_ROW (self), NULL);

  return self->category;
}

/* --- class --- */

static void
mos_category_row_dispose (GObject *object)
{
  g_clear_pointer (&MOS_CATEGORY_ROW (object)->category, mos_category_unref);
  G_OBJECT_CLASS (mos_category_row_parent_class)->dispose (object);
}

static void
mos_category_row_class_init (MosCategoryRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_category_row_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, mos_category_get_type ());
  signals[MOVE] = g_signal_new ("move", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[REMOVE] = g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
make_button (MosCategoryRow *self,
             const char *icon,
             GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  adw_expander_row_add_suffix (ADW_EXPANDER_ROW (self), button);
  return button;
}

static GtkWidget *
make_entry (MosCategoryRow *self,
            const char *title)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ENTRY_ROW, "title", title, "show-apply-button", TRUE, NULL);

  g_signal_connect_object (row, "apply", G_CALLBACK (on_apply_cb), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  return row;
}

static void
mos_category_row_init (MosCategoryRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_expander_row_set_subtitle_lines (ADW_EXPANDER_ROW (self), 1);
  self->down_button = make_button (self, "go-down-symbolic", G_CALLBACK (on_down_cb));
  self->up_button = make_button (self, "go-up-symbolic", G_CALLBACK (on_up_cb));
  self->name_row = make_entry (self, _ ("Name"));
  self->words_row = make_entry (self, _ ("Your own words for it, separated by commas"));
  self->complex_row = g_object_new (ADW_TYPE_SWITCH_ROW, "title", _ ("Complex"), "subtitle", _ ("It may take longer than others"), NULL);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->complex_row);
  g_signal_connect_object (self->complex_row, "notify::active", G_CALLBACK (on_complex_cb), self, G_CONNECT_SWAPPED);
  self->remove_row = g_object_new (ADW_TYPE_BUTTON_ROW, "title", _ ("Remove"), "start-icon-name", "user-trash-symbolic", NULL);
  gtk_widget_add_css_class (self->remove_row, "destructive-action");
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->remove_row);
  g_signal_connect_object (self->remove_row, "activated", G_CALLBACK (on_remove_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
mos_category_row_new (void)
{
  return g_object_new (MOS_TYPE_CATEGORY_ROW, NULL);
}
