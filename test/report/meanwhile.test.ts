import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp, createLog, importHistory } from '@tabiji/collector'
import { defineJourneys } from '@tabiji/core/journey'
import type { MonthFacts } from '@tabiji/core/report'
import { expect, onTestFinished, test } from 'vitest'
import { configIn } from '../../packages/collector/src/testing/config.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const BORN = Date.parse('2026-10-01T00:00:00+09:00')
const JOURNEYS = 80

const journey = {
  ...{ title: { en: 'Journey', ja: '旅路' }, owner: 'team', runbook: 'https://wiki.example.org/runbook', tier: 2 },
  objectives: { availability: 99.9 },
  steps: { answer: { job: true, within: 'read' } },
} as const
const name = (number: number) => `journey-${number}`
const definition = defineJourneys({
  ...{ timeZone: 'Asia/Tokyo', classes: { read: '300ms' } },
  journeys: Object.fromEntries(Array.from({ length: JOURNEYS }, (_, i) => [name(i), journey])),
})

/** What a service with all journeys says each minute: three of a hundred fail. */
function* readings(from: number, to: number) {
  const speaker = { id: 'past', identified: true, service: 'shop', startedAt: from }
  for (let at = from, k = 0; at < to; at += MINUTE, k++) {
    const steps = Array.from({ length: JOURNEYS }, (_, i) => ({
      ...({ journey: name(i), step: 'answer', role: 'own' } as const),
      counts: [k * 97, 0, k * 3, 0] as const,
    }))
    yield { line: k + 1, event: { kind: 'reading', reading: { speaker, at, steps } } } as const
  }
}

test('while a large month is worked out the daemon says that it is ready, and goes on judging', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-meanwhile-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const end = BORN + 3 * DAY
  const config = configIn(folder, {
    ledger: { grid: [{ fromAgeSeconds: 0, width: 60 }], clockSkewMs: 5_000 },
    evaluation: { intervalMs: 25, graceMs: 0 },
  })
  expect(importHistory(config, definition, readings(BORN, end), { now: end, sample: false })).toMatchObject({
    ok: true,
  })

  const app = createApp(config, definition, {
    ...{ now: () => end, log: createLog('silent') },
    loadDefinition: () => ({ ok: true, definition }),
  })
  const { api } = await app.start()
  try {
    const judged = async () => {
      const text = await (await fetch(`${api}/metrics`)).text()
      return Number(/^tabiji_evaluation_duration_seconds_count (\d+)/m.exec(text)?.[1])
    }
    const before = await judged()
    let facts: MonthFacts | undefined
    const asked = fetch(`${api}/api/v1/months/2026-10/facts`).then(async (response) => {
      facts = (await response.json()) as MonthFacts
    })
    const answers: number[] = []
    while (facts === undefined) answers.push((await fetch(`${api}/readyz`)).status)
    await asked
    expect(new Set(answers)).toEqual(new Set([200]))
    // Whoever works it all out at once answers one question or two: those that came before it began and with it.
    expect(answers.length).toBeGreaterThan(3)
    expect(await judged()).toBeGreaterThan(before)
    const minutes = (end - BORN) / MINUTE
    for (const { objectives } of facts.journeys) {
      expect(objectives[0]).toMatchObject({ bad: (minutes - 1) * 3, valid: (minutes - 1) * 100 })
      expect(objectives[0]?.days).toHaveLength(3)
    }
  } finally {
    await app.stop()
  }
}, 300_000)
