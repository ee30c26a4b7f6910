import { expect, onTestFinished, test } from 'vitest'
import { openAnnotationDesk } from '../../testing/annotation-desk.ts'
import { serveRoutes } from '../../testing/work-server.ts'
import { annotationRoutes } from './annotation-routes.ts'

async function openDoor() {
  const desk = openAnnotationDesk()
  const server = await serveRoutes(annotationRoutes(desk.annotations))
  onTestFinished(async () => {
    await server.close()
    expect(server.bugs).toEqual([])
  })
  const ask = async (path: string, body?: unknown) => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    const response = await fetch(`${server.url}/api/v1${path}`, {
      ...init,
      headers: { 'content-type': 'application/json' },
    })
    return { status: response.status, location: response.headers.get('location'), document: await response.json() }
  }
  return { ...desk, ask }
}

const DEPLOY = {
  kind: 'deploy',
  title: 'shop@8c1f2e',
  service: 'shop',
  at: '13:36',
  url: 'https://ci.example/1',
  by: 'abe',
}

test('annotations are added, read, listed and withdrawn, each change answered like a read', async () => {
  const { ask } = await openDoor()
  const added = await ask('/annotations', DEPLOY)
  expect(added).toEqual({
    status: 201,
    location: '/api/v1/annotations/ANN-0001',
    document: {
      ...{ key: 'ANN-0001', state: 'active', kind: 'deploy', title: 'shop@8c1f2e', service: 'shop', journeys: [] },
      ...{ at: '2026-10-20T13:36:00+09:00', createdAt: '2026-10-20T13:40:00+09:00', by: 'abe' },
      url: 'https://ci.example/1',
    },
  })
  expect(await ask('/annotations/ANN-0001')).toMatchObject({ status: 200, document: added.document })
  await ask('/annotations', { kind: 'note', title: 'sale', journeys: ['checkout'], at: '13:00' })
  const keys = async (query: string) =>
    ((await ask(`/annotations${query}`)).document as { annotations: { key: string }[] }).annotations.map(
      ({ key }) => key,
    )
  expect(await keys('')).toEqual(['ANN-0001', 'ANN-0002'])
  expect(await keys('?kind=note')).toEqual(['ANN-0002'])
  expect(await keys('?limit=1')).toEqual(['ANN-0001'])
  const withdrawn = await ask('/annotations/ANN-0001/withdraw', { reason: 'staging only', by: 'sato' })
  expect(withdrawn).toMatchObject({
    status: 200,
    document: { state: 'withdrawn', withdrawn: { by: 'sato', reason: 'staging only' } },
  })
  expect(await keys('')).toEqual(['ANN-0002'])
  expect(await keys('?state=all')).toEqual(['ANN-0001', 'ANN-0002'])
})

test.each([
  ['/annotations', { kind: 'release', title: 'x' }, 400, 'REQUEST_SHAPE'],
  ['/annotations', { kind: 'note', title: 'x', journey: 'checkout' }, 400, 'REQUEST_UNKNOWN_KEY'],
  ['/annotations', { kind: 'note', title: 'x', service: 'nobody' }, 422, 'ANNOTATION_UNKNOWN_SERVICE'],
  ['/annotations/ANN-0009/withdraw', { reason: 'x' }, 404, 'ANNOTATION_UNKNOWN'],
  ['/annotations/x', undefined, 404, 'ANNOTATION_UNKNOWN'],
  ['/annotations?state=open', undefined, 400, 'REQUEST_SHAPE'],
])('%s with %j is answered %d %s', async (path, body, status, code) => {
  const { ask } = await openDoor()
  expect(await ask(path, body)).toMatchObject({ status, document: { error: { code } } })
})

test('what is withdrawn cannot be withdrawn again', async () => {
  const { ask } = await openDoor()
  await ask('/annotations', DEPLOY)
  await ask('/annotations/ANN-0001/withdraw', { reason: 'x' })
  expect(await ask('/annotations/ANN-0001/withdraw', { reason: 'x' })).toMatchObject({
    status: 409,
    document: { error: { code: 'ANNOTATION_WITHDRAWN' } },
  })
})

test('annotations are there after a restart', async () => {
  const { ask, reopen } = await openDoor()
  await ask('/annotations', DEPLOY)
  const again = reopen().annotations
  expect(again.list({ state: 'all', limit: 10 })).toMatchObject([{ key: 'ANN-0001', title: 'shop@8c1f2e', by: 'abe' }])
})
