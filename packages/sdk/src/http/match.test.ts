import { expect, test } from 'vitest'
import { rulesOf } from '../event/rule.ts'
import { scanJourney, step } from '../testing/journeys.ts'
import { createMatch } from './match.ts'

const journeys = scanJourney(
  step('start', { routes: [{ method: 'POST', path: '/v1/scans' }] }),
  step('sample', { routes: [{ method: 'GET', path: '/v1/scans/sample' }] }),
  step('read', {
    routes: [
      { method: 'GET', path: '/v1/scans/:id' },
      { method: 'GET', path: '/v2/Scans/:id/result' },
      { method: 'GET', path: '/v2/scans/:id.json' },
      { method: 'GET', path: '/v2/days/:from-:to/' },
    ],
  }),
  step('process', { kind: 'job' }),
)
const match = createMatch(journeys, rulesOf(journeys))

test.each([
  ['POST', '/v1/scans', 'start'],
  ['POST', '/v1/scans/', 'start'],
  ['GET', '/v1/scans/42', 'read'],
  ['HEAD', '/v1/scans/42', 'read'],
  ['GET', '/V1/SCANS/42', 'read'],
  ['GET', '/v2/scans/42/result', 'read'],
  ['GET', '/v1/scans/sample', 'sample'],
  ['GET', '/v2/scans/4-2.json', 'read'],
  ['GET', '/v2/scans/42xjson', undefined],
  ['GET', '/v2/days/1-2', 'read'],
  ['GET', '/v2/days/1', undefined],
  ['GET', '/v1/scans', undefined],
  ['GET', '/v1/scans/', undefined],
  ['GET', '/v1/scans//', undefined],
  ['GET', '/v1/scans/42/photo', undefined],
  ['DELETE', '/v1/scans/42', undefined],
  ['GET', '/wp-admin.php', undefined],
  ['GET', '/', undefined],
])('%s %s is the step %s', (method, path, name) => {
  expect(match(method, path)?.step).toBe(name)
})
