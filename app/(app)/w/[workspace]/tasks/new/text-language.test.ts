import { expect, test } from 'vitest'
import { SAMPLES } from '#lib/workspaces/samples.ts'
import { textLanguage } from './text-language.ts'

test.each(SAMPLES.map((sample) => [sample.id, sample]))('the language of the sample %s is told', (_id, sample) => {
  expect(textLanguage(sample.text)).toBe(sample.language)
})

test.each([
  ['fr', 'Bonjour, nous avons reçu la machine le 3 avril et elle ne fonctionne pas. Merci de nous rembourser le prix.'],
  ['es', 'Hemos recibido la máquina el 3 de abril y no funciona. Les pedimos que nos devuelvan el dinero del pedido.'],
  ['it', 'Abbiamo ricevuto la macchina il 3 aprile ma non funziona. Vi chiediamo di rimborsare il prezzo della merce.'],
  ['pt', 'Recebemos a máquina no dia 3 de abril e ela não funciona. Pedimos que devolvam o valor da compra.'],
  [
    'nl',
    'Wij hebben de machine op 3 april ontvangen en het apparaat werkt niet. Wilt u het bedrag aan ons terugbetalen?',
  ],
  ['sv', 'Vi fick maskinen den 3 april och den fungerar inte. Vi ber er att betala tillbaka det som vi har betalat.'],
  ['pl', 'Otrzymaliśmy maszynę w kwietniu i nie działa. Prosimy o zwrot pieniędzy za zakup, to jest już trzeci list.'],
  ['ru', 'Мы получили машину третьего апреля, и она не работает. Просим вернуть деньги.'],
  ['uk', 'Ми отримали машину третього квітня, і вона не працює. Просимо повернути гроші.'],
  ['el', 'Λάβαμε το μηχάνημα στις 3 Απριλίου και δεν λειτουργεί.'],
  ['ja', '四月三日に機械を受け取りましたが、動きません。'],
  ['zh', '我们在四月三日收到了机器，但它不能工作。'],
  ['ko', '우리는 4월 3일에 기계를 받았지만 작동하지 않습니다.'],
  ['he', 'קיבלנו את המכונה בשלושה באפריל והיא אינה עובדת.'],
  ['ar', 'استلمنا الآلة في الثالث من أبريل وهي لا تعمل.'],
])('a letter in %s is told', (language, text) => {
  expect(textLanguage(text)).toBe(language)
})

test.each([
  [''],
  ['Hello there'],
  ['INV-2231 INV-2232 INV-2233 INV-2234 INV-2235 INV-2236 INV-2237'],
  ['const total = items.map((item) => item.price).reduce((sum, price) => sum + price, zero)'],
  ['Vi modtog maskinen i april og den virker ikke. Vi beder om at få pengene tilbage for købet.'],
  ['Strojček sme dostali v apríli a nefunguje. Žiadame vás o vrátenie peňazí.'],
  ['The machine does not work and we want the money back. Wir haben die Maschine erhalten und sie ist nicht dicht.'],
])('nothing is guessed for “%s”', (text) => {
  expect(textLanguage(text)).toBeNull()
})
