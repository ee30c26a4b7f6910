import type { WorkLine } from '../lines.ts'

/** A cause of an incident, and the fix that removes it. */
type Cause = { readonly id: string; readonly fix: string | undefined }

/** What the lines of an incident come to. Milliseconds; absent while nobody has said it. */
export type IncidentFacts = {
  readonly level: number
  readonly drill: boolean
  readonly journeys: readonly string[]
  readonly episodes: readonly string[]
  /** When the impact began, else when it was noticed. */
  readonly began: number
  readonly impactStarted: number | undefined
  readonly detected: number | undefined
  readonly delivered: number | undefined
  readonly acknowledged: number | undefined
  readonly mitigated: number | undefined
  readonly resolved: number | undefined
  readonly causes: readonly Cause[]
}

export function factsOfIncident(lines: readonly WorkLine[]): IncidentFacts {
  const [opened] = lines
  if (opened === undefined) throw new Error('Expected an incident to have lines')
  const command = opened.command as Readonly<Record<string, unknown>>
  const moment = (name: string) => {
    const said = lines.findLast((line) => line.command['moment'] === name)?.command['value']
    return said === undefined ? undefined : typeof said === 'number' ? said : Date.parse(String(said))
  }
  const [openedAt, detected, impactStarted] = [Date.parse(opened.at), moment('detected'), moment('impactStarted')]
  const over = lines.find((line) => line.command.type === 'resolve')
  return {
    ...{ level: Number(command['level']), drill: command['drill'] === true },
    journeys: command['journeys'] as readonly string[],
    episodes: lines.flatMap((line) => (line.command as { episodes?: readonly string[] }).episodes ?? []),
    began: impactStarted ?? Math.min(detected ?? openedAt, openedAt),
    ...{
      impactStarted,
      detected,
      delivered: moment('delivered'),
      acknowledged: moment('acknowledged'),
      mitigated: moment('mitigated'),
    },
    resolved: over === undefined ? undefined : Date.parse(over.at),
    causes: lines
      .filter((line) => line.command.type === 'addCause')
      .map(({ command: { id, fix } }) => ({ id: String(id), fix: fix === undefined ? undefined : String(fix) })),
  }
}
