/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-customer"

#include "config.h"

#include "app/customer/mos-customer-page-private.h"

#include "app/widgets/mos-language-name.h"
#include "app/widgets/mos-text-direction.h"
#include "core/desk/mos-customers.h"

#include <glib/gi18n.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (MosCustomerPage, mos_customer_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  ACTED,
  FAILED,
  REFUSED,
  MERGE,
  UNMERGE,
  EXPORT,
  ERASE,
  LEAVE,
  GONE,
  READY,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void load (MosCustomerPage *self);

/* --- doing --- */

typedef struct
{
  MosCustomerPage *self; /* (owned) */
  const char *text;      /* static */
} Act;

gpointer
mos_customer_page_act_new (MosCustomerPage *self,
                           const char *text)
{
  Act *act = g_new0 (Act, 1);

  act->self = g_object_ref (self);
  act->text = text;
  /* What was read before it is done is not what it will be: it would be shown, and saved with the next change. */
  self->n_acting++;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  return act;
}

void
mos_customer_page_on_acted (GObject *source,
                            GAsyncResult *result,
                            gpointer user_data)
{
  Act *act = user_data;
  g_autoptr (MosCustomerPage) self = act->self;
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;

  self->n_acting--;
  if (!mos_desk_action_finish (MOS_DESK (source), result, &batch, &error))
    g_signal_emit (self, signals[FAILED], 0, error);
  else if (batch != 0)
    g_signal_emit (self, signals[ACTED], 0, act->text, batch);
  /* What was not taken is what it was. */
  if (self->desk != NULL)
    load (self);
  g_free (act);
}

/* Returns: whether it makes sense; else nothing is changed, and somebody is told */
static gboolean
set_field (MosCustomerPage *self,
           const char *field,
           const char *value)
{
  g_autoptr (MosCustomerRow) copy = NULL;
  g_autoptr (GError) error = NULL;

  if (self->is_setting || self->look == NULL)
    return TRUE;
  copy = mos_customer_row_copy (self->look->row);
  if (!mos_customers_set (copy, field, value, &error))
    {
      if (g_str_equal (field, "phone"))
        g_signal_emit (self, signals[REFUSED], 0, _ ("That is no phone number; nothing was changed"));
      else if (g_str_equal (field, "country"))
        g_signal_emit (self, signals[REFUSED], 0, _ ("That is no country’s code, such as ES or DE; nothing was changed"));
      else
        g_signal_emit (self, signals[FAILED], 0, error);
      return FALSE;
    }
  mos_desk_save_customer_async (self->desk, self->look->row, copy, NULL, mos_customer_page_on_acted, mos_customer_page_act_new (self, _ ("Customer changed")));
  /* What is changed next is changed in addition. */
  mos_customer_row_unref (self->look->row);
  self->look->row = g_steal_pointer (&copy);
  return TRUE;
}

/* What is refused stays where it was typed, and is marked. */
static void
on_entry_apply_cb (MosCustomerPage *self,
                   AdwEntryRow *row)
{
  gboolean is_taken = set_field (self, g_object_get_data (G_OBJECT (row), "field"), gtk_editable_get_text (GTK_EDITABLE (row)));

  g_object_set_data (G_OBJECT (row), "given", GINT_TO_POINTER (is_taken));
  if (is_taken)
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID, is_taken ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
}

static void
on_language_cb (MosCustomerPage *self)
{
  guint chosen = adw_combo_row_get_selected (self->language);

  if (chosen < self->codes->len)
    set_field (self, "language", g_ptr_array_index (self->codes, chosen));
}

static void
on_consent_cb (MosCustomerPage *self)
{
  set_field (self, "consent", mos_consent_to_nick ((MosConsent) adw_combo_row_get_selected (self->consent)));
}

static void
on_vip_cb (MosCustomerPage *self)
{
  set_field (self, "vip", adw_switch_row_get_active (self->vip) ? "yes" : "no");
}

static char *
dup_notes (MosCustomerPage *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->notes);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
on_notes_left_cb (MosCustomerPage *self)
{
  g_autofree char *text = dup_notes (self);
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  if (self->look != NULL && g_strcmp0 (stripped, self->look->row->notes) != 0)
    set_field (self, "notes", text);
}

/* --- what is shown --- */

GtkWidget *
mos_customer_page_entry_row_new (MosCustomerPage *self,
                                 const char *title,
                                 GCallback callback)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "apply", callback, self, G_CONNECT_SWAPPED);
  return row;
}

