/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-profile-service.h"

#include "core/base/mos-worker.h"
#include "core/desk/mos-desk-host.h"

#define MOS_PROFILE_PATH "/org/mostrador/Mostrador/Profile"
#define MOS_PROFILE_INTERFACE "org.mostrador.Mostrador.Profile"
/* A window that hangs must not hang the second start too. */
#define RAISE_TIMEOUT_MS 5000

static const char introspection_xml[] =
    "<node>"
    "  <interface name='" MOS_PROFILE_INTERFACE "'>"
    "    <method name='Raise'><arg type='s' name='activation_token' direction='in'/></method>"
    "    <method name='Run'>"
    "      <arg type='as' name='argv' direction='in'/>"
    "      <arg type='ay' name='input' direction='in'/>"
    "      <arg type='i' name='status' direction='out'/>"
    "      <arg type='ay' name='output' direction='out'/>"
    "      <arg type='ay' name='errors' direction='out'/>"
    "    </method>"
    "  </interface>"
    "</node>";

struct _MosProfileService
{
  GObject parent_instance;

  GDBusConnection *connection; /* (owned) */
  GDBusNodeInfo *node;         /* (owned) */
  MosWorker *worker;           /* (owned) (nullable) */
  GCancellable *cancellable;   /* (owned) of the commands that run */
  char *name;                  /* (owned) */
  guint object_id;
  gboolean owns_name;
  MosProfileRun run;
  gpointer run_data;
};

G_DEFINE_FINAL_TYPE (MosProfileService, mos_profile_service, G_TYPE_OBJECT)

static guint raise_signal;

char *
mos_profile_service_dup_bus_name (const char *profile)
{
  g_autofree char *scope = mos_desk_profile_scope (profile);

  return g_strconcat (MOS_APP_ID ".Profile.", scope, NULL);
}

static GVariant *
mos_profile_bytes_variant (GBytes *bytes)
{
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);

  return g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes != NULL ? bytes : empty, TRUE);
}

/* --- serving --- */

typedef struct
{
  MosProfileRun run;
  gpointer run_data;
  GStrv argv;
  GBytes *input;
  GDBusMethodInvocation *invocation; /* (owned) */
  GCancellable *cancellable;         /* (owned) */
} MosProfileJob;

static void
mos_profile_job_free (gpointer data)
{
  MosProfileJob *job = data;

  g_strfreev (job->argv);
  g_bytes_unref (job->input);
  g_object_unref (job->invocation);
  g_object_unref (job->cancellable);
  g_free (job);
}

static void
mos_profile_run_thread (GTask *task,
                        gpointer source_object,
                        gpointer task_data,
                        GCancellable *cancellable)
{
  MosProfileJob *job = task_data;
  g_autoptr (GBytes) output = NULL;
  g_autoptr (GBytes) errors = NULL;
  int status;

  g_cancellable_push_current (job->cancellable);
  status = job->run ((const char *const *) job->argv, job->input, &output, &errors, job->run_data);
  g_cancellable_pop_current (job->cancellable);

  g_dbus_method_invocation_return_value (g_object_ref (job->invocation),
                                         g_variant_new ("(i@ay@ay)", status, mos_profile_bytes_variant (output), mos_profile_bytes_variant (errors)));
  g_task_return_boolean (task, TRUE);
}

static void
mos_profile_method_cb (GDBusConnection *connection,
                       const char *sender,
                       const char *object_path,
                       const char *interface_name,
                       const char *method_name,
                       GVariant *parameters,
                       GDBusMethodInvocation *invocation,
                       gpointer user_data)
{
  MosProfileService *self = user_data;
  g_autoptr (GTask) task = NULL;
  g_autoptr (GVariant) input = NULL;
  MosProfileJob *job;

  if (g_strcmp0 (method_name, "Raise") == 0)
    {
      const char *token;

      g_variant_get (parameters, "(&s)", &token);
      g_signal_emit (self, raise_signal, 0, token);
      g_dbus_method_invocation_return_value (invocation, NULL);
      return;
    }
  if (self->run == NULL)
    {
      g_dbus_method_invocation_return_error_literal (invocation, G_DBUS_ERROR, G_DBUS_ERROR_NOT_SUPPORTED, "No commands here");
      return;
    }

  job = g_new0 (MosProfileJob, 1);
  job->run = self->run;
  job->run_data = self->run_data;
  g_variant_get (parameters, "(^as@ay)", &job->argv, &input);
  job->input = g_variant_get_data_as_bytes (input);
  job->invocation = invocation;
  job->cancellable = g_object_ref (self->cancellable);
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_source_tag (task, mos_profile_method_cb);
  g_task_set_task_data (task, job, mos_profile_job_free);
  if (self->worker == NULL)
    self->worker = mos_worker_new ("mos-commands");
  mos_worker_push (self->worker, task, mos_profile_run_thread);
}

static const GDBusInterfaceVTable profile_vtable = { .method_call = mos_profile_method_cb };

static void
mos_profile_service_dispose (GObject *object)
{
  mos_profile_service_close (MOS_PROFILE_SERVICE (object));

  G_OBJECT_CLASS (mos_profile_service_parent_class)->dispose (object);
}

static void
mos_profile_service_finalize (GObject *object)
{
  MosProfileService *self = MOS_PROFILE_SERVICE (object);

  g_clear_pointer (&self->node, g_dbus_node_info_unref);
  g_clear_object (&self->cancellable);
  g_free (self->name);

  G_OBJECT_CLASS (mos_profile_service_parent_class)->finalize (object);
}

