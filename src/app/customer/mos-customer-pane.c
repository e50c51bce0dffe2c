/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-customer"

#include "config.h"

#include "app/customer/mos-customer-pane.h"

#include "app/application/mos-error-text.h"
#include "app/conversation/mos-message-text.h"
#include "app/customer/mos-customer-conversations.h"
#include "app/customer/mos-customer-head.h"
#include "app/customer/mos-customer-journey.h"
#include "app/customer/mos-customer-orders.h"
#include "app/customer/mos-pane-rows.h"
#include "app/widgets/mos-channel-text.h"
#include "core/desk/mos-desk-journey.h"
#include "core/desk/mos-desk-shops.h"

#include <glib/gi18n.h>

/* While mail pours in, what is shown is read again so often at most. */
#define RELOAD_MS 400

typedef enum
{
  PROP_CONVERSATION = 1,
} MosCustomerPaneProperty;

static GParamSpec *props[PROP_CONVERSATION + 1];

enum
{
  SIGNAL_OPEN_CONVERSATION,
  SIGNAL_LINK_ORDER,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _MosCustomerPane
{
  GtkWidget parent_instance;

  /* template children */
  GtkStack *stack;
  MosCustomerHead *head;
  GtkLabel *problem_label;
  AdwPreferencesGroup *addresses_group;
  AdwPreferencesGroup *notes_group;
  GtkLabel *notes_label;
  MosCustomerOrders *orders;
  AdwPreferencesGroup *properties_group;
  AdwComboRow *status_row;
  AdwComboRow *assignee_row;
  AdwComboRow *priority_row;
  AdwActionRow *tags_row;
  MosCustomerConversations *conversations;
  MosCustomerJourney *journey;

  /* owned */
  MosDesk *desk;
  MosConversation *conversation; /* (nullable) */
  char *customer;                /* (nullable): whose data is shown or on its way */
  MosJourney *shown;             /* (nullable): what is shown */
  GPtrArray *address_rows;       /* borrowed widgets */
  GCancellable *cancellable;     /* (nullable): of the load that runs */
  guint reload_id;
  gboolean is_stale; /* it is read when it is looked at */

  gboolean is_setting; /* the program moves the choices, not a person */
};

G_DEFINE_FINAL_TYPE (MosCustomerPane, mos_customer_pane, GTK_TYPE_WIDGET)

static MosConversationRow *
row_of (MosCustomerPane *self)
{
  return self->conversation != NULL ? mos_conversation_get_row (self->conversation) : NULL;
}

/* --- The customer --- */

static void
add_address (MosCustomerPane *self,
             const char *kind,
             const char *value)
{
  GtkWidget *row = mos_pane_copy_row_new (mos_channel_text (kind), value);

  adw_preferences_group_add (self->addresses_group, row);
  g_ptr_array_add (self->address_rows, row);
}

/* Whether both would be shown the same way: then the rows stay, and with them a selection and the keyboard. */
static gboolean
is_same_contact (const MosCustomerRow *a,
                 const MosCustomerRow *b)
{
  if (g_strcmp0 (a->id, b->id) != 0 || g_strcmp0 (a->phone, b->phone) != 0 || a->identities->len != b->identities->len)
    return FALSE;
  for (guint i = 0; i < a->identities->len; i++)
    if (g_strcmp0 (((MosIdentity *) g_ptr_array_index (a->identities, i))->id, ((MosIdentity *) g_ptr_array_index (b->identities, i))->id) != 0)
      return FALSE;
  return TRUE;
}

static void
show_contact (MosCustomerPane *self,
              const MosCustomerRow *customer)
{
  if (self->shown != NULL && is_same_contact (self->shown->customer, customer))
    return;
  mos_pane_group_clear (self->addresses_group, self->address_rows);
  for (guint i = 0; i < customer->identities->len; i++)
    {
      const MosIdentity *identity = g_ptr_array_index (customer->identities, i);

      add_address (self, identity->kind, identity->value);
    }
  if (customer->phone != NULL && *customer->phone != '\0')
    add_address (self, "phone", customer->phone);
  gtk_widget_set_visible (GTK_WIDGET (self->addresses_group), self->address_rows->len > 0);
}

/* @journey: (nullable): %NULL = nothing is known yet */
static void
show_journey (MosCustomerPane *self,
              MosJourney *journey)
{
  const char *notes = journey != NULL ? journey->customer->notes : NULL;

  mos_customer_head_set_journey (self->head, journey, mos_store_get_clock (mos_desk_get_store (self->desk)));
  mos_customer_orders_set_journey (self->orders, journey);
  mos_customer_conversations_set_journey (self->conversations, journey);
  mos_customer_journey_set_journey (self->journey, journey);
  if (journey != NULL)
    show_contact (self, journey->customer);
  else
    {
      mos_pane_group_clear (self->addresses_group, self->address_rows);
      gtk_widget_set_visible (GTK_WIDGET (self->addresses_group), FALSE);
    }
  if (g_strcmp0 (gtk_label_get_label (self->notes_label), notes != NULL ? notes : "") != 0)
    gtk_label_set_label (self->notes_label, notes != NULL ? notes : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notes_group), notes != NULL && *notes != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), FALSE);
  g_clear_pointer (&self->shown, mos_journey_unref);
  self->shown = journey != NULL ? mos_journey_ref (journey) : NULL;
}

