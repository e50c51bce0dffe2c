/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-outreach-values.h"

#include "core/base/mos-json.h"

static const char *const outreach_state_nicks[] = { "draft", "running", "paused", "done", "cancelled" };
MOS_DEFINE_NICKS (MosOutreachState, outreach_state)
static const char *const outreach_purpose_nicks[] = { "promotional", "order" };
MOS_DEFINE_NICKS (MosOutreachPurpose, outreach_purpose)
static const char *const audience_kind_nicks[] = { "segment", "unseen", "customers", "late-orders", "orders", "chosen-orders" };
G_STATIC_ASSERT (G_N_ELEMENTS (audience_kind_nicks) == MOS_N_AUDIENCES);
MOS_DEFINE_NICKS (MosAudienceKind, audience_kind)
static const char *const outreach_person_state_nicks[] = { "waiting", "made", "left-out", "cancelled" };
MOS_DEFINE_NICKS (MosOutreachPersonState, outreach_person_state)
static const char *const left_out_nicks[] = { "opted-out", "no-consent", "no-address", "bounced", "recent", "erased", "missing", "twice", "blocked", "settled", "unsendable" };
G_STATIC_ASSERT (G_N_ELEMENTS (left_out_nicks) == MOS_N_LEFT_OUT);
MOS_DEFINE_NICKS (MosLeftOut, left_out)

/* --- whom it is for --- */

static void
mos_audience_clear (MosAudience *self)
{
  g_strfreev (self->ids);
}
MOS_DEFINE_VALUE (MosAudience, audience)

MosAudience *
mos_audience_make (MosAudienceKind kind)
{
  MosAudience *self = mos_audience_new ();

  self->kind = kind;
  self->ids = g_new0 (char *, 1);
  return self;
}

gboolean
mos_audience_is_of_orders (const MosAudience *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->kind == MOS_AUDIENCE_LATE_ORDERS || self->kind == MOS_AUDIENCE_ORDERS || self->kind == MOS_AUDIENCE_CHOSEN_ORDERS;
}

void
mos_audience_build (JsonBuilder *builder,
                    const MosAudience *self)
{
  json_builder_begin_object (builder);
  mos_json_string (builder, "kind", mos_audience_kind_to_nick (self->kind));
  if (self->kind == MOS_AUDIENCE_SEGMENT)
    mos_json_string (builder, "segment", mos_segment_to_nick (self->segment));
  if (self->kind == MOS_AUDIENCE_UNSEEN || self->kind == MOS_AUDIENCE_LATE_ORDERS || self->kind == MOS_AUDIENCE_CHOSEN_ORDERS)
    mos_json_int (builder, "days", self->days);
  if (self->kind == MOS_AUDIENCE_ORDERS)
    {
      mos_json_string (builder, "status", self->has_status ? mos_order_status_to_nick (self->status) : NULL);
      mos_json_int (builder, "from", self->from_us);
      mos_json_int (builder, "to", self->to_us);
    }
  if (self->kind == MOS_AUDIENCE_CUSTOMERS || self->kind == MOS_AUDIENCE_CHOSEN_ORDERS)
    mos_json_strv (builder, "ids", self->ids);
  json_builder_end_object (builder);
}

static const char *
member_text (JsonObject *object,
             const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static gint64
member_int (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : 0;
}

static GStrv
member_strv (JsonObject *object,
             const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (element));
    }
  return g_strv_builder_end (builder);
}

MosAudience *
mos_audience_from_json (const char *json)
{
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  const char *kind = object != NULL ? member_text (object, "kind") : NULL;
  const char *status;
  MosAudience *self;

  if (kind == NULL || g_strcmp0 (mos_audience_kind_to_nick (mos_audience_kind_from_nick (kind, MOS_AUDIENCE_SEGMENT)), kind) != 0)
    return NULL;
  self = mos_audience_new ();
  self->kind = mos_audience_kind_from_nick (kind, MOS_AUDIENCE_SEGMENT);
  self->segment = mos_segment_from_nick (member_text (object, "segment"), MOS_SEGMENT_ALL);
  self->days = (guint) CLAMP (member_int (object, "days"), 0, G_MAXINT);
  status = member_text (object, "status");
  self->has_status = status != NULL;
  self->status = mos_order_status_from_nick (status, MOS_ORDER_PENDING);
  self->from_us = member_int (object, "from");
  self->to_us = member_int (object, "to");
  self->ids = member_strv (object, "ids");
  return self;
}

/* --- one of them --- */

static void
mos_outreach_person_clear (MosOutreachPerson *self)
{
  g_free (self->customer);
  g_free (self->address);
  g_free (self->name);
  g_free (self->order);
  g_free (self->order_number);
  g_free (self->language);
  g_free (self->detail);
  g_free (self->message);
  g_free (self->conversation);
}
MOS_DEFINE_VALUE (MosOutreachPerson, outreach_person)

/* --- the whole --- */

static void
mos_outreach_clear (MosOutreach *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->why);
  g_free (self->account);
  g_free (self->agent);
  g_clear_pointer (&self->audience, mos_audience_unref);
  g_clear_pointer (&self->subjects, mos_macro_unref);
  g_clear_pointer (&self->letter, mos_macro_unref);
  g_clear_pointer (&self->answers, g_hash_table_unref);
}
MOS_DEFINE_VALUE (MosOutreach, outreach)

MosOutreach *
mos_outreach_make (MosAudience *audience)
{
  MosOutreach *self = mos_outreach_new ();

  self->name = g_strdup ("");
  self->audience = mos_audience_ref (audience);
  self->subjects = mos_macro_make ();
  self->letter = mos_macro_make ();
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->again_days = MOS_OUTREACH_AGAIN_DAYS;
  self->per_minute = MOS_OUTREACH_PER_MINUTE;
  self->per_hour = MOS_OUTREACH_PER_HOUR;
  return self;
}

MosOutreach *
mos_outreach_copy (const MosOutreach *self)
{
  MosOutreach *copy = mos_outreach_new ();

  *copy = *self;
  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->why = g_strdup (self->why);
  copy->account = g_strdup (self->account);
  copy->agent = g_strdup (self->agent);
  copy->audience = mos_audience_ref (self->audience);
  copy->subjects = mos_macro_copy (self->subjects);
  copy->letter = mos_macro_copy (self->letter);
  copy->answers = g_hash_table_ref (self->answers);
  return copy;
}

gint64
mos_outreach_get_interval_us (const MosOutreach *self)
{
  gint64 per_minute = (G_TIME_SPAN_MINUTE + self->per_minute - 1) / MAX (self->per_minute, 1);
  gint64 per_hour = (G_TIME_SPAN_HOUR + self->per_hour - 1) / MAX (self->per_hour, 1);

  return MAX (per_minute, per_hour);
}
