import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { defaultTextMapGetter, propagation, ROOT_CONTEXT } from '@opentelemetry/api'
import { W3CBaggagePropagator } from '@opentelemetry/core'
import { createRecorder } from '@tabiji/sdk'
import { Registry } from 'prom-client'
import { type Row, rowOf } from './result.ts'
import { runRounds } from './rounds.ts'
import { journeys } from './sdk-journeys.ts'

const [ROUNDS, WARM_UP, TIMES] = [61, 5, 50_000]
const GOAL = 10

/** What others may have put beside ours. */
const STRANGERS = 'user-tier=gold,experiment=b;weight=0.5,region=ap-northeast-1'

/**
 * Reading the journey that a request brings: what a middleware costs with a header less what it costs without one,
 * where the header's word is taken. The propagator of OpenTelemetry reads the same header. Both get one text again and
 * again, as from one caller; a text that just came from the network has to be hashed besides.
 */
export async function baggage(): Promise<Row[]> {
  const recorder = createRecorder(journeys, {
    registry: new Registry(),
    service: 'bench',
    context: { borrowed: { 'measure-feet': ['view-result'] }, trust: { incoming: { when: () => true } } },
  })
  const begin = recorder.express()
  const member = `tabiji=measure-feet.upload;v=${journeys.fingerprint.slice(0, 8)}`
  const rows = ['1', '4'].map((members) => {
    const header = members === '1' ? member : `${STRANGERS},${member}`
    const [bare, bearing] = [requestWith(), requestWith(header)]
    const propagator = new W3CBaggagePropagator()
    const carrier = { baggage: header }
    const contestants = [bare, bearing].map((request) => ({
      times: TIMES,
      work: (times: number) => {
        for (let i = 0; i < times; i++) begin(request, new ServerResponse(request), nothing)
      },
    }))
    const peer = {
      times: TIMES,
      work: (times: number) => {
        for (let i = 0; i < times; i++) propagator.extract(ROOT_CONTEXT, carrier, defaultTextMapGetter)
      },
    }
    const read = propagation.getBaggage(propagator.extract(ROOT_CONTEXT, carrier, defaultTextMapGetter))
    if (read?.getEntry('tabiji') === undefined) throw new Error('The peer did not read the header that it was given')
    const [without = [], withHeader = [], extract = []] = runRounds([...contestants, peer], ROUNDS, WARM_UP)
    const ours = withHeader.map((cost, round) => Math.max(1, cost - (without[round] ?? 0)))
    const what = `ns of CPU to read a baggage header of ${members} member${members === '1' ? '' : 's'}`
    return rowOf(`baggage-${members}`, `${what}; peer: W3CBaggagePropagator.extract`, ours, extract, GOAL)
  })
  return rows
}

function requestWith(header?: string): IncomingMessage {
  const request = new IncomingMessage(new Socket())
  request.method = 'GET'
  request.url = '/v1/measurements/1'
  if (header !== undefined) request.headers['baggage'] = header
  return request
}

function nothing(): void {
  // The middleware's work is over; what comes after it is not measured.
}
