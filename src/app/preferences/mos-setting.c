/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-preferences"

#include "config.h"

#include "app/preferences/mos-setting.h"

#include "app/application/mos-settings.h"
#include "app/palette/mos-palette-source.h"
#include "core/channels/mos-channel-traits.h"
#include "core/desk/mos-desk.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define MAX_FOUND 30
/* A dialog, or a page behind the first one, takes a few frames until it can have the keyboard, and at the end of its animation libadwaita puts it where it was. */
#define FRAMES 4
#define SETTLED_US (G_USEC_PER_SEC / 2)

#define GENERAL MOS_SETTING_GENERAL
#define HOURS MOS_SETTING_HOURS
#define TARGETS MOS_SETTING_TARGETS
#define CATEGORIES MOS_SETTING_CATEGORIES
#define SHOPS MOS_SETTING_SHOPS
#define BACKUPS MOS_SETTING_BACKUPS
#define RETENTION MOS_SETTING_RETENTION
#define ACCOUNT MOS_SETTING_ACCOUNT
#define ELSEWHERE MOS_SETTING_ELSEWHERE

/* Titles are those of the rows: app/preferences holds both to each other. Where a row says it all it has no other words. */
static const MosSetting settings[] = {
  { "next-after-close", GENERAL, N_ ("Go to the _next conversation after closing"), NULL },
  { "single-key-shortcuts", GENERAL, N_ ("_Single-key shortcuts"), NULL },
  /* Translators: here and below: other words that somebody may look for this setting by; as many or as few as your language has, separated by commas */
  { "density", GENERAL, N_ ("_List"), N_ ("density, compact, comfortable, rows, lines, appearance") },
  /* Translators: words somebody may look for “Language” by; leave the English ones in, for whoever cannot read the language that is set */
  { "language", GENERAL, N_ ("Lan_guage"), N_ ("language, locale, translation, idioma, langue, Sprache, lingua, اللغة") },
  { "translation", GENERAL, N_ ("_Translation"), N_ ("DeepL, LibreTranslate, translate, languages") },
  { "hours", GENERAL, N_ ("_Business Hours"), N_ ("opening hours, working time, week, holidays, closed") },
  { "targets", GENERAL, N_ ("Tar_gets"), N_ ("SLA, response time, deadlines, late, overdue, urgent") },
  { "categories", GENERAL, N_ ("_Categories"), NULL },
  { "shops", GENERAL, N_ ("S_hops"), N_ ("orders, Shopify, WooCommerce, PrestaShop, Magento, store, connect") },
  { "backups", GENERAL, N_ ("_Backups"), N_ ("copy, save, restore, move to another computer") },
  { "retention", GENERAL, N_ ("_How Long Things Are Kept"), N_ ("delete, retention, GDPR, data protection, spam, quarantine, old mail, cleaning up") },
  { "undo-send-seconds", GENERAL, N_ ("_Undo sending for (seconds)"), N_ ("delay, wait, take back, recall") },
  { "tell-typing", GENERAL, N_ ("Show customers that an answer is being _written"), NULL },
  { "quote-history", GENERAL, N_ ("_Earlier text in answers"), N_ ("quote, quotation, history, reply") },
  { "checks", GENERAL, N_ ("_Checks before sending"), NULL },
  { "check-attachment", GENERAL, N_ ("A forgotten _attachment"), NULL },
  { "check-subject", GENERAL, N_ ("An empty _subject"), NULL },
  { "check-news", GENERAL, N_ ("A _newer message"), NULL },
  { "check-recipients", GENERAL, N_ ("A new _recipient"), NULL },
  { "check-orders", GENERAL, N_ ("Another customer’s _order"), NULL },
  { "check-variables", GENERAL, N_ ("A _variable without a value"), NULL },
  { "read-attachments", GENERAL, N_ ("Find what is written in _attachments"), N_ ("search, index, PDF, documents, files") },
  { "run-in-background", GENERAL, N_ ("_Keep running when the window is closed"), N_ ("background, quit, close") },
  { "start-at-login", GENERAL, N_ ("_Start with the session"), N_ ("autostart, boot, log in") },
  { "notify-arrived", GENERAL, N_ ("When a customer _writes"), N_ ("notifications, alerts, sound, mute, silence, do not disturb") },
  { "notify-due", GENERAL, N_ ("When something is nearly _due"), N_ ("notifications, alerts, sound, mute, silence, do not disturb") },
  { "notify-failed", GENERAL, N_ ("When a message _could not be sent"), N_ ("notifications, alerts, sound, mute, silence, do not disturb") },
  { "notify-text", GENERAL, N_ ("Show the _text of messages"), N_ ("notifications, alerts, sound, mute, silence, do not disturb") },
  { "quiet-when-closed", GENERAL, N_ ("Quiet outside _business hours"), N_ ("notifications, alerts, sound, mute, silence, do not disturb") },
  { "quiet-hours", GENERAL, N_ ("_Quiet hours"), N_ ("notifications, alerts, sound, mute, silence, do not disturb") },
  { "quiet-from", GENERAL, N_ ("_From (hour)"), N_ ("notifications, alerts, sound, mute, silence, do not disturb") },
  { "quiet-until", GENERAL, N_ ("_Until (hour)"), N_ ("notifications, alerts, sound, mute, silence, do not disturb") },
  { "lock-set", GENERAL, N_ ("Set a _Passphrase…"), N_ ("lock, password, PIN, privacy, security") },
  { "lock-change", GENERAL, N_ ("_Change the Passphrase…"), N_ ("lock, password, PIN, privacy, security") },
  { "lock-remove", GENERAL, N_ ("_Remove the Lock…"), N_ ("lock, password, PIN, privacy, security") },
  { "lock-minutes", GENERAL, N_ ("Lock _after (minutes)"), N_ ("lock, password, PIN, privacy, security") },
  { "lock-with-desktop", GENERAL, N_ ("Lock with the des_ktop"), N_ ("lock, password, PIN, privacy, security") },
  { "cover-customers", GENERAL, N_ ("Co_ver customers"), N_ ("blur, mask, hide, screen sharing, video call, privacy") },
  { "remote-images", GENERAL, N_ ("_Remote images"), N_ ("pictures, tracking, privacy, load, block") },

  { "time-zone", HOURS, N_ ("_Time zone"), NULL },
  { "special-days", HOURS, N_ ("_Add a Day…"), N_ ("special days, holiday, vacation, closed") },
  { "holidays-file", HOURS, N_ ("From a _File…"), N_ ("holidays, calendar, iCalendar, ics") },
  { "targets-urgent", TARGETS, N_ ("Urgent conversations"), NULL },
  { "targets-vip", TARGETS, N_ ("VIP customers"), NULL },
  { "targets-complex", TARGETS, N_ ("Complex categories"), NULL },
  { "targets-reset", TARGETS, N_ ("_Reset to Defaults"), NULL },
  { "add-category", CATEGORIES, N_ ("Add a Category"), NULL },
  { "add-shop", SHOPS, N_ ("_Add a Shop…"), NULL },
  { "backup-every", BACKUPS, N_ ("_Make a Backup"), N_ ("automatic, daily, weekly, schedule") },
  { "backup-folder", BACKUPS, N_ ("_Folder"), NULL },
  { "backup-keep", BACKUPS, N_ ("How Many Are _Kept"), NULL },
  { "backup-passphrase", BACKUPS, N_ ("With a _Passphrase"), NULL },
  { "backup-passwords", BACKUPS, N_ ("Pass_words of Your Accounts, Too"), NULL },
  { "backup-file", BACKUPS, N_ ("Back Up to a F_ile…"), NULL },
  { "backup-restore", BACKUPS, N_ ("_Restore a Backup…"), NULL },

  { "account-name", ACCOUNT, N_ ("Name customers see"), N_ ("sender, from, display name") },
  { "account-method", ACCOUNT, N_ ("Signs in with"), N_ ("password, OAuth, token, log in") },
  { "account-senders", ACCOUNT, N_ ("Sender Addresses"), N_ ("alias, from, identities"), TRUE },
  { "account-signature", ACCOUNT, N_ ("Signature"), NULL },
  { "account-notifies", ACCOUNT, N_ ("When a customer _writes to it"), N_ ("notifications, alerts, sound, mute, silence, do not disturb") },
  { "account-folders", ACCOUNT, N_ ("Folders"), NULL, TRUE },
  { "account-plus", ACCOUNT, N_ ("Answers to an address of their own"), N_ ("threading, joining, same conversation"), TRUE },
  { "account-spam-moves", ACCOUNT, N_ ("_Move spam on the server"), NULL, TRUE },
  { "account-marker", ACCOUNT, N_ ("Reference line"), N_ ("threading, joining, same conversation"), TRUE },
  { "account-join-subject", ACCOUNT, N_ ("Same sender, same subject"), N_ ("threading, joining, same conversation"), TRUE },
  { "account-imap", ACCOUNT, N_ ("Incoming Mail (IMAP)"), N_ ("server, port, security, TLS"), TRUE },
  { "account-smtp", ACCOUNT, N_ ("Outgoing Mail (SMTP)"), N_ ("server, port, security, TLS"), TRUE },
  { "account-test", ACCOUNT, N_ ("_Try It Out"), NULL, TRUE },
  /* They have the same names in every language. */
  { "account-delivery", ACCOUNT, N_ ("_Delivery and Test Message"), "SPF, DKIM, DMARC, MX, DNS", TRUE },
  { "account-remove", ACCOUNT, N_ ("_Remove Account…"), NULL },

  { "win.add-account", ELSEWHERE, N_ ("Add an account"), N_ ("e-mail, Telegram, Matrix, WhatsApp, phone, channel") },
  { "win.macros", ELSEWHERE, N_ ("Macros"), N_ ("canned answers, templates, texts") },
  { "win.surveys", ELSEWHERE, N_ ("Surveys: what customers are asked"), N_ ("CSAT, NPS, score, satisfaction") },
  { "win.team", ELSEWHERE, N_ ("Team: who sits here"), NULL },
  { "win.shortcuts", ELSEWHERE, N_ ("Keyboard shortcuts"), NULL },
};

