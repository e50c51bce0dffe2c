/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-outreach"

#include "config.h"

#include "app/outreach/mos-outreach-editor.h"

#include "app/macros/mos-macro-chooser.h"
#include "app/macros/mos-macro-questions.h"
#include "app/outreach/mos-outreach-text.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-language-name.h"
#include "core/desk/mos-desk-macros.h"
#include "core/desk/mos-macro-fill.h"
#include "core/model/mos-model.h"

#include <glib/gi18n.h>

/* Days and messages beyond these are not offered. */
#define MAX_DAYS 3650
#define FIRST_DAYS 180
#define FIRST_LATE_DAYS 7
#define MAX_PER_HOUR 60000

/* Whom it is for, behind the segments and in this order; what was made at the terminal otherwise stays as it is. */
enum
{
  WHOM_UNSEEN = MOS_N_SEGMENTS,
  WHOM_LATE,
  WHOM_ORDERS,
  WHOM_AS_IT_IS,
};

struct _MosOutreachEditor
{
  AdwNavigationPage parent_instance;

  /* owned by the tree */
  AdwToolbarView *view;
  AdwBanner *banner;
  GtkWidget *save;
  AdwEntryRow *name;
  AdwActionRow *macro;
  AdwPreferencesGroup *letter;
  GPtrArray *subjects; /* (owned) (element-type AdwEntryRow) (unowned): "language" tells of which */
  AdwPreferencesGroup *audience;
  AdwComboRow *account;
  AdwComboRow *purpose;
  AdwComboRow *whom;
  AdwSpinRow *days;
  AdwSwitchRow *unknown;
  AdwSpinRow *again;
  AdwSpinRow *per_minute;
  AdwSpinRow *per_hour;
  AdwSwitchRow *in_hours;

  MosDesk *desk;         /* (owned) */
  MosOutreach *outreach; /* (owned): changed by nobody else */
  MosAudience *given;    /* (owned): whom it was for at first */
  GPtrArray *accounts;   /* (owned): ids, as @account lists them */
  gboolean is_changed;
};

enum
{
  PROP_IS_CHANGED = 1,
  N_PROPS,
};
static GParamSpec *props[N_PROPS];

enum
{
  SAVED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosOutreachEditor, mos_outreach_editor, ADW_TYPE_NAVIGATION_PAGE)

static void
set_changed (MosOutreachEditor *self,
             gboolean is_changed)
{
  if (self->is_changed == is_changed)
    return;
  self->is_changed = is_changed;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IS_CHANGED]);
}

static void
on_changed_cb (MosOutreachEditor *self)
{
  set_changed (self, TRUE);
  adw_banner_set_revealed (self->banner, FALSE);
}

