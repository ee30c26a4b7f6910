import type { ForeignClaim } from '@tabiji/core/alert'
import type { Definition, Journey, Level } from '@tabiji/core/journey'
import { ALERT } from '@tabiji/core/ruler'
import type { DeliveredClaim } from '../../ports/foreign-alerts.ts'

/** How alerts of others become ours, by their labels. */
export type ForeignMapping = {
  /** The level of each value of the label `severity`. */
  readonly severities: Readonly<Record<string, Level>>
  /** The journey of alerts that name none, or one that is not in the file. */
  readonly catchAll?: string
  /** How often an alert is told again while it fires, milliseconds. */
  readonly repeatMs: number
}

type Mapped =
  | { readonly kind: 'claim'; readonly claim: ForeignClaim; readonly warning?: string }
  | { readonly kind: 'own' | 'refused'; readonly why: string }

const OWN = new Set<string>(Object.values(ALERT))
const LONGEST = { name: 200, summary: 500, description: 1_000, address: 2_000 } as const

/** Which journey, level and objective an alert is about. */
export function mapForeign(
  alert: DeliveredClaim,
  mapping: ForeignMapping,
  { journeys }: Definition,
  now: number,
): Mapped {
  const { labels, annotations, fingerprint, generatorUrl } = alert
  const name = labels['alertname'] ?? 'unnamed'
  if (isOurs(alert))
    return { kind: 'own', why: `${name} is an alert of this collector's own rules, and rings here already` }
  const stated = labels['journey']
  const found = journeys.find((each) => each.name === stated) ?? journeys.find((each) => each.name === mapping.catchAll)
  if (found === undefined) return { kind: 'refused', why: unknownJourney(name, stated, mapping) }
  const level = levelOf(labels, mapping)
  const objective = objectiveOf(labels, found)
  const runbook = [annotations['runbook_url'], annotations['runbook']].find(isAddress)
  const summary = [annotations['summary'], annotations['message'], annotations['title']].find(
    (each) => each !== undefined,
  )
  const { description } = annotations
  return {
    kind: 'claim',
    claim: {
      fingerprint,
      journey: found.name,
      level: level ?? 2,
      name: cut(name, LONGEST.name),
      ...(summary !== undefined && { summary: cut(summary, LONGEST.summary) }),
      ...(description !== undefined && { description: cut(description, LONGEST.description) }),
      ...(runbook !== undefined && { runbook }),
      ...(isAddress(generatorUrl) && { url: generatorUrl }),
      ...(objective !== undefined && { objective }),
      // A clock over there that is ahead must not begin it in the future.
      startsAt: Math.min(alert.startsAt, now),
      isFiring: alert.isFiring,
      toldAt: now,
    },
    ...(level === undefined && {
      warning: `${name} has no level: state the label \`level\`, or its severity in \`hooks.alertmanager.severities\`; it is taken as level 2`,
    }),
  }
}

/** Rules of `tabiji rules` have these names, and so has what this collector tells an Alertmanager; the latter names the episode. */
function isOurs({ labels, annotations }: DeliveredClaim): boolean {
  const name = labels['alertname'] ?? ''
  return OWN.has(name) || /^Tabiji[A-Z]/.test(name) || isEpisode(labels['episode']) || isEpisode(annotations['episode'])
}

function isEpisode(text: string | undefined): boolean {
  return text !== undefined && /^A-\d{4,}$/.test(text)
}

const NAMES: Readonly<Record<string, Level>> = { '1': 1, '2': 2, '3': 3, page: 1, ticket: 2, notice: 3 }

/** The label `level` says it itself; else the severity, by what is configured. */
function levelOf({ level, severity }: DeliveredClaim['labels'], { severities }: ForeignMapping): Level | undefined {
  const stated = level === undefined || !Object.hasOwn(NAMES, level) ? undefined : NAMES[level]
  if (stated !== undefined || severity === undefined) return stated
  return Object.hasOwn(severities, severity) ? severities[severity] : undefined
}

/** `slo: availability` or `slo: checkout/availability`. */
function objectiveOf({ slo }: DeliveredClaim['labels'], { name, objectives }: Journey): string | undefined {
  return objectives.find((each) => slo === each.name || slo === `${name}/${each.name}`)?.name
}

function unknownJourney(name: string, journey: string | undefined, { catchAll }: ForeignMapping): string {
  const found =
    journey === undefined
      ? 'has no label `journey`'
      : `names the journey "${cut(journey, 100)}", which is not in the file`
  const mend =
    catchAll === undefined
      ? 'state `hooks.alertmanager.catchAll` to take it all the same'
      : `and neither is "${catchAll}", which \`hooks.alertmanager.catchAll\` states`
  return `${name} ${found}; ${mend}`
}

function isAddress(text: string | undefined): text is string {
  return text !== undefined && text.length <= LONGEST.address && /^https?:\/\/\S+$/.test(text)
}

function cut(text: string, most: number): string {
  const points = [...text]
  return points.length <= most ? text : `${points.slice(0, most - 1).join('')}…`
}
