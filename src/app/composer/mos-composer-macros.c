/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/composer/mos-composer-private.h"

#include "app/application/mos-a11y.h"
#include "app/application/mos-error-text.h"
#include "app/macros/mos-macro-chooser.h"
#include "app/macros/mos-macro-orders.h"
#include "app/macros/mos-macro-questions.h"
#include "app/macros/mos-macro-text.h"
#include "app/orders/mos-order-action-text.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-text-direction.h"

#include "core/desk/mos-desk-macros.h"
#include "core/values/mos-macro-order.h"
#include "core/values/mos-macro-plan.h"

#include <glib/gi18n.h>
#include <string.h>

/* "/" at the beginning of a word offers macros; one that is taken stands where the caret is. What it does is listed until the message is sent, and what could
 * not be filled in is marked, and keeps it from being sent. */

#define MAX_OFFERED 8
#define BLANK_TAG "macro-blank"

struct _MosComposerMacros
{
  MosChoices *choices; /* (owned) (nullable) */
  MosMacroPlan *plan;  /* (owned) (nullable): of the draft that is open; exchanged, never changed */
  GtkWidget *box;      /* above the buttons: what is missing, what is done when it is sent */
  int at;              /* offset of the "/" that macros are offered for */
  int left;            /* of the one that Escape ended; -1 = none */
};

static GtkTextBuffer *
get_buffer (MosComposer *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text_view));
}

static char *
dup_text (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static gboolean
is_note (MosComposer *self)
{
  return g_str_equal (self->draft->kind, "note");
}

/* --- what is missing --- */

/* Every blank of the text is marked. Returns: how many there are */
static guint
mark_blanks (MosComposer *self)
{
  GtkTextBuffer *buffer = get_buffer (self);
  g_autofree char *text = dup_text (buffer);
  const char *from = text;
  GtkTextIter start, end;
  gsize first, last;
  guint n = 0;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag_by_name (buffer, BLANK_TAG, &start, &end);
  while (mos_macro_plan_find_blank (self->macros->plan, from, &first, &last))
    {
      gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) g_utf8_pointer_to_offset (text, from + first));
      gtk_text_buffer_get_iter_at_offset (buffer, &end, (int) g_utf8_pointer_to_offset (text, from + last));
      gtk_text_buffer_apply_tag_by_name (buffer, BLANK_TAG, &start, &end);
      from += last;
      n++;
    }
  return n;
}

gboolean
mos_composer_select_blank (MosComposer *self)
{
  GtkTextBuffer *buffer = get_buffer (self);
  g_autofree char *text = dup_text (buffer);
  GtkTextIter start, end;
  gsize first, last;

  if (!mos_macro_plan_find_blank (self->macros->plan, text, &first, &last))
    return FALSE;
  gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) g_utf8_pointer_to_offset (text, text + first));
  gtk_text_buffer_get_iter_at_offset (buffer, &end, (int) g_utf8_pointer_to_offset (text, text + last));
  gtk_text_buffer_select_range (buffer, &start, &end);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->text_view), gtk_text_buffer_get_insert (buffer), 0.1, FALSE, 0, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
  return TRUE;
}

/* Returns: (transfer full) (nullable): why the answer cannot be sent with what it does to an order */
static char *
describe_order (MosComposer *self,
                const MosMacroAction *action)
{
  g_auto (MosMacroOrder) order = { 0 };
  gsize start, end;

  if (!mos_macro_order_read (action->value, &order) || !mos_macro_order_is_filled (&order))
    /* Translators: %s is a sentence that says why, such as “It is sent already.” */
    return g_strdup_printf (_ ("What the macro would do to the order cannot be done: %s Remove it below the text."), mos_order_obstacle_text (order.obstacle != MOS_ORDER_OBSTACLE_NONE ? order.obstacle : MOS_ORDER_OBSTACLE_NO_ORDER));
  if (mos_macro_plan_find_blank (self->macros->plan, order.text, &start, &end))
    {
      g_autofree char *tag = g_strndup (order.text + start, end - start);

      /* Translators: %s is a place of a note on an order that nobody could fill in, such as {{order.number}}. */
      return g_strdup_printf (_ ("“%s” is not filled in, in the note that would be added to the order. Remove it below the text, and write it yourself."), tag);
    }
  return NULL;
}

