/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-category-chip.h"

#include "app/application/mos-keymap.h"
#include "app/application/mos-shortcuts.h"
#include "app/customer/mos-order-text.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

/* A reason is read at a glance. */
#define MAX_WORDS 5

struct _MosCategoryChip
{
  AdwBin parent_instance;

  GtkWidget *set_button; /* the category that it has */
  GtkWidget *offer;      /* the two below */
  GtkWidget *accept_button;
  GtkWidget *dismiss_button;

  /* Owned */
  MosDesk *desk;
  MosConversation *conversation; /* (nullable) */
  MosCategoryHint *hint;         /* (nullable): what is shown as suggested */
  GCancellable *cancellable;     /* (nullable): of what is being asked */
};

enum
{
  HINT_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosCategoryChip, mos_category_chip, ADW_TYPE_BIN)

char *
mos_category_hint_text (const MosCategoryHint *hint)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *found = NULL;

  for (gsize i = 0; hint->words[i] != NULL && i < MAX_WORDS; i++)
    {
      g_autofree char *word = mos_text_isolate (hint->words[i]);

      if (i > 0)
        g_string_append (words, _ (", "));
      /* Translators: a word of the customer's, in quotation marks. */
      g_string_append_printf (words, C_ ("category", "“%s”"), word);
    }
  /* Translators: %s are words in quotation marks: why a category is suggested. */
  found = g_strdup_printf (_ ("The customer writes: %s."), words->str);
  if (hint->order_status == NULL)
    return g_steal_pointer (&found);
  /* Translators: a whole sentence, and the state of an order ("Delivered"). */
  return g_strdup_printf (_ ("%1$s State of the order: %2$s."), found, mos_order_status_text (mos_order_status_from_nick (hint->order_status, MOS_ORDER_PENDING)));
}

/* --- what is shown --- */

static void
set_reason (MosCategoryChip *self,
            const MosCategoryHint *hint)
{
  g_autofree char *why = mos_category_hint_text (hint);
  g_autofree char *key = mos_keymap_dup_label (mos_keymap_get (), mos_shortcuts_find ("conversation.accept-category"));
  /* Translators: why a category is suggested, and the key that accepts it */
  g_autofree char *tooltip = key != NULL ? g_strdup_printf (_ ("%1$s\n%2$s accepts it."), why, key) : g_strdup (why);

  gtk_widget_set_tooltip_text (self->accept_button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->accept_button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, tooltip, -1);
}

static void
set_label (GtkWidget *button,
           const char *text)
{
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (button));

  gtk_label_set_label (GTK_LABEL (label), text);
}

static void
show_category (MosCategoryChip *self,
               const MosCategory *category)
{
  /* Translators: %s is the name of a category */
  g_autofree char *name = g_strdup_printf (category->is_complex ? _ ("Category: %s, complex") : _ ("Category: %s"), category->name);

  set_label (self->set_button, category->name);
  gtk_widget_set_tooltip_text (self->set_button, category->is_complex ? _ ("Category, marked as complex") : _ ("Category"));
  mos_widget_set_label (self->set_button, name);
}

static void
show_hint (MosCategoryChip *self,
           const MosCategory *category)
{
  /* Translators: %s is the name of a category that is suggested: a question */
  g_autofree char *question = g_strdup_printf (C_ ("category", "%s?"), category->name);
  /* Translators: %s is the name of a category */
  g_autofree char *accept = g_strdup_printf (_ ("Set the category: %s"), category->name);
  /* Translators: %s is the name of a category */
  g_autofree char *dismiss = g_strdup_printf (_ ("Do not suggest: %s"), category->name);

  set_label (self->accept_button, question);
  mos_widget_set_label (self->accept_button, accept);
  gtk_widget_set_tooltip_text (self->dismiss_button, dismiss);
  mos_widget_set_label (self->dismiss_button, dismiss);
  set_reason (self, self->hint);
}

static void
update (MosCategoryChip *self)
{
  MosConversationRow *row = self->conversation != NULL ? mos_conversation_get_row (self->conversation) : NULL;
  MosCategory *category = row != NULL ? mos_desk_find_category (self->desk, row->category) : NULL;
  MosCategory *hinted = category == NULL && self->hint != NULL ? mos_desk_find_category (self->desk, self->hint->category) : NULL;
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  if (hinted != NULL && hinted->is_removed)
    hinted = NULL;
  if (category != NULL)
    show_category (self, category);
  if (hinted != NULL)
    show_hint (self, hinted);
  gtk_widget_set_visible (self->set_button, category != NULL);
  gtk_widget_set_visible (self->offer, hinted != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), category != NULL || hinted != NULL);
  /* What was pressed is gone: the keyboard stays with what has come of it. */
  if (had_focus && category != NULL)
    gtk_widget_grab_focus (self->set_button);
}

