// A service that pushes what it counts, a few events in every hundredth of a second, and writes down when each happened.
import { writeSync } from 'node:fs'
import { defineJourneys } from '@tabiji/sdk'
import { startRecorder } from '@tabiji/sdk/node'

const [, , url] = process.argv
const journeys = defineJourneys({
  timeZone: 'Asia/Tokyo',
  journeys: { checkout: { steps: { pay: { http: 'POST /orders', within: '1s' } } } },
})
const recorder = startRecorder(journeys, { service: 'shop', handOver: { url }, pushIntervalMs: 200 })
const pay = recorder.tally('checkout', 'pay')

const work = setInterval(() => {
  for (let event = 0; event < 3; event++) {
    pay('good', 10)
    writeSync(1, `${Date.now()}\n`)
  }
}, 10)

process.on('SIGTERM', async () => {
  clearInterval(work)
  await recorder.close()
  process.exit(0)
})
