/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-orders-csv.h"

#include <string.h>

/* The words of exports: headings and statuses, as shops, market places and our own export write them. */

static const char *const order_column_nicks[] = {
  "none",
  "number",
  "date",
  "modified",
  "status",
  "payment",
  "fulfilment",
  "total",
  "refunded",
  "currency",
  "email",
  "phone",
  "name",
  "first_name",
  "last_name",
  "company",
  "address",
  "address_more",
  "postcode",
  "city",
  "region",
  "country",
  "item",
  "sku",
  "variant",
  "quantity",
  "price",
  "item_total",
  "picture",
  "carrier",
  "tracking",
  "tracking_url",
  "note",
};
G_STATIC_ASSERT (G_N_ELEMENTS (order_column_nicks) == MOS_ORDER_N_COLUMNS);
MOS_DEFINE_NICKS (MosOrderColumn, order_column)

static const char *const csv_decimals_nicks[] = { "auto", "point", "comma" };
MOS_DEFINE_NICKS (MosCsvDecimals, csv_decimals)

static const char *const csv_dates_nicks[] = { "auto", "day", "month" };
MOS_DEFINE_NICKS (MosCsvDates, csv_dates)

static const char *const csv_trouble_kind_nicks[] = { "no_number", "amount", "date", "fields" };
MOS_DEFINE_NICKS (MosCsvTroubleKind, csv_trouble_kind)

