/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-person-export.h"

#include "core/base/mos-text.h"
#include "core/desk/mos-customer-json.h"
#include "core/desk/mos-customers.h"
#include "core/desk/mos-person-own.h"
#include "core/desk/mos-show-json.h"
#include "core/desk/mos-surveys.h"
#include "core/desk/mos-zip.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-customer-erase.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-shops.h"
#include "core/store/mos-store-surveys.h"

#include <string.h>

struct _MosPersonExportJob
{
  MosJob parent_instance;

  MosStore *store;
  char *customer;
  char **words;
  char *path;
  gboolean replace;
  guint n_conversations;
  guint n_files;
  guint n_damaged;
};

G_DEFINE_FINAL_TYPE (MosPersonExportJob, mos_person_export_job, MOS_TYPE_JOB)

/* One run. */
typedef struct
{
  MosPersonExportJob *job; /* (borrowed) */
  MosCustomerRow *row;     /* (owned) */
  GPtrArray *ids;          /* (owned) of conversations */
  GPtrArray *elsewhere;    /* (owned) of ids of messages of theirs in conversations of others */
  MosPersonOwn *own;       /* (owned) */
  GPtrArray *orders;       /* (owned) */
  GPtrArray *shops;        /* (owned): all there are */
  GPtrArray *surveys;      /* (owned): what they said of the service, newest first */
  GPtrArray *former;       /* (owned): an array for each of @surveys */
  MosZip *zip;             /* (owned) */
  GString *json;           /* (owned) */
  GString *html;           /* (owned) */
  /* a read */
  const char *id;
  MosShow show;
  GBytes *bytes;
  MosMessageRow *message;
} Person;

static void
person_clear (Person *self)
{
  g_clear_pointer (&self->row, mos_customer_row_unref);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_clear_pointer (&self->elsewhere, g_ptr_array_unref);
  g_clear_pointer (&self->own, mos_person_own_free);
  g_clear_pointer (&self->orders, g_ptr_array_unref);
  g_clear_pointer (&self->shops, g_ptr_array_unref);
  g_clear_pointer (&self->surveys, g_ptr_array_unref);
  g_clear_pointer (&self->former, g_ptr_array_unref);
  g_clear_pointer (&self->zip, mos_zip_free);
  g_string_free (self->json, TRUE);
  g_string_free (self->html, TRUE);
  mos_show_clear (&self->show);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->message, mos_message_row_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Person, person_clear)

static gboolean
list_surveys (MosTxn *txn,
              Person *self,
              GError **error)
{
  self->surveys = mos_store_survey_list (txn, self->row->id, NULL, 0, G_MAXUINT, error);
  self->former = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; self->surveys != NULL && i < self->surveys->len; i++)
    {
      GPtrArray *former = mos_store_survey_list_former (txn, ((MosSurvey *) self->surveys->pdata[i])->id, error);

      if (former == NULL)
        return FALSE;
      g_ptr_array_add (self->former, former);
    }
  return self->surveys != NULL;
}

/* That they named it proves nothing: it may be a stranger's. */
static void
leave_out_named (GPtrArray *orders)
{
  for (guint i = orders->len; i-- > 0;)
    if (((MosOrder *) orders->pdata[i])->proof == MOS_ORDER_PROOF_NUMBER)
      g_ptr_array_remove_index (orders, i);
}

static gboolean
do_list (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Person *self = data;

  if (!mos_customers_find (txn, self->job->customer, &self->row, error))
    return FALSE;
  self->ids = mos_store_customer_list_held (txn, self->row->id, error);
  if (self->ids == NULL || !mos_person_own_load (txn, self->row, &self->own, error))
    return FALSE;
  self->elsewhere = mos_person_own_list_elsewhere (txn, self->own, self->row->id, error);
  if (self->elsewhere == NULL)
    return FALSE;
  self->orders = mos_store_order_list_of_customer (txn, self->row->id, G_MAXUINT, error);
  if (self->orders != NULL)
    leave_out_named (self->orders);
  self->shops = self->orders != NULL ? mos_store_shop_list_light (txn, error) : NULL;
  return self->shops != NULL && list_surveys (txn, self, error);
}

static gboolean
do_show (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Person *self = data;

  mos_show_clear (&self->show);
  self->show = (MosShow) { .full = TRUE };
  return mos_show_load (txn, self->id, NULL, &self->show, error);
}

static gboolean
do_message (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  Person *self = data;

  g_clear_pointer (&self->message, mos_message_row_unref);
  return mos_store_message_find (txn, self->id, &self->message, error);
}

