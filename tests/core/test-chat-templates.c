/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/base/mos-error.h"
#include "core/base/mos-json-read.h"
#include "core/channels/meta/mos-whatsapp-send.h"
#include "core/channels/meta/mos-whatsapp-templates.h"
#include "core/channels/twilio/mos-twilio-content.h"
#include "core/values/mos-chat-template.h"
#include "mos-test.h"

#include <string.h>

/* Templates: what Meta's own description shows (the first three of CLOUD), what else it knows, what Twilio's documentation shows, and how each reads and is sent. */

static const char CLOUD[] =
    "{\"data\":["
    "{\"name\":\"hello_world\",\"language\":\"en_US\",\"status\":\"APPROVED\",\"category\":\"MARKETING\",\"id\":\"1192339204654487\",\"previous_category\":\"ACCOUNT_UPDATE\",\"components\":["
    "{\"type\":\"HEADER\",\"format\":\"TEXT\",\"text\":\"Hello World\"},{\"type\":\"BODY\",\"text\":\"Welcome and congratulations!!\"},{\"type\":\"FOOTER\",\"text\":\"WhatsApp Business API Team\"}]},"
    "{\"name\":\"2023_april_promo\",\"language\":\"en_US\",\"status\":\"APPROVED\",\"category\":\"MARKETING\",\"id\":\"920070352646140\",\"components\":["
    "{\"type\":\"HEADER\",\"format\":\"TEXT\",\"text\":\"Fall Sale\"},{\"type\":\"BODY\",\"text\":\"Hi {{1}}, our Fall Sale is on! Use promo code {{2}}.\",\"example\":{\"body_text\":[[\"Mark\",\"FALL25\"]]}},"
    "{\"type\":\"FOOTER\",\"text\":\"Not interested?\"},{\"type\":\"BUTTONS\",\"buttons\":[{\"type\":\"QUICK_REPLY\",\"text\":\"Stop promotions\"}]}]},"
    "{\"name\":\"rejected\",\"language\":\"en_US\",\"status\":\"REJECTED\",\"category\":\"MARKETING\",\"components\":[{\"type\":\"BODY\",\"text\":\"No\"}]},"
    /* The places are sent in their order, whatever the text does with it. */
    "{\"name\":\"umgekehrt\",\"language\":\"de\",\"status\":\"APPROVED\",\"category\":\"UTILITY\",\"components\":[{\"type\":\"HEADER\",\"format\":\"TEXT\",\"text\":\"Nr. {{1}}\"},{\"type\":\"BODY\",\"text\":\"{{2}}, {{1}} und {{2}}\"}]},"
    "{\"name\":\"named\",\"language\":\"es\",\"status\":\"APPROVED\",\"category\":\"UTILITY\",\"components\":[{\"type\":\"BODY\",\"text\":\"Hola {{ nombre }}\",\"example\":{\"body_text_named_params\":[{\"param_name\":\"nombre\",\"example\":\"Ana\"}]}}]},"
    "{\"name\":\"titled\",\"language\":\"es\",\"status\":\"APPROVED\",\"category\":\"UTILITY\",\"components\":[{\"type\":\"HEADER\",\"format\":\"TEXT\",\"text\":\"Pedido {{numero}}\"},{\"type\":\"BODY\",\"text\":\"Hola {{nombre}}\"}]},"
    /* These need more than words. */
    "{\"name\":\"picture\",\"language\":\"en\",\"status\":\"APPROVED\",\"components\":[{\"type\":\"HEADER\",\"format\":\"IMAGE\"},{\"type\":\"BODY\",\"text\":\"Look\"}]},"
    "{\"name\":\"track\",\"language\":\"en\",\"status\":\"APPROVED\",\"components\":[{\"type\":\"BODY\",\"text\":\"Follow it\"},{\"type\":\"BUTTONS\",\"buttons\":[{\"type\":\"URL\",\"text\":\"Track\",\"url\":\"https://a.example/{{1}}\"}]}]},"
    "{\"name\":\"code\",\"language\":\"en\",\"status\":\"APPROVED\",\"components\":[{\"type\":\"BODY\",\"text\":\"{{1}}\"},{\"type\":\"BUTTONS\",\"buttons\":[{\"type\":\"OTP\",\"text\":\"Copy\"}]}]},"
    "{\"name\":\"carousel\",\"language\":\"en\",\"status\":\"APPROVED\",\"components\":[{\"type\":\"BODY\",\"text\":\"x\"},{\"type\":\"CAROUSEL\",\"cards\":[]}]},"
    /* A gap nobody can fill; no text; no object at all */
    "{\"name\":\"gap\",\"language\":\"en\",\"status\":\"APPROVED\",\"components\":[{\"type\":\"BODY\",\"text\":\"{{1}} {{3}}\"}]},"
    "{\"name\":\"empty\",\"language\":\"en\",\"status\":\"APPROVED\",\"components\":[]},"
    "7,{\"name\":null,\"status\":\"APPROVED\"}"
    "],\"paging\":{\"cursors\":{\"before\":\"MAZDZD\",\"after\":\"MjQZD\"},\"next\":\"https://graph.facebook.com/v23.0/1/message_templates?after=MjQZD\"}}";

