/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* When the window is locked, what opens it, how guesses are slowed down, and that the desktop locks it, too. */
#include "config.h"

#include "app/application/mos-lock-watch.h"
#include "app/application/mos-settings.h"

#include "mos-test.h"

#define START_US (G_GINT64_CONSTANT (1772438400) * G_USEC_PER_SEC)
#define MINUTE_US (60 * (gint64) G_USEC_PER_SEC)

typedef struct
{
  MosClock *clock;
  MosLock *lock;
  GAsyncResult *result;
} Fixture;

static const MosSealCost cheap = { 64, 1, 1 };

static void
begin (Fixture *f)
{
  f->lock = mos_lock_new (f->clock, mos_settings_get (), &cheap);
}

static void
set_up (Fixture *f,
        gconstpointer data)
{
  static const char *const keys[] = { "lock-passphrase", "lock-minutes", "lock-with-desktop", "lock-wrong" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (mos_settings_get (), keys[i]);
  f->clock = mos_manual_clock_new (START_US);
  begin (f);
}

static void
tear_down (Fixture *f,
           gconstpointer data)
{
  g_clear_object (&f->result);
  g_clear_object (&f->lock);
  g_object_unref (f->clock);
}

static void
advance (Fixture *f,
         gint64 by_us)
{
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->clock), by_us);
}

static void
on_done_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_set_object (&((Fixture *) user_data)->result, result);
}

/* Returns: the error's code, or -1 */
static int
guess (Fixture *f,
       const char *passphrase)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&f->result);
  mos_lock_unlock_async (f->lock, passphrase, NULL, on_done_cb, f);
  mos_test_wait (f->result != NULL, 10000);
  if (mos_lock_unlock_finish (f->lock, f->result, &error))
    return -1;
  g_assert_true (error->domain == MOS_LOCK_ERROR);
  return error->code;
}

static int
change (Fixture *f,
        const char *old,
        const char *passphrase)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&f->result);
  mos_lock_change_async (f->lock, old, passphrase, NULL, on_done_cb, f);
  mos_test_wait (f->result != NULL, 10000);
  if (mos_lock_change_finish (f->lock, f->result, &error))
    return -1;
  g_assert_true (error->domain == MOS_LOCK_ERROR);
  return error->code;
}

static void
test_passphrase (Fixture *f,
                 gconstpointer data)
{
  g_autofree char *kept = NULL;
  g_autofree char *other = NULL;

  /* Without one there is nothing to lock. */
  g_assert_false (mos_lock_is_set (f->lock));
  mos_lock_lock (f->lock);
  g_assert_false (mos_lock_is_locked (f->lock));

  g_assert_cmpint (change (f, NULL, "open sesame"), ==, -1);
  g_assert_true (mos_lock_is_set (f->lock));
  g_assert_false (mos_lock_is_locked (f->lock));
  kept = g_settings_get_string (mos_settings_get (), "lock-passphrase");
  g_assert_null (strstr (kept, "sesame"));
  mos_lock_lock (f->lock);
  g_assert_true (mos_lock_is_locked (f->lock));
  g_assert_cmpint (guess (f, "open barley"), ==, MOS_LOCK_ERROR_WRONG);
  g_assert_true (mos_lock_is_locked (f->lock));
  g_assert_cmpint (guess (f, ""), ==, MOS_LOCK_ERROR_WRONG);
  g_assert_cmpint (guess (f, "open sesame"), ==, -1);
  g_assert_false (mos_lock_is_locked (f->lock));

  /* The next start is locked. */
  g_object_unref (f->lock);
  begin (f);
  g_assert_true (mos_lock_is_locked (f->lock));
  g_assert_cmpint (guess (f, "open sesame"), ==, -1);

  /* Nobody but who knows it changes it; the same one again is kept as something else. */
  g_assert_cmpint (change (f, "open barley", "mine now"), ==, MOS_LOCK_ERROR_WRONG);
  g_assert_cmpint (change (f, "open sesame", "open sesame"), ==, -1);
  other = g_settings_get_string (mos_settings_get (), "lock-passphrase");
  g_assert_cmpstr (kept, !=, other);
  g_assert_cmpint (change (f, "open barley", NULL), ==, MOS_LOCK_ERROR_WRONG);
  g_assert_true (mos_lock_is_set (f->lock));
  g_assert_cmpint (change (f, "open sesame", NULL), ==, -1);
  g_assert_false (mos_lock_is_set (f->lock));
}

