import { expect, test } from 'vitest'
import { layersOf } from './layers.ts'

const step = (name: string, ...needs: string[]) => ({ name, needs })
const names = (layers: { name: string }[][]) => layers.map((layer) => layer.map(({ name }) => name))

test('steps that need nothing stand first, each other one after the last that it needs', () => {
  expect(names(layersOf([step('a'), step('b')]))).toEqual([['a', 'b']])
  expect(names(layersOf([step('join', 'left', 'deep'), step('left'), step('right'), step('deep', 'right')]))).toEqual([
    ['left', 'right'],
    ['deep'],
    ['join'],
  ])
})
