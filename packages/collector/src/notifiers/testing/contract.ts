import type { AlertFacts } from '@tabiji/core/alert'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { DeliveryResult, Notification, Notifier } from '../../ports/notifier.ts'
import { FACTS, OVER, STARTED_AT } from '../../testing/alert.ts'
import { createOutgoing, type Outgoing } from '../../wire/outgoing.ts'
import { type Reply, startReceiver } from './receiver.ts'

export const TRIGGER: Notification & { readonly facts: AlertFacts } = {
  id: 'n-0001',
  facts: FACTS,
  createdAt: STARTED_AT,
}
export const RESOLVE: Notification & { readonly facts: AlertFacts } = { id: 'n-0002', facts: OVER, createdAt: OVER.at }
export const ATTEMPT = { at: STARTED_AT + 1_000, mayRepeat: false, degraded: false }
export const NEVER = new AbortController().signal

/** How to make one kind of notifier that speaks to a base address. */
type NotifierKind = {
  readonly make: (base: string, outgoing: Outgoing, timeoutMs: number) => Notifier
  /** What must never be seen outside: addresses with tokens, keys. */
  readonly secrets: readonly string[]
  /** What the receiver documents as success. */
  readonly success: Reply
}

const GMT = new Date(ATTEMPT.at + 90_000).toUTCString()

/** What any receiver may answer, and what it means. */
const ANSWERS: readonly (readonly [title: string, reply: Reply, expected: Partial<DeliveryResult>])[] = [
  [
    '429 with seconds',
    { status: 429, headers: { 'retry-after': '30' } },
    { kind: 'retry', failure: 'rate_limited', afterMs: 30_000, ambiguous: false },
  ],
  [
    '429 with a date',
    { status: 429, headers: { 'retry-after': GMT } },
    { kind: 'retry', failure: 'rate_limited', afterMs: 90_000, ambiguous: false },
  ],
  [
    '429 with nonsense',
    { status: 429, headers: { 'retry-after': 'soon' } },
    { kind: 'retry', failure: 'rate_limited', ambiguous: false },
  ],
  ['500', { status: 500 }, { kind: 'retry', failure: 'server_error', ambiguous: true }],
  [
    '502 with seconds',
    { status: 502, headers: { 'retry-after': '5' } },
    { kind: 'retry', failure: 'server_error', afterMs: 5_000, ambiguous: true },
  ],
  ['503', { status: 503 }, { kind: 'retry', failure: 'server_error', ambiguous: false }],
  ['504', { status: 504 }, { kind: 'retry', failure: 'server_error', ambiguous: true }],
  ['a broken connection', 'reset', { kind: 'retry', failure: 'unreachable', ambiguous: true }],
  ['no answer', 'hang', { kind: 'retry', failure: 'timeout', ambiguous: true }],
  ['301', { status: 301 }, { kind: 'rejected', failure: 'refused' }],
  ['307', { status: 307 }, { kind: 'rejected', failure: 'refused' }],
  ['400', { status: 400 }, { kind: 'rejected', failure: 'refused' }],
  ['401', { status: 401 }, { kind: 'rejected', failure: 'refused' }],
  ['403', { status: 403 }, { kind: 'rejected', failure: 'refused' }],
  ['404', { status: 404 }, { kind: 'rejected', failure: 'refused' }],
  ['410', { status: 410 }, { kind: 'rejected', failure: 'refused' }],
  ['413', { status: 413 }, { kind: 'rejected', failure: 'refused' }],
]

/** The promises of a notifier, the same for every kind: what an answer means, and that no secret gets out. */
export function describeNotifier({ make, secrets, success }: NotifierKind): void {
  /** One attempt at a receiver that gives a reply, which may send the secrets back in every place it has. */
  async function attempt(reply: Reply, signal = NEVER): Promise<DeliveryResult> {
    const receiver = await startReceiver(() => reply)
    const outgoing = createOutgoing()
    onTestFinished(async () => {
      await receiver.close()
      outgoing.close()
    })
    // Only where no answer comes is there anything to wait for; a busy machine may take its time with the others.
    const timeoutMs = reply === 'hang' ? 1_000 : 15_000
    const result = await make(receiver.url, outgoing, timeoutMs).deliver(TRIGGER, ATTEMPT, signal)
    // A redirect, above all, is not followed.
    expect(receiver.received.length).toBeLessThanOrEqual(1)
    return result
  }

  function echoing(reply: Reply): Reply {
    if (typeof reply === 'string') return reply
    const location = `http://127.0.0.1:1/${encodeURIComponent(secrets.join(' '))}`
    return { ...reply, headers: { ...reply.headers, location, 'x-echo': secrets.join(' ') }, body: secrets.join(' ') }
  }

  function expectNoSecret(result: DeliveryResult): void {
    for (const secret of secrets) expect(JSON.stringify(result)).not.toContain(secret)
  }

  test('the documented success is delivered', async () => {
    expect(await attempt(success)).toMatchObject({ kind: 'delivered' })
  })

  describe('what an answer means', () => {
    test.each(ANSWERS)('%s', async (_, reply, expected) => {
      const { message, ...result } = (await attempt(reply)) as DeliveryResult & { message: string }
      expect(result).toEqual(expected)
      expect(message).not.toBe('')
    })
  })

  describe('no secret gets out', () => {
    test.each(ANSWERS)('%s', async (_, reply) => {
      const result = await attempt(echoing(reply))
      expect(result.kind).not.toBe('delivered')
      expectNoSecret(result)
    })

    test('an answer that goes on', async () => {
      const result = await attempt({ status: 400, body: secrets.join(' ').repeat(10_000) })
      expect(result).toMatchObject({ kind: 'rejected', failure: 'refused' })
      expectNoSecret(result)
    })

    test('nobody listens: nothing has arrived', async () => {
      const receiver = await startReceiver(() => success)
      await receiver.close()
      const outgoing = createOutgoing()
      onTestFinished(() => outgoing.close())
      const result = await make(receiver.url, outgoing, 1_000).deliver(TRIGGER, ATTEMPT, NEVER)
      expect(result).toMatchObject({ kind: 'retry', failure: 'unreachable', ambiguous: false })
      expectNoSecret(result)
    })

    test('a forbidden address is never called', async () => {
      const outgoing = createOutgoing()
      onTestFinished(() => outgoing.close())
      const result = await make('http://169.254.169.254', outgoing, 1_000).deliver(TRIGGER, ATTEMPT, NEVER)
      expect(result).toMatchObject({ kind: 'rejected', failure: 'forbidden_address' })
      expectNoSecret(result)
    })

    test('an attempt that is cut off is in doubt', async () => {
      const cut = new AbortController()
      const receiver = await startReceiver(() => {
        cut.abort()
        return 'hang'
      })
      const outgoing = createOutgoing()
      onTestFinished(async () => {
        await receiver.close()
        outgoing.close()
      })
      const result = await make(receiver.url, outgoing, 5_000).deliver(TRIGGER, ATTEMPT, cut.signal)
      expect(result).toMatchObject({ kind: 'retry', failure: 'unreachable', ambiguous: true })
      expectNoSecret(result)
    })
  })
}
