import type { RequestHandler } from 'express'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type CorrectionDesk, openCorrectionDesk } from '../../testing/correction-desk.ts'
import { serveRoutes, signInAs, type WorkServer } from '../../testing/work-server.ts'
import { correctionRoutes } from './correction-routes.ts'

let desk: CorrectionDesk
let server: WorkServer

const serve = async (signIn?: RequestHandler) => {
  server = await serveRoutes(correctionRoutes(desk.corrections), signIn)
}
beforeEach(async () => {
  desk = openCorrectionDesk()
  await serve()
})
afterEach(async () => {
  await server.close()
  desk.close()
  expect(server.bugs).toEqual([])
})

const POWER_CUT = { from: '10:05', to: '10:10', journeys: ['checkout'], reason: 'power cut', by: 'sato' }

async function ask(path: string, body?: unknown, headers: Record<string, string> = {}) {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const type = { 'content-type': 'application/json', ...headers }
  const response = await fetch(`${server.url}/api/v1${path}`, { ...init, headers: type })
  return { status: response.status, location: response.headers.get('location'), document: await response.json() }
}

describe('corrections over HTTP', () => {
  test('are added, read, listed and withdrawn, each change answered like a read', async () => {
    const added = await ask('/corrections', POWER_CUT)
    expect(added).toMatchObject({ status: 201, location: '/api/v1/corrections/COR-0001' })
    expect(added.document).toMatchObject({
      correction: { key: 'COR-0001', author: 'sato', appliesTo: ['checkout'] },
      objectives: [
        {
          id: 'checkout/availability',
          inside: { bad: 250, valid: 500 },
          raw: { bad: 250, valid: 6_000 },
          adjusted: { bad: 0, valid: 5_500, leftPpm: 1_000_000 },
        },
        { id: 'checkout/monthly', adjusted: { bad: 0, valid: 5_500 } },
      ],
    })
    expect(await ask('/corrections/COR-0001')).toMatchObject({ status: 200, document: added.document })
    const withdrawn = await ask('/corrections/COR-0001/withdraw', { reason: 'it was us', by: 'tanaka' })
    expect(withdrawn.document).toMatchObject({
      correction: { state: 'withdrawn', withdrawn: { by: 'tanaka', reason: 'it was us' } },
      objectives: [{ adjusted: { bad: 250, valid: 6_000 } }, {}],
    })
    expect(await ask('/corrections?state=active')).toMatchObject({ document: { corrections: [] } })
    expect(await ask('/corrections')).toMatchObject({ document: { corrections: [{ key: 'COR-0001' }] } })
  })

  test('that overlap take what they share away once', async () => {
    await ask('/corrections', POWER_CUT)
    const { document } = await ask('/corrections', { ...POWER_CUT, from: '10:00', to: '10:07' })
    expect(document).toMatchObject({ objectives: [{ inside: { valid: 700 }, adjusted: { bad: 0, valid: 5_000 } }, {}] })
  })

  test('are signed by the token when there is one', async () => {
    await server.close()
    await serve(signInAs('s3cret', 'suzuki'))
    const { document } = await ask('/corrections', POWER_CUT, { authorization: 'Bearer s3cret' })
    expect(document).toMatchObject({ correction: { author: 'suzuki' } })
  })

  test.each([
    ['400 for a key that nobody knows', '/corrections', { ...POWER_CUT, reson: 'x' }, 400, 'REQUEST_UNKNOWN_KEY'],
    [
      '422 for a journey that nobody knows',
      '/corrections',
      { ...POWER_CUT, journeys: ['x'] },
      422,
      'CORRECTION_UNKNOWN_JOURNEY',
    ],
    ['422 without a reason', '/corrections', { from: '10:00', to: '10:05' }, 422, 'CORRECTION_REASON'],
    [
      '404 for a correction that is not there',
      '/corrections/COR-0009/withdraw',
      { reason: 'x' },
      404,
      'CORRECTION_UNKNOWN',
    ],
  ])('answer %s', async (_, path, body, status, code) => {
    expect(await ask(path, body)).toMatchObject({
      status,
      document: { error: { code } },
    })
    expect(desk.store.all()).toEqual([])
  })

  test('answer 409 for a second withdrawal', async () => {
    await ask('/corrections', POWER_CUT)
    await ask('/corrections/COR-0001/withdraw', { reason: 'x' })
    expect(await ask('/corrections/COR-0001/withdraw', { reason: 'y' })).toMatchObject({ status: 409 })
  })
})