/* What somebody types and has not given yet stays, whatever happens to the customer meanwhile. @was: (nullable): what was shown; %NULL = nothing yet */
static void
show_text (gpointer row,
           const char *was,
           const char *text)
{
  const char *shown = gtk_editable_get_text (GTK_EDITABLE (row));
  gboolean is_given = g_object_get_data (G_OBJECT (row), "given") != NULL;

  g_object_set_data (G_OBJECT (row), "given", NULL);
  if ((was == NULL || is_given || g_str_equal (shown, was)) && !g_str_equal (shown, text))
    gtk_editable_set_text (GTK_EDITABLE (row), text);
}

/* "City: Porto" */
static void
on_add_field_cb (MosCustomerPage *self,
                 AdwEntryRow *row)
{
  g_auto (GStrv) parts = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (row)), ":", 2);
  g_autofree char *field = NULL;

  if (parts[0] == NULL || parts[1] == NULL || *g_strstrip (parts[0]) == '\0' || *g_strstrip (parts[1]) == '\0')
    {
      g_autoptr (GError) error = g_error_new_literal (MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "name: value");

      g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }
  field = g_strconcat ("own:", parts[0], NULL);
  set_field (self, field, parts[1]);
}

static void
show_own (MosCustomerPage *self,
          const MosCustomerRow *old)
{
  GPtrArray *fields = self->look->row->fields;
  gboolean is_same = mos_customer_rows_count (&self->own) == fields->len + 1;
  GtkWidget *add;

  for (guint i = 0; i < fields->len && is_same; i++)
    is_same = mos_customer_rows_has_key (&self->own, i, ((MosCustomerField *) g_ptr_array_index (fields, i))->name);
  if (is_same)
    {
      for (guint i = 0; i < fields->len; i++)
        {
          const MosCustomerField *field = g_ptr_array_index (fields, i);

          show_text (self->own.rows->pdata[i], old != NULL ? mos_customer_fields_find (old->fields, field->name) : NULL, field->value);
        }
      return;
    }
  mos_customer_rows_begin (&self->own);
  for (guint i = 0; i < fields->len; i++)
    {
      const MosCustomerField *field = g_ptr_array_index (fields, i);
      GtkWidget *row = mos_customer_page_entry_row_new (self, field->name, G_CALLBACK (on_entry_apply_cb));

      g_object_set_data_full (G_OBJECT (row), "field", g_strconcat ("own:", field->name, NULL), g_free);
      gtk_editable_set_text (GTK_EDITABLE (row), field->value);
      mos_customer_rows_set_key (row, field->name, NULL);
      mos_customer_rows_add (&self->own, row);
    }
  add = mos_customer_page_entry_row_new (self, _ ("Add a Field, Such as “City: Porto”"), G_CALLBACK (on_add_field_cb));
  mos_customer_rows_set_key (add, "", "add");
  mos_customer_rows_add (&self->own, add);
  mos_customer_rows_end (&self->own);
}

/* A language that nobody offers is offered to whom it belongs. */
static void
show_language (MosCustomerPage *self,
               const char *code)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const MosLanguageName *known;
  guint n, chosen = 0;

  g_ptr_array_set_size (self->codes, 0);
  g_ptr_array_add (self->codes, (gpointer) "");
  gtk_string_list_append (names, _ ("Not Known"));
  known = mos_language_names (&n);
  for (guint i = 0; i < n; i++)
    {
      if (g_strcmp0 (known[i].code, code) == 0)
        chosen = self->codes->len;
      g_ptr_array_add (self->codes, (gpointer) known[i].code);
      gtk_string_list_append (names, known[i].name);
    }
  if (chosen == 0 && code != NULL)
    {
      chosen = self->codes->len;
      g_ptr_array_add (self->codes, (gpointer) code);
      gtk_string_list_append (names, mos_language_name (code));
    }
  adw_combo_row_set_model (self->language, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->language, chosen);
}

