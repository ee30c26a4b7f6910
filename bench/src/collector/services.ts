import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bodyOf } from '../tick-world.ts'
import { countsAt } from './traffic.ts'

/**
 * A process of its own that plays one service with many journeys. It tells its parent the address, lets the journeys fail
 * that the parent names, and goes on until that parent is gone.
 */
const journeys = Number(process.argv[2])
const startedAt = Date.now()
const failsFrom = new Map<number, number>()
const age = () => (Date.now() - startedAt) / 1_000

process.on('message', (failing: readonly number[]) => {
  for (const journey of failing) failsFrom.set(journey, age())
})
process.on('disconnect', () => process.exit())

const server = createServer((_request, response) => {
  const at = age()
  const counts = Array.from({ length: journeys }, (_, i) => countsAt(at, failsFrom.get(i)))
  const body = bodyOf('process-0', startedAt, 0, { counts, grow: () => {} })
  response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(body)
})
server.listen(0, '127.0.0.1', () => process.send?.(`127.0.0.1:${(server.address() as AddressInfo).port}`))
