/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-attachment-chip.h"
#include "app/conversation/mos-conversation-view-private.h"
#include "app/widgets/mos-toast-show.h"
#include "core/base/mos-error.h"
#include "core/desk/mos-chat-begin.h"
#include "core/desk/mos-desk-views.h"
#include "core/mail/mime/mos-markup.h"

#include <glib/gi18n.h>

/* --- Which of the answer bar and the composer is there --- */

void
mos_conversation_view_update_composing (MosConversationView *self)
{
  gboolean open = mos_composer_is_open (self->composer);

  if (self->composer != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->composer), open);
  gtk_widget_set_visible (self->answer_bar, !open);
  mos_conversation_view_update_surveys (self);
  if (self->writing_new)
    gtk_stack_set_visible_child_name (self->stack, "new");
  mos_conversation_view_notify_composing (self);
}

static void
show_problem (MosConversationView *self,
              const GError *error)
{
  AdwToast *toast;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_warning ("A draft could not be opened: %s", error->message);
  toast = adw_toast_new (_ ("The message could not be started"));
  mos_toast_show (self->writing_new ? self->new_toasts : self->toasts, toast);
}

static MosComposer *composer_new (MosConversationView *self, GtkWidget *area);

static void
need_composer (MosConversationView *self)
{
  if (self->composer != NULL)
    return;
  self->composer = composer_new (self, self->composer_area);
  gtk_widget_set_vexpand (GTK_WIDGET (self->composer), FALSE);
}

static void
need_new_composer (MosConversationView *self)
{
  if (self->new_composer != NULL)
    return;
  self->new_composer = composer_new (self, self->new_area);
  gtk_widget_set_vexpand (GTK_WIDGET (self->new_composer), TRUE);
}

/* --- Preparing --- */

typedef struct
{
  MosConversationView *self;     /* (owned) */
  MosConversation *conversation; /* (owned) (nullable) */
  char *before;                  /* (owned) (nullable): the draft that was open, when the kind changes */
  MosMacro *macro;               /* (owned) (nullable): put in once it is open */
  char *text;                    /* (owned) (nullable): the same, where nothing is there yet */
} PrepareJob;

static void
prepare_job_free (PrepareJob *job)
{
  g_object_unref (job->self);
  g_clear_object (&job->conversation);
  g_free (job->before);
  g_clear_pointer (&job->macro, mos_macro_unref);
  g_free (job->text);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PrepareJob, prepare_job_free)

static void
on_left_draft_gone_cb (GObject *source,
                       GAsyncResult *result,
                       gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!mos_desk_discard_draft_finish (MOS_DESK (source), result, &error))
    g_warning ("A draft could not be removed: %s", error->message);
}

static void
show_language (MosConversationView *self)
{
  MosConversationRow *row = self->conversation != NULL ? mos_conversation_get_row (self->conversation) : NULL;

  mos_composer_set_language (self->composer, row != NULL ? row->language : NULL);
}

static void
open_draft (MosConversationView *self,
            MosDraft *draft)
{
  need_composer (self);
  show_language (self);
  mos_composer_open (self->composer, draft);
}

void
mos_conversation_view_open_draft (MosConversationView *self,
                                  MosDraft *draft)
{
  g_clear_pointer (&self->discarding, g_free);
  open_draft (self, draft);
  mos_conversation_view_update_composing (self);
  mos_composer_focus (self->composer);
}

void
mos_conversation_view_leave_draft (MosConversationView *self)
{
  gboolean had_focus = self->composer != NULL && gtk_widget_get_focus_child (self->composer_area) == GTK_WIDGET (self->composer);

  mos_composer_close (self->composer);
  mos_conversation_view_update_composing (self);
  if (had_focus)
    gtk_widget_grab_focus (self->reply_button);
}

/* What is there is nobody's to write over: a draft that was left, or what is written already. The signature stays below. */
static void
put_text (MosConversationView *self,
          const char *text)
{
  g_autoptr (MosDraft) draft = mos_composer_dup_draft (self->composer);
  g_autofree char *marked = draft != NULL && draft->is_marked ? mos_markup_escape (text) : g_strdup (text);
  g_autofree char *there = draft != NULL && draft->text != NULL ? g_strchug (g_strdup (draft->text)) : g_strdup ("");
  g_autofree char *whole = g_strconcat (marked, *there != '\0' ? "\n\n" : "", there, NULL);

  if (*there == '\0' || g_str_has_prefix (there, "--") || g_str_has_prefix (there, "\\--"))
    mos_composer_set_text (self->composer, whole);
}

