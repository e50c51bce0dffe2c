/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-customer"

#include "config.h"

#include "app/customer/mos-customer-pane.h"

#include "app/conversation/mos-message-text.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"
#include "core/desk/mos-lists.h"

#include <glib/gi18n.h>

/* More than these are found by the search. */
#define EARLIER_MAX 20

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

  /* template children */
  GtkStack *stack;
  AdwAvatar *avatar;
  GtkLabel *name_label;
  GtkLabel *seen_label;
  AdwPreferencesGroup *addresses_group;
  AdwPreferencesGroup *notes_group;
  GtkLabel *notes_label;
  AdwPreferencesGroup *properties_group;
  AdwComboRow *status_row;
  AdwComboRow *assignee_row;
  AdwComboRow *priority_row;
  AdwActionRow *tags_row;
  AdwPreferencesGroup *earlier_group;

  /* owned */
  MosDesk *desk;
  MosConversation *conversation; /* (nullable) */
  MosConversationList *earlier;  /* (nullable) */
  char *customer;                /* (nullable): whose data is shown or on its way */
  GPtrArray *address_rows;       /* borrowed widgets */
  GPtrArray *earlier_rows;       /* borrowed widgets */
  GCancellable *cancellable;     /* (nullable): of the customer's load */

  gboolean is_setting; /* the program moves the choices, not a person */
};

G_DEFINE_FINAL_TYPE (MosCustomerPane, mos_customer_pane, GTK_TYPE_WIDGET)

static gint64
now_us (MosCustomerPane *self)
{
  return mos_clock_now_us (mos_store_get_clock (mos_desk_get_store (self->desk)));
}

static MosConversationRow *
row_of (MosCustomerPane *self)
{
  return self->conversation != NULL ? mos_conversation_get_row (self->conversation) : NULL;
}

static void
clear_rows (AdwPreferencesGroup *group,
            GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, g_ptr_array_index (rows, i));
  g_ptr_array_set_size (rows, 0);
}

/* --- The customer --- */

static void
on_copy_cb (GtkButton *button,
            MosCustomerPane *self)
{
  const char *value = g_object_get_data (G_OBJECT (button), "value");

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), value);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _ ("Copied"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static const char *
kind_title (const char *kind)
{
  if (g_str_equal (kind, "email"))
    return _ ("E-mail");
  if (g_str_equal (kind, "phone"))
    return _ ("Phone");
  if (g_str_equal (kind, "telegram"))
    return "Telegram";
  if (g_str_equal (kind, "matrix"))
    return "Matrix";
  return kind;
}

static void
add_address (MosCustomerPane *self,
             const char *kind,
             const char *value)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *title = gtk_label_new (kind_title (kind));
  GtkWidget *value_label = gtk_label_new (value);
  GtkWidget *copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  /* Translators: %s is an e-mail address or a phone number. */
  g_autofree char *label = g_strdup_printf (_ ("Copy %s"), value);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "caption");
  gtk_widget_add_css_class (title, "dimmed");
  gtk_label_set_xalign (GTK_LABEL (value_label), 0);
  /* An address has no place to break at, and all of it counts. */
  gtk_label_set_wrap (GTK_LABEL (value_label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value_label), PANGO_WRAP_WORD_CHAR);
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (value_label), attributes);
  gtk_widget_set_tooltip_text (value_label, value);
  gtk_label_set_selectable (GTK_LABEL (value_label), TRUE);
  mos_widget_set_label (value_label, kind_title (kind));
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), value_label);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_widget_set_margin_start (box, 14);
  gtk_widget_set_margin_end (box, 6);
  gtk_widget_add_css_class (copy, "flat");
  gtk_widget_set_valign (copy, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (copy, label);
  mos_widget_set_label (copy, label);
  g_object_set_data_full (G_OBJECT (copy), "value", g_strdup (value), g_free);
  g_signal_connect_object (copy, "clicked", G_CALLBACK (on_copy_cb), self, G_CONNECT_DEFAULT);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), copy);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_focusable (row, FALSE);
  adw_preferences_group_add (self->addresses_group, row);
  g_ptr_array_add (self->address_rows, row);
}

