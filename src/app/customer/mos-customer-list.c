/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-customer"

#include "config.h"

#include "app/customer/mos-customer-list.h"

#include "app/customer/mos-score-text.h"
#include "app/application/mos-error-text.h"
#include "app/widgets/mos-channel-text.h"
#include "app/widgets/mos-next-step.h"
#include "app/widgets/mos-search-list.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

#define PAGE 50
/* Each mail changes a customer. */
#define RELOAD_MS 500

struct _MosCustomerList
{
  AdwBin parent_instance;

  /* owned by the tree */
  GtkSearchEntry *entry;
  GtkDropDown *segment;
  GtkWidget *lost_bar; /* of the days after which somebody is lost */
  GtkSpinButton *lost_days;
  GtkStack *stack;
  GtkListBox *list;
  AdwStatusPage *empty;
  GtkWidget *next_step; /* below it */
  GtkWidget *more;      /* (nullable): the last row, where there may be more */

  /* Owned */
  MosDesk *desk;
  char *but_not;             /* (nullable) */
  GCancellable *cancellable; /* (nullable): of the load under way */
  guint reload_id;           /* customers changed: read again soon */
  guint n;                   /* rows of customers that are shown */
  guint wanted;              /* how many are to be shown */
  GHashTable *chosen;        /* (nullable): ids, while several are being chosen */
  gboolean filling;          /* the days are being read */
};

G_DEFINE_FINAL_TYPE (MosCustomerList, mos_customer_list, ADW_TYPE_BIN)

enum
{
  CHOSEN,
  CHOICE_CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void load (MosCustomerList *self);
static MosSegment get_segment (MosCustomerList *self);

static const char *
get_text (MosCustomerList *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  return *text != '\0' ? text : NULL;
}

/* Returns: (transfer full): where the customer writes from; a number alone says nothing of where it is one */
static char *
dup_address (const MosCustomerRow *customer)
{
  const MosIdentity *first = customer->identities->len > 0 ? g_ptr_array_index (customer->identities, 0) : NULL;

  if (first == NULL)
    return g_strdup ("");
  if (*first->value != '\0' && first->value[strspn (first->value, "0123456789")] == '\0')
    return g_strdup_printf ("%s %s", mos_channel_text (first->kind), first->value);
  return g_strdup (first->value);
}

/* Returns: (transfer full): what a row says beside the name */
static char *
dup_facts (const MosCustomerRow *customer,
           gboolean with_score)
{
  g_autofree char *address = dup_address (customer);
  g_autofree char *isolated = mos_text_isolate (address);
  g_autofree char *count = g_strdup_printf (ngettext ("%u conversation", "%u conversations", customer->conversation_count), customer->conversation_count);
  g_autofree char *score = with_score ? mos_score_text (customer->last_score_kind, customer->last_score) : NULL;

  /* Translators: a customer's address, and how many conversations there are with them. */
  return g_strdup_printf (_ ("%1$s · %2$s"), isolated, with_score ? score : count);
}

/* @shown: (transfer full): all that can be seen of it */
static GtkWidget *
row_new (const MosCustomerRow *customer,
         const char *facts,
         char *shown)
{
  GtkWidget *row = adw_action_row_new ();
  const char *title = mos_customer_row_get_title (customer);
  g_autofree char *subtitle = mos_text_in_ui_direction (facts);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), *title != '\0' ? title : _ ("No Name"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), adw_avatar_new (32, title, TRUE));
  if (customer->vip)
    {
      GtkWidget *star = gtk_image_new_from_icon_name ("starred-symbolic");

      mos_widget_set_label (star, _ ("VIP"));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), star);
    }
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (customer->id), g_free);
  g_object_set_data_full (G_OBJECT (row), "shown", shown, g_free);
  return row;
}

static const char *
get_id (gpointer row)
{
  return g_object_get_data (G_OBJECT (row), "id");
}

/* --- several at once --- */

static void
tell_choice (MosCustomerList *self)
{
  g_signal_emit (self, signals[CHOICE_CHANGED], 0, self->chosen != NULL ? g_hash_table_size (self->chosen) : 0);
}

static void
on_toggled_cb (MosCustomerList *self,
               GtkCheckButton *check)
{
  const char *id = g_object_get_data (G_OBJECT (check), "id");

  if (self->chosen == NULL)
    return;
  if (gtk_check_button_get_active (check))
    g_hash_table_add (self->chosen, g_strdup (id));
  else
    g_hash_table_remove (self->chosen, id);
  tell_choice (self);
}