static void
on_prepared_cb (GObject *source,
                GAsyncResult *result,
                gpointer user_data)
{
  g_autoptr (PrepareJob) job = user_data;
  MosConversationView *self = job->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosDraft) draft = mos_desk_prepare_draft_finish (MOS_DESK (source), result, &error);
  g_autoptr (MosDraft) before = NULL;

  if (self->stack == NULL || self->conversation != job->conversation || self->writing_new)
    return;
  if (draft == NULL)
    {
      show_problem (self, error);
      return;
    }
  /* As it is now: whoever types goes on while the desk prepares. */
  before = mos_composer_dup_draft (self->composer);
  open_draft (self, draft);
  /* One that was sent or left meanwhile stays what it became. */
  if (before != NULL && g_strcmp0 (before->id, job->before) == 0 && !g_str_equal (before->id, draft->id))
    {
      /* The words stay whatever they become; only recipients and quote follow the kind. */
      g_autofree char *words = before->is_marked == draft->is_marked ? g_strdup (before->text)
                               : draft->is_marked                    ? mos_markup_escape (before->text)
                                                                     : mos_markup_to_plain (before->text);

      mos_composer_set_text (self->composer, words);
      for (guint i = 0; before->attachments != NULL && i < before->attachments->len; i++)
        mos_composer_take_attachment (self->composer, g_ptr_array_index (before->attachments, i));
      if (before->macros != NULL)
        mos_composer_take_macros (self->composer, before->macros);
      mos_composer_take_buttons (self->composer, before->buttons);
      mos_desk_discard_draft_async (self->desk, before->id, NULL, on_left_draft_gone_cb, NULL);
    }
  mos_conversation_view_update_composing (self);
  mos_composer_focus (self->composer);
  if (job->macro != NULL)
    mos_composer_use_macro (self->composer, job->macro);
  if (job->text != NULL)
    put_text (self, job->text);
}

static void
prepare (MosConversationView *self,
         const char *kind,
         const char *message,
         MosMacro *macro,
         const char *text)
{
  PrepareJob *job;
  g_autoptr (MosDraft) before = NULL;

  g_return_if_fail (self->conversation != NULL);

  /* Other words for a message are no beginning of an answer. */
  if (mos_composer_get_changed (self->composer) != NULL)
    mos_composer_close (self->composer);

  before = mos_composer_dup_draft (self->composer);
  if (before != NULL && g_str_equal (before->kind, kind) && (message == NULL || g_strcmp0 (before->reply_to_message, message) == 0))
    {
      mos_composer_focus (self->composer);
      return;
    }
  g_clear_pointer (&self->discarding, g_free);
  job = g_new0 (PrepareJob, 1);
  job->self = g_object_ref (self);
  job->conversation = g_object_ref (self->conversation);
  job->before = before != NULL ? g_strdup (before->id) : NULL;
  job->macro = macro != NULL ? mos_macro_ref (macro) : NULL;
  job->text = g_strdup (text);
  mos_desk_prepare_draft_async (self->desk, kind, mos_conversation_get_id (self->conversation), message, NULL, self->cancellable, on_prepared_cb, job);
}

void
mos_conversation_view_prepare (MosConversationView *self,
                               const char *kind,
                               const char *message)
{
  prepare (self, kind, message, NULL, NULL);
}

void
mos_conversation_view_use_macro (MosConversationView *self,
                                 MosMacro *macro)
{
  g_return_if_fail (MOS_IS_CONVERSATION_VIEW (self));
  g_return_if_fail (macro != NULL);

  if (self->writing_new)
    mos_composer_use_macro (self->new_composer, macro);
  else if (mos_composer_is_open (self->composer))
    mos_composer_use_macro (self->composer, macro);
  else if (self->conversation != NULL)
    prepare (self, macro->is_for_notes ? "note" : "reply", NULL, macro, NULL);
}

void
mos_conversation_view_write (MosConversationView *self,
                             const char *text)
{
  g_return_if_fail (MOS_IS_CONVERSATION_VIEW (self));
  g_return_if_fail (text != NULL);

  if (self->conversation != NULL && !self->writing_new)
    prepare (self, "reply", NULL, NULL, text);
}