static gboolean
do_raw (MosTxn *txn,
        gpointer data,
        GCancellable *cancellable,
        GError **error)
{
  Person *self = data;

  return mos_store_message_load_raw (txn, self->id, &self->bytes, error);
}

static gboolean
do_blob (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Person *self = data;

  return mos_store_blob_find (txn, self->id, &self->bytes, error);
}

/* What is damaged here is left out, and counted; @func fills self->bytes. */
static gboolean
add_bytes (Person *self,
           MosStoreFunc func,
           const char *id,
           const char *name,
           gint64 at_us,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GError) local_error = NULL;

  g_clear_pointer (&self->bytes, g_bytes_unref);
  self->id = id;
  if (!mos_store_read_sync (self->job->store, func, self, cancellable, &local_error) && !g_error_matches (local_error, MOS_STORE_ERROR, MOS_STORE_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (self->bytes == NULL)
    {
      self->job->n_damaged += local_error != NULL;
      return TRUE;
    }
  self->job->n_files++;
  return mos_zip_add (self->zip, name, g_bytes_get_data (self->bytes, NULL), g_bytes_get_size (self->bytes), at_us, error);
}

/* --- the page for people --- */

static void
append_escaped (GString *html,
                const char *before,
                const char *text,
                const char *after)
{
  g_autofree char *escaped = g_markup_escape_text (text != NULL ? text : "", -1);

  g_string_append_printf (html, "%s%s%s", before, escaped, after);
}

static void
append_detail (Person *self,
               const char *name,
               const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  append_escaped (self->html, "<dt>", name, "</dt>");
  append_escaped (self->html, "<dd dir=\"auto\">", value, "</dd>\n");
}

/* "Language: pt_BR" of a catalog as it is called on the web; without one the words are English. Returns: (transfer full) */
static char *
language_of (const char *catalog)
{
  static const char field[] = "Language:";
  const char *at = strstr (catalog, field);
  gsize length;
  char *tag;

  at = at != NULL ? at + strlen (field) + strspn (at + strlen (field), " ") : "";
  length = strspn (at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-");
  tag = length > 0 ? g_strdelimit (g_strndup (at, length), "_", '-') : g_strdup ("en");
  return tag;
}

static const char *
consent_text (Person *self)
{
  char **words = self->job->words;

  switch (self->row->consent)
    {
    case MOS_CONSENT_GIVEN:
      return words[MOS_PERSON_CONSENT_GIVEN];
    case MOS_CONSENT_OPTED_OUT:
      return words[MOS_PERSON_CONSENT_OPTED_OUT];
    case MOS_CONSENT_UNKNOWN:
    default:
      return NULL;
    }
}

static void
begin_page (Person *self)
{
  char **words = self->job->words;
  const char *title = mos_customer_row_get_title (self->row);
  g_autofree char *language = language_of (words[MOS_PERSON_CATALOG]);

  g_string_append_printf (self->html, "<!DOCTYPE html>\n<html lang=\"%s\" dir=\"%s\"><head><meta charset=\"utf-8\">", language, mos_text_is_rtl_language (language) ? "rtl" : "ltr");
  append_escaped (self->html, "<title>", title, "</title>");
  g_string_append (self->html, "<style>body{font-family:sans-serif;max-width:50em;margin:auto;padding:1em}pre{white-space:pre-wrap;font:inherit}article{border-top:1px solid;padding:.5em 0}dt{font-weight:bold}</style></head><body>\n");
  append_escaped (self->html, "<h1 dir=\"auto\">", title, "</h1>\n");
  append_escaped (self->html, "<h2>", words[MOS_PERSON_DETAILS], "</h2>\n<dl>\n");
  append_detail (self, words[MOS_PERSON_NAME], self->row->name);
  append_detail (self, words[MOS_PERSON_LANGUAGE], self->row->language);
  append_detail (self, words[MOS_PERSON_COUNTRY], self->row->country);
  append_detail (self, words[MOS_PERSON_PHONE], self->row->phone);
  append_detail (self, words[MOS_PERSON_COMPANY], self->row->company);
  append_detail (self, words[MOS_PERSON_NOTES], self->row->notes);
  append_detail (self, words[MOS_PERSON_CONSENT], consent_text (self));
  append_detail (self, words[MOS_PERSON_VIP], self->row->vip ? words[MOS_PERSON_YES] : NULL);
  for (guint i = 0; i < self->row->fields->len; i++)
    {
      const MosCustomerField *field = g_ptr_array_index (self->row->fields, i);

      append_detail (self, field->name, field->value);
    }
  g_string_append (self->html, "</dl>\n");
  append_escaped (self->html, "<h2>", words[MOS_PERSON_ADDRESSES], "</h2>\n<ul>\n");
  for (guint i = 0; i < self->row->identities->len; i++)
    append_escaped (self->html, "<li>", ((MosIdentity *) g_ptr_array_index (self->row->identities, i))->value, "</li>\n");
  g_string_append (self->html, "</ul>\n");
}

/* --- the orders --- */

static const char *
shop_name (Person *self,
           const MosOrder *order)
{
  for (guint i = 0; i < self->shops->len; i++)
    {
      const MosShopAccount *shop = g_ptr_array_index (self->shops, i);

      if (strcmp (shop->id, order->shop) == 0)
        return shop->name;
    }
  return order->shop;
}

static void
append_order (Person *self,
              const MosOrder *order)
{
  const char *const lines[] = { order->name, order->address, order->email, order->phone, order->note };
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc_usec (order->created_us);
  g_autofree char *when = g_date_time_format (time, "%F %R UTC");

  append_escaped (self->html, "<article><p>", when, " · ");
  append_escaped (self->html, "<b dir=\"auto\">", order->number, "</b> · ");
  append_escaped (self->html, "<bdi>", shop_name (self, order), "</bdi> · ");
  append_escaped (self->html, "<bdi>", order->status, "</bdi> · ");
  append_escaped (self->html, "", order->total, " ");
  append_escaped (self->html, "", order->currency, "</p>\n<ul>\n");
  for (guint i = 0; i < order->items->len; i++)
    {
      const MosOrderItem *item = g_ptr_array_index (order->items, i);

      append_escaped (self->html, "<li dir=\"auto\">", item->quantity, " × ");
      append_escaped (self->html, "", item->name, " ");
      append_escaped (self->html, "", item->variant, "</li>\n");
    }
  g_string_append (self->html, "</ul>\n");
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    if (*lines[i] != '\0')
      append_escaped (self->html, "<pre dir=\"auto\">", lines[i], "</pre>\n");
  g_string_append (self->html, "</article>\n");
}

static void
add_orders (Person *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_array (builder);
  if (self->orders->len > 0)
    append_escaped (self->html, "<h2>", self->job->words[MOS_PERSON_ORDERS], "</h2>\n");
  for (guint i = 0; i < self->orders->len; i++)
    {
      const MosOrder *order = g_ptr_array_index (self->orders, i);

      mos_order_build (builder, order, shop_name (self, order));
      append_order (self, order);
    }
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  g_string_append_printf (self->json, ",\n\"orders\":%s", text);
}

/* --- what they said of the service --- */

static void
append_survey (Person *self,
               const MosSurvey *survey)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc_usec (survey->answered_us);
  g_autofree char *when = g_date_time_format (time, "%F %R UTC");
  g_autofree char *score = survey->score != MOS_SURVEY_NO_SCORE ? g_strdup_printf ("%d / %d", survey->score, mos_survey_kind_get_highest (survey->kind)) : g_strdup ("—");

  append_escaped (self->html, "<article><p>", when, " · ");
  append_escaped (self->html, "", survey->kind == MOS_SURVEY_NPS ? "NPS" : "CSAT", " ");
  append_escaped (self->html, "<b>", score, "</b></p>\n");
  if (*survey->comment != '\0')
    append_escaped (self->html, "<pre dir=\"auto\">", survey->comment, "</pre>");
  g_string_append (self->html, "</article>\n");
}

static void
add_surveys (Person *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_array (builder);
  if (self->surveys->len > 0)
    append_escaped (self->html, "<h2>", self->job->words[MOS_PERSON_SCORES], "</h2>\n");
  for (guint i = 0; i < self->surveys->len; i++)
    {
      GPtrArray *former = g_ptr_array_index (self->former, i);

      mos_survey_build (builder, g_ptr_array_index (self->surveys, i), former, FALSE);
      append_survey (self, g_ptr_array_index (self->surveys, i));
      for (guint n = former->len; n-- > 0;)
        append_survey (self, g_ptr_array_index (former, n));
    }
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  g_string_append_printf (self->json, ",\n\"scores\":%s", text);
}

static void
append_message (Person *self,
                MosMessageRow *message)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc_usec (message->received_us);
  g_autofree char *when = g_date_time_format (time, "%F %R UTC");
  const char *who = message->direction == MOS_DIRECTION_NOTE ? self->job->words[MOS_PERSON_NOTE] : message->direction == MOS_DIRECTION_OUTGOING ? self->job->words[MOS_PERSON_FROM_US]
                                                                                               : message->from != NULL                          ? message->from->address
                                                                                                                                                : "";

  append_escaped (self->html, "<article><p>", when, " · ");
  append_escaped (self->html, "<b>", who, "</b></p>\n");
  append_escaped (self->html, "<pre dir=\"auto\">", message->text, "</pre></article>\n");
}

