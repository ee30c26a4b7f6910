import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { FACTS, OVER } from '../testing/alert.ts'
import { createOutgoing } from '../wire/outgoing.ts'
import { anyFacts, anyToDo } from './testing/any-facts.ts'
import { ATTEMPT, describeNotifier, NEVER, RESOLVE, TRIGGER } from './testing/contract.ts'
import { startReceiver } from './testing/receiver.ts'
import { createWebhookNotifier, signWebhook } from './webhook.ts'

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const PATH = '/hooks/path-token-7f3a9c'

describeNotifier({
  make: (base, outgoing, timeoutMs) =>
    createWebhookNotifier({ name: 'hook', url: () => `${base}${PATH}`, secret: () => SECRET }, outgoing, {
      language: 'en',
      timeoutMs,
    }),
  secrets: [PATH, 'path-token', SECRET, SECRET.slice(6)],
  success: { status: 204 },
})

/** A receiver as the standard's own library makes one: it refuses what it cannot verify. */
async function startVerifier() {
  const bodies: unknown[] = []
  const library = new Webhook(SECRET)
  const receiver = await startReceiver(({ body, headers }) => {
    try {
      bodies.push(library.verify(body, headers))
      return { status: 200 }
    } catch {
      return { status: 401 }
    }
  })
  const outgoing = createOutgoing()
  onTestFinished(async () => {
    await receiver.close()
    outgoing.close()
  })
  const target = { name: 'hook', url: () => `${receiver.url}${PATH}`, secret: () => SECRET }
  return { ...receiver, bodies, notifier: createWebhookNotifier(target, outgoing, { language: 'en' }) }
}

const now = () => ({ ...ATTEMPT, at: Date.now() })

test('the vector of the standard is signed as published', () => {
  expect(signWebhook(SECRET, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, '{"test": 2432232314}')).toBe(
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  )
})

test('the library of the standard verifies a real delivery', async () => {
  const { notifier, bodies } = await startVerifier()
  expect(await notifier.deliver(TRIGGER, now(), NEVER)).toEqual({ kind: 'delivered', status: 200 })
  expect(bodies).toMatchObject([
    {
      type: 'alert.triggered',
      timestamp: '2026-10-20T04:39:00.000Z',
      data: {
        sample: false,
        episode: 'A-0042',
        level: 1,
        journey: { name: 'measure-feet', title: { en: 'Foot measurement', ja: '足の計測' } },
        cause: { kind: 'burn', factorMilli: 14_400, long: { bad: 182, valid: 10_000 } },
        budget: { leftPpm: -80_500 },
        startedAt: '2026-10-20T04:39:00.000Z',
        runbook: 'https://wiki.example/runbooks/measure-feet',
      },
    },
  ])
})

test('a repeat has the same id and body, and a timestamp and signature of its own', async () => {
  const { notifier, received } = await startVerifier()
  const first = now()
  await notifier.deliver(TRIGGER, first, NEVER)
  await notifier.deliver(TRIGGER, { ...first, at: first.at + 7_000, mayRepeat: true }, NEVER)
  const [one, two] = received
  expect(two?.body).toBe(one?.body)
  expect(two?.headers['webhook-id']).toBe(TRIGGER.id)
  expect(one?.headers['webhook-id']).toBe(TRIGGER.id)
  expect(Number(two?.headers['webhook-timestamp']) - Number(one?.headers['webhook-timestamp'])).toBe(7)
  expect(two?.headers['webhook-signature']).not.toBe(one?.headers['webhook-signature'])
})

test.each([
  ['trigger', 'alert.triggered'],
  ['resolve', 'alert.resolved'],
  ['withdraw', 'alert.withdrawn'],
] as const)('%s is told as %s', async (kind, type) => {
  const { notifier, bodies } = await startVerifier()
  await notifier.deliver({ ...RESOLVE, facts: { ...RESOLVE.facts, kind } }, now(), NEVER)
  expect(bodies).toMatchObject([{ type }])
})

test('the plain form has the facts and no sentences', async () => {
  const { notifier, bodies } = await startVerifier()
  await notifier.deliver(TRIGGER, { ...now(), degraded: true }, NEVER)
  expect(bodies).toMatchObject([{ data: { episode: 'A-0042' } }])
  expect(bodies).not.toMatchObject([{ data: { text: expect.any(String) } }])
})

