import type { MonthFacts } from '@tabiji/core/report'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderMarkdown } from '../render.ts'
import { hostile, hostileText, plainly } from '../testing/hostile.ts'
import { cellsOfRow } from '../testing/read-back.ts'
import { markdownOf } from './markdown.ts'
import { readable } from './visible.ts'

/** What kind of line it is, and into how many cells it is cut. */
function shapeOf(line: string): readonly [kind: string, cells: number] {
  const kind = /^(#+ [●◆▲✖○]?|- |\||> |\*\*)/.exec(line)?.[0] ?? (line === '' ? 'blank' : 'text')
  return [kind, line.startsWith('|') ? cellsOfRow(line).length : 0]
}

function linesOf(facts: MonthFacts): string[] {
  return renderMarkdown(facts, 'en', { withPeople: true }).split('\n')
}

/** The row of the first fix in the list of all open ones. */
function rowOf(facts: MonthFacts): string {
  return linesOf(facts).findLast((line) => line.startsWith('| FIX-0104')) ?? ''
}

describe('whatever people write into names and titles', () => {
  test('no line, cell, heading or list is added or lost', () => {
    const shape = linesOf(plainly).map(shapeOf)
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(linesOf(hostile(text)).map(shapeOf)).toEqual(shape)
      }),
    )
  })

  test('no tag, comment or entity of theirs is left', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const markdown = linesOf(hostile(text)).join('\n')
        // The figures behind a chart are folded away by tags of our own, which hold nothing of theirs.
        expect(markdown.replace(/<details><summary>[^<>]*<\/summary>|<\/details>/g, '')).not.toContain('<')
        expect(markdown).not.toMatch(/&(?!(amp|lt|gt);)/)
      }),
    )
  })

  test('a cell reads as it was written, on one line', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(cellsOfRow(rowOf(hostile(text)))[1]).toBe(readable(text))
      }),
    )
  })
})

test.each([
  ['a | b', String.raw`a \| b`],
  ['*a* _b_ `c` ~d~', '\\*a\\* \\_b\\_ \\`c\\` \\~d\\~'],
  ['[x](javascript:alert(1))', String.raw`\[x\](javascript:alert(1))`],
  ['![](https://example.org/x.png)', String.raw`!\[\](https\://example.org/x.png)`],
  ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
  ['&lt;', '&amp;lt;'],
  ['a\\', 'a\\\\'],
  ['two\nlines', 'two lines'],
  ['\u202eabc', 'abc'],
  ['# no heading', String.raw`\# no heading`],
])('%j becomes %s', (text, written) => {
  expect(rowOf(hostile(text))).toContain(`| FIX-0104 | ${written} | prevent |`)
})

test.each([
  ['1. feet', String.raw`1\. feet`],
  ['2) feet', String.raw`2\) feet`],
  ['- feet', String.raw`\- feet`],
  ['+ feet', String.raw`\+ feet`],
  ['= feet', String.raw`\= feet`],
])('a paragraph that begins with %j is no list and underlines nothing', (sentence, written) => {
  const blocks = [{ type: 'paragraph', sentences: [sentence, 'More.'] }] as const
  const document = {
    language: 'en',
    title: 'T',
    contents: 'C',
    draft: false,
    footer: [],
    lines: ['L'],
    blocks,
  } as const
  expect(markdownOf(document)).toBe(`# T\n\n- L\n\n${written} More.\n`)
})

test('a bar shows whatever is above nothing, and never more than all', () => {
  const bars = linesOf(plainly).flatMap((line) => /[▓▒░]+/.exec(line)?.[0] ?? [])
  expect(bars).toEqual(expect.arrayContaining(['▓▓▓▓▓▓▓▓▓▓', '▓▓▓░░░░░░░', '▒▒▒▒▒░░░░░', '░░░░░░░░░░']))
  for (const bar of bars) expect([...bar]).toHaveLength(10)
})
