/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-conversation-view.h"

typedef enum
{
  PROP_CONVERSATION = 1,
  PROP_COMPOSING,
} MosConversationViewProperty;

static GParamSpec *props[PROP_COMPOSING + 1];

enum
{
  SIGNAL_CONVERSATION_SENT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _MosConversationView
{
  GtkWidget parent_instance;

  GtkWidget *content;

  MosDesk *desk;                 /* (owned) */
  MosConversation *conversation; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (MosConversationView, mos_conversation_view, GTK_TYPE_WIDGET)

static void
mos_conversation_view_get_property (GObject *object,
                                    guint prop_id,
                                    GValue *value,
                                    GParamSpec *pspec)
{
  MosConversationView *self = MOS_CONVERSATION_VIEW (object);

  switch ((MosConversationViewProperty) prop_id)
    {
    case PROP_CONVERSATION:
      g_value_set_object (value, self->conversation);
      break;
    case PROP_COMPOSING:
      g_value_set_boolean (value, FALSE);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mos_conversation_view_set_property (GObject *object,
                                    guint prop_id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  MosConversationView *self = MOS_CONVERSATION_VIEW (object);

  switch ((MosConversationViewProperty) prop_id)
    {
    case PROP_CONVERSATION:
      mos_conversation_view_set_conversation (self, g_value_get_object (value));
      break;
    case PROP_COMPOSING:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mos_conversation_view_dispose (GObject *object)
{
  MosConversationView *self = MOS_CONVERSATION_VIEW (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->conversation);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (mos_conversation_view_parent_class)->dispose (object);
}

static void
mos_conversation_view_class_init (MosConversationViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mos_conversation_view_get_property;
  object_class->set_property = mos_conversation_view_set_property;
  object_class->dispose = mos_conversation_view_dispose;

  props[PROP_CONVERSATION] = g_param_spec_object ("conversation", NULL, NULL, G_TYPE_OBJECT, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_COMPOSING] = g_param_spec_boolean ("composing", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  signals[SIGNAL_CONVERSATION_SENT] = g_signal_new ("conversation-sent", MOS_TYPE_CONVERSATION_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "conversation");
}

static void
mos_conversation_view_init (MosConversationView *self)
{
  self->content = adw_status_page_new ();
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
}

GtkWidget *
mos_conversation_view_new (MosDesk *desk)
{
  MosConversationView *self = g_object_new (MOS_TYPE_CONVERSATION_VIEW, NULL);

  g_set_object (&self->desk, desk);
  return GTK_WIDGET (self);
}

void
mos_conversation_view_set_conversation (MosConversationView *self,
                                        MosConversation *conversation)
{
  g_return_if_fail (MOS_IS_CONVERSATION_VIEW (self));

  if (g_set_object (&self->conversation, conversation))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CONVERSATION]);
}

MosConversation *
mos_conversation_view_get_conversation (MosConversationView *self)
{
  return self->conversation;
}

void
mos_conversation_view_compose_new (MosConversationView *self)
{
  g_return_if_fail (MOS_IS_CONVERSATION_VIEW (self));
}

gboolean
mos_conversation_view_get_composing (MosConversationView *self)
{
  return FALSE;
}

void
mos_conversation_view_flush (MosConversationView *self)
{
  g_return_if_fail (MOS_IS_CONVERSATION_VIEW (self));
}
