import { describe, expect, test } from 'vitest'
import { catalogueOf } from './catalogues.ts'
import { LANGUAGES } from './language.ts'

type Entry = readonly [path: string, value: unknown]

/** Every word and sentence with its path. */
function entries(node: object, path = ''): Entry[] {
  return Object.entries(node).flatMap(([key, value]): Entry[] =>
    typeof value === 'object' ? entries(value, `${path}${key}.`) : [[`${path}${key}`, value]],
  )
}

/** Sentences are called with their own slots, so that each slot is seen to be printed. */
function filled(value: unknown): string {
  if (typeof value !== 'function') return String(value)
  return String(value(...Array.from({ length: value.length }, (_, i) => (i + 2) * 11)))
}

test('both languages have the same keys, in the same order, with the same slots', () => {
  const shape = (language: (typeof LANGUAGES)[number]) =>
    entries(catalogueOf(language)).map(([path, value]) => [path, typeof value === 'function' ? value.length : 'text'])
  expect(shape('ja')).toEqual(shape('en'))
})

describe.each(LANGUAGES)('%s', (language) => {
  const words = entries(catalogueOf(language))

  test('leaves nothing empty and nothing unsaid', () => {
    for (const [path, value] of words) expect(filled(value), path).toMatch(/\S/)
    for (const [path, value] of words) expect(filled(value), path).not.toMatch(/undefined|NaN|null|\$\{|\[object/)
  })

  test('prints every slot but the bare number that only chooses the form, called n or _', () => {
    for (const [path, value] of words) {
      if (typeof value !== 'function') continue
      const names = /^\(?([^)=]*)\)? =>/.exec(String(value))?.[1]?.split(',') ?? []
      expect(names, path).toHaveLength(value.length)
      for (const [i, name] of names.entries()) {
        if (!/^ ?[n_]$/.test(name)) expect(filled(value), path).toContain(String((i + 2) * 11))
      }
    }
  })

  test('has no blank at either end of a sentence', () => {
    for (const [path, value] of words) {
      if (path !== 'separator') expect(filled(value), path).toBe(filled(value).trim())
    }
  })
})

test('Japanese uses its own brackets, colons and full stops, and no blank before a percent sign', () => {
  for (const [path, value] of entries(catalogueOf('ja'))) {
    expect(filled(value), path).not.toMatch(
      /[\u3040-\u30ff\u4e00-\u9fff]\s*[(:.,]|[).,]\s*[\u3040-\u30ff\u4e00-\u9fff]|\d %/,
    )
  }
})

test('no sentence blames and none praises', () => {
  const judging = /fault|blame|careless|excellent|\bbadly\b|poor|残念|怠|ミス|素晴らし|悪い/
  for (const language of LANGUAGES) {
    for (const [path, value] of entries(catalogueOf(language))) expect(filled(value), path).not.toMatch(judging)
  }
})

test('one and many have their own forms in English', () => {
  const { fixes, summary, journeys } = catalogueOf('en')
  expect([fixes.debt(1, '1', '0', '3 days'), fixes.debt(2, '2', '1', '3 days')]).toEqual([
    '1 fix is open, 0 overdue; the oldest is 3 days old.',
    '2 fixes are open, 1 overdue; the oldest is 3 days old.',
  ])
  expect(summary.metAll(1, '1')).toBe('The 1 judged journey met its target.')
  expect(summary.decisions(1, '1')).toBe('1 decision')
  expect(journeys.oneFailure('a', 1, '1', '200 %')).toContain('1 event,')
})

test('the labels of the tiles on page one fit them in Japanese: fourteen letters, of which one of the alphabet is half', () => {
  const { journeys, onTime, stop, asked } = catalogueOf('ja').summary
  for (const label of [journeys, onTime, stop, asked]) {
    const width = [...label].reduce((sum, letter) => sum + (/[ -~]/.test(letter) ? 0.5 : 1), 0)
    expect([label, width <= 14]).toEqual([label, true])
  }
})
