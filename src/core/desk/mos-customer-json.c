/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-customer-json.h"

static void
add_members (JsonBuilder *builder,
             const MosCustomerRow *row)
{
  mos_json_string (builder, "id", row->id);
  mos_json_string (builder, "name", row->name);
  json_builder_set_member_name (builder, "identities");
  json_builder_begin_array (builder);
  for (guint i = 0; row->identities != NULL && i < row->identities->len; i++)
    {
      const MosIdentity *identity = g_ptr_array_index (row->identities, i);

      json_builder_begin_object (builder);
      mos_json_string (builder, "id", identity->id);
      mos_json_string (builder, "kind", identity->kind);
      mos_json_string (builder, "value", identity->value);
      mos_json_bool (builder, "verified", identity->verified);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  mos_json_string (builder, "language", row->language);
  mos_json_string (builder, "country", row->country);
  mos_json_string (builder, "phone", row->phone);
  mos_json_string (builder, "company", row->company);
  mos_json_string (builder, "notes", row->notes);
  mos_json_bool (builder, "vip", row->vip);
  mos_json_string (builder, "consent", mos_consent_to_nick (row->consent));
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_object (builder);
  for (guint i = 0; row->fields != NULL && i < row->fields->len; i++)
    {
      const MosCustomerField *field = g_ptr_array_index (row->fields, i);

      mos_json_string (builder, field->name, field->value);
    }
  json_builder_end_object (builder);
  mos_json_time (builder, "first_seen", row->first_seen_us);
  mos_json_int (builder, "conversations", row->conversation_count);
  mos_json_int (builder, "open", row->open_count);
  if (row->last_score_us != 0)
    {
      json_builder_set_member_name (builder, "last_score");
      json_builder_begin_object (builder);
      mos_json_string (builder, "kind", mos_survey_kind_to_nick (row->last_score_kind));
      mos_json_int (builder, "score", row->last_score);
      mos_json_time (builder, "at", row->last_score_us);
      json_builder_end_object (builder);
    }
}

void
mos_customer_json_add (JsonBuilder *builder,
                       const MosCustomerRow *row)
{
  json_builder_begin_object (builder);
  add_members (builder, row);
  json_builder_end_object (builder);
}

/* --- what they had to do with the shop --- */

static void
add_totals (JsonBuilder *builder,
            GPtrArray *totals)
{
  json_builder_set_member_name (builder, "totals");
  json_builder_begin_array (builder);
  for (guint i = 0; i < totals->len; i++)
    {
      const MosOrderTotals *one = totals->pdata[i];

      json_builder_begin_object (builder);
      mos_json_string (builder, "currency", one->currency);
      mos_json_int (builder, "orders", one->n_orders);
      mos_json_int (builder, "refunded_orders", one->n_refunded);
      mos_json_string (builder, "spent", one->spent);
      mos_json_string (builder, "refunded", one->refunded);
      mos_json_time (builder, "first", one->first_us);
      mos_json_time (builder, "last", one->last_us);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_steps (JsonBuilder *builder,
           GPtrArray *steps)
{
  json_builder_set_member_name (builder, "journey");
  json_builder_begin_array (builder);
  for (guint i = 0; i < steps->len; i++)
    {
      const MosJourneyStep *step = steps->pdata[i];

      json_builder_begin_object (builder);
      mos_json_string (builder, "what", mos_journey_kind_to_nick (step->kind));
      mos_json_time (builder, "at", step->at_us);
      if (step->number != 0)
        mos_json_int (builder, "number", step->number);
      if (step->order != NULL)
        mos_json_string (builder, "order", step->order);
      if (step->text != NULL && *step->text != '\0')
        mos_json_string (builder, "text", step->text);
      if (step->amount != NULL)
        {
          mos_json_string (builder, "amount", step->amount);
          mos_json_string (builder, "currency", step->currency);
        }
      if (step->kind == MOS_JOURNEY_SCORE)
        {
          mos_json_string (builder, "score_kind", mos_survey_kind_to_nick (step->score_kind));
          mos_json_int (builder, "score", step->score);
        }
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

void
mos_customer_json_add_journey (JsonBuilder *builder,
                               const MosJourney *journey)
{
  json_builder_begin_object (builder);
  add_members (builder, journey->customer);
  add_totals (builder, journey->totals);
  json_builder_set_member_name (builder, "orders");
  json_builder_begin_array (builder);
  for (guint i = 0; i < journey->orders->len; i++)
    {
      const MosOrder *order = journey->orders->pdata[i];
      const MosShopAccount *shop = mos_journey_find_shop (journey, order->shop);

      mos_order_build (builder, order, shop != NULL ? shop->name : NULL);
    }
  json_builder_end_array (builder);
  add_steps (builder, journey->steps);
  json_builder_end_object (builder);
}

void
mos_erasure_json_add (JsonBuilder *builder,
                      const MosErasure *erasure)
{
  json_builder_begin_object (builder);
  mos_json_string (builder, "receipt", erasure->id);
  mos_json_string (builder, "hash", erasure->hash);
  mos_json_time (builder, "at", erasure->at_us);
  mos_json_int (builder, "addresses", erasure->n_identities);
  mos_json_int (builder, "conversations", erasure->n_conversations);
  mos_json_int (builder, "messages", erasure->n_messages);
  mos_json_int (builder, "files", erasure->n_files);
  json_builder_set_member_name (builder, "mentions");
  json_builder_begin_array (builder);
  for (guint i = 0; erasure->mentions != NULL && i < erasure->mentions->len; i++)
    json_builder_add_int_value (builder, ((MosConversationRow *) g_ptr_array_index (erasure->mentions, i))->number);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "views");
  json_builder_begin_array (builder);
  for (guint i = 0; erasure->views != NULL && i < erasure->views->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (erasure->views, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}