/* --- A draft that was left --- */

static void
on_found_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (PrepareJob) job = user_data;
  MosConversationView *self = job->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosDraft) draft = mos_desk_find_draft_finish (MOS_DESK (source), result, &error);

  if (error != NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("Looking for a draft failed: %s", error->message);
      return;
    }
  if (draft == NULL || self->stack == NULL || self->conversation != job->conversation || self->writing_new)
    return;
  if (self->wants_draft)
    {
      g_autoptr (MosDraft) open = mos_composer_dup_draft (self->composer);

      self->wants_draft = FALSE;
      if (open == NULL || !g_str_equal (open->id, draft->id))
        open_draft (self, draft);
      mos_conversation_view_update_composing (self);
      mos_composer_focus (self->composer);
      return;
    }
  if (mos_composer_is_open (self->composer))
    return;
  if (g_strcmp0 (draft->id, self->discarding) == 0)
    return;
  /* The keyboard stays where it is: nobody asked for the composer just now. */
  open_draft (self, draft);
  mos_conversation_view_update_composing (self);
}

void
mos_conversation_view_find_draft (MosConversationView *self)
{
  PrepareJob *job = g_new0 (PrepareJob, 1);

  job->self = g_object_ref (self);
  job->conversation = g_object_ref (self->conversation);
  mos_desk_find_draft_async (self->desk, mos_conversation_get_id (self->conversation), self->cancellable, on_found_cb, job);
}

/* --- Discarding, with a way back --- */

typedef struct
{
  MosConversationView *self; /* (owned) */
  MosDraft *draft;           /* (owned) */
} DiscardJob;

static void
discard_job_free (DiscardJob *job)
{
  g_object_unref (job->self);
  mos_draft_unref (job->draft);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscardJob, discard_job_free)

static void
on_dropped_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (DiscardJob) job = user_data;
  MosConversationView *self = job->self;
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;
  gboolean is_gone = mos_desk_action_finish (MOS_DESK (source), result, &batch, &error);

  if (g_strcmp0 (self->discarding, job->draft->id) == 0)
    g_clear_pointer (&self->discarding, g_free);
  if (is_gone)
    {
      mos_conversation_view_emit_draft_discarded (self, job->draft, batch);
      return;
    }
  g_warning ("A draft could not be discarded: %s", error->message);
  if (self->stack != NULL)
    mos_toast_show (self->conversation != NULL ? self->toasts : self->new_toasts, adw_toast_new (_ ("The draft could not be discarded; it is as it was")));
}

void
mos_conversation_view_reopen_discarded (MosConversationView *self)
{
  g_autoptr (MosDraft) draft = NULL;

  g_return_if_fail (MOS_IS_CONVERSATION_VIEW (self));

  if (self->stack == NULL)
    return;
  draft = g_steal_pointer (&self->discarded);
  /* One that was discarded before another: it opens with its conversation. */
  if (draft == NULL)
    {
      mos_conversation_view_restore_draft (self);
      return;
    }
  if (draft->conversation == NULL)
    {
      self->writing_new = TRUE;
      need_new_composer (self);
      mos_composer_open (self->new_composer, draft);
      mos_composer_focus (self->new_composer);
    }
  else if (self->conversation != NULL && g_str_equal (mos_conversation_get_id (self->conversation), draft->conversation))
    {
      self->writing_new = FALSE;
      open_draft (self, draft);
      mos_composer_focus (self->composer);
    }
  mos_conversation_view_update_composing (self);
}

static void
leave_new (MosConversationView *self)
{
  self->writing_new = FALSE;
  gtk_stack_set_visible_child_name (self->stack, self->conversation != NULL ? "conversation" : "empty");
}

static void
on_discarded_cb (MosComposer *composer,
                 MosDraft *draft,
                 MosConversationView *self)
{
  DiscardJob *job = g_new0 (DiscardJob, 1);

  job->self = g_object_ref (self);
  job->draft = mos_draft_ref (draft);
  g_set_str (&self->discarding, draft->id);
  g_clear_pointer (&self->discarded, mos_draft_unref);
  self->discarded = mos_draft_ref (draft);
  if (composer == self->new_composer)
    leave_new (self);
  mos_conversation_view_update_composing (self);
  gtk_widget_grab_focus (self->reply_button);
  /* Not with the view: it is gone even if the window closes now. */
  mos_desk_drop_draft_async (self->desk, draft, NULL, on_dropped_cb, job);
}

