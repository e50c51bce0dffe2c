/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-customer.h"

#include "core/base/mos-time.h"
#include "core/desk/mos-customer-json.h"
#include "core/store/mos-store-customer-erase.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  GPtrArray *args; /* (borrowed) */
  GPtrArray *take; /* (owned) (nullable) */
  gboolean only_shows;
  gboolean even_blocked;
  MosCustomerRow *row; /* (owned) (nullable): what is printed */
  MosMergePreview *preview;
  MosErasure *erasure;
  GPtrArray *since;
} MosCtlJoining;

static void
mos_ctl_joining_clear (MosCtlJoining *call)
{
  g_clear_pointer (&call->take, g_ptr_array_unref);
  g_clear_pointer (&call->row, mos_customer_row_unref);
  g_clear_pointer (&call->preview, mos_merge_preview_unref);
  g_clear_pointer (&call->erasure, mos_erasure_unref);
  g_clear_pointer (&call->since, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosCtlJoining, mos_ctl_joining_clear)

/* --- merge --- */

static gboolean
do_merge (MosTxn *txn,
          gpointer data,
          GError **error)
{
  MosCtlJoining *call = data;
  const char *const *take = (const char *const *) call->take->pdata;
  g_autoptr (MosCustomerRow) source = NULL;
  g_autoptr (MosCustomerRow) target = NULL;

  if (!mos_customers_find (txn, g_ptr_array_index (call->args, 0), &source, error) || !mos_customers_find (txn, g_ptr_array_index (call->args, 1), &target, error))
    return FALSE;
  if (call->only_shows)
    return mos_store_customer_preview_merge (txn, source->id, target->id, take, &call->preview, error);
  return mos_customers_merge (txn, source->id, target->id, take, call->even_blocked, error) && mos_store_customer_find (txn, target->id, &call->row, error);
}

/* Returns: (transfer full) (nullable): as a person, or a program, reads it */
static char *
dup_value (const char *value,
           gboolean is_time,
           gboolean for_programs)
{
  gint64 us = is_time && value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0;

  if (us == 0)
    return is_time && value != NULL ? g_strdup ("-") : g_strdup (value);
  return for_programs ? mos_time_format_utc (us) : mos_ctl_local_time (us);
}

static void
print_field (MosCtl *self,
             MosMergeField *field)
{
  g_autofree char *name = field->is_own ? g_strconcat ("own:", field->name, NULL) : g_strdup (field->name);
  gboolean is_time = !field->is_own && strcmp (field->name, "first_seen") == 0;
  g_autofree char *source = dup_value (field->source, is_time, self->json);
  g_autofree char *target = dup_value (field->target, is_time, self->json);
  g_autofree char *result = dup_value (field->result, is_time, self->json);

  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mos_json_string (builder, "field", name);
      mos_json_string (builder, "source", source);
      mos_json_string (builder, "target", target);
      mos_json_string (builder, "result", result);
      mos_json_bool (builder, "choice", field->can_choose);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
      return;
    }
  mos_ctl_print (self, "%s: %s | %s => %s\n", name, source != NULL ? source : "-", target != NULL ? target : "-", result);
}

int
mos_ctl_customer_merge (MosCtl *self,
                        GPtrArray *args)
{
  g_auto (MosCtlJoining) call = { .args = args, .take = g_ptr_array_new_with_free_func (g_free) };
  GError *error = NULL;
  char *take;

  call.only_shows = mos_ctl_take_flag (args, "--dry-run");
  call.even_blocked = mos_ctl_take_flag (args, "--even-blocked");
  while ((take = mos_ctl_take_option (args, "--take")) != NULL)
    g_ptr_array_add (call.take, take);
  g_ptr_array_add (call.take, NULL);
  if (!mos_ctl_check_args (self, args, 2, 2))
    return MOS_CTL_USAGE;
  if (!(call.only_shows ? mos_ctl_read (self, do_merge, &call, &error) : mos_ctl_write (self, MOS_CUSTOMER_MERGE, do_merge, &call, &error)))
    return mos_ctl_fail (self, error);
  for (guint i = 0; call.preview != NULL && i < call.preview->fields->len; i++)
    print_field (self, g_ptr_array_index (call.preview->fields, i));
  if (call.preview != NULL && call.preview->is_blocked)
    g_string_append_printf (self->errors, "%s\n", _ ("Mail of one of them is blocked: --even-blocked merges them all the same."));
  if (call.row != NULL)
    mos_ctl_print_customer (self, call.row);
  return MOS_CTL_DONE;
}

