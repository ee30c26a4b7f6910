import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printable, printableJson } from './printable.ts'

/** Any text at all, halves of characters among it. */
const texts = fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes))

describe('printable text', () => {
  test.each([
    ['\u001b[31mred\u001b[0m', '\\u{1b}[31mred\\u{1b}[0m'],
    ['\u009b2J', '\\u{9b}2J'],
    ['one\r\ntwo\ttabs', 'one\\u{d}\\u{a}two\\u{9}tabs'],
    ['safe\u202egnp.exe', 'safe\\u{202e}gnp.exe'],
    ['half \ud83d', 'half \\u{d83d}'],
    ['旅路 👣 é', '旅路 👣 é'],
  ])('%j is shown as %s', (text, shown) => {
    expect(printable(text)).toBe(shown)
  })

  test('stays as it is when it is made printable again', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(printable(printable(text))).toBe(printable(text))
      }),
    )
  })
})

describe('printable JSON', () => {
  test('reads back as the same document and holds nothing that a terminal obeys', () => {
    fc.assert(
      fc.property(fc.record({ [`a\u009b`]: texts }), (document) => {
        const json = printableJson(document)
        expect(JSON.parse(json)).toEqual(document)
        expect(json).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u)
      }),
    )
  })
})
