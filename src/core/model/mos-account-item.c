/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-model"

#include "config.h"

#include "core/model/mos-model.h"

struct _MosAccountItem
{
  GObject parent_instance;

  MosAccount *account;      /* (owned) */
  MosAccountStatus *status; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (MosAccountItem, mos_account_item, G_TYPE_OBJECT)

typedef enum
{
  PROP_ACCOUNT = 1,
  PROP_STATUS,
} MosAccountItemProperty;

static GParamSpec *props[PROP_STATUS + 1];

static void
mos_account_item_get_property (GObject *object,
                               guint prop_id,
                               GValue *value,
                               GParamSpec *pspec)
{
  MosAccountItem *self = MOS_ACCOUNT_ITEM (object);

  switch ((MosAccountItemProperty) prop_id)
    {
    case PROP_ACCOUNT:
      g_value_set_boxed (value, self->account);
      break;
    case PROP_STATUS:
      g_value_set_boxed (value, self->status);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mos_account_item_set_property (GObject *object,
                               guint prop_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  MosAccountItem *self = MOS_ACCOUNT_ITEM (object);

  switch ((MosAccountItemProperty) prop_id)
    {
    case PROP_ACCOUNT:
      mos_account_item_set_account (self, g_value_get_boxed (value));
      break;
    case PROP_STATUS:
      mos_account_item_set_status (self, g_value_get_boxed (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mos_account_item_finalize (GObject *object)
{
  MosAccountItem *self = MOS_ACCOUNT_ITEM (object);

  g_clear_pointer (&self->account, mos_account_unref);
  g_clear_pointer (&self->status, mos_account_status_unref);

  G_OBJECT_CLASS (mos_account_item_parent_class)->finalize (object);
}

static void
mos_account_item_class_init (MosAccountItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = mos_account_item_finalize;
  object_class->get_property = mos_account_item_get_property;
  object_class->set_property = mos_account_item_set_property;

  props[PROP_ACCOUNT] = g_param_spec_boxed ("account", NULL, NULL, mos_account_get_type (),
                                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_STATUS] = g_param_spec_boxed ("status", NULL, NULL, mos_account_status_get_type (),
                                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
mos_account_item_init (MosAccountItem *self)
{
}

/**
 * mos_account_item_new:
 * @account: (transfer none): the account
 *
 * Returns: (transfer full): an item without a status
 */
MosAccountItem *
mos_account_item_new (MosAccount *account)
{
  MosAccountItem *self;

  g_return_val_if_fail (account != NULL, NULL);

  self = g_object_new (MOS_TYPE_ACCOUNT_ITEM, NULL);
  self->account = mos_account_ref (account);
  return self;
}

MosAccount *
mos_account_item_get_account (MosAccountItem *self)
{
  g_return_val_if_fail (MOS_IS_ACCOUNT_ITEM (self), NULL);

  return self->account;
}

void
mos_account_item_set_account (MosAccountItem *self,
                              MosAccount *account)
{
  g_return_if_fail (MOS_IS_ACCOUNT_ITEM (self));
  g_return_if_fail (account != NULL);

  if (self->account == account)
    return;

  g_clear_pointer (&self->account, mos_account_unref);
  self->account = mos_account_ref (account);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACCOUNT]);
}

MosAccountStatus *
mos_account_item_get_status (MosAccountItem *self)
{
  g_return_val_if_fail (MOS_IS_ACCOUNT_ITEM (self), NULL);

  return self->status;
}

void
mos_account_item_set_status (MosAccountItem *self,
                             MosAccountStatus *status)
{
  g_return_if_fail (MOS_IS_ACCOUNT_ITEM (self));

  if (self->status == status)
    return;

  g_clear_pointer (&self->status, mos_account_status_unref);
  if (status != NULL)
    self->status = mos_account_status_ref (status);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATUS]);
}
