/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-search-service.h"

#include "app/application/mos-privacy.h"
#include "app/palette/mos-palette-source.h"
#include "core/desk/mos-find.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

/* As KRunner counts them (KRunner::QueryMatch): what may be meant, and what is meant. */
#define POSSIBLE_MATCH 30
#define EXACT_MATCH 100
/* Started by the bus for a question, it waits so long for the next one. */
#define LINGER_MS 15000

static const char introspection_xml[] =
    "<node>"
    "  <interface name='org.gnome.Shell.SearchProvider2'>"
    "    <method name='GetInitialResultSet'><arg type='as' name='terms' direction='in'/><arg type='as' name='results' direction='out'/></method>"
    "    <method name='GetSubsearchResultSet'><arg type='as' name='previous_results' direction='in'/><arg type='as' name='terms' direction='in'/><arg type='as' name='results' direction='out'/></method>"
    "    <method name='GetResultMetas'><arg type='as' name='identifiers' direction='in'/><arg type='aa{sv}' name='metas' direction='out'/></method>"
    "    <method name='ActivateResult'><arg type='s' name='identifier' direction='in'/><arg type='as' name='terms' direction='in'/><arg type='u' name='timestamp' direction='in'/></method>"
    "    <method name='LaunchSearch'><arg type='as' name='terms' direction='in'/><arg type='u' name='timestamp' direction='in'/></method>"
    "  </interface>"
    "  <interface name='org.kde.krunner1'>"
    "    <method name='Actions'><arg type='a(sss)' name='matches' direction='out'/></method>"
    "    <method name='Match'><arg type='s' name='query' direction='in'/><arg type='a(sssida{sv})' name='matches' direction='out'/></method>"
    "    <method name='Run'><arg type='s' name='matchId' direction='in'/><arg type='s' name='actionId' direction='in'/></method>"
    "    <method name='SetActivationToken'><arg type='s' name='token' direction='in'/></method>"
    "  </interface>"
    "</node>";

struct _MosSearchService
{
  GObject parent_instance;

  GApplication *app; /* (borrowed): it outlives this */

  /* Owned */
  GDBusConnection *connection; /* (nullable) */
  GDBusNodeInfo *node;
  MosDesktopSearch *search;
  GCancellable *finding; /* (nullable): of the last question */
  char *token;           /* (nullable): for what KRunner runs next */
  guint ids[2];
};

G_DEFINE_FINAL_TYPE (MosSearchService, mos_search_service, G_TYPE_OBJECT)

enum
{
  CHOSEN,
  MORE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* One call while it is looked up. */
typedef struct
{
  MosSearchService *self;            /* (owned) */
  GDBusMethodInvocation *invocation; /* (owned) (nullable): answered already */
  char *text;                        /* (nullable) */
  gboolean is_answer;
} Call;

static Call *
call_new (MosSearchService *self,
          GDBusMethodInvocation *invocation)
{
  Call *call = g_new0 (Call, 1);

  call->self = g_object_ref (self);
  call->invocation = invocation;
  g_application_hold (self->app);
  return call;
}

static void
call_free (Call *call)
{
  GApplication *app = call->self->app;
  gboolean has_window = GTK_IS_APPLICATION (app) && gtk_application_get_windows (GTK_APPLICATION (app)) != NULL;

  /* Started for a question it waits for the next; with a window it ends with that. */
  if ((g_application_get_flags (app) & G_APPLICATION_IS_SERVICE) != 0 && !has_window)
    g_application_set_inactivity_timeout (app, LINGER_MS);
  g_application_release (app);
  g_clear_object (&call->invocation);
  g_object_unref (call->self);
  g_free (call->text);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

/* Nobody who types wants to read an error: nothing is found then. Returns: (transfer full) */
static GPtrArray *
finish (Call *call,
        GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *items = mos_desktop_search_finish (call->self->search, result, &error);

  if (items != NULL)
    return items;
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_info ("The search of the desktop found nothing: %s", error->message);
  return mos_palette_items_new ();
}

static void
reply (Call *call,
       GVariant *value)
{
  g_dbus_method_invocation_return_value (g_steal_pointer (&call->invocation), value);
}

static void
find (MosSearchService *self,
      const char *text,
      GDBusMethodInvocation *invocation,
      GAsyncReadyCallback callback)
{
  Call *call = call_new (self, invocation);

  if (self->finding != NULL)
    g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
  self->finding = g_cancellable_new ();
  call->text = g_strdup (text);
  mos_desktop_search_find_async (self->search, text, self->finding, callback, call);
}

static void
on_chosen_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GPtrArray) items = finish (call, result);
  g_autofree char *token = g_steal_pointer (&call->self->token);

  g_signal_emit (call->self, signals[CHOSEN], 0, items->len > 0 ? g_ptr_array_index (items, 0) : NULL, call->is_answer, token);
}