static void
complain (MosOutreachEditor *self,
          const char *text)
{
  adw_banner_set_title (self->banner, text);
  adw_banner_set_revealed (self->banner, TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

/* --- what it says --- */

static void
add_subject (MosOutreachEditor *self,
             const char *language,
             gboolean is_only)
{
  GtkWidget *row = adw_entry_row_new ();
  /* Translators: %s is the language of a mail’s subject */
  g_autofree char *title = is_only ? g_strdup (_ ("Subject")) : g_strdup_printf (_ ("Subject (%s)"), mos_language_name (language));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  for (guint i = 0; i < self->outreach->subjects->texts->len; i++)
    {
      const MosMacroText *text = self->outreach->subjects->texts->pdata[i];

      if (g_str_equal (text->language, language))
        gtk_editable_set_text (GTK_EDITABLE (row), text->text);
    }
  g_object_set_data_full (G_OBJECT (row), "language", g_strdup (language), g_free);
  g_signal_connect_object (row, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->letter, row);
  g_ptr_array_add (self->subjects, row);
}

static void
keep_subjects (MosOutreachEditor *self)
{
  for (guint i = 0; i < self->subjects->len; i++)
    mos_macro_set_text (self->outreach->subjects, g_object_get_data (self->subjects->pdata[i], "language"), gtk_editable_get_text (self->subjects->pdata[i]));
}

/* A subject for each language that the macro has. */
static void
show_macro (MosOutreachEditor *self)
{
  MosMacro *macro = self->outreach->letter->id != NULL ? mos_desk_find_macro (self->desk, self->outreach->letter->id) : NULL;

  for (guint i = 0; i < self->subjects->len; i++)
    adw_preferences_group_remove (self->letter, self->subjects->pdata[i]);
  g_ptr_array_set_size (self->subjects, 0);
  adw_action_row_set_subtitle (self->macro, macro != NULL ? macro->name : _ ("None yet: choose one"));
  for (guint i = 0; macro != NULL && i < macro->texts->len; i++)
    add_subject (self, ((MosMacroText *) macro->texts->pdata[i])->language, macro->texts->len == 1);
}

static void
on_chosen_cb (MosOutreachEditor *self,
              MosMacro *macro)
{
  if (macro->texts->len == 0 || macro->is_for_notes)
    {
      complain (self, _ ("That macro has no text for customers: choose another."));
      return;
    }
  keep_subjects (self);
  g_set_str (&self->outreach->letter->id, macro->id);
  show_macro (self);
  on_changed_cb (self);
}

static void
on_macro_cb (MosOutreachEditor *self)
{
  MosMacroChooser *chooser = mos_macro_chooser_new (self->desk, _ ("What Is Sent"), FALSE);

  g_signal_connect_object (chooser, "chosen", G_CALLBACK (on_chosen_cb), self, G_CONNECT_SWAPPED);
  mos_dialog_present (ADW_DIALOG (chooser), GTK_WIDGET (self));
}

/* --- whom it goes to --- */

static guint
find_whom (const MosAudience *audience)
{
  if (audience->kind == MOS_AUDIENCE_SEGMENT)
    return audience->segment;
  if (audience->kind == MOS_AUDIENCE_UNSEEN)
    return WHOM_UNSEEN;
  if (audience->kind == MOS_AUDIENCE_LATE_ORDERS)
    return WHOM_LATE;
  if (audience->kind == MOS_AUDIENCE_ORDERS && !audience->has_status && audience->from_us == 0 && audience->to_us == 0)
    return WHOM_ORDERS;
  return WHOM_AS_IT_IS;
}

static void
take_whom (MosOutreachEditor *self)
{
  guint whom = adw_combo_row_get_selected (self->whom);
  MosAudience *audience;

  if (whom == WHOM_AS_IT_IS)
    audience = mos_audience_ref (self->given);
  else
    audience = mos_audience_make (whom < MOS_N_SEGMENTS ? MOS_AUDIENCE_SEGMENT : whom == WHOM_UNSEEN ? MOS_AUDIENCE_UNSEEN
                                                                             : whom == WHOM_LATE     ? MOS_AUDIENCE_LATE_ORDERS
                                                                                                     : MOS_AUDIENCE_ORDERS);
  if (whom < MOS_N_SEGMENTS)
    audience->segment = (MosSegment) whom;
  if (whom == WHOM_UNSEEN || whom == WHOM_LATE)
    audience->days = (guint) adw_spin_row_get_value (self->days);
  mos_audience_unref (self->outreach->audience);
  self->outreach->audience = audience;
}

static gboolean
is_of_orders (MosOutreachEditor *self)
{
  guint whom = adw_combo_row_get_selected (self->whom);

  return whom == WHOM_LATE || whom == WHOM_ORDERS || (whom == WHOM_AS_IT_IS && mos_audience_is_of_orders (self->given));
}

static void
update (MosOutreachEditor *self)
{
  guint whom = adw_combo_row_get_selected (self->whom);
  gboolean is_order = adw_combo_row_get_selected (self->purpose) == MOS_OUTREACH_ORDER;

  gtk_widget_set_visible (GTK_WIDGET (self->days), whom == WHOM_UNSEEN || whom == WHOM_LATE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->days), whom == WHOM_LATE ? _ ("Days Without a Parcel") : _ ("Days Not Seen"));
  gtk_widget_set_visible (GTK_WIDGET (self->unknown), !is_order);
  adw_preferences_group_set_description (self->audience, is_order ? _ ("Mail about an order tells each what they have to know about their own. Nobody has to have agreed to it.") : _ ("Promotional mail wants to sell, or to be liked. Only who agreed gets it, and it says how to get no more."));
}

static void
on_whom_cb (MosOutreachEditor *self)
{
  guint whom = adw_combo_row_get_selected (self->whom);

  if (whom == WHOM_UNSEEN || whom == WHOM_LATE)
    adw_spin_row_set_value (self->days, whom == WHOM_LATE ? FIRST_LATE_DAYS : FIRST_DAYS);
  /* Who has an order is written to about it, unless somebody says otherwise; nobody else can be. */
  adw_combo_row_set_selected (self->purpose, is_of_orders (self) ? MOS_OUTREACH_ORDER : MOS_OUTREACH_PROMOTIONAL);
  update (self);
  on_changed_cb (self);
}

static void
on_purpose_cb (MosOutreachEditor *self)
{
  update (self);
  on_changed_cb (self);
}

/* --- saving --- */

static void
on_saved_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosOutreachEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = mos_desk_save_outreach_finish (MOS_DESK (source), result, &error);

  if (self->desk == NULL)
    return;
  gtk_widget_set_sensitive (self->save, TRUE);
  if (id != NULL)
    {
      set_changed (self, FALSE);
      g_signal_emit (self, signals[SAVED], 0, id);
    }
  else
    {
      g_autofree char *text = mos_outreach_text_error (error);

      complain (self, text);
    }
}