/* While several are chosen, a row is a box to tick; else it opens. */
static void
mark_row (MosCustomerList *self,
          GtkListBoxRow *row)
{
  const char *id = g_object_get_data (G_OBJECT (row), "id");
  GtkWidget *check = g_object_get_data (G_OBJECT (row), "check");

  if (id == NULL)
    return;
  if (self->chosen != NULL && check == NULL)
    {
      check = gtk_check_button_new ();
      gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), g_hash_table_contains (self->chosen, id));
      g_object_set_data_full (G_OBJECT (check), "id", g_strdup (id), g_free);
      g_signal_connect_object (check, "toggled", G_CALLBACK (on_toggled_cb), self, G_CONNECT_SWAPPED);
      mos_widget_set_label (check, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
      g_object_set_data (G_OBJECT (row), "check", check);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
    }
  else if (self->chosen == NULL && check != NULL)
    {
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), NULL);
      g_object_set_data (G_OBJECT (row), "check", NULL);
      adw_action_row_remove (ADW_ACTION_ROW (row), check);
    }
  gtk_list_box_row_set_activatable (row, TRUE);
}

static void
show_empty (MosCustomerList *self,
            const char *title,
            const char *description)
{
  gtk_widget_set_visible (self->next_step, FALSE);
  adw_status_page_set_title (self->empty, title);
  adw_status_page_set_description (self->empty, description);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

/* Back to all of them; where there is nobody at all, they come from a file. */
static gboolean
is_narrowed (MosCustomerList *self)
{
  return get_text (self) != NULL || get_segment (self) != MOS_SEGMENT_ALL;
}

static void
show_next_step (MosCustomerList *self)
{
  /* Where somebody is only chosen, nobody is imported. */
  if (is_narrowed (self))
    mos_next_step_set (self->next_step, _ ("_All Customers"), NULL);
  else
    mos_next_step_set (self->next_step, self->but_not == NULL ? _ ("_Import from a CSV File…") : NULL, NULL);
}

static void
on_next_step_cb (MosCustomerList *self)
{
  if (!is_narrowed (self))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "customers.import", NULL);
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_drop_down_set_selected (self->segment, MOS_SEGMENT_ALL);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/* Why nobody is shown, and how that would change. */
static void
show_nobody (MosCustomerList *self)
{
  if (get_text (self) != NULL)
    {
      show_empty (self, _ ("Nobody Found"), _ ("Names, companies, addresses and phone numbers are searched."));
      show_next_step (self);
      return;
    }
  switch (get_segment (self))
    {
    case MOS_SEGMENT_NEW:
      show_empty (self, _ ("Nobody Is New"), _ ("Whoever wrote or ordered for the first time in the last 30 days is shown here."));
      break;
    case MOS_SEGMENT_RETURNING:
      show_empty (self, _ ("Nobody Came Back Yet"), _ ("Whoever came before the last 30 days, and wrote more than once, is shown here."));
      break;
    case MOS_SEGMENT_VIP:
      show_empty (self, _ ("Nobody Is a VIP"), _ ("Open a customer and switch on “VIP”: they are shown here."));
      break;
    case MOS_SEGMENT_LOST:
      show_empty (self, _ ("Nobody Is Lost"), _ ("Whoever has ordered before, and nothing for so many days, is shown here."));
      break;
    case MOS_SEGMENT_UNHAPPY:
      show_empty (self, _ ("Nobody Is Unhappy"), _ ("Whoever gave a low score last (1 or 2 of 5, or up to 6 of 10) is shown here."));
      break;
    case MOS_SEGMENT_ALL:
    default:
      show_empty (self, _ ("Nobody Here Yet"), _ ("Whoever writes to the shop becomes a customer."));
    }
  show_next_step (self);
}

/* What is there of the same customer, and shows the same, stays, and with it the keyboard and the place. */
static void
put_row (MosCustomerList *self,
         const MosCustomerRow *customer,
         gboolean with_score,
         int place)
{
  g_autofree char *facts = dup_facts (customer, with_score);
  g_autofree char *shown = g_strdup_printf ("%s\x1f%s\x1f%d", mos_customer_row_get_title (customer), facts, customer->vip);
  GtkListBoxRow *there = NULL;
  GtkWidget *row;

  for (int i = place; (there = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (g_strcmp0 (get_id (there), customer->id) == 0)
      break;
  if (there != NULL && gtk_list_box_row_get_index (there) == place && g_strcmp0 (g_object_get_data (G_OBJECT (there), "shown"), shown) == 0)
    return;
  row = row_new (customer, facts, g_steal_pointer (&shown));
  if (there != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (there));
  gtk_list_box_insert (self->list, row, place);
  mark_row (self, GTK_LIST_BOX_ROW (row));
}

/* @id: (nullable): of whose row had the keyboard; @place: where that was */
static void
restore_focus (MosCustomerList *self,
               const char *id,
               guint place)
{
  GtkListBoxRow *row = NULL;

  for (int i = 0; id != NULL && (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (g_strcmp0 (get_id (row), id) == 0)
      break;
  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->list, (int) MIN (place, self->n - 1));
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
fill (MosCustomerList *self,
      GPtrArray *customers)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean had_focus = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));
  GtkWidget *at = had_focus ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;
  /* From "Show More" it goes to the first that it showed. */
  guint before = at != NULL && at != self->more ? (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (at)) : self->n;
  g_autofree char *id = at != NULL ? g_strdup (get_id (at)) : NULL;
  GtkListBoxRow *row;

  if (self->more != NULL)
    gtk_list_box_remove (self->list, self->more);
  self->more = NULL;
  self->n = 0;
  for (guint i = 0; i < customers->len; i++)
    {
      const MosCustomerRow *customer = g_ptr_array_index (customers, i);

      if (g_strcmp0 (customer->id, self->but_not) == 0)
        continue;
      put_row (self, customer, get_text (self) == NULL && get_segment (self) == MOS_SEGMENT_UNHAPPY, (int) self->n);
      self->n++;
    }
  while ((row = gtk_list_box_get_row_at_index (self->list, (int) self->n)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  if (customers->len >= self->wanted)
    {
      self->more = adw_button_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->more), _ ("Show More"));
      gtk_list_box_append (self->list, self->more);
    }
  if (self->n == 0)
    {
      show_nobody (self);
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "list");
  if (had_focus && gtk_root_get_focus (root) != focus)
    restore_focus (self, id, before);
}

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosCustomerList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) customers = mos_desk_list_customers_finish (MOS_DESK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->list == NULL)
    return;
  if (customers != NULL)
    fill (self, customers);
  else
    show_empty (self, mos_error_text (error).title, mos_error_text (error).step);
}

