/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* Whether what is written can be read: the window and its dialogs with the sample shop are drawn, light and dark, and the contrast of each text is
 * computed from what is seen (WCAG 2.2, 1.4.3 and 1.4.6). */
#include "config.h"

#include "app/inbox/mos-conversation-row-view.h"
#include "app/preferences/mos-preferences-dialog.h"
#include "app/window/mos-window.h"

#include "core/desk/mos-sample.h"
#include "mos-test-store.h"

#include <math.h>
#include <string.h>

/* Drawn so much larger, the strokes of letters have pixels of their very colour. */
#define SCALE 2
/* WCAG 2.2, 1.4.3 (AA); with high contrast 1.4.6 (AAA) */
#define ENOUGH 4.5
#define ENOUGH_HIGH 7.0
/* Of large text, and bold one that is nearly so large: in pixels */
#define ENOUGH_LARGE 3.0
#define LARGE 24
#define LARGE_BOLD 18.6

typedef struct
{
  const char *place;
  GtkWidget *window;
  guchar *pixels; /* (owned) RGBA */
  int width, height;
  guint n_texts, n_faint;
  GHashTable *seen; /* (owned): what was said already */
} Picture;

/* WCAG 2.2, definition of relative luminance */
static double
luminance (const guchar *rgba)
{
  double sum = 0;
  static const double weights[] = { 0.2126, 0.7152, 0.0722 };

  for (guint i = 0; i < 3; i++)
    {
      double c = rgba[i] / 255.0;

      sum += weights[i] * (c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4));
    }
  return sum;
}

static double
contrast (const guchar *a,
          const guchar *b)
{
  double one = luminance (a), other = luminance (b);

  return (MAX (one, other) + 0.05) / (MIN (one, other) + 0.05);
}

/* Returns: (transfer full) (nullable): %NULL before it has been drawn anew */
static GskRenderNode *
take_node (Picture *self)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (self->window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, snapshot, self->width, self->height);
  return gtk_snapshot_free_to_node (snapshot);
}

static void
draw (Picture *self)
{
  g_autoptr (GskRenderer) renderer = gsk_cairo_renderer_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GdkTextureDownloader) downloader = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  graphene_rect_t area;
  gsize stride;

  self->width = gtk_widget_get_width (self->window) * SCALE;
  self->height = gtk_widget_get_height (self->window) * SCALE;
  mos_test_wait ((node = take_node (self)) != NULL, 5000);
  gsk_renderer_realize_for_display (renderer, gtk_widget_get_display (self->window), &error);
  g_assert_no_error (error);
  graphene_rect_init (&area, 0, 0, (float) self->width, (float) self->height);
  texture = gsk_renderer_render_texture (renderer, node, &area);
  downloader = gdk_texture_downloader_new (texture);
  gdk_texture_downloader_set_format (downloader, GDK_MEMORY_R8G8B8A8);
  bytes = gdk_texture_downloader_download_bytes (downloader, &stride);
  g_assert_cmpuint (stride, ==, (gsize) self->width * 4);
  self->pixels = g_bytes_unref_to_data (g_steal_pointer (&bytes), &(gsize) { 0 });
  gsk_renderer_unrealize (renderer);
}

static const guchar *
at (const Picture *self,
    int x,
    int y)
{
  return self->pixels + ((gsize) y * (gsize) self->width + (gsize) x) * 4;
}

/* What there is most of. */
static void
find_ground (const Picture *self,
             const GdkRectangle *box,
             guchar ret_rgba[4])
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  guint best = 0;

  for (int y = box->y; y < box->y + box->height; y++)
    for (int x = box->x; x < box->x + box->width; x++)
      {
        guint32 color;
        guint n;

        memcpy (&color, at (self, x, y), 4);
        n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, GUINT_TO_POINTER (color))) + 1;
        g_hash_table_insert (counts, GUINT_TO_POINTER (color), GUINT_TO_POINTER (n));
        if (n > best)
          {
            best = n;
            memcpy (ret_rgba, &color, 4);
          }
      }
}

/* @box: in the picture. Returns: the contrast of what differs most from the ground; 1 where nothing does */
static double
measure (const Picture *self,
         const GdkRectangle *box)
{
  guchar ground[4] = { 0 };
  double most = 1;
  guint32 last = 0;

  find_ground (self, box, ground);
  for (int y = box->y; y < box->y + box->height; y++)
    for (int x = box->x; x < box->x + box->width; x++)
      {
        guint32 color;

        memcpy (&color, at (self, x, y), 4);
        if (color != last)
          most = MAX (most, contrast (at (self, x, y), ground));
        last = color;
      }
  return most;
}

