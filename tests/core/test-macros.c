/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "send-fixture.h"

#include "core/desk/mos-actions.h"
#include "core/desk/mos-composing.h"
#include "core/desk/mos-desk-macros.h"
#include "core/desk/mos-macro-actions.h"
#include "core/desk/mos-outbox.h"
#include "core/store/mos-store-drafts.h"
#include "core/store/mos-store-messages.h"

#include <string.h>

/* Macros as the desk uses them. The lines of behaviour.md §2.3 "Test" have a case each. */

typedef struct
{
  SendFixture *f;
  MosMacro *macro;
  MosMacroResult *result;
  MosConversationRow *row;
  MosDraft *draft;
  GPtrArray *macros;
  char *message;
  char *text;
  const char *words;
  const char *conversation;
  gint64 undo_us;
  GHashTable *answers;
  GError *error;
} Macros;

static MosMacro *
make (const char *name,
      const char *shortcode,
      const char *text /* (nullable) */)
{
  MosMacro *macro = mos_macro_make ();

  g_set_str (&macro->name, name);
  g_set_str (&macro->shortcode, shortcode);
  if (text != NULL)
    mos_macro_set_text (macro, "en", text);
  return macro;
}

static void
clear (Macros *m)
{
  g_clear_pointer (&m->macro, mos_macro_unref);
  g_clear_pointer (&m->result, mos_macro_result_unref);
  g_clear_pointer (&m->row, mos_conversation_row_unref);
  g_clear_pointer (&m->draft, mos_draft_unref);
  g_clear_pointer (&m->macros, g_ptr_array_unref);
  g_clear_pointer (&m->answers, g_hash_table_unref);
  g_clear_pointer (&m->message, g_free);
  g_clear_pointer (&m->text, g_free);
  g_clear_error (&m->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Macros, clear)

static gboolean
do_save (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Macros *m = data;
  g_autofree char *id = NULL;
  GError *local_error = NULL;

  mos_macros_save (txn, m->macro, &id, &local_error);
  g_clear_error (&m->error);
  m->error = local_error;
  if (id != NULL)
    g_set_str (&m->macro->id, id);
  return TRUE;
}

/* Saved, so that its use can be counted. */
static MosMacro *
save (SendFixture *f,
      MosMacro *macro)
{
  Macros m = { .f = f, .macro = macro };

  test_write (f->t->store, do_save, &m);
  g_assert_no_error (m.error);
  return macro;
}

static gboolean
do_apply (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Macros *m = data;
  const MosMacroApplying applying = { .macro = m->macro, .language = "en", .answers = m->answers, .words = m->words, .undo_us = m->undo_us };

  return mos_macro_apply (txn, &applying, m->conversation != NULL ? m->conversation : m->f->conversation, &m->result, error);
}

static gboolean
do_look (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Macros *m = data;
  g_autoptr (MosMessageRow) message = NULL;

  g_clear_pointer (&m->row, mos_conversation_row_unref);
  g_clear_pointer (&m->text, g_free);
  if (!mos_store_conversation_find (txn, m->f->conversation, &m->row, error))
    return FALSE;
  if (m->result == NULL || m->result->message == NULL)
    return TRUE;
  if (!mos_store_message_find (txn, m->result->message, &message, error))
    return FALSE;
  m->text = message != NULL ? g_strdup (message->reply_text) : NULL;
  return TRUE;
}

static gboolean
do_list (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Macros *m = data;

  g_clear_pointer (&m->macros, g_ptr_array_unref);
  m->macros = mos_store_macro_list (txn, NULL, error);
  return m->macros != NULL;
}

static guint
get_used (SendFixture *f,
          const char *id)
{
  g_auto (Macros) m = { .f = f };

  test_write (f->t->store, do_list, &m);
  for (guint i = 0; i < m.macros->len; i++)
    if (strcmp (((MosMacro *) m.macros->pdata[i])->id, id) == 0)
      return ((MosMacro *) m.macros->pdata[i])->n_used;
  return G_MAXUINT;
}

/* --- filling in --- */

static MosMacroFacts *
make_facts (const char *name,
            const char *language)
{
  MosMacroFacts *facts = mos_macro_facts_new ();

  facts->customer = mos_customer_row_new ();
  facts->customer->name = g_strdup (name);
  facts->customer->identities = g_ptr_array_new ();
  facts->first_name = g_strdup (name);
  facts->address = g_strdup ("ana@mail.example");
  facts->language = g_strdup (language);
  facts->now_us = G_GINT64_CONSTANT (1709640000000000); /* 5 March 2024, noon UTC */
  facts->zone = g_strdup ("UTC");
  facts->orders = g_ptr_array_new ();
  facts->shops = g_ptr_array_new ();
  return facts;
}

static MosMacroFilled *
fill (const char *text,
      MosMacroFacts *facts,
      gboolean is_marked)
{
  g_autoptr (MosMacro) macro = make ("x", "", text);
  g_auto (GStrv) languages = mos_macro_list_languages (facts, "en");
  const MosMacroFilling filling = { .facts = facts, .languages = (const char *const *) languages, .is_marked = is_marked };

  g_set_str (&macro->id, "x");
  return mos_macro_fill (macro, &filling);
}

static gboolean
is_blank (MosMacroFilled *filled)
{
  gsize start, end;

  return mos_macro_plan_find_blank (filled->plan, filled->text, &start, &end);
}

static void
test_values_are_data (void)
{
  /* A name with a tag, marks or HTML in it is that name: never read as a template, never as a mark, and no send is refused for it. */
  static const char *const hostile[] = { "{{agent.name}}", "{% if x %}", "<script>alert(1)</script>", "**Bo_b_**", "\u202eAli", "😀 Ana", "O'Neil {{x" };

  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autoptr (MosMacroFacts) facts = make_facts (hostile[i], "en");
      g_autoptr (MosMacroFilled) plain = fill ("Hello {{customer.name}}!", facts, FALSE);
      g_autoptr (MosMacroFilled) marked = fill ("Hello {{customer.name}}!", facts, TRUE);
      g_autofree char *expected = g_strdup_printf ("Hello %s!", hostile[i]);

      g_assert_cmpstr (plain->text, ==, expected);
      g_assert_cmpuint (plain->missing->len, ==, 0);
      g_assert_false (is_blank (plain));
      g_assert_false (is_blank (marked));
    }
}

