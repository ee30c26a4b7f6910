// A storage service of three workers, each of which does ten jobs for a journey of another service and ends. The primary
// tells what it exposes, and hands over. Arguments: the collector's address.
import cluster from 'node:cluster'
import { createRecorder, defineJourneys } from '@tabiji/sdk'
import { Registry } from 'prom-client'

const [, , url] = process.argv
const storageJourneys = defineJourneys({
  timeZone: 'Asia/Tokyo',
  journeys: {
    'measure-feet': { steps: { send: { http: 'POST /photos', within: '10s' } } },
    'view-result': { steps: { read: { http: 'GET /results', within: '10s' } } },
    'keep-photos': { steps: { put: { http: 'PUT /photos', within: '10s' } } },
  },
})
const registry = new Registry()
const isStranger = process.env.STRANGER === 'yes'
const recorder = createRecorder(storageJourneys, {
  registry,
  service: 'storage',
  cluster: { intervalMs: 50 },
  context: { borrowed: { [isStranger ? 'view-result' : 'measure-feet']: ['keep-photos'] } },
  handOver: { url },
  onProblem: ({ kind, message }) => process.send?.({ kind, message }),
})

if (cluster.isPrimary) {
  let ended = 0
  cluster.on('exit', () => {
    ended++
    if (ended === 4) void tell()
  })
  for (const STRANGER of ['no', 'no', 'no', 'yes']) cluster.fork({ STRANGER })
} else {
  const from = `measure-feet.send;v=${storageJourneys.fingerprint.slice(0, 8)}`
  for (let i = 0; i < 10; i++) await recorder.run('keep-photos', 'put', () => undefined, { from })
  await recorder.close()
  process.disconnect()
}

async function tell() {
  const metrics = await registry.metrics()
  await recorder.close()
  process.send({ metrics })
  process.disconnect()
}
