/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-conversation-row-view-private.h"

#include "app/application/mos-settings.h"
#include "app/inbox/mos-view-text.h"
#include "app/widgets/mos-call-text.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"

#include <glib/gi18n.h>

/* The texts of a row: made when it is first drawn, dropped on any change. */

gboolean
mos_conversation_row_is_compact (void)
{
  return g_settings_get_enum (mos_settings_get (), "density") == 1;
}

guint
mos_conversation_row_view_get_parts (MosConversationRowView *self)
{
  guint parts = self->list != NULL ? mos_conversation_list_get_look (self->list)->parts : MOS_ROW_PARTS_DEFAULT;

  return mos_conversation_row_is_compact () ? parts & ~(guint) MOS_PART_AVATAR : parts;
}

static PangoLayout *make_layout (MosConversationRowView *self, const char *text, PangoWeight weight, double scale);

static void
add_chip (MosConversationRowView *self,
          const char *text)
{
  if (text != NULL && *text != '\0' && self->n_chips < MAX_CHIPS)
    self->chips[self->n_chips++] = make_layout (self, text, PANGO_WEIGHT_NORMAL, 0.8);
}

static void
add_chips (MosConversationRowView *self,
           MosConversationRow *row,
           guint parts)
{
  g_autofree char *number = g_strdup_printf ("#%" G_GINT64_FORMAT, row->number);
  g_autofree char *language = row->language != NULL ? g_ascii_strup (row->language, -1) : NULL;

  self->n_chips = 0;
  /* Whoever else is at it comes first, whatever parts are shown. */
  if (row->drafters != NULL && row->drafters[0] != NULL)
    {
      g_autofree char *names = g_strjoinv (C_ ("list", ", "), row->drafters);
      g_autofree char *isolated = mos_text_isolate (names);
      /* Translators: a small mark in the list; %s are the names of other people at the desk who have begun an answer. */
      g_autofree char *mark = g_strdup_printf (_ ("Draft: %s"), isolated);

      add_chip (self, mark);
    }
  if ((parts & MOS_PART_NUMBER) != 0)
    add_chip (self, number);
  if ((parts & MOS_PART_LANGUAGE) != 0)
    add_chip (self, language);
  if ((parts & MOS_PART_ACCOUNT) != 0)
    add_chip (self, row->account_name);
  if ((parts & MOS_PART_ASSIGNEE) != 0)
    add_chip (self, row->assignee_name);
  for (guint i = 0; (parts & MOS_PART_TAGS) != 0 && row->tags[i] != NULL && i < MAX_TAGS; i++)
    add_chip (self, row->tags[i]);
}

void
mos_conversation_row_view_drop_layouts (MosConversationRowView *self)
{
  g_clear_object (&self->name);
  g_clear_object (&self->time);
  g_clear_object (&self->subject);
  g_clear_object (&self->snippet);
  g_clear_object (&self->waiting);
  g_clear_object (&self->window);
  g_clear_object (&self->due);
  g_clear_object (&self->initials);
  for (guint i = 0; i < MAX_CHIPS; i++)
    g_clear_object (&self->chips[i]);
}

static PangoLayout *
make_layout (MosConversationRowView *self,
             const char *text,
             PangoWeight weight,
             double scale)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attrs = pango_attr_list_new ();

  if (weight != PANGO_WEIGHT_NORMAL)
    pango_attr_list_insert (attrs, pango_attr_weight_new (weight));
  if (scale != 1.0)
    pango_attr_list_insert (attrs, pango_attr_scale_new (scale));
  pango_layout_set_attributes (layout, attrs);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  return layout;
}

/* A search snippet marks its hits with U+0002 and U+0003. */
static PangoLayout *
make_snippet_layout (MosConversationRowView *self,
                     const char *marked)
{
  g_autoptr (GString) text = g_string_new (NULL);
  PangoAttrList *attrs;
  PangoLayout *layout;
  gsize start = 0;
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (gsize));

  for (const char *p = marked; *p != '\0'; p++)
    {
      if (*p == '\002')
        start = text->len;
      else if (*p == '\003')
        {
          gsize end = text->len;
          g_array_append_val (ranges, start);
          g_array_append_val (ranges, end);
        }
      else
        g_string_append_c (text, *p == '\n' || *p == '\r' || *p == '\t' ? ' ' : *p);
    }

  layout = make_layout (self, text->str, PANGO_WEIGHT_NORMAL, 0.9);
  attrs = pango_attr_list_copy (pango_layout_get_attributes (layout));
  for (guint i = 0; i + 1 < ranges->len; i += 2)
    {
      PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

      bold->start_index = (guint) g_array_index (ranges, gsize, i);
      bold->end_index = (guint) g_array_index (ranges, gsize, i + 1);
      pango_attr_list_insert (attrs, bold);
    }
  pango_layout_set_attributes (layout, attrs);
  pango_attr_list_unref (attrs);
  return layout;
}

