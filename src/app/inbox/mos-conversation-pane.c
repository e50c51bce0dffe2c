/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-cause-bar.h"
#include "app/inbox/mos-conversation-pane-private.h"

#include "app/application/mos-error-text.h"
#include "app/inbox/mos-conversation-row-view.h"
#include "app/inbox/mos-query-words.h"
#include "app/inbox/mos-view-text.h"
#include "app/widgets/mos-toast-show.h"

#include <glib/gi18n.h>

#define REFRESH_SECONDS 60

enum
{
  SELECTED,
  ACTIVATED,
  SEARCH_ENDED,
  BANNER_CLICKED,
  DRAWN,
  CHOICE_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosConversationPane, mos_conversation_pane, ADW_TYPE_NAVIGATION_PAGE)

/* --- what is shown --- */

static void
update_title (MosConversationPane *self)
{
  MosView *view = mos_conversation_list_get_view (self->list);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  g_autofree char *subtitle = NULL;
  const char *title = self->title;

  if (view != NULL && view->kind == MOS_VIEW_SEARCH)
    title = mos_view_text_get_title (MOS_VIEW_SEARCH);
  if (n > 0 && !mos_conversation_list_has_rest (self->list))
    subtitle = g_strdup_printf (ngettext ("%'u conversation", "%'u conversations", n), n);
  adw_window_title_set_title (self->window_title, title != NULL ? title : "");
  adw_window_title_set_subtitle (self->window_title, subtitle != NULL ? subtitle : "");
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), title != NULL && *title != '\0' ? title : _ ("Conversations"));
}

static gboolean
on_drawn_tick_cb (GtkWidget *widget,
                  GdkFrameClock *clock,
                  gpointer user_data)
{
  MosConversationPane *self = MOS_CONVERSATION_PANE (widget);
  guint *frames = user_data;

  /* The second tick comes after the first frame with the list was painted. */
  if (++*frames < 2)
    return G_SOURCE_CONTINUE;
  g_signal_emit (self, signals[DRAWN], 0);
  return G_SOURCE_REMOVE;
}

static void
update_stack (MosConversationPane *self)
{
  MosView *view = mos_conversation_list_get_view (self->list);
  const GError *error = mos_conversation_list_get_error (self->list);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  update_title (self);
  mos_cause_bar_follow (MOS_CAUSE_BAR (self->causes), view);
  if (view == NULL)
    return;

  if (error != NULL)
    {
      MosErrorText text = mos_error_text (error);

      adw_status_page_set_title (self->error_page, text.title);
      adw_status_page_set_description (self->error_page, text.sentence);
      gtk_stack_set_visible_child_name (self->stack, "error");
    }
  else if (n > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (mos_conversation_list_get_loading (self->list))
    gtk_stack_set_visible_child_name (self->stack, "loading");
  else
    {
      /* Nothing is being written any more as far as it has an answer: whoever waits for one is told. */
      g_autofree char *hint = view->kind == MOS_VIEW_SEARCH ? mos_query_words_hint (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)), G_MAXSIZE) : NULL;

      mos_empty_page_show (self->empty_page, self->desk, view->kind, hint);
      gtk_stack_set_visible_child_name (self->stack, "empty");
    }

  if (!self->drawn && (n > 0 || !mos_conversation_list_get_loading (self->list)))
    {
      self->drawn = TRUE;
      gtk_widget_add_tick_callback (GTK_WIDGET (self), on_drawn_tick_cb, g_new0 (guint, 1), g_free);
    }
}

void
mos_conversation_pane_update_empty (MosConversationPane *self)
{
  g_return_if_fail (MOS_IS_CONVERSATION_PANE (self));

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "empty") == 0)
    update_stack (self);
}

static gboolean
on_refresh_cb (gpointer user_data)
{
  MosConversationPane *self = user_data;

  /* Clocks go on: only rows that read differently are drawn again. */
  mos_conversation_list_tick (self->list);
  for (guint i = 0; i < self->rows->len; i++)
    mos_conversation_row_view_tick (g_ptr_array_index (self->rows, i));
  return G_SOURCE_CONTINUE;
}

/* --- selection, kept by id --- */