static MosSegment
get_segment (MosCustomerList *self)
{
  return (MosSegment) gtk_drop_down_get_selected (self->segment);
}

static void
load (MosCustomerList *self)
{
  const char *text = get_text (self);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_sensitive (GTK_WIDGET (self->segment), text == NULL);
  gtk_widget_set_visible (self->lost_bar, text == NULL && get_segment (self) == MOS_SEGMENT_LOST);
  mos_desk_list_customers_async (self->desk, text, get_segment (self), 0, self->wanted, self->cancellable, on_loaded_cb, g_object_ref (self));
}

static void
load_anew (MosCustomerList *self)
{
  self->wanted = PAGE;
  load (self);
}

static void
on_lost_days_set_cb (GObject *source,
                     GAsyncResult *result,
                     gpointer user_data)
{
  g_autoptr (MosCustomerList) self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->list == NULL)
    return;
  if (!mos_desk_action_finish (MOS_DESK (source), result, NULL, &error))
    show_empty (self, mos_error_text (error).title, mos_error_text (error).step);
  else
    load_anew (self);
}

static void
on_lost_days_cb (MosCustomerList *self)
{
  if (!self->filling)
    mos_desk_set_lost_days_async (self->desk, (guint) gtk_spin_button_get_value_as_int (self->lost_days), NULL, on_lost_days_set_cb, g_object_ref (self));
}

static void
on_lost_days_loaded_cb (GObject *source,
                        GAsyncResult *result,
                        gpointer user_data)
{
  g_autoptr (MosCustomerList) self = user_data;
  guint days = mos_desk_load_lost_days_finish (MOS_DESK (source), result, NULL);

  if (days == 0 || self->list == NULL)
    return;
  self->filling = TRUE;
  gtk_spin_button_set_value (self->lost_days, days);
  self->filling = FALSE;
}