static void
test_guesses (Fixture *f,
              gconstpointer data)
{
  static const guint waits_s[] = { 5, 10, 20, 40, 80, 160, 300, 300 };

  g_assert_cmpint (change (f, NULL, "open sesame"), ==, -1);
  mos_lock_lock (f->lock);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (mos_lock_get_wait_s (f->lock), ==, 0);
      g_assert_cmpint (guess (f, "a guess"), ==, MOS_LOCK_ERROR_WRONG);
    }
  for (guint i = 0; i < G_N_ELEMENTS (waits_s); i++)
    {
      g_assert_cmpuint (mos_lock_get_wait_s (f->lock), ==, waits_s[i]);
      /* Not even the right one is taken, and it does not make the wait longer. */
      g_assert_cmpint (guess (f, "open sesame"), ==, MOS_LOCK_ERROR_WAIT);
      /* Nor does a new start shorten it. */
      g_object_unref (f->lock);
      begin (f);
      g_assert_cmpuint (mos_lock_get_wait_s (f->lock), ==, waits_s[i]);
      advance (f, waits_s[i] * (gint64) G_USEC_PER_SEC - 1);
      g_assert_cmpuint (mos_lock_get_wait_s (f->lock), ==, 1);
      advance (f, 1);
      g_assert_cmpint (guess (f, "a guess"), ==, MOS_LOCK_ERROR_WRONG);
    }
  /* A clock that is set back neither opens it nor locks it for a year. */
  advance (f, -365 * 24 * 60 * MINUTE_US);
  g_assert_cmpuint (mos_lock_get_wait_s (f->lock), ==, 300);
  advance (f, 5 * MINUTE_US);
  g_assert_cmpint (guess (f, "open sesame"), ==, -1);
  mos_lock_lock (f->lock);
  g_assert_cmpuint (mos_lock_get_wait_s (f->lock), ==, 0);
}

static void
test_input (Fixture *f,
            gconstpointer data)
{
  g_settings_set_int (mos_settings_get (), "lock-minutes", 5);
  g_assert_cmpint (change (f, NULL, "open sesame"), ==, -1);
  advance (f, 4 * MINUTE_US);
  mos_lock_touch (f->lock);
  advance (f, 4 * MINUTE_US);
  mos_lock_look (f->lock);
  g_assert_false (mos_lock_is_locked (f->lock));
  advance (f, MINUTE_US);
  mos_lock_look (f->lock);
  g_assert_true (mos_lock_is_locked (f->lock));

  /* Just unlocked, the time begins anew. */
  g_assert_cmpint (guess (f, "open sesame"), ==, -1);
  mos_lock_look (f->lock);
  g_assert_false (mos_lock_is_locked (f->lock));

  /* The computer slept: the key that wakes it opens nothing. */
  advance (f, 8 * 60 * MINUTE_US);
  mos_lock_touch (f->lock);
  g_assert_true (mos_lock_is_locked (f->lock));
  g_assert_cmpint (guess (f, "open sesame"), ==, -1);

  /* Set back, the clock does not keep it open. */
  advance (f, -60 * MINUTE_US);
  mos_lock_look (f->lock);
  advance (f, 5 * MINUTE_US);
  mos_lock_look (f->lock);
  g_assert_true (mos_lock_is_locked (f->lock));
  g_assert_cmpint (guess (f, "open sesame"), ==, -1);

  g_settings_set_int (mos_settings_get (), "lock-minutes", 0);
  advance (f, 24 * 60 * MINUTE_US);
  mos_lock_touch (f->lock);
  g_assert_false (mos_lock_is_locked (f->lock));
}