describe('a page of an incident', () => {
  const first = [
    { en: 'Say that you lead', ja: '指揮を執ることを宣言する' },
    { en: 'Stop the bleeding', ja: '止血する' },
  ]
  const link = 'https://tabiji.example/api/v1/incidents/INC-0007'
  const page = { ...TRIGGER, facts: { ...FACTS, runbookTitle: { en: 'Uploads fail', ja: 'アップロードできない' } } }

  test('names it, where it is, and what to do first, as data and in words', async () => {
    const { notifier, bodies } = await startVerifier()
    await notifier.deliver({ ...page, toDo: { incident: 'INC-0007', link, items: first, first } }, now(), NEVER)
    expect(bodies).toMatchObject([
      {
        data: {
          incident: { key: 'INC-0007', link, first },
          runbook: FACTS.runbook,
          runbookTitle: { en: 'Uploads fail' },
          text: expect.stringContaining('Incident: INC-0007. Do first: 1. Say that you lead 2. Stop the bleeding'),
        },
      },
    ])
  })

  test('has the same body when some of it is done before the next attempt', async () => {
    const { notifier, received } = await startVerifier()
    const at = now()
    for (const items of [first, first.slice(1), []]) {
      await notifier.deliver({ ...page, toDo: { incident: 'INC-0007', link, items, first } }, at, NEVER)
    }
    expect(new Set(received.map(({ body }) => body)).size).toBe(1)
  })

  test('is named in messages of its own as well', async () => {
    const { notifier, bodies } = await startVerifier()
    const said = {
      dedupKey: 'd',
      at: FACTS.at,
      timeZone: 'Asia/Tokyo',
      sample: false,
      level: 1,
      incident: 'INC-0007',
    } as const
    const overdue = { kind: 'postmortem', title: 'Uploads fail', state: 'missing', due: '2026-10-23', ...said } as const
    const due = {
      kind: 'update',
      episodes: [],
      title: 'Uploads fail',
      who: [],
      due: FACTS.at,
      since: FACTS.at,
      isMitigated: false,
      hurt: [],
      ...said,
    } as const
    for (const facts of [overdue, due]) await notifier.deliver({ ...TRIGGER, facts }, now(), NEVER)
    expect(bodies).toMatchObject([{ data: { incident: 'INC-0007' } }, { data: { incident: 'INC-0007' } }])
  })

  test('that is over tells neither what to do nor what users met then', async () => {
    const { notifier, bodies } = await startVerifier()
    const felt = [{ step: 'upload', failed: 120, slow: 0, valid: 1_000 }]
    await notifier.deliver({ ...RESOLVE, facts: { ...OVER, felt } }, now(), NEVER)
    const [body] = bodies as [{ data: object }]
    expect(Object.keys(body.data)).not.toEqual(expect.arrayContaining(['incident']))
    expect(Object.keys(body.data)).not.toEqual(expect.arrayContaining(['felt']))
  })
})

describe('whatever the facts are', () => {
  const SCHEMA = new URL('../../../../docs/schemas/alert-webhook.json', import.meta.url)
  const DOCUMENTED = z.fromJSONSchema(JSON.parse(readFileSync(SCHEMA, 'utf8')))
  const BODY = z.object({ type: z.string(), timestamp: z.iso.datetime(), data: z.object({ sample: z.boolean() }) })

  test('a body is below 20 KB, says first whether it is real, and is as the schema says', async () => {
    const { notifier, received } = await startVerifier()
    await fc.assert(
      fc.asyncProperty(anyFacts(), anyToDo(), async (facts, toDo) => {
        await notifier.deliver({ ...TRIGGER, facts, toDo, insteadOf: facts.journey.title.en }, now(), NEVER)
        const body = received.at(-1)?.body ?? ''
        expect(Buffer.byteLength(body)).toBeLessThan(20_000)
        expect(DOCUMENTED.safeParse(JSON.parse(body)).error?.issues).toBeUndefined()
        expect(Object.keys(BODY.parse(JSON.parse(body)).data)[0]).toBe('sample')
      }),
      { numRuns: 60 },
    )
  })
})
