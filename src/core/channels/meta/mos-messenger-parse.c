/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-meta"

#include "config.h"

#include "core/channels/meta/mos-messenger-parse.h"

#include "core/base/mos-error.h"
#include "core/base/mos-json-read.h"

#include <string.h>

/* Longest id and place in a list that are believed */
#define MAX_ID 512
#define MAX_AFTER 2048

void
mos_messenger_self_free (MosMessengerSelf *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->id);
  g_free (self->other_id);
  g_free (self->username);
  g_free (self->name);
  g_free (self->page);
  g_free (self);
}

void
mos_messenger_thread_free (MosMessengerThread *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_clear_pointer (&self->person, mos_chat_person_unref);
  g_free (self);
}

void
mos_messenger_page_free (MosMessengerPage *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->rows);
  g_free (self->after);
  g_free (self);
}

/* --- small things --- */

gint64
mos_messenger_parse_time (JsonObject *object,
                          const char *name)
{
  g_autofree char *text = mos_json_read_dup_line (object, name);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = NULL;
  gint64 seconds = 0;

  if (text != NULL && text[strspn (text, G_CSET_DIGITS)] == '\0')
    seconds = g_ascii_strtoll (text, NULL, 10);
  else if (text == NULL && !mos_json_read_int (object, name, &seconds))
    return 0;
  if (seconds > 0)
    return seconds < G_MAXINT32 * G_GINT64_CONSTANT (1000) ? seconds * G_USEC_PER_SEC : 0;
  time = text != NULL ? g_date_time_new_from_iso8601 (text, utc) : NULL;
  return time != NULL ? MAX (g_date_time_to_unix (time), 0) * G_USEC_PER_SEC : 0;
}

/* Numbers there are texts; where one is not, it is the same number. */
static char *
dup_id (JsonObject *object,
        const char *name)
{
  g_autofree char *text = mos_json_read_dup_line (object, name);
  gint64 number;

  if (text != NULL)
    return strlen (text) <= MAX_ID && strpbrk (text, " \t") == NULL ? g_steal_pointer (&text) : NULL;
  return mos_json_read_int (object, name, &number) && number > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, number) : NULL;
}

static gboolean
is_ours (JsonObject *who,
         const MosMessengerSelf *self)
{
  g_autofree char *id = dup_id (who, "id");
  g_autofree char *username = mos_json_read_dup_line (who, "username");

  return g_strcmp0 (id, self->id) == 0 || (self->other_id != NULL && g_strcmp0 (id, self->other_id) == 0) || (self->username != NULL && g_strcmp0 (username, self->username) == 0);
}

/* @who: (nullable). Returns: (transfer full) (nullable): where it is somebody else */
static MosChatPerson *
make_person (JsonObject *who,
             const MosMessengerSelf *self)
{
  g_autofree char *id = dup_id (who, "id");
  g_autofree char *name = mos_json_read_dup_line (who, "name");
  g_autofree char *username = mos_json_read_dup_line (who, "username");
  MosChatPerson *person;

  if (id == NULL || is_ours (who, self))
    return NULL;
  person = mos_chat_person_make (self->kind, self->id, id, name != NULL ? name : username);
  person->username = g_steal_pointer (&username);
  return person;
}

/* "to" and "participants" are lists within an object. */
static MosChatPerson *
find_other (JsonObject *list,
            const MosMessengerSelf *self)
{
  JsonArray *array = mos_json_read_array (list, "data");

  for (guint i = 0; i < mos_json_read_length (array); i++)
    {
      MosChatPerson *person = make_person (mos_json_read_element (array, i), self);

      if (person != NULL)
        return person;
    }
  return NULL;
}

/* --- who we are --- */

MosMessengerSelf *
mos_messenger_parse_self (JsonObject *object,
                          const char *kind,
                          gboolean by_page,
                          GError **error)
{
  g_autoptr (MosMessengerSelf) self = g_new0 (MosMessengerSelf, 1);
  gboolean is_instagram = g_str_equal (kind, "instagram");
  JsonObject *account = is_instagram && by_page ? mos_json_read_object (object, "instagram_business_account") : object;

  self->kind = g_strdup (kind);
  if (by_page)
    self->page = dup_id (object, "id");
  /* It becomes part of a path. */
  if (self->page != NULL && strspn (self->page, G_CSET_DIGITS) != strlen (self->page))
    g_clear_pointer (&self->page, g_free);
  if (by_page && self->page != NULL && account == NULL)
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NOT_ALLOWED, "The Page has no Instagram account, or the token may not see it");
      return NULL;
    }
  /* Of an account by itself "id" is the app's name for it, and messages are from "user_id". */
  if (is_instagram && !by_page)
    {
      self->id = dup_id (account, "user_id");
      self->other_id = dup_id (account, "id");
    }
  if (self->id == NULL)
    self->id = dup_id (account, "id");
  self->username = is_instagram ? mos_json_read_dup_line (account, "username") : NULL;
  self->name = mos_json_read_dup_line (account, "name");
  if (self->id == NULL || (by_page && self->page == NULL))
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_PROTOCOL, "no id in the answer");
      return NULL;
    }
  if (self->name == NULL)
    self->name = g_strdup (self->username != NULL ? self->username : self->id);
  return g_steal_pointer (&self);
}

