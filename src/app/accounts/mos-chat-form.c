/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-chat-form.h"

#include "app/accounts/mos-letter-box-group.h"
#include "app/widgets/mos-toast-show.h"

#include "core/base/mos-error.h"
#include "core/base/mos-offline.h"

#include <glib/gi18n.h>
#include <string.h>

/* Of the row "method", which is filled with the password first. */
#define BY_KEY 1

enum
{
  CHANGED,
  ACTIVATED,
  WHOLE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _MosChatForm
{
  AdwBin parent_instance;

  /* Template children */
  AdwPreferencesGroup *keys;
  GtkLabel *hint;
  AdwComboRow *method;
  GtkEditable *secret;
  GtkWidget *trouble_box;
  GtkLabel *trouble_title;
  GtkLabel *trouble_text;
  GtkWidget *trouble_more;
  GtkLabel *trouble_details;
  MosLetterBoxGroup *letter_box;
  AdwPreferencesGroup *settings;

  /* Owned */
  GPtrArray *rows; /* of GtkWidget (not owned) (nullable), as the kind's fields: those that are asked for */
  char *user;      /* (nullable): of an account that is here, where who signs in is asked for */

  const MosAccountKind *kind;
  MosChatFormParts parts;
};

G_DEFINE_FINAL_TYPE (MosChatForm, mos_chat_form, ADW_TYPE_BIN)

static char *
dup_text (GtkEditable *editable)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (editable)));
}

/* Returns: (transfer full): as the person meant it */
static char *
dup_field (MosChatForm *self,
           guint i)
{
  const MosAccountField *field = &self->kind->fields[i];
  g_autofree char *text = NULL;

  if (field->is_switch)
    {
      gboolean active = adw_switch_row_get_active (self->rows->pdata[i]);

      return g_strdup (field->is_off ? (active ? "" : "0") : (active ? "1" : ""));
    }
  text = dup_text (self->rows->pdata[i]);
  return field->clean != NULL ? field->clean (text) : g_steal_pointer (&text);
}

/* --- words to be copied --- */

static void
on_copy_cb (GtkWidget *button,
            gpointer words)
{
  GtkWidget *toasts = gtk_widget_get_ancestor (button, ADW_TYPE_TOAST_OVERLAY);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (button), words);
  if (toasts != NULL)
    mos_toast_show (ADW_TOAST_OVERLAY (toasts), adw_toast_new (_ ("Copied")));
}

static void
free_words (gpointer words,
            GClosure *closure)
{
  g_free (words);
}

GtkWidget *
mos_chat_words_new (const char *words)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (words);
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  /* Translators: %s is a command such as /newbot, which is copied. */
  g_autofree char *name = g_strdup_printf (_ ("Copy %s"), words);

  gtk_widget_add_css_class (label, "monospace");
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_direction (label, GTK_TEXT_DIR_LTR);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_data (button, "clicked", G_CALLBACK (on_copy_cb), g_strdup (words), free_words, G_CONNECT_DEFAULT);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

/* --- what is asked for --- */

/* What was tried is no longer what stands there. */
static void
on_changed_cb (MosChatForm *self)
{
  gtk_widget_set_visible (self->trouble_box, FALSE);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_activated_cb (MosChatForm *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

/* Whoever has pasted a whole key wants to know at once. */
static void
on_secret_changed_cb (MosChatForm *self)
{
  g_autofree char *secret = dup_text (self->secret);

  on_changed_cb (self);
  if (self->kind != NULL && self->kind->is_secret != NULL && self->kind->is_secret (secret))
    g_signal_emit (self, signals[WHOLE], 0);
}

static void
on_method_cb (MosChatForm *self)
{
  if (self->kind == NULL)
    return;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->secret), mos_chat_form_is_key (self) ? _ (self->kind->secret_title) : _ (self->kind->password_title));
  on_changed_cb (self);
}

static void
add_copied_words (AdwPreferencesGroup *group,
                  const char *words)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = mos_chat_words_new (words);

  gtk_widget_set_margin_start (box, 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  adw_preferences_group_add (group, row);
}

static void
fill_field (GtkWidget *row,
            const MosAccountField *field,
            MosAccount *account)
{
  const char *value = account != NULL ? mos_account_get_setting (account, field->setting, NULL) : NULL;

  if (field->is_switch)
    adw_switch_row_set_active (ADW_SWITCH_ROW (row), field->is_off ? g_strcmp0 (value, "0") != 0 : g_strcmp0 (value, "1") == 0);
  else if (value != NULL)
    gtk_editable_set_text (GTK_EDITABLE (row), value);
}

