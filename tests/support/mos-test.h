/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * mos_test_init:
 *
 * What every test's main() calls first: g_test_init() with isolated folders, so that no test reads or writes the person's own files.
 */
void mos_test_init (int *argc, char ***argv);

/**
 * mos_test_wait:
 * @cond: an expression, read again after each turn of the main loop
 * @ms: how long at most
 *
 * Runs the default main context until @cond holds. The test fails, naming @cond
 * and the place, when it does not hold in time. No test sleeps.
 */
#define mos_test_wait(cond, ms)                                             \
  G_STMT_START                                                              \
  {                                                                         \
    gint64 mos_test_until = mos_test_deadline (ms);                         \
    while (!(cond))                                                         \
      mos_test_turn (mos_test_until, #cond, __FILE__, __LINE__, G_STRFUNC); \
  }                                                                         \
  G_STMT_END

/* For mos_test_wait() alone. */
gint64 mos_test_deadline (guint ms);
void mos_test_turn (gint64 until, const char *cond, const char *file, int line, const char *func);

/**
 * mos_test_settle:
 *
 * Runs the main loop for @ms whatever happens: only to show that something does *not* happen.
 */
void mos_test_settle (guint ms);

/**
 * mos_test_ready_cb:
 * @user_data: address of a `GAsyncResult *` that is %NULL
 *
 * The callback of an asynchronous call whose result mos_test_await() takes.
 */
void mos_test_ready_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/**
 * mos_test_await:
 * @result: the variable given to mos_test_ready_cb()
 *
 * Waits (ten seconds at most) until the call came back.
 *
 * Returns: (transfer full): the result; @result is %NULL again
 */
GAsyncResult *mos_test_await (GAsyncResult **result);

/**
 * mos_test_rounds:
 * @rounds: how often a run of everybody's tests tries something by chance
 *
 * Returns: that many; times MOS_TEST_FACTOR in `./dev test long`
 */
guint mos_test_rounds (guint rounds);

/** mos_test_dir_new: Returns: (transfer full): path of a new empty folder; end it with mos_test_dir_free() */
char *mos_test_dir_new (void);
/** mos_test_dir_free: removes the folder with all that is in it, and frees @dir. %NULL is fine. */
void mos_test_dir_free (char *dir);

/**
 * mos_test_keyring_new:
 *
 * Passwords are kept in a file of its own from here on, in a new folder. Before mos_test_init().
 *
 * Returns: (transfer full): path of the folder; end it with mos_test_dir_free()
 */
char *mos_test_keyring_new (void);

/** mos_test_fixture: Returns: (transfer full): the bytes of tests/fixtures/@name; the test fails when it is not there */
GBytes *mos_test_fixture (const char *name);

/** mos_test_shared: Returns: (transfer full) (nullable): path of @name in the shared folder beside the project; %NULL (after g_test_skip()) where it is absent */
char *mos_test_shared (const char *name);

G_END_DECLS