/* As many of them as a hostile subject can hold: bounded, and what is beyond is not sent. */
static void
test_many_braces (void)
{
  g_autoptr (GString) subject = g_string_new (NULL);
  g_autoptr (MosMacroFacts) facts = NULL;
  g_autoptr (MosMacroFilled) filled = NULL;
  gsize size = 0;

  for (guint i = 0; i < 20000; i++)
    g_string_append (subject, "{{é");
  facts = make_facts (subject->str, "en");
  filled = fill ("{{customer.name}}", facts, TRUE);
  for (guint i = 0; i < filled->plan->literals->len; i++)
    {
      g_assert_true (g_utf8_validate (filled->plan->literals->pdata[i], -1, NULL));
      size += strlen (filled->plan->literals->pdata[i]);
    }
  g_assert_cmpuint (size, <, 2 * 1024 * 1024);
}

static void
test_missing (void)
{
  g_autoptr (MosMacroFacts) facts = make_facts (NULL, "en");
  g_autoptr (MosMacroFilled) filled = fill ("Hello {{customer.first_name}}, order {{order.number}} of {{order.number}}.", facts, TRUE);
  g_autoptr (MosMacroPlan) read = NULL;
  g_autofree char *json = NULL;
  gsize start, end;

  g_assert_cmpuint (filled->missing->len, ==, 2);
  g_assert_true (mos_macro_plan_find_blank (filled->plan, filled->text, &start, &end));
  g_assert_cmpuint (start, ==, strlen ("Hello "));
  g_assert_cmpuint (end, ==, strlen ("Hello {{customer.first_name}}"));
  /* A letter deleted mends nothing; a value in its place does. */
  g_assert_true (mos_macro_plan_find_blank (filled->plan, "Hello {{customer.first_nam", &start, &end));
  g_assert_cmpuint (end, ==, strlen ("Hello {{customer.first_nam"));
  g_assert_false (mos_macro_plan_find_blank (filled->plan, "Hello Ana, order 7 of 7.", &start, &end));
  /* Who has used no macro may write about braces. */
  g_assert_false (mos_macro_plan_find_blank (NULL, "Write {{name}}", &start, &end));
  json = mos_macro_plan_to_json (filled->plan);
  read = mos_macro_plan_from_json (json);
  g_assert_true (mos_macro_plan_find_blank (read, filled->text, &start, &end));
}

static void
test_language_and_locale (void)
{
  g_autoptr (MosMacro) macro = make ("x", "", "Date {{date|date:long}}");
  g_autoptr (MosMacroFacts) german = make_facts ("Ana", "de-AT");
  g_auto (GStrv) languages = mos_macro_list_languages (german, "fr_FR.UTF-8");
  const MosMacroFilling filling = { .facts = german, .languages = (const char *const *) languages };
  g_autoptr (MosMacroFilled) filled = NULL;
  g_autoptr (MosMacroFilled) other = NULL;
  const char *const none[] = { "pt", NULL };
  const MosMacroFilling fallback = { .facts = german, .languages = none };

  mos_macro_set_text (macro, "de", "Am {{date|date:long}}");
  filled = mos_macro_fill (macro, &filling);
  g_assert_cmpstr (filled->language, ==, "de");
  g_assert_cmpstr (filled->text, ==, "Am 5. März 2024");
  other = mos_macro_fill (macro, &fallback);
  g_assert_cmpstr (other->language, ==, "de"); /* nothing fits: the first */
}

