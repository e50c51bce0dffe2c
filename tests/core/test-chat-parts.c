/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/channels/mos-channel-traits.h"
#include "core/desk/mos-chat-buttons.h"
#include "core/desk/mos-chat-outbox.h"
#include "mos-test.h"

#include <string.h>

/* What goes out by a chat, before it does: its parts, its buttons, and what is kept of it meanwhile. */

#define THREAD "4711"

/* A text that a cut through an emoji would break, in the unit of the platform. */
static void
test_parts (void)
{
  const MosChannelTraits *telegram = mos_channel_traits_get ("telegram");
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
  MosAttachment *file = mos_attachment_new ();
  MosFileKind kind;

  for (guint i = 0; i < 2048; i++)
    g_string_append (text, "😀");
  parts = mos_chat_plan_parts (telegram, text->str, NULL, NULL, "k");
  g_assert_cmpuint (parts->len, ==, 1);
  g_string_append (text, "!");
  g_ptr_array_unref (parts);
  parts = mos_chat_plan_parts (telegram, text->str, NULL, NULL, "k");
  g_assert_cmpuint (parts->len, ==, 2);
  g_assert_cmpstr (((MosChatPart *) parts->pdata[1])->key, ==, "k-1");

  /* Below a file 1,024 are taken; more goes before it. */
  file->name = g_strdup ("a.pdf");
  file->type = g_strdup ("application/pdf");
  file->size = 10;
  g_ptr_array_add (files, file);
  g_ptr_array_unref (parts);
  parts = mos_chat_plan_parts (telegram, "short", files, NULL, "k");
  g_assert_cmpuint (parts->len, ==, 1);
  g_assert_cmpstr (((MosChatPart *) parts->pdata[0])->text, ==, "short");
  g_string_truncate (text, 0);
  for (guint i = 0; i < 1025; i++)
    g_string_append_c (text, 'a');
  g_ptr_array_unref (parts);
  parts = mos_chat_plan_parts (telegram, text->str, files, NULL, "k");
  g_assert_cmpuint (parts->len, ==, 2);
  g_assert_cmpstr (((MosChatPart *) parts->pdata[1])->text, ==, "");

  g_assert_null (mos_channel_traits_check_file (telegram, "image/jpeg", 11 * 1024 * 1024, &kind));
  g_assert_cmpint (kind, ==, MOS_FILE_DOCUMENT);
  g_assert_cmpstr (mos_channel_traits_check_file (telegram, "video/mp4", 51 * 1024 * 1024, &kind), ==, "too-large");
}

/* Where the platform fetches what is sent, an account needs something that hands it out. */
static void
test_letter_box (void)
{
  static const struct
  {
    const char *kind, *type;
    guint64 size;
    const char *why;
  } cases[] = {
    { "sms", "image/png", 5 * 1024 * 1024, NULL },
    { "sms", "image/png", 5 * 1024 * 1024 + 1, "too-large" },
    { "sms", "application/pdf", 500 * 1024, NULL },
    { "sms", "video/mp4", 500 * 1024 + 1, "too-large" },
    { "sms", "text/html", 10, "bad-type" },
    { "whatsapp-twilio", "application/pdf", 16 * 1024 * 1024, NULL },
    { "whatsapp-twilio", "image/gif", 10, "bad-type" },
    { "instagram", "image/jpeg", 8 * 1024 * 1024, NULL },
    { "instagram", "application/pdf", 10, "bad-type" },
  };
  MosFileKind kind;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosAccount) account = mos_account_new ();

      account->kind = g_strdup (cases[i].kind);
      g_assert_cmpstr (mos_channel_check_file (account, cases[i].type, cases[i].size, &kind), ==, "no-letter-box");
      mos_account_set_setting (account, MOS_ACCOUNT_RELAY, "https://shop.example/box.php");
      g_assert_cmpstr (mos_channel_check_file (account, cases[i].type, cases[i].size, &kind), ==, cases[i].why);
    }
}

