import type { TicketRef } from '@tabiji/core/fix'
import type { TicketMoved } from '../ports/tracker.ts'
import { type GithubDue, type GithubReader, readGithubDue, readGithubFieldId } from '../wire/github-issues.ts'
import type { Outgoing, OutgoingRequest } from '../wire/outgoing.ts'
import { issueAt } from './github-issue.ts'
import { askGithub, type GithubAccess, parsed, refusedBy } from './github-request.ts'

type Place = GithubAccess & Omit<GithubReader, 'tracker'> & { readonly name: string }
/** One request about the issue. @returns what was answered, as JSON, or why there is nothing */
type Ask = (
  asked: Pick<OutgoingRequest, 'url' | 'method'> & { readonly body?: object },
) => Promise<{ readonly ok: true; readonly document: unknown } | Extract<TicketMoved, { ok: false }>>

/** What GitHub takes as the text of an issue. */
const MAX_BODY = 65_536

/** Writes a due date where the issue has it: into the field, else into the line `due:` of its text. A milestone belongs to others, too. */
export async function moveIssue(
  place: Place,
  { url: page }: TicketRef,
  due: string,
  outgoing: Outgoing,
  now: () => number,
  signal: AbortSignal,
): Promise<TicketMoved> {
  const found = issueAt(place, page)
  if (found === undefined) return { ok: false, message: `${page} is not the page of an issue` }
  const { repository, url } = found
  const ask: Ask = async ({ body, ...asked }) => {
    const sent = { ...asked, ...(body !== undefined && { body: JSON.stringify(body) }) }
    const answer = await askGithub(place, sent, outgoing, signal)
    if (answer.kind === 'failed') return { ok: false, message: `${repository}: ${answer.message}` }
    const isGood = answer.status >= 200 && answer.status < 300
    if (isGood) return { ok: true, document: parsed(answer.body) }
    return { ok: false, message: refusedBy(repository, answer, REFUSED, now()).message }
  }
  const issue = await ask({ url, method: 'GET' })
  if (!issue.ok) return issue
  const at = readGithubDue(issue.document, { ...place, tracker: place.name })
  if (at === undefined) return { ok: false, message: `${repository}: Expected an issue as GitHub documents it` }
  const written = await write(place, url, at, due, ask)
  return written.ok ? { ok: true } : written
}

async function write(place: Place, url: string, at: GithubDue, due: string, ask: Ask): ReturnType<Ask> {
  if (at.kind === 'field') return setField(url, at.id, due, ask)
  if (place.dueField !== undefined) {
    const owner = new URL(url).pathname.split('/repos/')[1]?.split('/')[0] ?? ''
    const fields = await ask({
      url: `${place.url.replace(/\/+$/, '')}/orgs/${owner}/issue-fields?per_page=100`,
      method: 'GET',
    })
    if (!fields.ok) return fields
    const id = readGithubFieldId(fields.document, place.dueField)
    if (id === undefined) return { ok: false, message: `${owner} has no field of dates called "${place.dueField}"` }
    return setField(url, id, due, ask)
  }
  if (at.kind === 'milestone') {
    const message = `the issue has the date of its milestone "${at.title}"`
    const hint = 'give the issue another milestone, or the milestone another date: it moves all that are in it'
    return { ok: false, message, hint }
  }
  const body = withDue(at.body, due)
  if (body.length > MAX_BODY)
    return { ok: false, message: `the text of the issue has no room for a line \`due: ${due}\`` }
  return ask({ url, method: 'PATCH', body: { body } })
}

/** "Add issue field values": other fields stay as they are. */
function setField(url: string, id: number, due: string, ask: Ask): ReturnType<Ask> {
  const body = { issue_field_values: [{ field_id: id, value: due }] }
  return ask({ url: `${url}/issue-field-values`, method: 'POST', body })
}

/** The line that is read, as it will be read; nothing else of what people wrote is touched. */
function withDue(body: string, due: string): string {
  const lines = body.split(/(?<=\n)/)
  const i = lines.findIndex((line) => line.toLowerCase().startsWith('due:'))
  if (i < 0) return `${body}${body === '' || body.endsWith('\n') ? '' : '\n'}${body === '' ? '' : '\n'}due: ${due}\n`
  const end = /\r?\n$/.exec(lines[i] ?? '')?.[0] ?? ''
  return lines.with(i, `due: ${due}${end}`).join('')
}

const REFUSED: Readonly<Record<number, string>> = {
  401: 'the token is not valid (any more)',
  403: 'the token may not write issues',
  404: 'it is there no more, or the token may not write it',
  410: 'it was deleted',
  422: 'it takes no such change',
}
