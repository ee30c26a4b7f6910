import { entriesOf, expected, hintFor, itemsOf, type Path, type Problem, unknownName } from '../problem/index.ts'
import type { Composite, Journey, Objective } from './definition.ts'
import { windowText } from './window.ts'

/**
 * The journeys with their composites. What they are made of may stand beneath any journey of the file, so this comes last; what is
 * wrong goes to `problems`.
 *
 * @param listed the document's journeys by name
 */
export function resolveComposites(
  listed: ReadonlyMap<string, unknown>,
  journeys: readonly Journey[],
  problems: Problem[],
): readonly Journey[] {
  const known = new Map(
    journeys.flatMap(({ name, objectives }) =>
      objectives.map((objective) => [`${name}/${objective.name}`, objective] as const),
    ),
  )
  return journeys.map((journey) => {
    const stated = entriesOf(entriesOf(listed.get(journey.name)).get('composites'))
    const composites = [...stated].flatMap(([name, members]) => {
      const path = ['journeys', journey.name, 'composites', name]
      return resolveComposite({ name, members, path }, journey, known, [...stated.keys()], problems)
    })
    return composites.length === 0 ? journey : { ...journey, composites }
  })
}

type Stated = { readonly name: string; readonly members: unknown; readonly path: Path }

function resolveComposite(
  { name, members, path }: Stated,
  journey: Journey,
  known: ReadonlyMap<string, Objective>,
  composites: readonly string[],
  problems: Problem[],
): readonly Composite[] {
  const own = journey.objectives.map((objective) => objective.name)
  if (own.includes(name)) {
    const what = 'a name that no objective of the journey has'
    problems.push(expected('JOURNEYS_COMPOSITE_NAME', path, what, name, { part: 'key' }))
  }
  const ids: string[] = []
  const names = members === 'all' ? own : itemsOf(members)
  for (const [i, member] of names.entries()) {
    if (typeof member !== 'string') continue
    const id = member.includes('/') ? member : `${journey.name}/${member}`
    const at = members === 'all' ? path : [...path, i]
    if (!known.has(id)) problems.push(unknownMember(member, at, own, known, composites))
    else if (ids.includes(id))
      problems.push(expected('JOURNEYS_COMPOSITE_TWICE', at, 'a member that is named once', member))
    else ids.push(id)
  }
  if (names.length < 2) {
    const hint = 'with one member it says what that says already'
    problems.push(expected('JOURNEYS_COMPOSITE_SMALL', path, 'at least two members', names.length, { hint }))
  }
  problems.push(...windowProblems(ids, known, path))
  return [{ name, members: ids }]
}

function unknownMember(
  member: string,
  path: Path,
  own: readonly string[],
  known: ReadonlyMap<string, Objective>,
  composites: readonly string[],
): Problem {
  if (composites.includes(member)) {
    const hint = 'name its members here: the worst of all of them is the worst of the worst'
    const what = 'an objective, which a composite is none'
    return expected('JOURNEYS_COMPOSITE_OF_COMPOSITES', path, what, member, { hint })
  }
  const what = 'the name of an objective of the journey, or JOURNEY/OBJECTIVE'
  const found = unknownName('JOURNEYS_COMPOSITE_MEMBER', path, what, member, own)
  const elsewhere = hintFor(member, [...known.keys()])
  return elsewhere === undefined || found.hint !== undefined ? found : { ...found, hint: elsewhere }
}

/** What is left of a week and of a month cannot be compared as what is left of two months can. */
function windowProblems(ids: readonly string[], known: ReadonlyMap<string, Objective>, path: Path): readonly Problem[] {
  const windows = new Set(ids.flatMap((id) => known.get(id)?.window ?? []).map(windowText))
  if (windows.size < 2) return []
  const what = 'members that are kept over one window'
  const hint = 'the worst is the one of whose budget the least is left, whatever it is a budget of'
  return [expected('JOURNEYS_COMPOSITE_WINDOWS', path, what, [...windows].join(', '), { severity: 'warning', hint })]
}