static void
on_row_activated_cb (MosCustomerList *self,
                     GtkListBoxRow *row)
{
  if (GTK_WIDGET (row) == self->more)
    {
      self->wanted += PAGE;
      load (self);
      return;
    }
  /* It ticks its box. */
  if (self->chosen != NULL)
    return;
  g_signal_emit (self, signals[CHOSEN], 0, g_object_get_data (G_OBJECT (row), "id"), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
}

/* Return takes the first; while several are chosen it leads there. */
static void
on_activate_cb (MosCustomerList *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);

  if (row != NULL && self->chosen != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  else if (row != NULL && g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "list") == 0)
    on_row_activated_cb (self, row);
}

static gboolean
reload_cb (gpointer data)
{
  MosCustomerList *self = data;

  self->reload_id = 0;
  load (self);
  return G_SOURCE_REMOVE;
}

static void
on_changed_cb (MosCustomerList *self,
               MosChangeSet *changes)
{
  if (changes->customers->len > 0 && self->reload_id == 0)
    self->reload_id = g_timeout_add (RELOAD_MS, reload_cb, self);
}

static void
mos_customer_list_dispose (GObject *object)
{
  MosCustomerList *self = MOS_CUSTOMER_LIST (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->reload_id, g_source_remove);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->but_not, g_free);
  g_clear_pointer (&self->chosen, g_hash_table_unref);
  self->list = NULL;
  G_OBJECT_CLASS (mos_customer_list_parent_class)->dispose (object);
}

static void
mos_customer_list_class_init (MosCustomerListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_customer_list_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[CHOICE_CHANGED] = g_signal_new ("choice-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static gboolean
on_choose_all_cb (GtkWidget *widget,
                  GVariant *args,
                  gpointer user_data)
{
  MosCustomerList *self = MOS_CUSTOMER_LIST (gtk_widget_get_ancestor (widget, MOS_TYPE_CUSTOMER_LIST));

  if (self->chosen == NULL)
    return GDK_EVENT_PROPAGATE;
  mos_customer_list_choose_all (self);
  return GDK_EVENT_STOP;
}

/* The entry takes Escape for itself: it ends the choosing, leads to where one was, and out of the dialog from the first page. */
static void
on_stop_cb (MosCustomerList *self)
{
  GtkWidget *pages = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_DIALOG);

  if (self->chosen != NULL && gtk_widget_activate_action (GTK_WIDGET (self), "customers.stop-choosing", NULL))
    return;
  if ((pages == NULL || !adw_navigation_view_pop (ADW_NAVIGATION_VIEW (pages))) && dialog != NULL)
    adw_dialog_close (ADW_DIALOG (dialog));
}

static void
make_lost_bar (MosCustomerList *self)
{
  /* Translators: a number of days follows */
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("_Days without an order:"));

  self->lost_bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->lost_days = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (1, MOS_SEGMENT_MAX_LOST_DAYS, 1));
  gtk_spin_button_set_value (self->lost_days, MOS_SEGMENT_LOST_DAYS);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), GTK_WIDGET (self->lost_days));
  gtk_widget_set_margin_start (self->lost_bar, 12);
  gtk_widget_set_margin_end (self->lost_bar, 12);
  gtk_widget_set_margin_bottom (self->lost_bar, 6);
  gtk_widget_set_visible (self->lost_bar, FALSE);
  gtk_box_append (GTK_BOX (self->lost_bar), label);
  gtk_box_append (GTK_BOX (self->lost_bar), GTK_WIDGET (self->lost_days));
  g_signal_connect_object (self->lost_days, "value-changed", G_CALLBACK (on_lost_days_cb), self, G_CONNECT_SWAPPED);
}

