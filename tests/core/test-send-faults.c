/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "send-fixture.h"

#include "core/desk/mos-outbox.h"

#include <string.h>

/* A message on its way through every fault a server or the line can show: each ends accepted once, visibly failed, waiting for its next try, or uncertain. */

/* --- every stage, every fault --- */

typedef enum
{
  STAGE_GREETING,
  STAGE_EHLO,
  STAGE_AUTH,
  STAGE_MAIL,
  STAGE_RCPT,
  STAGE_DATA,
  STAGE_VERDICT,
} Stage;

static const struct
{
  const char *name;
  const char *command; /* (nullable) what the client says */
  const char *good[3]; /* and the answer */
  const char *code;    /* of a good answer */
} stages[] = {
  [STAGE_GREETING] = { "greeting", NULL, { "S 220 hi" }, "220" },
  [STAGE_EHLO] = { "ehlo", "C EHLO", { "S 250-there", "S 250 AUTH PLAIN" }, "250" },
  [STAGE_AUTH] = { "auth", "C AUTH PLAIN", { "S 235 ok" }, "235" },
  [STAGE_MAIL] = { "mail", "C MAIL FROM", { "S 250 ok" }, "250" },
  [STAGE_RCPT] = { "rcpt", "C RCPT TO", { "S 250 ok" }, "250" },
  [STAGE_DATA] = { "data", "C DATA", { "S 354 go" }, "354" },
  [STAGE_VERDICT] = { "verdict", "D", { "S 250 queued" }, "250" },
};

typedef enum
{
  FAULT_CUT,
  FAULT_CUT_IN_REPLY,
  FAULT_CUT_IN_LINES,
  FAULT_STALL,
  FAULT_STALL_IN_REPLY,
  FAULT_421,
  FAULT_4XX,
  FAULT_5XX,
  FAULT_NONSENSE,
  FAULT_MIXED,
  FAULT_LONG,
  FAULT_LINES, /* none: the good answer in several lines */
} Fault;

static const char *const fault_names[] = { "cut", "cut-in-reply", "cut-in-lines", "stall", "stall-in-reply", "421", "4xx", "5xx", "nonsense", "mixed-codes", "endless-line", "many-lines" };

static void
add_fault (GPtrArray *script,
           Stage stage,
           Fault fault)
{
  const char *code = stages[stage].code;

  switch (fault)
    {
    case FAULT_CUT:
      g_ptr_array_add (script, g_strdup ("X"));
      break;
    case FAULT_CUT_IN_REPLY:
      g_ptr_array_add (script, g_strdup_printf ("P %.2s", code));
      g_ptr_array_add (script, g_strdup ("X"));
      break;
    case FAULT_CUT_IN_LINES:
      g_ptr_array_add (script, g_strdup_printf ("S %s-one", code));
      g_ptr_array_add (script, g_strdup ("X"));
      break;
    case FAULT_STALL:
      break;
    case FAULT_STALL_IN_REPLY:
      g_ptr_array_add (script, g_strdup_printf ("P %s o", code));
      break;
    case FAULT_421:
      g_ptr_array_add (script, g_strdup ("S 421 4.3.2 closing"));
      break;
    case FAULT_4XX:
      g_ptr_array_add (script, g_strdup ("S 451 4.7.1 not now"));
      break;
    case FAULT_5XX:
      g_ptr_array_add (script, g_strdup ("S 554 5.7.1 no"));
      if (stage == STAGE_EHLO)
        {
          g_ptr_array_add (script, g_strdup ("C HELO"));
          g_ptr_array_add (script, g_strdup ("S 554 5.7.1 no"));
        }
      break;
    case FAULT_NONSENSE:
      g_ptr_array_add (script, g_strdup ("S * OK welcome"));
      break;
    case FAULT_MIXED:
      g_ptr_array_add (script, g_strdup_printf ("S %s-one", code));
      g_ptr_array_add (script, g_strdup ("S 550 two"));
      break;
    case FAULT_LONG:
      {
        g_autofree char *much = g_strnfill (10000, 'x');

        g_ptr_array_add (script, g_strdup_printf ("S %s %s", code, much));
        break;
      }
    case FAULT_LINES:
      if (stage == STAGE_EHLO)
        {
          g_ptr_array_add (script, g_strdup ("S 250-there"));
          g_ptr_array_add (script, g_strdup ("S 250-AUTH PLAIN"));
        }
      for (guint i = 0; i < 20; i++)
        g_ptr_array_add (script, g_strdup_printf ("S %s-line %u", code, i));
      g_ptr_array_add (script, g_strdup_printf ("S %s", code));
      break;
    default:
      g_assert_not_reached ();
    }
}

static MosDelivery
expect (Stage stage,
        Fault fault)
{
  if (fault == FAULT_LINES)
    return MOS_DELIVERY_ACCEPTED;
  /* Of the account, not of the message. */
  if (stage <= STAGE_AUTH)
    return MOS_DELIVERY_QUEUED;
  if (fault == FAULT_5XX)
    return MOS_DELIVERY_FAILED;
  if (fault == FAULT_421 || fault == FAULT_4XX)
    return MOS_DELIVERY_QUEUED;
  /* "no" in any words: a recipient with such an answer did not get it. */
  return stage == STAGE_VERDICT ? MOS_DELIVERY_UNCERTAIN : MOS_DELIVERY_QUEUED;
}

typedef struct
{
  Stage stage;
  Fault fault;
} FaultCase;

