/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "chat-fixture.h"

/* What is said of messages that are there: other words, other pictures, signs; and of whom they are with. */

static void
test_edit_order (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_auto (Find) seen = { 0 };
  MosChatUpdate *edit;

  take (t, update_new (MOS_CHAT_MESSAGE, "1", "one"));
  edit = update_new (MOS_CHAT_EDIT, "1", "three");
  edit->at_us = MOS_TEST_NOW_US - 10;
  take (t, edit);
  /* An older wording comes late. */
  edit = update_new (MOS_CHAT_EDIT, "1", "two");
  edit->at_us = MOS_TEST_NOW_US - 20;
  take (t, edit);
  find (t, "1", &seen);
  g_assert_cmpstr (seen.row->text, ==, "three");
  g_assert_cmpuint (seen.versions->len, ==, 1);
  g_assert_cmpstr (seen.versions->pdata[0], ==, "one");

  /* Of one that nobody ever saw: what it says now. */
  g_assert_cmpuint (take (t, update_new (MOS_CHAT_EDIT, "9", "late")), ==, 1);
  find (t, "9", &seen);
  g_assert_cmpstr (seen.row->text, ==, "late");
  g_assert_cmpint (seen.row->edited_us, ==, 0);
  g_assert_cmpuint (seen.versions->len, ==, 0);
}

/* Nobody else says it in other words, and we do not say it for them. */
static void
test_edit_by_others (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_auto (Find) seen = { 0 };
  MosChatUpdate *edit;

  take (t, update_new (MOS_CHAT_MESSAGE, "1", "one"));
  edit = update_new (MOS_CHAT_EDIT, "1", "two");
  g_set_str (&edit->person->value, "9999");
  take (t, edit);
  edit = update_new (MOS_CHAT_EDIT, "1", "three");
  edit->is_own = TRUE;
  take (t, edit);
  find (t, "1", &seen);
  g_assert_cmpstr (seen.row->text, ==, "one");
  g_assert_cmpuint (seen.versions->len, ==, 0);
}

/* Ten pictures are one message, whichever comes first, and its words may come with any of them. */
static void
test_album (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_auto (Find) seen = { 0 };
  guint n = 0;

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);
      MosChatUpdate *update = update_new (MOS_CHAT_MESSAGE, id, i == 3 ? "All broken" : "");
      MosChatFile *file = mos_chat_file_new ();

      update->group = g_strdup ("album");
      file->kind = MOS_FILE_IMAGE;
      file->ref = g_strdup (id);
      file->name = g_strdup ("photo.jpg");
      file->type = g_strdup ("image/jpeg");
      update->files = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_file_unref);
      g_ptr_array_add (update->files, file);
      n += take (t, update);
    }
  g_assert_cmpuint (n, ==, 1);
  find (t, "7", &seen);
  g_assert_cmpstr (seen.row->text, ==, "All broken");
  g_assert_cmpuint (seen.row->attachments->len, ==, 10);
  for (guint i = 0; i < 10; i++)
    {
      MosAttachment *file = seen.row->attachments->pdata[i];

      g_assert_true (file->is_coming);
      g_assert_cmpint (file->file_kind, ==, MOS_FILE_IMAGE);
    }
  g_assert_cmpuint (seen.conversation->message_count, ==, 1);
}

/* One picture of it, with its own words */
static MosChatUpdate *
picture_new (MosChatUpdateKind kind,
             const char *id,
             const char *text)
{
  MosChatUpdate *update = update_new (kind, id, text);
  MosChatFile *file = mos_chat_file_new ();

  update->group = g_strdup ("album");
  file->kind = MOS_FILE_IMAGE;
  file->ref = g_strdup (id);
  file->name = g_strdup ("photo.jpg");
  file->type = g_strdup ("image/jpeg");
  update->files = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_file_unref);
  g_ptr_array_add (update->files, file);
  return update;
}

static void
edit_picture (MosTestStore *t,
              const char *id,
              const char *text,
              gint64 later_us)
{
  MosChatUpdate *update = picture_new (MOS_CHAT_EDIT, id, text);

  update->at_us = MOS_TEST_NOW_US - 100 + later_us;
  take (t, update);
}

/* Each picture may have words: none are lost, neither as they come nor when one of them is edited. */
static void
test_album_words (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_auto (Find) seen = { 0 };

  take (t, picture_new (MOS_CHAT_MESSAGE, "1", "The front"));
  take (t, picture_new (MOS_CHAT_MESSAGE, "2", ""));
  /* Another picture in its place: what is said of the first stands. */
  edit_picture (t, "2", "", 1);
  find (t, "1", &seen);
  g_assert_cmpstr (seen.row->text, ==, "The front");
  /* Of one alone the words are the whole's. */
  edit_picture (t, "1", "The back", 2);
  find (t, "1", &seen);
  g_assert_cmpstr (seen.row->text, ==, "The back");
  g_assert_cmpuint (seen.versions->len, ==, 1);

  take (t, picture_new (MOS_CHAT_MESSAGE, "3", "The label"));
  find (t, "2", &seen);
  g_assert_cmpstr (seen.row->text, ==, "The back\nThe label");
  g_assert_cmpstr (seen.row->reply_text, ==, "The back\nThe label");
  edit_picture (t, "3", "The label, torn", 3);
  find (t, "2", &seen);
  g_assert_cmpstr (seen.row->text, ==, "The back\nThe label\nThe label, torn");
  g_assert_cmpuint (seen.row->attachments->len, ==, 3);
}