/* --- the conversations --- */

static gboolean
add_message (Person *self,
             gint64 number,
             guint position,
             MosMessageRow *message,
             GCancellable *cancellable,
             GError **error)
{
  g_autofree char *name = NULL;

  if (message->direction == MOS_DIRECTION_EVENT)
    return TRUE;
  append_message (self, message);
  for (guint i = 0; message->attachments != NULL && i < message->attachments->len; i++)
    {
      const MosAttachment *attachment = g_ptr_array_index (message->attachments, i);
      g_autofree char *path = g_strdup_printf ("files/%" G_GINT64_FORMAT "-%u-%u-%s", number, position, i + 1, attachment->name);

      if (attachment->sha256 == NULL)
        continue;
      if (!add_bytes (self, do_blob, attachment->sha256, path, message->received_us, cancellable, error))
        return FALSE;
      append_escaped (self->html, "<p>", self->job->words[MOS_PERSON_FILES], ": ");
      append_escaped (self->html, "<code>", path, "</code></p>\n");
    }
  name = g_strdup_printf ("mail/%" G_GINT64_FORMAT "-%u.eml", number, position);
  /* Its head may name who got it unseen. */
  return message->direction == MOS_DIRECTION_NOTE || mos_person_own_names_others (self->own, message) || add_bytes (self, do_raw, message->id, name, message->received_us, cancellable, error);
}

