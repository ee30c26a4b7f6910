// A service under a scanner: random paths and headers, everything that can be refused. Run with --expose-gc; its one
// argument is the number of requests. It prints its memory along the way, and how much its own output was.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { createRecorder, defineJourneys } from '@tabiji/sdk'
import { Registry } from 'prom-client'

const requests = Number(process.argv[2])
const journeys = defineJourneys({
  timeZone: 'Asia/Tokyo',
  journeys: { scan: { steps: { read: { http: 'GET /scans/:id', within: '1s' } } } },
})
const registry = new Registry()
let problems = 0
const recorder = createRecorder(journeys, {
  registry,
  service: 'scans',
  coverage: { examples: 20 },
  onProblem() {
    problems += 1
    throw new Error('an observer that fails')
  },
  onEvent() {
    throw new Error('an observer that fails')
  },
})
const see = recorder.express({ match: true })
const thrown = []
process.on('uncaughtException', (error) => thrown.push(error.message))
process.on('unhandledRejection', (error) => thrown.push(String(error)))

let seed = 7
const random = (below) => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return seed % below
}
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789%-_.~'
const word = () => Array.from({ length: 1 + random(12) }, () => LETTERS[random(LETTERS.length)]).join('')
const baggage = () => `tabiji=${word()}.${word()},${word()}=%${word()};${word()}`

const server = createServer((request, response) => {
  see(request, response, () => {
    recorder.fail(word(), random(2) === 0 ? response : undefined)
    recorder.run(word(), word(), () => undefined).catch((error) => thrown.push(error.message))
    response.statusCode = 200 + random(350)
    response.end()
    recorder.exclude(word(), response)
  })
})
server.keepAliveTimeout = 60_000
server.maxRequestsPerSocket = 0
server.listen(0, '127.0.0.1')
await once(server, 'listening')

const heaps = []
const rounds = 10
for (let round = 0; round < rounds; round++) {
  await send(requests / rounds)
  globalThis.gc()
  heaps.push(process.memoryUsage().heapUsed)
}
const series = (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#')).length
const { examples, ...coverage } = recorder.coverage()
process.send({ heaps, problems, thrown, series, coverage, examples: examples.length })
process.disconnect()
server.closeAllConnections()
server.close()

/** Sends requests in bundles over one connection, and breaks the next one off in its middle. */
async function send(count) {
  const socket = connect(server.address().port, '127.0.0.1')
  let answers = 0
  let waiting
  socket.on('data', (chunk) => {
    answers += chunk.toString('latin1').split('HTTP/1.1 ').length - 1
    waiting?.()
  })
  for (let sent = 0; sent < count; ) {
    const bundle = Math.min(100, count - sent)
    socket.write(
      Array.from({ length: bundle }, () => {
        const path = random(3) === 0 ? `/scans/${word()}` : `/${word()}/${word()}?${word()}`
        return `GET ${path} HTTP/1.1\r\nhost: x\r\nbaggage: ${baggage()}\r\n\r\n`
      }).join(''),
    )
    sent += bundle
    while (answers < sent) {
      await new Promise((done) => {
        waiting = done
      })
    }
  }
  socket.destroy()
  const broken = connect(server.address().port, '127.0.0.1')
  broken.write('POST /scans/1 HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf')
  await once(broken, 'connect')
  broken.destroy()
}
