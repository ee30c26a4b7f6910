import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

type Sample = readonly [at: number, value: number]

/** A server that speaks the query API: each selector has the samples that it was given, and it can fail in every way. */
export async function startScriptedEngine() {
  const state = {
    /** By query: samples (milliseconds) of one series of the target `a:1`. */
    samples: new Map<string, readonly Sample[]>(),
    trouble: undefined as 'gone' | 'partial' | undefined,
    asked: 0,
  }
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += String(chunk)
    })
    request.on('end', () => {
      state.asked++
      if (state.trouble === 'gone') return void response.writeHead(503).end()
      const form = new URLSearchParams(body)
      const number = (name: string) => Number(form.get(name)) * 1000
      const [, query = '', length] = /^(.*?)(?:\[(\d+)ms\])?$/s.exec(form.get('query') ?? '') ?? []
      const isRange = request.url?.endsWith('query_range') === true
      const to = number(isRange ? 'end' : 'time')
      const from = isRange ? number('start') - 1 : to - Number(length)
      const values = (state.samples.get(query) ?? [])
        .filter(([at]) => at > from && at <= to)
        .map(([at, value]) => [at / 1000, String(value)])
      const metric = { __name__: query.replace(/\{.*/, ''), job: 'shop', instance: 'a:1' }
      const result = values.length > 0 ? [{ metric, values }] : []
      const warnings = state.trouble === 'partial' ? { warnings: ['a store is gone'] } : {}
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ status: 'success', data: { resultType: 'matrix', result }, ...warnings }))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close, state }
}
