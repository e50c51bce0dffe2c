/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/mail/mime/mos-mime.h"
#include "mos-test.h"

#include <locale.h>
#include <string.h>

typedef struct
{
  const char *text;
  const char *reply;
} Case;

static const Case introductions[] = {
  { "Thanks!\n\nOn Mon, 2 Mar 2026 at 10:15, Shop <shop@shop.test> wrote:\n> Dear Ana\n> bye\n", "Thanks!" },
  { "Thanks!\n\nOn Mon, 2 Mar 2026 at 10:15, A Very Long Name of a Shop\n<shop@shop.test> wrote:\n\n> Dear Ana\n", "Thanks!" },
  { "Gracias\n\nEl lun, 2 mar 2026 a las 10:15, Tienda (<tienda@shop.test>) escribió:\n\n> Hola\n", "Gracias" },
  { "Gràcies\n\nEl dl., 2 de març 2026 a les 10:15, Botiga <b@shop.test> va escriure:\n> Hola\n", "Gràcies" },
  { "Danke\n\nAm Mo., 2. März 2026 um 10:15 Uhr schrieb Laden <l@shop.test>:\n\n> Hallo\n", "Danke" },
  { "Merci\n\nLe lun. 2 mars 2026 à 10:15, Boutique <b@shop.test> a écrit :\n\n> Bonjour\n", "Merci" },
  { "Grazie\n\nIl giorno lun 2 mar 2026 alle ore 10:15 Negozio <n@shop.test> ha scritto:\n\n> Ciao\n", "Grazie" },
  { "Obrigada\n\nEm seg., 2 de mar. de 2026 às 10:15, Loja <l@shop.test> escreveu:\n\n> Olá\n", "Obrigada" },
  { "Dank je\n\nOp ma 2 mrt 2026 om 10:15 schreef Winkel <w@shop.test>:\n\n> Hallo\n", "Dank je" },
  { "Tack\n\nDen mån 2 mars 2026 kl 10:15 skrev Butik <b@shop.test>:\n\n> Hej\n", "Tack" },
  { "Dzięki\n\npon., 2 mar 2026 o 10:15 Sklep <s@shop.test> napisał(a):\n\n> Dzień dobry\n", "Dzięki" },
  { "Спасибо\n\nпн, 2 мар. 2026 г. в 10:15, Лавка <l@shop.test>:\n\n> Здравствуйте\n", "Спасибо" },
  { "Спасибо\n\n2 марта 2026 г., в 10:15, Лавка <l@shop.test> написал(а):\n\n> Здравствуйте\n", "Спасибо" },
  { "谢谢\n\n在 2026年3月2日，上午10:15，商店 <s@shop.test> 写道：\n\n> 您好\n", "谢谢" },
  { "ありがとう\n\n2026年3月2日(月) 10:15 店 <s@shop.test>:\n\n> こんにちは\n", "ありがとう" },
  { "شكرا\n\nفي الاثنين، 2 مارس 2026 في 10:15 ص تمت كتابة ما يلي بواسطة متجر <s@shop.test>:\n\n> مرحبا\n", "شكرا" },
  { "شكرا\n\nبتاريخ 2026-03-02 10:15، كتب متجر <s@shop.test>:\n> مرحبا\n", "شكرا" },
};