static void
test_outside (Fixture *f,
              gconstpointer data)
{
  g_assert_cmpint (change (f, NULL, "open sesame"), ==, -1);
  mos_lock_lock (f->lock);
  g_settings_set_string (mos_settings_get (), "lock-passphrase", "no such thing");
  g_assert_cmpint (guess (f, "open sesame"), ==, MOS_LOCK_ERROR_DAMAGED);
  g_assert_true (mos_lock_is_locked (f->lock));
  /* No guess was wrong. */
  g_assert_cmpint (guess (f, "open sesame"), ==, MOS_LOCK_ERROR_DAMAGED);
  g_assert_cmpint (guess (f, "open sesame"), ==, MOS_LOCK_ERROR_DAMAGED);
  g_assert_cmpuint (mos_lock_get_wait_s (f->lock), ==, 0);
  /* What the help says of a forgotten one. */
  g_settings_reset (mos_settings_get (), "lock-passphrase");
  g_assert_false (mos_lock_is_set (f->lock));
  g_assert_false (mos_lock_is_locked (f->lock));
}

static void
tell (GDBusConnection *bus,
      const char *path,
      const char *interface,
      const char *signal,
      GVariant *parameters)
{
  g_autoptr (GError) error = NULL;

  g_dbus_connection_emit_signal (bus, NULL, path, interface, signal, parameters, &error);
  g_assert_no_error (error);
}

static GVariant *
screensaver_state (gboolean is_active)
{
  GVariantBuilder state;

  g_variant_builder_init (&state, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&state, "{sv}", "screensaver-active", g_variant_new_boolean (is_active));
  return g_variant_new ("(oa{sv})", "/session/1", &state);
}

static void
test_desktop (Fixture *f,
              gconstpointer data)
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autoptr (GDBusConnection) ours = NULL;
  g_autoptr (GDBusConnection) theirs = NULL;
  const GDBusConnectionFlags flags = G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION;

  g_test_dbus_up (bus);
  ours = g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (bus), flags, NULL, NULL, NULL);
  theirs = g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (bus), flags, NULL, NULL, NULL);
  g_assert_cmpint (change (f, NULL, "open sesame"), ==, -1);
  mos_lock_watch_desktop (f->lock, mos_settings_get (), ours, ours, TRUE);
  g_dbus_connection_flush_sync (ours, NULL, NULL);

  /* Unlocked by the desktop is not unlocked here. */
  tell (theirs, "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", g_variant_new ("(b)", FALSE));
  tell (theirs, "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", g_variant_new ("(s)", "yes"));
  mos_test_settle (50);
  g_assert_false (mos_lock_is_locked (f->lock));
  tell (theirs, "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", g_variant_new ("(b)", TRUE));
  mos_test_wait (mos_lock_is_locked (f->lock), 5000);
  tell (theirs, "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", g_variant_new ("(b)", FALSE));
  mos_test_settle (50);
  g_assert_true (mos_lock_is_locked (f->lock));

  g_assert_cmpint (guess (f, "open sesame"), ==, -1);
  tell (theirs, "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", g_variant_new ("(b)", TRUE));
  mos_test_wait (mos_lock_is_locked (f->lock), 5000);
  g_assert_cmpint (guess (f, "open sesame"), ==, -1);
  tell (theirs, "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Inhibit", "StateChanged", screensaver_state (TRUE));
  mos_test_wait (mos_lock_is_locked (f->lock), 5000);

  g_assert_cmpint (guess (f, "open sesame"), ==, -1);
  g_settings_set_boolean (mos_settings_get (), "lock-with-desktop", FALSE);
  tell (theirs, "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", g_variant_new ("(b)", TRUE));
  mos_test_settle (50);
  g_assert_false (mos_lock_is_locked (f->lock));

  /* It lets go of the bus with the lock. */
  g_clear_object (&f->result);
  g_clear_object (&f->lock);
  begin (f);
  g_dbus_connection_close_sync (theirs, NULL, NULL);
  g_dbus_connection_close_sync (ours, NULL, NULL);
  g_test_dbus_down (bus);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);

  ADD ("/lock/passphrase", test_passphrase);
  ADD ("/lock/guesses", test_guesses);
  ADD ("/lock/input", test_input);
  ADD ("/lock/outside", test_outside);
  ADD ("/lock/desktop", test_desktop);

  return g_test_run ();
}