static void
collect_icons (MosConversationRowView *self,
               MosConversationRow *row)
{
  self->n_icons = 0;
  if (row->has_failed)
    self->icons[self->n_icons++] = "dialog-warning-symbolic";
  if (row->priority == MOS_PRIORITY_URGENT)
    self->icons[self->n_icons++] = "mos-urgent-symbolic";
  else if (row->priority == MOS_PRIORITY_HIGH)
    self->icons[self->n_icons++] = "mos-high-symbolic";
  if (row->has_draft || (row->drafters != NULL && row->drafters[0] != NULL))
    self->icons[self->n_icons++] = "document-edit-symbolic";
  if (row->has_attachments)
    self->icons[self->n_icons++] = "mail-attachment-symbolic";
  if (row->status == MOS_STATUS_SNOOZED)
    self->icons[self->n_icons++] = "alarm-symbolic";
  if (row->quarantine != NULL)
    self->icons[self->n_icons++] = "mos-shield-symbolic";
}

static gint64
now_us (void)
{
  return g_get_real_time ();
}

/* What is far off is shown only where it makes the order. */
static MosDueMark
get_due (MosConversationRowView *self,
         MosConversationRow *row,
         guint parts)
{
  MosDueMark mark = (parts & MOS_PART_WAITING) != 0 ? mos_conversation_row_get_due (row, now_us (), NULL, NULL) : MOS_DUE_NOT;

  return mark == MOS_DUE_FINE && (self->list == NULL || mos_conversation_list_get_look (self->list)->sort != MOS_SORT_DUE) ? MOS_DUE_NOT : mark;
}

void
mos_conversation_row_view_ensure_layouts (MosConversationRowView *self)
{
  MosConversationRow *row = self->conversation != NULL ? mos_conversation_get_row (self->conversation) : NULL;
  PangoWeight weight = row != NULL && row->unread > 0 ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL;
  const char *who, *snippet = NULL, *file = NULL;
  guint parts;
  g_autofree char *in_file = NULL;
  g_autofree char *call = row != NULL && row->call != NULL ? mos_call_text (row->call, row->is_call_outgoing) : NULL;
  g_autofree char *time = NULL;
  g_autofree char *waited = NULL;
  g_autofree char *due = NULL;
  g_autofree char *left = NULL;
  g_autofree char *initials = NULL;

  if (self->name != NULL || row == NULL)
    return;
  parts = mos_conversation_row_view_get_parts (self);

  who = mos_conversation_who_text (row);
  self->name = make_layout (self, who, weight, 1.0);
  time = mos_time_text_short (row->updated_us, now_us (), NULL);
  self->time = make_layout (self, time, PANGO_WEIGHT_NORMAL, 0.85);
  self->subject = make_layout (self, mos_subject_text (row), weight, 0.95);
  initials = mos_conversation_row_get_initials (who);
  self->initials = make_layout (self, initials, PANGO_WEIGHT_BOLD, 0.9);

  if (self->list != NULL)
    snippet = mos_conversation_list_get_snippet (self->list, row->id, &file);
  if (file != NULL)
    /* Translators: where words were found: the name of an attached file, then a piece of the text in it */
    snippet = in_file = g_strdup_printf (_ ("in %s: %s"), file, snippet);
  self->snippet = make_snippet_layout (self, snippet != NULL ? snippet : (parts & MOS_PART_SNIPPET) == 0 ? ""
                                                                     : call != NULL                      ? call
                                                                                                         : row->snippet);

  self->due_state = get_due (self, row, parts);
  due = self->due_state != MOS_DUE_NOT ? mos_conversation_row_due_text (row, now_us ()) : g_strdup ("");
  self->due = make_layout (self, due, PANGO_WEIGHT_SEMIBOLD, 0.85);

  self->waiting_state = self->due_state == MOS_DUE_NOT && (parts & MOS_PART_WAITING) != 0 ? mos_conversation_row_get_waiting (row, now_us ()) : MOS_WAITING_NOT;
  waited = self->waiting_state != MOS_WAITING_NOT ? mos_time_text_duration (now_us () - row->waiting_since_us) : g_strdup ("");
  self->waiting = make_layout (self, waited, PANGO_WEIGHT_SEMIBOLD, 0.85);

  self->window_state = (parts & MOS_PART_WAITING) != 0 ? mos_conversation_row_get_window (row, now_us (), NULL) : MOS_REPLY_WINDOW_NONE;
  left = self->window_state != MOS_REPLY_WINDOW_NONE ? mos_conversation_row_window_text (row, now_us ()) : g_strdup ("");
  self->window = make_layout (self, left, PANGO_WEIGHT_SEMIBOLD, 0.85);

  add_chips (self, row, parts);

  collect_icons (self, row);
}
