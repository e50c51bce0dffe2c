/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-backups.h"
#include "core/desk/mos-calendars.h"
#include "core/desk/mos-first-steps.h"
#include "core/desk/mos-macros.h"
#include "core/desk/mos-rows.h"
#include "core/desk/mos-targets.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-imports.h"
#include "core/store/mos-store-macros.h"

/* What a new desk is led through: each step is done by what the desk holds, and by nothing else. */

static gboolean
do_load (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  MosFirstSteps **steps = data;

  *steps = mos_first_steps_load (txn, error);
  return *steps != NULL;
}

static MosFirstSteps *
load (MosTestStore *t)
{
  g_autoptr (GError) error = NULL;
  MosFirstSteps *steps = NULL;

  mos_store_read_sync (t->store, do_load, &steps, NULL, &error);
  g_assert_no_error (error);
  return steps;
}

/* One letter for each: l(eft), w(aits), d(one), a(side), n(ot here) */
static void
assert_states (MosTestStore *t,
               const char *expected)
{
  g_autoptr (MosFirstSteps) steps = load (t);
  char states[MOS_N_FIRST_STEPS + 1] = { 0 };

  for (guint i = 0; i < MOS_N_FIRST_STEPS; i++)
    states[i] = "lwdan"[steps->states[i]];
  g_assert_cmpstr (states, ==, expected);
}

/* --- steps that somebody takes --- */

typedef struct
{
  const char *id;
  const char *kind;
  const char *signature;
  const char *sender_signature;
} Account;

static gboolean
do_account (MosTxn *txn,
            gpointer data,
            GError **error)
{
  const Account *wanted = data;
  g_autoptr (MosAccount) account = mos_account_new ();

  account->id = g_strdup (wanted->id);
  account->kind = g_strdup (wanted->kind);
  account->name = g_strdup (wanted->id);
  account->address = g_strdup_printf ("%s@shop.example", wanted->id);
  account->signature = g_strdup (wanted->signature);
  if (wanted->sender_signature != NULL)
    {
      account->senders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_sender_unref);
      g_ptr_array_add (account->senders, mos_sender_make ("other@shop.example", NULL, wanted->sender_signature, NULL));
    }
  mos_account_fill (account);
  return mos_store_account_save (txn, account, error);
}

static void
add_account (MosTestStore *t,
             const char *id,
             const char *kind,
             const char *signature,
             const char *sender_signature)
{
  Account account = { id, kind, signature, sender_signature };

  test_write (t->store, do_account, &account);
}

static gboolean
do_remove_account (MosTxn *txn,
                   gpointer data,
                   GError **error)
{
  return mos_store_account_remove (txn, data, error);
}

static gboolean
do_agent_signature (MosTxn *txn,
                    gpointer data,
                    GError **error)
{
  g_autoptr (MosAgent) me = NULL;
  g_autoptr (MosAgent) agent = mos_agent_new ();

  if (!mos_store_agent_ensure_me (txn, "Lucía", &me, error))
    return FALSE;
  agent->id = g_strdup (me->id);
  agent->name = g_strdup (me->name);
  agent->is_me = TRUE;
  agent->signature = g_strdup (data);
  return mos_store_agent_save (txn, agent, error);
}

typedef struct
{
  const char *id;
  MosImportState state;
  guint64 imported;
} Import;

static gboolean
do_save_import (MosTxn *txn,
                gpointer data,
                GError **error)
{
  const Import *import = data;
  g_autoptr (MosImportRow) row = mos_import_row_new ();

  row->id = g_strdup (import->id);
  row->account = g_strdup ("archive");
  row->source = g_strdup ("{}");
  row->position = g_strdup ("");
  row->state = import->state;
  row->imported = import->imported;
  return mos_store_import_save (txn, row, error);
}

static void
save_import (MosTestStore *t,
             const char *id,
             MosImportState state,
             guint64 imported)
{
  Import import = { id, state, imported };

  test_write (t->store, do_save_import, &import);
}

static gboolean
do_set_hours (MosTxn *txn,
              gpointer data,
              GError **error)
{
  g_autoptr (MosCalendar) calendar = mos_calendar_parse (data, NULL);

  return mos_calendars_set (txn, calendar, FALSE, error);
}

static gboolean
do_set_targets (MosTxn *txn,
                gpointer data,
                GError **error)
{
  g_autoptr (MosTargets) targets = mos_targets_parse (data);

  return mos_targets_set (txn, targets, error);
}

static gboolean
do_begin_macros (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  return mos_store_agent_ensure_me (txn, "Lucía", NULL, error) && mos_macros_install_starter (txn, data, NULL, error);
}

