/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-model"

#include "config.h"

#include "core/model/mos-model.h"

struct _MosMessage
{
  GObject parent_instance;

  char *id;           /* (owned) */
  MosMessageRow *row; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (MosMessage, mos_message, G_TYPE_OBJECT)

typedef enum
{
  PROP_ID = 1,
  PROP_ROW,
} MosMessageProperty;

static GParamSpec *props[PROP_ROW + 1];

static void
mos_message_get_property (GObject *object,
                          guint prop_id,
                          GValue *value,
                          GParamSpec *pspec)
{
  MosMessage *self = MOS_MESSAGE (object);

  switch ((MosMessageProperty) prop_id)
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
mos_message_set_property (GObject *object,
                          guint prop_id,
                          const GValue *value,
                          GParamSpec *pspec)
{
  MosMessage *self = MOS_MESSAGE (object);

  switch ((MosMessageProperty) prop_id)
    {
    case PROP_ID:
      self->id = g_value_dup_string (value);
      break;
    case PROP_ROW:
      mos_message_set_row (self, g_value_get_boxed (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mos_message_finalize (GObject *object)
{
  MosMessage *self = MOS_MESSAGE (object);

  g_free (self->id);
  g_clear_pointer (&self->row, mos_message_row_unref);

  G_OBJECT_CLASS (mos_message_parent_class)->finalize (object);
}

static void
mos_message_class_init (MosMessageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = mos_message_finalize;
  object_class->get_property = mos_message_get_property;
  object_class->set_property = mos_message_set_property;

  props[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL,
                                        G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_ROW] = g_param_spec_boxed ("row", NULL, NULL, mos_message_row_get_type (),
                                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
mos_message_init (MosMessage *self)
{
}

/**
 * mos_message_new:
 * @id: global id
 *
 * Returns: (transfer full): a shell without a row
 */
MosMessage *
mos_message_new (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  return g_object_new (MOS_TYPE_MESSAGE, "id", id, NULL);
}

const char *
mos_message_get_id (MosMessage *self)
{
  g_return_val_if_fail (MOS_IS_MESSAGE (self), NULL);

  return self->id;
}

MosMessageRow *
mos_message_get_row (MosMessage *self)
{
  g_return_val_if_fail (MOS_IS_MESSAGE (self), NULL);

  return self->row;
}

/**
 * mos_message_set_row:
 * @row: (nullable): what was read last; rows are immutable, so another pointer is another state
 */
void
mos_message_set_row (MosMessage *self,
                     MosMessageRow *row)
{
  g_return_if_fail (MOS_IS_MESSAGE (self));

  if (self->row == row)
    return;

  g_clear_pointer (&self->row, mos_message_row_unref);
  if (row != NULL)
    self->row = mos_message_row_ref (row);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ROW]);
}
