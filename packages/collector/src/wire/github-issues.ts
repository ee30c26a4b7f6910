import { FIX_KINDS, markIn, type Ticket, type TicketAside } from '@tabiji/core/fix'
import { isDate } from '@tabiji/core/time'
import { z } from 'zod'
import { parseInstant } from './instant.ts'

/** Of everything that GitHub sends only this is looked at; what else there is may change. */
const instant = z.string().transform((given, context): number => {
  const at = parseInstant(given)
  if (at !== undefined) return at
  context.issues.push({ code: 'custom', input: given, message: 'a time' })
  return z.NEVER
})
const addressed = z.object({ html_url: z.url({ protocol: /^https?$/ }).max(2_000) })
const pull = z.object({ pull_request: z.unknown().refine((given) => given != null) })
const issue = addressed.extend({
  id: z.int().min(1),
  title: z.string().max(1_000),
  state: z.string(),
  state_reason: z.string().nullish(),
  created_at: instant,
  closed_at: instant.nullish(),
  body: z.string().max(300_000).nullish(),
  labels: z.array(z.union([z.string(), z.object({ name: z.string().nullish() })])).max(500),
  assignee: z.object({ login: z.string().max(200) }).nullish(),
  milestone: z.object({ due_on: z.string().nullish() }).nullish(),
})

/** `where` names the first field that is not as it is documented. */
export type GithubIssuesRead =
  | {
      readonly ok: true
      readonly tickets: readonly Ticket[]
      /** Of each ticket, in its place. */
      readonly labels: readonly (readonly string[])[]
      readonly aside: readonly TicketAside[]
    }
  | { readonly ok: false; readonly where: string }

/**
 * Reads one page of "List repository issues" (docs.github.com, REST, API version 2022-11-28). Pull requests are listed there as
 * well and are no tickets. The id is GitHub's own, which stays when a repository is renamed or moved. An issue that is not as it is
 * documented is set aside where its page is known: it must not keep all others from being read.
 */
export function readGithubIssues(document: unknown, tracker: string): GithubIssuesRead {
  const list = z.array(z.unknown()).safeParse(document)
  if (!list.success) return { ok: false, where: '' }
  const issues: z.output<typeof issue>[] = []
  const aside: TicketAside[] = []
  for (const [i, one] of list.data.entries()) {
    if (pull.safeParse(one).success) continue
    const read = issue.safeParse(one)
    if (read.success) {
      issues.push(read.data)
      continue
    }
    const where = read.error.issues[0]?.path.join('.') ?? ''
    const page = addressed.safeParse(one)
    if (!page.success) return { ok: false, where: where === '' ? String(i) : `${i}.${where}` }
    aside.push({ url: page.data.html_url, why: `its \`${where}\` is not as GitHub documents it` })
  }
  return { ok: true, tickets: issues.map((one) => ticketOf(one, tracker)), labels: issues.map(labelsOf), aside }
}

function labelsOf({ labels }: z.output<typeof issue>): readonly string[] {
  return labels.map((label) => (typeof label === 'string' ? label : (label.name ?? '')))
}

function ticketOf(given: z.output<typeof issue>, tracker: string): Ticket {
  const labels = labelsOf(given)
  // A template has lines that nobody filled in.
  const fact = (name: string) => afterPrefix(labels, `${name}:`) || lineOf(given.body ?? '', name) || undefined
  const kind = FIX_KINDS.find((one) => one === fact('fix'))
  // A milestone ends on a date; the time of day in it is GitHub's.
  const due = [given.milestone?.due_on?.slice(0, 10), lineOf(given.body ?? '', 'due')].find(
    (date) => date !== undefined && isDate(date),
  )
  const [incident, cause] = [fact('incident'), fact('cause')]
  const owner = given.assignee?.login ?? (lineOf(given.body ?? '', 'owner') || undefined)
  const mark = markIn(given.body ?? '')
  return {
    ...{ tracker, id: String(given.id), url: given.html_url, title: given.title.trim() || given.html_url },
    ...{ state: stateOf(given), createdAt: given.created_at },
    ...(given.closed_at != null && { stateAt: given.closed_at }),
    ...(owner !== undefined && { owner }),
    ...(due !== undefined && { due }),
    ...(kind !== undefined && { kind }),
    ...(incident !== undefined && { incident }),
    ...(cause !== undefined && { cause }),
    ...(mark !== undefined && { mark }),
    blocked: labels.some((label) => label.toLowerCase() === 'blocked'),
  }
}

function stateOf({ state, state_reason: reason }: z.output<typeof issue>): Ticket['state'] {
  if (state !== 'closed') return 'open'
  return reason === 'not_planned' || reason === 'duplicate' ? 'dropped' : 'done'
}

function afterPrefix(labels: readonly string[], prefix: string): string | undefined {
  return labels
    .find((label) => label.startsWith(prefix))
    ?.slice(prefix.length)
    .trim()
}

/** A line `name: value` of the text that people wrote. */
function lineOf(body: string, name: string): string | undefined {
  return body
    .split(/\r?\n/)
    .find((line) => line.toLowerCase().startsWith(`${name}:`))
    ?.slice(name.length + 1)
    .trim()
    .slice(0, 200)
}