static GPtrArray *
read_cloud (char **ret_next)
{
  GPtrArray *templates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_template_unref);
  g_autoptr (GBytes) bytes = g_bytes_new_static (CLOUD, strlen (CLOUD));
  g_autoptr (JsonObject) page = mos_json_read_root (bytes, NULL);

  g_assert_nonnull (page);
  *ret_next = mos_whatsapp_parse_templates (page, templates);
  return templates;
}

static void
test_cloud (void)
{
  g_autofree char *next = NULL;
  g_autoptr (GPtrArray) templates = read_cloud (&next);
  static const struct
  {
    const char *title;
    const char *places;
    const char *samples;
    const char *header_place;
    gboolean is_named;
    const char *category;
  } table[] = {
    { "hello world", "", "", NULL, FALSE, "marketing" },
    { "2023 april promo", "1|2", "Mark|FALL25", NULL, FALSE, "marketing" },
    { "umgekehrt", "1|2", "|", "1", FALSE, "utility" },
    { "named", "nombre", "Ana", NULL, TRUE, "utility" },
    { "titled", "nombre", "", "numero", TRUE, "utility" },
  };

  g_assert_cmpstr (next, ==, "MjQZD");
  g_assert_cmpuint (templates->len, ==, G_N_ELEMENTS (table));
  for (guint i = 0; i < templates->len; i++)
    {
      const MosChatTemplate *template = templates->pdata[i];
      g_autofree char *places = g_strjoinv ("|", template->places);
      g_autofree char *samples = g_strjoinv ("|", template->samples);

      g_assert_cmpstr (template->title, ==, table[i].title);
      g_assert_cmpstr (places, ==, table[i].places);
      g_assert_cmpstr (samples, ==, table[i].samples);
      g_assert_cmpstr (template->header_place, ==, table[i].header_place);
      g_assert_cmpint (template->is_named, ==, table[i].is_named);
      g_assert_cmpstr (template->category, ==, table[i].category);
    }
}

