/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-chat-buttons.h"

#include <string.h>

MosChatButtonsProblem
mos_chat_buttons_check (const MosChannelTraits *traits,
                        const char *const *labels,
                        const char **ret_label)
{
  for (guint i = 0; labels != NULL && labels[i] != NULL; i++)
    {
      g_autofree char *label = g_strstrip (g_strdup (labels[i]));

      if (ret_label != NULL)
        *ret_label = labels[i];
      if (traits->buttons_max == 0)
        return MOS_CHAT_BUTTONS_NONE_THERE;
      if (i >= traits->buttons_max)
        return MOS_CHAT_BUTTONS_TOO_MANY;
      if (*label == '\0' || strchr (label, '\n') != NULL)
        return MOS_CHAT_BUTTONS_EMPTY;
      if (mos_split_count (label, MOS_SPLIT_CHARACTERS) > traits->button_label_max)
        return MOS_CHAT_BUTTONS_TOO_LONG;
      for (guint k = 0; k < i; k++)
        if (g_str_equal (labels[k], labels[i]))
          return MOS_CHAT_BUTTONS_TWICE;
    }
  if (ret_label != NULL)
    *ret_label = NULL;
  return MOS_CHAT_BUTTONS_FINE;
}

GPtrArray *
mos_chat_buttons_make (const MosChannelTraits *traits,
                       const char *const *labels)
{
  g_autoptr (GPtrArray) buttons = NULL;

  if (labels == NULL || labels[0] == NULL || traits->buttons_max == 0)
    return NULL;
  buttons = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_button_unref);
  for (guint i = 0; labels[i] != NULL; i++)
    {
      /* Its words come back, so that they are understood also where the message is not there any more; or its number, where they are too long for that. */
      g_autofree char *number = g_strdup_printf ("%u", i + 1);

      g_ptr_array_add (buttons, mos_chat_button_make (labels[i], strlen (labels[i]) <= traits->button_data_max ? labels[i] : number));
    }
  return g_steal_pointer (&buttons);
}
