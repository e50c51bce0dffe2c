/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/base/mos-text.h"
#include "corpus-fixture.h"

#include <gmime/gmime.h>
#include <locale.h>
#include <string.h>

/* How much of strangers' mail is read as its testers say it should be. Scores are printed; the floors are what was reached. */

static gboolean
same_text (const char *a,
           const char *b)
{
  g_autofree char *squeezed_a = squeeze (a);
  g_autofree char *squeezed_b = squeeze (b);

  return strcmp (squeezed_a, squeezed_b) == 0;
}

/* --- decoding --- */

/* What one reader makes of a mail */
typedef struct
{
  char *subject;
  char *from_email;
  char *from_name;
  char *text;
  char *html;
  GPtrArray *sums; /* of what is attached */
} Reading;

static void
reading_free (Reading *self)
{
  g_free (self->subject);
  g_free (self->from_email);
  g_free (self->from_name);
  g_free (self->text);
  g_free (self->html);
  g_ptr_array_unref (self->sums);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static Reading *
read_with_mostrador (const char *path)
{
  g_autoptr (MosParsedMessage) parsed = parse_file (path);
  g_auto (GStrv) parts = NULL;
  Reading *reading = g_new0 (Reading, 1);

  reading->subject = g_strdup (parsed->subject);
  reading->from_email = parsed->from != NULL ? g_strdup (parsed->from->address) : NULL;
  reading->from_name = parsed->from != NULL ? g_strdup (parsed->from->name) : NULL;
  parts = mos_text_split_parts (parsed->text);
  reading->text = g_strdup (parts[0]);
  reading->html = g_strdup (parsed->html);
  reading->sums = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < parsed->attachments->len; i++)
    g_ptr_array_add (reading->sums, g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, ((MosAttachment *) g_ptr_array_index (parsed->attachments, i))->data));
  return reading;
}

/* The first text of each kind is the body, everything else is attached: what its own documentation shows. */
static void
read_part (GMimeObject *parent,
           GMimeObject *object,
           gpointer data)
{
  Reading *reading = data;
  GMimeContentType *type = g_mime_object_get_content_type (object);
  GMimeDataWrapper *content;
  GMimeStream *stream;
  GByteArray *bytes;

  if (!GMIME_IS_PART (object))
    return;
  if (GMIME_IS_TEXT_PART (object) && !g_mime_part_is_attachment (GMIME_PART (object)))
    {
      char **into = g_mime_content_type_is_type (type, "text", "plain") ? &reading->text : g_mime_content_type_is_type (type, "text", "html") ? &reading->html
                                                                                                                                              : NULL;

      if (into != NULL && *into == NULL)
        {
          g_autofree char *text = g_mime_text_part_get_text (GMIME_TEXT_PART (object));

          *into = g_utf8_make_valid (text != NULL ? text : "", -1);
          return;
        }
    }
  content = g_mime_part_get_content (GMIME_PART (object));
  if (content == NULL)
    return;
  stream = g_mime_stream_mem_new ();
  g_mime_data_wrapper_write_to_stream (content, stream);
  bytes = g_mime_stream_mem_get_byte_array (GMIME_STREAM_MEM (stream));
  g_ptr_array_add (reading->sums, g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes->data, bytes->len));
  g_object_unref (stream);
}

static Reading *
read_with_gmime_alone (const char *path)
{
  g_autoptr (GBytes) raw = read_bytes (path);
  Reading *reading = g_new0 (Reading, 1);
  gsize length;
  const char *data = g_bytes_get_data (raw, &length);
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer (data, length);
  GMimeParser *parser = g_mime_parser_new_with_stream (stream);
  GMimeMessage *message = g_mime_parser_construct_message (parser, NULL);

  reading->sums = g_ptr_array_new_with_free_func (g_free);
  if (message != NULL)
    {
      InternetAddressList *from = g_mime_message_get_from (message);
      InternetAddress *first = from != NULL && internet_address_list_length (from) > 0 ? internet_address_list_get_address (from, 0) : NULL;

      reading->subject = g_strdup (g_mime_message_get_subject (message));
      if (first != NULL)
        reading->from_name = g_strdup (internet_address_get_name (first));
      if (INTERNET_ADDRESS_IS_MAILBOX (first))
        reading->from_email = g_strdup (internet_address_mailbox_get_addr (INTERNET_ADDRESS_MAILBOX (first)));
      g_mime_message_foreach (message, read_part, reading);
      g_object_unref (message);
    }
  g_object_unref (parser);
  g_object_unref (stream);
  return reading;
}

