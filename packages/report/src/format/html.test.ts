import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withoutPeople } from '../document/people.ts'
import { renderHtml } from '../render.ts'
import { RUNS } from '../testing/arbitrary.ts'
import { emptyFacts, octoberFacts } from '../testing/facts.ts'
import { hostile, hostileText, plainly } from '../testing/hostile.ts'
import { factsIn, tagsOf, textOfHtml } from '../testing/read-back.ts'
import { LANGUAGES } from '../words/language.ts'
import { readable } from './visible.ts'

describe('whatever people write into names and titles', () => {
  test('no tag and no attribute is added or lost', () => {
    const tags = tagsOf(renderHtml(plainly, 'en', { withPeople: true }))
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(tagsOf(renderHtml(hostile(text), 'en', { withPeople: true })).map(withoutClass)).toEqual(
          tags.map(withoutClass),
        )
      }),
      RUNS,
    )
  })

  test('it reads as it was written, on one line', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const read = textOfHtml(renderHtml(hostile(text), 'ja', { withPeople: true }))
        expect(read).toContain(readable(text).replace(/\u00a0/g, ' '))
      }),
      RUNS,
    )
  })

  test('the facts inside the page come out unchanged', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const page = renderHtml(hostile(text), 'en')
        expect(factsIn(page)).toEqual(withoutPeople(hostile(text)))
        expect(page.match(/<\/script>/gi)).toHaveLength(1)
      }),
      RUNS,
    )
  })
})

/** Long words and short ones get different classes; nothing else about a tag depends on a text. */
function withoutClass(tag: string): string {
  return tag.replace(/ class=""/, '')
}

describe.each(LANGUAGES)('a page in %s', (language) => {
  const page = renderHtml(octoberFacts(), language)

  test('says its language, once', () => {
    expect(page).toMatch(new RegExp(`^<!doctype html>\\n<html lang="${language}">`))
  })

  test('needs nothing else: no script that runs, no address, no import', () => {
    expect(page.match(/<script[^>]*>/g)).toEqual(['<script type="application/json" id="month-facts">'])
    expect(page).not.toMatch(/<(link|img|iframe|object|embed|base|form|audio|video|source|use)\b/i)
    expect(page).not.toMatch(/\s(src|srcset|action|style|on[a-z]+)=/i)
    expect(page).not.toMatch(/@import|url\((?!#)|https?:/i)
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
  })

  test('has every anchor that it links to, and each only once', () => {
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    const links = [...page.matchAll(/ href="#([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual(expect.arrayContaining([...new Set(links)]))
    expect(links).toEqual(
      expect.arrayContaining(['summary', 'journeys', 'fixes', 'attention-measure-feet', 'journey-search-shoes']),
    )
  })

  test('has tables with a caption, and cells that name their row and column', () => {
    const tables = page.match(/<table[\s\S]*?<\/table>/g) ?? []
    expect(tables.length).toBeGreaterThan(10)
    for (const table of tables) {
      expect(table).toMatch(/^<table[^>]*>\n<caption[^>]*>[^<]+<\/caption>\n<thead[^>]*><tr[^>]*>(<th[^>]*scope="col")/)
      expect(table).not.toMatch(/<thead[\s\S]*<td[\s\S]*<\/thead>/)
    }
  })

  test('closes every tag that it opens', () => {
    const open: string[] = []
    const ends: string[] = []
    // Rows and cells behind a chart end where the next begins; they hold text only.
    const tags = page.replace(/(?<=<tbody>\n)(<tr>(<t[hd]>[^<]*)+)+(?=<\/tbody>)/g, '')
    for (const [, slash, name = '', rest = ''] of tags.matchAll(/<(\/?)([a-z][a-z0-9]*)([^>]*)>/g)) {
      if (slash === '/') ends.push(`${open.pop()}/${name}`)
      else if (!rest.endsWith('/') && name !== 'meta') open.push(name)
    }
    expect(open).toEqual([])
    expect(ends.filter((end) => new Set(end.split('/')).size !== 1)).toEqual([])
  })
})

test('anchors are the same in both languages, so that a link fits either', () => {
  const ids = (page: string) => page.match(/ id="[^"]*"/g)
  expect(ids(renderHtml(octoberFacts(), 'ja'))).toEqual(ids(renderHtml(octoberFacts(), 'en')))
})

test('a state is told by its word and shape, and only then by its colour', () => {
  expect(renderHtml(octoberFacts(), 'en')).toContain(
    '<span class="state"><span class="mark risk" aria-hidden="true">▲</span> At risk</span>',
  )
})

test('a draft is marked as one', () => {
  expect(renderHtml({ ...emptyFacts(), complete: false }, 'en')).toContain('<p class="meta draft">Draft: ')
  expect(renderHtml(emptyFacts(), 'en')).not.toContain('class="meta draft"')
})

test('on paper it is light, on A4, with page numbers and without links to sections', () => {
  const print = renderHtml(emptyFacts(), 'en').split('@media print')[1]
  expect(print).toMatch(/@page \{ size: A4; margin: 16mm;/)
  expect(print).toMatch(/color-scheme: light;/)
  expect(print).toMatch(/nav \{ display: none; \}/)
})
