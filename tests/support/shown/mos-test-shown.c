/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */

/* A GIO module that is loaded into the real program (GIO_EXTRA_MODULES) and tells what its windows show: on SIGUSR2 it writes to MOS_TEST_SHOWN
 * one JSON object a line, for each window and each widget with words. The program itself knows nothing of it. Assistive tools cannot be asked
 * this: they are not told whether a label had to be cut. */
#include "config.h"

#include <adwaita.h>
#include <glib-unix.h>
#include <json-glib/json-glib.h>
#include <stdio.h>

/* What an accessible property says; NULL where it is not set */
static char *
property (GtkWidget *widget,
          GtkAccessibleProperty which)
{
  /* It tells what is there instead of what is asked for, in quotation marks where that is a text. */
  g_autofree char *found = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), which, "\001");
  gsize length;

  if (found == NULL)
    return NULL;
  length = strlen (found);
  if (length < 2 || found[0] != '"' || found[length - 1] != '"')
    return g_str_equal (found, "undefined") ? NULL : g_steal_pointer (&found);
  return g_strndup (found + 1, length - 2);
}

static void
add (JsonObject *object,
     const char *name,
     const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (object, name, text);
}

static void
print (FILE *out,
       JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *line = json_to_string (node, FALSE);

  fprintf (out, "%s\n", line);
}

/* Whether what lies beyond the edge is brought in by scrolling */
static gboolean
is_scrolled (GtkWidget *widget)
{
  for (GtkWidget *above = gtk_widget_get_parent (widget); above != NULL; above = gtk_widget_get_parent (above))
    {
      GtkPolicyType across;

      if (ADW_IS_CAROUSEL (above))
        return TRUE;
      if (!GTK_IS_SCROLLED_WINDOW (above))
        continue;
      gtk_scrolled_window_get_policy (GTK_SCROLLED_WINDOW (above), &across, NULL);
      if (across != GTK_POLICY_NEVER)
        return TRUE;
    }
  return FALSE;
}

/* A label may be wider than what is written in it. */
static gboolean
is_outside (GtkWidget *widget,
            GtkWidget *native)
{
  PangoRectangle ink;
  graphene_point_t from, to;
  int left, top;

  gtk_label_get_layout_offsets (GTK_LABEL (widget), &left, &top);
  pango_layout_get_pixel_extents (gtk_label_get_layout (GTK_LABEL (widget)), &ink, NULL);
  if (!gtk_widget_compute_point (widget, native, &GRAPHENE_POINT_INIT ((float) left + (float) ink.x, 0), &from) ||
      !gtk_widget_compute_point (widget, native, &GRAPHENE_POINT_INIT ((float) left + (float) ink.x + (float) ink.width, 0), &to))
    return FALSE;
  return (MIN (from.x, to.x) < 0 || MAX (from.x, to.x) > (float) gtk_widget_get_width (native)) && !is_scrolled (widget);
}

static void
add_label (JsonObject *object,
           GtkWidget *widget,
           GtkWidget *native)
{
  add (object, "text", gtk_label_get_text (GTK_LABEL (widget)));
  json_object_set_boolean_member (object, "ellipsized", pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))));
  json_object_set_boolean_member (object, "outside", !GTK_IS_POPOVER (native) && is_outside (widget, native));
}

static void
tell (FILE *out,
      GtkWidget *widget,
      GtkWidget *native,
      const char *path)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *label = property (widget, GTK_ACCESSIBLE_PROPERTY_LABEL);
  g_autofree char *description = property (widget, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  g_autofree char *here = g_strconcat (path, "/", G_OBJECT_TYPE_NAME (widget), NULL);

  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget))
    add_label (object, widget, native);
  else if (GTK_IS_ENTRY (widget))
    add (object, "placeholder", gtk_entry_get_placeholder_text (GTK_ENTRY (widget)));
  add (object, "tooltip", gtk_widget_get_tooltip_text (widget));
  add (object, "label", label);
  add (object, "description", description);
  if (json_object_get_size (object) > 0)
    {
      add (object, "path", here);
      print (out, object);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    tell (out, child, GTK_IS_NATIVE (child) ? child : native, here);
}

static gboolean
tell_all (gpointer unused)
{
  const char *path = g_getenv ("MOS_TEST_SHOWN");
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  FILE *out = fopen (part, "w");
  GListModel *windows = gtk_window_get_toplevels ();

  g_assert (out != NULL);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      g_autoptr (JsonObject) object = json_object_new ();
      int least;

      if (!gtk_widget_get_mapped (window))
        continue;
      gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      add (object, "window", gtk_window_get_title (GTK_WINDOW (window)));
      json_object_set_int_member (object, "width", gtk_widget_get_width (window));
      json_object_set_int_member (object, "least", least);
      print (out, object);
      tell (out, window, window, "");
    }
  fclose (out);
  g_assert (rename (part, path) == 0);
  return G_SOURCE_CONTINUE;
}

G_MODULE_EXPORT void g_io_mos_test_shown_load (GIOModule *module);
G_MODULE_EXPORT void g_io_mos_test_shown_unload (GIOModule *module);

/* Modules are loaded by whichever thread wants one first. */
void
g_io_mos_test_shown_load (GIOModule *module)
{
  g_type_module_use (G_TYPE_MODULE (module));
  if (g_getenv ("MOS_TEST_SHOWN") != NULL)
    g_unix_signal_add (SIGUSR2, tell_all, NULL);
}

void
g_io_mos_test_shown_unload (GIOModule *module)
{
}