static void
on_journey_loaded_cb (GObject *source,
                      GAsyncResult *result,
                      gpointer user_data)
{
  g_autoptr (MosCustomerPane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosJourney) journey = mos_desk_load_journey_finish (MOS_DESK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->stack == NULL)
    return;
  if (journey != NULL)
    {
      if (g_strcmp0 (self->customer, journey->customer->id) == 0)
        show_journey (self, journey);
      return;
    }
  g_warning ("A customer could not be read: %s", error->message);
  gtk_label_set_label (self->problem_label, mos_error_text (error).sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), TRUE);
}

static void
load_journey (MosCustomerPane *self)
{
  g_clear_handle_id (&self->reload_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->is_stale = self->customer != NULL && self->conversation != NULL;
  /* A pane that is hidden costs nothing, however much mail comes. */
  if (!self->is_stale || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->is_stale = FALSE;
  self->cancellable = g_cancellable_new ();
  mos_desk_load_journey_async (self->desk, self->customer, mos_conversation_get_id (self->conversation), self->cancellable, on_journey_loaded_cb, g_object_ref (self));
}

static gboolean
on_reload_cb (gpointer data)
{
  MosCustomerPane *self = data;

  self->reload_id = 0;
  load_journey (self);
  return G_SOURCE_REMOVE;
}

static void
on_open_conversation_cb (MosCustomerPane *self,
                         const char *conversation)
{
  g_signal_emit (self, signals[SIGNAL_OPEN_CONVERSATION], 0, conversation);
}

static void
on_look_at_order_cb (MosCustomerPane *self,
                     const MosOrder *order)
{
  mos_desk_look_at_order (self->desk, order);
}

static void
on_link_order_cb (MosCustomerPane *self,
                  const char *order,
                  const char *customer,
                  const char *conversation,
                  gboolean is_theirs)
{
  g_signal_emit (self, signals[SIGNAL_LINK_ORDER], 0, order, customer, conversation, is_theirs);
}

static void
on_open_order_cb (MosCustomerPane *self,
                  const char *order)
{
  mos_customer_orders_open (self->orders, order);
}

/* --- The conversation's own properties --- */

static void
on_status_chosen_cb (MosCustomerPane *self)
{
  static const char *const actions[] = { "conversation.reopen", "conversation.pending", "conversation.snooze-dialog", "conversation.close", "conversation.spam" };
  MosConversationRow *row = row_of (self);
  guint chosen = adw_combo_row_get_selected (self->status_row);

  if (self->is_setting || row == NULL || chosen >= G_N_ELEMENTS (actions) || chosen == row->status)
    return;
  /* The row shows what is true; it moves when the change has happened. */
  self->is_setting = TRUE;
  adw_combo_row_set_selected (self->status_row, row->status);
  self->is_setting = FALSE;
  gtk_widget_activate_action_variant (GTK_WIDGET (self), chosen == MOS_STATUS_OPEN && row->status == MOS_STATUS_SPAM ? "conversation.not-spam" : actions[chosen], NULL);
}

static void
on_assignee_chosen_cb (MosCustomerPane *self)
{
  GPtrArray *agents = mos_desk_get_agents (self->desk);
  guint chosen = adw_combo_row_get_selected (self->assignee_row);
  MosConversationRow *row = row_of (self);
  const char *id = "";

  if (self->is_setting || row == NULL)
    return;
  if (chosen > 0 && chosen <= agents->len)
    id = ((MosAgent *) g_ptr_array_index (agents, chosen - 1))->id;
  if (g_strcmp0 (row->assignee != NULL ? row->assignee : "", id) == 0)
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), "conversation.assign", "s", id);
}

static void
on_priority_chosen_cb (MosCustomerPane *self)
{
  guint chosen = adw_combo_row_get_selected (self->priority_row);
  MosConversationRow *row = row_of (self);

  if (self->is_setting || row == NULL || chosen > MOS_PRIORITY_URGENT || chosen == row->priority)
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), "conversation.priority", "s", mos_priority_to_nick ((MosPriority) chosen));
}

