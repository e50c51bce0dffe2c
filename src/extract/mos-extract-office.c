/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "extract/mos-extract.h"

#include <archive.h>
#include <archive_entry.h>
#include <libxml/xmlreader.h>
#include <string.h>

/* ODF (ISO/IEC 26300) and OOXML (ECMA-376): a ZIP of XML files. What is packed in what is packed is not opened. */

#define MAX_MEMBERS 4000
#define MAX_MEMBER (32 << 20)

static gboolean
is_text_member (const char *name)
{
  return strcmp (name, "content.xml") == 0 || strcmp (name, "word/document.xml") == 0 || strcmp (name, "word/footnotes.xml") == 0 || strcmp (name, "word/endnotes.xml") == 0 ||
         strcmp (name, "xl/sharedStrings.xml") == 0 || (g_str_has_prefix (name, "word/header") && g_str_has_suffix (name, ".xml")) ||
         (g_str_has_prefix (name, "word/footer") && g_str_has_suffix (name, ".xml")) || (g_str_has_prefix (name, "xl/worksheets/") && g_str_has_suffix (name, ".xml")) ||
         (g_str_has_prefix (name, "ppt/slides/slide") && g_str_has_suffix (name, ".xml"));
}

static gboolean
is_one_of (const char *name,
           const char *const *names)
{
  return name != NULL && g_strv_contains (names, name);
}

/* The text between the tags: paragraphs and rows become lines, cells and tabs blanks. */
static void
append_xml (GString *out,
            const char *data,
            gsize size)
{
  static const char *const lines[] = { "p", "h", "si", "row", "table-row", "tr", "br", "line-break", NULL };
  static const char *const blanks[] = { "c", "table-cell", "tc", "tab", "s", NULL };
  /* No network, no entities of its own, and the limits of the library left in force. */
  xmlTextReaderPtr reader = xmlReaderForMemory (data, (int) size, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
  gboolean is_reference = FALSE;

  while (reader != NULL && out->len < MOS_EXTRACT_MAX_TEXT && xmlTextReaderRead (reader) == 1)
    {
      int type = xmlTextReaderNodeType (reader);
      const char *name = (const char *) xmlTextReaderConstLocalName (reader);

      if (type == XML_READER_TYPE_ELEMENT && strcmp (name, "c") == 0)
        {
          /* A cell that only says which of the shared strings it is. */
          char *kind = (char *) xmlTextReaderGetAttribute (reader, (const xmlChar *) "t");

          is_reference = g_strcmp0 (kind, "s") == 0;
          xmlFree (kind);
        }
      if ((type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA) && !is_reference)
        g_string_append (out, (const char *) xmlTextReaderConstValue (reader));
      else if (type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE)
        g_string_append_c (out, ' ');
      else if (type == XML_READER_TYPE_END_ELEMENT || (type == XML_READER_TYPE_ELEMENT && xmlTextReaderIsEmptyElement (reader)))
        {
          if (is_one_of (name, lines))
            g_string_append_c (out, '\n');
          else if (is_one_of (name, blanks))
            g_string_append_c (out, ' ');
          if (strcmp (name, "c") == 0)
            is_reference = FALSE;
        }
    }
  xmlFreeTextReader (reader);
}

/* Returns: (transfer full) (nullable): the bytes of a member; %NULL when it is too large or damaged */
static GByteArray *
read_member (struct archive *archive,
             gsize *left)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  guint8 piece[65536];
  la_ssize_t n;

  while ((n = archive_read_data (archive, piece, sizeof piece)) > 0)
    {
      if ((gsize) n > *left || data->len + (gsize) n > MAX_MEMBER)
        return NULL;
      *left -= (gsize) n;
      g_byte_array_append (data, piece, (guint) n);
    }
  return n == 0 ? g_steal_pointer (&data) : NULL;
}

MosExtractExit
mos_extract_office (const guint8 *data,
                    gsize size,
                    GString *out)
{
  struct archive *archive = archive_read_new ();
  struct archive_entry *entry;
  MosExtractExit result = MOS_EXTRACT_NONE;
  gsize left = MOS_EXTRACT_MAX_UNPACKED;
  guint n = 0;

  archive_read_support_format_zip_streamable (archive);
  archive_read_support_format_zip_seekable (archive);
  if (archive_read_open_memory (archive, data, size) != ARCHIVE_OK)
    result = MOS_EXTRACT_FAILED;
  else
    while (out->len < MOS_EXTRACT_MAX_TEXT && n++ < MAX_MEMBERS && archive_read_next_header (archive, &entry) == ARCHIVE_OK)
      {
        const char *name = archive_entry_pathname (entry);
        g_autoptr (GByteArray) member = NULL;

        if (name == NULL || !is_text_member (name))
          continue;
        if (archive_entry_is_encrypted (entry))
          {
            result = MOS_EXTRACT_ENCRYPTED;
            break;
          }
        member = read_member (archive, &left);
        if (member == NULL)
          {
            result = MOS_EXTRACT_FAILED;
            break;
          }
        append_xml (out, (const char *) member->data, member->len);
        result = MOS_EXTRACT_DONE;
      }
  archive_read_free (archive);
  return result;
}
