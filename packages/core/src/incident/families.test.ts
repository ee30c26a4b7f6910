import { describe, expect, test } from 'vitest'
import { decideIncident, type IncidentCommand } from './command.ts'
import { foldIncident, type IncidentEvent } from './incident.ts'

const ZONE = 'Asia/Tokyo'
const at = (time: string) => Date.parse(`2026-10-20T${time}+09:00`)
const OPENED: IncidentEvent = {
  ...{ type: 'opened', at: at('13:05:00'), title: 'Scans fail', journeys: [], episodes: [], drill: false },
}

function decideAt(now: string, log: readonly IncidentEvent[], command: IncidentCommand, by?: string) {
  const context = { now: at(now), key: 'INC-0001', keys: ['INC-0001'], journeys: [], zone: ZONE }
  return decideIncident(foldIncident('INC-0001', log), command, { ...context, ...(by !== undefined && { by }) })
}

function recordAll(...steps: readonly (readonly [now: string, command: IncidentCommand, by?: string])[]) {
  const log: IncidentEvent[] = [OPENED]
  for (const step of steps) {
    const [now, command, by] = step
    const decision = decideAt(now, log, command, by)
    if (!decision.ok) throw new Error(decision.problems.map(({ message }) => message).join('; '))
    log.push(...decision.events)
  }
  return log
}

const standing = (log: readonly IncidentEvent[]) => foldIncident('INC-0001', log)
const messages = (decision: ReturnType<typeof decideAt>) =>
  decision.ok ? [] : decision.problems.map(({ message }) => message)

describe('a role', () => {
  test('is taken in one step, also from somebody else, and handed over with a note', () => {
    const log = recordAll(
      ['13:06:00', { type: 'takeRole', role: 'lead' }, 'suzuki'],
      ['13:07:00', { type: 'takeRole', role: 'comms', name: 'tanaka' }, 'suzuki'],
      ['14:00:00', { type: 'handOver', role: 'lead', to: 'sato', note: 'rolled back, watch the queue' }, 'suzuki'],
    )
    expect(standing(log)?.roles).toEqual({
      lead: { name: 'sato', since: at('14:00:00') },
      comms: { name: 'tanaka', since: at('13:07:00') },
    })
    expect(log.at(-1)).toMatchObject({ type: 'handedOver', from: 'suzuki', name: 'sato' })
  })

  test('of the lead is an acknowledgement, the first one', () => {
    const log = recordAll(
      ['13:06:00', { type: 'takeRole', role: 'scribe' }, 'sato'],
      ['13:08:00', { type: 'takeRole', role: 'lead' }, 'suzuki'],
      ['13:30:00', { type: 'takeRole', role: 'lead' }, 'tanaka'],
    )
    expect(standing(log)?.times.acknowledged).toEqual({ at: at('13:08:00'), origin: 'person' })
  })

  test('needs a name, and somebody else than who has it', () => {
    expect(messages(decideAt('13:06:00', [OPENED], { type: 'takeRole', role: 'lead' }))).toEqual([
      'Expected a name of 1 to 100 characters for who has the role, got nothing',
    ])
    const log = recordAll(['13:06:00', { type: 'takeRole', role: 'lead' }, 'suzuki'])
    expect(messages(decideAt('13:07:00', log, { type: 'takeRole', role: 'lead' }, 'suzuki'))).toEqual([
      'Expected somebody else to take lead of INC-0001, but suzuki has it already',
    ])
  })
})

describe('a time', () => {
  const derive = (value: number | undefined): IncidentCommand => ({
    ...{ type: 'deriveTime', moment: 'impactStarted', origin: 'books' as const },
    ...(value !== undefined && { value }),
  })

  test('that is derived follows the books until somebody states it', () => {
    const log = recordAll(['13:06:00', derive(at('13:02:00'))], ['13:07:00', derive(at('13:01:00'))])
    expect(standing(log)?.times.impactStarted).toEqual({ at: at('13:01:00'), origin: 'books' })
    const unknown = decideAt('13:08:00', log, derive(undefined))
    expect(standing([...log, ...(unknown.ok ? unknown.events : [])])?.times).toEqual({})
    const stated: IncidentEvent = {
      type: 'timed',
      at: at('13:09:00'),
      moment: 'impactStarted',
      value: 1,
      reason: 'graph',
    }
    const derived: IncidentEvent = {
      type: 'timeDerived',
      at: at('13:10:00'),
      moment: 'impactStarted',
      value: 2,
      origin: 'books',
    }
    expect(standing([OPENED, stated, derived])?.times.impactStarted).toEqual({ at: 1, origin: 'person', stated: true })
  })

  test('that is known already, or stated, is not recorded again', () => {
    const log = recordAll(['13:06:00', derive(at('13:02:00'))])
    expect(decideAt('13:07:00', log, derive(at('13:02:00')))).toEqual({ ok: true, events: [] })
    expect(decideAt('13:07:00', [OPENED], derive(undefined))).toEqual({ ok: true, events: [] })
  })

  test('that was derived does not forbid a statement', () => {
    const log = recordAll(['13:06:00', derive(at('13:02:00'))])
    const stated = { type: 'time', moment: 'detected', value: '13:00', reason: 'a customer called' } as const
    expect(decideAt('13:07:00', log, stated).ok).toBe(true)
  })

  test('of the end is corrected once there is one', () => {
    const end = { type: 'time', moment: 'resolved', value: '14:00', reason: 'forgot to say' } as const
    expect(messages(decideAt('15:00:00', [OPENED], end))).toEqual([
      'Expected INC-0001 to be resolved, but it is still open',
    ])
    const log = recordAll(['15:00:00', { type: 'resolve' }], ['15:01:00', end])
    expect(standing(log)?.resolvedAt).toBe(at('14:00:00'))
  })
})

test('a status goes to and fro while the incident is open', () => {
  const set = (status: 'investigating' | 'identified' | 'monitoring') => ({ type: 'setStatus', status }) as const
  const log = recordAll(
    ['13:06:00', set('monitoring')],
    ['13:07:00', set('investigating')],
    ['13:08:00', set('identified')],
  )
  expect(standing(log)?.status).toBe('identified')
  expect(messages(decideAt('13:09:00', log, set('identified')))).toEqual([
    'Expected INC-0001 to get another status, but it is identified already',
  ])
  const over = recordAll(['14:00:00', { type: 'resolve' }])
  expect(standing(over)?.status).toBe('resolved')
  expect(messages(decideAt('15:00:00', over, set('monitoring')))[0]).toMatch('Expected INC-0001 to be open')
})
