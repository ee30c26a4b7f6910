import type { Desk } from '../time/index.ts'
import type { AlertFacts } from './facts.ts'
import { askHours } from './gate-hours.ts'
import { type Inhibition, inhibitorOf, type Source, sourcesOf } from './inhibition.ts'
import { type ActiveMaintenance, maintenanceOf } from './maintenance.ts'
import { labelsOf } from './matcher.ts'
import { isEnd } from './message-facts.ts'
import { type Silence, silencedBy } from './silence.ts'
import { pass, type Verdict } from './verdict.ts'

/** How things stand when the gates are asked. */
export type GateRules = {
  /** When the owner of a journey is at work. */
  readonly deskOf: (owner: string | undefined) => Desk
  readonly now: number
  /** End of the time after start in which targets are still being read for the first time. */
  readonly graceUntil: number
  readonly inhibitions: readonly Inhibition[]
  /** Alerts that are open and of which somebody is told unless a gate forbids it. */
  readonly open: readonly AlertFacts[]
  /** Silences and maintenance in force. */
  readonly silences: readonly Silence[]
  readonly maintenance: readonly ActiveMaintenance[]
}

/** {@link GateRules}, ready to be asked about many alerts. */
export type Standing = Omit<GateRules, 'open' | 'inhibitions'> & { readonly sources: readonly Source[] }

/** Whom nobody is told of must not keep others quiet: what is silenced, or under maintenance, inhibits nothing. */
export function standingOf({ open, inhibitions, ...rules }: GateRules): Standing {
  const heard = open.filter(
    (facts) =>
      // Practice keeps nothing real quiet.
      facts.drill === undefined &&
      silencedBy(labelsOf(facts), rules.silences) === undefined &&
      maintenanceOf(facts.journey.name, rules.maintenance) === undefined,
  )
  return { ...rules, sources: sourcesOf(heard, inhibitions) }
}

/**
 * Asks the gates that judge an alert whoever is told of it, in their order. The end of an alert
 * waits for the desk as its beginning does, so that the two arrive in order, and is never silenced: whoever was told of the
 * beginning is told of it, and nobody else is.
 */
export function askGates(facts: AlertFacts, standing: Standing): readonly Verdict[] {
  const { now, graceUntil } = standing
  const grace: Verdict =
    now >= graceUntil ? pass('startup_grace') : { gate: 'startup_grace', verdict: 'defer', until: graceUntil }
  const hours = askHours(
    facts.level,
    facts.journey.owner,
    { since: Math.max(facts.at, graceUntil), now },
    standing.deskOf(facts.journey.owner),
  )
  if (isEnd(facts.kind)) return [grace, pass('inhibition'), pass('silence'), pass('maintenance'), hours]
  return [grace, askInhibition(facts, standing), askSilence(facts, standing), askMaintenance(facts, standing), hours]
}

function askInhibition(facts: AlertFacts, { sources }: Standing): Verdict {
  const source = inhibitorOf(facts, sources)
  if (source === undefined) return pass('inhibition')
  return { gate: 'inhibition', verdict: 'defer', by: { kind: 'alert', id: source.episode, rule: source.rule } }
}

function askSilence(facts: AlertFacts, { silences }: Standing): Verdict {
  const silence = silencedBy(labelsOf(facts), silences)
  if (silence === undefined) return pass('silence')
  const { key, owner, reason, to } = silence
  return { gate: 'silence', verdict: 'defer', until: to, by: { kind: 'silence', key, owner, reason } }
}

function askMaintenance({ journey }: AlertFacts, { maintenance }: Standing): Verdict {
  const found = maintenanceOf(journey.name, maintenance)
  if (found === undefined) return pass('maintenance')
  const { key, reason, to } = found
  return { gate: 'maintenance', verdict: 'defer', until: to, by: { kind: 'maintenance', key, reason } }
}
