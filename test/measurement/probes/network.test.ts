import { createServer } from 'node:http'
import { describe, expect, test } from 'vitest'
import { openDesk } from './testing/desk.ts'
import { freePort, listening } from './testing/studio.ts'

const stepAt = (url: string) => ({ step: 'login', url: `${url}/login` })
const probe = (url: string) => ({ name: 'outside', journey: 'measure', interval: '1m', steps: [stepAt(url)] })
const dead = async () => `http://127.0.0.1:${await freePort()}`

describe('a service that gives no answer', () => {
  test('has failed, where nothing says that the network here is down', async () => {
    const { exit, run } = await openDesk(probe(await dead())).run()
    expect([exit, run.outcome]).toEqual([1, 'error'])
    expect(run.why).toBe('login: The connection failed (ECONNREFUSED)')
  })

  test('has failed, when one of the reference addresses answers, whatever it says', async () => {
    const asked: string[] = []
    const up = await listening(
      createServer((request, response) => {
        asked.push(request.url ?? '')
        response.writeHead(503).end()
      }),
    )
    const { run } = await openDesk(probe(await dead()), { reference: [await dead(), `${up}/here`] }).run()
    expect(run.outcome).toBe('error')
    expect(asked).toEqual(['/here'])
  })

  test('says nothing, when no reference address answers either', async () => {
    const { exit, run } = await openDesk(probe(await dead()), { reference: [await dead(), await dead()] }).run()
    expect([exit, run.outcome]).toEqual([5, 'inconclusive'])
    expect(run.why).toBe('login: no reference address answered either (ECONNREFUSED): the network here is down')
  })
})

test('a service that answers is not asked about the network', async () => {
  const asked: string[] = []
  const up = await listening(
    createServer((request, response) => {
      asked.push(request.url ?? '')
      response.end()
    }),
  )
  const failing = await listening(createServer((_request, response) => response.writeHead(500).end()))
  const { run } = await openDesk(probe(failing), { reference: [up] }).run()
  expect([run.outcome, asked]).toEqual(['error', []])
})
