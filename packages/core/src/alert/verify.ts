import type { Disagreement } from '../ledger/index.ts'
import { EPISODE_STATES, episodeId } from './episode.ts'

/** What a store says about alerts, as it is written there. */
export type AlertClaims = {
  readonly episodes: readonly {
    readonly id: string
    readonly number: number
    readonly rule: string
    readonly level: number
    /** The state by which the store finds it. */
    readonly state: string
    /** The state of the episode itself; absent when it cannot be read. */
    readonly ownState?: string
  }[]
  readonly outbox: readonly {
    readonly id: string
    readonly topic: string
    readonly state: string
    readonly kind: string
  }[]
  /** The states that a notification may be in. */
  readonly outboxStates: readonly string[]
}

const OF_ALERTS = ['trigger', 'reminder', 'resolve', 'withdraw']
const KINDS = [...OF_ALERTS, 'test', 'digest', 'trouble']

/** What cannot be true of alerts: two open ones of one rule, a notification of none, a state that nobody knows. */
export function verifyAlerts({ episodes, outbox, outboxStates }: AlertClaims): readonly Disagreement[] {
  const found: Disagreement[] = []
  const open = new Map<string, string>()
  for (const { id, number, rule, level, state, ownState } of episodes) {
    const tell = (message: string) => found.push({ kind: 'episode', subject: id, message: `alert ${id} ${message}` })
    if (!EPISODE_STATES.some((known) => known === state)) tell(`has the unknown state ${state}`)
    if (ownState !== state) tell(`is kept as ${state}, and says of itself ${ownState ?? 'nothing that can be read'}`)
    if (id !== episodeId(number)) tell(`has the number ${number}`)
    if (![1, 2, 3].includes(level)) tell(`has the unknown level ${level}`)
    if (state === 'closed') continue
    const other = open.get(rule)
    if (other !== undefined) tell(`is open beside ${other}, of the same rule ${rule}`)
    open.set(rule, id)
  }
  const known = new Set(episodes.map(({ id }) => id))
  for (const { id, topic, state, kind } of outbox) {
    const tell = (message: string) =>
      found.push({ kind: 'outbox', subject: id, message: `notification ${id} ${message}` })
    if (OF_ALERTS.includes(kind) && !known.has(topic)) tell(`is owed for alert ${topic}, which is not known`)
    if (!outboxStates.includes(state)) tell(`has the unknown state ${state}`)
    if (!KINDS.includes(kind)) tell(`has the unknown kind ${kind}`)
  }
  return found
}