/* What a picture may become, so that it goes out */
static void
test_fit_picture (void)
{
  static const struct
  {
    const char *kind, *type;
    guint64 size, fits;
  } cases[] = {
    { "instagram", "image/webp", 10, 8 * 1024 * 1024 },
    { "instagram", "image/png", 8 * 1024 * 1024 + 1, 8 * 1024 * 1024 },
    { "instagram", "image/png", 8 * 1024 * 1024, 0 },
    { "instagram", "application/pdf", 10, 0 },
    { "instagram", "image/gif", 9 * 1024 * 1024, 0 },
    { "telegram", "image/tiff", 51 * 1024 * 1024, 10 * 1024 * 1024 },
    /* As a document it goes as it is. */
    { "whatsapp", "image/bmp", 10 * 1024 * 1024, 0 },
    { "sms-to-nobody", "image/webp", 10, 0 },
  };
  g_autoptr (MosAccount) boxless = mos_account_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosAccount) account = mos_account_new ();

      account->kind = g_strdup (cases[i].kind);
      mos_account_set_setting (account, MOS_ACCOUNT_RELAY, "https://shop.example/box.php");
      g_test_message ("%s %s", cases[i].kind, cases[i].type);
      g_assert_cmpuint (mos_channel_fit_picture (account, cases[i].type, cases[i].size), ==, cases[i].fits);
    }
  boxless->kind = g_strdup ("instagram");
  g_assert_cmpuint (mos_channel_fit_picture (boxless, "image/webp", 10), ==, 0);
}

/* They stand below the last of the text, which comes behind the files then. */
static void
test_buttons (void)
{
  const MosChannelTraits *dummy = mos_channel_traits_get ("dummy-chat"), *whatsapp = mos_channel_traits_get ("whatsapp");
  const char *const labels[] = { "Yes, please", "No", NULL }, *const three[] = { "a", "b", "c", NULL }, *const four[] = { "a", "b", "c", "d", NULL };
  const char *const twice[] = { "No", "No", NULL }, *const empty[] = { " ", NULL }, *const longer[] = { "123456789 123456789 1", NULL };
  const char *const cjk[] = { "是的，请等我回来再寄，谢谢你们，再见啊", NULL };
  const char *label;
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
  g_autoptr (GPtrArray) buttons = NULL;
  g_auto (GStrv) again = NULL;
  g_autofree char *text = NULL;
  MosAttachment *file = mos_attachment_new ();

  file->name = g_strdup ("a.txt");
  file->type = g_strdup ("text/plain");
  file->size = 10;
  g_ptr_array_add (files, file);
  parts = mos_chat_plan_parts (dummy, "Shall we keep it until you are back at home?", files, labels, "k");
  g_assert_cmpuint (parts->len, ==, 3);
  g_assert_nonnull (((MosChatPart *) parts->pdata[0])->file);
  g_assert_cmpstr (((MosChatPart *) parts->pdata[0])->text, ==, "");
  g_assert_null (((MosChatPart *) parts->pdata[1])->buttons);
  for (guint i = 1; i < 3; i++)
    g_assert_cmpuint (g_utf8_strlen (((MosChatPart *) parts->pdata[i])->text, -1), <=, dummy->buttons_text_max);
  g_assert_cmpuint (((MosChatPart *) parts->pdata[2])->buttons->len, ==, 2);
  g_assert_cmpstr (((MosChatButton *) ((MosChatPart *) parts->pdata[2])->buttons->pdata[0])->label, ==, "Yes, please");
  g_assert_cmpstr (((MosChatButton *) ((MosChatPart *) parts->pdata[2])->buttons->pdata[0])->data, ==, "Yes, please");

  g_assert_cmpint (mos_chat_buttons_check (dummy, labels, &label), ==, MOS_CHAT_BUTTONS_FINE);
  g_assert_null (label);
  g_assert_cmpint (mos_chat_buttons_check (dummy, NULL, NULL), ==, MOS_CHAT_BUTTONS_FINE);
  g_assert_cmpint (mos_chat_buttons_check (mos_channel_traits_get ("sms"), labels, NULL), ==, MOS_CHAT_BUTTONS_NONE_THERE);
  g_assert_null (mos_chat_buttons_make (mos_channel_traits_get ("sms"), labels));
  g_assert_cmpint (mos_chat_buttons_check (whatsapp, three, NULL), ==, MOS_CHAT_BUTTONS_FINE);
  g_assert_cmpint (mos_chat_buttons_check (whatsapp, four, &label), ==, MOS_CHAT_BUTTONS_TOO_MANY);
  g_assert_cmpstr (label, ==, "d");
  g_assert_cmpint (mos_chat_buttons_check (whatsapp, longer, NULL), ==, MOS_CHAT_BUTTONS_TOO_LONG);
  g_assert_cmpint (mos_chat_buttons_check (whatsapp, cjk, NULL), ==, MOS_CHAT_BUTTONS_FINE);
  g_assert_cmpint (mos_chat_buttons_check (whatsapp, twice, NULL), ==, MOS_CHAT_BUTTONS_TWICE);
  g_assert_cmpint (mos_chat_buttons_check (whatsapp, empty, NULL), ==, MOS_CHAT_BUTTONS_EMPTY);

  /* What does not fit into what comes back has its number there. */
  buttons = mos_chat_buttons_make (&(MosChannelTraits) { .buttons_max = 3, .button_label_max = 64, .button_data_max = 8 }, labels);
  g_assert_cmpstr (((MosChatButton *) buttons->pdata[0])->data, ==, "1");
  g_assert_cmpstr (((MosChatButton *) buttons->pdata[1])->data, ==, "No");

  text = mos_chat_labels_to_text (labels);
  again = mos_chat_labels_from_text (text);
  g_assert_cmpstrv (again, labels);
  g_assert_null (mos_chat_labels_from_text (""));
}