static void
show_customer (MosCustomerPane *self,
               const MosCustomerRow *customer)
{
  g_autofree char *since = mos_time_text_short (customer->first_seen_us, now_us (self), NULL);
  g_autofree char *seen = NULL;
  g_autofree char *count = g_strdup_printf (ngettext ("%u conversation", "%u conversations", customer->conversation_count), customer->conversation_count);
  const char *name = customer->name;

  if (*name == '\0' && customer->identities->len > 0)
    name = ((MosIdentity *) g_ptr_array_index (customer->identities, 0))->value;
  adw_avatar_set_text (self->avatar, name);
  gtk_label_set_label (self->name_label, name);
  if (*since != '\0')
    /* Translators: how many conversations ("3 conversations"), and when the customer first wrote. */
    seen = g_strdup_printf (_ ("%1$s, the first: %2$s"), count, since);
  gtk_label_set_label (self->seen_label, seen != NULL ? seen : count);

  clear_rows (self->addresses_group, self->address_rows);
  for (guint i = 0; i < customer->identities->len; i++)
    {
      const MosIdentity *identity = g_ptr_array_index (customer->identities, i);

      add_address (self, identity->kind, identity->value);
    }
  if (customer->phone != NULL && *customer->phone != '\0')
    add_address (self, "phone", customer->phone);
  gtk_widget_set_visible (GTK_WIDGET (self->addresses_group), self->address_rows->len > 0);

  gtk_label_set_label (self->notes_label, customer->notes != NULL ? customer->notes : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notes_group), customer->notes != NULL && *customer->notes != '\0');
}

static void
on_customer_loaded_cb (GObject *source,
                       GAsyncResult *result,
                       gpointer user_data)
{
  g_autoptr (MosCustomerPane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosCustomerRow) customer = mos_desk_load_customer_finish (MOS_DESK (source), result, &error);

  if (customer == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("A customer could not be read: %s", error->message);
      return;
    }
  if (self->stack != NULL && g_strcmp0 (self->customer, customer->id) == 0)
    show_customer (self, customer);
}

static void
load_customer (MosCustomerPane *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->customer == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  mos_desk_load_customer_async (self->desk, self->customer, self->cancellable, on_customer_loaded_cb, g_object_ref (self));
}

/* --- Other conversations --- */

static void
on_earlier_activated_cb (AdwActionRow *row,
                         MosCustomerPane *self)
{
  g_signal_emit (self, signals[SIGNAL_OPEN_CONVERSATION], 0, g_object_get_data (G_OBJECT (row), "id"));
}

static void
update_earlier_row (GtkWidget *row,
                    MosConversation *conversation,
                    gint64 now)
{
  MosConversationRow *value = mos_conversation_get_row (conversation);
  g_autofree char *number = NULL;
  g_autofree char *time = NULL;
  g_autofree char *subtitle = NULL;

  if (value == NULL)
    return;
  number = g_strdup_printf ("\xE2\x81\xA8#%" G_GINT64_FORMAT "\xE2\x81\xA9", value->number);
  time = mos_time_text_short (value->updated_us, now, NULL);
  /* Translators: number, status and time of a conversation. */
  subtitle = g_strdup_printf (C_ ("conversation", "%1$s · %2$s · %3$s"), number, mos_status_text (value->status), time);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), *value->subject != '\0' ? value->subject : _ ("No subject"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
}

static void
on_earlier_row_changed_cb (MosConversation *conversation,
                           GParamSpec *pspec,
                           GtkWidget *row)
{
  update_earlier_row (row, conversation, g_get_real_time ());
}

