/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-automation"

#include "config.h"

#include "core/automation/mos-hint-brands.h"

#include "core/base/mos-domain.h"

#include <string.h>

static const MosHintBrand brands[] = {
  { "PayPal", "paypal", "paypal.com", "paypal-communication paypal-notify paypal-mail paypalobjects paypal-community paypalcorp" },
  { "Amazon", "amazon", "amazon.com", "amazonses amazonaws media-amazon amazonpay amazon-presse aboutamazon sellercentral amzn" },
  { "eBay", "ebay", "ebay.com", "ebayinc ebaydesc ebay-kleinanzeigen" },
  { "Etsy", "etsy", "etsy.com", "etsystatic" },
  { "Shopify", "shopify", "shopify.com", "shopifyemail myshopify shopifycs shopifysvc" },
  { "WooCommerce", "woocommerce", "woocommerce.com", NULL },
  { "Stripe", "stripe", "stripe.com", NULL },
  { "Klarna", "klarna", "klarna.com", NULL },
  { "Mollie", "mollie", "mollie.com", NULL },
  { "Adyen", "adyen", "adyen.com", NULL },
  { "SumUp", "sumup", "sumup.com", NULL },
  { "Wise", "wise", "wise.com", "transferwise" },
  { "Revolut", "revolut", "revolut.com", NULL },
  { "Visa", "visa", "visa.com", NULL },
  { "Mastercard", "mastercard", "mastercard.com", NULL },
  { "American Express", "americanexpress", "americanexpress.com", "aexp" },
  { "Santander", "santander", "santander.com", "gruposantander bancosantander" },
  { "BBVA", "bbva", "bbva.com", NULL },
  { "CaixaBank", "caixabank", "caixabank.es", "lacaixa" },
  { "Sparkasse", "sparkasse", "sparkasse.de", NULL },
  { "Commerzbank", "commerzbank", "commerzbank.de", NULL },
  { "DHL", "dhl", "dhl.com", "dhl-news dhl-kundenservice dhl-paket dhlparcel dpdhl deutschepost dhlecommerce" },
  { "UPS", "ups", "ups.com", "upsemail ups-mail" },
  { "FedEx", "fedex", "fedex.com", NULL },
  { "USPS", "usps", "usps.com", NULL },
  { "DPD", "dpd", "dpd.com", "dpdgroup dpdlocal" },
  { "GLS", "gls", "gls-group.eu", "gls-group gls-pakete gls-germany gls-spain gls-italy" },
  { "Hermes", "myhermes", "myhermes.de", "hermesworld hermes-europe" },
  { "Evri", "evri", "evri.com", NULL },
  { "Correos", "correos", "correos.es", "correosexpress" },
  { "SEUR", "seur", "seur.com", NULL },
  { "Colissimo", "colissimo", "colissimo.fr", "laposte" },
  { "Microsoft", "microsoft", "microsoft.com", "microsoftonline office office365 outlook microsoftsupport sharepoint azure" },
  { "Google", "google", "google.com", "googlemail gmail googleapis youtube googlegroups googlecommerce" },
  { "Apple", "apple", "apple.com", "icloud itunes" },
  { "Facebook", "facebook", "facebook.com", "facebookmail fb meta metamail" },
  { "Instagram", "instagram", "instagram.com", "facebookmail" },
  { "WhatsApp", "whatsapp", "whatsapp.com", NULL },
  { "LinkedIn", "linkedin", "linkedin.com", NULL },
  { "Netflix", "netflix", "netflix.com", NULL },
  { "Dropbox", "dropbox", "dropbox.com", "dropboxmail dropbox-mail" },
  { "DocuSign", "docusign", "docusign.com", NULL },
  { "Trustpilot", "trustpilot", "trustpilot.com", "trustpilotmail" },
  { "GoDaddy", "godaddy", "godaddy.com", NULL },
  { "IONOS", "ionos", "ionos.com", NULL },
  { "Strato", "strato", "strato.de", NULL },
};

/* What a forged name is made more believable with. */
static const char *const service_words[] = {
  "support", "service", "services", "kundenservice", "kundendienst", "kundencenter", "customer", "customers", "client", "clients", "kunden", "kunde", "cliente", "clientes", "clienti", "help", "helpdesk", "hilfe", "ayuda", "ajuda", "aiuto", "aide", "suporte", "atendimento", "assistenza", "servizio",
  "care", "team", "equipo", "equipe", "info", "information", "contact", "kontakt", "contacto", "office", "mail", "email", "noreply", "no", "reply", "news", "secure", "security", "sicherheit", "seguridad", "seguranca", "sicurezza", "seguretat", "securite", "safe", "login", "signin", "account",
  "accounts", "konto", "cuenta", "compte", "conto", "verify", "verification", "verifizierung", "verificacion", "confirm", "confirmation", "update", "updates", "alert", "alerts", "notice", "notification", "notifications", "warning",
  "payment", "payments", "pay", "zahlung", "pago", "pagos", "pagamento", "pagamenti", "pagament", "paiement", "billing", "invoice", "rechnung", "factura", "facture", "fattura", "fatura", "refund", "erstattung", "reembolso", "rimborso", "delivery", "lieferung", "entrega", "livraison", "consegna", "lliurament",
  "shipping", "shipment", "versand", "envio", "envios", "enviament", "spedizione", "spedizioni", "parcel", "package", "paket", "paquete", "paquet", "pacco", "encomenda", "colis", "express", "tracking", "track", "sendung", "zoll", "customs", "aduana", "dogana", "duana", "alfandega", "douane", "online", "center", "centre", "centro", "zentrale", "inc", "gmbh",
  "ltd", "limited", "international", "intl", "group", "bank", "banking", "resolution", "dispute", "case", "web", "portal", "app", "eu", "de", "es", "us", "uk", "com", "de", "department", "dept", "admin", "system", "server", "business"
};