static void
show_details (MosCustomerPage *self,
              const MosCustomerRow *old)
{
  const MosCustomerRow *row = self->look->row;
  const char *texts[MOS_CUSTOMER_N_ENTRIES] = { row->name, row->company, row->phone, row->country };
  const char *were[MOS_CUSTOMER_N_ENTRIES] = { NULL };
  g_autofree char *notes = dup_notes (self);

  if (old != NULL)
    {
      were[0] = old->name;
      were[1] = old->company;
      were[2] = old->phone;
      were[3] = old->country;
    }
  for (gsize i = 0; i < MOS_CUSTOMER_N_ENTRIES; i++)
    show_text (self->entries[i], old != NULL && were[i] == NULL ? "" : were[i], texts[i] != NULL ? texts[i] : "");
  show_language (self, row->language);
  adw_combo_row_set_selected (self->consent, row->consent);
  adw_switch_row_set_active (self->vip, row->vip);
  /* Not under the hands of somebody who writes there. */
  if (!gtk_widget_has_focus (GTK_WIDGET (self->notes)) && g_strcmp0 (notes, row->notes) != 0)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->notes), row->notes, -1);
}

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosCustomerPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosCustomerLook) look = mos_desk_look_at_customer_finish (MOS_DESK (source), result, &error);
  g_autoptr (MosCustomerLook) old = NULL;
  const MosCustomerRow *old_row;
  const char *title;

  if (self->desk == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (look == NULL)
    {
      if (g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND))
        g_signal_emit (self, signals[GONE], 0);
      else
        g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }
  old = g_steal_pointer (&self->look);
  old_row = old != NULL ? old->row : NULL;
  self->look = g_steal_pointer (&look);
  g_set_str (&self->id, self->look->row->id);
  title = mos_customer_row_get_title (self->look->row);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), *title != '\0' ? title : _ ("No Name"));
  self->is_setting = TRUE;
  show_details (self, old_row);
  mos_customer_page_show_suggestions (self);
  show_own (self, old_row);
  mos_customer_page_show_addresses (self);
  mos_customer_page_show_merges (self);
  self->is_setting = FALSE;
  if (old == NULL)
    g_signal_emit (self, signals[READY], 0);
}

static void
load (MosCustomerPage *self)
{
  if (self->n_acting > 0)
    return;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  mos_desk_look_at_customer_async (self->desk, self->id, self->cancellable, on_loaded_cb, g_object_ref (self));
}

static void
on_changed_cb (MosCustomerPage *self,
               MosChangeSet *changes)
{
  if (changes->customers->len > 0)
    load (self);
}

/* --- class --- */

static void
mos_customer_page_dispose (GObject *object)
{
  MosCustomerPage *self = MOS_CUSTOMER_PAGE (object);

  if (self->desk != NULL)
    on_notes_left_cb (self);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->look, mos_customer_look_unref);
  g_clear_pointer (&self->codes, g_ptr_array_unref);
  mos_customer_rows_clear (&self->suggestions);
  mos_customer_rows_clear (&self->own);
  mos_customer_rows_clear (&self->addresses);
  mos_customer_rows_clear (&self->merges);
  G_OBJECT_CLASS (mos_customer_page_parent_class)->dispose (object);
}

static void
mos_customer_page_class_init (MosCustomerPageClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_customer_page_dispose;
  signals[ACTED] = g_signal_new ("acted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[REFUSED] = g_signal_new ("refused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[MERGE] = g_signal_new ("merge", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[UNMERGE] = g_signal_new ("unmerge", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[EXPORT] = g_signal_new ("export", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ERASE] = g_signal_new ("erase", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEAVE] = g_signal_new ("leave", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_VARIANT);
  signals[GONE] = g_signal_new ("gone", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[READY] = g_signal_new ("ready", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
notes_row (MosCustomerPage *self)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (_ ("Notes"));
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->notes = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_text_view_set_wrap_mode (self->notes, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->notes, FALSE);
  gtk_widget_set_size_request (GTK_WIDGET (self->notes), -1, 60);
  gtk_widget_add_css_class (GTK_WIDGET (self->notes), "inline");
  mos_widget_set_label (GTK_WIDGET (self->notes), _ ("Notes"));
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_notes_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->notes), focus);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "caption");
  gtk_widget_add_css_class (title, "dimmed");
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->notes));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  return row;
}

