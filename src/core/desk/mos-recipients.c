/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-composing.h"

#include "core/base/mos-text.h"
#include "core/desk/mos-rows.h"
#include "core/desk/mos-threading.h"

#include <string.h>

/* Pure parts of composing: whom, and what is quoted. */

static gboolean
mos_recipients_contain (GPtrArray *addresses,
                        const char *address)
{
  g_autofree char *canonical = mos_text_canonical_address (address);

  for (guint i = 0; i < addresses->len; i++)
    {
      g_autofree char *other = mos_text_canonical_address (((MosAddress *) g_ptr_array_index (addresses, i))->address);

      if (strcmp (canonical, other) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
mos_recipients_add (GPtrArray *target,
                    GPtrArray *but_not,
                    GPtrArray *addresses,
                    const char *const *own)
{
  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    {
      MosAddress *address = g_ptr_array_index (addresses, i);

      if (address->address == NULL || *address->address == '\0' || mos_own_contains (own, address->address) ||
          mos_recipients_contain (target, address->address) ||
          (but_not != NULL && mos_recipients_contain (but_not, address->address)))
        continue;
      g_ptr_array_add (target, mos_address_ref (address));
    }
}

void
mos_recipients_decide (const char *kind,
                       MosMessageRow *answered,
                       const char *const *own,
                       GPtrArray **ret_to,
                       GPtrArray **ret_cc)
{
  g_autoptr (GPtrArray) to = mos_address_array_new ();
  g_autoptr (GPtrArray) cc = mos_address_array_new ();
  gboolean is_all = strcmp (kind, "reply-all") == 0;

  if (answered != NULL && (is_all || strcmp (kind, "reply") == 0))
    {
      if (answered->direction == MOS_DIRECTION_OUTGOING)
        mos_recipients_add (to, NULL, answered->to, own);
      else
        {
          mos_recipients_add (to, NULL, answered->reply_to, own);
          if (to->len == 0 && answered->from != NULL && *answered->from->address != '\0')
            g_ptr_array_add (to, mos_address_ref (answered->from));
        }
      if (is_all)
        {
          if (answered->direction != MOS_DIRECTION_OUTGOING)
            mos_recipients_add (cc, to, answered->to, own);
          mos_recipients_add (cc, to, answered->cc, own);
        }
    }

  *ret_to = g_steal_pointer (&to);
  *ret_cc = g_steal_pointer (&cc);
}

static char *
mos_quote_address (MosAddress *address)
{
  if (address == NULL)
    return g_strdup ("");
  if (address->name != NULL && *address->name != '\0')
    return g_strdup_printf ("%s <%s>", address->name, address->address);
  return g_strdup (address->address);
}

static void
mos_quote_replace (GString *text,
                   const char *what,
                   const char *with)
{
  g_string_replace (text, what, with, 1);
}

char *
mos_quote_make (const char *kind,
                MosMessageRow *answered,
                const MosQuoteTexts *texts,
                GTimeZone *tz)
{
  g_autoptr (GString) quote = g_string_new (NULL);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (answered->sent_us != 0 ? answered->sent_us : answered->received_us);
  g_autoptr (GDateTime) local = tz != NULL ? g_date_time_to_timezone (utc, tz) : g_date_time_to_local (utc);
  g_autofree char *date = g_date_time_format (local, texts->date_format);
  g_autofree char *sender = mos_quote_address (answered->from);
  g_autofree char *whole = NULL;
  g_auto (GStrv) parts = NULL;

  if (strcmp (kind, "forward") == 0)
    {
      /* Header names are the protocol's own words, the same in every language. */
      g_string_append_printf (quote, "%s\nFrom: %s\nDate: %s\nSubject: %s\n", texts->forwarded, sender, date, answered->subject);
      if (answered->to->len > 0)
        {
          g_autofree char *to = mos_quote_address (g_ptr_array_index (answered->to, 0));

          g_string_append_printf (quote, "To: %s\n", to);
        }
      /* Between its parts an empty line will do. */
      parts = mos_text_split_parts (answered->text);
      whole = g_strjoinv ("\n\n", parts);
      g_string_append_printf (quote, "\n%s", whole);
    }
  else
    {
      /* Only what this one wrote: the history before it is in the conversation already. */
      g_autofree char *quoted = mos_text_quote (*answered->reply_text != '\0' ? answered->reply_text : answered->text);

      if (*quoted == '\0')
        return g_strdup ("");
      g_string_append (quote, texts->attribution);
      mos_quote_replace (quote, "{sender}", sender);
      mos_quote_replace (quote, "{date}", date);
      g_string_append_c (quote, '\n');
      g_string_append (quote, quoted);
    }
  return g_string_free (g_steal_pointer (&quote), FALSE);
}
