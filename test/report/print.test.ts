import { type Language, renderReport } from '@tabiji/report'
import { findBrowser, printPdf } from '@tabiji/report/print'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { octoberFacts } from '../../packages/report/src/testing/facts.ts'
import { wholeFacts } from '../../packages/report/src/testing/whole.ts'
import { type Pages, startBrowser } from './testing/pages.ts'
import { textOfPdf } from './testing/pdf.ts'

let pages: Pages

beforeAll(async () => {
  pages = await startBrowser()
}, 120_000)
afterAll(() => pages?.end())

const headingsOf = (html: string) =>
  [...html.matchAll(/<h[23][^>]*>(.*?)<\/h[23]>/g)].map(([, text = '']) => text.replace(/<[^>]*>/g, '').trim())

test.each<{ lang: Language; paper: string }>([
  { lang: 'en', paper: 'A4' },
  { lang: 'ja', paper: 'A4' },
  { lang: 'ja', paper: 'letter' },
])(
  'in $lang on $paper every sheet has its number, and none ends with a heading',
  { timeout: 240_000 },
  async (tried) => {
    const { lang, paper } = tried
    const browser = findBrowser(process.env)
    if (browser === undefined) throw new Error('no Chrome, Chromium or Edge is installed on this machine')
    const page = renderReport(wholeFacts(), { format: 'html', lang, withPeople: true })
    const pdf = await printPdf(page.replace('size: A4', `size: ${paper}`), { browser })
    const sheets = textOfPdf(pdf).split('\f').slice(0, -1)
    expect(sheets.length).toBeGreaterThan(4)
    const headings = headingsOf(page)
    expect(headings.length).toBeGreaterThan(15)
    for (const [i, sheet] of sheets.entries()) {
      const lines = sheet
        .split('\n')
        .map((line) => line.trim().replace(/^(\d+) ?\/ ?(\d+)$/, '$1/$2'))
        .filter((line) => line !== '')
      const number = `${i + 1}/${sheets.length}`
      expect(lines).toContain(number)
      const last = lines.filter((line) => line !== number).at(-1) ?? ''
      expect(headings.map((heading) => heading.replace(/^[●◆▲✖○] /, ''))).not.toContain(last)
    }
  },
)

test('on A4 a tile has its figure on one line, and nothing waits to be unfolded', async () => {
  const [first, ...others] = octoberFacts().incidents
  const long = first === undefined ? [] : [{ ...first, mitigatedAt: '2026-10-20T14:40:00+09:00' }]
  const incidents = [...long, ...others].filter(({ key }) => key === 'INC-0007')
  const { page } = await pages.open(renderReport({ ...octoberFacts(), incidents }, { format: 'html', lang: 'ja' }))
  await page.emulateMedia({ media: 'print' })
  // 210 mm without both margins.
  await page.setViewportSize({ width: Math.floor((178 / 25.4) * 96), height: 900 })
  const figures = await page.evaluate<
    [string, number][]
  >(`[...document.querySelectorAll('.tile .figure')].map((one) => {
    const range = document.createRange()
    range.selectNodeContents(one)
    return [one.textContent, new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size]
  })`)
  expect(figures.map(([text]) => text)).toContain('1時間38分')
  for (const [text, lines] of figures) expect([text, lines]).toEqual([text, 1])
  expect(
    await page.evaluate(`[...document.querySelectorAll('details')].filter((one) => one.checkVisibility()).length`),
  ).toBe(0)
  await page.context().close()
})
