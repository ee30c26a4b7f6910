import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bodyOf, trafficOf } from './tick-world.ts'

/**
 * A process of its own that plays the services: as many servers as there are targets, each with its share of the
 * journeys. It tells its parent the addresses and goes on until that parent is gone.
 */
const [journeys = 0, targets = 0] = process.argv.slice(2).map(Number)
const share = journeys / targets
const startedAt = Date.now()

const urls = await Promise.all(Array.from({ length: targets }, (_, number) => serve(number)))
process.send?.(urls)
process.on('disconnect', () => process.exit())

function serve(number: number): Promise<string> {
  const traffic = trafficOf(share)
  const server = createServer((_request, response) => {
    traffic.grow()
    const body = bodyOf(`process-${number}`, startedAt, number * share, traffic)
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(body)
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`)
    })
  })
}
