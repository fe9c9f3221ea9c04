import { expect, test } from 'vitest'
import { needsWords } from './step-words.ts'

const steps = [
  { name: 'read', title: 'Find the risks' },
  { name: 'sum', title: 'Summarise it' },
  { name: 'severe', title: 'Is a risk severe?' },
]

test.each([
  [[], null],
  [['read'], 'After “Find the risks”'],
  [['read', 'sum'], 'After “Find the risks” and “Summarise it”'],
  [['severe.yes', 'sum'], 'If “Is a risk severe?” is yes, after “Summarise it”'],
  [['gone.no'], 'If “gone” is no'],
])('what a step waits for is said in words: %j', (needs, words) => {
  expect(needsWords(needs, steps)).toBe(words)
})
