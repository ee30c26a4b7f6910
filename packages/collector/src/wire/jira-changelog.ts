import type { Ticket, TicketTurn } from '@tabiji/core/fix'
import { z } from 'zod'
import { jiraInstant } from './jira-time.ts'

/** A status or a resolution that an issue left for another; by id and by name. */
type Change = {
  readonly at: number
  readonly field: 'status' | 'resolution'
  readonly from: { readonly id: string; readonly name: string }
  readonly to: { readonly id: string; readonly name: string }
}

/** The changes of an issue, oldest first, by the issue's id. */
export type JiraChangelogs = ReadonlyMap<string, readonly Change[]>

/** It is documented as a time in ISO 8601, and sent as milliseconds as well. */
const when = z.union([z.number(), jiraInstant])
const side = z.string().nullish()
const item = z.object({ fieldId: side, field: side, from: side, fromString: side, to: side, toString: side })
const history = z.object({ created: when, items: z.array(z.unknown()).max(1_000) })
const page = z.object({
  issueChangeLogs: z.array(z.object({ issueId: z.string(), changeHistories: z.array(history) })),
  nextPageToken: z.string().max(4_000).nullish(),
})

/** The fields whose changes tell the state of an issue. */
export const JIRA_CHANGE_FIELDS: readonly string[] = ['status', 'resolution']

/**
 * Reads one page of "Bulk fetch changelogs" (developer.atlassian.com, Jira Cloud REST v3).
 *
 * @returns the token of the next page, or what is not as it is documented
 */
export function readJiraChangelogs(
  document: unknown,
  into: Map<string, Change[]>,
): { readonly ok: true; readonly next?: string } | { readonly ok: false; readonly where: string } {
  const read = page.safeParse(document)
  if (!read.success) return { ok: false, where: read.error.issues[0]?.path.join('.') ?? '' }
  for (const { issueId, changeHistories } of read.data.issueChangeLogs) {
    const known = into.get(issueId) ?? []
    known.push(...changeHistories.flatMap(changesIn))
    into.set(issueId, known)
  }
  const { nextPageToken } = read.data
  return { ok: true, ...(nextPageToken != null && nextPageToken !== '' && { next: nextPageToken }) }
}

function changesIn({ created: at, items }: z.output<typeof history>): readonly Change[] {
  return items.flatMap((given): readonly Change[] => {
    // `toString` is a method of what lacks it, so only its own is looked at.
    const own = typeof given === 'object' && given !== null ? { toString: undefined, ...given } : given
    const read = item.safeParse(own)
    const name = read.data?.fieldId ?? read.data?.field
    const field = name === 'status' || name === 'resolution' ? name : undefined
    if (!read.success || field === undefined) return []
    const { from, fromString, to, toString: toName } = read.data
    return [{ at, field, from: { id: from ?? '', name: fromString ?? '' }, to: { id: to ?? '', name: toName ?? '' } }]
  })
}

const statuses = z.array(z.object({ id: z.string(), statusCategory: z.object({ key: z.string() }) }))

/** Which statuses mean that an issue is done, by id ("Get all statuses"); nothing when it is not as it is documented. */
export function readJiraStatuses(document: unknown): ReadonlyMap<string, boolean> | undefined {
  const read = statuses.safeParse(document).data
  return read && new Map(read.map(({ id, statusCategory }) => [id, statusCategory.key === 'done']))
}

/** An issue that went to and fro more often than this tells its last changes only. */
const MOST_TURNS = 100

/**
 * Each change of the state of an issue. Another resolution of what stays closed is a correction: it had that from the beginning. A status
 * may be gone by now, or be of another category than it was: then what the changes come to is not what the issue is, and nothing is told.
 *
 * @param isDone whether a status, by id, means that it is done; nothing for one that nobody knows
 * @param dropped names of resolutions that mean that it is given up
 */
export function turnsIn(
  changes: readonly Change[],
  state: Ticket['state'],
  isDone: (status: string) => boolean | undefined,
  dropped: readonly string[],
): readonly TicketTurn[] | undefined {
  const ordered = changes.toSorted((a, b) => a.at - b.at)
  if (ordered.length === 0) return []
  const first = (field: Change['field']) => ordered.find((one) => one.field === field)?.from
  const begun = first('status')
  let done = begun === undefined ? state !== 'open' : isDone(begun.id)
  let resolution = first('resolution')?.name ?? ''
  const stateNow = () => (done !== true ? 'open' : dropped.includes(resolution) ? 'dropped' : 'done')
  const turns: TicketTurn[] = []
  let before: Ticket['state'] = stateNow()
  for (const at of new Set(ordered.map((one) => one.at))) {
    for (const { field, to } of ordered.filter((one) => one.at === at)) {
      if (field === 'resolution') resolution = to.name
      else done = isDone(to.id)
    }
    if (done === undefined) return undefined
    const now = stateNow()
    if (now === before) continue
    const corrected = now === 'open' || before === 'open' ? undefined : turns.pop()
    turns.push({ state: now, at: corrected?.at ?? at })
    before = now
  }
  return before === state ? turns.slice(-MOST_TURNS) : undefined
}