gboolean
mos_composer_acts_on_orders (MosComposer *self)
{
  return mos_macro_plan_acts_on_orders (self->macros->plan);
}

char *
mos_composer_describe_blank (MosComposer *self)
{
  g_autofree char *text = dup_text (get_buffer (self));
  gsize start, end;

  if (mos_macro_plan_find_blank (self->macros->plan, text, &start, &end))
    {
      g_autofree char *tag = g_strndup (text + start, end - start);

      /* Translators: %s is a place of a macro that nobody could fill in, such as {{order.number}}. */
      return g_strdup_printf (_ ("“%s” is not filled in. Write what belongs there, or delete it."), tag);
    }
  for (guint i = 0; self->macros->plan != NULL && i < self->macros->plan->actions->len; i++)
    {
      const MosMacroAction *action = self->macros->plan->actions->pdata[i];

      if (action->kind == MOS_MACRO_ORDER)
        {
          char *why = describe_order (self, action);

          if (why != NULL)
            return why;
        }
      if (action->kind == MOS_MACRO_ADD_NOTE && mos_macro_plan_find_blank (self->macros->plan, action->value, &start, &end))
        {
          g_autofree char *tag = g_strndup (action->value + start, end - start);

          /* Translators: %s is a place of a note of a macro that nobody could fill in, such as {{order.number}}. */
          return g_strdup_printf (_ ("“%s” is not filled in, in the note that would be added. Remove the note below the text, and write it yourself."), tag);
        }
    }
  return NULL;
}

/* --- what is shown above the buttons --- */

static void show_plan (MosComposer *self);

void
mos_composer_set_plan (MosComposer *self,
                       MosMacroPlan *plan)
{
  g_clear_pointer (&self->macros->plan, mos_macro_plan_unref);
  self->macros->plan = plan;
  show_plan (self);
  mos_composer_touch (self);
}

static void
on_remove_cb (MosComposer *self,
              GtkWidget *button)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index"));
  MosMacroPlan *plan = mos_macro_plan_copy (self->macros->plan);

  mos_macro_plan_remove_action (plan, index);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
  mos_composer_set_plan (self, plan);
}

static GtkWidget *
make_action_chip (MosComposer *self,
                  guint index)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  GtkWidget *label, *button;
  g_autofree char *text = mos_macro_action_text (self->macros->plan->actions->pdata[index], self->desk);
  g_autofree char *name = NULL;

  label = gtk_label_new (text);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_widget_set_tooltip_text (label, text);
  button = gtk_button_new_from_icon_name ("window-close-symbolic");
  /* Translators: %s is what a macro does, such as "Status: Closed". */
  name = g_strdup_printf (_ ("Remove “%s”"), text);
  gtk_widget_set_tooltip_text (button, name);
  mos_widget_set_label (button, name);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  g_object_set_data (G_OBJECT (button), "index", GUINT_TO_POINTER (index));
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_remove_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (chip, "macro-action");
  gtk_box_append (GTK_BOX (chip), label);
  gtk_box_append (GTK_BOX (chip), button);
  return chip;
}

static void
add_blank_line (MosComposer *self,
                guint n)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *text = g_strdup_printf (ngettext ("%u place is not filled in yet.", "%u places are not filled in yet.", n), n);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Go There"));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "error");
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (mos_composer_select_blank), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), button);
  gtk_box_append (GTK_BOX (self->macros->box), line);
}