static const char *
answer_of (Reading *reading,
           const char *what)
{
  if (strcmp (what, "subject") == 0)
    return reading->subject;
  if (strcmp (what, "from_email") == 0)
    return reading->from_email;
  if (strcmp (what, "from_name") == 0)
    return reading->from_name;
  if (strcmp (what, "text") == 0)
    return reading->text;
  if (strcmp (what, "html_as_text_of_html") == 0)
    return reading->html;
  g_assert_cmpstr (what, ==, "binary_parts_sha256");
  return NULL;
}

static gboolean
has_sum (Reading *reading,
         const char *sum)
{
  return g_ptr_array_find_with_equal_func (reading->sums, sum, g_str_equal, NULL);
}

static gboolean
is_as_expected (Reading *reading,
                const char *what,
                JsonNode *expected)
{
  const char *answer;

  if (strcmp (what, "binary_parts_sha256") == 0)
    {
      JsonArray *array = json_node_get_array (expected);

      for (guint i = 0; i < json_array_get_length (array); i++)
        if (!has_sum (reading, json_array_get_string_element (array, i)))
          return FALSE;
      return TRUE;
    }
  answer = answer_of (reading, what);
  return answer != NULL && same_text (answer, json_node_get_string (expected));
}

/* Where the expectation is that of a reader which does less than a person needs, or which errs. Each with the answer that is right, as a
 * check sum of the text without white space (or of the file), so that none of these passes by being different. */
#define UNKNOWN_LETTERS "the expectation gave up on letters whose charset is wrong or not declared (U+FFFD): a person could not read them"
#define STILL_ENCODED "the expectation has the files still in uuencode: a person could not open them"
#define NUL_BYTE "the expectation keeps a NUL, which text must not have (RFC 5322 §4.1 lets it be passed over)"

static const struct
{
  const char *file;
  const char *what;
  const char *answer;
  const char *reason;
} listed[] = {
  { "legacy/010.eml", "subject", "ce05b1b8373f", UNKNOWN_LETTERS },
  { "legacy/017.eml", "binary_parts_sha256", "258bcdd418e60b1f2dd911c83133e7aa07dd3d87ff09708384aba85e06f80e34", STILL_ENCODED },
  { "legacy/017.eml", "binary_parts_sha256", "68aa843030f8c6ad625450054732fe0f3a680496d98f957d578192fa4469cec2", STILL_ENCODED },
  { "legacy/020.eml", "subject", "ed78007eac50", UNKNOWN_LETTERS },
  { "legacy/022.eml", "subject", "ed78007eac50", UNKNOWN_LETTERS },
  { "legacy/027.eml", "subject", "ed78007eac50", UNKNOWN_LETTERS },
  { "legacy/033.eml", "text", "9d319b84f194", UNKNOWN_LETTERS },
  { "legacy/048.eml", "binary_parts_sha256", "258bcdd418e60b1f2dd911c83133e7aa07dd3d87ff09708384aba85e06f80e34", STILL_ENCODED },
  { "legacy/048.eml", "binary_parts_sha256", "68aa843030f8c6ad625450054732fe0f3a680496d98f957d578192fa4469cec2", STILL_ENCODED },
  { "legacy/048.eml", "binary_parts_sha256", "63aa82493459d1a5ac267e20109d380ba995788f7fa13ed43021ebb37ead6fc5", STILL_ENCODED },
  { "legacy/049.eml", "text", "2ce8254e5fbd", STILL_ENCODED },
  { "legacy/052.eml", "subject", "ed78007eac50", UNKNOWN_LETTERS },
  { "legacy/052.eml", "text", "9d319b84f194", UNKNOWN_LETTERS },
  { "thirdparty/000.eml", "text", "1b3c4d8a9c7f", NUL_BYTE },
};

