import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { Registry } from 'prom-client'
import { describe, expect, test } from 'vitest'
import type { BookedEvent } from './event/booked-event.ts'
import type { SdkProblem } from './event/dropped.ts'
import { createRecorder } from './recorder.ts'
import { scanJourney, step } from './testing/journeys.ts'
import { movedTime } from './testing/time.ts'
import { SDK_VERSION } from './version.ts'

const journeys = scanJourney(step('upload'), step('process', { kind: 'job', withinMs: 2000 }))

function recording(observers: { onEvent?(event: BookedEvent): void; onProblem?(problem: SdkProblem): void } = {}) {
  const events: BookedEvent[] = []
  const problems: SdkProblem[] = []
  const time = movedTime()
  const registry = new Registry()
  const recorder = createRecorder(journeys, {
    registry,
    service: 'scanner',
    time,
    onEvent: (event) => void events.push(event),
    onProblem: (problem) => void problems.push(problem),
    ...observers,
  })
  const dropped = async (reason: string) => {
    const [, count] = (await registry.metrics()).match(new RegExp(`dropped_total\\{reason="${reason}"\\} (\\d+)`)) ?? []
    return Number(count)
  }
  return { recorder, events, problems, time, registry, dropped }
}

describe('a job', () => {
  test('is good when it returns in time, and its value is passed on', async () => {
    const { recorder, events, time } = recording()
    const value = await recorder.run('scan', 'process', async () => {
      time.advance(2000)
      return 42
    })
    expect(value).toBe(42)
    expect(events).toEqual([{ journey: 'scan', step: 'process', outcome: 'good', elapsedMs: 2000 }])
  })

  test('that throws is an error and throws on', async () => {
    const { recorder, events, time } = recording()
    const broken = new Error('no foot')
    const failing = recorder.run('scan', 'process', () => {
      time.advance(9000)
      throw broken
    })
    await expect(failing).rejects.toBe(broken)
    expect(events).toMatchObject([{ outcome: 'error', elapsedMs: 9000 }])
  })

  test('counts the time it waited in the queue', async () => {
    const { recorder, events, time } = recording()
    const startedAt = time.epoch()
    time.advance(1500)
    await recorder.run('scan', 'process', () => time.advance(501), { startedAt })
    expect(events).toMatchObject([{ outcome: 'slow', elapsedMs: 2001 }])
  })

  test.each([Number.NaN, Number.NEGATIVE_INFINITY, Date.parse('2099-01-01')])(
    'that says it began at %d began now',
    async (startedAt) => {
      const { recorder, events } = recording()
      await recorder.run('scan', 'process', () => undefined, { startedAt })
      expect(events).toMatchObject([{ outcome: 'good', elapsedMs: 0 }])
    },
  )

  test('can be marked by its scope and by the recorder, and a failure stays one', async () => {
    const { recorder, events } = recording()
    await recorder.run('scan', 'process', (scope) => scope.exclude('test-traffic'))
    await recorder.run('scan', 'process', async (scope) => {
      await delay(1)
      recorder.fail('no-feet-found')
      scope.exclude('test-traffic')
    })
    await recorder.run('scan', 'process', async (scope) => {
      recorder.exclude('test-traffic')
      scope.fail('blurred')
    })
    expect(events.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['excluded', 'test-traffic'],
      ['error', 'no-feet-found'],
      ['error', 'blurred'],
    ])
  })

  test('inside another marks its own event', async () => {
    const { recorder, events } = recording()
    await recorder.run('scan', 'process', () => recorder.run('scan', 'upload', () => recorder.fail('inner')))
    expect(events).toMatchObject([
      { step: 'upload', outcome: 'error' },
      { step: 'process', outcome: 'good' },
    ])
  })
})

describe('what cannot be booked', () => {
  test('is counted and told: a step that is not declared still runs', async () => {
    const { recorder, events, problems, dropped } = recording()
    expect(await recorder.run('scan', 'proces', () => 7)).toBe(7)
    recorder.tally('scam', 'upload')('good', 1)
    expect(events).toEqual([])
    expect(await dropped('unknown-step')).toBe(2)
    // The second is of the same kind and within the same minute.
    expect(problems).toEqual([
      { kind: 'unknown-step', message: 'The journeys file declares no step "proces" of "scan".' },
    ])
  })

  test('is counted and told: a mark without an event, a mark after the end', async () => {
    const { recorder, problems, dropped } = recording()
    recorder.fail('nobody-asked')
    await recorder.run('scan', 'process', (scope) => scope).then((scope) => scope.fail('too-late'))
    expect([await dropped('mark-without-event'), await dropped('mark-after-end')]).toEqual([1, 1])
    expect(problems.map(({ kind }) => kind)).toEqual(['mark-without-event', 'mark-after-end'])
  })

  test('is told again after a minute', () => {
    const { recorder, problems, time } = recording()
    for (const ms of [0, 59_999, 1]) {
      time.advance(ms)
      recorder.fail('nobody-asked')
    }
    expect(problems).toHaveLength(2)
  })

  test('never becomes the error of the service: observers may throw', async () => {
    const broken = () => {
      throw new Error('observer')
    }
    const { recorder } = recording({ onEvent: broken, onProblem: broken })
    recorder.fail('nobody-asked')
    expect(await recorder.run('scan', 'process', () => 'done')).toBe('done')
  })
})

describe('a registry', () => {
  test('gives the same recorder to the same journeys and service', () => {
    const { recorder, registry } = recording()
    expect(createRecorder(journeys, { registry, service: 'scanner' })).toBe(recorder)
  })

  test.each([
    ['another service', journeys, 'viewer'],
    ['other journeys', { ...journeys, fingerprint: 'fedcba9876543210' }, 'scanner'],
  ])('refuses %s', (_what, other, service) => {
    const { registry } = recording()
    expect(() => createRecorder(other, { registry, service })).toThrow(/^This registry already measures scanner by/)
  })

  test('refuses a second copy of the SDK', () => {
    const registry = new Registry()
    const metric = { name: 'journey_definition_info', get: () => undefined }
    ;(registry as { registerMetric(metric: object): void }).registerMetric(metric)
    const create = () => createRecorder(journeys, { registry, service: 'scanner' })
    expect(create).toThrow(/already has a metric `journey_definition_info`/)
    expect(registry.getMetricsAsArray()).toHaveLength(1)
  })
})

describe('a way out for the counts', () => {
  test('must be there', () => {
    expect(() => createRecorder(journeys, { service: 'scanner' })).toThrow(
      'Expected a way out for the counts: `registry` for /metrics, `otel: true` for @tabiji/sdk/otel, or `handOver`; got none.',
    )
  })

  test.each([{ otel: true }, { handOver: { url: 'http://127.0.0.1:9' } }])('is any of them: %o', async (way) => {
    const recorder = createRecorder(journeys, { service: 'scanner', ...way })
    expect(await recorder.run('scan', 'upload', () => 'done')).toBe('done')
  })
})

test('a recorder without a hand-over says so when it is closed', async () => {
  const { recorder, problems } = recording()
  expect(await recorder.close()).toEqual({ accepted: false, reason: 'not-configured' })
  expect(problems).toEqual([])
})

test('the version is the one of the package', () => {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  expect(manifest).toMatchObject({ version: SDK_VERSION })
})
