import { measurementContext, measurementRoutes } from './measurement.ts'
import { startService } from './service.ts'
import { storageContext, storageRoutes } from './storage.ts'
import { webContext, webRoutes } from './web.ts'

/**
 * Runs one of the services: `main.js web`, `measurement` or `storage`. JOURNEY_KEY is the key that all of them have, NEXT_URL
 * the address of the service behind it, HAND_OVER_URL the collector's ingest door. Prints its address once it listens.
 */
const { JOURNEY_KEY: key = '', NEXT_URL: next = '', HAND_OVER_URL: handOver } = process.env
const [, , name] = process.argv

function start(): Promise<string> {
  switch (name) {
    case 'web':
      return startService(name, webContext(next, key), handOver, (measured) => webRoutes(measured, next))
    case 'measurement':
      return startService(name, measurementContext(next, key), handOver, (measured) =>
        measurementRoutes(measured, next),
      )
    case 'storage':
      return startService(name, storageContext(key), handOver, storageRoutes)
    default:
      console.error(`Expected web, measurement or storage, got ${name ?? 'nothing'}.`)
      process.exit(2)
  }
}

console.log(await start())