/* --- unmerge, split --- */

static gboolean
find_also (MosTxn *txn,
           MosCtlJoining *call,
           GPtrArray *also,
           GError **error)
{
  for (guint i = 1; i < call->args->len; i++)
    {
      g_autoptr (MosConversationRow) row = NULL;

      if (!mos_ctl_find_conversation (txn, g_ptr_array_index (call->args, i), &row, error))
        return FALSE;
      g_ptr_array_add (also, g_strdup (row->id));
    }
  g_ptr_array_add (also, NULL);
  return TRUE;
}

static gboolean
do_unmerge (MosTxn *txn,
            gpointer data,
            GError **error)
{
  MosCtlJoining *call = data;
  g_autoptr (MosCustomerRow) now = NULL;
  g_autoptr (GPtrArray) merges = NULL;
  g_autoptr (GPtrArray) also = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *source = NULL;
  MosCustomerMerge *merge;

  if (!mos_customers_find (txn, g_ptr_array_index (call->args, 0), &now, error) || !find_also (txn, call, also, error))
    return FALSE;
  merges = mos_store_customer_list_merges (txn, now->id, error);
  if (merges == NULL)
    return FALSE;
  if (merges->len == 0)
    {
      /* Translators: %s is a customer */
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_CANNOT_UNDO, _ ("Nobody was merged into %s"), mos_customer_row_get_title (now));
      return FALSE;
    }
  merge = g_ptr_array_index (merges, 0);
  call->since = mos_store_customer_list_since (txn, merge->id, error);
  return call->since != NULL && mos_store_customer_unmerge (txn, merge->id, (const char *const *) also->pdata, &source, error) && mos_store_customer_find (txn, source, &call->row, error);
}

int
mos_ctl_customer_unmerge (MosCtl *self,
                          GPtrArray *args)
{
  g_auto (MosCtlJoining) call = { .args = args };
  GError *error = NULL;
  guint stay;

  if (!mos_ctl_check_args (self, args, 1, 1000))
    return MOS_CTL_USAGE;
  if (!mos_ctl_write (self, MOS_CUSTOMER_UNMERGE, do_unmerge, &call, &error))
    return mos_ctl_fail (self, error);
  mos_ctl_print_customer (self, call.row);
  stay = call.since->len - MIN (call.since->len, args->len - 1);
  if (stay > 0)
    g_string_append_printf (self->errors, ngettext ("%u conversation that came since stays where it is.\n", "%u conversations that came since stay where they are.\n", stay), stay);
  return MOS_CTL_DONE;
}

static gboolean
do_split (MosTxn *txn,
          gpointer data,
          GError **error)
{
  MosCtlJoining *call = data;
  g_autoptr (MosCustomerRow) now = NULL;
  g_autofree char *id = NULL;

  if (!mos_customers_find (txn, g_ptr_array_index (call->args, 0), &now, error))
    return FALSE;
  g_ptr_array_add (call->args, NULL);
  return mos_customers_split (txn, now->id, (const char *const *) call->args->pdata + 1, &id, error) && mos_store_customer_find (txn, id, &call->row, error);
}

int
mos_ctl_customer_split (MosCtl *self,
                        GPtrArray *args)
{
  g_auto (MosCtlJoining) call = { .args = args };
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 2, 100))
    return MOS_CTL_USAGE;
  if (!mos_ctl_write (self, MOS_CUSTOMER_SPLIT, do_split, &call, &error))
    return mos_ctl_fail (self, error);
  mos_ctl_print_customer (self, call.row);
  return MOS_CTL_DONE;
}

