// A service in a process of its own, to be ended by signals. Its one argument is JSON: { collector?, graceMs?, ownListener? }.
import { defineJourneys } from '@tabiji/core/journey'
import { createRecorder } from '@tabiji/sdk'
import express from 'express'
import { Registry } from 'prom-client'

const { collector, graceMs, ownListener, untouched } = JSON.parse(process.argv[2] ?? '{}')
const journeys = defineJourneys({
  timeZone: 'Asia/Tokyo',
  journeys: {
    scan: { steps: { start: { http: 'GET /start', within: '60s' }, process: { job: true, within: '60s' } } },
  },
})
const recorder = createRecorder(journeys, {
  registry: new Registry(),
  service: 'scanner',
  ...(collector === undefined ? {} : { handOver: { url: collector } }),
})
const app = express()
app.use(recorder.express())
const waiting = []
app.get('/start', recorder.step('scan', 'start'), (_request, response) => {
  waiting.push(response)
  say('reached')
})
const server = app.listen(0, '127.0.0.1', () => say(String(server.address().port)))
// What keeps many services alive when their server is closed: ending the process must not depend on it.
setInterval(() => undefined, 1000)

process.on('message', (message) => {
  if (message === 'answer') for (const response of waiting.splice(0)) response.json({})
  if (message === 'job') void recorder.run('scan', 'process', () => new Promise(() => undefined))
})
if (ownListener) {
  process.on('SIGTERM', () => {
    setTimeout(() => {
      say('cleaned up')
      process.exit()
    }, 400)
  })
}
if (!untouched) recorder.closeOnSignals(server, { graceMs })

function say(text) {
  process.send(text)
}