/* What is kept between "Send" and the last part reads as it was written, and a stranger's bytes are none. */
static void
test_json (void)
{
  g_autoptr (MosChatOutgoing) outgoing = mos_chat_outgoing_new ();
  g_autoptr (MosChatOutgoing) again = NULL;
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GBytes) bad = g_bytes_new_static ("{\"parts\":[1]}", 13);
  MosChatPart *part = mos_chat_part_new (), *read;

  outgoing->thread = g_strdup (THREAD);
  outgoing->person = mos_chat_person_make ("telegram", "", "4711", NULL);
  outgoing->reply_to = g_strdup ("9");
  outgoing->tag = g_strdup ("human-agent");
  outgoing->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_part_unref);
  part->key = g_strdup ("k-0");
  part->text = g_strdup ("a \"quoted\" 😀");
  part->buttons = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_button_unref);
  g_ptr_array_add (part->buttons, mos_chat_button_make ("5", "csat:5"));
  part->template_name = g_strdup ("hello");
  part->template_values = g_strdupv ((char *[]) { (char *) "Ana", NULL });
  g_ptr_array_add (outgoing->parts, part);
  json = mos_chat_outgoing_to_json (outgoing);
  again = mos_chat_outgoing_from_json (json, NULL);
  g_assert_nonnull (again);
  g_assert_cmpstr (again->thread, ==, THREAD);
  g_assert_cmpstr (again->reply_to, ==, "9");
  g_assert_cmpstr (again->tag, ==, "human-agent");
  g_assert_cmpstr (again->person->value, ==, "4711");
  read = again->parts->pdata[0];
  g_assert_cmpstr (read->text, ==, part->text);
  g_assert_cmpstr (((MosChatButton *) read->buttons->pdata[0])->data, ==, "csat:5");
  g_assert_cmpstr (read->template_values[0], ==, "Ana");
  g_assert_null (mos_chat_outgoing_from_json (bad, NULL));
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/chat-parts/parts", test_parts);
  g_test_add_func ("/chat-parts/letter-box", test_letter_box);
  g_test_add_func ("/chat-parts/fit-picture", test_fit_picture);
  g_test_add_func ("/chat-parts/buttons", test_buttons);
  g_test_add_func ("/chat-parts/json", test_json);
  return g_test_run ();
}
