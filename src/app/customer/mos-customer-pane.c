/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-customer"

#include "config.h"

#include "app/customer/mos-customer-pane.h"

typedef enum
{
  PROP_CONVERSATION = 1,
} MosCustomerPaneProperty;

static GParamSpec *props[PROP_CONVERSATION + 1];

enum
{
  SIGNAL_OPEN_CONVERSATION,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _MosCustomerPane
{
  GtkWidget parent_instance;

  GtkWidget *content;

  MosDesk *desk;                 /* (owned) */
  MosConversation *conversation; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (MosCustomerPane, mos_customer_pane, GTK_TYPE_WIDGET)

static void
mos_customer_pane_get_property (GObject *object,
                                guint prop_id,
                                GValue *value,
                                GParamSpec *pspec)
{
  MosCustomerPane *self = MOS_CUSTOMER_PANE (object);

  switch ((MosCustomerPaneProperty) prop_id)
    {
    case PROP_CONVERSATION:
      g_value_set_object (value, self->conversation);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mos_customer_pane_set_property (GObject *object,
                                guint prop_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  MosCustomerPane *self = MOS_CUSTOMER_PANE (object);

  switch ((MosCustomerPaneProperty) prop_id)
    {
    case PROP_CONVERSATION:
      mos_customer_pane_set_conversation (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mos_customer_pane_dispose (GObject *object)
{
  MosCustomerPane *self = MOS_CUSTOMER_PANE (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->conversation);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (mos_customer_pane_parent_class)->dispose (object);
}

static void
mos_customer_pane_class_init (MosCustomerPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mos_customer_pane_get_property;
  object_class->set_property = mos_customer_pane_set_property;
  object_class->dispose = mos_customer_pane_dispose;

  props[PROP_CONVERSATION] = g_param_spec_object ("conversation", NULL, NULL, G_TYPE_OBJECT, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  signals[SIGNAL_OPEN_CONVERSATION] = g_signal_new ("open-conversation", MOS_TYPE_CUSTOMER_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "customer");
}

static void
mos_customer_pane_init (MosCustomerPane *self)
{
  self->content = adw_status_page_new ();
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
}

GtkWidget *
mos_customer_pane_new (MosDesk *desk)
{
  MosCustomerPane *self = g_object_new (MOS_TYPE_CUSTOMER_PANE, NULL);

  g_set_object (&self->desk, desk);
  return GTK_WIDGET (self);
}

void
mos_customer_pane_set_conversation (MosCustomerPane *self,
                                    MosConversation *conversation)
{
  g_return_if_fail (MOS_IS_CUSTOMER_PANE (self));

  if (g_set_object (&self->conversation, conversation))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CONVERSATION]);
}

MosConversation *
mos_customer_pane_get_conversation (MosCustomerPane *self)
{
  return self->conversation;
}