static const Case header_blocks[] = {
  { "Thanks\n\n-----Original Message-----\nFrom: Shop\nSent: Monday\nTo: Ana\nSubject: x\n\nold", "Thanks" },
  { "Thanks\n\n________________________________\nFrom: Shop <s@shop.test>\nSent: Monday, March 2, 2026 10:15\nTo: Ana\nSubject: Re: x\n\nold", "Thanks" },
  { "Gracias\n\nDe: Tienda <s@shop.test>\nEnviado: lunes, 2 de marzo de 2026 10:15\nPara: Ana\nAsunto: RE: x\n\nviejo", "Gracias" },
  { "Danke\n\nVon: Laden <s@shop.test>\nGesendet: Montag, 2. März 2026 10:15\nAn: Ana\nBetreff: AW: x\n\nalt", "Danke" },
  { "Merci\n\nDe : Boutique <s@shop.test>\nEnvoyé : lundi 2 mars 2026 10:15\nÀ : Ana\nObjet : RE: x\n\nvieux", "Merci" },
  { "Grazie\n\nDa: Negozio <s@shop.test>\nInviato: lunedì 2 marzo 2026 10:15\nA: Ana\nOggetto: R: x\n\nvecchio", "Grazie" },
  { "Obrigada\n\nDe: Loja <s@shop.test>\nEnviado: segunda-feira, 2 de março de 2026 10:15\nPara: Ana\nAssunto: RES: x\n\nvelho", "Obrigada" },
  { "Dank\n\nVan: Winkel <s@shop.test>\nVerzonden: maandag 2 maart 2026 10:15\nAan: Ana\nOnderwerp: RE: x\n\noud", "Dank" },
  { "Tack\n\nFrån: Butik <s@shop.test>\nSkickat: den 2 mars 2026 10:15\nTill: Ana\nÄmne: SV: x\n\ngammalt", "Tack" },
  { "Dzięki\n\nOd: Sklep <s@shop.test>\nWysłano: poniedziałek, 2 marca 2026 10:15\nDo: Ana\nTemat: ODP: x\n\nstare", "Dzięki" },
  { "Спасибо\n\nОт: Лавка <s@shop.test>\nОтправлено: понедельник, 2 марта 2026 г. 10:15\nКому: Ana\nТема: RE: x\n\nстарое", "Спасибо" },
  { "谢谢\n\n发件人: 商店 <s@shop.test>\n发送时间: 2026年3月2日 10:15\n收件人: Ana\n主题: 回复: x\n\n旧", "谢谢" },
  { "ありがとう\n\n差出人: 店 <s@shop.test>\n送信日時: 2026年3月2日 10:15\n宛先: Ana\n件名: RE: x\n\n古い", "ありがとう" },
  { "شكرا\n\nمن: متجر <s@shop.test>\nتم الإرسال: الاثنين 2 مارس 2026 10:15\nإلى: Ana\nالموضوع: رد: x\n\nقديم", "شكرا" },
  { "Gràcies\n\nDe: Botiga <s@shop.test>\nEnviat el: dilluns, 2 de març de 2026 10:15\nPer a: Ana\nAssumpte: RE: x\n\nvell", "Gràcies" },
  { "Obrigada\n\n##- Responda acima desta linha -##\n\nvelho", "Obrigada" },
  { "Grazie\n\n##- Rispondi sopra questa riga -##\n\nvecchio", "Grazie" },
  { "Gràcies\n\n##- Responeu damunt d'aquesta línia -##\n\nvell", "Gràcies" },
  { "شكرا\n\n##- اكتب ردك فوق هذا السطر -##\n\nقديم", "شكرا" },
  { "Vale\n\n-----Mensaje original-----\nDe: x\n\nviejo", "Vale" },
  { "Ok\n\n-----Ursprüngliche Nachricht-----\nVon: x\n\nalt", "Ok" },
  { "好\n\n------------------ 原始邮件 ------------------\n发件人: x\n\n旧", "好" },
};

static const Case signatures[] = {
  { "Where is it?\n\n-- \nAna Ruiz\n+34 600 000 000\n", "Where is it?" },
  { "Where is it?\n\nSent from my iPhone\n", "Where is it?" },
  { "¿Dónde está?\n\nEnviado desde mi iPhone\n", "¿Dónde está?" },
  { "Wo ist es?\n\nVon meinem iPhone gesendet\n", "Wo ist es?" },
  { "Wo ist es?\n\nGesendet von Mail für Windows\n", "Wo ist es?" },
  { "Où est-il ?\n\nEnvoyé de mon iPhone\n", "Où est-il ?" },
  { "Dov'è?\n\nInviato da iPhone\n", "Dov'è?" },
  { "Onde está?\n\nEnviado do meu iPhone\n", "Onde está?" },
  { "Waar is het?\n\nVerstuurd vanaf mijn iPhone\n", "Waar is het?" },
  { "Var är den?\n\nSkickat från min iPhone\n", "Var är den?" },
  { "Gdzie jest?\n\nWysłane z iPhone'a\n", "Gdzie jest?" },
  { "Где он?\n\nОтправлено с iPhone\n", "Где он?" },
  { "在哪里？\n\n发自我的iPhone\n", "在哪里？" },
  { "どこ？\n\niPhoneから送信\n", "どこ？" },
  { "أين هو؟\n\nأُرسلت من الـ iPhone\n", "أين هو؟" },
  { "On és?\n\nEnviat des del meu iPhone\n", "On és?" },
};