static void
mos_profile_service_class_init (MosProfileServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mos_profile_service_dispose;
  object_class->finalize = mos_profile_service_finalize;

  raise_signal = g_signal_new ("raise", MOS_TYPE_PROFILE_SERVICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
mos_profile_service_init (MosProfileService *self)
{
  self->cancellable = g_cancellable_new ();
}

MosProfileService *
mos_profile_service_new_sync (const char *profile,
                              GDBusConnection *connection,
                              GCancellable *cancellable,
                              GError **error)
{
  g_autoptr (MosProfileService) self = g_object_new (MOS_TYPE_PROFILE_SERVICE, NULL);
  g_autoptr (GVariant) reply = NULL;
  guint32 answer;

  self->connection = connection != NULL ? g_object_ref (connection) : g_bus_get_sync (G_BUS_TYPE_SESSION, cancellable, error);
  if (self->connection == NULL)
    return NULL;
  self->node = g_dbus_node_info_new_for_xml (introspection_xml, error);
  if (self->node == NULL)
    return NULL;

  /* The object before the name: who sees the name finds the object. */
  self->object_id = g_dbus_connection_register_object (self->connection, MOS_PROFILE_PATH, self->node->interfaces[0], &profile_vtable, self, NULL, error);
  if (self->object_id == 0)
    return NULL;

  self->name = mos_profile_service_dup_bus_name (profile);
  reply = g_dbus_connection_call_sync (self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", self->name, (guint32) G_BUS_NAME_OWNER_FLAGS_DO_NOT_QUEUE),
                                       G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1, cancellable, error);
  if (reply == NULL)
    return NULL;
  g_variant_get (reply, "(u)", &answer);
  if (answer != 1 && answer != 4) /* primary owner, already owner */
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "Another process has this profile");
      return NULL;
    }
  /* The window's application may have taken the name on this connection already; then it also gives it back. */
  self->owns_name = answer == 1;
  return g_steal_pointer (&self);
}

void
mos_profile_service_set_run (MosProfileService *self,
                             MosProfileRun run,
                             gpointer user_data)
{
  g_return_if_fail (MOS_IS_PROFILE_SERVICE (self));

  self->run = run;
  self->run_data = user_data;
}

void
mos_profile_service_close (MosProfileService *self)
{
  g_return_if_fail (MOS_IS_PROFILE_SERVICE (self));

  if (self->connection == NULL)
    return;

  if (self->object_id != 0)
    g_dbus_connection_unregister_object (self->connection, self->object_id);
  self->object_id = 0;
  /* A command that waits for a server must not hold the window. */
  g_cancellable_cancel (self->cancellable);
  if (self->worker != NULL)
    mos_worker_shutdown (self->worker);
  g_clear_object (&self->worker);
  if (self->owns_name)
    g_dbus_connection_call (self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "ReleaseName",
                            g_variant_new ("(s)", self->name), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
  g_clear_object (&self->connection);
}

/* --- asking --- */

static GVariant *
mos_profile_call_sync (const char *profile,
                       const char *method,
                       GVariant *parameters,
                       const GVariantType *reply_type,
                       int timeout_ms,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GVariant) sunk = g_variant_ref_sink (parameters);
  g_autofree char *name = mos_profile_service_dup_bus_name (profile);
  g_autoptr (GDBusConnection) connection = g_bus_get_sync (G_BUS_TYPE_SESSION, cancellable, error);

  if (connection == NULL)
    return NULL;
  return g_dbus_connection_call_sync (connection, name, MOS_PROFILE_PATH, MOS_PROFILE_INTERFACE, method, sunk, reply_type,
                                      G_DBUS_CALL_FLAGS_NO_AUTO_START, timeout_ms, cancellable, error);
}

gboolean
mos_profile_service_is_open_sync (const char *profile)
{
  g_autoptr (GDBusConnection) connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autofree char *name = mos_profile_service_dup_bus_name (profile);
  g_autoptr (GVariant) reply = NULL;
  gboolean is_open = FALSE;

  if (connection != NULL)
    reply = g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner", g_variant_new ("(s)", name),
                                         G_VARIANT_TYPE ("(b)"), G_DBUS_CALL_FLAGS_NONE, RAISE_TIMEOUT_MS, NULL, NULL);
  if (reply != NULL)
    g_variant_get (reply, "(b)", &is_open);
  return is_open;
}

gboolean
mos_profile_service_raise_sync (const char *profile,
                                const char *activation_token,
                                GCancellable *cancellable,
                                GError **error)
{
  g_autoptr (GVariant) reply = mos_profile_call_sync (profile, "Raise", g_variant_new ("(s)", activation_token != NULL ? activation_token : ""),
                                                      NULL, RAISE_TIMEOUT_MS, cancellable, error);

  return reply != NULL;
}

gboolean
mos_profile_service_run_sync (const char *profile,
                              const char *const *argv,
                              GBytes *input,
                              int *ret_status,
                              GBytes **ret_output,
                              GBytes **ret_errors,
                              GCancellable *cancellable,
                              GError **error)
{
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) output = NULL;
  g_autoptr (GVariant) errors = NULL;
  gint32 status;

  reply = mos_profile_call_sync (profile, "Run", g_variant_new ("(^as@ay)", argv, mos_profile_bytes_variant (input)),
                                 G_VARIANT_TYPE ("(iayay)"), G_MAXINT, cancellable, error);
  if (reply == NULL)
    return FALSE;

  g_variant_get (reply, "(i@ay@ay)", &status, &output, &errors);
  *ret_status = status;
  *ret_output = g_variant_get_data_as_bytes (output);
  *ret_errors = g_variant_get_data_as_bytes (errors);
  return TRUE;
}
