import { HAND_OVER_PATH } from '@tabiji/core/journey'
import { Registry } from 'prom-client'
import { afterEach, describe, expect, test } from 'vitest'
import type { SdkProblem } from '../event/dropped.ts'
import { createRecorder } from '../recorder.ts'
import { listeningCollector, silence, status } from '../testing/collector.ts'
import { scanJourney, step } from '../testing/journeys.ts'
import type { HandOverOptions } from './target.ts'

const TOKEN = 'ingest-secret-0123456789'
const journeys = scanJourney(step('start'), step('upload'))
const open: { close(): Promise<void> }[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()))
})

async function listening(...answers: Parameters<typeof listeningCollector>) {
  const collector = await listeningCollector(...answers)
  open.push(collector)
  return collector
}

function recording(handOver: HandOverOptions) {
  const problems: SdkProblem[] = []
  const onProblem = (problem: SdkProblem) => void problems.push(problem)
  const registry = new Registry()
  const recorder = createRecorder(journeys, { registry, service: 'scanner', handOver, onProblem })
  recorder.tally('scan', 'upload')('good', 5)
  recorder.tally('scan', 'upload')('error', 5)
  return { recorder, problems }
}

describe('closing', () => {
  test('posts all counters with the token and says that they were accepted', async () => {
    const collector = await listening(status(200))
    const { recorder, problems } = recording({ url: `${collector.url}/ingest/`, token: TOKEN })
    expect(await recorder.close()).toEqual({ accepted: true })
    expect(collector.posts).toEqual([
      {
        method: 'POST',
        path: `/ingest${HAND_OVER_PATH}`,
        authorization: `Bearer ${TOKEN}`,
        body: {
          schema: 'tabiji.hand-over/v1',
          processId: recorder.processId,
          service: 'scanner',
          startedAt: recorder.startedAt,
          at: expect.stringMatching(/^\d{4}-.*Z$/),
          final: true,
          fingerprint: '0123456789abcdef',
          sdkVersion: '0.1.0',
          steps: [
            { journey: 'scan', step: 'start', counts: [0, 0, 0, 0] },
            { journey: 'scan', step: 'upload', counts: [1, 0, 1, 0] },
          ],
        },
      },
    ])
    expect(problems).toEqual([])
  })

  test('twice posts once, and posts again what happened since', async () => {
    const collector = await listening(status(200))
    const { recorder } = recording({ url: collector.url })
    await Promise.all([recorder.close(), recorder.close()])
    await recorder.close()
    expect(collector.posts).toHaveLength(1)
    recorder.tally('scan', 'start')('good', 1)
    await recorder.close()
    expect(collector.posts.map(({ body }) => body)).toMatchObject([
      { steps: [{ counts: [0, 0, 0, 0] }, {}] },
      { steps: [{ counts: [1, 0, 0, 0] }, {}] },
    ])
  })

  test.each([
    ['503 and then 200 is tried again', [status(503), status(200)], 2, { accepted: true }],
    ['503 twice gives up', [status(503)], 2, { accepted: false, reason: 'unreachable', code: 'HTTP 503' }],
    ['401 is final', [status(401)], 1, { accepted: false, reason: 'refused', status: 401 }],
    ['413 is final', [status(413)], 1, { accepted: false, reason: 'refused', status: 413 }],
    [
      'a redirect is not followed with the token',
      [status(307, { location: '/elsewhere' })],
      1,
      { accepted: false, reason: 'refused', status: 307 },
    ],
    [
      'a connection that breaks is tried again',
      [(response: { destroy(): void }) => response.destroy(), status(200)],
      2,
      { accepted: true },
    ],
  ])('%s', async (_name, answers, posts, closed) => {
    const collector = await listening(...answers)
    const { recorder, problems } = recording({ url: collector.url, token: TOKEN })
    expect(await recorder.close()).toEqual(closed)
    expect(collector.posts).toHaveLength(posts)
    expect(problems.map(({ kind }) => kind)).toEqual(closed.accepted ? [] : ['hand-over'])
    expect(JSON.stringify(problems)).not.toContain(TOKEN)
  })

  test('gives up when a collector does not answer in time', async () => {
    const collector = await listening(silence)
    const { recorder } = recording({ url: collector.url, timeoutMs: 100 })
    expect(await recorder.close()).toEqual({ accepted: false, reason: 'unreachable', code: 'TimeoutError' })
    expect(collector.posts).toHaveLength(1)
  })

  test('says that nobody listens', async () => {
    const collector = await listeningCollector(status(200))
    await collector.close()
    const { recorder, problems } = recording({ url: collector.url, token: TOKEN })
    expect(await recorder.close()).toEqual({ accepted: false, reason: 'unreachable', code: 'ECONNREFUSED' })
    expect(problems).toEqual([
      {
        kind: 'hand-over',
        message: 'The final counters were not handed over: the collector was unreachable: ECONNREFUSED.',
      },
    ])
  })
})

test.each([
  [{ url: '/relative' }, 'Expected `handOver.url` to be an absolute http or https address without credentials.'],
  [
    { url: 'http://user:secret@127.0.0.1' },
    'Expected `handOver.url` to be an absolute http or https address without credentials.',
  ],
  [
    { url: 'file:///etc/passwd' },
    'Expected `handOver.url` to be an absolute http or https address without credentials.',
  ],
  [{ url: 'http://127.0.0.1', token: `${TOKEN}\n` }, 'Expected `handOver.token` to be printable ASCII without spaces.'],
  [{ url: 'http://127.0.0.1', timeoutMs: 0 }, 'Expected `handOver.timeoutMs` to be above 0 and at most 60000, got 0.'],
])('options that cannot work are refused at start-up: %j', (handOver, message) => {
  expect(() => recording(handOver)).toThrow(new Error(message))
})