static gboolean
is_listed (Reading *reading,
           const char *file,
           const char *what)
{
  const char *answer = answer_of (reading, what);
  g_autofree char *squeezed = answer != NULL ? squeeze (answer) : NULL;
  g_autofree char *sum = squeezed != NULL ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, squeezed, -1) : NULL;
  gboolean found = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (listed); i++)
    if (g_str_has_suffix (file, listed[i].file) && strcmp (what, listed[i].what) == 0)
      {
        found = TRUE;
        if (sum != NULL ? !g_str_has_prefix (sum, listed[i].answer) : !has_sum (reading, listed[i].answer))
          return FALSE;
      }
  return found;
}

static void
test_mail_parse_score (void)
{
  g_autoptr (GPtrArray) nodes = NULL;
  guint right = 0, alone = 0, also = 0, all = 0;

  if (!have_corpus ())
    return;
  nodes = read_lines ("mail_parse.jsonl");
  for (guint i = 0; i < nodes->len; i++)
    {
      JsonObject *object = json_node_get_object (g_ptr_array_index (nodes, i));
      JsonObject *checks = json_object_get_object_member (object, "checks");
      const char *file = json_object_get_string_member (object, "file");
      g_autofree char *path = g_build_filename (corpus, file, NULL);
      g_autoptr (Reading) ours = read_with_mostrador (path);
      g_autoptr (Reading) gmime = read_with_gmime_alone (path);
      g_autoptr (GList) members = json_object_get_members (checks);

      for (GList *l = members; l != NULL; l = l->next)
        {
          JsonNode *expected = json_object_get_member (checks, l->data);

          all++;
          alone += is_as_expected (gmime, l->data, expected);
          if (is_as_expected (ours, l->data, expected))
            right++;
          else if (is_listed (ours, file, l->data))
            also++;
          else
            {
              g_autofree char *wanted = json_to_string (expected, FALSE);
              const char *answer = answer_of (ours, l->data);
              g_autofree char *squeezed = squeeze (answer != NULL ? answer : "");
              g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, squeezed, -1);

              g_test_message ("%s: %s (%.12s): wanted %.200s got %.200s (%u attachments)", file, (char *) l->data, sum, wanted, answer != NULL ? answer : "(none)", ours->sums->len);
            }
        }
    }
  g_test_message ("mail_parse: GMime alone %u of %u, Mostrador %u of %u as expected and %u more that are right", alone, all, right, all, also);
  g_assert_cmpuint (right, >=, 360);
  g_assert_cmpuint (right + also, >=, 371);
}

/* --- bounces, replies --- */

