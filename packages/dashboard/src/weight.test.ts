import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { readAssets } from './assets.ts'
import { pageOf } from './page/frame.ts'
import { journeysScreen } from './screen/journeys.ts'
import { AROUND } from './testing/around.ts'
import { standing } from './testing/standing.ts'
import { wishIn } from './view/overview.ts'
import type { JourneyStanding } from './view/standing.ts'

const KB = 1024
const DAYS = 30

/** Journeys whose names and figures repeat as little as real ones do. */
function manyJourneys(count: number): readonly JourneyStanding[] {
  return Array.from({ length: count }, (_, i) => {
    const name = `journey-${(i * 7919) % 1000}`
    const of = (objective: string, n: number) => ({
      id: `${name}/${objective}`,
      name: objective,
      bad: (n * 7919) % 9973,
      valid: 99_991 + n,
    })
    const objectives = ['availability', 'latency', 'experience'].map((each, n) => standing(of(each, i * 3 + n)))
    const days = Array.from({ length: DAYS }, (_, day) => ({
      date: `2026-10-${String(day + 1).padStart(2, '0')}`,
      ...{ bad: (i * 31 + day * 17) % 97, valid: 4_000, allowedMillionths: 40_000_000 },
    }))
    return {
      ...{ name, title: { en: `What number ${i} wants`, ja: `${i}番の利用者の目的` }, tier: 1, owner: `team-${i % 7}` },
      ...{ objectives, days: { [`${name}/availability`]: days }, open: { alerts: i % 3, incidents: 0, fixes: i % 5 } },
    }
  })
}

test('an overview of 50 journeys, and its script, are small on the way', () => {
  const view = { journeys: manyJourneys(50), wish: wishIn({}) }
  for (const language of ['en', 'ja'] as const) {
    const page = pageOf({ ...AROUND, language }, (context) => journeysScreen(context, view))
    expect(page.match(/<svg class="days"/g)).toHaveLength(50)
    expect(gzipSync(page).length).toBeLessThan(30 * KB)
  }
  const { files, script } = readAssets()
  const code = files.find(({ name }) => script.endsWith(name))
  expect(gzipSync(code?.body ?? '').length).toBeLessThan(15 * KB)
})