static double
enough_for (GtkWidget *widget)
{
  const PangoFontDescription *font = pango_context_get_font_description (gtk_widget_get_pango_context (widget));
  gboolean is_own = TRUE;
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size = size * 96 / 72;
  for (GtkWidget *up = widget; up != NULL; up = gtk_widget_get_parent (up))
    {
      /* The accent is the person's own choice, and what stands on it is libadwaita's: not ours to change. */
      if (gtk_widget_has_css_class (up, "suggested-action") || gtk_widget_has_css_class (up, "destructive-action"))
        return ENOUGH_LARGE;
      /* Nor are buttons; and beside the letters of a face stands the name. */
      is_own = is_own && !GTK_IS_BUTTON (up) && !ADW_IS_AVATAR (up);
    }
  if (is_own && adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
    return ENOUGH_HIGH;
  return size >= LARGE || (size >= LARGE_BOLD && pango_font_description_get_weight (font) >= PANGO_WEIGHT_BOLD) ? ENOUGH_LARGE : ENOUGH;
}

static void
judge (Picture *self,
       GtkWidget *widget,
       const GdkRectangle *box,
       const char *text)
{
  double found = measure (self, box), wanted = enough_for (widget);
  g_autofree char *said = NULL;

  /* Blanks, or behind something. */
  if (found < 1.02)
    return;
  self->n_texts++;
  if (found >= wanted - 0.05)
    return;
  said = g_strdup_printf ("%s: “%.40s” has %.2f : 1, and %.1f is wanted", self->place, text, found, wanted);
  if (!g_hash_table_add (self->seen, g_strdup (said)))
    return;
  self->n_faint++;
  for (GtkWidget *up = widget; up != NULL && !GTK_IS_ROOT (up); up = gtk_widget_get_parent (up))
    {
      g_auto (GStrv) classes = gtk_widget_get_css_classes (up);
      g_autofree char *joined = g_strjoinv (".", classes);

      if (*joined != '\0')
        g_test_message ("  in %s.%s", G_OBJECT_TYPE_NAME (up), joined);
    }
  g_test_message ("%s", said);
}

/* @ret_box: (out): what is to be seen of it, in the picture. Returns: whether that is most of its height */
static gboolean
find_box (const Picture *self,
          GtkWidget *widget,
          GdkRectangle *ret_box)
{
  graphene_rect_t seen, whole;

  if (!gtk_widget_compute_bounds (widget, self->window, &seen))
    return FALSE;
  whole = seen;
  for (GtkWidget *up = gtk_widget_get_parent (widget); up != NULL; up = gtk_widget_get_parent (up))
    {
      graphene_rect_t outer;

      if (!gtk_widget_compute_bounds (up, self->window, &outer))
        return FALSE;
      if (up == self->window || GTK_IS_SCROLLED_WINDOW (up) || gtk_widget_get_overflow (up) == GTK_OVERFLOW_HIDDEN)
        if (!graphene_rect_intersection (&seen, &outer, &seen))
          return FALSE;
    }
  ret_box->x = (int) ceil (seen.origin.x * SCALE);
  ret_box->y = (int) ceil (seen.origin.y * SCALE);
  ret_box->width = MIN ((int) floor (seen.size.width * SCALE), self->width - ret_box->x);
  ret_box->height = MIN ((int) floor (seen.size.height * SCALE), self->height - ret_box->y);
  return ret_box->x >= 0 && ret_box->y >= 0 && ret_box->width > SCALE && ret_box->height > SCALE && seen.size.height > whole.size.height * 0.8;
}

static gboolean
is_covered (const Picture *self,
            GtkWidget *widget)
{
  graphene_point_t middle;
  GtkWidget *found;

  if (!gtk_widget_compute_point (widget, self->window, &GRAPHENE_POINT_INIT ((float) gtk_widget_get_width (widget) / 2, (float) gtk_widget_get_height (widget) / 2), &middle))
    return TRUE;
  found = gtk_widget_pick (self->window, middle.x, middle.y, GTK_PICK_INSENSITIVE | GTK_PICK_NON_TARGETABLE);
  return found == NULL || (found != widget && !gtk_widget_is_ancestor (found, widget) && !gtk_widget_is_ancestor (widget, found));
}

static void
walk (Picture *self,
      GtkWidget *widget)
{
  GdkRectangle box;
  const char *text = GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : GTK_IS_TEXT (widget)    ? gtk_editable_get_text (GTK_EDITABLE (widget))
                                                                                   : GTK_IS_TEXT_VIEW (widget) ? "(a text)"
                                                                                                               : NULL;

  /* What cannot be used just now may be faint (1.4.3, incidental). */
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_is_sensitive (widget))
    return;
  if (text != NULL && *text != '\0' && find_box (self, widget, &box) && !is_covered (self, widget))
    judge (self, widget, &box, text);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    walk (self, child);
}

static guint
look_once (GtkWidget *window,
           const char *place)
{
  Picture picture = { .place = place, .window = window, .seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };

  draw (&picture);
  walk (&picture, window);
  g_test_message ("%s: %u texts, %u of them faint", place, picture.n_texts, picture.n_faint);
  g_hash_table_unref (picture.seen);
  g_free (picture.pixels);
  return picture.n_texts > 5 ? picture.n_faint : G_MAXUINT;
}

