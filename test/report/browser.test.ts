import { LANGUAGES, renderReport } from '@tabiji/report'
import axe from 'axe-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wholeFacts } from '../../packages/report/src/testing/whole.ts'
import { type Pages, startBrowser } from './testing/pages.ts'

const PAGES = LANGUAGES.flatMap((lang) => (['light', 'dark'] as const).map((scheme) => ({ lang, scheme })))

let pages: Pages

beforeAll(async () => {
  pages = await startBrowser()
}, 120_000)
afterAll(() => pages?.end())

describe.each(PAGES)('the page in $lang, $scheme, opened by a browser without a network,', ({ lang, scheme }) => {
  test('asks for nothing, is read to those who do not see it, and fits a phone, a tablet and a desk', async () => {
    const { page, noise } = await pages.open(renderReport(wholeFacts(), { format: 'html', lang }), scheme)
    await page.evaluate(axe.source)
    const found = (await page.evaluate('axe.run()')) as axe.AxeResults
    expect(found.passes.length).toBeGreaterThan(10)
    const grave = found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(grave.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    for (const width of [360, 768, 1440]) {
      await page.setViewportSize({ width, height: 900 })
      const beyond = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
      expect([width, beyond]).toEqual([width, 0])
    }
    await page.setViewportSize({ width: 360, height: 900 })
    const heights = await page.evaluate<number[]>(
      `[...document.querySelector('.tiles').children].map((one) => Math.round(one.getBoundingClientRect().height))`,
    )
    expect([heights.length, new Set(heights).size]).toEqual([4, 1])
    expect(noise).toEqual([])
    await page.context().close()
  })
})
