/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* What is offered below a text: which keys are its own, what is taken, and that nothing of it is left. */
#include "config.h"

#include "app/widgets/mos-choices.h"

#include "mos-test.h"

#include <adwaita.h>

typedef struct
{
  GtkWidget *window;
  GtkWidget *entry;
  MosChoices *choices;
  GString *taken;
} Shown;

static void
on_taken_cb (MosChoices *choices,
             const char *data,
             Shown *shown)
{
  g_assert_false (mos_choices_is_open (choices));
  g_string_append_printf (shown->taken, "%s ", data);
  /* As a search does: the next ones are offered in the place of these. */
  mos_choices_clear (choices);
}

static void
show (Shown *shown)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  shown->window = adw_window_new ();
  shown->entry = gtk_entry_new ();
  gtk_box_append (GTK_BOX (box), shown->entry);
  gtk_window_set_default_size (GTK_WINDOW (shown->window), 400, 300);
  adw_window_set_content (ADW_WINDOW (shown->window), box);
  shown->choices = mos_choices_new (box, shown->entry, "People");
  shown->taken = g_string_new (NULL);
  g_signal_connect (shown->choices, "taken", G_CALLBACK (on_taken_cb), shown);
  gtk_window_present (GTK_WINDOW (shown->window));
  gtk_test_widget_wait_for_draw (shown->window);
}

static void
hide (Shown *shown)
{
  MosChoices *choices = shown->choices;

  g_object_add_weak_pointer (G_OBJECT (shown->choices), (gpointer *) &shown->choices);
  g_object_unref (choices);
  g_assert_null (shown->choices);
  gtk_window_destroy (GTK_WINDOW (shown->window));
  g_string_free (shown->taken, TRUE);
}

static void
offer (Shown *shown,
       gboolean select)
{
  static const char *const names[] = { "Ana", "Bruno", "Carla" };

  mos_choices_clear (shown->choices);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    mos_choices_add (shown->choices, names[i], i == 2 ? "carla@shop.example" : NULL, g_strdup (names[i]), g_free);
  g_assert_cmpuint (mos_choices_get_n (shown->choices), ==, 3);
  mos_choices_show (shown->choices, select);
  g_assert_true (mos_choices_is_open (shown->choices));
}

static gboolean
press (Shown *shown,
       guint keyval)
{
  return mos_choices_take_key (shown->choices, keyval, 0);
}

static void
test_keys (void)
{
  Shown shown;

  show (&shown);
  /* Closed, no key is its own. */
  g_assert_false (press (&shown, GDK_KEY_Down));
  g_assert_false (press (&shown, GDK_KEY_Return));
  g_assert_false (press (&shown, GDK_KEY_Tab));
  g_assert_false (press (&shown, GDK_KEY_Escape));

  offer (&shown, TRUE);
  g_assert_false (press (&shown, GDK_KEY_a));
  g_assert_false (mos_choices_take_key (shown.choices, GDK_KEY_Return, GDK_CONTROL_MASK));
  g_assert_false (mos_choices_take_key (shown.choices, GDK_KEY_Tab, GDK_SHIFT_MASK));
  g_assert_true (press (&shown, GDK_KEY_Return));
  g_assert_cmpstr (shown.taken->str, ==, "Ana ");

  offer (&shown, TRUE);
  g_assert_true (press (&shown, GDK_KEY_Up)); /* stays at the first */
  g_assert_true (press (&shown, GDK_KEY_Down));
  g_assert_true (press (&shown, GDK_KEY_Down));
  g_assert_true (press (&shown, GDK_KEY_Down)); /* and at the last */
  g_assert_true (press (&shown, GDK_KEY_Tab));
  g_assert_cmpstr (shown.taken->str, ==, "Ana Carla ");

  offer (&shown, TRUE);
  g_assert_true (press (&shown, GDK_KEY_Escape));
  g_assert_false (mos_choices_is_open (shown.choices));
  g_assert_false (press (&shown, GDK_KEY_Escape));
  g_assert_cmpstr (shown.taken->str, ==, "Ana Carla ");
  hide (&shown);
}

/* Where Return has a meaning of its own, as in a search, only an arrow chooses; Tab takes the first. */
static void
test_unselected (void)
{
  Shown shown;

  show (&shown);
  offer (&shown, FALSE);
  g_assert_false (press (&shown, GDK_KEY_Return));
  g_assert_false (mos_choices_is_open (shown.choices));
  offer (&shown, FALSE);
  g_assert_true (press (&shown, GDK_KEY_Up)); /* from below */
  g_assert_true (press (&shown, GDK_KEY_Return));
  offer (&shown, FALSE);
  g_assert_true (press (&shown, GDK_KEY_Tab));
  g_assert_cmpstr (shown.taken->str, ==, "Carla Ana ");

  mos_choices_clear (shown.choices);
  mos_choices_show (shown.choices, TRUE);
  g_assert_false (mos_choices_is_open (shown.choices));
  hide (&shown);
}

/* Its parent may go first. */
static void
test_parent_gone (void)
{
  Shown shown;

  show (&shown);
  offer (&shown, TRUE);
  g_object_run_dispose (G_OBJECT (shown.choices));
  g_assert_false (mos_choices_is_open (shown.choices));
  g_assert_false (press (&shown, GDK_KEY_Down));
  mos_choices_close (shown.choices);
  mos_choices_clear (shown.choices);
  hide (&shown);
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);
  adw_init ();

  g_test_add_func ("/choices/keys", test_keys);
  g_test_add_func ("/choices/unselected", test_unselected);
  g_test_add_func ("/choices/parent-gone", test_parent_gone);
  return g_test_run ();
}
