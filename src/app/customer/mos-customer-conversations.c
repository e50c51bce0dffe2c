/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-customer"

#include "config.h"

#include "app/customer/mos-customer-conversations.h"

#include "app/conversation/mos-message-text.h"
#include "app/customer/mos-pane-rows.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"

#include <glib/gi18n.h>

/* The rest is in the list, where "Show all conversations of the customer" leads. */
#define MAX_ROWS 8

struct _MosCustomerConversations
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *all;     /* (borrowed) the button that shows all of them */
  GPtrArray *rows;    /* borrowed widgets */
  GPtrArray *shown;   /* (owned) (nullable): of MosJourneyConversation: what the rows say */
  gint64 shown_at_us; /* when they said it: days pass */
};

enum
{
  SIGNAL_OPEN_CONVERSATION,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosCustomerConversations, mos_customer_conversations, ADW_TYPE_PREFERENCES_GROUP)

static void
on_activated_cb (GtkWidget *row,
                 MosCustomerConversations *self)
{
  g_signal_emit (self, signals[SIGNAL_OPEN_CONVERSATION], 0, g_object_get_data (G_OBJECT (row), "id"));
}

static gboolean
is_same (GPtrArray *a,
         GPtrArray *b)
{
  if (a == NULL || b == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < MIN (a->len, MAX_ROWS); i++)
    {
      const MosJourneyConversation *x = g_ptr_array_index (a, i), *y = g_ptr_array_index (b, i);

      if (g_strcmp0 (x->id, y->id) != 0 || x->updated_us != y->updated_us || x->status != y->status || g_strcmp0 (x->subject, y->subject) != 0 || g_strcmp0 (x->category, y->category) != 0)
        return FALSE;
    }
  return TRUE;
}

static GtkWidget *
row_new (MosCustomerConversations *self,
         const MosJourneyConversation *conversation,
         gint64 now_us)
{
  g_autofree char *number = g_strdup_printf ("\xE2\x81\xA8#%" G_GINT64_FORMAT "\xE2\x81\xA9", conversation->number);
  g_autofree char *time = mos_time_text_short (conversation->updated_us, now_us, NULL);
  g_autofree char *account = mos_text_isolate (conversation->account_name);
  /* Translators: number, status and time of a conversation, and the account where it came in. */
  g_autofree char *facts = g_strdup_printf (C_ ("conversation", "%1$s · %2$s · %3$s · %4$s"), number, mos_status_text (conversation->status), time, account);
  g_autofree char *category = conversation->category != NULL ? mos_text_isolate (conversation->category) : NULL;
  /* Translators: what is said of a conversation, and its category. */
  g_autofree char *more = category != NULL ? g_strdup_printf (C_ ("conversation", "%1$s · %2$s"), facts, category) : NULL;
  GtkWidget *row = mos_pane_row_new (*conversation->subject != '\0' ? conversation->subject : _ ("No subject"), more != NULL ? more : facts);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (conversation->id), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_activated_cb), self, G_CONNECT_DEFAULT);
  return row;
}

/* --- Class --- */

static void
mos_customer_conversations_dispose (GObject *object)
{
  MosCustomerConversations *self = MOS_CUSTOMER_CONVERSATIONS (object);

  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  G_OBJECT_CLASS (mos_customer_conversations_parent_class)->dispose (object);
}

static void
mos_customer_conversations_finalize (GObject *object)
{
  g_clear_pointer (&MOS_CUSTOMER_CONVERSATIONS (object)->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (mos_customer_conversations_parent_class)->finalize (object);
}

static void
mos_customer_conversations_class_init (MosCustomerConversationsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_customer_conversations_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_customer_conversations_finalize;

  signals[SIGNAL_OPEN_CONVERSATION] = g_signal_new ("open-conversation", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

/* libadwaita cuts a group's title where something stands beside it; in a narrow pane that is half of it. */
static void
wrap_labels (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_LABEL (child))
      wrap_labels (child);
    else if (gtk_label_get_ellipsize (GTK_LABEL (child)) != PANGO_ELLIPSIZE_NONE)
      {
        gtk_label_set_ellipsize (GTK_LABEL (child), PANGO_ELLIPSIZE_NONE);
        gtk_label_set_wrap (GTK_LABEL (child), TRUE);
        gtk_label_set_wrap_mode (GTK_LABEL (child), PANGO_WRAP_WORD_CHAR);
      }
}

static void
mos_customer_conversations_init (MosCustomerConversations *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Other Conversations"));
  wrap_labels (GTK_WIDGET (self));
  /* Beside the title there is no room for words in every language. */
  self->all = gtk_button_new_from_icon_name ("go-next-symbolic");
  gtk_widget_set_tooltip_text (self->all, _ ("Show all conversations of the customer"));
  gtk_widget_add_css_class (self->all, "flat");
  gtk_widget_set_valign (self->all, GTK_ALIGN_CENTER);
  mos_widget_set_label (self->all, _ ("Show all conversations of the customer"));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), self->all);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* --- Public --- */

void
mos_customer_conversations_set_journey (MosCustomerConversations *self,
                                        const MosJourney *journey)
{
  GPtrArray *conversations = journey != NULL ? journey->conversations : NULL;
  gboolean same;

  g_return_if_fail (MOS_IS_CUSTOMER_CONVERSATIONS (self));

  gtk_widget_set_visible (GTK_WIDGET (self), journey != NULL);
  same = is_same (self->shown, conversations) && mos_time_text_days_between (self->shown_at_us, journey->now_us, NULL) == 0;
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  if (!same)
    mos_pane_group_clear (ADW_PREFERENCES_GROUP (self), self->rows);
  if (journey == NULL)
    return;
  self->shown = g_ptr_array_ref (conversations);
  gtk_widget_set_visible (self->all, conversations->len > 0);
  /* In this order: the name of an action that takes a target is a mistake to GTK while there is none. */
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->all), "(ss)", journey->customer->id, journey->customer->name);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->all), "win.show-customer");
  if (same)
    return;
  self->shown_at_us = journey->now_us;
  for (guint i = 0; i < MIN (conversations->len, MAX_ROWS); i++)
    {
      GtkWidget *row = row_new (self, g_ptr_array_index (conversations, i), journey->now_us);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
      g_ptr_array_add (self->rows, row);
    }
  if (conversations->len == 0)
    {
      GtkWidget *row = mos_pane_row_new (_ ("No other conversation"), NULL);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
      g_ptr_array_add (self->rows, row);
    }
}