static void
on_answered_cb (GHashTable *answers,
                gpointer user_data)
{
  g_autoptr (MosOutreachEditor) self = user_data;
  MosMacro *macro = self->desk != NULL ? mos_desk_find_macro (self->desk, self->outreach->letter->id) : NULL;
  g_autofree char *language = mos_macro_fold_language (g_get_language_names ()[0]);
  const char *const languages[] = { language, "en", NULL };

  if (answers == NULL || self->desk == NULL)
    return;
  g_hash_table_unref (self->outreach->answers);
  self->outreach->answers = macro != NULL ? mos_macro_spread_answers (macro, languages, answers) : g_hash_table_ref (answers);
  gtk_widget_set_sensitive (self->save, FALSE);
  mos_desk_save_outreach_async (self->desk, self->outreach, NULL, on_saved_cb, g_object_ref (self));
}

static void
take (MosOutreachEditor *self)
{
  guint account = adw_combo_row_get_selected (self->account);

  g_set_str (&self->outreach->name, gtk_editable_get_text (GTK_EDITABLE (self->name)));
  keep_subjects (self);
  if (account < self->accounts->len)
    g_set_str (&self->outreach->account, self->accounts->pdata[account]);
  self->outreach->purpose = (MosOutreachPurpose) adw_combo_row_get_selected (self->purpose);
  take_whom (self);
  self->outreach->allows_unknown = adw_switch_row_get_active (self->unknown);
  self->outreach->again_days = (guint) adw_spin_row_get_value (self->again);
  self->outreach->per_minute = (guint) adw_spin_row_get_value (self->per_minute);
  self->outreach->per_hour = (guint) adw_spin_row_get_value (self->per_hour);
  self->outreach->in_hours = adw_switch_row_get_active (self->in_hours);
}

/* What the macro asks is asked once, for all of them. */
static void
on_save_cb (MosOutreachEditor *self)
{
  MosMacro *macro = self->outreach->letter->id != NULL ? mos_desk_find_macro (self->desk, self->outreach->letter->id) : NULL;
  g_autofree char *language = mos_macro_fold_language (g_get_language_names ()[0]);
  const char *const languages[] = { language, "en", NULL };
  g_autoptr (GPtrArray) questions = NULL;

  take (self);
  if (macro == NULL)
    {
      complain (self, mos_outreach_text_problem (*self->outreach->name == '\0' ? MOS_OUTREACH_NO_NAME : MOS_OUTREACH_NO_MACRO));
      return;
    }
  questions = mos_macro_list_questions_of_all (macro, languages);
  mos_macro_ask_again (GTK_WIDGET (self), macro->name, questions, self->outreach->answers, _ ("_Preview"), on_answered_cb, g_object_ref (self));
}

/* --- class --- */

static void
mos_outreach_editor_get_property (GObject *object,
                                  guint prop_id,
                                  GValue *value,
                                  GParamSpec *pspec)
{
  g_value_set_boolean (value, MOS_OUTREACH_EDITOR (object)->is_changed);
}