/* A plain remark instead of what is others'. The subject may be theirs, too. Returns: how many were left out */
static guint
leave_out_others (Person *self)
{
  guint n = mos_person_own_filter (self->own, self->show.messages);

  if (n > 0)
    g_set_str (&self->show.row->subject, self->show.messages->len > 0 ? ((const MosMessageRow *) self->show.messages->pdata[0])->subject : "");
  return n;
}

static gboolean
add_conversation (Person *self,
                  const char *id,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autofree char *line = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  gint64 number;
  guint n_left_out;

  self->id = id;
  if (!mos_store_read_sync (self->job->store, do_show, self, cancellable, error))
    return FALSE;
  if (self->show.messages->len == 0)
    return TRUE;
  n_left_out = leave_out_others (self);
  line = mos_show_to_json (&self->show);
  g_string_append_printf (self->json, "%s\n%s", self->job->n_conversations > 0 ? "," : "", g_strchomp (line));
  if (n_left_out > 0)
    {
      g_string_truncate (self->json, self->json->len - strlen ("}"));
      g_string_append_printf (self->json, ",\"left_out\":%u}", n_left_out);
    }
  self->job->n_conversations++;
  append_escaped (self->html, "<h3 dir=\"auto\">", self->show.row->subject, "</h3>\n");
  if (n_left_out > 0)
    {
      g_autofree char *count = g_strdup_printf ("%u", n_left_out);

      append_escaped (self->html, "<p><i>", self->job->words[MOS_PERSON_LEFT_OUT], ": ");
      append_escaped (self->html, "", count, "</i></p>\n");
    }
  messages = g_ptr_array_ref (self->show.messages);
  number = self->show.row->number;
  for (guint i = 0; i < messages->len; i++)
    if (!add_message (self, number, i + 1, g_ptr_array_index (messages, i), cancellable, error))
      return FALSE;
  return TRUE;
}

/* --- what they wrote in conversations of others, and what we wrote to them there --- */

static void
append_json_message (Person *self,
                     const MosMessageRow *message,
                     gboolean is_first)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  mos_json_string (builder, "id", message->id);
  mos_json_string (builder, "from", message->from != NULL ? message->from->address : NULL);
  mos_json_string (builder, "subject", message->subject);
  mos_json_time (builder, "sent", message->sent_us);
  mos_json_time (builder, "received", message->received_us);
  mos_json_string (builder, "text", message->text);
  json_builder_set_member_name (builder, "attachments");
  json_builder_begin_array (builder);
  for (guint i = 0; message->attachments != NULL && i < message->attachments->len; i++)
    json_builder_add_string_value (builder, ((const MosAttachment *) g_ptr_array_index (message->attachments, i))->name);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  g_string_append_printf (self->json, "%s\n%s", is_first ? "" : ",", text);
}

