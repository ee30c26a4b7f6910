import type { Level } from '@tabiji/core/journey'
import { entriesOf, expected, itemsOf, type Path, type Problem, problem, unknownName } from '@tabiji/core/problem'
import type { Receiver } from './config.ts'
import { noPage } from './reach.ts'
import { resolveReceiver } from './receiver.ts'
import type { Surroundings } from './surroundings.ts'

/** The receivers that are well-formed and whose secrets are there; what is wrong with the others goes to `problems`. */
export function resolveReceivers(listed: unknown, around: Surroundings, problems: Problem[]): readonly Receiver[] {
  const receivers = itemsOf(listed).flatMap((value, i) => resolveReceiver(value, ['receivers', i], around, problems))
  problems.push(...repeatedNames(itemsOf(listed)))
  return receivers
}

function repeatedNames(listed: readonly unknown[]): readonly Problem[] {
  const names = listed.map((value) => entriesOf(value).get('name'))
  return names.flatMap((name, i) =>
    typeof name === 'string' && names.indexOf(name) < i
      ? [expected('CONFIG_REPEATED', ['receivers', i, 'name'], 'a name that no other receiver has', name)]
      : [],
  )
}

const LEVELS = { page: 1, ticket: 2, notice: 3 } as const satisfies Readonly<Record<string, Level>>
type Route = keyof typeof LEVELS
const ROUTES = Object.keys(LEVELS) as readonly Route[]

/** Names of the receivers by level. Whether they exist is told by {@link routeProblems}. */
export function resolveRoutes(
  routes: { readonly [route in Route]?: readonly string[] } | undefined,
): Readonly<Record<Level, readonly string[]>> {
  const named = (route: Route) => [...new Set(routes?.[route] ?? [])]
  return { 1: named('page'), 2: named('ticket'), 3: named('notice') }
}

/** What is wrong with who is told: names of nobody, nobody at all, and bells that sound alike. */
export function routeProblems(document: unknown): readonly Problem[] {
  const root = entriesOf(document)
  const kinds = new Map(itemsOf(root.get('receivers')).map((value) => nameAndKind(value)))
  const routes = entriesOf(root.get('routes'))
  const fallback = root.get('fallback')
  const unknown = (name: unknown, path: Path) =>
    typeof name !== 'string' || kinds.has(name)
      ? []
      : [unknownName('CONFIG_UNKNOWN_RECEIVER', path, 'the name of a receiver', name, [...kinds.keys()])]
  const teams = [...entriesOf(root.get('teams'))].map(([name, team]) => [['teams', name], team] as const)
  return [
    ...[[[], document] as const, ...teams].flatMap(([path, part]) => {
      const stated = entriesOf(entriesOf(part).get('routes'))
      return ROUTES.flatMap((route) =>
        itemsOf(stated.get(route)).flatMap((name, i) => unknown(name, [...path, 'routes', route, i])),
      )
    }),
    ...unknown(fallback, ['fallback']),
    ...(itemsOf(routes.get('page')).length === 0 ? [noPage(['routes', 'page'])] : []),
    ...sharedChats(itemsOf(routes.get('page')), itemsOf(routes.get('ticket')), kinds),
  ]
}

const CHATS: readonly unknown[] = ['slack', 'slack-bot', 'slack-workflow']

function sharedChats(
  page: readonly unknown[],
  ticket: readonly unknown[],
  kinds: ReadonlyMap<string, unknown>,
): readonly Problem[] {
  return ticket.flatMap((name, i) => {
    if (typeof name !== 'string' || !CHATS.includes(kinds.get(name)) || !page.includes(name)) return []
    const message = `Level 1 and level 2 share the chat receiver "${name}"; people will stop looking`
    const hint = 'send level 1 to a pager or to a channel of its own'
    return [problem('CONFIG_SHARED_CHAT', ['routes', 'ticket', i], message, { severity: 'warning', hint })]
  })
}

function nameAndKind(value: unknown): readonly [string, unknown] {
  const receiver = entriesOf(value)
  return [String(receiver.get('name')), receiver.get('kind')]
}