/* The desktop shows it: nothing while no customer may be named. Returns: (transfer full) */
static GPtrArray *
finish_shown (Call *call,
              GAsyncResult *result)
{
  g_autoptr (GPtrArray) items = finish (call, result);

  return mos_privacy_hides_customers () ? mos_palette_items_new () : g_steal_pointer (&items);
}

/* What it opens is looked up first; the desktop does not wait for it. */
static void
choose (MosSearchService *self,
        const char *id,
        gboolean is_answer,
        GDBusMethodInvocation *invocation)
{
  Call *call = call_new (self, NULL);
  const char *ids[] = { id, NULL };

  call->is_answer = is_answer;
  mos_desktop_search_load_async (self->search, ids, NULL, on_chosen_cb, call);
  g_dbus_method_invocation_return_value (invocation, NULL);
}

/* --- GNOME Shell --- */

static void
on_shell_found_cb (GObject *source,
                   GAsyncResult *result,
                   gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GPtrArray) items = finish_shown (call, result);
  GVariantBuilder ids;

  g_variant_builder_init (&ids, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; i < items->len; i++)
    g_variant_builder_add (&ids, "s", ((MosPaletteItem *) g_ptr_array_index (items, i))->id);
  reply (call, g_variant_new ("(as)", &ids));
}

static void
on_shell_loaded_cb (GObject *source,
                    GAsyncResult *result,
                    gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GPtrArray) items = finish_shown (call, result);
  GVariantBuilder metas;

  g_variant_builder_init (&metas, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < items->len; i++)
    {
      MosPaletteItem *item = g_ptr_array_index (items, i);
      g_autoptr (GIcon) icon = g_themed_icon_new (item->icon);
      g_autoptr (GVariant) serialized = g_icon_serialize (icon);

      g_variant_builder_open (&metas, G_VARIANT_TYPE_VARDICT);
      g_variant_builder_add (&metas, "{sv}", "id", g_variant_new_string (item->id));
      g_variant_builder_add (&metas, "{sv}", "name", g_variant_new_string (item->title));
      g_variant_builder_add (&metas, "{sv}", "description", g_variant_new_string (item->subtitle));
      g_variant_builder_add (&metas, "{sv}", "icon", serialized);
      g_variant_builder_close (&metas);
    }
  reply (call, g_variant_new ("(aa{sv})", &metas));
}

static void
on_shell_call_cb (GDBusConnection *connection,
                  const char *sender,
                  const char *object_path,
                  const char *interface_name,
                  const char *method_name,
                  GVariant *parameters,
                  GDBusMethodInvocation *invocation,
                  gpointer user_data)
{
  MosSearchService *self = user_data;
  const gboolean is_more = g_str_equal (method_name, "LaunchSearch");
  g_autofree const char **words = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GVariant) terms = NULL;

  if (g_str_equal (method_name, "ActivateResult"))
    {
      const char *id;

      g_variant_get_child (parameters, 0, "&s", &id);
      choose (self, id, FALSE, invocation);
      return;
    }
  if (g_str_equal (method_name, "GetResultMetas"))
    {
      terms = g_variant_get_child_value (parameters, 0);
      words = g_variant_get_strv (terms, NULL);
      mos_desktop_search_load_async (self->search, (const char *const *) words, NULL, on_shell_loaded_cb, call_new (self, invocation));
      return;
    }
  /* The shell has taken the words apart at blanks. What was found before is looked for anew: more words need not be less. */
  terms = g_variant_get_child_value (parameters, g_str_equal (method_name, "GetSubsearchResultSet") ? 1 : 0);
  words = g_variant_get_strv (terms, NULL);
  text = g_strjoinv (" ", (char **) words);
  if (!is_more)
    {
      find (self, text, invocation, on_shell_found_cb);
      return;
    }
  g_signal_emit (self, signals[MORE], 0, text);
  g_dbus_method_invocation_return_value (invocation, NULL);
}

/* --- KRunner --- */

static void
on_runner_found_cb (GObject *source,
                    GAsyncResult *result,
                    gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GPtrArray) items = finish_shown (call, result);
  const gboolean is_number = mos_find_is_number (call->text);
  static const char *const no_actions[] = { NULL };
  GVariantBuilder matches;

  g_variant_builder_init (&matches, G_VARIANT_TYPE ("a(sssida{sv})"));
  for (guint i = 0; i < items->len; i++)
    {
      MosPaletteItem *item = g_ptr_array_index (items, i);
      const gboolean is_conversation = g_str_has_prefix (item->id, "conversation:");
      const gboolean is_exact = is_number && i == 0 && is_conversation;

      g_variant_builder_open (&matches, G_VARIANT_TYPE ("(sssida{sv})"));
      g_variant_builder_add (&matches, "s", item->id);
      g_variant_builder_add (&matches, "s", item->title);
      g_variant_builder_add (&matches, "s", item->icon);
      g_variant_builder_add (&matches, "i", is_exact ? EXACT_MATCH : POSSIBLE_MATCH);
      /* In the order in which they were found. */
      g_variant_builder_add (&matches, "d", is_exact ? 1.0 : 0.9 - 0.03 * i);
      g_variant_builder_open (&matches, G_VARIANT_TYPE_VARDICT);
      g_variant_builder_add (&matches, "{sv}", "subtext", g_variant_new_string (item->subtitle));
      g_variant_builder_add (&matches, "{sv}", "category", g_variant_new_string (is_conversation ? C_ ("palette", "Conversations") : C_ ("palette", "Customers")));
      /* Without this there would be all of them: a customer is not answered. */
      if (!is_conversation)
        g_variant_builder_add (&matches, "{sv}", "actions", g_variant_new_strv (no_actions, -1));
      g_variant_builder_close (&matches);
      g_variant_builder_close (&matches);
    }
  reply (call, g_variant_new ("(a(sssida{sv}))", &matches));
}