static void
set_selected (MosConversationPane *self,
              const char *id)
{
  if (!g_set_str (&self->selected, id))
    return;
  mos_conversation_list_hold (self->list, id);
  g_signal_emit (self, signals[SELECTED], 0, self->selected);
}

static void
select_position (MosConversationPane *self,
                 guint position)
{
  if (position == G_MAXUINT)
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  else
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
}

static gboolean
on_settle_cb (gpointer user_data)
{
  MosConversationPane *self = user_data;
  guint n = mos_conversation_selection_get_count (self->selection), position;
  const char *first = mos_conversation_selection_get_first (self->selection);

  self->settle_id = 0;
  if (n > 1 || self->choosing)
    {
      self->reveal = FALSE;
      set_selected (self, NULL);
      mos_conversation_pane_update_choice (self);
      return G_SOURCE_REMOVE;
    }
  mos_conversation_pane_update_choice (self);
  if (first != NULL)
    {
      set_selected (self, first);
      return G_SOURCE_REMOVE;
    }
  if (self->selected == NULL)
    return G_SOURCE_REMOVE;

  position = mos_conversation_list_find (self->list, self->selected);
  if (position != G_MAXUINT && self->reveal)
    gtk_grid_view_scroll_to (self->grid, position, GTK_LIST_SCROLL_SELECT | GTK_LIST_SCROLL_FOCUS, NULL);
  else if (position != G_MAXUINT)
    select_position (self, position);
  self->reveal = self->reveal && position == G_MAXUINT;
  return G_SOURCE_REMOVE;
}

/* Not at once: a change may be a removal followed by an addition, and between the two the row is nowhere. */
static void
queue_settle (MosConversationPane *self)
{
  if (self->settle_id == 0)
    self->settle_id = g_idle_add_full (G_PRIORITY_DEFAULT, on_settle_cb, self, NULL);
}

static void
on_items_changed_cb (MosConversationPane *self)
{
  /* Not once the rest is there: somebody may have gone on by then. */
  if (mos_conversation_list_has_rest (self->list))
    mos_conversation_pane_go_to_top (self);
  update_stack (self);
  mos_conversation_pane_update_headers (self);
  queue_settle (self);
}

static void
on_loading_cb (MosConversationPane *self)
{
  MosView *view = mos_conversation_list_get_view (self->list);

  if (!mos_conversation_list_get_loading (self->list))
    {
      mos_conversation_selection_prune (self->selection);
      mos_conversation_pane_go_to_top (self);
    }
  on_items_changed_cb (self);
  /* Other words are found in the same rows. */
  if (view != NULL && view->kind == MOS_VIEW_SEARCH)
    mos_conversation_pane_refresh_rows (self);
}

static void
on_look_changed_cb (MosConversationPane *self)
{
  mos_conversation_pane_update_headers (self);
  mos_conversation_pane_refresh_rows (self);
  for (guint i = 0; i < self->rows->len; i++)
    gtk_widget_queue_resize (g_ptr_array_index (self->rows, i));
}

static void
on_activate_cb (MosConversationPane *self,
                guint position,
                GtkGridView *grid)
{
  g_autoptr (MosConversation) conversation = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  if (conversation == NULL || self->choosing)
    return;
  select_position (self, position);
  set_selected (self, mos_conversation_get_id (conversation));
  g_signal_emit (self, signals[ACTIVATED], 0, self->selected);
}

/* --- search --- */

static gsize
search_caret (MosConversationPane *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  return (gsize) (g_utf8_offset_to_pointer (text, gtk_editable_get_position (GTK_EDITABLE (self->search_entry))) - text);
}

static void
update_hint (MosConversationPane *self)
{
  g_autofree char *hint = mos_query_words_hint (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)), search_caret (self));

  if (hint != NULL && !g_str_equal (hint, gtk_label_get_text (self->search_hint)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self->search_entry), hint, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  gtk_label_set_text (self->search_hint, hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->search_hint), hint != NULL);
}