static gboolean
add_elsewhere (Person *self,
               GCancellable *cancellable,
               GError **error)
{
  guint n = 0;

  g_string_append (self->json, ",\n\"elsewhere\":[");
  for (guint i = 0; i < self->elsewhere->len; i++)
    {
      g_autoptr (MosMessageRow) message = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      self->id = g_ptr_array_index (self->elsewhere, i);
      if (!mos_store_read_sync (self->job->store, do_message, self, cancellable, error))
        return FALSE;
      message = g_steal_pointer (&self->message);
      if (message == NULL)
        continue;
      if (n == 0)
        append_escaped (self->html, "<h2>", self->job->words[MOS_PERSON_ELSEWHERE], "</h2>\n");
      append_json_message (self, message, n == 0);
      append_escaped (self->html, "<h3 dir=\"auto\">", message->subject, "</h3>\n");
      if (!add_message (self, 0, ++n, message, cancellable, error))
        return FALSE;
    }
  g_string_append (self->json, "]");
  return TRUE;
}

static gboolean
run_sync (MosJob *job,
          GCancellable *cancellable,
          GError **error)
{
  MosPersonExportJob *me = MOS_PERSON_EXPORT_JOB (job);
  g_auto (Person) self = { .job = me, .json = g_string_new ("{\"customer\":"), .html = g_string_new (NULL) };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *customer = NULL;
  gint64 now_us = mos_clock_now_us (mos_store_get_clock (me->store));

  me->n_conversations = me->n_files = me->n_damaged = 0;
  if (!mos_store_read_sync (me->store, do_list, &self, cancellable, error))
    return FALSE;
  self.zip = mos_zip_open (me->path, me->replace, error);
  if (self.zip == NULL)
    return FALSE;
  mos_customer_json_add (builder, self.row);
  root = json_builder_get_root (builder);
  customer = json_to_string (root, FALSE);
  g_string_append (self.json, customer);
  begin_page (&self);
  add_orders (&self);
  add_surveys (&self);
  g_string_append (self.json, ",\n\"conversations\":[");
  append_escaped (self.html, "<h2>", me->words[MOS_PERSON_CONVERSATIONS], "</h2>\n");
  for (guint i = 0; i < self.ids->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !add_conversation (&self, g_ptr_array_index (self.ids, i), cancellable, error))
        return FALSE;
      mos_job_set_progress (job, i + 1, self.ids->len, i + 1);
    }
  g_string_append (self.json, "\n]");
  if (!add_elsewhere (&self, cancellable, error))
    return FALSE;
  g_string_append (self.json, "}\n");
  g_string_append (self.html, "</body></html>\n");
  return mos_zip_add (self.zip, "person.json", self.json->str, self.json->len, now_us, error) && mos_zip_add (self.zip, "person.html", self.html->str, self.html->len, now_us, error) &&
         mos_zip_finish (self.zip, error);
}

static gboolean
equal (MosJob *job,
       MosJob *other)
{
  return strcmp (MOS_PERSON_EXPORT_JOB (job)->path, MOS_PERSON_EXPORT_JOB (other)->path) == 0;
}

static void
mos_person_export_job_finalize (GObject *object)
{
  MosPersonExportJob *self = MOS_PERSON_EXPORT_JOB (object);

  g_clear_object (&self->store);
  g_free (self->customer);
  g_strfreev (self->words);
  g_free (self->path);

  G_OBJECT_CLASS (mos_person_export_job_parent_class)->finalize (object);
}

static void
mos_person_export_job_class_init (MosPersonExportJobClass *klass)
{
  MosJobClass *job_class = MOS_JOB_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mos_person_export_job_finalize;
  job_class->run_sync = run_sync;
  job_class->equal = equal;
}

static void
mos_person_export_job_init (MosPersonExportJob *self)
{
}

MosPersonExportJob *
mos_person_export_job_new (MosStore *store,
                           const char *customer,
                           const char *const *words,
                           const char *path,
                           gboolean replace)
{
  MosPersonExportJob *self = g_object_new (MOS_TYPE_PERSON_EXPORT_JOB, NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; i < MOS_N_PERSON_WORDS; i++)
    g_strv_builder_add (builder, words[i]);
  self->store = g_object_ref (store);
  self->customer = g_strdup (customer);
  self->words = g_strv_builder_end (builder);
  self->path = g_strdup (path);
  self->replace = replace;
  return self;
}

void
mos_person_export_job_get_counts (MosPersonExportJob *self,
                                  guint *ret_conversations,
                                  guint *ret_files,
                                  guint *ret_damaged)
{
  *ret_conversations = self->n_conversations;
  *ret_files = self->n_files;
  *ret_damaged = self->n_damaged;
}