static void
test_plan_actions (void)
{
  g_autoptr (MosMacroPlan) plan = mos_macro_plan_make ();

  mos_macro_plan_add_action (plan, MOS_MACRO_SET_STATUS, "pending");
  mos_macro_plan_add_action (plan, MOS_MACRO_ADD_TAG, "a");
  mos_macro_plan_add_action (plan, MOS_MACRO_ADD_TAG, "b");
  mos_macro_plan_add_action (plan, MOS_MACRO_SNOOZE, "tomorrow");
  mos_macro_plan_add_action (plan, MOS_MACRO_REMOVE_TAG, "a");
  g_assert_cmpuint (plan->actions->len, ==, 3);
  g_assert_cmpstr (((MosMacroAction *) plan->actions->pdata[0])->value, ==, "b");
  g_assert_cmpint (((MosMacroAction *) plan->actions->pdata[1])->kind, ==, MOS_MACRO_SNOOZE);
  g_assert_cmpint (((MosMacroAction *) plan->actions->pdata[2])->kind, ==, MOS_MACRO_REMOVE_TAG);
}

/* --- applying --- */

static gboolean
do_take_back (MosTxn *txn,
              gpointer data,
              GError **error)
{
  Macros *m = data;

  return mos_outbox_take_back (txn, m->result->message, NULL, error) &&
         mos_store_draft_find_of_conversation (txn, m->f->conversation, NULL, &m->draft, error);
}

static gboolean
do_priority (MosTxn *txn,
             gpointer data,
             GError **error)
{
  Macros *m = data;
  const char *ids[] = { m->f->conversation, NULL };

  return mos_action_set_priority (txn, ids, MOS_PRIORITY_URGENT, error);
}

static void
test_send_and_take_back (SendFixture *f,
                         gconstpointer data)
{
  g_auto (Macros) m = { .f = f, .words = "PS: *soon*", .undo_us = 10 * G_USEC_PER_SEC };

  m.macro = save (f, make ("Order status", "status", "Hello **{{customer.email}}**"));
  mos_macro_add_action (m.macro, MOS_MACRO_SET_STATUS, "pending");
  mos_macro_add_action (m.macro, MOS_MACRO_SET_PRIORITY, "high");
  mos_macro_add_action (m.macro, MOS_MACRO_ADD_TAG, "shipping");
  mos_macro_add_action (m.macro, MOS_MACRO_ADD_NOTE, "Told {{customer.email}}");
  test_write (f->t->store, do_apply, &m);
  g_assert_true (mos_macro_result_is_done (m.result));
  test_write (f->t->store, do_look, &m);
  g_assert_cmpstr (m.text, ==, "Hello *ana@mail.example*\n\nPS: *soon*");
  g_assert_cmpint (m.row->status, ==, MOS_STATUS_PENDING);
  g_assert_cmpint (m.row->priority, ==, MOS_PRIORITY_HIGH);
  g_assert_true (g_strv_contains ((const char *const *) m.row->tags, "shipping"));
  g_assert_cmpuint (m.row->message_count, ==, 4);
  g_assert_cmpuint (get_used (f, m.macro->id), ==, 1);

  /* What somebody changed since stays. */
  test_write (f->t->store, do_priority, &m);
  test_write (f->t->store, do_take_back, &m);
  test_write (f->t->store, do_look, &m);
  g_assert_cmpint (m.row->status, ==, MOS_STATUS_CLOSED); /* as the fixture left it */
  g_assert_cmpint (m.row->priority, ==, MOS_PRIORITY_URGENT);
  g_assert_false (g_strv_contains ((const char *const *) m.row->tags, "shipping"));
  g_assert_cmpuint (m.row->message_count, ==, 2);
  g_assert_cmpuint (get_used (f, m.macro->id), ==, 0);
  g_assert_nonnull (m.draft);
  g_assert_cmpuint (m.draft->macros->uses->len, ==, 1);
  g_assert_cmpuint (m.draft->macros->actions->len, ==, 4);
}

static gboolean
do_send_blank (MosTxn *txn,
               gpointer data,
               GError **error)
{
  Macros *m = data;
  static const MosQuoteTexts texts = { "{sender}, {date}:", "--", "%F" };
  g_autoptr (MosDraft) draft = NULL;
  g_autoptr (MosDraft) again = NULL;

  if (!mos_draft_prepare (txn, "reply", m->f->conversation, NULL, NULL, &texts, &draft, error))
    return FALSE;
  g_set_str (&draft->text, "Order {{order.number}}");
  draft->macros = mos_macro_plan_make ();
  mos_macro_plan_add_use (draft->macros, m->macro->id, "en");
  g_assert_true (mos_store_draft_save (txn, draft, NULL));
  g_assert_true (mos_store_draft_find_of_conversation (txn, m->f->conversation, NULL, &again, NULL));
  g_assert_cmpuint (again->macros->uses->len, ==, 1);
  g_assert_false (mos_draft_send (txn, again, MOS_STATUS_OPEN, 0, &m->message, &m->error));
  return TRUE;
}

