/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-customer-json.h"

void
mos_customer_json_add (JsonBuilder *builder,
                       const MosCustomerRow *row)
{
  json_builder_begin_object (builder);
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
