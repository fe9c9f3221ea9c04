// Texts in the encodings from before Unicode, encoded by turning Node's decoders round.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { decodeText } from './decode-text.ts'
import { readHtml } from './read-html.ts'
import { readMail } from './read-mail.ts'

/** Article 1 of the Universal Declaration of Human Rights, and letters as people write them. */
const TEXTS = {
  japanese:
    'すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。人間は、理性と良心とを授けられており、互いに同胞の精神をもって行動しなければならない。',
  simplified: '人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。',
  traditional: '人人生而自由，在尊嚴和權利上一律平等。他們賦有理性和良心，並應以兄弟關係的精神相對待。',
  korean:
    '모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다. 인간은 천부적으로 이성과 양심을 부여받았으며 서로 형제애의 정신으로 행동하여야 한다.',
  russian:
    'Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены разумом и совестью и должны поступать в отношении друг друга в духе братства.',
  greek: 'Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.',
}
const LETTERS = {
  japanese:
    'お世話になっております。10月31日の停電により、冷蔵庫の商品(11,480ドル相当)を廃棄しました。ご回答をお願いします。',
  simplified:
    '您好，10月31日的暴风雨使我们停电31个小时，冷库里价值11,480美元的货物全部报废。请在11月27日以前给我们书面答复。',
  traditional:
    '您好，10月31日的暴風雨使我們停電31個小時，冷凍庫裡價值11,480美元的貨物全部報廢。請在11月27日以前給我們書面答覆。',
  korean:
    '안녕하세요. 10월 31일 폭풍으로 31시간 동안 정전이 되어 11,480달러 상당의 재고를 버렸습니다. 서면으로 답변해 주시기 바랍니다.',
  russian:
    'Здравствуйте! 31 октября из-за бури у нас 31 час не было света, и мы выбросили товар на 11 480 долларов. Прошу ответить письменно.',
  greek:
    'Καλησπέρα σας. Στις 31 Οκτωβρίου η καταιγίδα μας άφησε χωρίς ρεύμα για 31 ώρες. Παρακαλώ για γραπτή απάντηση.',
}

const CASES = [
  ['shift_jis', 'japanese'],
  ['euc-jp', 'japanese'],
  ['iso-2022-jp', 'japanese'],
  ['gb18030', 'simplified'],
  ['gb18030', 'traditional'],
  ['big5', 'traditional'],
  ['euc-kr', 'korean'],
  ['windows-1251', 'russian'],
  ['koi8-r', 'russian'],
  ['windows-1253', 'greek'],
] as const

const tables = new Map<string, Map<string, number[]>>()

function tableOf(encoding: string): Map<string, number[]> {
  const known = tables.get(encoding)
  if (known) return known
  const table = new Map<string, number[]>()
  const decoder = new TextDecoder(encoding, { fatal: true })
  const put = (bytes: number[]) => {
    try {
      const letter = decoder.decode(Uint8Array.from(bytes))
      if (Array.from(letter).length === 1 && !table.has(letter)) table.set(letter, bytes)
    } catch {
      // These bytes mean nothing.
    }
  }
  for (let byte = 0; byte < 256; byte += 1) put([byte])
  for (let lead = 0x81; lead < 0xff; lead += 1) for (let trail = 0x40; trail < 0xff; trail += 1) put([lead, trail])
  tables.set(encoding, table)
  return table
}

function encode(text: string, encoding: string): Buffer {
  if (encoding === 'iso-2022-jp') return encodeJapaneseMail(text)
  return Buffer.from(
    Array.from(text).flatMap((letter) => {
      const bytes = tableOf(encoding).get(letter)
      if (!bytes) throw new Error(`${encoding} has no ${letter}`)
      return bytes
    }),
  )
}

/** The same two bytes as in EUC, without their high bits, between marks. */
function encodeJapaneseMail(text: string): Buffer {
  const parts = text.match(/[\0-\x7f]+|[^\0-\x7f]+/g) ?? []
  return Buffer.concat(
    parts.map((part) =>
      part <= '\x7f\x7f'
        ? Buffer.from(part)
        : Buffer.concat([
            Buffer.from('\x1b$B'),
            encode(part, 'euc-jp').map((byte) => byte & 0x7f) as Buffer,
            Buffer.from('\x1b(B'),
          ]),
    ),
  )
}