static void
on_runner_call_cb (GDBusConnection *connection,
                   const char *sender,
                   const char *object_path,
                   const char *interface_name,
                   const char *method_name,
                   GVariant *parameters,
                   GDBusMethodInvocation *invocation,
                   gpointer user_data)
{
  MosSearchService *self = user_data;
  const char *first = NULL, *second = NULL;

  if (g_str_equal (method_name, "Actions"))
    {
      GVariantBuilder actions;

      g_variant_builder_init (&actions, G_VARIANT_TYPE ("a(sss)"));
      g_variant_builder_add (&actions, "(sss)", "answer", _ ("Reply"), "mail-reply-sender");
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(a(sss))", &actions));
      return;
    }
  g_variant_get_child (parameters, 0, "&s", &first);
  if (g_str_equal (method_name, "Match"))
    find (self, first, invocation, on_runner_found_cb);
  else if (g_str_equal (method_name, "Run"))
    {
      g_variant_get_child (parameters, 1, "&s", &second);
      choose (self, first, g_str_equal (second, "answer"), invocation);
    }
  else
    {
      g_set_str (&self->token, first);
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
}

/* --- the object --- */

static const GDBusInterfaceVTable shell_vtable = { .method_call = on_shell_call_cb };
static const GDBusInterfaceVTable runner_vtable = { .method_call = on_runner_call_cb };

static void
mos_search_service_dispose (GObject *object)
{
  MosSearchService *self = MOS_SEARCH_SERVICE (object);

  mos_search_service_close (self);
  g_clear_object (&self->search);
  g_clear_object (&self->finding);
  G_OBJECT_CLASS (mos_search_service_parent_class)->dispose (object);
}

static void
mos_search_service_finalize (GObject *object)
{
  MosSearchService *self = MOS_SEARCH_SERVICE (object);

  g_clear_pointer (&self->node, g_dbus_node_info_unref);
  g_free (self->token);
  G_OBJECT_CLASS (mos_search_service_parent_class)->finalize (object);
}

static void
mos_search_service_class_init (MosSearchServiceClass *klass)
{
  const GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_search_service_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_search_service_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, MOS_TYPE_PALETTE_ITEM, G_TYPE_BOOLEAN, G_TYPE_STRING);
  signals[MORE] = g_signal_new ("more", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
mos_search_service_init (MosSearchService *self)
{
}

MosSearchService *
mos_search_service_new (GApplication *app,
                        GDBusConnection *connection,
                        const char *path,
                        const char *profile,
                        GError **error)
{
  g_autoptr (MosSearchService) self = g_object_new (MOS_TYPE_SEARCH_SERVICE, NULL);
  g_autofree char *shell_path = g_strconcat (path, "/SearchProvider", NULL);
  g_autofree char *runner_path = g_strconcat (path, "/Runner", NULL);

  g_return_val_if_fail (G_IS_APPLICATION (app), NULL);
  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);

  self->app = app;
  self->search = mos_desktop_search_new (profile);
  self->connection = g_object_ref (connection);
  self->node = g_dbus_node_info_new_for_xml (introspection_xml, error);
  if (self->node == NULL)
    return NULL;
  self->ids[0] = g_dbus_connection_register_object (connection, shell_path, self->node->interfaces[0], &shell_vtable, self, NULL, error);
  if (self->ids[0] != 0)
    self->ids[1] = g_dbus_connection_register_object (connection, runner_path, self->node->interfaces[1], &runner_vtable, self, NULL, error);
  return self->ids[1] != 0 ? g_steal_pointer (&self) : NULL;
}

void
mos_search_service_close (MosSearchService *self)
{
  g_return_if_fail (MOS_IS_SEARCH_SERVICE (self));

  if (self->connection == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (self->ids); i++)
    if (self->ids[i] != 0)
      g_dbus_connection_unregister_object (self->connection, self->ids[i]);
  if (self->finding != NULL)
    g_cancellable_cancel (self->finding);
  mos_desktop_search_close (self->search);
  g_clear_object (&self->connection);
}
