/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-preferences"

#include "config.h"

#include "app/preferences/mos-retention-class-page.h"

#include "app/application/mos-a11y.h"
#include "app/application/mos-error-text.h"
#include "app/preferences/mos-retention-text.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

/* Typing a number is several changes. */
#define PREVIEW_AFTER_MS 300
#define MAX_ROWS 20
/* Where nothing is said: what a person would begin with. */
#define FIRST_DAYS 1095

struct _MosRetentionClassPage
{
  AdwNavigationPage parent_instance;

  /* owned by the tree */
  AdwActionRow *days_row;
  GtkSpinButton *days;
  AdwPreferencesGroup *would_go;
  AdwActionRow *count_row;
  GtkWidget *spinner;
  GtkWidget *on_row;
  GtkWidget *off_row;
  GPtrArray *rows; /* of GtkWidget (borrowed): of the preview */

  /* Owned */
  MosDesk *desk;
  MosRetentionRule *rule;
  GCancellable *cancellable; /* (nullable): of the preview under way */
  guint timeout_id;
  guint previewed; /* for how many days the preview is on view; 0 = for none */
};

G_DEFINE_FINAL_TYPE (MosRetentionClassPage, mos_retention_class_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  DECIDED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static guint
get_days (MosRetentionClassPage *self)
{
  return (guint) gtk_spin_button_get_value_as_int (self->days);
}

static void
update_buttons (MosRetentionClassPage *self)
{
  guint days = get_days (self);
  gboolean changes = !self->rule->is_on || self->rule->days != days;

  gtk_widget_set_sensitive (self->on_row, changes && self->previewed == days);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->on_row), self->rule->is_on ? _ ("_Keep So Long from Now on") : _ ("_Switch On"));
  gtk_widget_set_visible (self->off_row, self->rule->is_on);
}

static GtkWidget *
item_row_new (const MosRetentionItem *item)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *ended = mos_retention_text_day (item->since_us);
  g_autofree char *number = g_strdup_printf ("#%" G_GINT64_FORMAT, item->number);
  g_autofree char *isolated = mos_text_isolate (number);
  /* Translators: a conversation's number, then the day of the last that happened in it */
  g_autofree char *facts = g_strdup_printf (_ ("%1$s · ended %2$s"), isolated, ended);
  g_autofree char *subtitle = mos_text_in_ui_direction (facts);
  const char *subject = item->conversation != NULL ? item->conversation->subject : "";

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), *subject != '\0' ? subject : _ ("No Subject"));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

static void
clear_rows (MosRetentionClassPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->would_go, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
}

static void
add_row (MosRetentionClassPage *self,
         GtkWidget *row)
{
  adw_preferences_group_add (self->would_go, row);
  g_ptr_array_add (self->rows, row);
}

static void
show_preview (MosRetentionClassPage *self,
              const MosRetentionPreview *preview)
{
  g_autofree char *title = preview->count.n_conversations > 0 ? mos_retention_text_count (&preview->count) : g_strdup (_ ("Nothing is that old"));
  g_autofree char *oldest = mos_retention_text_day (preview->count.oldest_us);
  /* Translators: %s is a day */
  g_autofree char *subtitle = preview->count.n_conversations > 0 ? g_strdup_printf (_ ("The oldest ended %s"), oldest) : g_strdup (_ ("It can be switched on all the same: what gets that old goes then."));
  guint shown = MIN (preview->items->len, MAX_ROWS);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->count_row), title);
  adw_action_row_set_subtitle (self->count_row, subtitle);
  for (guint i = 0; i < shown; i++)
    add_row (self, item_row_new (preview->items->pdata[i]));
  if (preview->count.n_conversations > shown)
    {
      guint left = preview->count.n_conversations - shown;
      g_autofree char *text = g_strdup_printf (ngettext ("And %u more", "And %u more", left), left);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
      add_row (self, row);
    }
  self->previewed = preview->rule->days;
}

static void
on_previewed_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  g_autoptr (MosRetentionClassPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosRetentionPreview) preview = mos_desk_preview_retention_finish (MOS_DESK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->desk == NULL)
    return;
  gtk_widget_set_visible (self->spinner, FALSE);
  if (preview != NULL)
    show_preview (self, preview);
  else
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->count_row), mos_error_text (error).title);
      adw_action_row_set_subtitle (self->count_row, mos_error_text (error).step);
    }
  update_buttons (self);
}