static void
update_agents (MosCustomerPane *self)
{
  GPtrArray *agents = mos_desk_get_agents (self->desk);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("Nobody"));
  for (guint i = 0; agents != NULL && i < agents->len; i++)
    {
      const MosAgent *agent = g_ptr_array_index (agents, i);

      gtk_string_list_append (names, agent->name);
    }
  adw_combo_row_set_model (self->assignee_row, G_LIST_MODEL (names));
}

static void
update_properties (MosCustomerPane *self,
                   const MosConversationRow *row)
{
  GPtrArray *agents = mos_desk_get_agents (self->desk);
  g_autofree char *tags = NULL;
  guint assignee = 0;

  self->is_setting = TRUE;
  update_agents (self);
  for (guint i = 0; agents != NULL && i < agents->len; i++)
    if (g_strcmp0 (((MosAgent *) g_ptr_array_index (agents, i))->id, row->assignee) == 0)
      assignee = i + 1;
  adw_combo_row_set_selected (self->status_row, row->status);
  adw_combo_row_set_selected (self->assignee_row, assignee);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->assignee_row), assignee > 0 ? ((MosAgent *) g_ptr_array_index (agents, assignee - 1))->name : NULL);
  adw_combo_row_set_selected (self->priority_row, row->priority);
  self->is_setting = FALSE;
  tags = g_strjoinv (", ", row->tags);
  adw_action_row_set_subtitle (self->tags_row, *tags != '\0' ? tags : _ ("None"));
}

static void
update (MosCustomerPane *self)
{
  MosConversationRow *row = row_of (self);

  if (self->stack == NULL)
    return;
  gtk_stack_set_visible_child_name (self->stack, row != NULL ? "customer" : "empty");
  if (row == NULL)
    return;

  update_properties (self, row);
  if (g_strcmp0 (self->customer, row->customer) != 0 || self->customer == NULL)
    {
      /* A machine's address makes no customer. */
      gboolean is_nobody = row->customer == NULL && row->quarantine != NULL;
      const char *name = row->customer_name != NULL && *row->customer_name != '\0' ? row->customer_name : is_nobody ? NULL
                                                                                                                    : row->customer_address;

      g_set_str (&self->customer, row->customer);
      show_journey (self, NULL);
      /* At once what the conversation knows; the rest a moment later. */
      mos_customer_head_set_name (self->head, name);
    }
  load_journey (self);
}

/* Another of the customer's conversations may be new: which customer it is of, nobody says before it is read. */
static gboolean
concerns (MosCustomerPane *self,
          MosChangeSet *changes)
{
  if (changes->shops_changed || changes->conversations->len > 0)
    return TRUE;
  for (guint i = 0; i < changes->customers->len; i++)
    if (g_str_equal (g_ptr_array_index (changes->customers, i), self->customer))
      return TRUE;
  return FALSE;
}

static void
on_store_changed_cb (MosCustomerPane *self,
                     MosChangeSet *changes)
{
  if (self->customer != NULL && self->conversation != NULL && self->reload_id == 0 && concerns (self, changes))
    self->reload_id = g_timeout_add (RELOAD_MS, on_reload_cb, self);
}

/* --- Class --- */

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
mos_customer_pane_map (GtkWidget *widget)
{
  MosCustomerPane *self = MOS_CUSTOMER_PANE (widget);

  GTK_WIDGET_CLASS (mos_customer_pane_parent_class)->map (widget);
  if (self->is_stale)
    load_journey (self);
}

static void
mos_customer_pane_dispose (GObject *object)
{
  MosCustomerPane *self = MOS_CUSTOMER_PANE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->reload_id, g_source_remove);
  g_clear_pointer (&self->shown, mos_journey_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_CUSTOMER_PANE);
  g_clear_object (&self->conversation);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (mos_customer_pane_parent_class)->dispose (object);
}

static void
mos_customer_pane_finalize (GObject *object)
{
  MosCustomerPane *self = MOS_CUSTOMER_PANE (object);

  g_clear_pointer (&self->customer, g_free);
  g_clear_pointer (&self->address_rows, g_ptr_array_unref);

  G_OBJECT_CLASS (mos_customer_pane_parent_class)->finalize (object);
}

