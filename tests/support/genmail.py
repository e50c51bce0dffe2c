#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""genmail.py MAILDIR COUNT [--seed N]: a made-up shop's mailbox for benchmarks and soak runs; same arguments, same bytes.

Conversations of one to eight messages interleave over two years.  Three in four messages are a plain text, one in four has HTML
too, one in forty an attachment of 20 to 150 kB; the languages come with the encodings that their mail programs use.
"""
import argparse
import base64
import email.header
import email.utils
import os
import quopri
import random

START = 1704067200  # 2024-01-01
STEP = 3600
LANGUAGES = (
    # weight, charset, transfer encoding, subjects, sentences
    (40, 'utf-8', '8bit', ('Where is my parcel?', 'Wrong colour', 'Refund for my order', 'A question about sizes', 'Invoice needed'), (
        'I ordered two blankets last week and have heard nothing since.', 'The lamp arrived with a crack in the shade.',
        'Could you tell me when it will be shipped?', 'The invoice has our old address on it.', 'Thank you for the quick answer!',
        'My neighbour took the parcel in, so all is well.', 'I would like to exchange it for the large one.', 'Is the green one coming back this spring?')),
    (20, 'iso-8859-1', 'quoted-printable', ('¿Dónde está mi pedido?', 'Devolución', 'Factura a nombre de la empresa', 'Tamaño equivocado'), (
        'Hice el pedido hace diez días y todavía no ha llegado.', '¿Pueden enviarme la factura con el NIF correcto?', 'La lámpara parpadea al encenderla.',
        'Muchas gracias por su atención.', 'Quería cambiar la manta por una más pequeña.', 'El mensajero dice que no había nadie en casa.')),
    (15, 'windows-1252', 'quoted-printable', ('Lieferung verspätet', 'Rücksendung', 'Frage zur Größe', 'Rechnung fehlt'), (
        'Die Decke ist schön, aber leider zu groß für unser Sofa.', 'Könnten Sie bitte prüfen, wo mein Paket steckt?', 'Vielen Dank für die schnelle Rückmeldung.',
        'Der Schirm der Lampe hat einen Riss.', 'Ich hätte gern eine Rechnung mit unserer Anschrift.')),
    (15, 'utf-8', 'base64', ('Colis abîmé', 'Question sur la livraison', 'Remboursement'), (
        'Le colis est arrivé abîmé, voici une photo.', 'Pourriez-vous me dire quand il sera expédié ?', 'Merci beaucoup pour votre réponse.', 'Je préfère un échange à un remboursement.')),
    (10, 'utf-8', 'base64', ('أين طلبي؟', 'استبدال المنتج', 'سؤال عن المقاس'), (
        'لم يصل الطلب حتى الآن.', 'أرغب في استبدال البطانية بمقاس أصغر.', 'شكرا جزيلا على الرد السريع.', 'هل يمكنكم التحقق من حالة الشحن؟')),
)
NAMES = ('Ana García', 'Jörg Müller', 'Zoë Martin', 'Emma Whitfield', 'Omar Najjar', 'Claire Dubois', "Tom O'Brien", 'Priya Raman', 'Teo Vidal', 'Søren Lund')
BLOCK = 64


class Generator:
    def __init__(self, shop='support@shop.test', seed=1):
        self.shop, self.seed = shop, seed

    def random(self, *what):
        return random.Random('/'.join(map(str, (self.seed,) + what)))

    def place(self, index):
        """which conversation a message belongs to, and its position there: within blocks, conversations interleave"""
        block, offset = divmod(index, BLOCK)
        r, order, thread = self.random('block', block), [], 0
        while len(order) < BLOCK:
            order += [thread] * min(r.choice((1, 1, 2, 2, 3, 4, 6, 8)), BLOCK - len(order))
            thread += 1
        r.shuffle(order)
        return '%d.%d' % (block, order[offset]), order[:offset].count(order[offset])

    def message_id(self, thread, position):
        return '<%s.%d.%d@mail.test>' % (thread, position, self.seed)

    def message(self, index):
        """(bytes with CRLF, receive time)"""
        thread, position = self.place(index)
        rt, r = self.random('thread', thread), self.random('message', index)
        _, charset, encoding, subjects, sentences = rt.choices(LANGUAGES, [language[0] for language in LANGUAGES])[0]
        person, number = rt.choice(NAMES), rt.randrange(4000)
        subject = '%s (FL-%d)' % (rt.choice(subjects), rt.randrange(1000, 9999))
        when = START + index * STEP
        lines = [
            ('From', email.utils.formataddr((str(email.header.Header(person, 'utf-8')) if not person.isascii() else person, 'customer%d@mail.test' % number))),
            ('To', self.shop),
            ('Subject', email.header.Header(('Re: ' if position else '') + subject, charset).encode(linesep='\r\n')),
            ('Date', email.utils.formatdate(when)),
            ('Message-ID', self.message_id(thread, position)),
        ]
        if position:
            lines.append(('In-Reply-To', self.message_id(thread, position - 1)))
            lines.append(('References', '\r\n '.join(self.message_id(thread, p) for p in range(position))))
        lines.append(('MIME-Version', '1.0'))
        paragraphs = [' '.join(r.choice(sentences) for _ in range(r.randrange(2, 6))) for _ in range(r.randrange(3, 9))]
        text = '\r\n\r\n'.join(paragraphs) + '\r\n'
        if position:
            text += '\r\n> ' + '\r\n> '.join(r.choice(sentences) for _ in range(6)) + '\r\n'
        part = self.part('text/plain; charset=' + charset, text, charset, encoding)
        if r.random() < 0.25:
            page = '<html><body>%s</body></html>' % ''.join('<p style="margin:0 0 1em">%s</p>\r\n' % p for p in paragraphs)
            part = self.multipart('alternative', thread, part, self.part('text/html; charset=' + charset, page, charset, encoding))
        if r.random() < 0.025:
            data = base64.encodebytes(r.randbytes(r.randrange(20000, 150000))).replace(b'\n', b'\r\n')
            photo = b'Content-Type: image/jpeg; name="photo.jpg"\r\nContent-Disposition: attachment; filename="photo.jpg"\r\nContent-Transfer-Encoding: base64\r\n\r\n' + data
            part = self.multipart('mixed', thread, part, photo)
        return ''.join('%s: %s\r\n' % line for line in lines).encode() + part, when

    @staticmethod
    def part(content_type, text, charset, encoding):
        data = text.encode(charset, 'replace')
        if encoding == 'base64':
            data = base64.encodebytes(data).replace(b'\n', b'\r\n')
        elif encoding == 'quoted-printable':
            data = quopri.encodestring(data.replace(b'\r\n', b'\n')).replace(b'\n', b'\r\n')
        return ('Content-Type: %s\r\nContent-Transfer-Encoding: %s\r\n\r\n' % (content_type, encoding)).encode() + data

    @staticmethod
    def multipart(kind, thread, *parts):
        mark = ('=_%s_%s' % (kind, thread)).encode()
        body = b''.join(b'--' + mark + b'\r\n' + part + b'\r\n' for part in parts)
        return b'Content-Type: multipart/%s; boundary="%s"\r\n\r\n%s--%s--\r\n' % (kind.encode(), mark, body, mark)


def fill_maildir(path, count, seed=1, shop='support@shop.test'):
    """writes the messages as a server keeps them; returns their bytes on the wire"""
    generator, total = Generator(shop, seed), 0
    for name in ('cur', 'new', 'tmp'):
        os.makedirs(os.path.join(path, name), exist_ok=True)
    for index in range(count):
        data, when = generator.message(index)
        stored = data.replace(b'\r\n', b'\n')
        flags = 'S' if index < count * 0.97 else ''
        file = os.path.join(path, 'cur', '%d.M%06dP1.mail,S=%d,W=%d:2,%s' % (when, index, len(stored), len(data), flags))
        with open(file, 'wb') as f:
            f.write(stored)
        os.utime(file, (when, when))
        total += len(data)
    return total


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('maildir')
    parser.add_argument('count', type=int)
    parser.add_argument('--seed', type=int, default=1)
    arguments = parser.parse_args()
    print('%d messages, %d bytes' % (arguments.count, fill_maildir(arguments.maildir, arguments.count, arguments.seed)))