char *
mos_csv_fold (const char *text)
{
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autofree char *lower = plain != NULL ? g_utf8_strdown (plain, -1) : g_strdup ("");
  GString *out = g_string_new (NULL);

  for (const char *s = lower; *s != '\0'; s = g_utf8_next_char (s))
    {
      gunichar c = g_utf8_get_char (s);

      if (g_unichar_isalnum (c))
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

/* Folded (mos_csv_fold()), several for each with blanks between them. */
static const struct
{
  MosOrderColumn column;
  const char *words;
} headings[] = {
  { MOS_ORDER_COLUMN_NUMBER, "number ordernumber orderno orderid order ordername orderreference reference salesrecordnumber purchaseorder bestellnummer bestellung bestellnr bestellid auftragsnummer auftragsnr auftrag "
                             "bestelnummer ordernummer numerodecommande ncommande ndecommande nodecommande commande idcommande reference numerodepedido npedido ndepedido nodepedido pedido idpedido numeropedido numerodeencomenda encomenda "
                             "numeroordine nordine ordine idordine numerodecomanda ncomanda comanda numerzamowienia zamowienie رقمالطلب الطلب" },
  { MOS_ORDER_COLUMN_DATE, "date created createdat orderdate dateordered datecreated purchasedate purchasedat saledate soldon paidat orderplaced datum bestelldatum auftragsdatum erstellt erstelltam besteldatum orderdatum "
                           "datedecommande datecommande datedecreation dateajout fecha fechadelpedido fechadepedido fechapedido fechadecreacion datadopedido datadacompra dataordine data datadordine datadelacomanda datadecomanda datazamowienia التاريخ تاريخالطلب" },
  { MOS_ORDER_COLUMN_MODIFIED, "modified modifiedat updated updatedat lastmodified datemodified lastupdated geandert geandertam bijgewerkt modifiele datedemodification modificado fechademodificacion actualizado modificato datadamodificacao atualizado modificat actualitzat تاريخالتعديل" },
  { MOS_ORDER_COLUMN_STATUS, "status orderstatus state orderstate bestellstatus auftragsstatus statut etat statutdelacommande etatdelacommande estado estadodelpedido estadopedido stato statoordine bestelstatus estadodopedido statusdopedido situacao estat estatdelacomanda الحالة حالةالطلب" },
  { MOS_ORDER_COLUMN_PAYMENT, "payment paymentmethod paymentmethodtitle paymenttype financialstatus paymentstatus zahlung zahlungsart zahlungsmethode zahlungsstatus betaling betaalmethode paiement modedepaiement moyendepaiement pago "
                              "metododepago formadepago pagamento metododipagamento metododepagamento pagament metodedepagament formadepagament الدفع طريقةالدفع" },
  { MOS_ORDER_COLUMN_FULFILMENT, "fulfilment fulfillment fulfillmentstatus fulfilmentstatus shippingstatus deliverystatus versandstatus lieferstatus statutdelivraison estadodeenvio estadodelenvio statusdoenvio statusdaentrega statodispedizione statospedizione estatdelenviament حالةالشحن" },
  { MOS_ORDER_COLUMN_TOTAL, "total ordertotal totalprice ordertotalamount grandtotal totalamount amount totalpaid amountpaid gesamt gesamtbetrag gesamtsumme summe betrag totalbetrag totaal totaalbedrag montant montanttotal totalttc "
                            "totalcommande importe importetotal totaldelpedido totalpedido importo totale totaleordine valortotal importtotal totaldelacomanda الاجمالي المجموع" },
  { MOS_ORDER_COLUMN_REFUNDED, "refunded refundedamount refund refundamount amountrefunded totalrefunded erstattet erstattung erstattungsbetrag terugbetaald rembourse montantrembourse reembolsado importereembolsado reembolso rimborsato valorreembolsado reemborsat reemborsament المبلغالمسترد" },
  { MOS_ORDER_COLUMN_CURRENCY, "currency currencycode ordercurrency wahrung waehrung valuta devise moneda divisa moeda العملة" },
  { MOS_ORDER_COLUMN_EMAIL, "email emailaddress customeremail buyeremail billingemail emailbilling contactemail mail emailadresse kundenemail mailadresse emailadres courriel adresseemail correo correoelectronico emaildelcliente "
                            "emailcliente correuelectronic correu البريدالالكتروني" },
  { MOS_ORDER_COLUMN_PHONE, "phone phonenumber telephone tel mobile billingphone shippingphone phonebilling buyerphonenumber telefon telefonnummer handy telefoon telefoonnummer numerodetelephone telefono movil cellulare telefone celular mobil الهاتف رقمالهاتف" },
  { MOS_ORDER_COLUMN_NAME, "name fullname customer customername buyer buyername recipient recipientname billingname shippingname shipname kunde kundenname besteller empfanger klant klantnaam client nomduclient cliente nombredelcliente "
                           "nombre nombrecompleto nomecliente nomedocliente nomecompleto nomdelclient nomcomplet nomicognoms destinatario destinatari العميل الاسم" },
  { MOS_ORDER_COLUMN_FIRST_NAME, "firstname givenname firstnamebilling billingfirstname firstnameshipping shippingfirstname vorname voornaam prenom primernombre nome الاسمالاول" },
  { MOS_ORDER_COLUMN_LAST_NAME, "lastname surname familyname lastnamebilling billinglastname lastnameshipping shippinglastname nachname achternaam nom apellido apellidos cognome sobrenome cognoms اسمالعايلة" },
  { MOS_ORDER_COLUMN_COMPANY, "company shippingcompany billingcompany companyshipping companybilling firma bedrijf societe entreprise empresa azienda الشركة" },
  { MOS_ORDER_COLUMN_ADDRESS, "address street shippingaddress shippingaddress1 shippingstreet address1 shipaddress1 deliveryaddress address1shipping address12shipping adresse strasse lieferadresse adres straat rue adressedelivraison "
                              "direccion calle direcciondeenvio indirizzo indirizzodispedizione endereco enderecodeentrega adreca adrecadenviament العنوان" },
  { MOS_ORDER_COLUMN_ADDRESS_MORE, "address2 shippingaddress2 shipaddress2 address2shipping adresszusatz complementdadresse direccion2 complemento indirizzo2 adreca2" },
  { MOS_ORDER_COLUMN_POSTCODE, "postcode postalcode zip zipcode shippingzip shippostalcode shippingpostcode postcodeshipping plz postleitzahl codepostal codigopostal cp cap cep codipostal الرمزالبريدي" },
  { MOS_ORDER_COLUMN_CITY, "city town shippingcity shipcity cityshipping ort stadt plaats ville ciudad localidad poblacion citta cidade ciutat poblacio المدينة" },
  { MOS_ORDER_COLUMN_REGION, "region state shippingprovince shipstate statecodeshipping province bundesland provincia departement المنطقة" },
  { MOS_ORDER_COLUMN_COUNTRY, "country countrycode shippingcountry shipcountry billingcountry countrycodeshipping countryshipping land pays pais paese الدولة" },
  { MOS_ORDER_COLUMN_ITEM, "item itemname itemtitle product productname producttitle lineitemname lineitem artikel artikelname artikelbezeichnung produkt produktname bezeichnung artikelnaam productnaam article produit nomduproduit designation "
                           "articulo producto nombredelproducto articolo prodotto produto producte المنتج" },
  { MOS_ORDER_COLUMN_SKU, "sku itemsku productsku lineitemsku articlenumber artikelnummer artikelnr artnr referenceproduit referencia codigodearticulo codice codigodoproduto codidelarticle" },
  { MOS_ORDER_COLUMN_VARIANT, "variant variation options itemvariation producttype variante options opciones varianti variacao opcions الخيارات" },
  { MOS_ORDER_COLUMN_QUANTITY, "quantity qty itemquantity lineitemquantity quantitypurchased quantityordered numberofitems menge anzahl stuck aantal quantite qte cantidad cant unidades quantita quantidade qtd quantitat الكمية" },
  { MOS_ORDER_COLUMN_PRICE, "price unitprice itemprice itemcost lineitemprice soldfor einzelpreis preis stuckpreis prijs prix prixunitaire precio preciounitario prezzo prezzounitario preco precounitario preu preuunitari السعر" },
  { MOS_ORDER_COLUMN_ITEM_TOTAL, "itemtotal linetotal lineitemtotal rowtotal subtotalitem orderlinetotal positionssumme zeilensumme totalligne totaldelinea totaleriga totaldoitem totaldelalinia" },
  { MOS_ORDER_COLUMN_PICTURE, "picture pictureurl image imageurl itemimage bild imagen imagem immagine imatge الصورة" },
  { MOS_ORDER_COLUMN_CARRIER, "carrier shippingcarrier trackingcarrier shippingprovider versanddienstleister versender vervoerder transporteur transportista corriere transportadora شركةالشحن" },
  { MOS_ORDER_COLUMN_TRACKING, "tracking trackingnumber trackingno trackingcode trackingid shipmenttrackingnumber sendungsnummer paketnummer sendungsverfolgungsnummer numerodesuivi suivi numerodeseguimiento seguimiento numeroditracking "
                               "codigoderastreio numeroditracciamento numerodeseguiment seguiment رقمالتتبع" },
  { MOS_ORDER_COLUMN_TRACKING_URL, "trackingurl trackinglink sendungsverfolgung liendesuivi enlacedeseguimiento linkditracciamento linkderastreio enllacdeseguiment" },
  { MOS_ORDER_COLUMN_NOTE, "note notes customernote buyernote ordernote ordernotes comment comments kommentar anmerkung bemerkung kundennotiz opmerking commentaire remarque nota notas comentario comentarios observaciones observacoes commento comentari ملاحظات" },
};

static const struct
{
  MosOrderStatus kind;
  const char *words;
} statuses[] = {
  { MOS_ORDER_PENDING, "pending pendingpayment awaitingpayment onhold unpaid open new draft authorized offen neu unbezahlt ausstehend wartend entwurf enattente enattentedepaiement impaye pendiente pendientedepago nuevo "
                       "enespera impagado zahlungausstehend inwartestellung attentepaiement attentedepaiement inattesa inattesadipagamento insospeso nuovo pendente aguardando aguardandopagamento pagamentopendente nonpagato pendent pendentdepagament nova nieuw openstaand قيدالانتظار بانتظارالدفع" },
  { MOS_ORDER_PAID, "paid captured bezahlt betaald paye payee paiementaccepte pagado pagada pagato pago paga pagat مدفوع" },
  { MOS_ORDER_PROCESSING, "processing inprogress confirmed accepted awaitingfulfillment awaitingshipment preparing unfulfilled partiallyshipped inbearbeitung bestatigt inbehandeling encours encoursdepreparation entraitement "
                          "confirmee procesando enproceso enpreparacion confirmado inlavorazione emprocessamento processando preparando enproces enpreparacio قيدالمعالجة قيدالتنفيذ" },
  { MOS_ORDER_SHIPPED, "shipped sent dispatched completed complete fulfilled done closed intransit versendet versandt verschickt abgeschlossen fertiggestellt verzonden afgerond expedie expediee envoye terminee termine enviado enviada completado "
                       "completada spedito evaso completato concluido enviat completat تمالشحن مكتمل" },
  { MOS_ORDER_DELIVERED, "delivered received zugestellt geliefert ausgeliefert erhalten geleverd livre livree entregado entregada consegnato entregue lliurat lliurada تمالتسليم تمالتوصيل" },
  { MOS_ORDER_CANCELLED, "cancelled canceled void voided failed declined expired storniert abgebrochen fehlgeschlagen geannuleerd annule annulee refuse echouee echoue cancelado cancelada anulado fallido malsucedido annullato cancellato fallito cancellat cancellada anullat anullada ملغي" },
  { MOS_ORDER_REFUNDED, "refunded partiallyrefunded returned erstattet ruckerstattet retourniert terugbetaald rembourse remboursee reembolsado reembolsada devuelto rimborsato estornado reemborsat reemborsada مسترد مسترجع" },
};

/* Where it stands in @words, -1 = nowhere */
static gssize
find_word (const char *words,
           const char *word)
{
  gsize length = strlen (word);

  for (const char *s = words; length > 0 && (s = strstr (s, word)) != NULL; s += length)
    if ((s == words || s[-1] == ' ') && (s[length] == ' ' || s[length] == '\0'))
      return s - words;
  return -1;
}

MosOrderColumn
mos_order_column_guess (const char *heading,
                        guint *ret_rank)
{
  g_autofree char *folded = mos_csv_fold (heading);

  *ret_rank = 0;
  for (guint i = 0; i < MOS_ORDER_N_COLUMNS; i++)
    {
      g_autofree char *nick = mos_csv_fold (mos_order_column_to_nick (i));

      if (i != MOS_ORDER_COLUMN_NONE && strcmp (nick, folded) == 0)
        return (MosOrderColumn) i;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (headings); i++)
    {
      gssize at = find_word (headings[i].words, folded);

      if (at < 0)
        continue;
      *ret_rank = (guint) at;
      return headings[i].column;
    }
  return MOS_ORDER_COLUMN_NONE;
}

MosOrderStatus
mos_order_status_guess (const char *word,
                        gboolean *ret_is_guess)
{
  g_autofree char *folded = mos_csv_fold (word);

  *ret_is_guess = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (find_word (statuses[i].words, folded) >= 0)
      return statuses[i].kind;
  *ret_is_guess = *folded != '\0';
  return MOS_ORDER_PROCESSING;
}
