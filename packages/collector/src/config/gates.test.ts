import { DEFAULT_INHIBITIONS } from '@tabiji/core/alert'
import { expect, test } from 'vitest'
import { AVAILABILITY, definitionOf } from '../jobs/testing/books.ts'
import { maintenanceProblems, statedMaintenance } from './gates.ts'
import { resolveConfig } from './resolve.ts'

const MINIMAL = { journeys: 'journeys.yaml', store: 'tabiji.db', routes: { page: [] } }
const AROUND = {
  file: '/etc/tabiji.yaml',
  env: {},
  isForbiddenAddress: () => false,
  readFile: () => ({ failure: 'ENOENT' }),
} as unknown as Parameters<typeof resolveConfig>[1]
const resolve = (stated: object) => resolveConfig({ ...MINIMAL, ...stated }, AROUND)
const WINDOW = { name: 'disks', from: '2026-11-01 03:00', to: '2026-11-01 04:00', reason: 'disks' }
const FILE = definitionOf(AVAILABILITY)

test('what inhibits what is the rule of everybody unless a configuration says otherwise', () => {
  expect(resolve({})).toMatchObject({ config: { inhibitions: DEFAULT_INHIBITIONS, maintenance: [] } })
  expect(resolve({ inhibit: [] })).toMatchObject({ config: { inhibitions: [] } })
  expect(resolve({ inhibit: [{ source: ['journey=login'], target: ['level!=1'] }] })).toMatchObject({
    config: {
      inhibitions: [
        {
          source: [{ label: 'journey', operator: '=', value: 'login' }],
          target: [{ label: 'level', operator: '!=', value: '1' }],
          equal: [],
        },
      ],
    },
  })
})

test('a matcher, a label and a time that are none are told at once', () => {
  const read = resolve({
    inhibit: [{ source: ['team=x'], target: ['level=1'], equal: ['team'] }],
    maintenance: [{ ...WINDOW, from: '03:00' }],
  })
  const problems = read.ok ? [] : read.problems.filter(({ severity }) => severity === 'error')
  expect(problems.map(({ path }) => path.join('.'))).toEqual([
    'inhibit.0.source.0',
    'inhibit.0.equal.0',
    'maintenance.0.from',
  ])
})

test('stated maintenance stands on the clocks of the journeys file, and must fit it', () => {
  const stated = { ...WINDOW, journeys: ['checkout'] }
  expect(statedMaintenance([stated], FILE)).toMatchObject([
    { key: 'disks', from: Date.parse('2026-11-01T03:00:00+09:00'), journeys: ['checkout'] },
  ])
  const wrong = { ...WINDOW, journeys: ['chekout'], rrule: 'weekly' }
  expect(statedMaintenance([wrong], FILE)).toEqual([])
  expect(maintenanceProblems([stated, wrong], FILE).map(({ code, path }) => [code, path.join('.')])).toEqual([
    ['MAINTENANCE_UNKNOWN_JOURNEY', 'maintenance.1.journeys'],
    ['MAINTENANCE_RRULE', 'maintenance.1.rrule'],
  ])
})