static void
add_actions (MosComposer *self)
{
  GtkWidget *heading = gtk_label_new (is_note (self) ? _ ("Done when this is added:") : _ ("Done when this is sent:"));
  GtkWidget *chips = adw_wrap_box_new ();

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "caption");
  gtk_widget_add_css_class (heading, "dimmed");
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (chips), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (chips), 6);
  for (guint i = 0; i < self->macros->plan->actions->len; i++)
    adw_wrap_box_append (ADW_WRAP_BOX (chips), make_action_chip (self, i));
  gtk_box_append (GTK_BOX (self->macros->box), heading);
  gtk_box_append (GTK_BOX (self->macros->box), chips);
}

static void
show_plan (MosComposer *self)
{
  MosComposerMacros *macros = self->macros;
  guint n_blanks = self->draft != NULL ? mark_blanks (self) : 0;
  gboolean acts = self->draft != NULL && macros->plan != NULL && macros->plan->actions->len > 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (macros->box)) != NULL)
    gtk_box_remove (GTK_BOX (macros->box), child);
  if (n_blanks > 0)
    add_blank_line (self, n_blanks);
  if (acts)
    add_actions (self);
  gtk_widget_set_visible (macros->box, n_blanks > 0 || acts);
}

/* A key in a text without macros costs nothing here. */
static void
on_text_changed_cb (MosComposer *self)
{
  if (self->macros->plan != NULL && !self->is_setting)
    show_plan (self);
}

/* --- putting one in --- */

typedef struct
{
  MosComposer *self;    /* (owned) */
  MosMacro *macro;      /* (owned) */
  char *draft;          /* (owned): which was open */
  MosMacroFacts *facts; /* (owned) (nullable) */
  GStrv languages;      /* (owned) (nullable) */
  gboolean has_asked_order;
} UseJob;

static void
use_job_free (UseJob *job)
{
  g_object_unref (job->self);
  mos_macro_unref (job->macro);
  g_free (job->draft);
  g_clear_pointer (&job->facts, mos_macro_facts_unref);
  g_strfreev (job->languages);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UseJob, use_job_free)

/* What is being sent is not changed any more. */
static gboolean
is_still_open (UseJob *job)
{
  MosComposer *self = job->self;

  return self->box != NULL && self->draft != NULL && !self->is_sending && g_str_equal (self->draft->id, job->draft);
}

/* What is put in belongs to the draft: its use, what it does, and what in it only looks like a tag. */
static MosMacroPlan *
join_plans (const MosMacroPlan *old,
            const MosMacroPlan *added)
{
  MosMacroPlan *plan = mos_macro_plan_copy (old);

  for (guint i = 0; i < added->uses->len; i++)
    {
      const MosMacroUse *use = added->uses->pdata[i];

      mos_macro_plan_add_use (plan, use->macro, use->language);
    }
  for (guint i = 0; i < added->actions->len; i++)
    {
      const MosMacroAction *action = added->actions->pdata[i];

      mos_macro_plan_add_action (plan, action->kind, action->value);
    }
  for (guint i = 0; i < added->literals->len; i++)
    g_ptr_array_add (plan->literals, g_strdup (added->literals->pdata[i]));
  return plan;
}