/* How it reads, and what is sent for it */
static void
test_sent (void)
{
  g_autofree char *next = NULL;
  g_autoptr (GPtrArray) templates = read_cloud (&next);
  static const struct
  {
    guint template;
    const char *values[3];
    const char *header;
    const char *text;
    const char *json;
  } table[] = {
    { 0, { NULL }, NULL, "Hello World\n\nWelcome and congratulations!!\n\nWhatsApp Business API Team", "{\"name\":\"hello_world\",\"language\":{\"code\":\"en_US\"}}" },
    { 1, { "Ana", "{{1}}", NULL }, NULL, "Fall Sale\n\nHi Ana, our Fall Sale is on! Use promo code {{1}}.\n\nNot interested?", "{\"name\":\"2023_april_promo\",\"language\":{\"code\":\"en_US\"},\"components\":[{\"type\":\"body\",\"parameters\":[{\"type\":\"text\",\"text\":\"Ana\"},{\"type\":\"text\",\"text\":\"{{1}}\"}]}]}" },
    { 2, { "A", "B", NULL }, "1042", "Nr. 1042\n\nB, A und B", "{\"name\":\"umgekehrt\",\"language\":{\"code\":\"de\"},\"components\":[{\"type\":\"header\",\"parameters\":[{\"type\":\"text\",\"text\":\"1042\"}]},"
                                                               "{\"type\":\"body\",\"parameters\":[{\"type\":\"text\",\"text\":\"A\"},{\"type\":\"text\",\"text\":\"B\"}]}]}" },
    { 3, { "Luis", NULL }, NULL, "Hola Luis", "{\"name\":\"named\",\"language\":{\"code\":\"es\"},\"components\":[{\"type\":\"body\",\"parameters\":[{\"type\":\"text\",\"parameter_name\":\"nombre\",\"text\":\"Luis\"}]}]}" },
    { 4, { "Luis", NULL }, "1042", "Pedido 1042\n\nHola Luis", "{\"name\":\"titled\",\"language\":{\"code\":\"es\"},\"components\":[{\"type\":\"header\",\"parameters\":[{\"type\":\"text\",\"parameter_name\":\"numero\",\"text\":\"1042\"}]},"
                                                               "{\"type\":\"body\",\"parameters\":[{\"type\":\"text\",\"parameter_name\":\"nombre\",\"text\":\"Luis\"}]}]}" },
    /* What is not filled in yet stands there as it is. */
    { 2, { "", "B", NULL }, NULL, "Nr. {{1}}\n\nB, {{1}} und B", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (MosChatPart) part = mos_chat_template_make_part (templates->pdata[table[i].template], table[i].values, table[i].header);
      g_autoptr (MosChatOutgoing) outgoing = mos_chat_outgoing_new ();
      g_autoptr (MosChatOutgoing) read = NULL;
      g_autoptr (GBytes) stored = NULL;
      g_autoptr (JsonNode) node = NULL;
      g_autofree char *json = NULL;

      g_assert_cmpstr (part->text, ==, table[i].text);
      if (table[i].json == NULL)
        continue;
      /* As it is kept in the outbox until it leaves */
      part->key = g_strdup ("k");
      outgoing->thread = g_strdup ("34600111222");
      outgoing->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_part_unref);
      g_ptr_array_add (outgoing->parts, mos_chat_part_ref (part));
      stored = mos_chat_outgoing_to_json (outgoing);
      read = mos_chat_outgoing_from_json (stored, NULL);
      g_assert_nonnull (read);
      node = mos_whatsapp_build_message (read, read->parts->pdata[0], NULL);
      json = json_to_string (json_object_get_member (json_node_get_object (node), "template"), FALSE);
      g_assert_cmpstr (json, ==, table[i].json);
    }
}

static void
test_order (void)
{
  g_autofree char *next = NULL;
  g_autoptr (GPtrArray) templates = read_cloud (&next);

  mos_chat_template_sort (templates, "es-MX");
  g_assert_cmpstr (((MosChatTemplate *) templates->pdata[0])->name, ==, "named");
  mos_chat_template_sort (templates, "en");
  g_assert_cmpstr (((MosChatTemplate *) templates->pdata[0])->language, ==, "en_US");
  g_assert_cmpstr (((MosChatTemplate *) templates->pdata[1])->language, ==, "en_US");
  mos_chat_template_sort (templates, NULL);
  g_assert_cmpstr (((MosChatTemplate *) templates->pdata[0])->name, ==, "2023_april_promo");
}

