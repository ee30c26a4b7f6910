import { FIX_KINDS, markIn, type Ticket } from '@tabiji/core/fix'
import { isDate } from '@tabiji/core/time'
import { z } from 'zod'
import { parseInstant } from './instant.ts'

/** Jira leaves the colon out of the offset: `2026-01-02T03:04:05.000+0900`. */
const instant = z.string().transform((given, context): number => {
  const at = parseInstant(given.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  if (at !== undefined) return at
  context.issues.push({ code: 'custom', input: given, message: 'a time' })
  return z.NEVER
})
const named = z.object({ name: z.string().max(200) })
const fields = z.object({
  summary: z.string().max(1_000),
  status: z.object({ statusCategory: z.object({ key: z.string() }) }),
  resolution: named.nullish(),
  created: instant,
  resolutiondate: instant.nullish(),
  statuscategorychangedate: instant.nullish(),
  duedate: z.string().nullish(),
  labels: z.array(z.string()).max(500).default([]),
  assignee: z.object({ displayName: z.string().max(200) }).nullish(),
  description: z.unknown(),
})
const page = z.object({
  issues: z.array(z.object({ id: z.string().regex(/^\d{1,20}$/), key: z.string().max(100), fields })),
  nextPageToken: z.string().max(4_000).nullish(),
  isLast: z.boolean().nullish(),
})

/** What is asked of each issue: without it only ids are told. */
export const JIRA_FIELDS: readonly string[] = Object.keys(fields.shape)

export type JiraPage =
  | { readonly ok: true; readonly tickets: readonly Ticket[]; readonly next?: string }
  | { readonly ok: false; readonly where: string }

type Reader = {
  readonly tracker: string
  /** `https://acme.atlassian.net` */
  readonly site: string
  /** Names of resolutions that mean that it is not done but given up. */
  readonly dropped: readonly string[]
}

/**
 * Reads one page of "Search for issues using JQL enhanced search" (developer.atlassian.com, Jira Cloud REST v3). There is no total;
 * the last page says so, or has no token for another one. The id stays when an issue moves to another project.
 */
export function readJiraPage(document: unknown, reader: Reader): JiraPage {
  const read = page.safeParse(document)
  if (!read.success) return { ok: false, where: read.error.issues[0]?.path.join('.') ?? '' }
  const { issues, nextPageToken, isLast } = read.data
  const tickets = issues.map((one) => ticketOf(one, reader))
  return { ok: true, tickets, ...(isLast !== true && nextPageToken != null && { next: nextPageToken }) }
}

type Issue = z.output<typeof page>['issues'][number]

function ticketOf({ id, key, fields: given }: Issue, { tracker, site, dropped }: Reader): Ticket {
  const text = textOf(given.description)
  const fact = (name: string) => afterPrefix(given.labels, `${name}:`) || lineOf(text, name) || undefined
  const state =
    given.status.statusCategory.key !== 'done'
      ? 'open'
      : dropped.includes(given.resolution?.name ?? '')
        ? 'dropped'
        : 'done'
  // An issue that is open may still have the date of a resolution that did not last.
  const changedAt = given.statuscategorychangedate ?? undefined
  const stateAt = state === 'open' ? changedAt : (given.resolutiondate ?? changedAt)
  const due = [given.duedate ?? undefined, lineOf(text, 'due')].find((date) => date !== undefined && isDate(date))
  const kind = FIX_KINDS.find((one) => one === fact('fix'))
  const owner = given.assignee?.displayName ?? (lineOf(text, 'owner') || undefined)
  const [incident, cause, mark] = [fact('incident'), fact('cause'), markIn(text)]
  return {
    ...{
      tracker,
      id,
      url: `${site}/browse/${key}`,
      title: given.summary.trim() || key,
      state,
      createdAt: given.created,
    },
    ...(stateAt !== undefined && { stateAt }),
    ...(owner !== undefined && { owner }),
    ...(due !== undefined && { due }),
    ...(kind !== undefined && { kind }),
    ...(incident !== undefined && { incident }),
    ...(cause !== undefined && { cause }),
    ...(mark !== undefined && { mark }),
  }
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
    .split('\n')
    .find((line) => line.toLowerCase().startsWith(`${name}:`))
    ?.slice(name.length + 1)
    .trim()
    .slice(0, 200)
}

const node = z.object({
  type: z.string(),
  text: z.string().optional(),
  content: z.array(z.unknown()).optional(),
})
/** Deeper than people write. */
const DEEPEST = 30
const BLOCKS: ReadonlySet<string> = new Set(['paragraph', 'heading', 'codeBlock', 'hardBreak', 'listItem'])

/** The text of a document of Atlassian's format (ADF), a line for each of its blocks. */
function textOf(document: unknown, depth = 0): string {
  const read = node.safeParse(document)
  if (!read.success || depth > DEEPEST) return ''
  const { type, text = '', content = [] } = read.data
  const inside = content.map((child) => textOf(child, depth + 1)).join('')
  return `${text}${inside}${BLOCKS.has(type) ? '\n' : ''}`
}

/** A text as a document of Atlassian's format: empty lines stand between paragraphs. */
export function documentOf(text: string): object {
  const paragraphs = text.split(/\n{2,}/).map((block) => ({
    type: 'paragraph',
    content: block
      .split('\n')
      .filter((line) => line !== '')
      .flatMap((line, i) => [...(i === 0 ? [] : [{ type: 'hardBreak' }]), { type: 'text', text: line }]),
  }))
  return { type: 'doc', version: 1, content: paragraphs.filter(({ content }) => content.length > 0) }
}

const created = z.object({ id: z.string().regex(/^\d{1,20}$/), key: z.string().max(100) })

/** What "Create issue" answers; nothing when it is not as it is documented. */
export function readJiraCreated(document: unknown): z.output<typeof created> | undefined {
  return created.safeParse(document).data
}

const complaints = z.object({
  errorMessages: z.array(z.string()).default([]),
  errors: z.record(z.string(), z.string()).default({}),
})

/** Why Jira refuses, in its own words; empty when it does not say. */
export function jiraReason(document: unknown): string {
  const { errorMessages = [], errors = {} } = complaints.safeParse(document).data ?? {}
  const said = [...errorMessages, ...Object.entries(errors).map(([field, why]) => `${field}: ${why}`)]
  return said.join(' ').slice(0, 300)
}