static gboolean
load_cb (gpointer data)
{
  MosRetentionClassPage *self = data;

  self->timeout_id = 0;
  self->cancellable = g_cancellable_new ();
  mos_desk_preview_retention_async (self->desk, self->rule->retention_class, get_days (self), self->cancellable, on_previewed_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
stop (MosRetentionClassPage *self)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
on_days_cb (MosRetentionClassPage *self)
{
  g_autofree char *text = mos_retention_text_days (get_days (self));

  stop (self);
  self->previewed = 0;
  clear_rows (self);
  adw_action_row_set_subtitle (self->days_row, text);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->count_row), _ ("Looking through the conversations…"));
  adw_action_row_set_subtitle (self->count_row, "");
  gtk_widget_set_visible (self->spinner, TRUE);
  update_buttons (self);
  self->timeout_id = g_timeout_add (PREVIEW_AFTER_MS, load_cb, self);
}

static void
on_on_cb (MosRetentionClassPage *self)
{
  g_signal_emit (self, signals[DECIDED], 0, self->previewed, TRUE);
}

static void
on_off_cb (MosRetentionClassPage *self)
{
  g_signal_emit (self, signals[DECIDED], 0, self->rule->days, FALSE);
}

static void
mos_retention_class_page_dispose (GObject *object)
{
  MosRetentionClassPage *self = MOS_RETENTION_CLASS_PAGE (object);

  stop (self);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_retention_class_page_parent_class)->dispose (object);
}

static void
mos_retention_class_page_finalize (GObject *object)
{
  MosRetentionClassPage *self = MOS_RETENTION_CLASS_PAGE (object);

  g_clear_pointer (&self->rule, mos_retention_rule_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (mos_retention_class_page_parent_class)->finalize (object);
}

static void
mos_retention_class_page_class_init (MosRetentionClassPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_retention_class_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_retention_class_page_finalize;
  signals[DECIDED] = g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_BOOLEAN);
}

static GtkWidget *
button_row_new (const char *css_class)
{
  GtkWidget *row = adw_button_row_new ();

  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  gtk_widget_add_css_class (row, css_class);
  return row;
}

static void
mos_retention_class_page_init (MosRetentionClassPage *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *decision = adw_preferences_group_new ();

  self->rows = g_ptr_array_new ();
  self->days = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (1, MOS_RETENTION_MAX_DAYS, 1));
  gtk_widget_set_valign (GTK_WIDGET (self->days), GTK_ALIGN_CENTER);
  self->days_row = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->days_row), _ ("Kept for (_days)"));
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (self->days_row), TRUE);
  adw_action_row_add_suffix (self->days_row, GTK_WIDGET (self->days));
  adw_action_row_set_activatable_widget (self->days_row, GTK_WIDGET (self->days));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->days_row));

  self->would_go = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->would_go, _ ("What Would Go"));
  self->count_row = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->count_row), FALSE);
  self->spinner = adw_spinner_new ();
  adw_action_row_add_suffix (self->count_row, self->spinner);
  adw_preferences_group_add (self->would_go, GTK_WIDGET (self->count_row));

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (decision), _ ("Once it is on, what is that old is listed each day, and goes seven days later unless somebody keeps it. It goes for good: there is no undo, and what still lies on the mail server does not come back. Figures stay as they are. Backups made before still hold it."));
  self->on_row = button_row_new ("destructive-action");
  self->off_row = button_row_new ("suggested-action");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->off_row), _ ("Switch _Off"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (decision), self->off_row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (decision), self->on_row);

  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (decision));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), self->would_go);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
  g_signal_connect_object (self->on_row, "activated", G_CALLBACK (on_on_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->off_row, "activated", G_CALLBACK (on_off_cb), self, G_CONNECT_SWAPPED);
}

MosRetentionClassPage *
mos_retention_class_page_new (MosDesk *desk,
                              MosRetentionRule *rule)
{
  MosRetentionClassPage *self = g_object_new (MOS_TYPE_RETENTION_CLASS_PAGE, "title", mos_retention_text_title (rule->retention_class), NULL);

  self->desk = g_object_ref (desk);
  self->rule = mos_retention_rule_ref (rule);
  gtk_spin_button_set_value (self->days, rule->days > 0 ? rule->days : FIRST_DAYS);
  g_signal_connect_object (self->days, "value-changed", G_CALLBACK (on_days_cb), self, G_CONNECT_SWAPPED);
  on_days_cb (self);
  return self;
}

MosRetentionClass
mos_retention_class_page_get_class (MosRetentionClassPage *self)
{
  return self->rule->retention_class;
}
