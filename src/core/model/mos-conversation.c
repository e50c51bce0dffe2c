/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-model"

#include "config.h"

#include "core/model/mos-model.h"

struct _MosConversation
{
  GObject parent_instance;

  char *id;                /* (owned) */
  MosConversationRow *row; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (MosConversation, mos_conversation, G_TYPE_OBJECT)

typedef enum
{
  PROP_ID = 1,
  PROP_ROW,
} MosConversationProperty;

static GParamSpec *props[PROP_ROW + 1];

static void
mos_conversation_get_property (GObject *object,
                               guint prop_id,
                               GValue *value,
                               GParamSpec *pspec)
{
  MosConversation *self = MOS_CONVERSATION (object);

  switch ((MosConversationProperty) prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_ROW:
      g_value_set_boxed (value, self->row);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mos_conversation_set_property (GObject *object,
                               guint prop_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  MosConversation *self = MOS_CONVERSATION (object);

  switch ((MosConversationProperty) prop_id)
    {
    case PROP_ID:
      self->id = g_value_dup_string (value);
      break;
    case PROP_ROW:
      mos_conversation_set_row (self, g_value_get_boxed (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mos_conversation_finalize (GObject *object)
{
  MosConversation *self = MOS_CONVERSATION (object);

  g_free (self->id);
  g_clear_pointer (&self->row, mos_conversation_row_unref);

  G_OBJECT_CLASS (mos_conversation_parent_class)->finalize (object);
}

static void
mos_conversation_class_init (MosConversationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = mos_conversation_finalize;
  object_class->get_property = mos_conversation_get_property;
  object_class->set_property = mos_conversation_set_property;

  props[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL,
                                        G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_ROW] = g_param_spec_boxed ("row", NULL, NULL, mos_conversation_row_get_type (),
                                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
mos_conversation_init (MosConversation *self)
{
}

/**
 * mos_conversation_new:
 * @id: global id
 *
 * Returns: (transfer full): a shell without a row
 */
MosConversation *
mos_conversation_new (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  return g_object_new (MOS_TYPE_CONVERSATION, "id", id, NULL);
}

const char *
mos_conversation_get_id (MosConversation *self)
{
  g_return_val_if_fail (MOS_IS_CONVERSATION (self), NULL);

  return self->id;
}

MosConversationRow *
mos_conversation_get_row (MosConversation *self)
{
  g_return_val_if_fail (MOS_IS_CONVERSATION (self), NULL);

  return self->row;
}

/**
 * mos_conversation_set_row:
 * @row: (nullable): what was read last; rows are immutable, so another pointer is another state
 */
void
mos_conversation_set_row (MosConversation *self,
                          MosConversationRow *row)
{
  g_return_if_fail (MOS_IS_CONVERSATION (self));

  if (self->row == row)
    return;

  g_clear_pointer (&self->row, mos_conversation_row_unref);
  if (row != NULL)
    self->row = mos_conversation_row_ref (row);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ROW]);
}