static void
mos_outreach_editor_dispose (GObject *object)
{
  g_clear_object (&MOS_OUTREACH_EDITOR (object)->desk);
  G_OBJECT_CLASS (mos_outreach_editor_parent_class)->dispose (object);
}

static void
mos_outreach_editor_finalize (GObject *object)
{
  MosOutreachEditor *self = MOS_OUTREACH_EDITOR (object);

  g_clear_pointer (&self->outreach, mos_outreach_unref);
  g_clear_pointer (&self->given, mos_audience_unref);
  g_ptr_array_unref (self->accounts);
  g_ptr_array_unref (self->subjects);
  G_OBJECT_CLASS (mos_outreach_editor_parent_class)->finalize (object);
}

static void
mos_outreach_editor_class_init (MosOutreachEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = mos_outreach_editor_get_property;
  G_OBJECT_CLASS (klass)->dispose = mos_outreach_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_outreach_editor_finalize;
  props[PROP_IS_CHANGED] = g_param_spec_boolean ("is-changed", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static gpointer
add_row (AdwPreferencesGroup *group,
         GtkWidget *row,
         const char *title,
         const char *subtitle)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (group, row);
  return row;
}

static AdwPreferencesGroup *
add_group (GtkWidget *page,
           const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  return ADW_PREFERENCES_GROUP (group);
}

static void
build_letter (MosOutreachEditor *self,
              GtkWidget *page)
{
  AdwPreferencesGroup *group = add_group (page, _ ("What"));

  self->letter = group;
  self->name = add_row (group, adw_entry_row_new (), _ ("Name, for You Alone"), NULL);
  self->macro = add_row (group, adw_action_row_new (), _ ("Macro"), NULL);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->macro), FALSE);
  adw_action_row_add_suffix (self->macro, gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->macro), TRUE);
  g_signal_connect_object (self->macro, "activated", G_CALLBACK (on_macro_cb), self, G_CONNECT_SWAPPED);
}

static void
build_whom (MosOutreachEditor *self,
            GtkWidget *page)
{
  const char *purposes[] = { _ ("Promotional"), _ ("About an Order"), NULL }; /* in the order of MosOutreachPurpose */
  AdwPreferencesGroup *group = add_group (page, _ ("To Whom"));
  g_autoptr (GtkStringList) list = gtk_string_list_new (purposes);

  self->audience = group;
  self->whom = add_row (group, adw_combo_row_new (), _ ("Who Gets It"), NULL);
  self->days = add_row (group, adw_spin_row_new_with_range (1, MAX_DAYS, 1), _ ("Days Not Seen"), NULL);
  self->purpose = add_row (group, adw_combo_row_new (), _ ("What It Is For"), NULL);
  adw_combo_row_set_model (self->purpose, G_LIST_MODEL (list));
  self->unknown = add_row (group, adw_switch_row_new (), _ ("Also to Those Who Were Never Asked"), _ ("In many countries this is not allowed. Who wants no such mail never gets it."));
  self->again = add_row (group, adw_spin_row_new_with_range (0, MAX_DAYS, 1), _ ("Nobody Who Had One Within (Days)"), _ ("Of any outreach; 0 does not look"));
}

static void
build_pace (MosOutreachEditor *self,
            GtkWidget *page)
{
  AdwPreferencesGroup *group = add_group (page, _ ("How"));

  self->account = add_row (group, adw_combo_row_new (), _ ("Sent From"), NULL);
  self->per_minute = add_row (group, adw_spin_row_new_with_range (1, MOS_OUTREACH_MAX_RATE, 1), _ ("At Most a Minute"), NULL);
  self->per_hour = add_row (group, adw_spin_row_new_with_range (1, MAX_PER_HOUR, 10), _ ("At Most an Hour"), _ ("Mail servers refuse those who send too fast"));
  self->in_hours = add_row (group, adw_switch_row_new (), _ ("Only Within Business Hours"), NULL);
}