static void
test_bounce_score (void)
{
  g_autoptr (GPtrArray) nodes = NULL;
  guint kinds = 0, recipients = 0, hardness = 0, ids = 0, n_ids = 0, n = 0;

  if (!have_corpus ())
    return;
  nodes = read_lines ("bounce.jsonl");
  for (guint i = 0; i < nodes->len; i++)
    {
      JsonObject *object = json_node_get_object (g_ptr_array_index (nodes, i));
      const char *file = json_object_get_string_member (object, "file");
      const char *kind = json_object_get_string_member (object, "kind");
      g_autofree char *path = g_build_filename (corpus, file, NULL);
      g_autoptr (MosParsedMessage) parsed = parse_file (path);
      const char *got = parsed->classification == MOS_CLASSIFICATION_BOUNCE_HARD || parsed->classification == MOS_CLASSIFICATION_BOUNCE_SOFT ? "bounce" : parsed->classification == MOS_CLASSIFICATION_FEEDBACK_REPORT ? "feedback_report"
                                                                                                                                                      : parsed->classification == MOS_CLASSIFICATION_AUTO_REPLY        ? "vacation"
                                                                                                                                                      : parsed->classification == MOS_CLASSIFICATION_DELIVERY_REPORT   ? "delivery_success_report"
                                                                                                                                                                                                                       : "not_a_bounce";
      JsonArray *results = json_object_get_array_member (object, "results");
      JsonArray *wanted = json_object_has_member (object, "recipients") ? json_object_get_array_member (object, "recipients") : NULL;
      gboolean same_recipients = TRUE, same_hardness = TRUE;

      if (strcmp (kind, got) == 0)
        kinds++;
      else
        g_test_message ("kind %s: wanted %s got %s (%s)", file, kind, got, parsed->cause);
      if (strcmp (kind, "bounce") != 0)
        continue;
      n++;
      for (guint j = 0; j < json_array_get_length (wanted); j++)
        {
          const char *recipient = json_array_get_string_element (wanted, j);
          gboolean hard = j < json_array_get_length (results) && json_object_get_boolean_member (json_array_get_object_element (results, j), "hardbounce");
          MosBounce *match = NULL;

          for (guint k = 0; k < parsed->bounces->len; k++)
            {
              MosBounce *bounce = g_ptr_array_index (parsed->bounces, k);

              if (g_ascii_strcasecmp (bounce->recipient, recipient) == 0)
                match = bounce;
            }
          if (match == NULL)
            same_recipients = FALSE;
          if (match == NULL && parsed->bounces->len > 0)
            match = g_ptr_array_index (parsed->bounces, 0);
          if (match == NULL || match->hard != hard)
            {
              same_hardness = FALSE;
              g_test_message ("hard %s: wanted %d %s got %s: %s", file, hard, json_object_get_string_member (json_array_get_object_element (results, MIN (j, json_array_get_length (results) - 1)), "reason"),
                              match != NULL ? match->status : "-", match != NULL ? match->diagnostic : "");
            }
        }
      if (!same_recipients)
        g_test_message ("recipient %s: wanted %s got %s", file, json_array_get_string_element (wanted, 0),
                        parsed->bounces->len > 0 ? ((MosBounce *) g_ptr_array_index (parsed->bounces, 0))->recipient : "-");
      recipients += same_recipients;
      hardness += same_hardness;
      {
        const char *id = json_array_get_length (json_object_get_array_member (object, "original_message_id")) > 0 ? json_array_get_string_element (json_object_get_array_member (object, "original_message_id"), 0) : "";
        const char *own = parsed->bounces->len > 0 ? ((MosBounce *) g_ptr_array_index (parsed->bounces, 0))->original_message_id : NULL;

        if (*id != '\0')
          {
            n_ids++;
            if (g_strcmp0 (own, id) == 0)
              ids++;
            else
              g_test_message ("id %s: wanted %s got %s", file, id, own);
          }
      }
    }
  g_test_message ("bounce: kind %u of %u; of %u bounces recipients %u, hard or soft %u; original id %u of %u", kinds, nodes->len, n, recipients, hardness, ids, n_ids);
  g_assert_cmpuint (kinds, >=, 291);
  g_assert_cmpuint (recipients, >=, 271);
  g_assert_cmpuint (hardness, >=, 260);
  g_assert_cmpuint (ids, >=, 234);
}

static void
test_reply_trim_score (void)
{
  g_autoptr (GPtrArray) nodes = NULL;
  g_autoptr (GHashTable) right = g_hash_table_new (g_str_hash, g_str_equal);
  guint hand_right = 0, hand = 0, others_right = 0, others = 0;

  if (!have_corpus ())
    return;
  nodes = read_lines ("reply_trim.jsonl");
  for (guint i = 0; i < nodes->len; i++)
    {
      JsonObject *object = json_node_get_object (g_ptr_array_index (nodes, i));
      gboolean by_hand = strcmp (json_object_get_string_member (object, "set"), "email_reply_trimmer") == 0;
      const char *expected = json_object_get_string_member (object, "expected");
      g_autofree char *got = mos_reply_text (json_object_get_string_member (object, "input"));
      gboolean same = same_text (got, expected);

      if (by_hand)
        {
          hand++;
          hand_right += same;
        }
      else
        {
          others++;
          others_right += same;
        }
      if (!same && (by_hand || g_getenv ("MOS_TEST_ALL") != NULL))
        g_test_message ("=== %s/%s\n--- wanted\n%s\n--- got\n%s", json_object_get_string_member (object, "set"), json_object_get_string_member (object, "id"), expected, got);
    }
  g_test_message ("reply_trim: by hand %u of %u, other programs' output %u of %u", hand_right, hand, others_right, others);
  /* the target is nine of ten by hand; the others' output is no truth, only a drift alarm */
  g_assert_cmpuint (hand_right, >=, 32);
  g_assert_cmpuint (others_right, >=, 131);
}

int
main (int argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  find_corpus ();
  g_test_add_func ("/mime/corpus/mail-parse-score", test_mail_parse_score);
  g_test_add_func ("/mime/corpus/bounce-score", test_bounce_score);
  g_test_add_func ("/mime/corpus/reply-trim-score", test_reply_trim_score);
  return g_test_run ();
}
