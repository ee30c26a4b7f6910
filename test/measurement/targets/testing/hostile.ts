import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'

/** A target that means harm, and how many times it was asked. */
export type Hostile = { readonly url: string; readonly asked: () => number; close(): void }

const TEXT = { 'content-type': 'text/plain; version=0.0.4' }

/** A line that is right by itself. */
const line = (i: number) => `journey_step_events_total{journey="checkout",step="s${i}",outcome="good"} ${i}\n`

/** Goes on with what `chunk` gives until the other side has enough. */
function stream(response: ServerResponse, chunk: (i: number) => string | undefined): void {
  let i = 0
  const more = () => {
    for (;;) {
      const next = chunk(i++)
      if (next === undefined) return void response.end()
      if (!response.write(next)) break
    }
  }
  response.on('drain', more)
  more()
}

/** 384 MiB of nothing in 400 kB: more than the whole collector may use. */
const BOMB = gzipSync(Buffer.alloc(384 * 1024 ** 2, ' '))

/** Each by the name of the failure that it must come to. */
const ANSWERS = {
  'endless body': (response: ServerResponse) => {
    response.writeHead(200, TEXT)
    stream(response, () => `# ${'x'.repeat(60_000)}\n`)
  },
  'endless line': (response: ServerResponse) => {
    response.writeHead(200, TEXT)
    stream(response, () => 'x'.repeat(60_000))
  },
  'gzip bomb': (response: ServerResponse) => {
    response.writeHead(200, { ...TEXT, 'content-encoding': 'gzip' }).end(BOMB)
  },
  'slow drip': (response: ServerResponse) => {
    response.writeHead(200, TEXT)
    const timer = setInterval(() => response.write('#'), 20)
    response.on('close', () => clearInterval(timer))
  },
  'no answer': () => {},
  'wrong content type': (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Log in first</p>')
  },
  'ten million samples': (response: ServerResponse) => {
    response.writeHead(200, TEXT)
    const many = (from: number) => Array.from({ length: 1_000 }, (_, i) => line(from + i)).join('')
    stream(response, (i) => (i < 10_000 ? many(i * 1_000) : undefined))
  },
  'too many series': (response: ServerResponse) => {
    response.writeHead(200, TEXT).end(Array.from({ length: 3_000 }, (_, i) => line(i)).join(''))
  },
  'not metrics': (response: ServerResponse) => {
    response.writeHead(200, TEXT).end('\u0000\u0001 hello {{{ 12 \n'.repeat(100))
  },
  'status 500': (response: ServerResponse) => {
    response.writeHead(500, TEXT).end('down')
  },
  'redirect to credentials': (response: ServerResponse) => {
    response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end()
  },
  'cut body': (response: ServerResponse) => {
    response.writeHead(200, { ...TEXT, 'content-length': '100000' })
    response.write(line(1), () => response.destroy())
  },
} as const

/** What happens on the socket itself, beneath HTTP. */
const SOCKETS = {
  'headers without end': (socket: Socket) => {
    socket.write('HTTP/1.1 200 OK\r\n')
    const more = () => {
      while (!socket.destroyed && socket.write(`x-filler: ${'y'.repeat(1_000)}\r\n`)) {}
    }
    socket.on('drain', more)
    more()
  },
  'not HTTP': (socket: Socket) => socket.end('220 smtp.example.org ESMTP\r\n'),
  'closes at once': (socket: Socket) => socket.destroy(),
} as const

export type HostileKind = keyof typeof ANSWERS | keyof typeof SOCKETS

/** The one failure, of those that the collector counts by name, that each kind must come to. */
export const COMES_TO: Readonly<Record<HostileKind, string>> = {
  'endless body': 'too_large',
  'endless line': 'too_large',
  'gzip bomb': 'too_large',
  'slow drip': 'timeout',
  'no answer': 'timeout',
  'wrong content type': 'malformed',
  'ten million samples': 'too_large',
  'too many series': 'too_many_series',
  'not metrics': 'malformed',
  'status 500': 'status',
  'redirect to credentials': 'status',
  'cut body': 'unreachable',
  'headers without end': 'unreachable',
  'not HTTP': 'unreachable',
  'closes at once': 'unreachable',
}

export async function startHostile(kind: HostileKind): Promise<Hostile> {
  let asked = 0
  const sockets = new Set<Socket>()
  const onSocket = kind in SOCKETS ? SOCKETS[kind as keyof typeof SOCKETS] : undefined
  const server =
    onSocket === undefined
      ? createServer((_request, response) => {
          asked++
          response.on('error', () => {})
          ANSWERS[kind as keyof typeof ANSWERS](response)
        })
      : createTcpServer((socket) => {
          asked++
          socket.once('data', () => onSocket(socket))
        })
  server.on('connection', (socket: Socket) => {
    socket.on('error', () => {})
    sockets.add(socket.on('close', () => sockets.delete(socket)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`,
    asked: () => asked,
    close: () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