/* What one should know of what stands there now. */
static void
show_hint (MosChatForm *self)
{
  const char *hint = NULL;

  for (guint i = 0; i < self->rows->len && hint == NULL; i++)
    if (self->rows->pdata[i] != NULL && self->kind->fields[i].hint != NULL)
      {
        g_autofree char *text = dup_field (self, i);

        hint = self->kind->fields[i].hint (text);
      }
  gtk_label_set_text (self->hint, hint != NULL ? _ (hint) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), hint != NULL);
}

static GtkWidget *
make_field (MosChatForm *self,
            const MosAccountField *field,
            MosAccount *account)
{
  GtkWidget *row = field->is_switch ? adw_switch_row_new () : adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (field->title));
  if (field->is_switch && field->subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (field->subtitle));
  fill_field (row, field, account);
  g_signal_connect_object (row, field->is_switch ? "notify::active" : "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  if (field->hint != NULL)
    g_signal_connect_object (row, "changed", G_CALLBACK (show_hint), self, G_CONNECT_SWAPPED);
  if (!field->is_switch)
    g_signal_connect_object (row, "entry-activated", G_CALLBACK (on_activated_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static gboolean
is_asked_for (MosChatForm *self,
              const MosAccountField *field)
{
  switch (self->parts)
    {
    case MOS_CHAT_FORM_KEYS:
      return field->use == MOS_FIELD_KEY_NAME;
    case MOS_CHAT_FORM_SETTINGS:
      return field->use == MOS_FIELD_SETTING && !field->is_first;
    case MOS_CHAT_FORM_NEW:
    default:
      return TRUE;
    }
}

/* Before the key, which is there already: it goes out for a moment. */
static void
add_fields (MosChatForm *self,
            MosAccount *account)
{
  GtkWidget *advanced = NULL;
  GtkWidget *secret = GTK_WIDGET (self->secret);
  gboolean has_settings = FALSE;

  g_object_ref (secret);
  adw_preferences_group_remove (self->keys, secret);
  for (const MosAccountField *field = self->kind->fields; field != NULL && field->setting != NULL; field++)
    {
      GtkWidget *row = is_asked_for (self, field) ? make_field (self, field, account) : NULL;

      g_ptr_array_add (self->rows, row);
      if (row == NULL)
        continue;
      if (field->is_first)
        {
          adw_preferences_group_add (self->keys, row);
          continue;
        }
      has_settings = TRUE;
      if (field->is_advanced && advanced == NULL)
        {
          advanced = adw_expander_row_new ();
          adw_preferences_row_set_title (ADW_PREFERENCES_ROW (advanced), _ ("Advanced"));
        }
      if (field->is_advanced)
        adw_expander_row_add_row (ADW_EXPANDER_ROW (advanced), row);
      else
        adw_preferences_group_add (self->settings, row);
      if (field->copy != NULL)
        add_copied_words (self->settings, field->copy);
    }
  if (advanced != NULL)
    adw_preferences_group_add (self->settings, advanced);
  /* How one signs in stands beside what one signs in with. */
  g_object_ref (self->method);
  adw_preferences_group_remove (self->keys, GTK_WIDGET (self->method));
  adw_preferences_group_add (self->keys, GTK_WIDGET (self->method));
  g_object_unref (self->method);
  adw_preferences_group_add (self->keys, secret);
  g_object_unref (secret);
  gtk_widget_set_visible (GTK_WIDGET (self->settings), has_settings);
}

static void
set_method (MosChatForm *self)
{
  const char *const methods[] = { _ (self->kind->password_title), _ (self->kind->secret_title), NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (methods);

  adw_combo_row_set_model (self->method, G_LIST_MODEL (list));
  gtk_widget_set_visible (GTK_WIDGET (self->method), TRUE);
}

/* Where the letter box is can be said here; one for files may come later, with its key. */
static gboolean
has_box_address (MosChatForm *self)
{
  return self->kind->letter_box != MOS_LETTER_BOX_NONE && (self->parts != MOS_CHAT_FORM_KEYS || self->kind->letter_box == MOS_LETTER_BOX_FILES);
}

void
mos_chat_form_set (MosChatForm *self,
                   MosDesk *desk,
                   const MosAccountKind *kind,
                   MosChatFormParts parts,
                   MosAccount *account)
{
  g_return_if_fail (MOS_IS_CHAT_FORM (self));
  g_return_if_fail (kind != NULL && self->kind == NULL);

  self->kind = kind;
  self->parts = parts;
  add_fields (self, account);
  show_hint (self);
  if (kind->password_title != NULL)
    set_method (self);
  if (account != NULL)
    self->user = g_strdup (account->address);
  if (kind->secret_title != NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->secret), kind->password_title != NULL ? _ (kind->password_title) : _ (kind->secret_title));
  gtk_widget_set_visible (GTK_WIDGET (self->secret), kind->secret_title != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->keys), parts != MOS_CHAT_FORM_SETTINGS);
  gtk_widget_set_visible (GTK_WIDGET (self->letter_box), kind->letter_box != MOS_LETTER_BOX_NONE);
  if (kind->letter_box != MOS_LETTER_BOX_NONE)
    mos_letter_box_group_set (self->letter_box, desk, kind->letter_box, account != NULL ? mos_account_get_setting (account, MOS_ACCOUNT_RELAY, NULL) : NULL, parts != MOS_CHAT_FORM_SETTINGS, has_box_address (self));
}

/* --- what was entered --- */

gboolean
mos_chat_form_is_complete (MosChatForm *self)
{
  g_autofree char *secret = dup_text (self->secret);
  g_autofree char *box_key = mos_letter_box_group_dup_key (self->letter_box);
  g_autofree char *box_address = mos_letter_box_group_dup_address (self->letter_box);
  gboolean has_box = self->kind->letter_box != MOS_LETTER_BOX_NONE;
  gboolean needs_box = self->kind->letter_box == MOS_LETTER_BOX_IN;
  gboolean has_secret = *secret != '\0' || self->kind->secret_title == NULL;

  /* Of several keys one may be renewed alone. */
  if (self->parts == MOS_CHAT_FORM_KEYS && !has_secret && (!has_box || *box_key == '\0'))
    return FALSE;
  if (self->parts == MOS_CHAT_FORM_NEW && (!has_secret || (needs_box && (*box_key == '\0' || *box_address == '\0'))))
    return FALSE;
  /* Half of one is none. */
  if (self->parts == MOS_CHAT_FORM_NEW && has_box && (*box_key == '\0') != (*box_address == '\0'))
    return FALSE;
  if (self->parts == MOS_CHAT_FORM_KEYS && *box_key != '\0' && *box_address == '\0')
    return FALSE;
  if (self->parts == MOS_CHAT_FORM_SETTINGS && needs_box && *box_address == '\0')
    return FALSE;
  for (guint i = 0; i < self->rows->len; i++)
    if (self->kind->fields[i].is_needed && self->rows->pdata[i] != NULL)
      {
        g_autofree char *text = dup_field (self, i);

        if (*text == '\0')
          return FALSE;
      }
  return TRUE;
}

gboolean
mos_chat_form_check (MosChatForm *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const MosAccountField *field = &self->kind->fields[i];
      g_autofree char *text = self->rows->pdata[i] != NULL ? dup_field (self, i) : NULL;
      const char *wrong = text != NULL && field->check != NULL ? field->check (text) : NULL;
      g_autofree char *title = NULL;

      if (wrong == NULL)
        continue;
      /* Translators: %s is the title of a field in which something else was expected. */
      title = g_strdup_printf (_ ("“%s” cannot be right"), _ (field->title));

      mos_chat_form_show_trouble (self, title, _ (wrong), "");
      gtk_widget_grab_focus (self->rows->pdata[i]);
      return FALSE;
    }
  return self->kind->letter_box == MOS_LETTER_BOX_NONE || mos_letter_box_group_check (self->letter_box);
}

void
mos_chat_form_apply (MosChatForm *self,
                     MosAccount *account)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (self->rows->pdata[i] != NULL && self->kind->fields[i].use == MOS_FIELD_SETTING)
      {
        g_autofree char *text = dup_field (self, i);

        mos_account_set_setting (account, self->kind->fields[i].setting, text);
      }
  if (has_box_address (self))
    {
      g_autofree char *address = mos_letter_box_group_dup_address (self->letter_box);

      mos_account_set_setting (account, MOS_ACCOUNT_RELAY, address);
    }
}