const MosSetting *
mos_settings_list (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (settings);
  return settings;
}

const MosSetting *
mos_setting_lookup (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (g_str_equal (settings[i].id, id))
      return &settings[i];
  return NULL;
}

/* Where GTK draws none: "(_N)", as some languages write it, goes as a whole. */
static char *
dup_plain (const char *title)
{
  GString *plain = g_string_new (NULL);

  for (const char *p = title; *p != '\0'; p++)
    if (p[0] == '(' && p[1] == '_' && p[2] != '\0' && p[3] == ')')
      p += 3;
    else if (*p != '_')
      g_string_append_c (plain, *p);
  return g_string_free_and_steal (plain);
}

char *
mos_setting_dup_title (const MosSetting *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return dup_plain (_ (self->title));
}

/* --- the search --- */

/* The row that leads to it names the page. */
static const char *
place_title (MosSettingPlace place)
{
  switch (place)
    {
    case MOS_SETTING_HOURS:
      return N_ ("Business Hours");
    case MOS_SETTING_TARGETS:
      return N_ ("Targets");
    case MOS_SETTING_CATEGORIES:
      return N_ ("Categories");
    case MOS_SETTING_SHOPS:
      return N_ ("Shops");
    case MOS_SETTING_BACKUPS:
      return N_ ("Backups");
    case MOS_SETTING_RETENTION:
      return N_ ("How Long Things Are Kept");
    case MOS_SETTING_ACCOUNT:
      return N_ ("Account Settings");
    case MOS_SETTING_GENERAL:
    case MOS_SETTING_ELSEWHERE:
    default:
      return N_ ("Preferences");
    }
}

