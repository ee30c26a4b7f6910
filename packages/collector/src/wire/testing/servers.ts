import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A real server on loopback that ends with the test. */
export type TestServer = {
  readonly origin: string
  readonly port: number
  /** Resolves when a connection that carried a request has closed. */
  readonly closed: Promise<void>
  readonly requests: { readonly url: string; readonly headers: Readonly<Record<string, unknown>> }[]
}

export async function serve(answer: RequestListener): Promise<TestServer> {
  const requests: TestServer['requests'] = []
  const sockets = new Set<Socket>()
  const carrying = new Set<Socket>()
  let close = () => {}
  const closed = new Promise<void>((resolve) => {
    close = resolve
  })
  const server = createServer((request, response) => {
    requests.push({ url: request.url ?? '', headers: request.headers })
    if (!carrying.has(request.socket)) request.socket.once('close', close)
    carrying.add(request.socket)
    answer(request, response)
  })
  server.on('connection', (socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => stop(server, sockets))
  const { port } = server.address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, port, closed, requests }
}

async function stop(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => server.close(resolve))
}
