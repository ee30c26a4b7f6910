// A cluster of two workers that judge their jobs by a candidate, and one that goes by another candidate. Workers end after
// ten jobs; then the primary tells what it exposes.
import cluster from 'node:cluster'
import { createRecorder, defineJourneys } from '@tabiji/sdk'
import { Registry } from 'prom-client'

const registry = new Registry()
const journeys = defineJourneys({
  timeZone: 'Asia/Tokyo',
  journeys: {
    scan: { steps: { process: { job: true, within: '10s', candidate: process.env.CANDIDATE ?? '2s' } } },
  },
})
const recorder = createRecorder(journeys, {
  registry,
  service: 'scanner',
  cluster: { intervalMs: 50 },
  onProblem: ({ kind, message }) => process.send?.({ kind, message }),
})

if (cluster.isPrimary) {
  let ended = 0
  cluster.on('exit', () => {
    ended++
    if (ended === 3) void tell()
  })
  for (const CANDIDATE of ['2s', '2s', '3s']) cluster.fork({ CANDIDATE })
} else {
  const done = recorder.tally('scan', 'process')
  for (let i = 0; i < 10; i++) done('good', i < 4 ? 5_000 : 100)
  await recorder.close()
  process.disconnect()
}

async function tell() {
  process.send({ metrics: await registry.metrics() })
  process.disconnect()
}
