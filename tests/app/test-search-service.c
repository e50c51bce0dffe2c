/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* What GNOME Shell and KRunner ask on the bus, and what they are told. */
#include "config.h"

#include "app/application/mos-search-service.h"

#include "mos-desk-fixtures.h"
#include "mos-test.h"

#define PATH "/org/mostrador/Test"
#define SHELL "org.gnome.Shell.SearchProvider2"
#define RUNNER "org.kde.krunner1"

typedef struct
{
  MosDeskFixture *desk;
  char *id; /* the conversation's */
  GTestDBus *bus;
  GDBusConnection *ours;
  GDBusConnection *theirs;
  GApplication *app;
  MosSearchService *service;
  /* The last signal */
  char *chosen;
  char *action;
  char *token;
  char *more;
  gboolean is_answer;
  guint n_signals;
} Fixture;

static GDBusConnection *
connect_bus (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (f->bus),
                                                                        G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static void
on_chosen_cb (Fixture *f,
              MosPaletteItem *item,
              gboolean is_answer,
              const char *token)
{
  g_set_str (&f->chosen, item != NULL ? item->id : NULL);
  g_set_str (&f->action, item != NULL ? item->action : NULL);
  g_set_str (&f->token, token);
  f->is_answer = is_answer;
  f->n_signals++;
}

static void
on_more_cb (Fixture *f,
            const char *text)
{
  g_set_str (&f->more, text);
}

static void
serve (Fixture *f,
       const char *profile)
{
  g_autoptr (GError) error = NULL;

  f->service = mos_search_service_new (f->app, f->ours, PATH, profile, &error);
  g_assert_no_error (error);
  g_signal_connect_swapped (f->service, "chosen", G_CALLBACK (on_chosen_cb), f);
  g_signal_connect_swapped (f->service, "more", G_CALLBACK (on_more_cb), f);
}

static void
set_up (Fixture *f,
        gconstpointer data)
{
  g_autofree char *other = NULL;

  f->desk = mos_desk_fixture_new ();
  other = mos_desk_fixture_add_conversation (f->desk, "A lamp that blinks", 2);
  mos_desk_fixture_add_message (f->desk, other, MOS_DIRECTION_INCOMING, "It flickers, too.");
  f->id = mos_desk_fixture_add_conversation (f->desk, "Where is my order?", 1);
  f->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (f->bus);
  f->ours = connect_bus (f);
  f->theirs = connect_bus (f);
  f->app = g_application_new ("org.mostrador.Test", G_APPLICATION_IS_SERVICE | G_APPLICATION_NON_UNIQUE);
  serve (f, data == NULL ? f->desk->store->profile : data);
}

static void
tear_down (Fixture *f,
           gconstpointer data)
{
  mos_search_service_close (f->service);
  g_signal_handlers_disconnect_by_data (f->service, f);
  g_object_unref (f->service);
  g_object_unref (f->app);
  g_dbus_connection_close_sync (f->theirs, NULL, NULL);
  g_dbus_connection_close_sync (f->ours, NULL, NULL);
  g_object_unref (f->theirs);
  g_object_unref (f->ours);
  g_test_dbus_down (f->bus);
  g_object_unref (f->bus);
  mos_desk_fixture_free (f->desk);
  g_free (f->id);
  g_free (f->chosen);
  g_free (f->action);
  g_free (f->token);
  g_free (f->more);
}

static void
begin (Fixture *f,
       const char *interface,
       const char *method,
       const char *parameters,
       GAsyncResult **ret_result)
{
  g_dbus_connection_call (f->theirs, g_dbus_connection_get_unique_name (f->ours), g_str_equal (interface, SHELL) ? PATH "/SearchProvider" : PATH "/Runner", interface, method,
                          g_variant_new_parsed (parameters), NULL, G_DBUS_CALL_FLAGS_NONE, 10000, NULL, mos_test_ready_cb, ret_result);
}

/* Returns: (transfer full): what it answers */
static GVariant *
end (Fixture *f,
     GAsyncResult **pending)
{
  g_autoptr (GAsyncResult) result = mos_test_await (pending);
  g_autoptr (GError) error = NULL;
  GVariant *reply = g_dbus_connection_call_finish (f->theirs, result, &error);

  g_assert_no_error (error);
  return reply;
}

static GVariant *
call (Fixture *f,
      const char *interface,
      const char *method,
      const char *parameters)
{
  GAsyncResult *result = NULL;

  begin (f, interface, method, parameters, &result);
  return end (f, &result);
}

/* The ids that the shell finds; each beginning with @prefix (nullable: any). Returns: (transfer full) */
static char **
find (Fixture *f,
      const char *terms,
      const char *prefix)
{
  g_autofree char *parameters = g_strdup_printf ("(%s,)", terms);
  g_autoptr (GVariant) reply = call (f, SHELL, "GetInitialResultSet", parameters);
  g_autoptr (GStrvBuilder) some = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  g_variant_get (reply, "(^as)", &all);
  for (char **id = all; *id != NULL; id++)
    if (prefix == NULL || g_str_has_prefix (*id, prefix))
      g_strv_builder_add (some, *id);
  return g_strv_builder_end (some);
}

static char *
dup_text (GVariant *meta,
          const char *key)
{
  char *text = NULL;

  g_assert_true (g_variant_lookup (meta, key, "s", &text));
  return text;
}

static void
test_shell (Fixture *f,
            gconstpointer data)
{
  g_autofree char *wanted = g_strconcat ("conversation:", f->id, NULL);
  g_auto (GStrv) by_word = find (f, "['order']", "conversation:");
  g_auto (GStrv) by_beginning = find (f, "['where', 'is', 'my', 'ord']", "conversation:");
  g_auto (GStrv) by_text = find (f, "['flickers']", NULL);
  g_auto (GStrv) by_query = find (f, "['from:ana', 'flick']", NULL);
  g_auto (GStrv) people = find (f, "['garc']", "customer:");
  g_auto (GStrv) none = find (f, "['zebra']", NULL);
  g_auto (GStrv) too_short = find (f, "['o']", NULL);
  g_auto (GStrv) nothing = find (f, "@as []", NULL);
  g_autofree char *asked = g_strdup_printf ("([%s%s%s, '%s', 'conversation:gone', 'nonsense'],)", "'", wanted, "'", people[0]);
  g_autofree char *again = g_strdup_printf ("(['%s'], ['order', 'my'])", wanted);
  g_autoptr (GVariant) metas = NULL;
  g_autoptr (GVariant) list = NULL;
  g_autoptr (GVariant) first = NULL;
  g_autoptr (GVariant) second = NULL;
  g_autoptr (GVariant) icon = NULL;
  g_autoptr (GVariant) sub = NULL;
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  g_autofree char *description = NULL;
  g_autofree char *person = NULL;
  g_auto (GStrv) narrowed = NULL;

  g_assert_cmpstr (by_word[0], ==, wanted);
  g_assert_cmpstr (by_beginning[0], ==, wanted);
  g_assert_cmpuint (g_strv_length (by_text), ==, 1);
  g_assert_cmpstr (by_text[0], !=, wanted);
  /* An operator is one here, too. */
  g_assert_cmpuint (g_strv_length (by_query), ==, 1);
  g_assert_cmpstr (by_query[0], ==, by_text[0]);
  g_assert_cmpuint (g_strv_length (people), ==, 1);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_cmpuint (g_strv_length (too_short), ==, 0);
  g_assert_cmpuint (g_strv_length (nothing), ==, 0);

  metas = call (f, SHELL, "GetResultMetas", asked);
  list = g_variant_get_child_value (metas, 0);
  g_assert_cmpuint (g_variant_n_children (list), ==, 2);
  first = g_variant_get_child_value (list, 0);
  second = g_variant_get_child_value (list, 1);
  id = dup_text (first, "id");
  name = dup_text (first, "name");
  description = dup_text (first, "description");
  person = dup_text (second, "name");
  g_assert_cmpstr (id, ==, wanted);
  g_assert_cmpstr (name, ==, "Where is my order?");
  g_assert_nonnull (strstr (description, "Ana García"));
  g_assert_cmpstr (person, ==, "Ana García");
  icon = g_variant_lookup_value (first, "icon", NULL);
  g_assert_nonnull (icon);

  sub = call (f, SHELL, "GetSubsearchResultSet", again);
  g_variant_get (sub, "(^as)", &narrowed);
  g_assert_cmpstr (narrowed[0], ==, wanted);
}

static void
test_shell_opens (Fixture *f,
                  gconstpointer data)
{
  g_auto (GStrv) people = find (f, "['ana']", "customer:");
  g_autofree char *wanted = g_strconcat ("conversation:", f->id, NULL);
  g_autofree char *one = g_strdup_printf ("('%s', ['order'], uint32 0)", wanted);
  g_autofree char *two = g_strdup_printf ("('%s', ['ana'], uint32 0)", people[0]);
  g_autoptr (GVariant) opened = call (f, SHELL, "ActivateResult", one);
  g_autoptr (GVariant) person = NULL;
  g_autoptr (GVariant) gone = NULL;
  g_autoptr (GVariant) more = NULL;

  mos_test_wait (f->n_signals == 1, 10000);
  g_assert_cmpstr (f->chosen, ==, wanted);
  g_assert_cmpstr (f->action, ==, "win.open-conversation");
  g_assert_false (f->is_answer);
  person = call (f, SHELL, "ActivateResult", two);
  mos_test_wait (f->n_signals == 2, 10000);
  g_assert_cmpstr (f->action, ==, "win.show-customer");
  /* Deleted since: the window comes all the same. */
  gone = call (f, SHELL, "ActivateResult", "('conversation:gone', ['x'], uint32 0)");
  mos_test_wait (f->n_signals == 3, 10000);
  g_assert_null (f->chosen);
  more = call (f, SHELL, "LaunchSearch", "(['where', 'order'], uint32 0)");
  g_assert_cmpstr (f->more, ==, "where order");
}

static void
test_runner (Fixture *f,
             gconstpointer data)
{
  g_autofree char *wanted = g_strconcat ("conversation:", f->id, NULL);
  g_autofree char *run = g_strdup_printf ("('%s', 'answer')", wanted);
  g_autoptr (GVariant) actions = call (f, RUNNER, "Actions", "()");
  g_autoptr (GVariant) matches = call (f, RUNNER, "Match", "('order',)");
  g_autoptr (GVariant) number = call (f, RUNNER, "Match", "('#1',)");
  g_autoptr (GVariant) people = call (f, RUNNER, "Match", "('garcía',)");
  g_autoptr (GVariant) none = call (f, RUNNER, "Match", "('zebra',)");
  g_autoptr (GVariant) token = NULL;
  g_autoptr (GVariant) ran = NULL;
  g_autoptr (GVariant) properties = NULL;
  g_autofree char *subtext = NULL;
  const char *id, *text;
  double relevance;
  int type;

  g_assert_cmpstr (g_variant_get_type_string (actions), ==, "(a(sss))");
  g_assert_cmpstr (g_variant_get_type_string (matches), ==, "(a(sssida{sv}))");
  {
    g_autoptr (GVariant) list = g_variant_get_child_value (matches, 0);

    g_assert_cmpuint (g_variant_n_children (list), >=, 1);
    g_variant_get_child (list, 0, "(&s&s&sid@a{sv})", &id, &text, NULL, &type, &relevance, &properties);
    g_assert_cmpstr (id, ==, wanted);
    g_assert_cmpstr (text, ==, "Where is my order?");
    g_assert_cmpint (type, <, 100);
    g_assert_cmpfloat (relevance, <, 1);
    subtext = dup_text (properties, "subtext");
    g_assert_nonnull (strstr (subtext, "Ana García"));
    g_assert_false (g_variant_lookup (properties, "actions", "^as", NULL));
  }
  {
    g_autoptr (GVariant) list = g_variant_get_child_value (number, 0);
    g_autoptr (GVariant) one = NULL;

    g_assert_cmpuint (g_variant_n_children (list), ==, 1);
    one = g_variant_get_child_value (list, 0);
    g_variant_get_child (one, 3, "i", &type);
    g_assert_cmpint (type, ==, 100);
  }
  {
    g_autoptr (GVariant) list = g_variant_get_child_value (people, 0);
    gboolean is_any = FALSE;

    for (gsize i = 0; i < g_variant_n_children (list); i++)
      {
        g_autoptr (GVariant) one = g_variant_get_child_value (list, i);
        g_autoptr (GVariant) props = g_variant_get_child_value (one, 5);
        g_auto (GStrv) offered = NULL;

        g_variant_get_child (one, 0, "&s", &id);
        if (!g_str_has_prefix (id, "customer:"))
          continue;
        is_any = TRUE;
        g_assert_true (g_variant_lookup (props, "actions", "^as", &offered));
        g_assert_cmpuint (g_strv_length (offered), ==, 0);
      }
    g_assert_true (is_any);
  }
  {
    g_autoptr (GVariant) list = g_variant_get_child_value (none, 0);

    g_assert_cmpuint (g_variant_n_children (list), ==, 0);
  }

  token = call (f, RUNNER, "SetActivationToken", "('token-7',)");
  ran = call (f, RUNNER, "Run", run);
  mos_test_wait (f->n_signals == 1, 10000);
  g_assert_cmpstr (f->chosen, ==, wanted);
  g_assert_true (f->is_answer);
  g_assert_cmpstr (f->token, ==, "token-7");
}

/* Who types on gets an answer to each question, the newest of them in full. */
static void
test_typing (Fixture *f,
             gconstpointer data)
{
  static const char *const typed[] = { "(['or'],)", "(['ord'],)", "(['orde'],)", "(['order'],)" };
  GAsyncResult *results[G_N_ELEMENTS (typed)] = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    begin (f, SHELL, "GetInitialResultSet", typed[i], &results[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (GVariant) reply = end (f, &results[i]);
      g_auto (GStrv) ids = NULL;

      g_variant_get (reply, "(^as)", &ids);
      if (i == G_N_ELEMENTS (typed) - 1)
        g_assert_cmpuint (g_strv_length (ids), >=, 1);
    }
}

/* Before the first start there is no profile: nothing is found, and none is made. */
static void
test_no_profile (Fixture *f,
                 gconstpointer data)
{
  g_auto (GStrv) ids = find (f, "['order']", NULL);

  g_assert_cmpuint (g_strv_length (ids), ==, 0);
  g_assert_false (g_file_test (data, G_FILE_TEST_EXISTS));
}

int
main (int argc,
      char *argv[])
{
  g_autofree char *nowhere = NULL;

  mos_test_init (&argc, &argv);
  gtk_init ();
  adw_init ();
  nowhere = g_build_filename (g_get_user_data_dir (), "no-profile-here", NULL);
  g_test_add ("/search-service/shell", Fixture, NULL, set_up, test_shell, tear_down);
  g_test_add ("/search-service/shell-opens", Fixture, NULL, set_up, test_shell_opens, tear_down);
  g_test_add ("/search-service/runner", Fixture, NULL, set_up, test_runner, tear_down);
  g_test_add ("/search-service/typing", Fixture, NULL, set_up, test_typing, tear_down);
  g_test_add ("/search-service/no-profile", Fixture, nowhere, set_up, test_no_profile, tear_down);
  return g_test_run ();
}
