/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-customer-values.h"

#include <string.h>

static const char *const segment_nicks[] = {
  [MOS_SEGMENT_ALL] = "all",
  [MOS_SEGMENT_NEW] = "new",
  [MOS_SEGMENT_RETURNING] = "returning",
  [MOS_SEGMENT_VIP] = "vip",
  [MOS_SEGMENT_LOST] = "lost",
  [MOS_SEGMENT_UNHAPPY] = "unhappy",
};
G_STATIC_ASSERT (G_N_ELEMENTS (segment_nicks) == MOS_N_SEGMENTS);
MOS_DEFINE_NICKS (MosSegment, segment)

static void
field_free (gpointer data)
{
  MosCustomerField *field = data;

  g_free (field->name);
  g_free (field->value);
  g_free (field);
}

GPtrArray *
mos_customer_fields_new (void)
{
  return g_ptr_array_new_with_free_func (field_free);
}

void
mos_customer_fields_add (GPtrArray *fields,
                         const char *name,
                         const char *value)
{
  MosCustomerField *field = g_new0 (MosCustomerField, 1);

  field->name = g_strdup (name);
  field->value = g_strdup (value);
  g_ptr_array_add (fields, field);
}

const char *
mos_customer_fields_find (GPtrArray *fields,
                          const char *name)
{
  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      const MosCustomerField *field = g_ptr_array_index (fields, i);

      if (g_ascii_strcasecmp (field->name, name) == 0)
        return field->value;
    }
  return NULL;
}

MosCustomerRow *
mos_customer_row_copy (const MosCustomerRow *self)
{
  MosCustomerRow *copy = mos_customer_row_new ();

  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->identities = self->identities != NULL ? g_ptr_array_ref (self->identities) : NULL;
  copy->language = g_strdup (self->language);
  copy->country = g_strdup (self->country);
  copy->phone = g_strdup (self->phone);
  copy->company = g_strdup (self->company);
  copy->notes = g_strdup (self->notes);
  copy->vip = self->vip;
  copy->consent = self->consent;
  copy->fields = mos_customer_fields_new ();
  for (guint i = 0; self->fields != NULL && i < self->fields->len; i++)
    {
      const MosCustomerField *field = g_ptr_array_index (self->fields, i);

      mos_customer_fields_add (copy->fields, field->name, field->value);
    }
  copy->first_seen_us = self->first_seen_us;
  copy->last_score_kind = self->last_score_kind;
  copy->last_score = self->last_score;
  copy->last_score_us = self->last_score_us;
  copy->conversation_count = self->conversation_count;
  copy->open_count = self->open_count;
  return copy;
}

const char *
mos_customer_row_find_identity (const MosCustomerRow *self,
                                const char *kind)
{
  for (guint i = 0; self->identities != NULL && i < self->identities->len; i++)
    {
      const MosIdentity *identity = g_ptr_array_index (self->identities, i);

      if (strcmp (identity->kind, kind) == 0 && identity->value != NULL && *identity->value != '\0')
        return identity->value;
    }
  return NULL;
}

const char *
mos_customer_row_get_phone (const MosCustomerRow *self)
{
  return self->phone != NULL && *self->phone != '\0' ? self->phone : mos_customer_row_find_identity (self, "phone");
}

const char *
mos_customer_row_get_title (const MosCustomerRow *self)
{
  if (self->name != NULL && *self->name != '\0')
    return self->name;
  if (self->identities != NULL && self->identities->len > 0)
    return ((MosIdentity *) g_ptr_array_index (self->identities, 0))->value;
  return "";
}

static void
mos_suggestion_clear (MosSuggestion *self)
{
  g_clear_pointer (&self->customer, mos_customer_row_unref);
  g_free (self->field);
  g_free (self->order);
}

MOS_DEFINE_VALUE (MosSuggestion, suggestion)

static void
merge_field_free (gpointer data)
{
  MosMergeField *field = data;

  g_free (field->name);
  g_free (field->source);
  g_free (field->target);
  g_free (field->result);
  g_free (field);
}

static void
mos_merge_preview_clear (MosMergePreview *self)
{
  g_clear_pointer (&self->source, mos_customer_row_unref);
  g_clear_pointer (&self->target, mos_customer_row_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
}

MOS_DEFINE_VALUE (MosMergePreview, merge_preview)

MosMergePreview *
mos_merge_preview_make (void)
{
  MosMergePreview *self = mos_merge_preview_new ();

  self->fields = g_ptr_array_new_with_free_func (merge_field_free);
  return self;
}

static void
mos_customer_merge_clear (MosCustomerMerge *self)
{
  g_free (self->id);
  g_free (self->source);
  g_free (self->target);
  g_free (self->source_name);
}

MOS_DEFINE_VALUE (MosCustomerMerge, customer_merge)

static void
mos_erasure_clear (MosErasure *self)
{
  g_free (self->id);
  g_free (self->hash);
  g_clear_pointer (&self->mentions, g_ptr_array_unref);
  g_clear_pointer (&self->views, g_ptr_array_unref);
}

MOS_DEFINE_VALUE (MosErasure, erasure)
