import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { SECRET } from '../../../road/testing/receiver.ts'

/** What a request to a receiver said. */
export type Heard = {
  /** Of a webhook: the same on every attempt. */
  readonly id: string
  readonly path: string
  readonly body: string
  readonly at: number
}

/** Answers a request that has been heard whole; `n` counts from 1. */
export type Manner = (response: ServerResponse, n: number, heard: Heard) => void

/** A server that hears requests whole and answers in whatever manner, also in none. */
async function startListener(manner: () => Manner, isTrue: (heard: Heard, headers: Headers) => boolean) {
  const heard: Heard[] = []
  const faults: string[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const said = { id: String(request.headers['webhook-id'] ?? ''), path: request.url ?? '', body, at: Date.now() }
    const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    if (!isTrue(said, headers)) {
      faults.push(body)
      return void response.writeHead(401).end()
    }
    heard.push(said)
    // The sender may be killed or lose patience while it is answered.
    response.on('error', () => undefined)
    manner()(response, heard.length, said)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard: heard as readonly Heard[],
    /** Requests that were not as their kind's documents say. */
    faults: faults as readonly string[],
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A receiver of webhooks that believes what is signed rightly (Standard Webhooks), and takes it unless told otherwise. */
export async function startHook(manner: Manner = take) {
  const webhook = new Webhook(SECRET)
  const self = { manner }
  const listener = await startListener(
    () => self.manner,
    ({ id, body }, headers) => {
      const at = new Date(Number(headers.get('webhook-timestamp')) * 1000)
      return webhook.sign(id, at, body) === headers.get('webhook-signature')
    },
  )
  const told = () => listener.heard.map(({ body }) => (JSON.parse(body) as { type: string }).type)
  const data = () => listener.heard.map(({ body }) => (JSON.parse(body) as { data: Record<string, unknown> }).data)
  return Object.assign(self, listener, {
    /** What was said, oldest first: `alert.triggered` and so on. */
    told,
    data,
    receiver: { kind: 'webhook', url: `${listener.origin}/hook`, secret: SECRET } as const,
  })
}

export const take: Manner = (response) => void response.writeHead(204).end()
/** Hears and never answers. */
export const hang: Manner = () => undefined