char *
mos_chat_form_dup_user (MosChatForm *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (self->kind->fields[i].use == MOS_FIELD_USER)
      return self->rows->pdata[i] != NULL ? dup_field (self, i) : g_strdup (self->user);
  return NULL;
}

char *
mos_chat_form_dup_secret (MosChatForm *self)
{
  g_autofree char *text = dup_text (self->secret);

  for (guint i = 0; i < self->rows->len; i++)
    if (self->kind->fields[i].use == MOS_FIELD_KEY_NAME && self->rows->pdata[i] != NULL)
      {
        g_autofree char *name = dup_field (self, i);
        char *whole = *name != '\0' ? g_strconcat (name, ":", text, NULL) : g_strdup (text);

        g_free (text);
        text = whole;
      }
  if (self->kind->letter_box != MOS_LETTER_BOX_NONE)
    {
      g_autofree char *key = mos_letter_box_group_dup_key (self->letter_box);

      /* Of an account that is here an empty line is the one that is kept. */
      if (*key != '\0' || self->parts == MOS_CHAT_FORM_KEYS || self->kind->letter_box == MOS_LETTER_BOX_IN)
        return g_strconcat (text, "\n", key, NULL);
    }
  return g_steal_pointer (&text);
}

gboolean
mos_chat_form_is_key (MosChatForm *self)
{
  return self->kind->password_title == NULL || adw_combo_row_get_selected (self->method) == BY_KEY;
}

