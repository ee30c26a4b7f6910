import { expect, test } from 'vitest'
import type { Around } from '../page/around.ts'
import { pageOf } from '../page/frame.ts'
import { AROUND } from '../testing/around.ts'
import { incidentView, summary } from '../testing/incident.ts'
import type { IncidentsView } from '../view/incidents.ts'
import { incidentsScreen } from './incidents.ts'

const { journeys } = incidentView()
const page = (view: Partial<IncidentsView>, around: Partial<Around> = {}) =>
  pageOf({ ...AROUND, ...around }, (context) =>
    incidentsScreen(context, { state: 'all', incidents: [], journeys, ...view }),
  )

test('incidents stand in the order of the books, drills marked, merged ones point on', () => {
  const text = page({
    incidents: [
      summary('INC-0003', { drill: true, level: 1 }),
      summary('INC-0002', { resolvedAt: AROUND.now, mergedInto: 'INC-0001' }),
      summary('INC-0001', { resolvedAt: AROUND.now }),
    ],
  })
  const rows = text.split('<tr>').slice(2)
  expect(rows.map((row) => /INC-\d{4}/.exec(row)?.[0])).toEqual(['INC-0003', 'INC-0002', 'INC-0001'])
  expect(rows[0]).toContain('DRILL')
  expect(rows[0]).toContain('<strong>open</strong>')
  expect(rows[1]).toContain('part of <a href="/incidents/INC-0001">')
  expect(rows[2]).not.toMatch(/DRILL|part of/)
})

test('the chosen state is marked, and each one leads to its list', () => {
  const text = page({ state: 'resolved' })
  expect(text).toContain('href="/incidents?state=open"')
  expect(text).toMatch(/href="\/incidents\?state=resolved" aria-current="page"/)
})

test('an empty list says that it is data, too, in the language of its reader', () => {
  const facts = {
    month: '2026-10',
    alerts: ([1, 3] as const).map((level) => ({ level, fired: 2, resolved: 2, stillOpen: 0 })),
    drills: { tierOne: { journeys: 1, practised: 0 }, held: [] },
  }
  expect(page({ facts })).toContain('No incidents yet. That is data, too. In October 2026: alerts 4, drills 0.')
  const ja = page({ facts, state: 'open' }, { language: 'ja' })
  expect(ja).toContain('対応中のインシデントはありません。')
  expect(ja).toContain('アラート4件、訓練0回')
})

test('one is opened by hand with the fields of the API, by who may', () => {
  const text = page({})
  expect(text).toContain('action="/do/incidents"')
  for (const name of ['title', 'level:number', 'journeys:list', 'drill:flag']) expect(text).toContain(`name="${name}"`)
  expect(page({}, { visitor: { may: 'write', by: 'name' } })).not.toContain('action="/do/incidents"')
})

test('what people wrote is text', () => {
  const text = page({ incidents: [summary('INC-0001', { title: '<img src=x>', journeys: ['"><b>'] })] })
  expect(text).not.toMatch(/<img|<b>/)
})
