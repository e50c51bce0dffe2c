/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* What notifications say to the desktop, and what they do not while no customer may be named. */
#include "config.h"

#include "app/application/mos-notify.h"
#include "app/application/mos-privacy.h"
#include "app/application/mos-settings.h"
#include "core/desk/mos-calls.h"

#include "mos-desk-fixtures.h"
#include "mos-desktop-fixture.h"
#include "mos-view-fixtures.h"

typedef struct
{
  MosDesktopFixture *desktop;
  MosDeskFixture *desk;
  MosConversation *conversation;
  MosConversationRow *row;
  MosMessageRow *message;
} Fixture;

static void
set_up (Fixture *f,
        gconstpointer data)
{
  g_autofree char *id = NULL;

  g_settings_reset (mos_settings_get (), "cover-customers");
  f->desktop = mos_desktop_fixture_new ();
  f->desk = mos_desk_fixture_new ();
  id = mos_desk_fixture_add_conversation (f->desk, "Where is my order?", 1);
  f->conversation = mos_desk_ref_conversation (f->desk->desk, id);
  mos_test_wait (mos_conversation_get_row (f->conversation) != NULL, 10000);
  f->row = mos_conversation_row_ref (mos_conversation_get_row (f->conversation));
  f->message = mos_fixture_row ("m1", MOS_DIRECTION_INCOMING, "It has not come yet.");
}

static void
tear_down (Fixture *f,
           gconstpointer data)
{
  mos_privacy_set_locked (FALSE);
  g_settings_reset (mos_settings_get (), "cover-customers");
  mos_message_row_unref (f->message);
  mos_conversation_row_unref (f->row);
  g_object_unref (f->conversation);
  mos_desk_fixture_free (f->desk);
  mos_desktop_fixture_free (f->desktop);
}

#define EXPECT(call)                                 \
  G_STMT_START                                       \
  {                                                  \
    g_clear_pointer (&f->desktop->said, g_free);     \
    call;                                            \
    mos_test_wait (f->desktop->said != NULL, 10000); \
  }                                                  \
  G_STMT_END

static void
test_open (Fixture *f,
           gconstpointer data)
{
  MosConversationRow *row = f->row;

  EXPECT (mos_notify_arrived (f->desktop->app, row, f->message, TRUE));
  g_assert_nonnull (strstr (f->desktop->said, "Where is my order?"));
  g_assert_nonnull (strstr (f->desktop->said, "It has not come yet."));
  g_assert_true (f->desktop->has_buttons);
  EXPECT (mos_notify_ringing (f->desktop->app, "c1", "Ana", "+34600000000", "An order"));
  g_assert_nonnull (strstr (f->desktop->said, "Ana"));

  /* Locked from now on: what is shown goes. */
  mos_notify_withdraw_all (f->desktop->app);
  mos_test_wait (f->desktop->n_removed == 2, 10000);
  mos_notify_withdraw_all (f->desktop->app);
  mos_test_settle (50);
  g_assert_cmpuint (f->desktop->n_removed, ==, 2);
}

static void
expect_nobody (Fixture *f)
{
  g_test_message ("%s", f->desktop->said);
  for (guint i = 0; i < 5; i++)
    {
      static const char *const secrets[] = { "order", "Ana", "ana@", "+34", "It has not" };

      g_assert_null (strstr (f->desktop->said, secrets[i]));
    }
  g_assert_false (f->desktop->has_buttons);
}

static void
test_hidden (Fixture *f,
             gconstpointer data)
{
  MosConversationRow *row = f->row;

  if (data != NULL)
    mos_privacy_set_locked (TRUE);
  else
    g_settings_set_boolean (mos_settings_get (), "cover-customers", TRUE);
  EXPECT (mos_notify_arrived (f->desktop->app, row, f->message, TRUE));
  g_assert_cmpstr (f->desktop->said, ==, "New message|");
  expect_nobody (f);
  EXPECT (mos_notify_came_back (f->desktop->app, row, "reminder", TRUE));
  expect_nobody (f);
  EXPECT (mos_notify_came_back (f->desktop->app, row, MOS_CALL_BACK_DUE_KIND, FALSE));
  expect_nobody (f);
  EXPECT (mos_notify_ringing (f->desktop->app, "c1", "Ana", "+34600000000", "An order"));
  expect_nobody (f);
}

int
main (int argc,
      char *argv[])
{
  g_setenv ("GNOTIFICATION_BACKEND", "gtk", TRUE);
  mos_test_init (&argc, &argv);
  g_test_add ("/notify/open", Fixture, NULL, set_up, test_open, tear_down);
  g_test_add ("/notify/locked", Fixture, "locked", set_up, test_hidden, tear_down);
  g_test_add ("/notify/covered", Fixture, NULL, set_up, test_hidden, tear_down);
  return g_test_run ();
}
