import { expect, test } from 'vitest'
import { decideIncident, type IncidentCommand } from './command.ts'
import { foldIncident, type IncidentEvent } from './incident.ts'

const OPENED: IncidentEvent = {
  ...{ type: 'opened', at: 1, title: 'Scans fail', journeys: [], episodes: [], drill: false },
}
const context = { now: 2, by: 'aoi', key: 'INC-0001', keys: ['INC-0001'], journeys: [], zone: 'UTC' }

function say(log: readonly IncidentEvent[], command: Extract<IncidentCommand, { type: 'help' }>) {
  const decision = decideIncident(foldIncident('INC-0001', log), command, context)
  if (!decision.ok) throw new Error(decision.problems.map(({ message }) => message).join('; '))
  return [...log, ...decision.events]
}

test('the later answer holds and the log keeps both; it may be given after the end', () => {
  const resolved: IncidentEvent = { type: 'resolved', at: 1 }
  const first = say([OPENED, resolved], { type: 'help', helped: 'no', runbook: ' pay.md ', note: ' no command ' })
  const second = say(first, { type: 'help', helped: 'yes' })
  const third = say(second, { type: 'help', helped: 'partly', runbook: 'pay.md' })
  const runbooks = (log: readonly IncidentEvent[]) => foldIncident('INC-0001', log)?.runbooks
  expect(runbooks(first)).toEqual([{ helped: 'no', runbook: 'pay.md', note: 'no command', by: 'aoi', at: 2 }])
  expect(runbooks(second)).toEqual([{ helped: 'yes', by: 'aoi', at: 2 }])
  expect(runbooks(third)).toEqual([{ helped: 'partly', runbook: 'pay.md', by: 'aoi', at: 2 }])
  expect(third.filter(({ type }) => type === 'helped')).toHaveLength(3)
})

test('of several runbooks each has its answer, until one is given that names none', () => {
  const two = say(say([OPENED], { type: 'help', helped: 'no', runbook: 'pay.md' }), {
    ...{ type: 'help', helped: 'yes', runbook: 'cart.md' },
  })
  const said = (log: readonly IncidentEvent[]) =>
    foldIncident('INC-0001', log)?.runbooks?.map(({ runbook, helped }) => [runbook, helped])
  expect(said(two)).toEqual([
    ['pay.md', 'no'],
    ['cart.md', 'yes'],
  ])
  expect(said(say(two, { type: 'help', helped: 'none' }))).toEqual([[undefined, 'none']])
})

test.each([
  [{ helped: 'none', runbook: 'pay.md' }, 'because `none` says that there was none'],
  [{ helped: 'yes', runbook: ' ' }, 'Expected `runbook` to have 1 to 2000 characters, got nothing'],
  [{ helped: 'yes', note: '' }, 'Expected `note` to have 1 to 2000 characters, got nothing'],
] as const)('%j is refused', (said, message) => {
  expect(() => say([OPENED], { type: 'help', ...said })).toThrow(message)
})
