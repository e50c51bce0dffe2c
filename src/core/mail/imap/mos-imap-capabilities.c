/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-capabilities.h"

#include <string.h>

#define FLAG(name, member)                              \
  {                                                     \
    name, G_STRUCT_OFFSET (MosImapCapabilities, member) \
  }

static const struct
{
  const char *name;
  glong offset;
} words[] = {
  FLAG ("IMAP4REV1", imap4rev1),
  FLAG ("IMAP4REV2", imap4rev2),
  FLAG ("STARTTLS", starttls),
  FLAG ("LOGINDISABLED", logindisabled),
  FLAG ("SASL-IR", sasl_ir),
  FLAG ("IDLE", idle),
  FLAG ("UIDPLUS", uidplus),
  FLAG ("MOVE", move),
  FLAG ("CONDSTORE", condstore),
  FLAG ("QRESYNC", qresync),
  FLAG ("ENABLE", enable),
  FLAG ("ESEARCH", esearch),
  FLAG ("SPECIAL-USE", special_use),
  FLAG ("LIST-EXTENDED", list_extended),
  FLAG ("LITERAL+", literal_plus),
  FLAG ("LITERAL-", literal_minus),
  FLAG ("NAMESPACE", name_space),
  FLAG ("ID", id),
  FLAG ("COMPRESS=DEFLATE", compress_deflate),
  FLAG ("UTF8=ACCEPT", utf8_accept),
  FLAG ("UNSELECT", unselect),
  FLAG ("XLIST", xlist),
  FLAG ("NOTIFY", notify),
  FLAG ("LIST-STATUS", list_status),
  FLAG ("X-GM-EXT-1", gmail),
};

void
mos_imap_capabilities_clear (MosImapCapabilities *self)
{
  g_strfreev (self->auth);
  memset (self, 0, sizeof *self);
}

void
mos_imap_capabilities_parse (MosImapCapabilities *self,
                             const char *text)
{
  g_auto (GStrv) list = g_strsplit (text, " ", -1);
  g_autoptr (GStrvBuilder) auth = g_strv_builder_new ();

  mos_imap_capabilities_clear (self);
  self->known = TRUE;
  for (gsize i = 0; list[i] != NULL; i++)
    {
      if (g_ascii_strncasecmp (list[i], "AUTH=", 5) == 0)
        g_strv_builder_add (auth, list[i] + 5);
      else if (g_ascii_strncasecmp (list[i], "APPENDLIMIT=", 12) == 0)
        g_ascii_string_to_unsigned (list[i] + 12, 10, 0, G_MAXUINT64, &self->append_limit, NULL);
      for (gsize w = 0; w < G_N_ELEMENTS (words); w++)
        if (g_ascii_strcasecmp (list[i], words[w].name) == 0)
          G_STRUCT_MEMBER (gboolean, self, words[w].offset) = TRUE;
    }
  self->auth = g_strv_builder_end (auth);

  /* RFC 7162 §3.2.3: QRESYNC implies the other two. */
  if (self->qresync)
    self->condstore = self->enable = TRUE;
  /* RFC 9051 §2.2 made these part of the base. A server that offers both is a rev1 server until ENABLE IMAP4rev2, and lists what it has. */
  if (self->imap4rev2 && !self->imap4rev1)
    {
      self->idle = self->uidplus = self->move = self->enable = self->esearch = TRUE;
      self->sasl_ir = self->name_space = self->unselect = self->literal_minus = TRUE;
      self->list_extended = self->special_use = self->list_status = TRUE;
    }
}

/* Every entry names the line it was seen in, and tests/core/test-imap-values.c holds it. */
void
mos_imap_quirks_learn (MosImapQuirks *self,
                       const char *line,
                       const MosImapCapabilities *capabilities)
{
  g_autofree char *lower = g_ascii_strdown (line, -1);

  /* "* OK Gimap ready for requests from …" and the capability X-GM-EXT-1: SMTP files the copy, labels show as folders. */
  if (capabilities->gmail || strstr (lower, "ok gimap ready") != NULL)
    {
      self->files_sent = TRUE;
      self->labels_are_folders = TRUE;
    }
  /* "* OK The Microsoft Exchange IMAP4 service is ready. […]" on outlook.office365.com: submission files the copy. */
  else if (strstr (lower, "microsoft exchange imap4 service") != NULL)
    self->files_sent = TRUE;
  /* "* ID ("name" "Dovecot")", 2.4.1: NOTIFY with a name in modified UTF-7 is accepted, and nothing is ever told of that folder. */
  else if (strstr (lower, "* id (\"name\" \"dovecot\"") != NULL)
    self->notify_ascii_only = TRUE;
  else
    return;

  g_free (self->evidence);
  self->evidence = g_strdup (line);
}

void
mos_imap_quirks_clear (MosImapQuirks *self)
{
  g_free (self->evidence);
  memset (self, 0, sizeof *self);
}