static void
mos_customer_list_init (MosCustomerList *self)
{
  /* In the order of MosSegment. */
  const char *segments[] = { _ ("All"), C_ ("customers", "New"), _ ("Returning"), _ ("VIP"), C_ ("customers", "Lost"), C_ ("customers", "Unhappy"), NULL };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkEventController *keys;

  G_STATIC_ASSERT (G_N_ELEMENTS (segments) == MOS_N_SEGMENTS + 1);
  self->wanted = PAGE;
  self->entry = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  self->segment = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (segments));
  self->stack = GTK_STACK (gtk_stack_new ());
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  self->empty = ADW_STATUS_PAGE (adw_status_page_new ());

  gtk_widget_set_hexpand (GTK_WIDGET (self->entry), TRUE);
  gtk_search_entry_set_placeholder_text (self->entry, _ ("Name, company, address or number"));
  mos_widget_set_label (GTK_WIDGET (self->entry), _ ("Search customers"));
  mos_widget_set_label (GTK_WIDGET (self->segment), _ ("Which customers"));
  mos_widget_set_label (GTK_WIDGET (self->list), _ ("Customers"));
  gtk_widget_set_margin_start (bar, 12);
  gtk_widget_set_margin_end (bar, 12);
  gtk_widget_set_margin_top (bar, 6);
  gtk_widget_set_margin_bottom (bar, 6);
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->entry));
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->segment));

  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  /* The arrows walk through it; Tab goes on to what is below. */
  gtk_list_box_set_tab_behavior (self->list, GTK_LIST_TAB_ITEM);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_valign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  gtk_widget_set_margin_start (clamp, 12);
  gtk_widget_set_margin_end (clamp, 12);
  gtk_widget_set_margin_top (clamp, 6);
  gtk_widget_set_margin_bottom (clamp, 12);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 800);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 800);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->list));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  adw_status_page_set_icon_name (self->empty, "avatar-default-symbolic");
  self->next_step = mos_next_step_new ();
  g_signal_connect_object (self->next_step, "clicked", G_CALLBACK (on_next_step_cb), self, G_CONNECT_SWAPPED);
  adw_status_page_set_child (self->empty, self->next_step);
  gtk_stack_add_named (self->stack, scrolled, "list");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->empty), "empty");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), bar);
  make_lost_bar (self);
  gtk_box_append (GTK_BOX (box), self->lost_bar);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);

  keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_a, GDK_CONTROL_MASK), gtk_callback_action_new (on_choose_all_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  mos_search_list_lead_down (self->entry, self->list);
  g_signal_connect_object (self->entry, "search-changed", G_CALLBACK (load_anew), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "stop-search", G_CALLBACK (on_stop_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (on_activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->segment, "notify::selected", G_CALLBACK (load_anew), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
}

MosCustomerList *
mos_customer_list_new (MosDesk *desk,
                       const char *but_not)
{
  MosCustomerList *self = g_object_new (MOS_TYPE_CUSTOMER_LIST, NULL);

  self->desk = g_object_ref (desk);
  self->but_not = g_strdup (but_not);
  g_signal_connect_object (mos_desk_get_store (desk), "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  mos_desk_load_lost_days_async (desk, NULL, on_lost_days_loaded_cb, g_object_ref (self));
  load (self);
  return self;
}

GtkWidget *
mos_customer_list_get_entry (MosCustomerList *self)
{
  return GTK_WIDGET (self->entry);
}

gboolean
mos_customer_list_find_segment (MosCustomerList *self,
                                MosSegment *ret_segment)
{
  g_return_val_if_fail (MOS_IS_CUSTOMER_LIST (self), FALSE);

  *ret_segment = get_segment (self);
  return get_text (self) == NULL;
}

void
mos_customer_list_set_choosing (MosCustomerList *self,
                                gboolean choosing)
{
  GtkListBoxRow *row;

  g_return_if_fail (MOS_IS_CUSTOMER_LIST (self));

  if (choosing == (self->chosen != NULL))
    return;
  g_clear_pointer (&self->chosen, g_hash_table_unref);
  if (choosing)
    self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    mark_row (self, row);
  tell_choice (self);
}

void
mos_customer_list_choose_all (MosCustomerList *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (MOS_IS_CUSTOMER_LIST (self));

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (g_object_get_data (G_OBJECT (row), "check") != NULL)
      gtk_check_button_set_active (g_object_get_data (G_OBJECT (row), "check"), TRUE);
}

GStrv
mos_customer_list_dup_chosen (MosCustomerList *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer id;

  g_return_val_if_fail (MOS_IS_CUSTOMER_LIST (self), NULL);

  if (self->chosen == NULL || g_hash_table_size (self->chosen) == 0)
    return NULL;
  g_hash_table_iter_init (&iter, self->chosen);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_strv_builder_add (ids, id);
  return g_strv_builder_end (ids);
}