static void
on_search_changed_cb (MosConversationPane *self,
                      GtkSearchEntry *entry)
{
  g_autofree char *text = mos_query_words_store (gtk_editable_get_text (GTK_EDITABLE (entry)), search_caret (self));
  g_autoptr (MosView) view = NULL;

  /* Quicker than the first view is chosen: there is nothing to come back to yet. */
  if (!gtk_search_bar_get_search_mode (self->search_bar) || self->base_view == NULL)
    return;
  update_hint (self);
  if (*text == '\0')
    view = mos_view_ref (self->base_view);
  else
    view = mos_view_make (MOS_VIEW_SEARCH, text);
  if (!mos_view_equal (view, mos_conversation_list_get_view (self->list)))
    {
      mos_conversation_list_hold (self->list, NULL);
      select_position (self, G_MAXUINT);
      self->to_top = TRUE;
      mos_conversation_list_set_view (self->list, view);
    }
  update_stack (self);
}

/* Return and Down go from the words to the first hit. */
static void
on_search_activate_cb (MosConversationPane *self)
{
  g_autoptr (MosConversation) first = g_list_model_get_item (G_LIST_MODEL (self->list), 0);

  mos_search_completion_remember (self->completion, gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  if (first == NULL)
    return;
  mos_conversation_pane_select (self, mos_conversation_get_id (first));
  mos_conversation_pane_grab_list_focus (self);
}

static gboolean
on_search_key_cb (MosConversationPane *self,
                  guint key,
                  guint code,
                  GdkModifierType state)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  on_search_activate_cb (self);
  return GDK_EVENT_STOP;
}

static void
on_search_mode_cb (MosConversationPane *self)
{
  if (gtk_search_bar_get_search_mode (self->search_bar))
    return;
  mos_search_completion_close (self->completion);
  if (self->base_view != NULL && !mos_view_equal (self->base_view, mos_conversation_list_get_view (self->list)))
    {
      mos_conversation_list_set_view (self->list, self->base_view);
      update_stack (self);
      queue_settle (self);
    }
  g_signal_emit (self, signals[SEARCH_ENDED], 0);
}

static void
on_banner_clicked_cb (MosConversationPane *self)
{
  g_signal_emit (self, signals[BANNER_CLICKED], 0);
}

static void
on_retry_cb (MosConversationPane *self)
{
  g_autoptr (MosView) view = mos_view_ref (mos_conversation_list_get_view (self->list));

  mos_conversation_list_set_view (self->list, view);
}

/* --- class --- */

static void
mos_conversation_pane_dispose (GObject *object)
{
  MosConversationPane *self = MOS_CONVERSATION_PANE (object);

  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (self->grid != NULL)
    gtk_grid_view_set_model (self->grid, NULL);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  if (self->completion != NULL)
    g_object_run_dispose (G_OBJECT (self->completion));
  g_clear_object (&self->completion);
  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_CONVERSATION_PANE);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_pointer (&self->selected, g_free);
  g_clear_pointer (&self->pressed, g_free);
  g_clear_pointer (&self->base_view, mos_view_unref);
  g_clear_pointer (&self->title, g_free);
  G_OBJECT_CLASS (mos_conversation_pane_parent_class)->dispose (object);
}

static void
mos_conversation_pane_finalize (GObject *object)
{
  MosConversationPane *self = MOS_CONVERSATION_PANE (object);

  mos_conversation_pane_finish_rows (self);
  G_OBJECT_CLASS (mos_conversation_pane_parent_class)->finalize (object);
}