/* --- what came of it --- */

void
mos_chat_form_focus (MosChatForm *self)
{
  GtkWidget *to = self->kind->secret_title != NULL && self->parts != MOS_CHAT_FORM_SETTINGS ? GTK_WIDGET (self->secret) : NULL;

  for (guint i = 0; to == NULL && i < self->rows->len; i++)
    to = self->rows->pdata[i];
  if (to != NULL)
    gtk_widget_grab_focus (to);
}

void
mos_chat_form_show_trouble (MosChatForm *self,
                            const char *title,
                            const char *text,
                            const char *details)
{
  gtk_label_set_label (self->trouble_title, title);
  gtk_label_set_label (self->trouble_text, text);
  gtk_label_set_label (self->trouble_details, details);
  gtk_widget_set_visible (self->trouble_more, *details != '\0');
  gtk_widget_set_visible (self->trouble_box, TRUE);
  mos_chat_form_focus (self);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), title, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

void
mos_chat_form_show_error (MosChatForm *self,
                          const GError *error)
{
  MosErrorText text = mos_error_text (error);
  g_autofree char *sentence = NULL;

  /* Here nothing is tried again by itself, and there may be no account yet whose settings could be looked at. */
  if (mos_error_is_offline (error))
    {
      text.title = _ ("No connection");
      text.sentence = _ ("Nothing was changed.");
      text.step = _ ("Check the network and the address, then try again.");
    }
  if (self->kind->explain != NULL)
    self->kind->explain (error, !mos_chat_form_is_key (self), &text);
  sentence = g_strdup_printf ("%s %s", text.sentence, text.step);
  mos_chat_form_show_trouble (self, text.title, g_strchomp (sentence), error->message);
}

void
mos_chat_form_hide_trouble (MosChatForm *self)
{
  gtk_widget_set_visible (self->trouble_box, FALSE);
}

/* --- class --- */

static void
mos_chat_form_dispose (GObject *object)
{
  MosChatForm *self = MOS_CHAT_FORM (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_CHAT_FORM);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->user, g_free);
  G_OBJECT_CLASS (mos_chat_form_parent_class)->dispose (object);
}

static void
mos_chat_form_class_init (MosChatFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_chat_form_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[WHOLE] = g_signal_new ("whole", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MOS_TYPE_LETTER_BOX_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-chat-form.ui");
  gtk_widget_class_bind_template_child (widget_class, MosChatForm, keys);
  gtk_widget_class_bind_template_child (widget_class, MosChatForm, hint);
  gtk_widget_class_bind_template_child (widget_class, MosChatForm, method);
  gtk_widget_class_bind_template_child (widget_class, MosChatForm, secret);
  gtk_widget_class_bind_template_child (widget_class, MosChatForm, trouble_box);
  gtk_widget_class_bind_template_child (widget_class, MosChatForm, trouble_title);
  gtk_widget_class_bind_template_child (widget_class, MosChatForm, trouble_text);
  gtk_widget_class_bind_template_child (widget_class, MosChatForm, trouble_more);
  gtk_widget_class_bind_template_child (widget_class, MosChatForm, trouble_details);
  gtk_widget_class_bind_template_child (widget_class, MosChatForm, letter_box);
  gtk_widget_class_bind_template_child (widget_class, MosChatForm, settings);
  gtk_widget_class_bind_template_callback (widget_class, on_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_method_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_secret_changed_cb);
}

static void
mos_chat_form_init (MosChatForm *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