static const Case kept[] = {
  { "> Only a quotation\n", "> Only a quotation" },
  { "-- \nAna", "-- \nAna" },
  { "", "" },
  /* answers between quotations stay, and with them what they answer */
  { "On Mon, 2 Mar 2026 at 10:15, Shop <s@shop.test> wrote:\n> Which size?\nM please\n> Which colour?\nRed\n> Bye\n", "> Which size?\nM please\n> Which colour?\nRed" },
  /* below the quotation */
  { "On Mon, 2 Mar 2026 at 10:15, Shop <s@shop.test> wrote:\n> Which size?\n\nM please\n", "M please" },
  /* ordinary sentences that only look like the phrases */
  { "My sister wrote:\nI want two of them.\nFrom: my heart\n", "My sister wrote:\nI want two of them.\nFrom: my heart" },
  { "I sent from the post office two parcels, one for each of us, and they both were lost on the way somewhere in the mountains, so sad.",
    "I sent from the post office two parcels, one for each of us, and they both were lost on the way somewhere in the mountains, so sad." },
  { "Order:\nTo: Ana\nDate: 2 March\n\nThe parcel has arrived.", "Order:\nTo: Ana\nDate: 2 March\n\nThe parcel has arrived." },
  { "On 2 March I ordered a lamp.\nOn 5 March it came broken.", "On 2 March I ordered a lamp.\nOn 5 March it came broken." },
};

static void
check (const Case *cases,
       gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *reply = mos_reply_text (cases[i].text);

      g_assert_cmpstr (reply, ==, cases[i].reply);
    }
}

static void
test_introductions (void)
{
  check (introductions, G_N_ELEMENTS (introductions));
}

static void
test_header_blocks (void)
{
  check (header_blocks, G_N_ELEMENTS (header_blocks));
}

static void
test_signatures (void)
{
  check (signatures, G_N_ELEMENTS (signatures));
}

static void
test_kept (void)
{
  check (kept, G_N_ELEMENTS (kept));
}

/* Whole answers as mail programs write them, in tests/fixtures/reply. White space at line ends is no difference. */
static char *
tidy (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *joined = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    g_strchomp (lines[i]);
  joined = g_strjoinv ("\n", lines);
  return g_strdup (g_strstrip (joined));
}

static void
test_programs (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "reply", "cases.txt", NULL);
  g_autofree char *data = NULL;
  g_auto (GStrv) cases = NULL;
  g_autoptr (GError) error = NULL;
  guint right = 0, n = 0;

  g_file_get_contents (path, &data, NULL, &error);
  g_assert_no_error (error);
  cases = g_strsplit (data, "\n### ", -1);
  for (guint i = 1; cases[i] != NULL; i++)
    {
      char *body = strchr (cases[i], '\n');
      char *wanted = strstr (cases[i], "\n=== reply\n");
      g_autofree char *got = NULL;
      g_autofree char *tidy_got = NULL;
      g_autofree char *tidy_wanted = NULL;

      g_assert_nonnull (body);
      g_assert_nonnull (wanted);
      *body++ = '\0';
      *wanted = '\0';
      wanted += strlen ("\n=== reply\n");
      got = mos_reply_text (body);
      tidy_got = tidy (got);
      tidy_wanted = tidy (wanted);
      n++;
      if (strcmp (tidy_got, tidy_wanted) == 0)
        right++;
      else
        g_test_message ("%s: wanted <%s> got <%s>", cases[i], tidy_wanted, tidy_got);
    }
  g_test_message ("reply text: %u of %u cases", right, n);
  g_assert_cmpuint (n, >=, 60);
  g_assert_cmpuint (right, ==, n);
}

/* Never empty when the text is not, never longer than the text, for any arrangement of the pieces. */
static void
test_never_empty (void)
{
  static const char *const pieces[] = {
    "Hello", "", "> quoted", ">> deeper", "-- ", "Sent from my iPhone", "On Mon, 2 Mar 2026 at 10:15, Shop <s@shop.test> wrote:", "-----Original Message-----",
    "From: Shop <s@shop.test>", "To: Ana", "Subject: x", "Sent: Monday", "________", "wrote:", "<", "> wrote:", "| bar"
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());

  for (guint round = 0; round < mos_test_rounds (3000); round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *reply = NULL;
      g_autofree char *stripped = NULL;
      int n = g_rand_int_range (rand, 0, 14);

      for (int i = 0; i < n; i++)
        g_string_append_printf (text, "%s\n", pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      reply = mos_reply_text (text->str);
      stripped = g_strstrip (g_strdup (text->str));
      g_assert_true ((*stripped == '\0') == (*reply == '\0'));
      g_assert_cmpuint (strlen (reply), <=, text->len);
    }
}

int
main (int argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mime/reply/introductions", test_introductions);
  g_test_add_func ("/mime/reply/programs", test_programs);
  g_test_add_func ("/mime/reply/header-blocks", test_header_blocks);
  g_test_add_func ("/mime/reply/signatures", test_signatures);
  g_test_add_func ("/mime/reply/kept", test_kept);
  g_test_add_func ("/mime/reply/never-empty", test_never_empty);
  return g_test_run ();
}