static void
test_fault (SendFixture *f,
            gconstpointer data)
{
  const FaultCase *c = data;
  g_autoptr (GPtrArray) script = g_ptr_array_new_null_terminated (64, g_free, TRUE);
  g_autoptr (GError) error = NULL;
  MosDelivery expected = expect (c->stage, c->fault);
  MosDelivery state;
  guint read;

  for (guint s = 0; s < G_N_ELEMENTS (stages); s++)
    {
      if (stages[s].command != NULL)
        g_ptr_array_add (script, g_strdup (stages[s].command));
      if (s == c->stage)
        add_fault (script, c->stage, c->fault);
      else
        for (guint i = 0; stages[s].good[i] != NULL; i++)
          g_ptr_array_add (script, g_strdup (stages[s].good[i]));
      if (s == c->stage && c->fault != FAULT_LINES)
        break;
    }
  g_ptr_array_add (script, g_strdup (c->fault == FAULT_STALL || c->fault == FAULT_STALL_IN_REPLY ? "W" : "A"));
  if (c->fault == FAULT_STALL || c->fault == FAULT_STALL_IN_REPLY)
    mos_smtp_timeouts = (MosSmtpTimeouts) { c->stage == STAGE_VERDICT && c->fault == FAULT_STALL ? 30000 : 1500, 1500, 200 };

  read = send_run_pass (f, (const char *const *) script->pdata, "me", &error);
  state = send_get_delivery (f);
  g_test_message ("%s", error != NULL ? error->message : "no error");
  g_assert_cmpint (state, ==, expected);
  /* Whoever is not told that it is sent sees a reason, or it is tried again. */
  if (state == MOS_DELIVERY_FAILED)
    {
      g_auto (SendLook) look = { f->reply.message };

      test_write (f->t->store, send_do_look, &look);
      g_assert_nonnull (look.row->why);
      g_assert_nonnull (strstr (look.row->why_detail, "554"));
      g_assert_cmpint (((MosRecipientResult *) look.row->results->pdata[0])->state, ==, MOS_RECIPIENT_REFUSED);
    }
  g_assert_cmpuint (read, ==, c->stage == STAGE_VERDICT || c->fault == FAULT_LINES ? 1 : 0);

  /* The next day: whatever waits goes, once; what is accepted, failed or uncertain stays what it is, and nobody is even asked. */
  mos_smtp_timeouts = (MosSmtpTimeouts) { 30000, 30000, 1000 };
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->t->clock), 24 * HOUR_US);
  g_clear_error (&error);
  read = send_run_pass (f, expected == MOS_DELIVERY_QUEUED ? send_good_script : NULL, "", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read, ==, expected == MOS_DELIVERY_QUEUED ? 1 : 0);
  g_assert_cmpint (send_get_delivery (f), ==, expected == MOS_DELIVERY_QUEUED ? MOS_DELIVERY_ACCEPTED : expected);
}

/* --- the message itself is cut, at any byte --- */

static void
test_cut_in_body (SendFixture *f,
                  gconstpointer data)
{
  g_auto (SendLook) look = { f->reply.message };
  gsize size;

  test_write (f->t->store, send_do_look, &look);
  /* The final dot and its line come after the bytes themselves; no line of this message begins with a dot. */
  size = g_bytes_get_size (look.item->raw) + 3;
  for (gsize n = 1; n < size; n = n < size - 8 ? MIN (n * 3, size - 8) : n + 1)
    {
      g_autofree char *bytes = g_strdup_printf ("b %" G_GSIZE_FORMAT, n);
      const char *const script[] = { "S 220 hi", "C EHLO", "S 250 there", "C MAIL", "S 250 ok", "C RCPT", "S 250 ok", "C DATA", "S 354 go", bytes, "X", NULL };
      g_autoptr (GError) error = NULL;
      MosDelivery state;

      send_run_pass (f, script, "", &error);
      g_assert_no_error (error);
      state = send_get_delivery (f);
      g_test_message ("cut after %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " bytes: %s", n, size, mos_delivery_to_nick (state));
      /* We may have written all of it before the line broke; what the server had was never a whole message. */
      g_assert_true (state == MOS_DELIVERY_QUEUED || state == MOS_DELIVERY_UNCERTAIN);
      if (state == MOS_DELIVERY_UNCERTAIN)
        {
          mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->t->clock), 24 * HOUR_US);
          send_run_pass (f, NULL, "", &error);
          g_assert_no_error (error);
          g_assert_cmpint (send_get_delivery (f), ==, MOS_DELIVERY_UNCERTAIN);
          /* The owner looked: it was not sent. */
          test_write (f->t->store, (TestFunc) mos_outbox_retry, f->reply.message);
        }
      mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->t->clock), 24 * HOUR_US);
    }
}

int
main (int argc,
      char *argv[])
{
  static FaultCase cases[G_N_ELEMENTS (stages)][G_N_ELEMENTS (fault_names)];

  mos_test_init (&argc, &argv);

  for (guint s = 0; s < G_N_ELEMENTS (stages); s++)
    for (guint i = 0; i < G_N_ELEMENTS (fault_names); i++)
      {
        g_autofree char *path = g_strdup_printf ("/send-faults/%s/%s", stages[s].name, fault_names[i]);

        cases[s][i] = (FaultCase) { (Stage) s, (Fault) i };
        g_test_add (path, SendFixture, &cases[s][i], send_setup, test_fault, send_teardown);
      }
  g_test_add ("/send-faults/cut-in-body", SendFixture, NULL, send_setup, test_cut_in_body, send_teardown);

  return g_test_run ();
}
