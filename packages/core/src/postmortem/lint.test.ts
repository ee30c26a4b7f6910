import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lintPostmortem } from './lint.ts'
import { ENGLISH_SENTENCES, JAPANESE_SENTENCES } from './testing/sentences.ts'

const rulesIn = (text: string) => lintPostmortem(text, 'a.md', ['suzuki', '田中', 'Mark']).map(({ rule }) => rule)

describe.each([
  ['English', ENGLISH_SENTENCES],
  ['Japanese', JAPANESE_SENTENCES],
])('%s', (_, sentences) => {
  test('has enough sentences to be believed, both blaming and fine', () => {
    expect(sentences.length).toBeGreaterThanOrEqual(40)
    expect(sentences.filter(([rule]) => rule === undefined).length).toBeGreaterThanOrEqual(15)
  })

  test.each(sentences)('%s: %s', (rule, sentence) => {
    expect(rulesIn(sentence)).toEqual(rule === undefined ? [] : [rule])
  })
})

test('what somebody else said is left alone: front matter, blocks, code, quotations, addresses', () => {
  const text = [
    '---\nowner: suzuki\n---\n\n<!-- tabiji:times -->\nsuzuki forgot to ack\n<!-- /tabiji:times -->\n<!-- suzuki -->',
    '> the operator was careless',
    '```\nhuman error\n```\n\n~~~\nsuzuki\n~~~\n`careless` and ``a ` careless``',
    'He said "I should have known" and “human error”, 「ミスだった」.',
    'https://example.com/@suzuki/careless ⟪what suzuki forgot to do⟫',
  ].join('\n')
  expect(lintPostmortem(text, 'a.md', ['suzuki'])).toEqual([])
})

test('a hint says where and what to write instead', () => {
  expect(lintPostmortem('Fine.\n原因は担当者のミスです。Then suzuki left.\n', 'pm.md', ['suzuki'])).toEqual([
    {
      rule: 'person-acted',
      found: '担当者の',
      instead: expect.stringContaining('何が起き'),
      at: { file: 'pm.md', line: 2, column: 4 },
    },
    {
      rule: 'mistake',
      found: 'ミス',
      instead: expect.stringContaining('起こりやすく'),
      at: { file: 'pm.md', line: 2, column: 8 },
    },
    {
      rule: 'person-named',
      found: 'suzuki',
      instead: expect.stringContaining('the lead'),
      at: { file: 'pm.md', line: 2, column: 18 },
    },
  ])
})

test('any text is read, and every hint lies inside it', () => {
  const pieces = fc.constantFrom(
    'ミス',
    'careless',
    '`',
    '```',
    '\n',
    '> ',
    '"',
    '「',
    '<!--',
    '-->',
    '⟪',
    'suzuki',
    ' ',
    '---',
  )
  fc.assert(
    fc.property(
      fc.array(fc.oneof(pieces, fc.string({ unit: 'grapheme', maxLength: 5 })), { maxLength: 40 }),
      (parts) => {
        const text = parts.join('')
        const lines = text.split('\n')
        for (const { at, found } of lintPostmortem(text, 'a.md', ['suzuki', '(.*'])) {
          expect(lines[at.line - 1]?.slice(at.column - 1).startsWith(found.split('\n')[0] ?? '')).toBe(true)
        }
      },
    ),
  )
})