/* --- lists --- */

/* @list: (nullable): "data" and "paging" */
static MosMessengerPage *
begin_page (JsonObject *list,
            GDestroyNotify free_row,
            JsonArray **ret_rows,
            GError **error)
{
  JsonObject *paging = mos_json_read_object (list, "paging");
  g_autofree char *after = mos_json_read_dup_line (mos_json_read_object (paging, "cursors"), "after");
  g_autofree char *next = mos_json_read_dup_line (paging, "next");
  MosMessengerPage *page;

  *ret_rows = mos_json_read_array (list, "data");
  if (*ret_rows == NULL)
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_PROTOCOL, "no list in the answer");
      return NULL;
    }
  page = g_new0 (MosMessengerPage, 1);
  page->rows = g_ptr_array_new_with_free_func (free_row);
  /* The last page has a place, too, and no "next". The address itself holds the token, and is not asked for. */
  if (next != NULL && after != NULL && strlen (after) <= MAX_AFTER)
    page->after = g_steal_pointer (&after);
  return page;
}

MosMessengerPage *
mos_messenger_parse_threads (JsonObject *object,
                             const MosMessengerSelf *self,
                             GError **error)
{
  JsonArray *rows;
  MosMessengerPage *page = begin_page (object, (GDestroyNotify) mos_messenger_thread_free, &rows, error);

  for (guint i = 0; page != NULL && i < mos_json_read_length (rows); i++)
    {
      JsonObject *row = mos_json_read_element (rows, i);
      char *id = dup_id (row, "id");
      MosMessengerThread *thread;

      if (id == NULL)
        {
          g_debug ("A conversation cannot be read");
          continue;
        }
      thread = g_new0 (MosMessengerThread, 1);
      thread->id = id;
      thread->updated_us = mos_messenger_parse_time (row, "updated_time");
      thread->person = find_other (mos_json_read_object (row, "participants"), self);
      g_ptr_array_add (page->rows, thread);
    }
  return page;
}

MosMessengerPage *
mos_messenger_parse_messages (JsonObject *object,
                              GError **error)
{
  JsonObject *within = mos_json_read_object (object, "messages");
  JsonArray *rows;
  /* A conversation in which nothing was written has no list. */
  gboolean is_empty = within == NULL && mos_json_read_array (object, "data") == NULL && object != NULL && json_object_has_member (object, "id") && !json_object_has_member (object, "messages");
  MosMessengerPage *page;

  if (is_empty)
    {
      page = g_new0 (MosMessengerPage, 1);
      page->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
      return page;
    }
  page = begin_page (within != NULL ? within : object, (GDestroyNotify) json_object_unref, &rows, error);
  for (guint i = 0; page != NULL && i < mos_json_read_length (rows); i++)
    {
      JsonObject *row = mos_json_read_element (rows, i);

      if (row != NULL)
        g_ptr_array_add (page->rows, json_object_ref (row));
    }
  return page;
}

/* --- a message --- */

MosChatPerson *
mos_messenger_find_person (JsonObject *message,
                           const MosMessengerSelf *self)
{
  MosChatPerson *person = make_person (mos_json_read_object (message, "from"), self);

  return person != NULL ? person : find_other (mos_json_read_object (message, "to"), self);
}

MosChatUpdate *
mos_messenger_parse_message (JsonObject *message,
                             const MosMessengerSelf *self,
                             const MosChatPerson *person)
{
  JsonObject *from = mos_json_read_object (message, "from");
  JsonObject *reply_to = mos_json_read_object (message, "reply_to");
  g_autofree char *from_id = dup_id (from, "id");
  g_autofree char *id = dup_id (message, "id");
  g_autoptr (MosChatPerson) writer = NULL;
  MosChatUpdate *update;

  if (id == NULL)
    return NULL;
  update = mos_chat_update_new ();
  update->kind = MOS_CHAT_MESSAGE;
  update->raw = mos_json_read_again (message);
  update->thread = g_strdup (person->value);
  update->at_us = mos_messenger_parse_time (message, "created_time");
  update->is_own = from_id != NULL && is_ours (from, self);
  update->title = g_strdup (person->name);
  update->text = g_strdup ("");
  if (!update->is_own)
    {
      writer = make_person (from, self);
      /* Names of who writes now are newer than those of the thread; of one message alone it may not say any. */
      update->person = mos_chat_person_make (person->kind, person->scope, writer != NULL ? writer->value : person->value, writer != NULL && writer->name != NULL ? writer->name : person->name);
      update->person->username = g_strdup (writer != NULL && writer->username != NULL ? writer->username : person->username);
    }
  if (from_id == NULL)
    update->why = g_strdup (MOS_CHAT_NOT_TOLD);
  else
    {
      mos_messenger_read_content (update, message, id);
      update->reply_to = dup_id (reply_to, "mid");
      if (update->reply_to == NULL)
        update->reply_to = dup_id (reply_to, "id");
    }
  update->id = g_steal_pointer (&id);
  return update;
}