static void
mos_customer_pane_class_init (MosCustomerPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mos_customer_pane_get_property;
  object_class->set_property = mos_customer_pane_set_property;
  object_class->dispose = mos_customer_pane_dispose;
  object_class->finalize = mos_customer_pane_finalize;
  widget_class->map = mos_customer_pane_map;

  props[PROP_CONVERSATION] = g_param_spec_object ("conversation", NULL, NULL, MOS_TYPE_CONVERSATION, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  signals[SIGNAL_OPEN_CONVERSATION] = g_signal_new ("open-conversation", MOS_TYPE_CUSTOMER_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_LINK_ORDER] = g_signal_new ("link-order", MOS_TYPE_CUSTOMER_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 4, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_BOOLEAN);

  g_type_ensure (MOS_TYPE_CUSTOMER_CONVERSATIONS);
  g_type_ensure (MOS_TYPE_CUSTOMER_HEAD);
  g_type_ensure (MOS_TYPE_CUSTOMER_JOURNEY);
  g_type_ensure (MOS_TYPE_CUSTOMER_ORDERS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-customer-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, MosCustomerPane, stack);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerPane, head);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerPane, problem_label);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerPane, addresses_group);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerPane, notes_group);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerPane, notes_label);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerPane, orders);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerPane, properties_group);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerPane, status_row);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerPane, assignee_row);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerPane, priority_row);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerPane, tags_row);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerPane, conversations);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerPane, journey);
  gtk_widget_class_bind_template_callback (widget_class, on_open_conversation_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_open_order_cb);
  gtk_widget_class_set_css_name (widget_class, "customer");
}

static void
mos_customer_pane_init (MosCustomerPane *self)
{
  g_autoptr (GtkStringList) statuses = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) priorities = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->address_rows = g_ptr_array_new ();
  for (guint i = MOS_STATUS_OPEN; i <= MOS_STATUS_SPAM; i++)
    gtk_string_list_append (statuses, mos_status_text ((MosStatus) i));
  for (guint i = MOS_PRIORITY_LOW; i <= MOS_PRIORITY_URGENT; i++)
    gtk_string_list_append (priorities, mos_priority_text ((MosPriority) i));

  self->is_setting = TRUE;
  adw_combo_row_set_model (self->status_row, G_LIST_MODEL (statuses));
  adw_combo_row_set_model (self->priority_row, G_LIST_MODEL (priorities));
  self->is_setting = FALSE;
  g_signal_connect_object (self->orders, "look", G_CALLBACK (on_look_at_order_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->orders, "link", G_CALLBACK (on_link_order_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->status_row, "notify::selected", G_CALLBACK (on_status_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->assignee_row, "notify::selected", G_CALLBACK (on_assignee_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->priority_row, "notify::selected", G_CALLBACK (on_priority_chosen_cb), self, G_CONNECT_SWAPPED);
}

/* --- Public --- */

GtkWidget *
mos_customer_pane_new (MosDesk *desk)
{
  MosCustomerPane *self = g_object_new (MOS_TYPE_CUSTOMER_PANE, NULL);
  g_autofree char *folder = NULL;
  g_autoptr (MosItemPictures) pictures = NULL;

  g_return_val_if_fail (MOS_IS_DESK (desk), NULL);

  folder = g_build_filename (mos_store_get_profile (mos_desk_get_store (desk)), "pictures", NULL);
  pictures = mos_item_pictures_new (folder);
  mos_customer_orders_set_pictures (self->orders, pictures, (mos_desk_get_flags (desk) & MOS_DESK_FLAG_OFFLINE) == 0);
  g_set_object (&self->desk, desk);
  g_signal_connect_object (mos_desk_get_store (desk), "changed", G_CALLBACK (on_store_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
mos_customer_pane_set_conversation (MosCustomerPane *self,
                                    MosConversation *conversation)
{
  g_return_if_fail (MOS_IS_CUSTOMER_PANE (self));
  g_return_if_fail (conversation == NULL || MOS_IS_CONVERSATION (conversation));

  if (self->conversation == conversation)
    return;
  if (self->conversation != NULL)
    g_signal_handlers_disconnect_by_func (self->conversation, update, self);
  g_set_object (&self->conversation, conversation);
  if (conversation != NULL)
    g_signal_connect_object (conversation, "notify::row", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CONVERSATION]);
}

MosConversation *
mos_customer_pane_get_conversation (MosCustomerPane *self)
{
  g_return_val_if_fail (MOS_IS_CUSTOMER_PANE (self), NULL);

  return self->conversation;
}

const MosJourney *
mos_customer_pane_get_journey (MosCustomerPane *self)
{
  g_return_val_if_fail (MOS_IS_CUSTOMER_PANE (self), NULL);

  return self->shown;
}

gboolean
mos_customer_pane_focus_order (MosCustomerPane *self,
                               const char *order)
{
  g_return_val_if_fail (MOS_IS_CUSTOMER_PANE (self), FALSE);

  return gtk_widget_get_mapped (GTK_WIDGET (self->orders)) && mos_customer_orders_open (self->orders, order);
}
