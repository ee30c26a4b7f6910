import type { MonthFacts } from '@tabiji/core/report'
import { LANGUAGES, type Language, renderCsv, renderReport } from '@tabiji/report'
import { findBrowser, printPdf } from '@tabiji/report/print'
import { parse } from 'csv-parse/sync'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { octoberFacts } from '../../packages/report/src/testing/facts.ts'
import { hostile, hostileIssue } from '../../packages/report/src/testing/hostile.ts'
import { readable, visible } from '../../packages/report/src/testing/read-back.ts'
import { type Opened, type Pages, startBrowser } from './testing/pages.ts'
import { textOfPdf } from './testing/pdf.ts'
import { END, LONG, TEXTS } from './testing/texts.ts'

let pages: Pages
let reader: Opened

beforeAll(async () => {
  pages = await startBrowser()
  reader = await pages.open('<!doctype html><title>reader</title>')
}, 120_000)
afterAll(() => pages?.end())

const written = (text: string, format: 'md' | 'html' | 'json' | 'slack', lang: Language) =>
  renderReport(hostile(text), { format, lang, withPeople: true, issue: hostileIssue(text) })

const nameOf = (text: string) => text.slice(0, 80)
const timesOf = (text: string, part: string) => text.split(part).length - 1

/** One line, whatever breaks and spaces; a percent sign is kept to its number by one of another kind. */
const oneLine = (text: string) => text.replace(/[\s\u00a0]+/g, ' ').trim()

type Read = {
  /** Every element with the names of its attributes; short texts have a class. */
  readonly elements: readonly string[]
  readonly text: string
}

/** What a browser makes of a page, before anything in it could run. */
async function readPage(html: string): Promise<Read> {
  return reader.page.evaluate(
    `(() => {
      const page = new DOMParser().parseFromString(${JSON.stringify(html)}, 'text/html')
      const elements = [...page.querySelectorAll('*')].map((one) => [one.localName, ...one.getAttributeNames().filter((name) => name !== 'class')].join(' '))
      for (const data of page.querySelectorAll('script')) data.remove()
      return { elements, text: page.body.textContent }
    })()`,
  )
}

/** What GitHub makes of Markdown: its own dialect, with the tags that stand in it. */
const pageOf = (markdown: string) =>
  micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] })

test.each([
  { format: 'html', lang: 'en', toPage: (text: string) => text },
  { format: 'html', lang: 'ja', toPage: (text: string) => text },
  { format: 'md', lang: 'ja', toPage: pageOf },
] as const)(
  'as $format in $lang no element comes of it, and it reads as written',
  { timeout: 240_000 },
  async (tried) => {
    const { format, lang, toPage } = tried
    const plain = await readPage(toPage(written(END, format, lang)))
    const places = timesOf(plain.text, END)
    expect(places).toBeGreaterThan(100)
    // What a library makes of megabytes of Markdown takes long.
    for (const text of format === 'md' ? TEXTS : [...TEXTS, LONG]) {
      const { elements, text: body } = await readPage(toPage(written(text, format, lang)))
      expect(elements, nameOf(text)).toEqual(plain.elements)
      // What keeps a mention from ringing in a pull request is not seen.
      const seen = oneLine(format === 'md' ? body.replaceAll('\u2060', '') : body)
      expect([nameOf(text), timesOf(seen, oneLine(readable(text)))]).toEqual([nameOf(text), places])
    }
  },
)

test('a page of it runs nothing and asks for nothing', async () => {
  const { page, noise } = await pages.open(written(TEXTS.join(' '), 'html', 'en'))
  expect(await page.evaluate('document.querySelectorAll(\'img, script:not([type="application/json"])\').length')).toBe(
    0,
  )
  expect(await page.evaluate('document.body.innerText')).toContain(TEXTS[0])
  expect(noise).toEqual([])
  await page.context().close()
})

test('in tables for spreadsheets no cell is a formula, no line is added, and it reads as written', () => {
  const read = (text: string) => {
    const options = { withPeople: true, labels: 'ja', issue: hostileIssue(text) } as const
    const files = Object.values(renderCsv(hostile(text), options))
    return files.map((csv): string[][] => parse(csv, { bom: true, relax_column_count: true }))
  }
  const shapeOf = (files: readonly string[][][]) => files.map((rows) => rows.map((row) => row.length))
  const plain = read(END)
  const places = timesOf(JSON.stringify(plain), END)
  expect(places).toBeGreaterThan(30)
  for (const text of [...TEXTS, LONG]) {
    const files = read(text)
    expect(shapeOf(files)).toEqual(shapeOf(plain))
    const cells = files.flat(2)
    for (const cell of cells) if (!/^-\d+(\.\d+)?$/.test(cell)) expect(cell).not.toMatch(/^[=+\-@＝＋－＠\t\r]/)
    const found = cells.reduce((sum, cell) => sum + timesOf(cell, visible(text)), 0)
    expect([nameOf(text), found]).toEqual([nameOf(text), places])
  }
})

test('as JSON everything is what it was', () => {
  for (const text of [...TEXTS, LONG]) {
    const facts: unknown = JSON.parse(written(text, 'json', 'en'))
    expect(facts).toEqual(hostile(text))
  }
})

test.each(LANGUAGES)('for Slack it is plain text within the limits: no mention, no link, in %s', (lang) => {
  type Message = { readonly text: string; readonly blocks: readonly { readonly type: string }[] }
  const read = (text: string) => JSON.parse(written(text, 'slack', lang)) as Message
  const kinds = read(END).blocks.map(({ type }) => type)
  for (const text of [...TEXTS, LONG]) {
    const { text: shown, blocks } = read(text)
    expect(blocks.map(({ type }) => type)).toEqual(kinds)
    const json = JSON.stringify(blocks)
    expect(json).not.toMatch(/mrkdwn|"emoji":true|"url"/)
    expect(json.length).toBeLessThan(13_200)
    // The line for a lock screen is the only one that Slack reads as markup.
    expect(shown).not.toMatch(/[<>]|&(?!(amp|lt|gt);)/)
    expect(shown.length).toBeLessThan(4_000)
    if (text !== LONG) expect(json).toContain(JSON.stringify(readable(text)).slice(1, -1))
  }
})

test('printed, all of it is on the paper', { timeout: 240_000 }, async () => {
  const browser = findBrowser(process.env)
  if (browser === undefined) throw new Error('no Chrome, Chromium or Edge is installed on this machine')
  // Lines, cells and pages break within a text, and signs are drawn of several: what is counted is the end of each.
  const ends = async (facts: MonthFacts) => {
    const page = renderReport(facts, { format: 'html', lang: 'ja', withPeople: true })
    return timesOf(textOfPdf(await printPdf(page, { browser })), 'Ω')
  }
  const places = await ends(hostile('Ω'))
  expect(places).toBeGreaterThan(60)
  // All at once, because a browser takes seconds for each.
  expect(await ends(hostile(TEXTS.map((text) => `${text} Ω`).join(' ')))).toBe(places * TEXTS.length)
  const [first, ...others] = octoberFacts().incidents
  const long = first === undefined ? [] : [{ ...first, title: 'a long title Ω '.repeat(700) }]
  expect(await ends({ ...octoberFacts(), incidents: [...long, ...others] })).toBe(700)
})
