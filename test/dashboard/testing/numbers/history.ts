import { HOUR, isoIn, MINUTE } from '@tabiji/core/time'
import { hourOf, type StepName, TRAFFIC } from './journeys.ts'

const ZONE = 'Asia/Tokyo'
const FIRST = Date.parse('2026-10-01T00:00:00+09:00')
/** How much of the past is kept by the minute. */
export const FINE = 3 * HOUR
/** Ten days in which nobody read what follows parcels. */
const GAP = [Date.parse('2026-10-11T00:00:00+09:00'), Date.parse('2026-10-21T00:00:00+09:00')] as const

type Line = { readonly at: string; readonly [field: string]: unknown }

const names = Object.keys(TRAFFIC) as StepName[]
const services = [...new Set(names.map((name) => name.split('/')[0] ?? ''))]

/** What a step has counted by a moment since the beginning. */
function countedBy(name: StepName, at: number): readonly number[] {
  const [hours, rest] = [Math.floor((at - FIRST) / HOUR), (at - FIRST) % HOUR]
  const sums = [0, 0, 0, 0]
  for (let hour = 1; hour <= hours; hour++) {
    for (const [i, count] of hourOf(name, hour).entries()) sums[i] = (sums[i] ?? 0) + count
  }
  return hourOf(name, hours + 1).map((count, i) => (sums[i] ?? 0) + Math.floor((count * rest) / HOUR))
}

/** A reading of every service each hour, and each minute of the last hours. @param until the last one, milliseconds */
function readings(until: number): readonly Line[] {
  const fine = Math.floor((until - FINE) / HOUR) * HOUR
  const times: number[] = []
  for (let time = FIRST; time <= until; time += time < fine ? HOUR : MINUTE) times.push(time)
  return services.flatMap((service) => {
    const own = names.filter((name) => name.startsWith(`${service}/`))
    const read = service === 'gapped' ? times.filter((time) => time <= GAP[0] || time >= GAP[1]) : times
    return read.map((time) => ({
      ...{ kind: 'reading', at: isoIn(time, ZONE), process: `${service}-past`, service, startedAt: isoIn(FIRST, ZONE) },
      steps: own.map((name) => ({ journey: service, step: name.split('/')[1], counts: countedBy(name, time) })),
    }))
  })
}

const at = (day: string, clock = '12:00') => `2026-${day}T${clock}:00+09:00`
const incident = (key: string, when: string, command: object): Line => ({
  kind: 'incident',
  key,
  at: when,
  by: 'sato',
  command,
})
const fix = (key: string, when: string, command: object): Line => ({ kind: 'fix', key, at: when, by: 'mori', command })
const open = (title: string, level: number, ...journeys: string[]) =>
  ({ type: 'open', title, level, journeys, episodes: [], drill: false }) as const
const add = (title: string, kind: string, journey: string, due: string, more: object = {}) => ({
  type: 'add',
  title,
  kind,
  journey,
  due,
  ...more,
})

/** Two incidents and eleven fixes, in every state that a board has. */
const WORK: readonly Line[] = [
  incident('INC-0001', at('10-06', '14:00'), open('photos stay away', 1, 'import-photos')),
  incident('INC-0001', at('10-06', '14:30'), {
    type: 'time',
    moment: 'impactStarted',
    value: at('10-06', '13:00'),
    reason: 'the log says so',
  }),
  incident('INC-0001', at('10-06', '16:00'), {
    type: 'time',
    moment: 'mitigated',
    value: at('10-06', '15:23'),
    reason: 'the queue is empty',
  }),
  incident('INC-0001', at('10-06', '17:00'), { type: 'resolve' }),
  incident('INC-0002', at('11-09', '09:10'), open('addresses are lost', 2, 'mended', 'search')),
  incident('INC-0002', at('11-09', '11:47'), { type: 'resolve' }),
  fix(
    'FIX-0001',
    at('10-07'),
    add('retry uploads', 'mitigate', 'import-photos', '2026-10-20', { incident: 'INC-0001', owner: 'mori' }),
  ),
  fix('FIX-0001', at('10-19'), { type: 'done' }),
  fix(
    'FIX-0002',
    at('10-07'),
    add('bound the queue', 'prevent', 'import-photos', '2026-10-25', { incident: 'INC-0001' }),
  ),
  fix(
    'FIX-0003',
    at('10-08'),
    add('alert on age', 'detect', 'import-photos', '2026-10-16', { incident: 'INC-0001', owner: 'sato' }),
  ),
  fix('FIX-0003', at('10-15'), { type: 'move', due: '2026-11-06', reason: 'the metric is missing' }),
  fix('FIX-0003', at('11-05'), { type: 'move', due: '2026-11-13', reason: 'still missing' }),
  fix('FIX-0004', at('10-09'), add('write it down', 'process', 'search', '2026-10-30')),
  fix('FIX-0004', at('11-02'), { type: 'done' }),
  fix('FIX-0005', at('10-10'), add('two regions', 'prevent', 'checkout', '2026-12-10', { owner: 'abe' })),
  fix('FIX-0006', at('10-10'), add('old phones', 'prevent', 'odd', '2026-11-01')),
  fix('FIX-0006', at('10-28'), { type: 'accept', approver: 'ito', until: '2027-01-31', reason: 'few are left' }),
  fix('FIX-0007', at('10-11'), add('nobody asked', 'process', 'odd', '2026-11-11')),
  fix('FIX-0007', at('10-12'), { type: 'drop', reason: 'it is not ours' }),
  fix(
    'FIX-0008',
    at('11-09'),
    add('check the form', 'prevent', 'mended', '2026-11-19', { incident: 'INC-0002', owner: 'sato' }),
  ),
  fix('FIX-0008', at('11-10'), { type: 'block', reason: 'waits for legal' }),
  fix('FIX-0009', at('11-10'), add('keep a copy', 'mitigate', 'mended', '2026-11-30', { incident: 'INC-0002' })),
]

/** Everything that happened until then, as the lines of a history file. */
export function historyUntil(until: number): readonly string[] {
  const lines = [...readings(until), ...WORK]
  return lines.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)).map((line) => JSON.stringify(line))
}
