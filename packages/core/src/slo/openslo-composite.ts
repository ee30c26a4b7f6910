import type { Definition } from '../journey/index.ts'
import { entriesOf, itemsOf } from '../problem/index.ts'
import { ANNOTATION } from './openslo-annotations.ts'
import { API_VERSION, type OpenSlo } from './openslo-document.ts'
import { LONGEST } from './openslo-part.ts'

/** What was exported, by the id of the objective or the name of the journey that it stands for. */
type Written = { readonly slos: ReadonlyMap<string, OpenSlo>; readonly services: ReadonlyMap<string, string> }

/**
 * The composites as SLOs with an indicator for each objective, made of the SLOs of their members. They have no alert policies:
 * members ring, and a reader that told of a composite as well would tell twice. What it is made of is read back from its Service.
 *
 * @param names a document's name for an id
 * @param notes what OpenSLO cannot say, where a composite has no SLO
 */
export function compositeSlos(
  { journeys }: Pick<Definition, 'journeys'>,
  { slos, services }: Written,
  names: (wanted: string, id: string) => string,
  notes: string[],
): readonly OpenSlo[] {
  return journeys.flatMap((journey) =>
    (journey.composites ?? []).flatMap((composite) => {
      const id = `${journey.name}/${composite.name}`
      const members = composite.members.flatMap((member) => {
        const slo = slos.get(member)
        return slo === undefined ? [] : [{ member, slo }]
      })
      const mixed = mixedIn(members.map(({ slo }) => slo))
      if (mixed !== undefined) {
        notes.push(`the composite ${id} has members ${mixed}, which one SLO cannot say, so only the annotation has it`)
        return []
      }
      const [first] = members
      if (first === undefined) return []
      const { timeWindow, budgetingMethod } = first.slo.spec
      const displayName = `${journey.title.en}: ${composite.name}`.slice(0, LONGEST.displayName)
      const annotations = { [ANNOTATION.composite]: composite.name }
      const objectives = members.flatMap(({ member, slo }) => {
        const { indicator, objectives } = slo.spec
        if (indicator === undefined) return []
        return objectives.map((objective) => ({ displayName: member, ...objective, indicator }))
      })
      const metadata = { name: names(id.replaceAll(/[/.]/g, '-'), id), displayName, annotations }
      const service = services.get(journey.name) ?? journey.name
      return [
        { apiVersion: API_VERSION, kind: 'SLO', metadata, spec: { service, timeWindow, budgetingMethod, objectives } },
      ]
    }),
  )
}

function mixedIn(members: readonly OpenSlo[]): string | undefined {
  const different = (of: (slo: OpenSlo) => unknown) => new Set(members.map((slo) => JSON.stringify(of(slo)))).size > 1
  if (different(({ spec }) => spec.timeWindow)) return 'over several windows'
  if (different(({ spec }) => spec.budgetingMethod)) return 'whose budgets are kept in several ways'
  return undefined
}

/**
 * Whether a composite is one that was exported: its Service says of what, and its members' SLOs say how they are measured.
 *
 * @param journey what the Service says of it
 * @param indicators of all SLOs that are no composites, as JSON
 * @returns why it is not, as a text
 */
export function foreignComposite(
  { metadata, spec }: OpenSlo,
  journey: ReadonlyMap<string, unknown> | undefined,
  indicators: ReadonlySet<string>,
): string | undefined {
  const name = metadata.annotations?.[ANNOTATION.composite] ?? ''
  const members = itemsOf(entriesOf(journey?.get('composites')).get(name))
  if (members.length === 0) return 'no Service says that it is a composite of objectives of journeys'
  const told = spec.objectives.map(({ displayName }) => displayName)
  if (JSON.stringify(told) !== JSON.stringify(members)) {
    return `its members are not those that were exported; ${ANNOTATION.journey} of its Service says which it has`
  }
  return spec.objectives.every(({ indicator }) => indicators.has(JSON.stringify(indicator)))
    ? undefined
    : 'its queries are not those of its members'
}