/* --- Done --- */

static void
on_sent_cb (MosComposer *composer,
            const MosSentMessage *sent,
            MosConversationView *self)
{
  if (composer == self->new_composer)
    leave_new (self);
  self->follow = TRUE;
  mos_conversation_view_update_composing (self);
  gtk_widget_grab_focus (self->reply_button);
  mos_conversation_view_emit_sent (self, sent);
}

/* What came in while an answer was written is to be seen beside it. */
static void
on_look_cb (MosComposer *composer,
            MosConversationView *self)
{
  adw_banner_set_revealed (self->news_banner, FALSE);
  mos_conversation_view_show_news (self);
}

static void
on_noted_cb (MosComposer *composer,
             MosConversationView *self)
{
  self->follow = TRUE;
  mos_conversation_view_update_composing (self);
  gtk_widget_grab_focus (self->reply_button);
}

static void
on_kept_cb (MosComposer *composer,
            MosConversationView *self)
{
  gboolean is_new = composer == self->new_composer;

  if (is_new)
    leave_new (self);
  mos_conversation_view_update_composing (self);
  gtk_widget_grab_focus (self->reply_button);
  if (is_new)
    mos_conversation_view_emit_draft_kept (self);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _ ("Draft kept"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

void
mos_conversation_view_change_words (MosConversationView *self,
                                    MosMessageRow *row)
{
  if (self->conversation == NULL || self->writing_new)
    return;
  need_composer (self);
  show_language (self);
  mos_composer_open_change (self->composer, row);
  mos_conversation_view_update_composing (self);
  mos_composer_focus (self->composer);
}

/* The draft that waited meanwhile comes back; the keyboard goes to the message. */
static void
on_change_left_cb (MosComposer *composer,
                   const char *message,
                   gboolean is_changed,
                   MosConversationView *self)
{
  mos_conversation_view_update_composing (self);
  mos_conversation_view_show_message (self, message);
  mos_conversation_view_find_draft (self);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), is_changed ? _ ("The message is being changed") : _ ("The message stays as it is"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
on_kind_requested_cb (MosComposer *composer,
                      const char *kind,
                      MosConversationView *self)
{
  g_autoptr (MosDraft) draft = mos_composer_dup_draft (composer);

  if (self->conversation != NULL && draft != NULL)
    mos_conversation_view_prepare (self, kind, draft->reply_to_message);
}

static MosComposer *
composer_new (MosConversationView *self,
              GtkWidget *area)
{
  GtkWidget *composer = mos_composer_new (self->desk);

  g_signal_connect_object (composer, "sent", G_CALLBACK (on_sent_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (composer, "look", G_CALLBACK (on_look_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (composer, "noted", G_CALLBACK (on_noted_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (composer, "kept", G_CALLBACK (on_kept_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (composer, "discarded", G_CALLBACK (on_discarded_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (composer, "change-left", G_CALLBACK (on_change_left_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (composer, "kind-requested", G_CALLBACK (on_kind_requested_cb), self, G_CONNECT_DEFAULT);
  gtk_box_append (GTK_BOX (area), composer);
  return MOS_COMPOSER (composer);
}

/* Returns: (nullable): its id */
static const char *
get_me (MosConversationView *self)
{
  MosAgent *me = mos_desk_get_agent (self->desk);

  return me != NULL ? me->id : NULL;
}

/* Another agent sits here now: what this one was writing is his, and waits for him. */
static void
on_agent_cb (MosConversationView *self)
{
  const char *me = get_me (self);
  g_autoptr (MosDraft) open = mos_composer_dup_draft (self->composer);
  g_autoptr (MosDraft) open_new = mos_composer_dup_draft (self->new_composer);

  if (!g_set_str (&self->me, me))
    return;
  if (open != NULL && open->agent != NULL && g_strcmp0 (open->agent, me) != 0)
    mos_conversation_view_leave_draft (self);
  if (open_new != NULL && open_new->agent != NULL && g_strcmp0 (open_new->agent, me) != 0)
    {
      mos_composer_close (self->new_composer);
      leave_new (self);
      mos_conversation_view_update_composing (self);
    }
  if (self->conversation == NULL)
    return;
  mos_conversation_view_find_draft (self);
  mos_conversation_view_find_others (self);
}

void
mos_conversation_view_watch_agent (MosConversationView *self)
{
  g_set_str (&self->me, get_me (self));
  g_signal_connect_object (self->desk, "views-changed", G_CALLBACK (on_agent_cb), self, G_CONNECT_SWAPPED);
}

/* --- A message to somebody new --- */

typedef struct
{
  MosConversationView *self; /* (owned) */
  char *address;             /* (owned) (nullable) */
} BeginNew;

static void
begin_new_free (BeginNew *data)
{
  g_object_unref (data->self);
  g_free (data->address);
  g_free (data);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BeginNew, begin_new_free)

/* The draft is nobody else's yet. What was begun before and has recipients keeps them. */
static void
address_draft (MosDraft *draft,
               const char *address)
{
  if (address != NULL && draft->to->len == 0)
    g_ptr_array_add (draft->to, mos_address_make (NULL, address));
}

void
mos_conversation_view_open_new (MosConversationView *self,
                                MosDraft *draft)
{
  mos_composer_close (self->composer);
  self->writing_new = TRUE;
  need_new_composer (self);
  mos_composer_open (self->new_composer, draft);
  mos_conversation_view_update_composing (self);
  mos_composer_focus (self->new_composer);
}

static void
on_new_prepared_cb (GObject *source,
                    GAsyncResult *result,
                    gpointer user_data)
{
  g_autoptr (BeginNew) data = user_data;
  MosConversationView *self = data->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosDraft) draft = mos_desk_prepare_draft_finish (MOS_DESK (source), result, &error);

  if (self->stack == NULL)
    return;
  if (draft == NULL)
    {
      show_problem (self, error);
      return;
    }
  address_draft (draft, data->address);
  mos_conversation_view_open_new (self, draft);
}

void
mos_conversation_view_begin_new (MosConversationView *self,
                                 const char *address)
{
  BeginNew *data;

  if (self->writing_new)
    {
      mos_composer_focus (self->new_composer);
      return;
    }
  data = g_new0 (BeginNew, 1);
  data->self = g_object_ref (self);
  data->address = g_strdup (address);
  mos_desk_prepare_draft_async (self->desk, "new", NULL, NULL, NULL, NULL, on_new_prepared_cb, data);
}

/* --- On by mail, or by SMS --- */

/* @draft: (nullable); @unknown: what is said where the customer cannot be reached so */
static void
open_continued (MosConversationView *self,
                MosDraft *draft,
                const char *unknown,
                const GError *error)
{
  if (self->stack == NULL)
    return;
  if (g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND))
    mos_toast_show (self->toasts, adw_toast_new (unknown));
  else if (draft == NULL)
    show_problem (self, error);
  else
    mos_conversation_view_open_new (self, draft);
}

static void
on_continued_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  g_autoptr (MosConversationView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosDraft) draft = mos_desk_continue_by_mail_finish (MOS_DESK (source), result, &error);

  open_continued (self, draft, _ ("No mail address of this customer is known"), error);
}

static void
on_texted_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosConversationView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosDraft) draft = mos_desk_continue_by_text_finish (MOS_DESK (source), result, &error);

  open_continued (self, draft, _ ("No mobile number of this customer is known, or no account sends SMS"), error);
}

/* What goes along from a note that was begun: nothing, it is for the desk. Returns: (transfer full) */
static char *
dup_begun (MosConversationView *self)
{
  g_autoptr (MosDraft) draft = mos_composer_is_open (self->composer) ? mos_composer_dup_draft (self->composer) : NULL;

  return g_strdup (draft != NULL && !g_str_equal (draft->kind, "note") ? draft->text : "");
}

void
mos_conversation_view_answer_by_mail (MosConversationView *self)
{
  g_autofree char *begun = NULL;

  if (self->conversation == NULL || self->writing_new)
    return;
  /* What was begun goes along; it also stays where it is. */
  begun = dup_begun (self);
  mos_desk_continue_by_mail_async (self->desk, mos_conversation_get_id (self->conversation), begun, NULL, on_continued_cb, g_object_ref (self));
}

void
mos_conversation_view_answer_by_sms (MosConversationView *self)
{
  g_autofree char *begun = NULL;

  if (self->conversation == NULL || self->writing_new)
    return;
  begun = dup_begun (self);
  mos_desk_continue_by_text_async (self->desk, mos_conversation_get_id (self->conversation), begun, NULL, on_texted_cb, g_object_ref (self));
}