static AdwPreferencesGroup *
details_group (MosCustomerPage *self)
{
  static const char *const fields[MOS_CUSTOMER_N_ENTRIES] = { "name", "company", "phone", "country" };
  const char *titles[MOS_CUSTOMER_N_ENTRIES] = { _ ("Name"), _ ("Company"), _ ("Phone"), _ ("Country (Code, Such as “ES”)") };
  /* In the order of MosConsent. */
  const char *consents[] = { _ ("Not Known"), C_ ("consent", "Given"), C_ ("consent", "Opted Out"), NULL };
  g_autoptr (GtkStringList) consent = gtk_string_list_new (consents);
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  for (gsize i = 0; i < MOS_CUSTOMER_N_ENTRIES; i++)
    {
      self->entries[i] = ADW_ENTRY_ROW (mos_customer_page_entry_row_new (self, titles[i], G_CALLBACK (on_entry_apply_cb)));
      g_object_set_data (G_OBJECT (self->entries[i]), "field", (gpointer) fields[i]);
      /* A telephone number has no letters to tell, and is read from left to right everywhere. */
      if (g_str_equal (fields[i], "phone"))
        {
          gtk_widget_set_direction (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->entries[i]))), GTK_TEXT_DIR_LTR);
          gtk_editable_set_alignment (GTK_EDITABLE (self->entries[i]), gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL ? 1 : 0);
        }
      adw_preferences_group_add (group, GTK_WIDGET (self->entries[i]));
    }
  self->language = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->language), _ ("Language"));
  self->consent = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->consent), _ ("Consent to Offers"));
  adw_combo_row_set_model (self->consent, G_LIST_MODEL (consent));
  self->vip = ADW_SWITCH_ROW (adw_switch_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->vip), _ ("VIP"));
  adw_preferences_group_add (group, GTK_WIDGET (self->language));
  adw_preferences_group_add (group, GTK_WIDGET (self->consent));
  adw_preferences_group_add (group, GTK_WIDGET (self->vip));
  adw_preferences_group_add (group, notes_row (self));
  g_signal_connect_object (self->language, "notify::selected", G_CALLBACK (on_language_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->consent, "notify::selected", G_CALLBACK (on_consent_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->vip, "notify::active", G_CALLBACK (on_vip_cb), self, G_CONNECT_SWAPPED);
  return group;
}

static void
on_conversations_cb (MosCustomerPage *self)
{
  g_autoptr (GVariant) target = g_variant_ref_sink (g_variant_new ("(ss)", self->id, adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (self))));

  g_signal_emit (self, signals[LEAVE], 0, "win.show-customer", target);
}

static void
on_merge_other_cb (MosCustomerPage *self)
{
  g_signal_emit (self, signals[MERGE], 0, "");
}

static void
on_export_cb (MosCustomerPage *self)
{
  g_signal_emit (self, signals[EXPORT], 0);
}

static void
on_erase_cb (MosCustomerPage *self)
{
  g_signal_emit (self, signals[ERASE], 0);
}

static void
add_action (MosCustomerPage *self,
            AdwPreferencesGroup *group,
            const char *title,
            GCallback callback,
            gboolean is_destructive)
{
  GtkWidget *row = adw_button_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (is_destructive)
    gtk_widget_add_css_class (row, "destructive-action");
  g_signal_connect_object (row, "activated", callback, self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, row);
}

static void
mos_customer_page_init (MosCustomerPage *self)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  AdwPreferencesGroup *actions = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *view = adw_toolbar_view_new ();

  self->codes = g_ptr_array_new ();
  mos_customer_rows_init (&self->suggestions, page, _ ("The Same Person?"));
  adw_preferences_page_add (page, details_group (self));
  mos_customer_rows_init (&self->own, page, _ ("The Shop’s Own Fields"));
  mos_customer_rows_init (&self->addresses, page, _ ("Writes From"));
  mos_customer_rows_init (&self->merges, page, _ ("Merged Into This Customer"));
  add_action (self, actions, _ ("Show All Conversations"), G_CALLBACK (on_conversations_cb), FALSE);
  add_action (self, actions, _ ("Merge Another Customer…"), G_CALLBACK (on_merge_other_cb), FALSE);
  add_action (self, actions, _ ("Export All That Is Known…"), G_CALLBACK (on_export_cb), FALSE);
  add_action (self, actions, _ ("Erase for Good…"), G_CALLBACK (on_erase_cb), TRUE);
  adw_preferences_page_add (page, actions);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (page));
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
}

MosCustomerPage *
mos_customer_page_new (MosDesk *desk,
                       const char *id,
                       const char *title)
{
  MosCustomerPage *self = g_object_new (MOS_TYPE_CUSTOMER_PAGE, "title", title, NULL);

  self->desk = g_object_ref (desk);
  self->id = g_strdup (id);
  g_signal_connect_object (mos_desk_get_store (desk), "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  load (self);
  return self;
}

const char *
mos_customer_page_get_id (MosCustomerPage *self)
{
  return self->id;
}

MosCustomerRow *
mos_customer_page_dup_row (MosCustomerPage *self)
{
  g_return_val_if_fail (MOS_IS_CUSTOMER_PAGE (self), NULL);

  return self->look != NULL ? mos_customer_row_copy (self->look->row) : NULL;
}