/* A note tells colleagues, and they would take the tag for the number. */
static gboolean
do_note_blank (MosTxn *txn,
               gpointer data,
               GError **error)
{
  Macros *m = data;
  g_autoptr (MosDraft) draft = mos_draft_new ();

  draft->id = g_strdup ("note-1");
  draft->conversation = g_strdup (m->f->conversation);
  draft->account = g_strdup (ACCOUNT);
  draft->kind = g_strdup ("note");
  draft->text = g_strdup ("Order {{order.number}}");
  draft->macros = mos_macro_plan_make ();
  mos_macro_plan_add_use (draft->macros, m->macro->id, "en");
  g_assert_false (mos_draft_send (txn, draft, MOS_STATUS_OPEN, 0, &m->message, &m->error));
  return TRUE;
}

/* Whoever asks: the window's own check is not all there is. */
static void
test_blank_is_refused (SendFixture *f,
                       gconstpointer data)
{
  g_auto (Macros) m = { .f = f };

  m.macro = save (f, make ("Order", "order", "Order {{order.number}}"));
  test_write (f->t->store, do_send_blank, &m);
  g_assert_error (m.error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
  g_clear_error (&m.error);
  test_write (f->t->store, do_note_blank, &m);
  g_assert_error (m.error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);

  test_write (f->t->store, do_apply, &m);
  g_assert_false (mos_macro_result_is_done (m.result));
  g_assert_cmpstr (m.result->missing->pdata[0], ==, "{{order.number}}");
  g_assert_cmpuint (get_used (f, m.macro->id), ==, 0);
}

static void
test_questions (SendFixture *f,
                gconstpointer data)
{
  g_auto (Macros) m = { .f = f };
  g_autoptr (GPtrArray) questions = NULL;
  const char *const english[] = { "en", NULL };

  m.macro = save (f, make ("Refund", "refund", "We refund {{ask:\"How much\"|money:\"EUR\"}}."));
  questions = mos_macro_list_questions (m.macro, english);
  g_assert_cmpuint (questions->len, ==, 1);
  g_assert_cmpstr (((MosTemplateQuestion *) questions->pdata[0])->text, ==, "How much");
  m.answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (m.answers, g_strdup ("How much"), g_strdup ("12.50"));
  test_write (f->t->store, do_apply, &m);
  g_assert_true (mos_macro_result_is_done (m.result));
  test_write (f->t->store, do_look, &m);
  g_assert_cmpstr (m.text, ==, "We refund €12.50.");
}

static gboolean
do_bad_snooze (MosTxn *txn,
               gpointer data,
               GError **error)
{
  Macros *m = data;

  g_assert_false (mos_macro_actions_apply (txn, m->f->conversation, m->macro->actions, 0, NULL, &m->error));
  return TRUE;
}

static void
test_failing_action_has_a_name (SendFixture *f,
                                gconstpointer data)
{
  g_auto (Macros) m = { .f = f, .macro = make ("x", "", NULL) };

  mos_macro_add_action (m.macro, MOS_MACRO_SNOOZE, "when pigs fly");
  test_write (f->t->store, do_bad_snooze, &m);
  g_assert_error (m.error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (m.error->message, "snooze: "));
  g_clear_error (&m.error);
  g_ptr_array_set_size (m.macro->actions, 0);
  mos_macro_add_action (m.macro, MOS_MACRO_ASSIGN, "Nobody of this name");
  test_write (f->t->store, do_bad_snooze, &m);
  g_assert_error (m.error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND);
}

/* --- keeping --- */

typedef struct
{
  const char *language;
  guint n;
} Starter;

static gboolean
do_starter (MosTxn *txn,
            gpointer data,
            GError **error)
{
  Starter *starter = data;

  return mos_macros_install_starter (txn, starter->language, &starter->n, error);
}

static gboolean
do_remove_all (MosTxn *txn,
               gpointer data,
               GError **error)
{
  g_autoptr (GPtrArray) macros = mos_store_macro_list (txn, NULL, error);

  for (guint i = 0; macros != NULL && i < macros->len; i++)
    if (!mos_store_macro_remove (txn, ((MosMacro *) macros->pdata[i])->id, error))
      return FALSE;
  return macros != NULL;
}

/* Of one conversation: all there is to know, or what every order has; and who answers answers each question. */
typedef struct
{
  gboolean is_all;
  GPtrArray *questions; /* (borrowed) */
} Known;

static void
look_up_known (const char *name,
               MosTemplateValue *ret_value,
               gpointer user_data)
{
  static const char *const sometimes[] = { "customer.first_name", "order.tracking_url", "order.shipped", NULL };
  const Known *known = user_data;

  if (!known->is_all && g_strv_contains (sometimes, name))
    return;
  if (strcmp (name, "order.created") == 0 || strcmp (name, "order.shipped") == 0)
    mos_template_value_set_time (ret_value, MOS_TEST_NOW_US);
  else if (strcmp (name, "order.total") == 0)
    mos_template_value_set_money (ret_value, "12.50", "EUR");
  else
    mos_template_value_set_text (ret_value, name);
}

static const char *
answer_known (const char *question,
              gpointer user_data)
{
  const Known *known = user_data;

  for (guint i = 0; i < known->questions->len; i++)
    {
      const MosTemplateQuestion *asked = known->questions->pdata[i];

      if (strcmp (asked->text, question) == 0)
        return asked->kind == MOS_TEMPLATE_TIME ? "2026-12-24" : asked->kind == MOS_TEMPLATE_MONEY ? "12.50"
                                                                                                   : "so";
    }
  return NULL;
}

/* The text of @language asks what the English one asks, tells what that one tells, and has no hole, with a name and without. */
static void
assert_text (const MosMacro *macro,
             const char *language)
{
  const char *const english[] = { "en", NULL };
  const char *const wanted[] = { language, NULL };
  const MosMacroText *text = mos_macro_choose_text (macro, wanted);
  g_autoptr (MosTemplate) original = mos_template_parse (mos_macro_choose_text (macro, english)->text);
  g_autoptr (MosTemplate) template = mos_template_parse (text->text);
  g_autoptr (GPtrArray) original_questions = mos_template_list_questions (original);
  g_autoptr (GPtrArray) questions = mos_template_list_questions (template);
  g_auto (GStrv) original_names = mos_template_list_names (original);
  g_auto (GStrv) names = mos_template_list_names (template);

  g_test_message ("%s: %s", language, macro->name);
  g_assert_cmpstr (text->language, ==, language);
  mos_template_check_names (template, mos_macro_facts_list_names ());
  g_assert_cmpuint (mos_template_get_problems (template)->len, ==, 0);
  g_assert_cmpuint (questions->len, ==, original_questions->len);
  for (guint i = 0; i < questions->len; i++)
    g_assert_cmpuint (((MosTemplateQuestion *) questions->pdata[i])->kind, ==, ((MosTemplateQuestion *) original_questions->pdata[i])->kind);
  for (guint i = 0; original_names[i] != NULL; i++)
    /* Whom one thanks need not be said. */
    if (strcmp (original_names[i], "customer.first_name") != 0)
      g_assert_true (g_strv_contains ((const char *const *) names, original_names[i]));
  for (guint all = 0; all < 2; all++)
    {
      Known known = { all == 1, questions };
      const MosTemplateContext context = { .lookup = look_up_known, .answer = answer_known, .user_data = &known, .locale = language, .asked_locale = "en", .currency = "EUR" };
      g_autoptr (MosRendering) rendering = mos_template_render (template, &context);

      g_assert_cmpuint (rendering->n_unresolved, ==, 0);
      g_assert_null (strpbrk (rendering->text, "{}"));
      g_assert_null (strstr (rendering->text, " ,"));
      g_assert_null (strstr (rendering->text, "  "));
    }
}

/* In each language, to an order that is not paid: that it is not, and nothing of its being prepared. */
static void
assert_unpaid (MosMacro *macro)
{
  static const struct
  {
    const char *language;
    const char *unpaid;
    const char *prepared;
  } words[] = {
    { "en", "not paid yet", "are getting it ready" },
    { "es", "aún no está pagado", "lo estamos preparando" },
    { "pt", "ainda não foi pago", "já estamos preparando" },
    { "fr", "n’est pas encore payée", "nous la préparons" },
    { "de", "noch nicht bezahlt", "machen sie gerade versandfertig" },
    { "it", "non risulta ancora pagato", "lo stiamo preparando" },
    { "ca", "encara no està pagada", "l’estem preparant" },
    { "ar", "لم يُدفع بعد", "ونحن نجهزه الآن" },
  };
  static const MosOrderStatus statuses[] = { MOS_ORDER_PENDING, MOS_ORDER_PROCESSING };

  for (gsize i = 0; i < G_N_ELEMENTS (words) * 2; i++)
    {
      const char *const languages[] = { words[i / 2].language, NULL };
      g_autoptr (MosMacroFacts) facts = mos_macro_facts_new ();
      MosMacroFilling filling = { .facts = facts, .languages = languages };
      g_autoptr (MosMacroFilled) filled = NULL;

      facts->order = mos_order_make ("shop", "1");
      g_set_str (&facts->order->number, "FL-2044");
      facts->order->created_us = MOS_TEST_NOW_US;
      facts->order->status_kind = statuses[i % 2];
      filled = mos_macro_fill (macro, &filling);
      g_assert_cmpuint (filled->missing->len, ==, 0);
      g_assert_nonnull (strstr (filled->text, i % 2 == 0 ? words[i / 2].unpaid : words[i / 2].prepared));
      g_assert_null (strstr (filled->text, i % 2 == 0 ? words[i / 2].prepared : words[i / 2].unpaid));
    }
}

static void
test_starter (SendFixture *f,
              gconstpointer data)
{
  static const char *const shipped[] = { "en", "es", "pt", "fr", "de", "it", "ca", "ar" };
  g_auto (Macros) m = { .f = f };
  Starter starter = { .language = "es_ES.UTF-8" };
  guint n, n_shipping = 0, n_status = 0;

  test_write (f->t->store, do_list, &m);
  g_assert_cmpuint (m.macros->len, ==, 0); /* not forced on who has mail already */
  test_write (f->t->store, do_starter, &starter);
  n = starter.n;
  g_assert_cmpuint (n, >=, 15);
  test_write (f->t->store, do_list, &m);
  g_assert_cmpuint (m.macros->len, ==, n);
  for (guint i = 0; i < m.macros->len; i++)
    {
      MosMacro *macro = m.macros->pdata[i];

      g_assert_cmpuint (macro->texts->len, ==, G_N_ELEMENTS (shipped));
      for (gsize l = 0; l < G_N_ELEMENTS (shipped); l++)
        assert_text (macro, shipped[l]);
      g_assert_cmpstr (macro->shortcode, !=, "status");
      if (strcmp (macro->shortcode, "estado") == 0)
        {
          assert_unpaid (macro);
          n_status++;
        }
      for (guint k = 0; k < macro->actions->len; k++)
        {
          MosMacroAction *action = macro->actions->pdata[k];

          g_assert_cmpstr (action->value, !=, "shipping");
          n_shipping += g_strcmp0 (action->value, "envío") == 0;
        }
    }
  g_assert_cmpuint (n_shipping, >, 0);
  g_assert_cmpuint (n_status, ==, 1);
  test_write (f->t->store, do_starter, &starter);
  g_assert_cmpuint (starter.n, ==, 0);
  /* No two have one name or shortcode in any language. */
  for (gsize l = 0; l < G_N_ELEMENTS (shipped); l++)
    {
      starter = (Starter) { .language = shipped[l] };
      test_write (f->t->store, do_remove_all, NULL);
      test_write (f->t->store, do_starter, &starter);
      g_assert_cmpuint (starter.n, ==, n);
    }
}

static void
test_save_refuses (SendFixture *f,
                   gconstpointer data)
{
  g_auto (Macros) m = { .f = f };
  g_autofree char *long_text = NULL;

  mos_macro_unref (save (f, make ("One", "one", "x")));
  m.macro = make ("Two", "one", "x");
  test_write (f->t->store, do_save, &m);
  g_assert_error (m.error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT);
  g_set_str (&m.macro->shortcode, "Not One");
  test_write (f->t->store, do_save, &m);
  g_assert_error (m.error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
  g_set_str (&m.macro->shortcode, "two");
  g_set_str (&m.macro->name, "  ");
  test_write (f->t->store, do_save, &m);
  g_assert_error (m.error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
  /* More than would be read again is not written. */
  g_set_str (&m.macro->name, "Two");
  long_text = g_strnfill (64 * 1024 + 1, 'x');
  mos_macro_set_text (m.macro, "en", long_text);
  test_write (f->t->store, do_save, &m);
  g_assert_error (m.error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
  mos_macro_set_text (m.macro, "en", long_text + 1);
  for (guint i = 0; i < 51; i++)
    mos_macro_add_action (m.macro, MOS_MACRO_ADD_TAG, "a");
  test_write (f->t->store, do_save, &m);
  g_assert_error (m.error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
  g_ptr_array_set_size (m.macro->actions, 50);
  test_write (f->t->store, do_save, &m);
  g_assert_no_error (m.error);
}

static void
test_search (void)
{
  g_autoptr (GPtrArray) macros = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_macro_unref);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) often = NULL;
  static const char *const texts[] = { "", "a", "number about", "orders late" };

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *name = g_strdup_printf ("Answer number %u about something", i);
      g_autofree char *code = g_strdup_printf ("a%u", i);
      MosMacro *macro = make (name, code, "x");

      g_set_str (&macro->id, code);
      g_set_str (&macro->folder, i % 2 ? "Orders/Late" : "Returns");
      macro->n_used = i == 1234 ? 50 : 0;
      g_ptr_array_add (macros, macro);
    }
  found = mos_macros_search (macros, "/a77", FALSE, 8);
  g_assert_cmpuint (found->len, ==, 8);
  g_assert_cmpstr (((MosMacro *) found->pdata[0])->shortcode, ==, "a77");
  often = mos_macros_search (macros, "", FALSE, 3);
  g_assert_cmpstr (((MosMacro *) often->pdata[0])->shortcode, ==, "a1234");
  for (gsize t = 0; t < G_N_ELEMENTS (texts); t++)
    {
      gint64 start_us = g_get_monotonic_time ();

      for (guint i = 0; i < 5; i++)
        g_ptr_array_unref (mos_macros_search (macros, texts[t], FALSE, 8));
      g_test_message ("“%s” over 2,000 macros: %.1f ms", texts[t], (double) (g_get_monotonic_time () - start_us) / 5000);
    }
}

/* --- the desk --- */

/* What the call that was begun with it came back with; borrowed until the next one. */
static GAsyncResult *
wait_for (GAsyncResult **called,
          GAsyncResult **kept)
{
  g_clear_object (kept);
  *kept = mos_test_await (called);
  return *kept;
}

static void
test_desk (SendFixture *f,
           gconstpointer data)
{
  g_autoptr (MosDesk) desk = NULL;
  g_autoptr (MosMacro) macro = make ("Tag it", "tag-it", NULL);
  g_autoptr (MosMacro) answer = make ("Answer", "answer", "Hello {{customer.email}}{% if conversation.number == \"1\" %}{{order.number}}{% endif %}");
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GPtrArray) sent = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *label = NULL;
  g_auto (Macros) m = { .f = f };
  const char *ids[] = { f->conversation, NULL };
  const char *more[] = { f->conversation, "no such conversation", NULL };
  GAsyncResult *called = NULL;
  g_autoptr (GAsyncResult) kept = NULL;
  gint64 batch = 0;

  send_close_host (f);
  desk = mos_desk_new (f->t->store, MOS_DESK_FLAG_OFFLINE);
  mos_macro_add_action (macro, MOS_MACRO_ADD_TAG, "tagged");
  mos_desk_save_macro_async (desk, macro, NULL, mos_test_ready_cb, &called);
  id = mos_desk_save_macro_finish (desk, wait_for (&called, &kept), &batch, &error);
  g_assert_no_error (error);
  g_set_str (&macro->id, id);
  mos_test_wait (mos_desk_find_macro (desk, id) != NULL, 10000);

  mos_desk_apply_macro_async (desk, macro, ids, NULL, 0, FALSE, NULL, mos_test_ready_cb, &called);
  results = mos_desk_apply_macro_finish (desk, wait_for (&called, &kept), &batch, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (results->len, ==, 1);
  g_assert_cmpint (batch, >, 0);
  test_write (f->t->store, do_look, &m);
  g_assert_true (g_strv_contains ((const char *const *) m.row->tags, "tagged"));
  mos_test_wait (mos_desk_find_macro (desk, id)->n_used == 1, 10000);
  mos_desk_undo_async (desk, batch, NULL, mos_test_ready_cb, &called);
  label = mos_desk_undo_finish (desk, wait_for (&called, &kept), &error);
  g_assert_cmpstr (label, ==, "macro");
  test_write (f->t->store, do_look, &m);
  g_assert_false (g_strv_contains ((const char *const *) m.row->tags, "tagged"));
  mos_test_wait (mos_desk_find_macro (desk, id)->n_used == 0, 10000);

  /* Each answer by itself: what cannot be done in one keeps no other from it. */
  mos_desk_apply_macro_async (desk, answer, more, NULL, 0, FALSE, NULL, mos_test_ready_cb, &called);
  sent = mos_desk_apply_macro_finish (desk, wait_for (&called, &kept), &batch, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sent->len, ==, 2);
  g_assert_cmpint (batch, ==, 0);
  g_assert_nonnull (((MosMacroResult *) sent->pdata[1])->why);

  mos_desk_remove_macro_async (desk, id, NULL, mos_test_ready_cb, &called);
  g_assert_true (mos_desk_action_finish (desk, wait_for (&called, &kept), &batch, &error));
  mos_test_wait (mos_desk_find_macro (desk, id) == NULL, 10000);
  mos_desk_undo_async (desk, batch, NULL, mos_test_ready_cb, &called);
  g_free (mos_desk_undo_finish (desk, wait_for (&called, &kept), &error));
  g_assert_no_error (error);
  mos_test_wait (mos_desk_find_macro (desk, id) != NULL, 10000);
  mos_desk_stop_sync (desk);
}

/* "macro in a bulk of 50 with 3 unresolved ⇒ 47 sent, 3 listed" */
static void
test_bulk (SendFixture *f,
           gconstpointer data)
{
  g_autoptr (MosMacro) macro = save (f, make ("Hello", "hello", "Hello {{customer.first_name}}!"));
  g_autoptr (MosDesk) desk = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *called = NULL;
  g_autoptr (GAsyncResult) kept = NULL;
  gint64 batch = 0;
  guint n_sent = 0;

  for (guint i = 0; i < 50; i++)
    {
      /* Three of them have no name to be greeted by. */
      g_autofree char *mail = g_strdup_printf ("From: %s<c%u@mail.example>\r\nTo: support@shop.example\r\nSubject: Question %u\r\nMessage-ID: <bulk-%u@mail.example>\r\n\r\nHello?\r\n",
                                               i % 20 == 7 ? "" : "Ana Ruiz ", i, i, i);
      g_autoptr (MosIngestResult) result = test_ingest (f->t->store, mail, MOS_FOLDER_INBOX, 100 + i, MOS_TEST_NOW_US);

      g_strv_builder_add (builder, result->conversation);
    }
  ids = g_strv_builder_end (builder);
  send_close_host (f);
  desk = mos_desk_new (f->t->store, MOS_DESK_FLAG_OFFLINE);
  mos_desk_apply_macro_async (desk, macro, (const char *const *) ids, NULL, 0, FALSE, NULL, mos_test_ready_cb, &called);
  results = mos_desk_apply_macro_finish (desk, wait_for (&called, &kept), &batch, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (results->len, ==, 50);
  for (guint i = 0; i < results->len; i++)
    {
      MosMacroResult *result = results->pdata[i];

      g_assert_cmpstr (result->conversation, ==, ids[i]);
      g_assert_cmpint (mos_macro_result_is_done (result), ==, i % 20 != 7);
      g_assert_cmpint (result->message != NULL, ==, i % 20 != 7);
      if (i % 20 == 7)
        g_assert_cmpstr (result->missing->pdata[0], ==, "{{customer.first_name}}");
      else
        n_sent++;
    }
  g_assert_cmpuint (n_sent, ==, 47);
  g_assert_cmpuint (get_used (f, macro->id), ==, 47);
  mos_desk_stop_sync (desk);
}

#define ADD(path, func) g_test_add (path, SendFixture, NULL, send_setup, func, send_teardown)

static char *
join_questions (const MosMacro *macro)
{
  const char *const languages[] = { "en", NULL };
  g_autoptr (GPtrArray) questions = mos_macro_list_questions_of_all (macro, languages);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < questions->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", ((MosTemplateQuestion *) questions->pdata[i])->text);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* To many at once: what is asked in one language answers the same question of another; what may be another question is asked. */
static void
test_questions_of_all (void)
{
  const char *const languages[] = { "en", NULL };
  g_autoptr (MosMacro) macro = mos_macro_make ();
  g_autoptr (GHashTable) answers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) all = NULL, unsure = NULL;
  g_autofree char *clear = NULL, *mixed = NULL;

  mos_macro_set_text (macro, "en", "{{ask:\"Amount\"|money}} for {{ask:\"Article\"}} by {{ask:\"Way\", \"card\", \"bank\"}}, {{ask:\"Code\"|number}}");
  mos_macro_set_text (macro, "es", "{{ask:\"Code\"|number}}: {{ask:\"Medio\", \"tarjeta\", \"banco\"}}, {{ask:\"Artículo\"}}, {{ask:\"Importe\"|money}}");
  clear = join_questions (macro);
  g_assert_cmpstr (clear, ==, "Amount, Article, Way, Code");
  g_hash_table_insert (answers, (gpointer) "Amount", (gpointer) "12.50");
  g_hash_table_insert (answers, (gpointer) "Article", (gpointer) "a lamp");
  g_hash_table_insert (answers, (gpointer) "Way", (gpointer) "bank");
  g_hash_table_insert (answers, (gpointer) "Code", (gpointer) "7");
  all = mos_macro_spread_answers (macro, languages, answers);
  g_assert_cmpuint (g_hash_table_size (all), ==, 7);
  g_assert_cmpstr (g_hash_table_lookup (all, "Amount"), ==, "12.50");
  g_assert_cmpstr (g_hash_table_lookup (all, "Importe"), ==, "12.50");
  g_assert_cmpstr (g_hash_table_lookup (all, "Artículo"), ==, "a lamp");
  g_assert_cmpstr (g_hash_table_lookup (all, "Medio"), ==, "banco");
  g_assert_cmpstr (g_hash_table_lookup (all, "Code"), ==, "7");

  /* Two texts may stand in another order there. */
  mos_macro_set_text (macro, "de", "{{ask:\"Ersatz\"}} statt {{ask:\"Artikel\"}} für {{ask:\"Betrag\"|money}}");
  mixed = join_questions (macro);
  g_assert_cmpstr (mixed, ==, "Amount, Article, Way, Code, Ersatz, Artikel");
  unsure = mos_macro_spread_answers (macro, languages, answers);
  g_assert_false (g_hash_table_contains (unsure, "Ersatz"));
  g_assert_false (g_hash_table_contains (unsure, "Artikel"));
  g_assert_cmpstr (g_hash_table_lookup (unsure, "Betrag"), ==, "12.50");
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/macros/values-are-data", test_values_are_data);
  g_test_add_func ("/macros/many-braces", test_many_braces);
  g_test_add_func ("/macros/missing", test_missing);
  g_test_add_func ("/macros/language-and-locale", test_language_and_locale);
  g_test_add_func ("/macros/plan-actions", test_plan_actions);
  g_test_add_func ("/macros/search", test_search);
  ADD ("/macros/send-and-take-back", test_send_and_take_back);
  ADD ("/macros/blank-is-refused", test_blank_is_refused);
  ADD ("/macros/questions", test_questions);
  ADD ("/macros/failing-action-has-a-name", test_failing_action_has_a_name);
  ADD ("/macros/starter", test_starter);
  ADD ("/macros/save-refuses", test_save_refuses);
  ADD ("/macros/desk", test_desk);
  ADD ("/macros/bulk", test_bulk);
  g_test_add_func ("/macros/questions-of-all", test_questions_of_all);
  return g_test_run ();
}
