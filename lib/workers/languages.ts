// The languages that a person can ask for, by BCP 47 tag; names come from the platform.

export const LANGUAGES = [
  'en',
  'ar',
  'bg',
  'ca',
  'cs',
  'da',
  'de',
  'el',
  'es',
  'et',
  'fa',
  'fi',
  'fr',
  'he',
  'hi',
  'hr',
  'hu',
  'id',
  'it',
  'ja',
  'ko',
  'lt',
  'lv',
  'ms',
  'nb',
  'nl',
  'pl',
  'pt',
  'ro',
  'ru',
  'sk',
  'sl',
  'sr',
  'sv',
  'th',
  'tr',
  'uk',
  'vi',
  'zh-Hans',
  'zh-Hant',
] as const
export type Language = (typeof LANGUAGES)[number]

const names = new Intl.DisplayNames('en', { type: 'language' })

/** English name of a language tag; a tag that names no language comes back as it is. */
export function languageName(tag: string): string {
  try {
    return names.of(tag) ?? tag
  } catch {
    return tag
  }
}

export const LANGUAGE_LABELS: Record<string, string> = Object.fromEntries(
  LANGUAGES.map((tag) => [tag, languageName(tag)]),
)

/** `zh` and `zh-Hans` are one language here; so are `no` and `nb`. */
export function sameLanguage(left: string, right: string): boolean {
  return root(left) === root(right)
}

function root(tag: string): string {
  const language = tag.toLowerCase().split('-')[0] ?? ''
  return language === 'nb' || language === 'nn' ? 'no' : language
}