describe('old encodings', () => {
  test.each(CASES)('%s, %s: a declaration and a letter are read as they were written', (encoding, language) => {
    for (const text of [TEXTS[language], LETTERS[language], `Re: order 4471\r\n\r\n${LETTERS[language]}\r\n`])
      expect(decodeText(encode(text, encoding))).toEqual({ text, encoding })
  })

  test.each(CASES)('%s, %s: long texts, of which one letter is damaged, too', (encoding, language) => {
    const text = `${'A line in English before it all. '.repeat(3_000)}\n${`${TEXTS[language]}\n`.repeat(600)}`
    const bytes = encode(text, encoding)
    if (encoding !== 'iso-2022-jp') bytes[bytes.length - 2] = 0xff
    expect(decodeText(bytes)?.encoding).toBe(encoding)
  })

  test.each([
    ['big5', '如何在'],
    ['euc_jp', 'の開発は、'],
    ['shift_jis', 'の開発は、'],
    ['iso2022_jp', 'の開発は、'],
    ['euc_kr', '파이썬'],
    ['gb18030', '语言是一种功能强大而完善的通用型计算机程序设计语言'],
  ])('a real file in %s is read', (name, words) => {
    const { text, encoding } = decodeText(readFileSync(`bench/corpus/python-cjk-${name}.txt`)) ?? {}
    expect(encoding?.replaceAll(/[-_]/g, '')).toBe(name.replaceAll('_', ''))
    expect(text).toContain(words)
    expect(text).not.toContain('\uFFFD')
  })

  test.each(Object.entries(TEXTS))('UTF-8 stays UTF-8: %s', (_, text) => {
    expect(decodeText(Buffer.from(text))).toEqual({ text, encoding: 'utf-8' })
    expect(decodeText(Buffer.from(`<meta charset="shift_jis">${text}`))?.encoding).toBe('utf-8')
  })
})

describe('texts of Western Europe', () => {
  const WESTERN = [
    'Sehr geehrte Damen und Herren, die Lieferung war beschädigt und kam zwei Tage zu spät. Ich möchte mein Geld zurück.',
    'ÜBERFÄLLIGE GRÖSSEN: ÄÖÜ äöü ß',
    'Bonjour, j’ai reçu le colis abîmé à Noël. Où est passé le chèque ? Ça m’a coûté très cher : 20 € déjà réglés.',
    'El señor Muñoz pidió una indemnización de 20 €. ¿Cuándo llegará? ¡Qué vergüenza!',
    'A reclamação não foi respondida. Atenção às informações: são três órgãos, João.',
    'Það er ekki í lagi að hún hafi ekki svarað. Ég á eftir að fá það bætt, þökk sé þér.',
    'Zażółć gęślą jaźń'.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('ł', 'l'),
    'naïve café',
    'Müller',
    '“Quoted” – with dashes — and 20 % … §§ 4–6 «ja» ½ ¼ £11',
    'Tö tö tö ää öö åå hyvää päivää, tämä on määräaikainen työsopimus.',
  ]

  test.each(WESTERN)('%s', (text) => {
    const bytes = encode(text, 'windows-1252')
    const { text: read, encoding } = decodeText(bytes) ?? {}
    expect(read).toBe(text)
    expect(encoding).toBe(/[^\0-\x7f]/.test(text) ? 'windows-1252' : 'utf-8')
  })

  test('random bytes between letters are never taken for Asian text', () => {
    let seed = 7
    const next = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed % below
    }
    for (let round = 0; round < 300; round += 1) {
      const bytes = Buffer.from(
        Array.from({ length: 400 }, () => (next(12) === 0 ? 0xa0 + next(96) : next(6) === 0 ? 32 : 97 + next(26))),
      )
      expect(decodeText(bytes)?.encoding).toBe('windows-1252')
    }
  })
})

describe('what a file says of its encoding', () => {
  const page = (head: string, text: string) =>
    `<!doctype html><html><head>${head}<title>x</title></head><p>${text}</p></html>`

  test('a page’s charset counts before its letters do, also one that is too short to tell', () => {
    for (const [charset, text] of [
      ['Shift_JIS', '東京'],
      ['big5', '台北'],
      ['windows-1251', 'Я'],
      ['iso-8859-2', 'Łódź'],
    ] as const) {
      const head = `<meta http-equiv="Content-Type" content="text/html; charset=${charset}">`
      const read = decodeText(encode(page(head, text), charset))
      expect(readHtml(read?.text ?? '').text).toContain(text)
    }
    const xml = `<?xml version="1.0" encoding='euc-kr'?><html><p>서울</p></html>`
    expect(decodeText(encode(xml, 'euc-kr'))?.text).toBe(xml)
  })

  test('a charset that is unknown, or UTF-8 where the bytes are not, counts for nothing', () => {
    for (const charset of ['x-mystery', 'utf-8', '']) {
      const text = page(`<meta charset="${charset}">`, LETTERS.russian)
      expect(decodeText(encode(text, 'koi8-r'))?.encoding).toBe('koi8-r')
    }
  })

  test('a message is read by the charset of its part, and without one by its letters', async () => {
    const mail = (type: string, text: string, encoding: string) =>
      Buffer.concat([
        Buffer.from(`From: a@example.com\r\nTo: b@example.com\r\nSubject: Order\r\n${type}\r\n`),
        encode(text, encoding),
      ])
    const declared = 'Content-Type: text/plain; charset=iso-2022-jp\r\n'
    expect((await readMail(mail(declared, LETTERS.japanese, 'iso-2022-jp'))).text).toContain(LETTERS.japanese)
    for (const [encoding, language] of CASES)
      expect((await readMail(mail('', LETTERS[language], encoding))).text).toContain(LETTERS[language])
    const western = 'Grüße aus Köln, das Päckchen kam zu spät.'
    expect((await readMail(mail('', western, 'windows-1252'))).text).toContain(western)
  })
})
