import { entriesOf, expected, itemsOf, type Path, type Problem, problem } from '@tabiji/core/problem'

/** Kinds that are read when somebody looks. Behind any other kind may be something that rings. */
const READ: readonly unknown[] = ['slack', 'slack-bot', 'slack-workflow', 'email']

type Kinds = ReadonlyMap<string, unknown>

/** What nobody would hear although every name is right: pages that wake nobody, digests that nobody reads, buttons without a bot. */
export function reachProblems(document: unknown): readonly Problem[] {
  const root = entriesOf(document)
  const kinds = kindsOf(root.get('receivers'))
  const rings = laterNames(root).some((name) => isKnown(name, kinds) && !READ.includes(kinds.get(name)))
  const teams = [...entriesOf(root.get('teams'))].map(([name, team]) => [['teams', name], team] as const)
  return [
    ...[[[], document] as const, ...teams].flatMap(([path, part]) => {
      const routes = entriesOf(entriesOf(part).get('routes'))
      const page = itemsOf(routes.get('page'))
      return [
        ...(path.length > 0 && routes.has('page') && page.length === 0 ? [noPage([...path, 'routes', 'page'])] : []),
        ...(rings ? [] : quietPage(page, [...path, 'routes', 'page'], kinds)),
        ...unreadTicket(itemsOf(routes.get('ticket')), [...path, 'routes', 'ticket'], kinds),
      ]
    }),
    ...lonelyHook(root.get('hooks'), kinds),
  ]
}

/** That level 1 reaches nobody. */
export function noPage(path: Path): Problem {
  const hint = 'name a pager, so that level 1 wakes somebody up'
  return expected('CONFIG_NO_PAGE', path, 'at least one receiver', undefined, { severity: 'warning', hint })
}

function kindsOf(receivers: unknown): Kinds {
  return new Map(
    itemsOf(receivers).map((value) => {
      const receiver = entriesOf(value)
      return [String(receiver.get('name')), receiver.get('kind')] as const
    }),
  )
}

/** Who is told of a page that nobody takes. */
function laterNames(root: ReadonlyMap<string, unknown>): readonly unknown[] {
  const steps = itemsOf(root.get('escalation')).flatMap((step) => entriesOf(step).get('to'))
  return [...steps.flat(), root.get('fallback')]
}

function isKnown(name: unknown, kinds: Kinds): name is string {
  return typeof name === 'string' && kinds.has(name)
}

function allOf(names: readonly unknown[], kinds: Kinds, some: readonly unknown[]): boolean {
  return names.length > 0 && names.every((name) => isKnown(name, kinds) && some.includes(kinds.get(name)))
}

function quietPage(page: readonly unknown[], path: Path, kinds: Kinds): readonly Problem[] {
  if (!allOf(page, kinds, READ)) return []
  const message = `Level 1 goes to nothing but what is read when somebody looks (${page.join(', ')}), so it wakes nobody up`
  const hint = 'name a pager here, or in `escalation` or `fallback` for pages that nobody takes'
  return [problem('CONFIG_PAGE_WAKES_NOBODY', path, message, { severity: 'warning', hint })]
}

function unreadTicket(ticket: readonly unknown[], path: Path, kinds: Kinds): readonly Problem[] {
  if (!allOf(ticket, kinds, ['alertmanager'])) return []
  const message = `Level 2 goes to an Alertmanager only (${ticket.join(', ')}), which shows the digest of the day for a while and forgets it`
  const hint = 'name a chat or a mailbox as well, where the digest can be read when people come to work'
  return [problem('CONFIG_TICKET_UNREAD', path, message, { severity: 'warning', hint })]
}

function lonelyHook(hooks: unknown, kinds: Kinds): readonly Problem[] {
  if (!entriesOf(hooks).has('slack') || [...kinds.values()].includes('slack-bot')) return []
  const message =
    '`hooks.slack` has no receiver of kind `slack-bot` beside it, so no message has buttons and pins are not read'
  const hint = 'add a receiver of kind `slack-bot`; commands that people type work without it'
  return [problem('CONFIG_HOOK_WITHOUT_BOT', ['hooks', 'slack'], message, { severity: 'warning', part: 'key', hint })]
}
