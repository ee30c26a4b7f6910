import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'

/** What the demo reads of an alert; the whole body is in docs/guides/alerts.md. */
export type Received = {
  readonly type: 'alert.triggered' | 'alert.resolved' | 'alert.withdrawn'
  readonly data: {
    readonly episode: string
    readonly level: number
    readonly startedAt: number | string
    readonly journey: { readonly name: string; readonly title: { readonly en: string } }
    readonly objective: { readonly name: string; readonly targetPpm: number }
    readonly cause:
      | {
          readonly kind: 'burn'
          readonly factorMilli: number
          readonly long: { readonly ms: number; readonly bad: number; readonly valid: number }
          readonly short: { readonly ms: number; readonly bad: number; readonly valid: number }
        }
      | { readonly kind: 'milestone'; readonly percent: number }
    readonly budget: { readonly leftPpm: number }
    readonly worstStep?: { readonly name: string; readonly bad: number; readonly ofBad: number }
    readonly runbook?: string
    readonly sample: boolean
  }
}

export type Receiver = {
  readonly url: string
  /** All that came in so far. */
  messages(): readonly Received[]
  /** Resolves with the first message from now on, or already waiting, that fits. */
  next(fits: (message: Received) => boolean, withinMs: number): Promise<Received | undefined>
  close(): Promise<void>
}

const LARGEST_BODY = 64 * 1024

/** A receiver of signed webhooks on loopback. A message with a wrong signature is answered 401 and not believed. */
export async function openReceiver(secret: string, onMessage: (message: Received) => void): Promise<Receiver> {
  const webhook = new Webhook(secret)
  const messages: Received[] = []
  const waiting = new Set<() => void>()
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) {
      body += String(chunk)
      if (body.length > LARGEST_BODY) return void response.writeHead(413).end()
    }
    try {
      const message = webhook.verify(body, headersOf(request.headers)) as Received
      messages.push(message)
      onMessage(message)
      response.writeHead(204).end()
      for (const look of waiting) look()
    } catch {
      response.writeHead(401).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/alerts`,
    messages: () => [...messages],
    next: (fits, withinMs) =>
      new Promise((resolve) => {
        const finish = (message: Received | undefined) => {
          waiting.delete(look)
          clearTimeout(late)
          resolve(message)
        }
        const look = () => {
          const found = messages.find(fits)
          if (found !== undefined) finish(found)
        }
        const late = setTimeout(() => finish(undefined), withinMs)
        waiting.add(look)
        look()
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function headersOf(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(',')]))
}
