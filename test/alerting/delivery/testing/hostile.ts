import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { SECRET } from '../../../road/testing/receiver.ts'
import type { StatedReceiver } from './house.ts'

type Arrival = {
  readonly kind: StatedReceiver['kind']
  readonly path: string
  readonly body: string
  /** Milliseconds. */
  readonly at: number
}

/** How a receiver treats its n-th request, counted from 1. What it takes it answers as its kind's documents say. */
export type Treatment = (response: ServerResponse, n: number, take: () => void, arrival: Arrival) => void

export type HostileReceiver = {
  readonly stated: StatedReceiver
  readonly arrivals: readonly Arrival[]
  /** What came, oldest first: `trigger`, `end`, `trouble` of the collector itself; with the form where it is the plainest one, and the mark of a repeat. */
  heard(): readonly string[]
}

const TAKEN = {
  webhook: { status: 204, body: undefined },
  slack: { status: 200, body: 'ok' },
  pagerduty: { status: 202, body: '{"status":"success","message":"Event processed","dedup_key":"d"}' },
} as const

/** A receiver of a kind whose address and key hold the word that must never be seen anywhere. */
export async function startHostile(
  kind: StatedReceiver['kind'],
  secret: string,
  treat: Treatment,
): Promise<HostileReceiver> {
  const arrivals: Arrival[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    response.on('error', () => undefined)
    const arrival = { kind, path: request.url ?? '', body, at: Date.now() }
    arrivals.push(arrival)
    const { status, body: answer } = TAKEN[kind]
    treat(response, arrivals.length, () => void response.writeHead(status).end(answer), arrival)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { stated: stated(kind, origin, secret), arrivals, heard: () => arrivals.map(said) }
}

function stated(kind: StatedReceiver['kind'], origin: string, secret: string): StatedReceiver {
  if (kind === 'webhook') return { kind, url: `${origin}/hooks/${secret}`, secret: SECRET }
  if (kind === 'slack') return { kind, url: `${origin}/services/T0AAAAAAA/B0BBBBBBB/${secret}` }
  return { kind, url: origin, routingKey: secret.padEnd(32, '0').slice(0, 32) }
}

function said({ kind, body }: Arrival): string {
  const message = JSON.parse(body) as Readonly<Record<string, unknown>>
  if (message['type'] === 'collector.trouble') return 'trouble'
  const { begins, isPlain } = FORMS[kind](message)
  const repeat = body.includes('may be a repeat') ? ' (repeat)' : ''
  return `${begins ? 'trigger' : 'end'}${isPlain ? ' plain' : ''}${repeat}`
}

type Form = { readonly begins: boolean; readonly isPlain: boolean }

/** How each kind says that something begins, and what its plainest form leaves out. */
const FORMS: Readonly<Record<StatedReceiver['kind'], (message: Readonly<Record<string, unknown>>) => Form>> = {
  webhook: ({ type, data }) => ({ begins: type === 'alert.triggered', isPlain: !('title' in Object(data)) }),
  slack: ({ text, blocks }) => ({ begins: String(text).startsWith('▲'), isPlain: blocks === undefined }),
  pagerduty: ({ event_action: action, payload }) => ({
    begins: action === 'trigger',
    isPlain: action === 'trigger' && !('custom_details' in Object(payload)),
  }),
}