/* What is still being read, or comes into sight, is looked at again. */
static guint
look (GtkWidget *window,
      const char *place)
{
  guint n = look_once (window, place);

  for (guint i = 0; n > 0 && i < 8; i++)
    {
      mos_test_settle (700);
      n = look_once (window, place);
    }
  g_assert_cmpuint (n, <, G_MAXUINT);
  return n;
}

static GtkCssProvider *styles[3];

static void
load_style (guint i,
            const char *name)
{
  g_autofree char *path = g_strconcat ("/org/mostrador/Mostrador/", name, NULL);

  if (styles[i] == NULL)
    {
      styles[i] = gtk_css_provider_new ();
      gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (styles[i]), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + i);
    }
  gtk_css_provider_load_from_resource (styles[i], path);
}

/* The style as the application has it, too. */
static void
set_dark (gboolean is_dark)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  load_style (0, "style.css");
  if (adw_style_manager_get_high_contrast (manager))
    {
      load_style (1, "style-hc.css");
      if (is_dark)
        load_style (2, "style-hc-dark.css");
      else if (styles[2] != NULL)
        gtk_css_provider_load_from_string (styles[2], "");
    }
  adw_style_manager_set_color_scheme (manager, is_dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
  mos_test_settle (300);
}

static guint
look_in_both (GtkWidget *window,
              const char *place)
{
  g_autofree char *dark = g_strconcat (place, ", dark", NULL);
  guint n;

  set_dark (FALSE);
  n = look (window, place);
  set_dark (TRUE);
  return n + look (window, dark);
}

static AdwDialog *
visible_dialog (MosWindow *window)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
}

static gboolean
has_rows (GtkWidget *widget)
{
  if (MOS_IS_CONVERSATION_ROW_VIEW (widget))
    return gtk_widget_get_mapped (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (has_rows (child))
      return TRUE;
  return FALSE;
}

/* The places that a person is at all day, and what opens over them. */
static void
test_window (void)
{
  static const char *const dialogs[] = { "win.dashboard", "win.customers", "win.orders", "win.surveys", "win.macros", "win.team", "win.help", "win.first-steps", "win.add-account" };
  char *dir = mos_test_dir_new ();
  g_autofree char *profile = g_build_filename (dir, "profile", NULL);
  g_autoptr (MosClock) clock = mos_manual_clock_new (MOS_TEST_NOW_US);
  g_autoptr (MosStore) store = NULL;
  g_autoptr (MosDesk) desk = NULL;
  g_autoptr (GError) error = NULL;
  MosWindow *window;
  guint n_faint;

  g_assert_true (mos_sample_fill_sync (profile, NULL, MOS_TEST_NOW_US, NULL, &error));
  g_assert_no_error (error);
  store = mos_store_open_sync (profile, MOS_STORE_OPEN_DEFAULT, clock, NULL, &error);
  g_assert_no_error (error);
  desk = mos_desk_new (store, MOS_DESK_FLAG_OFFLINE);
  window = mos_window_new (NULL);
  mos_desk_start (desk);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_present (GTK_WINDOW (window));
  mos_window_set_desk (window, desk);
  mos_window_do (window, "win.show-view", g_variant_new_string ("all_open"));
  mos_test_wait (has_rows (GTK_WIDGET (window)), 10000);
  mos_window_do (window, "win.next-conversation", NULL);
  mos_test_settle (700);
  n_faint = look_in_both (GTK_WIDGET (window), "a conversation");
  mos_window_do (window, "conversation.reply", NULL);
  mos_test_settle (800);
  n_faint += look_in_both (GTK_WIDGET (window), "an answer");
  for (gsize i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      mos_window_do (window, dialogs[i], NULL);
      mos_test_wait (visible_dialog (window) != NULL, 10000);
      mos_test_settle (700);
      n_faint += look_in_both (GTK_WIDGET (window), dialogs[i]);
      adw_dialog_force_close (visible_dialog (window));
      mos_test_wait (visible_dialog (window) == NULL, 10000);
    }
  adw_dialog_present (ADW_DIALOG (mos_preferences_dialog_new (desk)), GTK_WIDGET (window));
  mos_test_settle (700);
  n_faint += look_in_both (GTK_WIDGET (window), "preferences");
  g_assert_cmpuint (n_faint, ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
  mos_desk_stop_sync (desk);
  mos_test_settle (20);
  mos_store_close_sync (store);
  mos_test_dir_free (dir);
}

/* The measure itself: what is known to be enough, and what is not. */
static void
test_measure (void)
{
  static const guchar white[] = { 255, 255, 255, 255 }, black[] = { 0, 0, 0, 255 }, grey[] = { 0x76, 0x76, 0x76, 255 };

  g_assert_cmpfloat_with_epsilon (contrast (white, black), 21, 0.01);
  g_assert_cmpfloat_with_epsilon (contrast (grey, white), 4.54, 0.01);
  g_assert_cmpfloat (contrast (white, white), ==, 1);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/contrast/measure", test_measure);
  g_test_add_func ("/contrast/window", test_window);
  return g_test_run ();
}