static void
mos_conversation_pane_class_init (MosConversationPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = mos_conversation_pane_dispose;
  object_class->finalize = mos_conversation_pane_finalize;

  signals[SELECTED] = g_signal_new ("selected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ACTIVATED] = g_signal_new ("activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SEARCH_ENDED] = g_signal_new ("search-ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[BANNER_CLICKED] = g_signal_new ("banner-clicked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHOICE_CHANGED] = g_signal_new ("choice-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[DRAWN] = g_signal_new ("drawn", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MOS_TYPE_EMPTY_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-conversation-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, MosConversationPane, window_title);
  gtk_widget_class_bind_template_child (widget_class, MosConversationPane, banner);
  gtk_widget_class_bind_template_child (widget_class, MosConversationPane, search_bar);
  gtk_widget_class_bind_template_child (widget_class, MosConversationPane, search_entry);
  gtk_widget_class_bind_template_child (widget_class, MosConversationPane, search_row);
  gtk_widget_class_bind_template_child (widget_class, MosConversationPane, search_help);
  gtk_widget_class_bind_template_child (widget_class, MosConversationPane, search_hint);
  gtk_widget_class_bind_template_child (widget_class, MosConversationPane, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, MosConversationPane, stack);
  gtk_widget_class_bind_template_child (widget_class, MosConversationPane, grid);
  gtk_widget_class_bind_template_child (widget_class, MosConversationPane, empty_page);
  gtk_widget_class_bind_template_child (widget_class, MosConversationPane, error_page);
  gtk_widget_class_bind_template_child (widget_class, MosConversationPane, choice_bar);
  gtk_widget_class_bind_template_child (widget_class, MosConversationPane, choice_label);
  gtk_widget_class_bind_template_child (widget_class, MosConversationPane, choice_menu);
  gtk_widget_class_bind_template_child (widget_class, MosConversationPane, choose_button);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_banner_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_mode_cb);
}

static void
mos_conversation_pane_init (MosConversationPane *self)
{
  GtkEventController *keys;

  gtk_widget_init_template (GTK_WIDGET (self));
  mos_conversation_pane_init_rows (self);
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  keys = gtk_event_controller_key_new ();
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_search_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->search_entry), keys);

  mos_conversation_pane_init_pointer (self);
  mos_conversation_pane_init_choice (self);
  self->refresh_id = g_timeout_add_seconds (REFRESH_SECONDS, on_refresh_cb, self);
}

static void
on_cause_chosen_cb (MosConversationPane *self,
                    const char *cause)
{
  MosView *now = mos_conversation_list_get_view (self->list);
  const char *argument = *cause != '\0' ? cause : NULL;
  g_autoptr (MosView) view = NULL;
  g_autofree char *title = g_strdup (self->title);

  if (now == NULL || now->kind != MOS_VIEW_QUARANTINE || g_strcmp0 (now->argument, argument) == 0)
    return;
  view = mos_view_make (MOS_VIEW_QUARANTINE, argument);
  mos_conversation_pane_set_view (self, view, title);
}