static void
test_reaction (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_auto (Find) seen = { 0 };
  MosChatUpdate *away = update_new (MOS_CHAT_REACTION, "1", "👍");

  take (t, update_new (MOS_CHAT_MESSAGE, "1", "one"));
  take (t, update_new (MOS_CHAT_REACTION, "1", "👍"));
  take (t, update_new (MOS_CHAT_REACTION, "1", "👍"));
  take (t, update_new (MOS_CHAT_REACTION, "1", "❤"));
  take (t, update_new (MOS_CHAT_REACTION, "nobody's", "❤"));
  find (t, "1", &seen);
  g_assert_cmpuint (seen.row->reactions->len, ==, 2);
  g_assert_cmpstr (((MosReaction *) seen.row->reactions->pdata[0])->person, ==, "Ana");
  away->removed = TRUE;
  take (t, away);
  find (t, "1", &seen);
  g_assert_cmpuint (seen.row->reactions->len, ==, 1);
  g_assert_cmpstr (((MosReaction *) seen.row->reactions->pdata[0])->sign, ==, "❤");
}

static MosChatUpdate *
photo_new (MosChatUpdateKind kind,
           const char *text,
           guint64 size,
           gint64 later_us)
{
  MosChatUpdate *update = picture_new (kind, "1", text);

  g_clear_pointer (&update->group, g_free);
  ((MosChatFile *) update->files->pdata[0])->size = size;
  update->at_us = MOS_TEST_NOW_US - 100 + later_us;
  return update;
}

/* Another picture in the place of the wrong one is seen; other words below the same one bring no second one. */
static void
test_edit_picture (void)
{
  g_autoptr (MosTestStore) t = chat_store ();
  g_auto (Find) seen = { 0 };
  TestStatus closed = { NULL, MOS_STATUS_CLOSED, 0 };

  take (t, photo_new (MOS_CHAT_MESSAGE, "The crack", 1000, 0));
  take (t, photo_new (MOS_CHAT_EDIT, "This crack", 1000, 1));
  find (t, "1", &seen);
  g_assert_cmpstr (seen.row->text, ==, "This crack");
  g_assert_cmpuint (seen.row->attachments->len, ==, 1);
  closed.id = seen.conversation->id;
  test_write (t->store, test_do_status, &closed);
  take (t, photo_new (MOS_CHAT_EDIT, "This crack", 2000, 2));
  find (t, "1", &seen);
  g_assert_cmpuint (seen.row->attachments->len, ==, 2);
  g_assert_true (((MosAttachment *) seen.row->attachments->pdata[1])->is_coming);
  g_assert_cmpint (seen.conversation->status, ==, MOS_STATUS_OPEN);
  take (t, photo_new (MOS_CHAT_EDIT, "This crack", 2000, 2));
  find (t, "1", &seen);
  g_assert_cmpuint (seen.row->attachments->len, ==, 2);
}

/* Where each has one sign, another one takes its place. */
static void
test_one_sign (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_auto (Find) seen = { 0 };

  test_write (t->store, do_account, (gpointer) "whatsapp");
  take (t, update_new (MOS_CHAT_MESSAGE, "1", "one"));
  take (t, update_new (MOS_CHAT_REACTION, "1", "👍"));
  take (t, update_new (MOS_CHAT_REACTION, "1", "❤"));
  find (t, "1", &seen);
  g_assert_cmpuint (seen.row->reactions->len, ==, 1);
  g_assert_cmpstr (((MosReaction *) seen.row->reactions->pdata[0])->sign, ==, "❤");
}

typedef struct
{
  const char *customer;
  guint n_identities;
} Known;

static gboolean
do_know (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Known *known = data;
  g_autoptr (MosCustomerRow) row = NULL;

  if (!mos_store_customer_find (txn, known->customer, &row, error))
    return FALSE;
  known->n_identities = row->identities->len;
  return TRUE;
}

/* In a chat that is called by its number */
static MosChatUpdate *
call_new (MosChatUpdateKind kind,
          const char *number,
          const char *id)
{
  MosChatUpdate *update = update_new (kind, id, "");
  g_autofree char *value = g_strconcat ("+", number, NULL);

  g_clear_pointer (&update->person, mos_chat_person_unref);
  update->person = mos_chat_person_make ("phone", "", value, "Ana");
  g_set_str (&update->thread, number);
  return update;
}

/* Whoever has another number now, and whose platform says so, is no second customer. */
static void
test_moved_person (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_auto (Find) first = { .chat = "34600111222" }, seen = { .chat = "34600333444" };
  MosChatUpdate *moved = call_new (MOS_CHAT_THREAD, "34600111222", "34600333444");
  Known known = { 0 };

  test_write (t->store, do_account, (gpointer) "whatsapp");
  take (t, call_new (MOS_CHAT_MESSAGE, "34600111222", "1"));
  find (t, "1", &first);
  moved->change = MOS_CHAT_THREAD_MOVED;
  take (t, moved);
  take (t, call_new (MOS_CHAT_MESSAGE, "34600333444", "2"));
  find (t, "2", &seen);
  g_assert_cmpstr (seen.conversation->id, ==, first.conversation->id);
  known.customer = first.conversation->customer;
  test_write (t->store, do_know, &known);
  g_assert_cmpuint (known.n_identities, ==, 2);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/chat-edits/edit-order", test_edit_order);
  g_test_add_func ("/chat-edits/edit-by-others", test_edit_by_others);
  g_test_add_func ("/chat-edits/album", test_album);
  g_test_add_func ("/chat-edits/album-words", test_album_words);
  g_test_add_func ("/chat-edits/reaction", test_reaction);
  g_test_add_func ("/chat-edits/edit-picture", test_edit_picture);
  g_test_add_func ("/chat-edits/one-sign", test_one_sign);
  g_test_add_func ("/chat-edits/moved-person", test_moved_person);
  return g_test_run ();
}