static void
mos_outreach_editor_init (MosOutreachEditor *self)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *bar = adw_header_bar_new ();

  self->subjects = g_ptr_array_new ();
  self->accounts = g_ptr_array_new_with_free_func (g_free);
  self->view = ADW_TOOLBAR_VIEW (adw_toolbar_view_new ());
  self->banner = ADW_BANNER (adw_banner_new (""));
  adw_banner_set_use_markup (self->banner, FALSE);
  self->save = gtk_button_new_with_mnemonic (_ ("_Preview"));
  gtk_widget_set_tooltip_text (self->save, _ ("Save it, and see who gets it"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), self->save);
  build_letter (self, page);
  build_whom (self, page);
  build_pace (self, page);
  adw_toolbar_view_add_top_bar (self->view, bar);
  adw_toolbar_view_add_top_bar (self->view, GTK_WIDGET (self->banner));
  adw_toolbar_view_set_content (self->view, page);
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), GTK_WIDGET (self->view));
  g_signal_connect_object (self->save, "clicked", G_CALLBACK (on_save_cb), self, G_CONNECT_SWAPPED);
}

static void
list_accounts (MosOutreachEditor *self)
{
  GListModel *accounts = mos_desk_get_accounts (self->desk);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (MosAccountItem) item = g_list_model_get_item (accounts, i);
      MosAccount *account = mos_account_item_get_account (item);

      if (account->smtp == NULL || *account->smtp->host == '\0')
        continue;
      if (g_strcmp0 (account->id, self->outreach->account) == 0)
        selected = self->accounts->len;
      g_ptr_array_add (self->accounts, g_strdup (account->id));
      gtk_string_list_append (names, account->address);
    }
  adw_combo_row_set_model (self->account, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->account, selected);
}

static void
list_whom (MosOutreachEditor *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint whom = find_whom (self->outreach->audience);

  for (guint i = 0; i < MOS_N_SEGMENTS; i++)
    gtk_string_list_append (list, mos_outreach_text_segment ((MosSegment) i));
  gtk_string_list_append (list, _ ("Customers not seen for some days"));
  gtk_string_list_append (list, _ ("Orders without a parcel for some days"));
  gtk_string_list_append (list, _ ("All orders"));
  if (whom == WHOM_AS_IT_IS)
    {
      g_autofree char *text = mos_outreach_text_audience (self->outreach->audience);

      gtk_string_list_append (list, text);
    }
  adw_combo_row_set_model (self->whom, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->whom, whom);
}

MosOutreachEditor *
mos_outreach_editor_new (MosDesk *desk,
                         MosOutreach *outreach)
{
  MosOutreachEditor *self = g_object_new (MOS_TYPE_OUTREACH_EDITOR, "title", outreach->id != NULL ? _ ("Change Outreach") : _ ("New Outreach"), NULL);
  GObject *rows[] = { G_OBJECT (self->account), G_OBJECT (self->days), G_OBJECT (self->unknown), G_OBJECT (self->again), G_OBJECT (self->per_minute), G_OBJECT (self->per_hour), G_OBJECT (self->in_hours) };
  const char *signal[] = { "notify::selected", "notify::value", "notify::active", "notify::value", "notify::value", "notify::value", "notify::active" };

  self->desk = g_object_ref (desk);
  self->outreach = mos_outreach_copy (outreach);
  self->given = mos_audience_ref (outreach->audience);
  gtk_editable_set_text (GTK_EDITABLE (self->name), outreach->name != NULL ? outreach->name : "");
  list_accounts (self);
  list_whom (self);
  adw_spin_row_set_value (self->days, outreach->audience->days > 0 ? outreach->audience->days : FIRST_DAYS);
  adw_combo_row_set_selected (self->purpose, outreach->purpose);
  adw_switch_row_set_active (self->unknown, outreach->allows_unknown);
  adw_spin_row_set_value (self->again, outreach->again_days);
  adw_spin_row_set_value (self->per_minute, outreach->per_minute);
  adw_spin_row_set_value (self->per_hour, outreach->per_hour);
  adw_switch_row_set_active (self->in_hours, outreach->in_hours);
  show_macro (self);
  update (self);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_signal_connect_object (rows[i], signal[i], G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->name, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->whom, "notify::selected", G_CALLBACK (on_whom_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->purpose, "notify::selected", G_CALLBACK (on_purpose_cb), self, G_CONNECT_SWAPPED);
  return self;
}