static void
rebuild_earlier (MosCustomerPane *self)
{
  guint n = self->earlier != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->earlier)) : 0;

  clear_rows (self->earlier_group, self->earlier_rows);
  for (guint i = 0; i < n && self->earlier_rows->len < EARLIER_MAX; i++)
    {
      g_autoptr (MosConversation) conversation = g_list_model_get_item (G_LIST_MODEL (self->earlier), i);
      GtkWidget *row;

      if (conversation == NULL || conversation == self->conversation)
        continue;
      row = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data_full (G_OBJECT (row), "id", g_strdup (mos_conversation_get_id (conversation)), g_free);
      /* The row keeps its conversation alive, so that its data arrives. */
      g_object_set_data_full (G_OBJECT (row), "conversation", g_object_ref (conversation), g_object_unref);
      g_signal_connect_object (row, "activated", G_CALLBACK (on_earlier_activated_cb), self, G_CONNECT_DEFAULT);
      g_signal_connect_object (conversation, "notify::row", G_CALLBACK (on_earlier_row_changed_cb), row, G_CONNECT_DEFAULT);
      update_earlier_row (row, conversation, now_us (self));
      adw_preferences_group_add (self->earlier_group, row);
      g_ptr_array_add (self->earlier_rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->earlier_group), self->earlier_rows->len > 0);
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
  if (g_strcmp0 (self->customer, row->customer) != 0)
    {
      g_autoptr (MosView) view = row->customer != NULL ? mos_view_make (MOS_VIEW_CUSTOMER, row->customer) : NULL;

      g_set_str (&self->customer, row->customer);
      clear_rows (self->addresses_group, self->address_rows);
      gtk_widget_set_visible (GTK_WIDGET (self->addresses_group), FALSE);
      gtk_widget_set_visible (GTK_WIDGET (self->notes_group), FALSE);
      gtk_label_set_label (self->seen_label, "");
      if (view != NULL)
        mos_conversation_list_set_view (self->earlier, view);
    }
  if (self->customer == NULL || *gtk_label_get_label (self->seen_label) == '\0')
    {
      /* At once what the conversation knows; the rest a moment later. */
      const char *name = row->customer_name != NULL && *row->customer_name != '\0' ? row->customer_name : row->customer_address;

      adw_avatar_set_text (self->avatar, name);
      gtk_label_set_label (self->name_label, name != NULL ? name : _ ("No customer"));
    }
  load_customer (self);
  rebuild_earlier (self);
}

static void
on_store_changed_cb (MosCustomerPane *self,
                     MosChangeSet *changes)
{
  for (guint i = 0; self->customer != NULL && i < changes->customers->len; i++)
    if (g_str_equal (g_ptr_array_index (changes->customers, i), self->customer))
      {
        load_customer (self);
        return;
      }
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
mos_customer_pane_dispose (GObject *object)
{
  MosCustomerPane *self = MOS_CUSTOMER_PANE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_CUSTOMER_PANE);
  g_clear_object (&self->earlier);
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
  g_clear_pointer (&self->earlier_rows, g_ptr_array_unref);

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

  props[PROP_CONVERSATION] = g_param_spec_object ("conversation", NULL, NULL, MOS_TYPE_CONVERSATION, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  signals[SIGNAL_OPEN_CONVERSATION] = g_signal_new ("open-conversation", MOS_TYPE_CUSTOMER_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-customer-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, MosCustomerPane, stack);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerPane, avatar);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerPane, name_label);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerPane, seen_label);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerPane, addresses_group);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerPane, notes_group);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerPane, notes_label);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerPane, properties_group);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerPane, status_row);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerPane, assignee_row);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerPane, priority_row);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerPane, tags_row);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerPane, earlier_group);
  gtk_widget_class_set_css_name (widget_class, "customer");
}

static void
mos_customer_pane_init (MosCustomerPane *self)
{
  g_autoptr (GtkStringList) statuses = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) priorities = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->address_rows = g_ptr_array_new ();
  self->earlier_rows = g_ptr_array_new ();
  for (guint i = MOS_STATUS_OPEN; i <= MOS_STATUS_SPAM; i++)
    gtk_string_list_append (statuses, mos_status_text ((MosStatus) i));
  for (guint i = MOS_PRIORITY_LOW; i <= MOS_PRIORITY_URGENT; i++)
    gtk_string_list_append (priorities, mos_priority_text ((MosPriority) i));

  self->is_setting = TRUE;
  adw_combo_row_set_model (self->status_row, G_LIST_MODEL (statuses));
  adw_combo_row_set_model (self->priority_row, G_LIST_MODEL (priorities));
  self->is_setting = FALSE;
  g_signal_connect_object (self->status_row, "notify::selected", G_CALLBACK (on_status_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->assignee_row, "notify::selected", G_CALLBACK (on_assignee_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->priority_row, "notify::selected", G_CALLBACK (on_priority_chosen_cb), self, G_CONNECT_SWAPPED);
}

/* --- Public --- */

GtkWidget *
mos_customer_pane_new (MosDesk *desk)
{
  MosCustomerPane *self = g_object_new (MOS_TYPE_CUSTOMER_PANE, NULL);

  g_return_val_if_fail (MOS_IS_DESK (desk), NULL);

  g_set_object (&self->desk, desk);
  self->earlier = mos_conversation_list_new (desk);
  g_signal_connect_object (self->earlier, "items-changed", G_CALLBACK (rebuild_earlier), self, G_CONNECT_SWAPPED);
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