/* --- erase --- */

static gboolean
do_erase (MosTxn *txn,
          gpointer data,
          GError **error)
{
  MosCtlJoining *call = data;

  if (!mos_customers_find (txn, g_ptr_array_index (call->args, 0), &call->row, error))
    return FALSE;
  return call->only_shows ? mos_customers_preview_erasure (txn, call->row->id, &call->erasure, error) : mos_customers_erase (txn, call->row->id, &call->erasure, error);
}

static void
print_erasure (MosCtl *self,
               MosErasure *erasure)
{
  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      mos_erasure_json_add (builder, erasure);
      mos_ctl_print_json (self, builder);
      return;
    }
  if (erasure->id != NULL)
    {
      g_autofree char *at = mos_ctl_local_time (erasure->at_us);

      mos_ctl_print (self, "%s  %s  %s\n", erasure->id, at, erasure->hash);
    }
  mos_ctl_print (self, ngettext ("%u address\n", "%u addresses\n", erasure->n_identities), erasure->n_identities);
  mos_ctl_print (self, ngettext ("%u conversation\n", "%u conversations\n", erasure->n_conversations), erasure->n_conversations);
  mos_ctl_print (self, ngettext ("%u message\n", "%u messages\n", erasure->n_messages), erasure->n_messages);
  mos_ctl_print (self, ngettext ("%u file\n", "%u files\n", erasure->n_files), erasure->n_files);
  for (guint i = 0; erasure->mentions != NULL && i < erasure->mentions->len; i++)
    {
      MosConversationRow *row = g_ptr_array_index (erasure->mentions, i);

      /* Translators: number and subject of somebody else's conversation */
      mos_ctl_print (self, _ ("mentioned in #%1$d  %2$s\n"), (int) row->number, row->subject);
    }
  for (guint i = 0; erasure->views != NULL && i < erasure->views->len; i++)
    /* Translators: %s is the name of a saved view */
    mos_ctl_print (self, _ ("asked for by the view “%s”\n"), (const char *) g_ptr_array_index (erasure->views, i));
}

int
mos_ctl_customer_erase (MosCtl *self,
                        GPtrArray *args)
{
  g_auto (MosCtlJoining) call = { .args = args };
  gboolean is_sure = mos_ctl_take_flag (args, "--yes");
  GError *error = NULL;

  call.only_shows = mos_ctl_take_flag (args, "--dry-run");
  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  if (is_sure == call.only_shows)
    return mos_ctl_usage (self, "%s", _ ("There is no undo: --dry-run says what would go, --yes does it"));
  if (!(call.only_shows ? mos_ctl_read (self, do_erase, &call, &error) : mos_ctl_write (self, NULL, do_erase, &call, &error)))
    return mos_ctl_fail (self, error);
  print_erasure (self, call.erasure);
  if (!call.only_shows)
    g_string_append_printf (self->errors, "%s\n", _ ("Backups made before still hold it, and the mail on the server is left alone: it does not come back from there."));
  return MOS_CTL_DONE;
}

static gboolean
do_receipts (MosTxn *txn,
             gpointer data,
             GError **error)
{
  MosCtlJoining *call = data;

  call->since = mos_store_erasure_list (txn, error);
  return call->since != NULL;
}

int
mos_ctl_customer_receipts (MosCtl *self,
                           GPtrArray *args)
{
  g_auto (MosCtlJoining) call = { .args = args };
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 0, 0))
    return MOS_CTL_USAGE;
  if (!mos_ctl_read (self, do_receipts, &call, &error))
    return mos_ctl_fail (self, error);
  for (guint i = 0; i < call.since->len; i++)
    print_erasure (self, g_ptr_array_index (call.since, i));
  return MOS_CTL_DONE;
}
