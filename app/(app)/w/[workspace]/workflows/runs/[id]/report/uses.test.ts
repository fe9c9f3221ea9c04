import { expect, test } from 'vitest'
import { chooseParts } from '#lib/workflows/report/choice.ts'
import { reportOf } from '#lib/workflows/report/report.ts'
import { exampleText, runOf, stepOf } from '#lib/workflows/test-run.ts'
import { usesOf } from './uses.ts'

const report = reportOf(runOf(exampleText('category-classifier'), [stepOf('category-classifier')]))

test('a place leads back to every statement that rests on it, in the order of the page', () => {
  expect(usesOf(report, 1)).toEqual([
    { part: 'categories', label: 'Category', text: 'Shipping & delivery' },
    { part: 'categories', label: 'Tag', text: 'damaged parcel' },
  ])
  expect(usesOf(report, 2)).toEqual([{ part: 'categories', label: 'Tag', text: 'refund' }])
})

test('statements are named as they are numbered on the page', () => {
  const analysis = reportOf(runOf(exampleText('document-analyzer'), [stepOf('document-analyzer')]))
  const labels = analysis.evidence.flatMap(({ number }) => usesOf(analysis, number).map(({ label }) => label))
  expect(labels).toEqual(['Insight 1', 'Action 1', 'Risk 1, high'])
})

test('a place that no chosen part uses leads nowhere', () => {
  expect(usesOf(chooseParts(report, []), 1)).toEqual([])
})