static void
test_twilio (void)
{
  static const char page[] =
      "{\"meta\":{\"page\":0,\"page_size\":50,\"next_page_url\":\"https://content.twilio.com/v1/ContentAndApprovals?PageSize=50&Page=1\",\"key\":\"contents\"},\"contents\":["
      "{\"sid\":\"HX11111111111111111111111111111111\",\"friendly_name\":\"order_shipped\",\"language\":\"en\",\"variables\":{\"1\":\"Mark\"},\"types\":{\"twilio/text\":{\"body\":\"Hi {{1}}, it is on its way.\"}},"
      "\"approval_requests\":{\"status\":\"approved\",\"category\":\"UTILITY\",\"name\":\"order_shipped\"}},"
      "{\"sid\":\"HX22222222222222222222222222222222\",\"friendly_name\":\"card\",\"language\":\"en\",\"types\":{\"whatsapp/card\":{\"body\":\"b\",\"media\":[\"https://a.example/owl.jpg\"]}},\"approval_requests\":{\"status\":\"approved\"}},"
      "{\"sid\":\"HX33333333333333333333333333333333\",\"friendly_name\":\"waits\",\"language\":\"en\",\"types\":{\"twilio/text\":{\"body\":\"b\"}},\"approval_requests\":{\"status\":\"submitted\"}},"
      "{\"sid\":\"HX44444444444444444444444444444444\",\"friendly_name\":\"buttons\",\"language\":\"es\",\"types\":{\"twilio/call-to-action\":{\"body\":\"b\",\"actions\":[{\"type\":\"URL\",\"url\":\"https://a.example/{{1}}\"}]}},\"approval_requests\":{\"status\":\"approved\"}},"
      "{\"sid\":\"HX55555555555555555555555555555555\",\"language\":\"es\",\"types\":{\"twilio/quick-reply\":{\"body\":\"¿Todo bien?\",\"actions\":[{\"title\":\"Sí\",\"id\":\"1\"}]}},\"approval_requests\":{\"status\":\"approved\",\"category\":\"UTILITY\"}},"
      "null]}";
  static const char *const no_pages[] = { "", "[]", "{}", "{\"contents\":7}", "{\"code\":20404}" };
  g_autoptr (GPtrArray) templates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_template_unref);
  g_autoptr (GBytes) bytes = g_bytes_new_static (page, strlen (page));
  g_autofree char *next = NULL;
  g_autoptr (GError) error = NULL;
  const MosChatTemplate *first;

  g_assert_true (mos_twilio_parse_contents (bytes, templates, &next, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (next, ==, "https://content.twilio.com/v1/ContentAndApprovals?PageSize=50&Page=1");
  g_assert_cmpuint (templates->len, ==, 2);
  first = templates->pdata[0];
  g_assert_cmpstr (first->name, ==, "HX11111111111111111111111111111111");
  g_assert_cmpstr (first->title, ==, "order shipped");
  g_assert_cmpstr (first->samples[0], ==, "Mark");
  g_assert_cmpstr (((MosChatTemplate *) templates->pdata[1])->body, ==, "¿Todo bien?");
  for (gsize i = 0; i < G_N_ELEMENTS (no_pages); i++)
    {
      g_autoptr (GBytes) wrong = g_bytes_new_static (no_pages[i], strlen (no_pages[i]));
      g_autofree char *nowhere = NULL;
      g_autoptr (GError) refused = NULL;

      g_assert_false (mos_twilio_parse_contents (wrong, templates, &nowhere, &refused));
      g_assert_nonnull (refused);
      g_assert_null (nowhere);
    }
}

/* Text that only looks like it has places */
static void
test_places (void)
{
  static const struct
  {
    const char *text;
    const char *places;
  } table[] = {
    { "", "" },
    { "{{", "" },
    { "}} {{1", "" },
    { "{{}} {{ }} {{1}}", "1" },
    { "{{a}}{{b}}{{a}}", "a|b" },
    { "{{a\nb}} {{{1}}}", "" },
    { "100 % {{1}} €", "1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (GStrv) places = mos_chat_template_read_places (table[i].text);
      g_autofree char *joined = g_strjoinv ("|", places);

      g_assert_cmpstr (joined, ==, table[i].places);
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/chat-templates/cloud", test_cloud);
  g_test_add_func ("/chat-templates/sent", test_sent);
  g_test_add_func ("/chat-templates/order", test_order);
  g_test_add_func ("/chat-templates/twilio", test_twilio);
  g_test_add_func ("/chat-templates/places", test_places);
  return g_test_run ();
}
