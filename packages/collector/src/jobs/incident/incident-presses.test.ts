import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openAlertDesk } from '../../testing/alert-desk.ts'
import { openWorkDesk, type WorkDesk } from '../../testing/work-desk.ts'
import { createIncidentPresses } from './incident-presses.ts'

const IDS = Array.from({ length: 12 }, (_, i) => `step-${i}`)
const items = IDS.map((id) => ({ id, text: { en: id, ja: id } }))
const RULES = { checklists: { 1: items, 2: items, 3: items }, updateEvery: {} }
const some = fc.uniqueArray(fc.nat({ max: 9 }), { maxLength: 10 })

let desk: WorkDesk
beforeEach(() => {
  desk = openWorkDesk(undefined, RULES)
})
afterEach(() => desk.close())

const presses = () => createIncidentPresses({ ...desk, alerts: openAlertDesk().store, via: 'slack' })
const ticked = (key: string) => {
  const read = desk.response.checklist(key)
  if (!read.ok) throw new Error('Expected a list')
  return read.value.items.flatMap((item, i) => (item.ticked ? [i] : []))
}
const opened = () => {
  const stated = { title: 'Scans fail', journeys: [], episodes: [], drill: false }
  const result = desk.work.openIncident({ type: 'open', ...stated, level: 1 })
  if (!result.ok) throw new Error('Expected an incident')
  return result.value.incident.key
}

test('whatever others did since, a press changes what was changed in the message and nothing else', () => {
  const press = presses()
  fc.assert(
    fc.property(fc.constantFrom(0, 1), some, some, some, (part, first, since, chosen) => {
      const key = opened()
      const inPart = (indexes: readonly number[]) => indexes.filter((i) => part * 10 + i < IDS.length)
      const idOf = (i: number) => IDS[part * 10 + i] ?? ''
      const [seen, changed, selected] = [inPart(first), inPart(since), inPart(chosen)]
      for (const i of seen) desk.work.changeIncident(key, { type: 'tick', item: idOf(i) }, 'mio')
      const revision = desk.store.incidentHistory(key).events.length
      for (const i of changed) {
        const type = seen.includes(i) ? 'untick' : 'tick'
        desk.work.changeIncident(key, { type, item: idOf(i) }, 'mio')
      }
      const boxes = { receiver: 'bot', incident: key, revision, from: part * 10, count: 10 }
      expect(press.tick({ ...boxes, ticked: seen, selected: selected.map(idOf) }, 'ken')).toBeUndefined()
      const expected = Array.from({ length: 10 }, (_, i) => i).filter((i) => {
        const pressed = seen.includes(i) !== selected.includes(i)
        return pressed ? selected.includes(i) : seen.includes(i) !== changed.includes(i)
      })
      expect(ticked(key)).toEqual(expected.map((i) => part * 10 + i).filter((i) => i < IDS.length))
    }),
    { numRuns: 60 },
  )
})

test('a message of an incident that is not known, or not yet so far, changes nothing', () => {
  const key = opened()
  const boxes = { receiver: 'bot', from: 0, count: 10, ticked: [], selected: ['step-1'] }
  expect(presses().tick({ ...boxes, incident: 'INC-0099', revision: 3 }, 'ken')).toMatchObject({ kind: 'unchanged' })
  expect(presses().tick({ ...boxes, incident: key, revision: 0 }, 'ken')).toMatchObject({ kind: 'unchanged' })
  expect(ticked(key)).toEqual([])
})

test('an item that is on the list no more is told to who pressed it', () => {
  const key = opened()
  const { events } = desk.store.incidentHistory(key)
  const shorter = { type: 'checklistSet', at: 1, level: 1, items: items.slice(1) } as const
  desk.store.appendIncident(key, [shorter])
  const boxes = { receiver: 'bot', incident: key, revision: events.length, from: 0, count: 10, ticked: [] }
  const outcome = presses().tick({ ...boxes, selected: ['step-0'] }, 'ken')
  expect(outcome).toMatchObject({ kind: 'unchanged', message: expect.stringContaining('step-0') })
})