static void
take_hint (MosCategoryChip *self,
           MosCategoryHint *hint /* (transfer full) (nullable) */)
{
  gboolean is_same = g_strcmp0 (hint != NULL ? hint->category : NULL, self->hint != NULL ? self->hint->category : NULL) == 0;

  g_clear_pointer (&self->hint, mos_category_hint_unref);
  self->hint = hint;
  update (self);
  if (!is_same)
    g_signal_emit (self, signals[HINT_CHANGED], 0);
}

/* --- asking --- */

static void
on_suggested_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  g_autoptr (MosCategoryChip) self = user_data;
  g_autoptr (GError) error = NULL;
  MosCategoryHint *hint = mos_desk_suggest_category_finish (MOS_DESK (source), result, &error);

  /* Another conversation may be shown by now. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->desk == NULL)
    {
      g_clear_pointer (&hint, mos_category_hint_unref);
      return;
    }
  if (error != NULL)
    g_debug ("No category can be suggested: %s", error->message);
  take_hint (self, hint);
}

static void
forget (MosCategoryChip *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
look (MosCategoryChip *self)
{
  MosConversationRow *row = self->conversation != NULL ? mos_conversation_get_row (self->conversation) : NULL;

  forget (self);
  if (row == NULL || row->category != NULL)
    {
      take_hint (self, NULL);
      return;
    }
  self->cancellable = g_cancellable_new ();
  mos_desk_suggest_category_async (self->desk, row->id, self->cancellable, on_suggested_cb, g_object_ref (self));
}

/* --- class --- */

static void
mos_category_chip_dispose (GObject *object)
{
  MosCategoryChip *self = MOS_CATEGORY_CHIP (object);

  forget (self);
  g_clear_object (&self->conversation);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->hint, mos_category_hint_unref);
  G_OBJECT_CLASS (mos_category_chip_parent_class)->dispose (object);
}

static void
mos_category_chip_class_init (MosCategoryChipClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_category_chip_dispose;
  signals[HINT_CHANGED] = g_signal_new ("hint-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "category");
}

static GtkWidget *
make_button (const char *action)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_widget_add_css_class (label, "caption");
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static void
mos_category_chip_init (MosCategoryChip *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->set_button = make_button ("conversation.category-dialog");
  self->offer = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  self->accept_button = make_button ("conversation.accept-category");
  self->dismiss_button = gtk_button_new_from_icon_name ("window-close-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->dismiss_button), "conversation.dismiss-category");
  gtk_widget_add_css_class (self->offer, "offer");
  gtk_box_append (GTK_BOX (self->offer), self->accept_button);
  gtk_box_append (GTK_BOX (self->offer), self->dismiss_button);
  gtk_box_append (GTK_BOX (box), self->set_button);
  gtk_box_append (GTK_BOX (box), self->offer);
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

MosCategoryChip *
mos_category_chip_new (MosDesk *desk)
{
  MosCategoryChip *self;

  g_return_val_if_fail (MOS_IS_DESK (desk), NULL);

  self = g_object_new (MOS_TYPE_CATEGORY_CHIP, NULL);
  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "views-changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (mos_keymap_get (), "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return self;
}

void
mos_category_chip_set_conversation (MosCategoryChip *self,
                                    MosConversation *conversation)
{
  g_return_if_fail (MOS_IS_CATEGORY_CHIP (self));

  if (self->conversation == conversation)
    return;
  if (self->conversation != NULL)
    g_signal_handlers_disconnect_by_func (self->conversation, look, self);
  g_set_object (&self->conversation, conversation);
  /* Nothing of the one before may be accepted for this one. */
  take_hint (self, NULL);
  if (conversation != NULL)
    g_signal_connect_object (conversation, "notify::row", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  look (self);
}

const char *
mos_category_chip_get_hint (MosCategoryChip *self)
{
  g_return_val_if_fail (MOS_IS_CATEGORY_CHIP (self), NULL);

  return self->hint != NULL && gtk_widget_get_visible (self->offer) ? self->hint->category : NULL;
}
