/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-pick-dialogs.h"

#include "app/widgets/mos-language-name.h"
#include "core/desk/mos-desk-categories.h"

#include <glib/gi18n.h>

/* Returns: (nullable) */
static MosConversationRow *
get_row (MosConversation *conversation)
{
  return conversation != NULL ? mos_conversation_get_row (conversation) : NULL;
}

AdwDialog *
mos_assign_dialog_new (MosDesk *desk,
                       MosConversation *conversation)
{
  MosPickDialog *self = mos_pick_dialog_new (_ ("Assign"), _ ("Assign to"));
  MosConversationRow *row = get_row (conversation);
  const char *assignee = row != NULL ? row->assignee : NULL;
  GPtrArray *agents = mos_desk_get_agents (desk);

  for (guint i = 0; i < agents->len; i++)
    {
      MosAgent *agent = g_ptr_array_index (agents, i);

      mos_pick_dialog_add (self, agent->id, agent->is_me && *agent->name == '\0' ? _ ("Me") : agent->name, NULL, NULL, g_strcmp0 (assignee, agent->id) == 0);
    }
  mos_pick_dialog_add (self, "", _ ("Nobody"), NULL, NULL, conversation != NULL && assignee == NULL);
  return ADW_DIALOG (self);
}

AdwDialog *
mos_language_dialog_new (MosConversation *conversation)
{
  MosPickDialog *self = mos_pick_dialog_new (_ ("Language"), _ ("Language of the conversation"));
  MosConversationRow *row = get_row (conversation);
  const char *chosen = row != NULL && row->is_language_chosen ? row->language : NULL;
  const char *detected = row != NULL && !row->is_language_chosen && row->language != NULL ? mos_language_name (row->language) : NULL;
  gboolean is_listed = FALSE;
  const MosLanguageName *names;
  guint n;

  mos_pick_dialog_add_search (self, _ ("Find a language"), _ ("No such language"));
  mos_pick_dialog_add (self, "", _ ("Detect From the Messages"), detected, NULL, chosen == NULL);
  names = mos_language_names (&n);
  for (guint i = 0; i < n; i++)
    {
      gboolean is_current = g_strcmp0 (chosen, names[i].code) == 0;

      mos_pick_dialog_add (self, names[i].code, names[i].name, NULL, names[i].code, is_current);
      is_listed = is_listed || is_current;
    }
  if (chosen != NULL && !is_listed)
    mos_pick_dialog_add (self, chosen, chosen, NULL, NULL, TRUE);
  return ADW_DIALOG (self);
}

AdwDialog *
mos_category_dialog_new (MosDesk *desk,
                         MosConversation *conversation)
{
  MosPickDialog *self = mos_pick_dialog_new (_ ("Category"), _ ("Category of the conversation"));
  MosConversationRow *row = get_row (conversation);
  const char *category = row != NULL ? row->category : NULL;
  GPtrArray *categories = mos_desk_get_categories (desk);

  mos_pick_dialog_add_search (self, _ ("Find a category"), _ ("No such category. Categories are made in the preferences."));
  for (guint i = 0; i < categories->len; i++)
    {
      const MosCategory *one = g_ptr_array_index (categories, i);
      gboolean is_current = g_strcmp0 (category, one->id) == 0;
      const char *subtitle = one->is_removed ? _ ("Not in the list any more") : one->is_complex ? C_ ("category", "Complex")
                                                                                                : NULL;

      /* One that was removed is shown where it is, and not offered. */
      if (!one->is_removed || is_current)
        mos_pick_dialog_add (self, one->id, one->name, subtitle, one->words, is_current);
    }
  mos_pick_dialog_add (self, "", _ ("No Category"), NULL, NULL, row != NULL && category == NULL);
  return ADW_DIALOG (self);
}
