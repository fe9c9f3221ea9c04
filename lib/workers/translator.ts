import { z } from 'zod'
import { defineWorker, documentText } from './define.ts'
import { LANGUAGE_LABELS, LANGUAGES } from './languages.ts'
import {
  assembleTranslation,
  BATCH_SEGMENTS,
  MAX_SEGMENTS,
  segmentsOf,
  translateSegments,
  translationPrompt,
} from './translation.ts'
import { TRANSLATION_CHECKS } from './translation-checks.ts'

const term = z.string().trim().min(1).max(100)

const input = z.strictObject({
  text: documentText,
  targetLanguage: z.enum(LANGUAGES).default('en').meta({ title: 'Translate into', 'x-labels': LANGUAGE_LABELS }),
  sourceLanguage: z
    .enum(['auto', ...LANGUAGES])
    .default('auto')
    .meta({
      title: 'Translate from',
      'x-labels': { auto: 'Detect the language', ...LANGUAGE_LABELS },
    }),
  formality: z
    .enum(['keep', 'formal', 'informal'])
    .default('keep')
    .meta({
      title: 'Form of address',
      'x-labels': { keep: 'As in the text', formal: 'Formal', informal: 'Informal' },
    }),
  glossary: z
    .array(
      z.union([
        z
          .string()
          .trim()
          .max(201)
          .regex(/^[^=]*[^=\s][^=]*=[^=]*[^=\s][^=]*$/, 'Write "term = translation".'),
        z.strictObject({ source: term, target: term }),
      ]),
    )
    .max(100)
    .default([])
    .meta({ title: 'Glossary', description: 'Fixed translations, written "term = translation".' }),
})

const output = z.object({
  sourceLanguage: z.string().max(35).nullable().meta({ title: 'From', description: 'Language tag; null = not known.' }),
  targetLanguage: z.string().max(35).meta({ title: 'Into' }),
  unchanged: z.boolean().meta({ title: 'Unchanged', description: 'The text already was in the language asked for.' }),
  translation: z
    .string()
    .min(1)
    .max(2_000_000)
    .meta({ title: 'Translation', description: 'With the layout of the text.' }),
  segments: z
    .array(
      z.object({
        start: z.number().int().min(0),
        end: z.number().int().min(0),
        source: z.string().max(200_000),
        target: z.string().max(1_000_000).nullable().meta({ description: 'null = not translated.' }),
      }),
    )
    .min(1)
    .max(MAX_SEGMENTS)
    .meta({ title: 'Segments', description: 'Sentence by sentence, with places in the text.' }),
  checks: z
    .array(
      z.object({
        check: z.enum(TRANSLATION_CHECKS).meta({ title: 'Check' }),
        passed: z.boolean().meta({ title: 'Passed' }),
        message: z.string().max(500).meta({ title: 'Message' }),
        segment: z
          .number()
          .int()
          .min(0)
          .nullable()
          .meta({ title: 'Segment', description: 'Its index; null = the whole text.' }),
      }),
    )
    .max(200)
    .meta({ title: 'Checks', description: 'Made without a model after the translation.' }),
})

export const translator = defineWorker({
  name: 'translator',
  title: 'Translator',
  summary: `${LANGUAGES.length} languages, checked sentence by sentence`,
  slots: 1,
  timeoutMs: 300_000,
  needsModel: true,
  input,
  output,
  prompt: (values) => translationPrompt(values, segmentsOf(values).slice(0, BATCH_SEGMENTS)),
  run: async (values, { model, signal }) => {
    const segments = segmentsOf(values)
    const { targets, sourceLanguage } = await translateSegments(values, segments, model, signal)
    return assembleTranslation(values, sourceLanguage, segments, targets)
  },
  example: {
    input: {
      text: 'Bitte erstatten Sie mir 349,90 € bis zum 15. Mai 2026.\n\nMit freundlichen Grüßen',
      targetLanguage: 'en',
    },
    output: {
      sourceLanguage: 'de',
      targetLanguage: 'en',
      unchanged: false,
      translation: 'Please refund me €349.90 by May 15, 2026.\n\nKind regards',
      segments: [
        {
          start: 0,
          end: 54,
          source: 'Bitte erstatten Sie mir 349,90 € bis zum 15. Mai 2026.',
          target: 'Please refund me €349.90 by May 15, 2026.',
        },
        { start: 56, end: 79, source: 'Mit freundlichen Grüßen', target: 'Kind regards' },
      ],
      checks: [
        { check: 'complete', passed: true, message: 'All 2 segments are translated.', segment: null },
        { check: 'numbers', passed: true, message: 'All 3 numbers are kept.', segment: null },
        { check: 'length', passed: true, message: 'No segment is unusually short or long.', segment: null },
      ],
    },
  },
})
