import { connect, type Socket } from 'node:net'

const CONNECTIONS = 8
const END_OF_HEAD = '\r\n\r\n'

/** Connections that are kept open, each of which asks again when it has been answered. */
export type Load = {
  /** @param times requests in all */
  ask(times: number): Promise<void>
  close(): void
}

/** Small and written for one known answer, so that the load takes little of the cores that the services need. */
export async function createLoad(port: number): Promise<Load> {
  const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => open(port)))
  return {
    ask: async (times) => {
      let left = times
      const next = () => left-- > 0
      await Promise.all(sockets.map((socket) => askWhile(socket, next)))
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
    },
  }
}

function open(port: number): Promise<Socket> {
  return new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1', () => done(socket.setNoDelay(true))).once('error', fail)
  })
}

let asked = 0

function askWhile(socket: Socket, next: () => boolean): Promise<void> {
  return new Promise((done, fail) => {
    let answer = ''
    const stop = (error?: Error) => {
      socket.removeListener('data', onData)
      socket.removeListener('close', onClose)
      if (error === undefined) done()
      else fail(error)
    }
    const ask = () => {
      if (!next()) return stop()
      socket.write(`GET /v1/measurements/${asked++ % 1000} HTTP/1.1\r\nhost: bench\r\n\r\n`)
    }
    const onData = (bytes: Buffer) => {
      answer += bytes.toString('latin1')
      const head = answer.indexOf(END_OF_HEAD)
      if (head < 0) return
      const length = Number(/content-length: (\d+)/i.exec(answer.slice(0, head))?.[1])
      if (answer.length < head + END_OF_HEAD.length + length) return
      if (!answer.startsWith('HTTP/1.1 200')) return stop(new Error(`Expected 200, got ${answer.slice(0, 40)}`))
      answer = ''
      ask()
    }
    const onClose = () => stop(new Error('Expected the service to keep the connection open, but it closed it'))
    socket.on('data', onData).once('close', onClose)
    ask()
  })
}