static gboolean
do_change_macro (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  g_autoptr (GPtrArray) macros = mos_store_macro_list (txn, NULL, error);
  g_autoptr (MosMacro) macro = macros != NULL && macros->len > 0 ? mos_macro_copy (macros->pdata[0]) : NULL;

  g_assert_nonnull (macro);
  mos_macro_set_text (macro, "en", data);
  return mos_macros_save (txn, macro, NULL, error);
}

static gboolean
do_add_macro (MosTxn *txn,
              gpointer data,
              GError **error)
{
  g_autoptr (MosMacro) macro = mos_macro_make ();

  g_set_str (&macro->name, "Merino");
  mos_macro_set_text (macro, "es", data);
  return mos_macros_save (txn, macro, NULL, error);
}

static gboolean
do_remove_macros (MosTxn *txn,
                  gpointer data,
                  GError **error)
{
  g_autoptr (GPtrArray) macros = mos_store_macro_list (txn, NULL, error);

  for (guint i = 0; i < macros->len; i++)
    if (!mos_store_macro_remove (txn, ((MosMacro *) macros->pdata[i])->id, error))
      return FALSE;
  return TRUE;
}

static gboolean
do_plan_backups (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  g_autoptr (MosBackupPlan) plan = mos_backup_plan_new ();

  plan->every = mos_backup_every_from_nick (data, MOS_BACKUP_OFF);
  plan->folder = g_strdup ("/backups");
  plan->keep = 7;
  return mos_backups_set_plan (txn, plan, error);
}

static gboolean
do_aside (MosTxn *txn,
          gpointer data,
          GError **error)
{
  const int *step = data;

  return mos_store_first_steps_set_aside (txn, (MosFirstStep) step[0], step[1] != 0, error);
}

static void
set_aside (MosTestStore *t,
           MosFirstStep step,
           gboolean is_aside)
{
  int data[] = { (int) step, is_aside };

  test_write (t->store, do_aside, data);
}

static gboolean
do_begin (MosTxn *txn,
          gpointer data,
          GError **error)
{
  return mos_first_steps_begin (txn, data, error);
}

static gboolean
begins (MosTestStore *t)
{
  g_autoptr (MosFirstSteps) steps = NULL;

  test_write (t->store, do_begin, &steps);
  return steps != NULL;
}

/* --- the tests --- */

static void
test_accounts (void)
{
  g_autoptr (MosTestStore) t = mos_test_store_new ();
  g_autoptr (MosFirstSteps) steps = NULL;

  assert_states (t, "lllllll");
  /* Where imports go, nobody writes to. */
  add_account (t, "archive", "archive", "", NULL);
  assert_states (t, "lllllll");
  /* There is nothing to sign in a chat, and it is not counted. */
  add_account (t, "bot", "telegram", "", NULL);
  assert_states (t, "dlnllll");
  add_account (t, "a", "email", " \n", NULL);
  assert_states (t, "dllllll");
  steps = load (t);
  g_assert_cmpstr (steps->account, ==, "a");

  add_account (t, "a", "email", "Lucía, Faro y Lana", NULL);
  assert_states (t, "dldllll");
  /* The next one to be signed is the other one. */
  add_account (t, "b", "email", "", NULL);
  g_clear_pointer (&steps, mos_first_steps_unref);
  steps = load (t);
  g_assert_cmpstr (steps->account, ==, "b");
  g_assert_cmpint (steps->states[MOS_FIRST_STEP_SIGNATURE], ==, MOS_FIRST_STEP_DONE);

  test_write (t->store, do_remove_account, (gpointer) "a");
  assert_states (t, "dllllll");
  add_account (t, "b", "email", "", "Taller");
  assert_states (t, "dldllll");
  add_account (t, "b", "email", "", NULL);
  test_write (t->store, do_agent_signature, (gpointer) "Lucía");
  assert_states (t, "dldllll");
  test_write (t->store, do_remove_account, (gpointer) "b");
  test_write (t->store, do_remove_account, (gpointer) "bot");
  assert_states (t, "lllllll");
}

