import { describe, expect, test } from 'vitest'
import type { Source } from '../../ports/source.ts'
import { createHealth } from './health.ts'

const NOW = Date.parse('2026-10-15T12:00:00+09:00')
const SOURCE: Source = { name: 'shop', service: 'shop', intervalMs: 15_000, read: () => Promise.reject(new Error()) }

function healthWith(oldestPage?: number) {
  const health = createHealth({ oldestOwed: () => oldestPage }, 15_000)
  const statusOf = (name: string, now = NOW) => health.checks(now).find((check) => check.name === name)?.status
  return { health, statusOf }
}

describe('the health of the collector', () => {
  test('is failed before the first evaluation, and again when evaluations fail to come', () => {
    const { health, statusOf } = healthWith()
    expect(statusOf('evaluation')).toBe('failed')
    health.evaluated(NOW)
    expect(statusOf('evaluation', NOW + 45_000)).toBe('ok')
    expect(statusOf('evaluation', NOW + 45_001)).toBe('failed')
  })

  test('is failed while the store refuses writes', () => {
    const { health, statusOf } = healthWith()
    health.wrote('readings', new Error('database or disk is full'))
    expect(statusOf('store')).toBe('failed')
    health.wrote('readings')
    expect(statusOf('store')).toBe('ok')
  })

  test('is degraded, not failed, when a target cannot be read or not be written down', () => {
    const { health, statusOf } = healthWith()
    const unread = { ok: false, failure: 'timeout', message: 'no answer' } as const
    health.read({ source: SOURCE, result: unread, booked: false })
    expect(statusOf('targets')).toBe('degraded')
    const read = { ok: true, samples: 1, warnings: [], reading: { speaker: SPEAKER, at: NOW, steps: [] } } as const
    health.read({ source: SOURCE, result: read, booked: false })
    expect(statusOf('targets')).toBe('degraded')
    health.read({ source: SOURCE, result: read, booked: true })
    expect(statusOf('targets')).toBe('ok')
  })

  test('is degraded when a page is owed for two minutes', () => {
    expect(healthWith(NOW - 119_999).statusOf('delivery')).toBe('ok')
    expect(healthWith(NOW - 120_000).statusOf('delivery')).toBe('degraded')
  })

  test('is degraded while a broken journeys file waits to be mended', () => {
    const { health, statusOf } = healthWith()
    health.reloaded(2)
    expect(statusOf('journeys')).toBe('degraded')
    health.reloaded(0)
    expect(statusOf('journeys')).toBe('ok')
  })
})

const SPEAKER = { id: 'p', identified: true, service: 'shop' } as const