static gboolean
is_one_of (const char *label,
           const char *list)
{
  gsize n = strlen (label);

  for (const char *p = list; p != NULL && (p = strstr (p, label)) != NULL; p += n)
    if ((p == list || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
      return TRUE;
  return FALSE;
}

static gboolean
owns (const MosHintBrand *brand,
      const char *label)
{
  return strcmp (brand->label, label) == 0 || is_one_of (label, brand->others);
}

static const MosHintBrand *
find_owner (const char *base)
{
  g_autofree char *label = mos_domain_label (base);

  for (gsize i = 0; i < G_N_ELEMENTS (brands); i++)
    if (owns (&brands[i], label))
      return &brands[i];
  return NULL;
}

gboolean
mos_hint_brand_owns (const char *base)
{
  return find_owner (base) != NULL;
}

gboolean
mos_hint_brand_same (const char *base,
                     const char *other)
{
  g_autofree char *a = mos_domain_label (base);
  g_autofree char *b = mos_domain_label (other);

  /* Some have domains in common. */
  for (gsize i = 0; i < G_N_ELEMENTS (brands); i++)
    if (owns (&brands[i], a) && owns (&brands[i], b))
      return TRUE;
  return FALSE;
}

const MosHintBrand *
mos_hint_brand_resembling (const char *label,
                           MosHintAlike alike,
                           guint min_near)
{
  for (gsize i = 0; i < G_N_ELEMENTS (brands); i++)
    {
      /* Of the most misused even a short one is guarded against a slip of one letter. */
      gboolean is_short = strcmp (brands[i].label, "paypal") == 0 || strcmp (brands[i].label, "amazon") == 0 || strcmp (brands[i].label, "google") == 0;

      if (alike (label, brands[i].label, is_short ? min_near : min_near + 1))
        return &brands[i];
    }
  return NULL;
}

static gboolean
is_service_word (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (service_words); i++)
    if (strcmp (service_words[i], word) == 0)
      return TRUE;
  return FALSE;
}

gboolean
mos_hint_is_service_text (const char *words)
{
  g_auto (GStrv) all = g_strsplit (words, " ", -1);

  for (char **word = all; *word != NULL; word++)
    if (**word != '\0' && !is_service_word (*word))
      return FALSE;
  return TRUE;
}

const MosHintBrand *
mos_hint_brand_borrowed (const char *base)
{
  g_autofree char *label = mos_domain_label (base);
  g_auto (GStrv) parts = g_strsplit (label, "-", -1);

  for (gsize i = 0; i < G_N_ELEMENTS (brands); i++)
    {
      gsize n = strlen (brands[i].label);
      guint rest = 0, has = 0;
      gboolean all_service = TRUE;

      for (char **part = parts; *part != NULL; part++)
        if (strcmp (*part, brands[i].label) == 0)
          has++;
        /* "paypalsupport", "loginpaypal" */
        else if (n >= 5 && g_str_has_prefix (*part, brands[i].label) && is_service_word (*part + n))
          has++, rest++;
        else if (n >= 5 && g_str_has_suffix (*part, brands[i].label))
          {
            g_autofree char *front = g_strndup (*part, strlen (*part) - n);

            all_service &= is_service_word (front);
            has++;
            rest++;
          }
        else
          {
            all_service &= is_service_word (*part);
            rest++;
          }
      if (has > 0 && rest > 0 && all_service)
        return &brands[i];
    }
  return NULL;
}

char *
mos_hint_brand_in_front (const char *host)
{
  for (gsize i = 0; i < G_N_ELEMENTS (brands); i++)
    {
      g_autofree char *front = g_strconcat (brands[i].domain, ".", NULL);
      const char *at = strstr (host, front);

      if (at != NULL && (at == host || at[-1] == '.'))
        return g_strdup (brands[i].domain);
    }
  return NULL;
}

const MosHintBrand *
mos_hint_brand_named (const char *words)
{
  for (gsize i = 0; i < G_N_ELEMENTS (brands); i++)
    {
      g_autofree char *name = g_utf8_casefold (brands[i].name, -1);
      g_autofree char *with_ends = g_strconcat (" ", words, " ", NULL);
      g_autofree char *pattern = g_strconcat (" ", name, " ", NULL);
      char *at = strstr (with_ends, pattern);
      g_autofree char *rest = NULL;

      if (at == NULL)
        continue;
      *at = '\0';
      rest = g_strconcat (with_ends, " ", at + strlen (pattern) - 1, NULL);
      /* Short names are somebody's initials when they stand alone. */
      if (mos_hint_is_service_text (rest) && (strlen (name) > 4 || strcmp (words, name) != 0 || strcmp (name, "dhl") == 0 || strcmp (name, "usps") == 0))
        return &brands[i];
    }
  return NULL;
}
