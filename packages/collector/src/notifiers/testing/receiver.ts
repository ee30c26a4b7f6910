import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Received = {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** `hang` never answers; `reset` breaks the connection after the whole request was read. */
export type Reply =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | 'hang'
  | 'reset'

export type LoopbackReceiver = {
  /** `http://127.0.0.1:PORT`, without a path. */
  readonly url: string
  /** What came in, oldest first. */
  readonly received: readonly Received[]
  /** Resolves when so many requests have come in altogether. */
  arrived(count: number): Promise<void>
  close(): Promise<void>
}

/** A real HTTP server on loopback that keeps what it is sent. */
export async function startReceiver(answer: (received: Received) => Reply): Promise<LoopbackReceiver> {
  const received: Received[] = []
  const waiting = new Set<() => void>()
  const server = createServer((request, response) => {
    void readRequest(request).then((whole) => {
      received.push(whole)
      for (const check of waiting) check()
      respond(response, answer(whole))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    arrived: (count) =>
      new Promise((done) => {
        const check = () => {
          if (received.length < count) return
          waiting.delete(check)
          done()
        }
        waiting.add(check)
        check()
      }),
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

async function readRequest(request: IncomingMessage): Promise<Received> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk as Uint8Array)
  const headers = Object.entries(request.headers).map(([name, value]) => [name, [value].flat().join(', ')] as const)
  const { method = '', url = '' } = request
  return { method, path: url, headers: Object.fromEntries(headers), body: Buffer.concat(chunks).toString('utf8') }
}

function respond(response: ServerResponse, reply: Reply): void {
  if (reply === 'hang') return
  if (reply === 'reset') response.destroy()
  else response.writeHead(reply.status, reply.headers).end(reply.body)
}
