/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "chat-contract.h"

#include "core/channels/dummy/mos-dummy-chat.h"
#include "core/desk/mos-rows.h"
#include "mos-test.h"

/* The least of a chat does all that every chat must do: on a platform that takes our keys, and on one that does not. */

#define ACCOUNT "dummy-account"

static guint n_messages;
static const char *kind;

static gpointer
begin (const char *as_kind)
{
  kind = as_kind;
  mos_dummy_platform_reset ();
  n_messages = 0;
  return mos_dummy_platform_get (ACCOUNT);
}

static gpointer
begin_plain (void)
{
  return begin ("dummy-chat");
}

static gpointer
begin_with_keys (void)
{
  return begin ("dummy-chat-keys");
}

static void
end (gpointer platform)
{
  mos_dummy_platform_reset ();
}

static MosAccount *
make_account (gpointer platform)
{
  MosAccount *account = mos_account_new ();

  account->id = g_strdup (ACCOUNT);
  account->kind = g_strdup (kind);
  account->name = g_strdup ("Shop");
  account->address = g_strdup ("@shop");
  mos_account_fill (account);
  return account;
}

static MosChatUpdate *
make_update (MosChatUpdateKind update_kind,
             const char *thread,
             const char *id,
             const char *text)
{
  MosChatUpdate *update = mos_chat_update_new ();

  update->kind = update_kind;
  update->thread = g_strdup (thread);
  update->id = g_strdup (id);
  update->text = g_strdup (text);
  update->person = mos_chat_person_make ("dummy", "", thread, "Ana");
  return update;
}

static char *
deliver (gpointer platform,
         const char *thread,
         const char *text,
         GBytes *data)
{
  g_autofree char *id = g_strdup_printf ("in-%u", n_messages++);
  MosChatUpdate *update = make_update (MOS_CHAT_MESSAGE, thread, id, text);

  if (data != NULL)
    {
      MosChatFile *file = mos_chat_file_new ();

      file->ref = g_strdup (id);
      file->name = g_strdup ("picture.jpg");
      file->type = g_strdup ("image/jpeg");
      file->kind = MOS_FILE_IMAGE;
      update->files = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_file_unref);
      g_ptr_array_add (update->files, file);
      mos_dummy_platform_put_file (platform, id, data);
    }
  mos_dummy_platform_add (platform, update);
  return g_steal_pointer (&id);
}

static void
edit (gpointer platform,
      const char *thread,
      const char *id,
      const char *text)
{
  mos_dummy_platform_add (platform, make_update (MOS_CHAT_EDIT, thread, id, text));
}

static void
withdraw (gpointer platform,
          const char *thread,
          const char *id)
{
  mos_dummy_platform_add (platform, make_update (MOS_CHAT_DELETE, thread, id, ""));
}

static void
fail (gpointer platform,
      ChatFault fault)
{
  switch (fault)
    {
    case CHAT_FAULT_BUSY:
      mos_dummy_platform_fail (platform, MOS_DUMMY_POLL, MOS_CHAT_ERROR_TEMPORARY, 1, FALSE);
      mos_dummy_platform_fail (platform, MOS_DUMMY_SEND, MOS_CHAT_ERROR_TEMPORARY, 1, FALSE);
      break;
    case CHAT_FAULT_KEY:
      mos_dummy_platform_fail (platform, MOS_DUMMY_OPEN, MOS_CHAT_ERROR_KEY_REFUSED, G_MAXUINT, FALSE);
      mos_dummy_platform_fail (platform, MOS_DUMMY_SEND, MOS_CHAT_ERROR_KEY_REFUSED, G_MAXUINT, FALSE);
      break;
    case CHAT_FAULT_REFUSED:
      mos_dummy_platform_fail (platform, MOS_DUMMY_SEND, MOS_CHAT_ERROR_REFUSED, 1, FALSE);
      break;
    case CHAT_FAULT_LOST_ANSWER:
      mos_dummy_platform_fail (platform, MOS_DUMMY_SEND, MOS_CHAT_ERROR_UNCERTAIN, 1, TRUE);
      break;
    case CHAT_FAULT_HELD:
    case CHAT_FAULT_NONE:
    default:
      for (int call = MOS_DUMMY_OPEN; call <= MOS_DUMMY_CHANGE; call++)
        mos_dummy_platform_fail (platform, (MosDummyCall) call, MOS_CHAT_ERROR_TEMPORARY, 0, FALSE);
      break;
    }
}

static GPtrArray *
list_sent (gpointer platform)
{
  return mos_dummy_platform_list_sent (platform);
}

static guint
count_polls (gpointer platform)
{
  return mos_dummy_platform_count_calls (platform, MOS_DUMMY_OPEN);
}

static GPtrArray *
list_shown (gpointer platform)
{
  return mos_dummy_platform_list_shown (platform);
}

static char *
dup_sign (gpointer platform,
          const char *thread,
          const char *id)
{
  return mos_dummy_platform_dup_sign (platform, id);
}

static void
fail_change (gpointer platform,
             ChatChangeFault fault)
{
  if (fault == CHAT_CHANGE_LOST)
    mos_dummy_platform_fail (platform, MOS_DUMMY_CHANGE, MOS_CHAT_ERROR_UNCERTAIN, 1, TRUE);
  else
    mos_dummy_platform_fail (platform, MOS_DUMMY_CHANGE, MOS_CHAT_ERROR_REFUSED, 1, FALSE);
}

int
main (int argc,
      char **argv)
{
  static const ChatPlatform platforms[] = {
    { "dummy-chat", "secret", begin_plain, end, make_account, deliver, edit, withdraw, fail, list_sent, count_polls, list_shown, dup_sign, fail_change },
    { "dummy-chat-keys", "secret", begin_with_keys, end, make_account, deliver, edit, withdraw, fail, list_sent, count_polls, list_shown, dup_sign, fail_change },
  };

  mos_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (platforms); i++)
    {
      chat_contract_add (&platforms[i]);
      chat_contract_add_changes (&platforms[i]);
    }
  return g_test_run ();
}
