import { compareProducts } from '@tabiji/core/budget'
import type { BudgetState } from '@tabiji/core/report'
import { type JourneyStanding, type Standing, stateOf, worstFirst, worstOf } from './standing.ts'

export const GROUPS = ['team', 'tier', 'none'] as const
export const SORTS = ['worst', 'name', 'target', 'result', 'left', 'burn', 'open'] as const
export const STATES = ['burning', 'spent', 'risk', 'watch', 'healthy', 'unjudged'] as const
export type Sort = (typeof SORTS)[number]
export type ShownState = (typeof STATES)[number]

/** How the reader of the overview wants it; all of it stands in the page's address. */
export type Wish = {
  /** Part of a name, a title or a team. */
  readonly filter: string
  readonly group: (typeof GROUPS)[number]
  /** Only journeys that stand so; absent: all. */
  readonly state?: ShownState
  readonly sort: Sort
  /** From the other end. */
  readonly reversed: boolean
  /** Names of the journeys that show all their objectives. */
  readonly unfolded: readonly string[]
  readonly kiosk: boolean
}

const LONGEST = 200
const MOST_UNFOLDED = 100

/** Reads a wish from an address; what it does not know it takes for nothing said. */
export function wishIn(query: Readonly<Record<string, unknown>>): Wish {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name].slice(0, LONGEST) : '')
  const sort = text('sort')
  const state = STATES.find((each) => each === text('state'))
  const open = typeof query['open'] === 'string' ? query['open'] : ''
  return {
    filter: text('q'),
    group: GROUPS.find((each) => each === text('group')) ?? 'team',
    ...(state !== undefined && { state }),
    sort: SORTS.find((each) => each === sort.replace(/^-/, '')) ?? 'worst',
    reversed: sort.startsWith('-'),
    unfolded: open
      .split(',')
      .slice(0, MOST_UNFOLDED)
      .filter((name) => name !== ''),
    kiosk: text('kiosk') === '1',
  }
}

/** The address of the overview with a part of the wish changed; what is usual is not said. @param path such as `/journeys.csv` */
export function wishAddress(wish: Wish, change: Partial<Wish> = {}, path = '/journeys'): string {
  const { filter, group, state, sort, reversed, unfolded, kiosk } = { ...wish, ...change }
  const said: [string, string][] = [
    ['q', filter],
    ['group', group === 'team' ? '' : group],
    ['state', state ?? ''],
    ['sort', reversed ? `-${sort}` : sort === 'worst' ? '' : sort],
    ['open', unfolded.join(',')],
    ['kiosk', kiosk ? '1' : ''],
  ]
  const query = new URLSearchParams(said.filter(([, value]) => value !== ''))
  return query.size === 0 ? path : `${path}?${query}`
}

/** The journeys that are meant, whatever their state. */
export function matching(journeys: readonly JourneyStanding[], { filter }: Wish): readonly JourneyStanding[] {
  const sought = filter.trim().toLocaleLowerCase()
  return journeys.filter(({ name, title, owner = '' }) =>
    [name, title.en, title.ja, owner].some((text) => text.toLocaleLowerCase().includes(sought)),
  )
}

/** Those of them that stand as wished, in the wished order. @param titled as the reader calls a journey */
export function arranged(
  journeys: readonly JourneyStanding[],
  { state, sort, reversed }: Wish,
  titled: (journey: JourneyStanding) => string,
): readonly JourneyStanding[] {
  const shown = state === undefined ? journeys : journeys.filter((journey) => standsAs(journey, state))
  const ordered = sort === 'worst' ? worstFirst(shown) : inOrder(shown, sort, titled)
  return reversed ? ordered.toReversed() : ordered
}

export function standsAs(journey: JourneyStanding, state: ShownState): boolean {
  return state === 'burning'
    ? journey.objectives.some(({ burning }) => burning)
    : stateOf(journey) === (state as BudgetState)
}

/** The one that needs somebody first; of equals the worse one, and then the order of the file. */
function inOrder(
  journeys: readonly JourneyStanding[],
  sort: Exclude<Sort, 'worst'>,
  titled: (journey: JourneyStanding) => string,
): readonly JourneyStanding[] {
  const known = worstFirst(journeys)
  if (sort === 'name') return known.toSorted((a, b) => titled(a).localeCompare(titled(b)))
  if (sort === 'open') return known.toSorted(byOpen)
  return known.toSorted((a, b) => byStanding(worstOf(a), worstOf(b), sort))
}

function byOpen({ open: a }: JourneyStanding, { open: b }: JourneyStanding): number {
  return b.alerts - a.alerts || b.incidents - a.incidents || b.fixes - a.fixes
}

/** What nobody can say stands last. */
function byStanding(
  a: Standing | undefined,
  b: Standing | undefined,
  sort: 'target' | 'result' | 'left' | 'burn',
): number {
  const [hasA, hasB] = [a, b].map((each) => says(each, sort))
  if (a === undefined || b === undefined || !hasA || !hasB) return Number(hasB) - Number(hasA)
  if (sort === 'target') return b.targetPpm - a.targetPpm
  if (sort === 'left') return (a.leftPpm ?? 0) - (b.leftPpm ?? 0)
  if (sort === 'burn') return (fastestPair(b)?.longBurnMilli ?? 0) - (fastestPair(a)?.longBurnMilli ?? 0)
  return compareProducts(a.valid - a.bad, b.valid, b.valid - b.bad, a.valid)
}

function says(standing: Standing | undefined, sort: 'target' | 'result' | 'left' | 'burn'): boolean {
  if (standing === undefined) return false
  if (sort === 'left') return standing.leftPpm !== undefined
  if (sort === 'burn') return standing.pairs.length > 0
  return sort === 'target' || standing.valid > 0
}

/** What burns now shows first in the shortest windows. */
export function fastestPair({ pairs }: Pick<Standing, 'pairs'>): Standing['pairs'][number] | undefined {
  return pairs.toSorted((a, b) => a.pair.longMs - b.pair.longMs)[0]
}

/** The long window of the fastest pair that any journey has, milliseconds. */
export function fastestWindow(journeys: readonly JourneyStanding[]): number | undefined {
  const all = journeys.flatMap(({ objectives }) => objectives.flatMap(({ pairs }) => pairs))
  return fastestPair({ pairs: all })?.pair.longMs
}

/** Journeys in their groups, in the order of each group's first. */
export function grouped(
  journeys: readonly JourneyStanding[],
  { group }: Wish,
): readonly { readonly name: string | undefined; readonly journeys: readonly JourneyStanding[] }[] {
  if (group === 'none') return [{ name: undefined, journeys }]
  const nameOf = ({ owner = '', tier }: JourneyStanding) => (group === 'team' ? owner : String(tier))
  return [...new Set(journeys.map(nameOf))].map((name) => ({
    name,
    journeys: journeys.filter((journey) => nameOf(journey) === name),
  }))
}