/* By its title first, then by other words, then by where it is as well. In English, too: that is what help on the web is written in. */
static double
score_of (const MosSetting *setting,
          const char *text,
          const char *account)
{
  g_autofree char *title = mos_setting_dup_title (setting);
  g_autofree char *english = dup_plain (setting->title);
  g_autofree char *all = NULL;

  if (g_str_match_string (text, title, TRUE) || g_str_match_string (text, english, TRUE))
    return 1;
  if (setting->words != NULL && (g_str_match_string (text, _ (setting->words), TRUE) || g_str_match_string (text, setting->words, TRUE)))
    return 0.8;
  all = g_strjoin (" ", title, english, _ (place_title (setting->place)), place_title (setting->place), setting->words != NULL ? _ (setting->words) : "", setting->words != NULL ? setting->words : "", account != NULL ? account : "", NULL);
  return g_str_match_string (text, all, TRUE) ? 0.6 : 0;
}

/* There is a passphrase, or there is none. */
static gboolean
is_there (const MosSetting *setting)
{
  g_autofree char *kept = g_settings_get_string (mos_settings_get (), "lock-passphrase");

  if (g_str_equal (setting->id, "lock-set"))
    return *kept == '\0';
  return *kept != '\0' || (!g_str_equal (setting->id, "lock-change") && !g_str_equal (setting->id, "lock-remove"));
}

