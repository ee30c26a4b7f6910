import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { JOURNEY_WORDS } from './journey.ts'

type Words = { readonly [key: string]: unknown }
type Catalogue = { readonly en: Words; readonly ja: Words }

const files = readdirSync(import.meta.dirname).filter((file) => !file.endsWith('.test.ts'))
const CATALOGUES: readonly (readonly [string, Catalogue])[] = await Promise.all(
  files.map(async (file) => {
    const found = Object.values(
      (await import(/* @vite-ignore */ new URL(file, import.meta.url).href)) as Readonly<Record<string, Catalogue>>,
    )
    const [catalogue] = found
    if (catalogue === undefined) throw new Error(`Expected ${file} to export its words`)
    return [file, catalogue] as const
  }),
)

/** Every sentence of a catalogue by its path; what has slots with something in them. */
function sentencesIn(words: Words, path = ''): readonly (readonly [string, string])[] {
  return Object.entries(words).flatMap(([key, value]) => {
    const here = `${path}${key}`
    if (typeof value === 'string') return [[here, value] as const]
    if (typeof value === 'function') return [[here, filled(value as Sentence)] as const]
    return typeof value === 'object' && value !== null ? sentencesIn(value as Words, `${here}.`) : []
  })
}

type Sentence = (...slots: readonly unknown[]) => string

/** A sentence with something in its slots; those that want a list get one. */
function filled(sentence: Sentence): string {
  try {
    return sentence(...Array.from({ length: 8 }, () => '1'))
  } catch {
    return sentence(...Array.from({ length: 8 }, () => ['1']))
  }
}

/** What is the same in both languages: names of formats and commands, signs, keys. */
const SAME = /^([A-Z]{2,5}|[\W\d_]*|[\w-]+: ?)$/

/** Widths of Japanese type: a letter of the alphabet is half of one. */
const widthOf = (text: string) => [...text].reduce((sum, letter) => sum + (/[ -~｡-ﾟ]/.test(letter) ? 0.5 : 1), 0)

describe.each(CATALOGUES)('the words of %s', (_file, { en, ja }) => {
  test('are there in both languages, and none is left in English', () => {
    const [english, japanese] = [new Map(sentencesIn(en)), new Map(sentencesIn(ja))]
    expect([...japanese.keys()].toSorted()).toEqual([...english.keys()].toSorted())
    const left = [...japanese].filter(([key, text]) => text === english.get(key) && !SAME.test(text))
    expect(left).toEqual([])
  })
})

test('what stands in tiles fits them: fourteen Japanese letters', () => {
  const { target, result, left, pace, quiet, burning, rising, recovering, calendarMonth } = JOURNEY_WORDS.ja
  for (const text of [target, result, left, pace, quiet, burning, rising, recovering, calendarMonth]) {
    expect([text, widthOf(text) <= 14]).toEqual([text, true])
  }
})