static void
insert (MosComposer *self,
        MosMacro *macro,
        MosMacroFilled *filled)
{
  GtkTextBuffer *buffer = get_buffer (self);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
  g_autofree char *said = NULL;
  GtkTextIter caret;
  int at;

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_get_iter_at_mark (buffer, &caret, gtk_text_buffer_get_insert (buffer));
  at = gtk_text_iter_get_offset (&caret);
  if (filled->text != NULL)
    gtk_text_buffer_insert_at_cursor (buffer, filled->text, -1);
  gtk_text_buffer_end_user_action (buffer);
  for (guint i = 0; i < macro->attachments->len && !is_note (self); i++)
    {
      g_ptr_array_add (files, mos_attachment_ref (macro->attachments->pdata[i]));
      mos_composer_take_attachment (self, macro->attachments->pdata[i]);
    }
  /* One without words is no step of the text: what it does is taken back where it is listed. */
  if (filled->text != NULL && *filled->text != '\0')
    mos_composer_add_macro_step (self, at, filled->text, self->macros->plan, filled->plan, files);
  mos_composer_set_plan (self, join_plans (self->macros->plan, filled->plan));
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self->text_view), gtk_text_buffer_get_insert (buffer));
  /* Translators: %s is a macro's name: it is in the text now. */
  said = g_strdup_printf (_ ("“%s” is inserted"), macro->name);
  mos_a11y_announce (self->text_view, said);
  if (!mos_composer_select_blank (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static void
on_answered_cb (GHashTable *answers,
                gpointer user_data)
{
  g_autoptr (UseJob) job = user_data;
  g_autoptr (MosMacroFilled) filled = NULL;
  MosMacroFilling filling;

  if (!is_still_open (job))
    return;
  if (answers == NULL)
    {
      gtk_widget_grab_focus (GTK_WIDGET (job->self->text_view));
      return;
    }
  filling = (MosMacroFilling) {
    .facts = job->facts,
    .languages = (const char *const *) job->languages,
    .answers = answers,
    .asked_locale = g_get_language_names ()[0],
    .is_marked = job->self->draft->is_marked,
  };
  filled = mos_macro_fill (job->macro, &filling);
  insert (job->self, job->macro, filled);
}

/* @job: (transfer full) */
static void
ask_questions (UseJob *job)
{
  g_autoptr (GPtrArray) questions = mos_macro_list_questions (job->macro, (const char *const *) job->languages);
  g_autofree char *title = g_strdup (job->macro->name);

  mos_macro_ask (GTK_WIDGET (job->self), title, questions, on_answered_cb, job);
}

static void load_facts (UseJob *job, const char *order);

static void
on_order_chosen_cb (const char *order,
                    gpointer user_data)
{
  g_autoptr (UseJob) job = user_data;

  if (!is_still_open (job))
    return;
  if (order == NULL)
    {
      gtk_widget_grab_focus (GTK_WIDGET (job->self->text_view));
      return;
    }
  job->has_asked_order = TRUE;
  if (*order == '\0')
    ask_questions (g_steal_pointer (&job));
  else
    load_facts (g_steal_pointer (&job), order);
}

/* @job: (transfer full) */
static void
ask_order (UseJob *job)
{
  g_autoptr (MosMacroFacts) facts = mos_macro_facts_ref (job->facts);

  mos_macro_choose_order (GTK_WIDGET (job->self), facts, on_order_chosen_cb, job);
}

static void
on_facts_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (UseJob) job = user_data;
  MosComposer *self = job->self;
  g_autoptr (GError) error = NULL;

  job->facts = mos_desk_load_macro_facts_finish (MOS_DESK (source), result, &error);
  if (!is_still_open (job))
    return;
  if (job->facts == NULL)
    {
      /* Translators: %s is what went wrong. */
      g_autofree char *text = g_strdup_printf (_ ("The macro could not be filled in: %s"), mos_error_text (error).sentence);

      mos_composer_show_problem (self, text);
      return;
    }
  job->languages = mos_macro_list_languages (job->facts, g_get_language_names ()[0]);
  if (!job->has_asked_order && mos_macro_needs_order (job->macro, job->facts, (const char *const *) job->languages))
    ask_order (g_steal_pointer (&job));
  else
    ask_questions (g_steal_pointer (&job));
}

void
mos_composer_load_macro_facts (MosComposer *self,
                               const char *order,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GPtrArray) to = mos_address_entry_dup_addresses (self->to_entry);
  const MosMacroSubject subject = {
    .conversation = self->draft->conversation,
    .address = to->len > 0 ? ((MosAddress *) to->pdata[0])->address : NULL,
    .account = self->account,
    .order = order,
  };

  mos_desk_load_macro_facts_async (self->desk, &subject, self->cancellable, callback, user_data);
}

static void
load_facts (UseJob *job,
            const char *order)
{
  g_clear_pointer (&job->facts, mos_macro_facts_unref);
  g_clear_pointer (&job->languages, g_strfreev);
  mos_composer_load_macro_facts (job->self, order, on_facts_cb, job);
}

