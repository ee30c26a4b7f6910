import { FIX_KINDS, markIn, type Ticket, type TicketAside } from '@tabiji/core/fix'
import { isDate } from '@tabiji/core/time'
import { z } from 'zod'
import { parseInstant } from './instant.ts'
import { afterPrefix, hasLabel, lineOf, linksIn } from './ticket-text.ts'

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
  milestone: z.object({ title: z.string().default(''), due_on: z.string().nullish() }).nullish(),
  issue_field_values: z.array(z.unknown()).max(500).nullish(),
})
const fieldValue = z.object({
  issue_field_id: z.int(),
  issue_field_name: z.string(),
  data_type: z.string(),
  value: z.unknown(),
})
const numbered = z.object({ number: z.int().min(1) })

export type GithubIssuesRead =
  | {
      readonly ok: true
      readonly tickets: readonly Ticket[]
      /** Of each ticket, in its place. */
      readonly labels: readonly (readonly string[])[]
      readonly aside: readonly TicketAside[]
    }
  /** It is no list. */
  | { readonly ok: false }

export type GithubReader = {
  readonly tracker: string
  /** Labels that say that an issue is blocked, in any case. */
  readonly blocked: readonly string[]
  /** The name of the issue field whose date is the due date. */
  readonly dueField?: string
}

/**
 * Reads one page of "List repository issues" (docs.github.com, REST, API version 2022-11-28). Pull requests are listed there as
 * well and are no tickets. The id is GitHub's own, which stays when a repository is renamed or moved. An issue that is not as it is
 * documented is set aside: it must not keep all others from being read.
 *
 * @param repository how those are called that do not say what their page is
 */
export function readGithubIssues(
  document: unknown,
  reader: GithubReader,
  repository = 'a repository',
): GithubIssuesRead {
  const list = z.array(z.unknown()).safeParse(document)
  if (!list.success) return { ok: false }
  const issues: z.output<typeof issue>[] = []
  const aside: TicketAside[] = []
  for (const [i, one] of list.data.entries()) {
    if (pull.safeParse(one).success) continue
    const read = issue.safeParse(one)
    if (read.success) issues.push(read.data)
    else aside.push(asideOf(one, read.error.issues[0]?.path.join('.') ?? '', `${repository}, place ${i + 1} of a page`))
  }
  return { ok: true, tickets: issues.map((one) => ticketOf(one, reader)), labels: issues.map(labelsOf), aside }
}

function asideOf(one: unknown, where: string, place: string): TicketAside {
  const number = numbered.safeParse(one).data?.number
  const url = addressed.safeParse(one).data?.html_url ?? (number === undefined ? place : `${place}, number ${number}`)
  return { url, why: where === '' ? 'it is no issue' : `its \`${where}\` is not as GitHub documents it` }
}

/** Where the due date of an issue stands, in the order in which they are looked for. */
export type GithubDue =
  | { readonly kind: 'field'; readonly id: number }
  | { readonly kind: 'milestone'; readonly title: string }
  /** Also where it has none yet. */
  | { readonly kind: 'line'; readonly body: string }

/** Where an issue has its due date; nothing when it is not as it is documented. */
export function readGithubDue(document: unknown, { dueField }: GithubReader): GithubDue | undefined {
  const read = issue.safeParse(document).data
  if (read === undefined) return undefined
  const field = fieldOf(read, dueField)
  if (field !== undefined) return { kind: 'field', id: field.issue_field_id }
  const { milestone, body } = read
  if (milestone?.due_on != null) return { kind: 'milestone', title: milestone.title }
  return { kind: 'line', body: body ?? '' }
}

const issueFields = z.array(z.object({ id: z.int(), name: z.string(), data_type: z.string() }))

/** The id of a field of dates among those of an organization ("List issue fields for an organization"). */
export function readGithubFieldId(document: unknown, name: string): number | undefined {
  const fields = issueFields.safeParse(document).data ?? []
  return fields.find((field) => field.data_type === 'date' && isCalled(field.name, name))?.id
}

function fieldOf({ issue_field_values: values }: z.output<typeof issue>, name: string | undefined) {
  if (name === undefined) return undefined
  return (values ?? [])
    .flatMap((value) => fieldValue.safeParse(value).data ?? [])
    .find((value) => value.data_type === 'date' && isCalled(value.issue_field_name, name))
}

function isCalled(name: string, sought: string): boolean {
  return name.trim().toLowerCase() === sought.trim().toLowerCase()
}

function labelsOf({ labels }: z.output<typeof issue>): readonly string[] {
  return labels.map((label) => (typeof label === 'string' ? label : (label.name ?? '')))
}

function ticketOf(given: z.output<typeof issue>, { tracker, blocked, dueField }: GithubReader): Ticket {
  const [labels, body] = [labelsOf(given), given.body ?? '']
  // A template has lines that nobody filled in.
  const fact = (name: string) => afterPrefix(labels, `${name}:`) || lineOf(body, name) || undefined
  const kind = FIX_KINDS.find((one) => one === fact('fix'))
  const inField = fieldOf(given, dueField)?.value
  // A milestone ends on a date; the time of day in it is GitHub's.
  const due = [
    typeof inField === 'string' ? inField.slice(0, 10) : undefined,
    given.milestone?.due_on?.slice(0, 10),
    lineOf(body, 'due'),
  ].find((date) => date !== undefined && isDate(date))
  const [incident, cause] = [fact('incident'), fact('cause')]
  const owner = given.assignee?.login ?? (lineOf(body, 'owner') || undefined)
  const [mark, links] = [markIn(body), linksIn(body)]
  return {
    tracker,
    id: String(given.id),
    url: given.html_url,
    title: given.title.trim() || given.html_url,
    state: stateOf(given),
    createdAt: given.created_at,
    ...(given.closed_at != null && { stateAt: given.closed_at }),
    ...(owner !== undefined && { owner }),
    ...(due !== undefined && { due }),
    ...(kind !== undefined && { kind }),
    ...(incident !== undefined && { incident }),
    ...(cause !== undefined && { cause }),
    ...(mark !== undefined && { mark }),
    ...(links.length > 0 && { links }),
    blocked: hasLabel(labels, blocked),
  }
}

function stateOf({ state, state_reason: reason }: z.output<typeof issue>): Ticket['state'] {
  if (state !== 'closed') return 'open'
  return reason === 'not_planned' || reason === 'duplicate' ? 'dropped' : 'done'
}
