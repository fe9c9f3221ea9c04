import { globSync, readFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { expect, test } from 'vitest'

const FILES = globSync('{app,lib,worker,e2e,bench}/**/*.{ts,tsx}').toSorted()
const IMPORT = /(?:^|\n)\s*(?:import|export)\b(?:[^'"`;]*?\bfrom)?\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g

// Tests and what only they use.
const TEST = /\.test\.tsx?$|\/test-[a-z-]+\.ts$/
const FILES_OF_PRODUCT = FILES.filter((file) => !TEST.test(file) && !/^(e2e|bench)\//.test(file))

const imports = new Map(FILES.map((file) => [file, importsOf(file)]))

function importsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(IMPORT)].flatMap(([, plain, dynamic]) => {
    const name = plain ?? dynamic ?? ''
    if (name.startsWith('#')) return [name.slice(1)]
    return name.startsWith('.') ? [join(dirname(file), name)] : [name]
  })
}

function importersOf(what: RegExp, except: RegExp): string[] {
  return FILES_OF_PRODUCT.filter((file) => !except.test(file) && imports.get(file)?.some((name) => what.test(name)))
}

function mentions(what: RegExp, except: RegExp): string[] {
  return FILES_OF_PRODUCT.filter((file) => !except.test(file) && what.test(readFileSync(file, 'utf8')))
}

test('app and worker use lib, lib knows neither, and they do not know each other', () => {
  expect(importersOf(/^(app|worker)\//, /^(app|worker)\//)).toEqual([])
  expect(importersOf(/^worker\//, /^worker\//)).toEqual([])
  expect(importersOf(/^app\//, /^app\//)).toEqual([])
  expect(importersOf(/^(react|next|openai|server-only)(\/|$)/, /^(app|worker\/model)\//)).toEqual([])
})

test('each way out of the process has one place', () => {
  expect(importersOf(/^pg-boss/, /^lib\/queue(\.ts|\/)/)).toEqual([])
  expect(importersOf(/^openai/, /^worker\/model\//)).toEqual([])
  expect(importersOf(/^(drizzle-orm|pg|pg-boss)(\/|$)/, /^(lib|worker)\//)).toEqual([])
  expect(importersOf(/^(undici|standardwebhooks|ipaddr\.js)(\/|$)/, /^lib\/outbound\//)).toEqual([])
  // The launcher hands the environment on to its children; configuration files run before any of ours.
  const reads = mentions(/process\.env\b/, /^lib\/env\.ts$|^worker\/launch\/settings\.ts$/)
  expect(reads).toEqual([])
})

test('no file imports itself by way of others', () => {
  const done = new Set<string>()
  const visit = (file: string, path: string[]): string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return null
    for (const next of imports.get(file) ?? []) {
      const cycle = imports.has(next) ? visit(next, [...path, file]) : null
      if (cycle) return cycle
    }
    done.add(file)
    return null
  }
  for (const file of FILES) expect((visit(file, []) ?? []).join(' → ')).toBe('')
})

test('rooms are named by what lives there, files by a noun or verb', () => {
  const forbidden = /(^|\/)(utils?|helpers?|common|types|services?|components|managers?|src)(\/|\.tsx?$)/
  expect(FILES.filter((file) => forbidden.test(file))).toEqual([])
  const name =
    /^(?:[a-z0-9-]+|\(?[a-z-]+\)?|\[{1,2}(?:\.\.\.)?[a-zA-Z]+\]{1,2}|_[a-z]+)(?:\.(?:test|e2e|d|config))?(?:\.tsx?)?$/
  expect(FILES.flatMap((file) => file.split('/')).filter((part) => !name.test(part))).toEqual([])
  expect(FILES.filter((file) => extname(file) === '.tsx' && !file.startsWith('app/'))).toEqual([])
})

test('packages stand above the versions with known holes', () => {
  const floors = {
    next: '16.4.6',
    'better-auth': '1.7.25',
    'drizzle-orm': '0.45.2',
    zod: '4.6.6',
    'pg-boss': '12.38.0',
  }
  for (const [name, floor] of Object.entries(floors)) {
    const { version }: { version: string } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8'))
    expect(version.localeCompare(floor, 'en', { numeric: true }), `${name} ${version}`).toBeGreaterThanOrEqual(0)
  }
})