void
mos_composer_use_macro (MosComposer *self,
                        MosMacro *macro)
{
  UseJob *job;

  g_return_if_fail (MOS_IS_COMPOSER (self));
  g_return_if_fail (macro != NULL);

  if (self->draft == NULL || self->desk == NULL || self->is_sending)
    return;
  /* One that only does something waits for nothing: the conversation is there. */
  if (macro->texts->len == 0 && self->draft->conversation != NULL &&
      gtk_widget_activate_action (GTK_WIDGET (self), "conversation.apply-macro", "s", macro->id))
    return;
  job = g_new0 (UseJob, 1);
  job->self = g_object_ref (self);
  job->macro = mos_macro_ref (macro);
  job->draft = g_strdup (self->draft->id);
  load_facts (job, NULL);
}

/* --- "/" --- */

/* Returns: (nullable) (transfer full): what is typed of a macro before the caret; @ret_at: where its "/" stands */
static char *
dup_typed (MosComposer *self,
           GtkTextIter *ret_at)
{
  GtkTextBuffer *buffer = get_buffer (self);
  GtkTextIter caret, at, before;

  gtk_text_buffer_get_iter_at_mark (buffer, &caret, gtk_text_buffer_get_insert (buffer));
  at = caret;
  for (guint i = 0; i < 40 && gtk_text_iter_backward_char (&at); i++)
    {
      gunichar c = gtk_text_iter_get_char (&at);

      if (c == '/')
        {
          before = at;
          if (gtk_text_iter_backward_char (&before) && !g_unichar_isspace (gtk_text_iter_get_char (&before)))
            return NULL;
          *ret_at = at;
          gtk_text_iter_forward_char (&at);
          return gtk_text_buffer_get_text (buffer, &at, &caret, TRUE);
        }
      if (!g_unichar_isalnum (c) && !g_unichar_ismark (c) && c != '-' && c != '_')
        return NULL;
    }
  return NULL;
}

static void
offer (MosComposer *self,
       GPtrArray *found)
{
  mos_choices_clear (self->macros->choices);
  for (guint i = 0; i < found->len; i++)
    {
      MosMacro *macro = found->pdata[i];
      g_autofree char *title = mos_macro_title_text (macro);

      mos_choices_add (self->macros->choices, macro->name, title, mos_macro_ref (macro), (GDestroyNotify) mos_macro_unref);
    }
}

static void
update (MosComposer *self)
{
  MosComposerMacros *macros = self->macros;
  g_autofree char *typed = NULL;
  g_autoptr (GPtrArray) found = NULL;
  GtkTextIter at;

  if (macros->choices == NULL || self->is_setting)
    return;
  if (self->draft == NULL || self->desk == NULL || !gtk_widget_has_focus (GTK_WIDGET (self->text_view)) || gtk_text_buffer_get_has_selection (get_buffer (self)))
    {
      mos_choices_close (macros->choices);
      return;
    }
  typed = dup_typed (self, &at);
  if (typed == NULL)
    {
      mos_choices_close (macros->choices);
      macros->left = -1;
      return;
    }
  /* Escape stands until another one is begun. */
  if (gtk_text_iter_get_offset (&at) == macros->left)
    return;
  macros->left = -1;
  macros->at = gtk_text_iter_get_offset (&at);
  found = mos_macros_search (mos_desk_get_macros (self->desk), typed, is_note (self), MAX_OFFERED);
  if (found->len == 0)
    {
      mos_choices_close (macros->choices);
      return;
    }
  offer (self, found);
  mos_composer_point_choices (self, self->macros->choices, &at);
  mos_choices_show (macros->choices, TRUE);
}

static void
on_taken_cb (MosComposer *self,
             MosMacro *macro)
{
  GtkTextBuffer *buffer = get_buffer (self);
  GtkTextIter from, caret;

  if (self->draft == NULL)
    return;
  gtk_text_buffer_get_iter_at_mark (buffer, &caret, gtk_text_buffer_get_insert (buffer));
  gtk_text_buffer_get_iter_at_offset (buffer, &from, self->macros->at);
  if (gtk_text_iter_compare (&from, &caret) > 0 || gtk_text_iter_get_char (&from) != '/')
    return;
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &from, &caret);
  gtk_text_buffer_end_user_action (buffer);
  mos_choices_close (self->macros->choices);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
  mos_composer_use_macro (self, macro);
}