static void
test_imports (void)
{
  g_autoptr (MosTestStore) t = mos_test_store_new ();

  add_account (t, "archive", "archive", "", NULL);
  save_import (t, "1", MOS_IMPORT_CANCELLED, 3);
  assert_states (t, "lllllll");
  save_import (t, "2", MOS_IMPORT_DONE, 0);
  assert_states (t, "lllllll");
  save_import (t, "3", MOS_IMPORT_RUNNING, 3);
  assert_states (t, "lwlllll");
  save_import (t, "3", MOS_IMPORT_PAUSED, 3);
  assert_states (t, "lwlllll");
  set_aside (t, MOS_FIRST_STEP_IMPORT, TRUE);
  assert_states (t, "lalllll");
  set_aside (t, MOS_FIRST_STEP_IMPORT, FALSE);
  save_import (t, "3", MOS_IMPORT_DONE, 3);
  assert_states (t, "ldlllll");
  save_import (t, "4", MOS_IMPORT_FAILED, 0);
  assert_states (t, "ldlllll");
}

static void
test_settings (void)
{
  g_autoptr (MosTestStore) t = mos_test_store_new ();

  test_write (t->store, do_set_hours, (gpointer) "zone Europe/Madrid\n");
  assert_states (t, "lllllll");
  test_write (t->store, do_set_hours, (gpointer) "mon 09:00-17:00\n");
  assert_states (t, "llldlll");
  test_write (t->store, do_set_targets, (gpointer) "vip first_reply=1800\n");
  assert_states (t, "lllddll");
  test_write (t->store, do_plan_backups, (gpointer) "off");
  assert_states (t, "lllddll");
  test_write (t->store, do_plan_backups, (gpointer) "daily");
  assert_states (t, "lllddld");
  test_write (t->store, do_plan_backups, (gpointer) "off");
  assert_states (t, "lllddll");
}

static void
test_macros (void)
{
  static const char *const languages[] = { "en", "de", "ar", "ja" };

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (MosTestStore) t = mos_test_store_new ();

      /* What comes with the program is nobody's work, whatever language it came in. */
      test_write (t->store, do_begin_macros, (gpointer) languages[i]);
      assert_states (t, "lllllll");
      test_write (t->store, do_change_macro, (gpointer) "Hello, this is Lucía.");
      assert_states (t, "llllldl");
      test_write (t->store, do_remove_macros, NULL);
      assert_states (t, "lllllll");
      test_write (t->store, do_add_macro, (gpointer) "La lana merina…");
      assert_states (t, "llllldl");
    }
}

static void
test_aside (void)
{
  g_autoptr (MosTestStore) t = test_desk_store_without_targets ();
  g_autoptr (MosFirstSteps) steps = NULL;
  guint n_wanted;

  set_aside (t, MOS_FIRST_STEP_BACKUP, TRUE);
  set_aside (t, MOS_FIRST_STEP_HOURS, TRUE);
  set_aside (t, MOS_FIRST_STEP_HOURS, TRUE);
  steps = load (t);
  g_assert_cmpint (steps->states[MOS_FIRST_STEP_HOURS], ==, MOS_FIRST_STEP_ASIDE);
  g_assert_cmpint (steps->states[MOS_FIRST_STEP_BACKUP], ==, MOS_FIRST_STEP_ASIDE);
  g_assert_cmpint (steps->states[MOS_FIRST_STEP_MACRO], ==, MOS_FIRST_STEP_LEFT);
  g_assert_cmpuint (mos_first_steps_count (steps, &n_wanted), ==, 2);
  g_assert_cmpuint (n_wanted, ==, MOS_N_FIRST_STEPS - 2);

  /* Kept, and done where it is done all the same. */
  mos_test_store_reopen (t);
  assert_states (t, "dlladla");
  test_write (t->store, do_set_hours, (gpointer) "mon 09:00-17:00\n");
  assert_states (t, "dllddla");
  set_aside (t, MOS_FIRST_STEP_BACKUP, FALSE);
  assert_states (t, "dllddll");
}

static void
test_begin (void)
{
  g_autoptr (MosTestStore) t = mos_test_store_new ();
  g_autoptr (MosTestStore) done = mos_test_store_new ();

  g_assert_true (begins (t));
  g_assert_false (begins (t));
  mos_test_store_reopen (t);
  g_assert_false (begins (t));

  /* Where nothing is left nobody is led anywhere; what comes back later is told when there is something. */
  for (guint i = 0; i < MOS_N_FIRST_STEPS; i++)
    set_aside (done, (MosFirstStep) i, TRUE);
  g_assert_false (begins (done));
  set_aside (done, MOS_FIRST_STEP_MACRO, FALSE);
  g_assert_true (begins (done));
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/first-steps/accounts", test_accounts);
  g_test_add_func ("/first-steps/imports", test_imports);
  g_test_add_func ("/first-steps/settings", test_settings);
  g_test_add_func ("/first-steps/macros", test_macros);
  g_test_add_func ("/first-steps/aside", test_aside);
  g_test_add_func ("/first-steps/begin", test_begin);
  return g_test_run ();
}