/* Returns: (transfer full) */
static MosPaletteItem *
item_new (const MosSetting *setting,
          const char *account,
          const char *account_name,
          double score)
{
  g_autofree char *title = mos_setting_dup_title (setting);
  g_autofree char *id = g_strconcat ("setting:", setting->id, account != NULL ? ":" : NULL, account, NULL);
  MosPaletteItem *item;

  if (account != NULL)
    item = mos_palette_item_new_for (id, "win.account-setting", g_variant_new ("(ss)", account, setting->id), title);
  else if (setting->place == MOS_SETTING_ELSEWHERE)
    item = mos_palette_item_new_for (id, setting->id, NULL, title);
  else
    item = mos_palette_item_new_for (id, "win.show-setting", g_variant_new_string (setting->id), title);
  item->subtitle = g_strdup (account_name != NULL ? account_name : _ (place_title (setting->place)));
  item->icon = g_strdup ("preferences-system-symbolic");
  item->score = score;
  return item;
}

static void
search_accounts (GPtrArray *items,
                 const MosSetting *setting,
                 const char *text,
                 GListModel *accounts)
{
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (MosAccountItem) each = g_list_model_get_item (accounts, i);
      MosAccount *account = mos_account_item_get_account (each);
      const char *name = *account->name != '\0' ? account->name : account->address;
      g_autofree char *names = g_strjoin (" ", account->name, account->address, NULL);
      double score = setting->is_of_mail && mos_channel_is_chat (account->kind) ? 0 : score_of (setting, text, names);

      if (score > 0)
        g_ptr_array_add (items, item_new (setting, account->id, name, score));
    }
}

GPtrArray *
mos_settings_find (const char *text,
                   GListModel *accounts,
                   gboolean has_elsewhere)
{
  GPtrArray *items = mos_palette_items_new ();
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (text != NULL, items);

  /* A sign alone is no word, and would be found everywhere. */
  words = g_str_tokenize_and_fold (text, NULL, NULL);
  if (words[0] == NULL)
    return items;
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      const MosSetting *setting = &settings[i];
      double score;

      if (setting->place == MOS_SETTING_ACCOUNT)
        {
          if (accounts != NULL)
            search_accounts (items, setting, text, accounts);
          continue;
        }
      if (setting->place == MOS_SETTING_ELSEWHERE ? !has_elsewhere : setting->place != MOS_SETTING_GENERAL && accounts == NULL)
        continue;
      score = score_of (setting, text, NULL);
      if (score > 0 && is_there (setting))
        g_ptr_array_add (items, item_new (setting, NULL, NULL, score));
    }
  mos_palette_items_sort (items, MAX_FOUND);
  return items;
}

/* --- its row --- */

static const char *
title_of (GtkWidget *widget)
{
  if (ADW_IS_PREFERENCES_ROW (widget))
    return adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));
  return ADW_IS_PREFERENCES_GROUP (widget) ? adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (widget)) : NULL;
}

GtkWidget *
mos_setting_find_row (const MosSetting *self,
                      GtkWidget *root)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (root), NULL);

  if (!gtk_widget_get_visible (root))
    return NULL;
  if (g_strcmp0 (title_of (root), _ (self->title)) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = mos_setting_find_row (self, child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

typedef struct
{
  guint frames;
  gint64 begun_us;
} Showing;

/* The last one that was asked for: two would take the keyboard from each other. */
static GtkWidget *wanted = NULL; /* (weak) (nullable) */

static gboolean
on_tick_cb (GtkWidget *row,
            GdkFrameClock *clock,
            gpointer user_data)
{
  Showing *showing = user_data;
  GtkRoot *root = gtk_widget_get_root (row);
  gint64 now_us = gdk_frame_clock_get_frame_time (clock);

  if (row != wanted)
    return G_SOURCE_REMOVE;
  if (++showing->frames < FRAMES || !gtk_widget_get_mapped (row))
    return G_SOURCE_CONTINUE;
  if (showing->begun_us == 0)
    showing->begun_us = now_us;
  if ((gtk_widget_get_state_flags (row) & (GTK_STATE_FLAG_FOCUSED | GTK_STATE_FLAG_FOCUS_WITHIN)) == 0)
    {
      if (!ADW_IS_PREFERENCES_ROW (row) || !gtk_widget_grab_focus (row))
        gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
      if (GTK_IS_WINDOW (root))
        gtk_window_set_focus_visible (GTK_WINDOW (root), TRUE);
    }
  return now_us - showing->begun_us < SETTLED_US ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void
mos_setting_show_row (GtkWidget *row)
{
  g_return_if_fail (GTK_IS_WIDGET (row));

  for (GtkWidget *parent = gtk_widget_get_parent (row); parent != NULL; parent = gtk_widget_get_parent (parent))
    if (ADW_IS_EXPANDER_ROW (parent))
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (parent), TRUE);
  g_set_weak_pointer (&wanted, row);
  gtk_widget_add_tick_callback (row, on_tick_cb, g_new0 (Showing, 1), g_free);
}
