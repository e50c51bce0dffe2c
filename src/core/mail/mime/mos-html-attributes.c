/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-html-walker.h"

#include <string.h>

const char *
mos_html_attribute (const xmlChar **attributes,
                    const char *name)
{
  for (gsize i = 0; attributes != NULL && attributes[i] != NULL; i += 2)
    if (g_ascii_strcasecmp ((const char *) attributes[i], name) == 0)
      return attributes[i + 1] != NULL ? (const char *) attributes[i + 1] : "";
  return NULL;
}

/* The value of a CSS property in a style attribute, lower case without blanks; "" when absent. */
char *
mos_html_style_value (const char *style,
                      const char *property)
{
  g_auto (GStrv) declarations = style != NULL ? g_strsplit (style, ";", 200) : NULL;

  for (guint i = 0; declarations != NULL && declarations[i] != NULL; i++)
    {
      char *colon = strchr (declarations[i], ':');

      if (colon == NULL)
        continue;
      *colon = '\0';
      if (g_ascii_strcasecmp (g_strstrip (declarations[i]), property) == 0)
        {
          GString *value = g_string_new (NULL);

          for (const char *p = colon + 1; *p != '\0'; p++)
            if (!g_ascii_isspace (*p))
              g_string_append_c (value, g_ascii_tolower (*p));
          return g_string_free (value, FALSE);
        }
    }
  return g_strdup ("");
}

gboolean
mos_html_is_zero (const char *value)
{
  char *end;

  if (*value == '\0')
    return FALSE;
  return g_ascii_strtod (value, &end) == 0 && end != value;
}

gboolean
mos_html_style_hides (const char *style)
{
  g_autofree char *display = NULL;
  g_autofree char *visibility = NULL;
  g_autofree char *font_size = NULL;
  g_autofree char *max_height = NULL;
  g_autofree char *height = NULL;
  g_autofree char *overflow = NULL;
  g_autofree char *opacity = NULL;
  g_autofree char *mso = NULL;

  if (style == NULL)
    return FALSE;
  display = mos_html_style_value (style, "display");
  visibility = mos_html_style_value (style, "visibility");
  font_size = mos_html_style_value (style, "font-size");
  max_height = mos_html_style_value (style, "max-height");
  height = mos_html_style_value (style, "height");
  overflow = mos_html_style_value (style, "overflow");
  opacity = mos_html_style_value (style, "opacity");
  mso = mos_html_style_value (style, "mso-hide");
  return g_str_has_prefix (display, "none") || g_str_has_prefix (visibility, "hidden") || g_str_has_prefix (mso, "all") ||
         mos_html_is_zero (opacity) || (mos_html_is_zero (font_size) && *display == '\0') ||
         ((mos_html_is_zero (max_height) || mos_html_is_zero (height)) && g_str_has_prefix (overflow, "hidden"));
}

static gboolean
has_class (const char *classes,
           const char *name)
{
  gsize n = strlen (name);

  for (const char *p = classes; p != NULL && (p = strstr (p, name)) != NULL; p += n)
    if ((p == classes || g_ascii_isspace (p[-1])) && (p[n] == '\0' || g_ascii_isspace (p[n])))
      return TRUE;
  return FALSE;
}

char *
mos_html_safe_href (const char *href)
{
  static const char *const schemes[] = { "http:", "https:", "mailto:", "tel:", "geo:" };
  g_autoptr (GString) clean = g_string_new (NULL);

  if (href == NULL)
    return NULL;
  while (g_ascii_isspace (*href))
    href++;
  /* browsers drop tabs and line breaks inside an address, so "java\nscript:" must be judged without them */
  for (const char *p = href; *p != '\0' && clean->len < 8192; p++)
    if ((guchar) *p > 0x20 && *p != 0x7f)
      g_string_append_c (clean, *p);
    else if (*p == ' ' && p[1] != '\0' && p[1] != ' ')
      g_string_append (clean, "%20");
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      gsize n = strlen (schemes[i]);

      if (g_ascii_strncasecmp (clean->str, schemes[i], n) == 0)
        {
          if (clean->str[n] == '\0' || (i < 2 && strncmp (clean->str + n, "//", 2) != 0))
            return NULL;
          for (gsize j = 0; j < n; j++)
            clean->str[j] = g_ascii_tolower (clean->str[j]);
          return g_utf8_make_valid (clean->str, (gssize) clean->len);
        }
    }
  return NULL;
}

int
mos_html_pixels (const char *value)
{
  char *end;
  double number;

  if (value == NULL)
    return -1;
  number = g_ascii_strtod (value, &end);
  if (end == value || *end == '%' || number < 0 || number > 20000)
    return -1;
  return (int) number;
}

/* --- history marks of mail programs --- */

gboolean
mos_html_starts_history (const char *id,
                         const char *classes,
                         const char *style)
{
  if (id != NULL && (strstr (id, "divRplyFwdMsg") != NULL || strstr (id, "appendonsend") != NULL || strstr (id, "mail-editor-reference-message-container") != NULL ||
                     strcmp (id, "zwchr") == 0 || strcmp (id, "reply-intro") == 0))
    return TRUE;
  if (classes != NULL && (has_class (classes, "OutlookMessageHeader") || strstr (classes, "ms-outlook-mobile-reference-message") != NULL))
    return TRUE;
  if (style != NULL)
    {
      /* desktop Outlook parts its header block from the answer only by a line above it */
      g_autofree char *top = mos_html_style_value (style, "border-top");

      if (strcmp (top, "solid#e1e1e11.0pt") == 0 || strcmp (top, "solid#b5c4df1.0pt") == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
mos_html_is_quotation (const char *id,
                       const char *classes,
                       const char *name)
{
  static const char *const quote_classes[] = {
    "gmail_quote", "gmail_quote_container", "gmail_attr", "protonmail_quote", "yahoo_quoted", "moz-cite-prefix", "tutanota_quote", "mail-quote-collapse", "zmail_extra", "quoted-text", "mail_android_quote", "AppleOriginalContents"
  };

  for (gsize i = 0; classes != NULL && i < G_N_ELEMENTS (quote_classes); i++)
    if (has_class (classes, quote_classes[i]))
      return TRUE;
  if (classes != NULL && (strstr (classes, "yahoo_quoted") != NULL || strstr (classes, "gmail_quote") != NULL))
    return TRUE;
  if (id != NULL && (strstr (id, "yahoo_quoted") != NULL || strstr (id, "OLK_SRC_BODY_SECTION") != NULL || strstr (id, "isForwardContent") != NULL || strstr (id, "isReplyContent") != NULL))
    return TRUE;
  return name != NULL && strcmp (name, "quote") == 0;
}

gboolean
mos_html_is_signature (const char *id,
                       const char *classes)
{
  static const char *const names[] = { "gmail_signature", "moz-signature", "protonmail_signature_block", "ms-outlook-mobile-signature", "ms-outlook-ios-signature", "yahoo-signature", "ydpsignature" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if ((classes != NULL && strstr (classes, names[i]) != NULL) || (id != NULL && strstr (id, names[i]) != NULL))
      return TRUE;
  return id != NULL && (strcmp (id, "Signature") == 0 || strcmp (id, "AppleMailSignature") == 0);
}