gboolean
mos_composer_macro_key (MosComposer *self,
                        guint keyval,
                        GdkModifierType state)
{
  if (self->macros->choices == NULL || !mos_choices_take_key (self->macros->choices, keyval, state))
    return FALSE;
  if (keyval == GDK_KEY_Escape)
    self->macros->left = self->macros->at;
  return TRUE;
}

static void
macros_action (GtkWidget *widget,
               const char *action,
               GVariant *parameter)
{
  MosComposer *self = MOS_COMPOSER (widget);
  MosMacroChooser *chooser;

  if (self->draft == NULL || self->desk == NULL || self->is_sending)
    return;
  chooser = mos_macro_chooser_new (self->desk, _ ("Insert Macro"), is_note (self));
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (mos_composer_use_macro), self, G_CONNECT_SWAPPED);
  mos_dialog_present (ADW_DIALOG (chooser), widget);
}

/* --- for mos-composer.c --- */

void
mos_composer_class_init_macros (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "composer.macros", NULL, macros_action);
}

void
mos_composer_init_macros (MosComposer *self)
{
  const GdkRGBA red = { 0.88f, 0.11f, 0.14f, 0.3f };

  self->macros = g_new0 (MosComposerMacros, 1);
  self->macros->left = -1;
  gtk_text_buffer_create_tag (get_buffer (self), BLANK_TAG, "background-rgba", &red, NULL);
  self->macros->box = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 4, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->macros->box, "composer-macros");
  mos_widget_set_label (self->macros->box, _ ("Macros in this message"));
  gtk_box_insert_child_after (GTK_BOX (self->box), self->macros->box, self->attachments_box);
  self->macros->choices = mos_choices_new (self->box, GTK_WIDGET (self->text_view), _ ("Macros"));
  g_signal_connect_object (self->macros->choices, "taken", G_CALLBACK (on_taken_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_buffer (self), "notify::cursor-position", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_buffer (self), "changed", G_CALLBACK (on_text_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->text_view, "notify::has-focus", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  mos_composer_init_macro_steps (self);
}

void
mos_composer_open_macros (MosComposer *self)
{
  g_clear_pointer (&self->macros->plan, mos_macro_plan_unref);
  self->macros->plan = self->draft->macros != NULL ? mos_macro_plan_ref (self->draft->macros) : NULL;
  self->macros->left = -1;
  mos_composer_forget_macro_steps (self);
  show_plan (self);
}

MosMacroPlan *
mos_composer_dup_plan (MosComposer *self)
{
  return self->macros->plan != NULL ? mos_macro_plan_ref (self->macros->plan) : NULL;
}

void
mos_composer_take_macros (MosComposer *self,
                          MosMacroPlan *plan)
{
  g_return_if_fail (MOS_IS_COMPOSER (self));
  g_return_if_fail (plan != NULL);

  if (self->draft != NULL)
    mos_composer_set_plan (self, join_plans (self->macros->plan, plan));
}

void
mos_composer_close_macros (MosComposer *self)
{
  self->macros->left = -1;
  if (self->macros->choices != NULL)
    mos_choices_close (self->macros->choices);
  mos_composer_forget_macro_steps (self);
  g_clear_pointer (&self->macros->plan, mos_macro_plan_unref);
  gtk_widget_set_visible (self->macros->box, FALSE);
}

void
mos_composer_dispose_macros (MosComposer *self)
{
  if (self->macros != NULL)
    g_clear_object (&self->macros->choices);
}

void
mos_composer_finalize_macros (MosComposer *self)
{
  if (self->macros != NULL)
    g_clear_pointer (&self->macros->plan, mos_macro_plan_unref);
  g_clear_pointer (&self->macros, g_free);
  mos_composer_finalize_macro_steps (self);
}