MosConversationPane *
mos_conversation_pane_new (MosDesk *desk)
{
  MosConversationPane *self = g_object_new (MOS_TYPE_CONVERSATION_PANE, NULL);

  self->list = mos_conversation_list_new (desk);
  self->desk = desk;
  self->causes = mos_cause_bar_new (desk);
  g_signal_connect_object (self->causes, "chosen", G_CALLBACK (on_cause_chosen_cb), self, G_CONNECT_SWAPPED);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (adw_navigation_page_get_child (ADW_NAVIGATION_PAGE (self))), self->causes);
  self->completion = mos_search_completion_new (GTK_EDITABLE (self->search_entry), self->search_row, desk);
  gtk_menu_button_set_popover (self->search_help, mos_search_help_new (GTK_EDITABLE (self->search_entry)));
  self->selection = mos_conversation_selection_new (self->list);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (queue_settle), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (on_items_changed_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->list, "notify::loading", G_CALLBACK (on_loading_cb), self, G_CONNECT_SWAPPED);
  /* A row that stops matching while it is held stays where it is, so the list itself has nothing to say. */
  g_signal_connect_object (self->list, "stale-changed", G_CALLBACK (mos_conversation_pane_refresh_rows), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "sections-changed", G_CALLBACK (mos_conversation_pane_update_headers), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->list, "look-changed", G_CALLBACK (on_look_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "snippets-changed", G_CALLBACK (mos_conversation_pane_refresh_rows), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::error", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  gtk_grid_view_set_model (self->grid, GTK_SELECTION_MODEL (self->selection));
  return self;
}

/* --- public --- */

void
mos_conversation_pane_set_view (MosConversationPane *self,
                                MosView *view,
                                const char *title)
{
  g_return_if_fail (MOS_IS_CONVERSATION_PANE (self));
  g_return_if_fail (view != NULL);

  mos_conversation_pane_end_choice (self);

  if (self->base_view != view)
    {
      g_clear_pointer (&self->base_view, mos_view_unref);
      self->base_view = mos_view_ref (view);
    }
  g_set_str (&self->title, title);
  mos_conversation_pane_select (self, NULL);
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  self->to_top = TRUE;
  mos_conversation_list_set_view (self->list, view);
  update_stack (self);
}

void
mos_conversation_pane_set_title (MosConversationPane *self,
                                 const char *title)
{
  g_return_if_fail (MOS_IS_CONVERSATION_PANE (self));

  g_set_str (&self->title, title);
  update_title (self);
}

gboolean
mos_conversation_pane_select (MosConversationPane *self,
                              const char *id)
{
  guint position;

  g_return_val_if_fail (MOS_IS_CONVERSATION_PANE (self), FALSE);

  if (id == NULL)
    {
      self->reveal = FALSE;
      set_selected (self, NULL);
      select_position (self, G_MAXUINT);
      return FALSE;
    }

  mos_conversation_pane_end_choice (self);
  /* With what was selected before, one that no longer matches leaves the list: places are others only then. */
  set_selected (self, id);
  position = mos_conversation_list_find (self->list, id);
  self->reveal = position == G_MAXUINT;
  if (position == G_MAXUINT)
    {
      select_position (self, G_MAXUINT);
      return FALSE;
    }
  gtk_grid_view_scroll_to (self->grid, position, GTK_LIST_SCROLL_SELECT | GTK_LIST_SCROLL_FOCUS, NULL);
  return TRUE;
}

char *
mos_conversation_pane_get_neighbour (MosConversationPane *self,
                                     int step)
{
  guint n, position;
  g_autoptr (MosConversation) conversation = NULL;

  g_return_val_if_fail (MOS_IS_CONVERSATION_PANE (self), NULL);

  n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  position = self->selected != NULL ? mos_conversation_list_find (self->list, self->selected) : G_MAXUINT;
  if (n == 0)
    return NULL;
  if (position == G_MAXUINT)
    position = step > 0 ? 0 : n - 1;
  else if (step < 0 ? position == 0 : position + 1 >= n)
    return NULL;
  else
    position = step < 0 ? position - 1 : position + 1;

  conversation = g_list_model_get_item (G_LIST_MODEL (self->list), position);
  return conversation != NULL ? g_strdup (mos_conversation_get_id (conversation)) : NULL;
}

GStrv
mos_conversation_pane_dup_ids (MosConversationPane *self)
{
  g_return_val_if_fail (MOS_IS_CONVERSATION_PANE (self), NULL);

  return mos_conversation_list_dup_ids (self->list);
}

void
mos_conversation_pane_start_search (MosConversationPane *self)
{
  g_return_if_fail (MOS_IS_CONVERSATION_PANE (self));

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  gtk_editable_select_region (GTK_EDITABLE (self->search_entry), 0, -1);
}

void
mos_conversation_pane_search (MosConversationPane *self,
                              const char *text)
{
  g_return_if_fail (MOS_IS_CONVERSATION_PANE (self));
  g_return_if_fail (text != NULL);

  mos_conversation_pane_start_search (self);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->search_entry), -1);
}

void
mos_conversation_pane_grab_list_focus (MosConversationPane *self)
{
  guint position;

  g_return_if_fail (MOS_IS_CONVERSATION_PANE (self));

  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0)
    return;
  position = self->selected != NULL ? mos_conversation_list_find (self->list, self->selected) : 0;
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
  gtk_grid_view_scroll_to (self->grid, position != G_MAXUINT ? position : 0, GTK_LIST_SCROLL_FOCUS, NULL);
}

void
mos_conversation_pane_add_toast (MosConversationPane *self,
                                 AdwToast *toast)
{
  g_return_if_fail (MOS_IS_CONVERSATION_PANE (self));

  mos_toast_show (self->toast_overlay, toast);
}

void
mos_conversation_pane_set_banner (MosConversationPane *self,
                                  const char *title,
                                  const char *button)
{
  g_return_if_fail (MOS_IS_CONVERSATION_PANE (self));

  adw_banner_set_use_markup (self->banner, FALSE);
  adw_banner_set_title (self->banner, title != NULL ? title : "");
  adw_banner_set_button_label (self->banner, button);
  adw_banner_set_revealed (self->banner, title != NULL);
}
