/** What a figure is: a number, or a word or a list that follows from numbers. */
export type Figure = number | boolean | string

type Row = Readonly<Record<string, unknown>>

/**
 * Words, dates and lists that are worked out and not typed by anybody, by path (`*` is any one segment). Numbers and truth values
 * are figures wherever they stand.
 */
const WORKED_OUT = [
  'journeys.*.objectives.*.state',
  'journeys.*.objectives.*.unjudged',
  'journeys.*.objectives.*.before.*.state',
  'journeys.*.policy.step',
  'journeys.*.policy.since',
  'journeys.*.policy.objective',
  'incidents.*.fixes',
  'fixes.asOf',
  'fixes.onTime.provisionalUntil',
  'fixes.open.*.created',
  'fixes.open.*.firstDue',
  'fixes.open.*.due',
  'fixList.*.state',
  'fixList.*.created',
  'fixList.*.firstDue',
  'fixList.*.due',
  'fixList.*.done',
  'statistics.debt.repeats.*.openSince',
  'statistics.debt.virtual.*.reasons',
  'statistics.debt.worth.*.incidents',
  'statistics.watched.*.verdict',
  'statistics.watched.*.incidents',
].map(patternOf)

/** Matches the paths of a pattern: `*` stands for one segment, `**` for any. */
export function patternOf(pattern: string): RegExp {
  const escaped = pattern.replace(/[.?+^$[\]\\(){}|/]/g, String.raw`\$&`)
  return new RegExp(`^${escaped.replace(/\*\*|\*/g, (star) => (star === '**' ? '.*' : '[^.]*'))}$`)
}

/**
 * All figures of a document by path. An item of a list is called by what it is about and not by its place, so a list that is
 * sorted another way is the same one, and one that lacks an item is not.
 */
export function figuresOf(document: unknown): ReadonlyMap<string, Figure> {
  const found = new Map<string, Figure>()
  for (const { path, figure } of leavesOf(document, '', '')) {
    if (found.has(path)) throw new Error(`Expected one figure at ${path}, got two`)
    found.set(path, figure)
  }
  return found
}

/** The figures by what they are figures of: the paths of all items of a list are one, with `*` for the item. */
export function kindsOf(document: unknown): ReadonlyMap<string, readonly Figure[]> {
  const found = new Map<string, Figure[]>()
  for (const { kind, figure } of leavesOf(document, '', '')) found.set(kind, [...(found.get(kind) ?? []), figure])
  return found
}

type Leaf = { readonly path: string; readonly kind: string; readonly figure: Figure }

function* leavesOf(value: unknown, path: string, kind: string): Iterable<Leaf> {
  const figure = figureAt(value, path)
  if (figure !== undefined) yield { path, kind, figure }
  if (figure !== undefined || typeof value !== 'object' || value === null) return
  const under = (parent: string, name: string) => (parent === '' ? name : `${parent}.${name}`)
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* leavesOf(item, under(path, nameOf(item, i)), under(kind, '*'))
    return
  }
  for (const [name, item] of Object.entries(value)) yield* leavesOf(item, under(path, name), under(kind, name))
}

function figureAt(value: unknown, path: string): Figure | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (!WORKED_OUT.some((pattern) => pattern.test(path))) return undefined
  if (typeof value === 'string') return value
  return Array.isArray(value) ? value.join(' ') : undefined
}

/** In this order: what an item is about. */
const NAMES = ['name', 'key', 'date', 'month', 'fix', 'incident', 'objective', 'figure', 'reason', 'level', 'fromDays']

function nameOf(item: unknown, place: number): string {
  if (typeof item !== 'object' || item === null) return String(place)
  const row = item as Row
  if (typeof row['on'] === 'string') return [row['on'], row['key'] ?? beginningOf(row)].join(' ').trim()
  if (row['openSince'] !== undefined) return `${row['incident']} ${row['fix']}`
  if (Array.isArray(row['buckets'])) return `level ${row['level'] ?? 'none'}`
  const name = NAMES.map((one) => row[one]).find((one) => one !== undefined)
  return String(name ?? row['days'] ?? place)
}

function beginningOf({ from }: Row): string {
  return typeof from === 'string' ? new Date(from).toISOString().slice(0, 13) : ''
}

/** What two ways of counting say differently, each with its path; nothing when they agree on every figure. */
export function differences(
  told: ReadonlyMap<string, Figure>,
  counted: ReadonlyMap<string, Figure>,
  isStated: (path: string) => boolean,
): readonly string[] {
  const paths = [...new Set([...told.keys(), ...counted.keys()])].filter((path) => !isStated(path))
  return paths.flatMap((path) => {
    const [one, other] = [told.get(path), counted.get(path)]
    if (one === other) return []
    return [`${path}: the facts say ${one ?? 'nothing'}, counted again it is ${other ?? 'nothing'}`]
  })
}
