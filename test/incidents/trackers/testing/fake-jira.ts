import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export const EMAIL = 'bot@acme.example'
export const JIRA_TOKEN = 'jira-token-hunter2-hunter2'

/** The statuses of the site, as "Get all statuses" has them. */
export const STATUS = {
  todo: { id: '10000', name: 'To Do', statusCategory: { key: 'new' } },
  doing: { id: '10001', name: 'In Progress', statusCategory: { key: 'indeterminate' } },
  held: { id: '10002', name: 'On Hold', statusCategory: { key: 'indeterminate' } },
  done: { id: '10003', name: 'Done', statusCategory: { key: 'done' } },
  verified: { id: '10004', name: 'Verified', statusCategory: { key: 'done' } },
} as const
type Status = (typeof STATUS)[keyof typeof STATUS]

/** As "Bulk fetch changelogs" has it: a time as milliseconds, though it is documented as a text. */
type Change = { id: string; created: number; items: object[] }

type Fields = {
  summary: string
  status: Status
  resolution: { name: string } | null
  created: string
  updated: string
  resolutiondate: string | null
  statuscategorychangedate: string | null
  duedate: string | null
  labels: string[]
  assignee: { displayName: string } | null
  description: object | null
  /** The field that a flag is kept in. */
  customfield_10021: { value: string }[] | null
}
/** An issue as developer.atlassian.com has it (REST v3), as far as it is looked at. */
type Issue = { id: string; key: string; fields: Fields; changes: Change[] }

export type FakeJira = {
  readonly url: string
  readonly issues: Issue[]
  /** Queries that were asked. */
  readonly asked: string[]
  /** What is not as it is documented, in the words of the reader of a test. */
  readonly faults: string[]
  add(number: number, changes?: Partial<Fields>): Issue
  change(issue: Issue, changes: Partial<Fields>): void
  /** Moves it to a status at an instant, and resolves it or takes the resolution away as a workflow does. */
  turn(issue: Issue, status: Status, at: number, resolution?: string): void
  /** Deletes it: from then on it is in no list, and answers 404. */
  remove(issue: Issue): void
  /** Answers so instead. */
  trouble:
    | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: object }
    | undefined
  /** How often it answered so. */
  refused: number
  /** The due date is not on the screen of the project. */
  hidesDueDate: boolean
  /** An issue that is posted is kept, and the connection ends without an answer. */
  dropsAnswers: boolean
  close(): Promise<void>
}

/** As Jira writes a time: without a colon in the offset. */
export function jiraTime(at: number): string {
  return new Date(at + 9 * 3_600_000).toISOString().replace('Z', '+0900')
}

/** Jira Cloud on loopback, which checks each request against its documentation. */
export async function startFakeJira(): Promise<FakeJira> {
  const server = createServer((request, response) => void answer(fake, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const fake: FakeJira = {
    ...{ url: `http://127.0.0.1:${port}`, issues: [], asked: [], faults: [] },
    ...{ trouble: undefined, refused: 0, dropsAnswers: false, hidesDueDate: false },
    add: (number, changes = {}) => {
      const fields: Fields = {
        ...{ summary: `Fix ${number}`, status: STATUS.todo, resolution: null, customfield_10021: null },
        ...{ created: '2026-10-01T09:00:00.000+0900', updated: jiraTime(Date.now()), resolutiondate: null },
        ...{ statuscategorychangedate: null, duedate: null, labels: ['permanent-fix'], assignee: null },
        ...{ description: null, ...changes },
      }
      const issue = { id: String(10_000 + number), key: `SHOP-${number}`, fields, changes: [] }
      fake.issues.push(issue)
      return issue
    },
    change: ({ fields }, changes) => void Object.assign(fields, changes, { updated: jiraTime(Date.now()) }),
    turn: ({ fields, changes }, status, at, resolution) => {
      const before = fields.resolution
      const left = { name: resolution ?? 'Done' }
      const after =
        status.statusCategory.key === 'done' ? (resolution === undefined && before !== null ? before : left) : null
      const item = (
        field: string,
        from: string | null,
        fromString: string | null,
        to: string | null,
        name: string | null,
      ) => ({
        ...{ field, fieldId: field, fieldtype: 'jira', from, fromString, to, toString: name },
      })
      const items = [item('status', fields.status.id, fields.status.name, status.id, status.name)]
      if (before?.name !== after?.name) {
        items.push(item('resolution', null, before?.name ?? null, null, after?.name ?? null))
      }
      changes.push({ id: String(changes.length + 1), created: at, items })
      const isOther = fields.status.statusCategory.key !== status.statusCategory.key
      Object.assign(fields, {
        ...{ status, resolution: after, updated: jiraTime(Date.now()) },
        // A workflow sets it anew with each step that resolves, though it was resolved before.
        resolutiondate: after === null ? null : jiraTime(at),
        ...(isOther && { statuscategorychangedate: jiraTime(at) }),
      })
    },
    remove: (issue) => void fake.issues.splice(fake.issues.indexOf(issue), 1),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return fake
}

async function answer(fake: FakeJira, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { headers, method, url } = request
  // Whoever had this port before may still be asked here by others.
  if (!url?.startsWith('/rest/')) {
    request.resume()
    response.writeHead(404).end()
    return
  }
  const basic = `Basic ${Buffer.from(`${EMAIL}:${JIRA_TOKEN}`).toString('base64')}`
  if (headers.authorization !== basic) fake.faults.push('not signed in')
  if (headers.accept !== 'application/json') fake.faults.push('not JSON')
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const hasBody = method === 'POST' || method === 'PUT'
  if (hasBody !== parts.length > 0) fake.faults.push(`a ${method} with a body of ${parts.length} parts`)
  if (hasBody && headers['content-type'] !== 'application/json') fake.faults.push('no JSON sent')
  const asked = hasBody ? (JSON.parse(Buffer.concat(parts).toString()) as Readonly<Record<string, unknown>>) : {}
  const tell = (status: number, body: object, more = {}) =>
    response.writeHead(status, { 'content-type': 'application/json', ...more }).end(JSON.stringify(body))
  if (fake.trouble !== undefined) {
    fake.refused++
    tell(fake.trouble.status, fake.trouble.body ?? {}, fake.trouble.headers)
  } else if (method === 'POST' && url === '/rest/api/3/search/jql') {
    tell(200, search(fake, asked))
  } else if (method === 'POST' && url === '/rest/api/3/changelog/bulkfetch') {
    tell(200, changelogs(fake, asked))
  } else if (method === 'GET' && url === '/rest/api/3/status') {
    tell(200, Object.values(STATUS))
  } else if (/^\/rest\/api\/3\/issue\/[^/?]+(?:\?|$)/.test(url)) {
    const [status, body] = one(fake, method ?? '', new URL(url, fake.url), asked)
    if (body === undefined) response.writeHead(status).end()
    else tell(status, body)
  } else if (method === 'POST' && url === '/rest/api/3/issue') {
    const { id, key } = create(fake, asked)
    if (fake.dropsAnswers) request.socket.destroy()
    else tell(201, { id, key, self: `${fake.url}/rest/api/3/issue/${id}` })
  } else {
    fake.faults.push(`${method} ${url} was removed or never there`)
    tell(410, {})
  }
}

const MAY_BE_ASKED = [
  'jql',
  'fields',
  'maxResults',
  'nextPageToken',
  'expand',
  'properties',
  'fieldsByKeys',
  'reconcileIssues',
]
const PAGE = 2

/** "Search for issues using JQL enhanced search": without `fields` only ids; pages by token; no total. */
function search(
  fake: FakeJira,
  { jql, fields, maxResults, nextPageToken, ...rest }: Readonly<Record<string, unknown>>,
): object {
  const unknown = Object.keys(rest).filter((key) => !MAY_BE_ASKED.includes(key))
  if (unknown.length > 0) fake.faults.push(`not documented: ${unknown.join(', ')}`)
  if (typeof maxResults !== 'number' || maxResults < 1 || maxResults > 5_000) fake.faults.push('maxResults')
  if (!Array.isArray(fields)) fake.faults.push('no fields')
  const match =
    /^\(project = "SHOP" AND labels = "permanent-fix"\)(?: AND (updated|created) >= "-(\d+)m")? ORDER BY created ASC$/.exec(
      String(jql),
    )
  if (match === null) fake.faults.push(`jql ${String(jql)}`)
  const [, by, minutes] = match ?? []
  if (nextPageToken === undefined) fake.asked.push(String(jql))
  // Jira compares whole minutes.
  const since = minutes === undefined ? 0 : Math.floor(Date.now() / 60_000 - Number(minutes)) * 60_000
  const timeOf = ({ fields }: Issue) => Date.parse(fields[by === 'created' ? 'created' : 'updated'])
  const found = fake.issues.filter((one) => one.fields.labels.includes('permanent-fix') && timeOf(one) >= since)
  const from = nextPageToken === undefined ? 0 : Number(String(nextPageToken).replace('page-', ''))
  const isLast = from + PAGE >= found.length
  const issues = found.slice(from, from + PAGE).map(({ id, key, fields: all }) => ({
    ...{ id, key, expand: '', self: `${fake.url}/rest/api/3/issue/${id}` },
    fields: Object.fromEntries(Object.entries(all).filter(([name]) => (fields as string[]).includes(name))),
  }))
  return { issues, isLast, ...(!isLast && { nextPageToken: `page-${from + PAGE}` }) }
}

/** "Bulk fetch changelogs": up to 1,000 issues, of up to ten fields; pages by token. */
function changelogs(
  fake: FakeJira,
  { issueIdsOrKeys, fieldIds, maxResults, nextPageToken, ...rest }: Readonly<Record<string, unknown>>,
): object {
  if (Object.keys(rest).length > 0) fake.faults.push(`not documented: ${Object.keys(rest).join(', ')}`)
  const ids = issueIdsOrKeys as readonly string[]
  const fields = fieldIds as readonly string[]
  if (!Array.isArray(ids) || ids.length === 0 || ids.length > 1_000) fake.faults.push('issueIdsOrKeys')
  if (!Array.isArray(fields) || fields.length > 10) fake.faults.push('fieldIds')
  if (typeof maxResults !== 'number' || maxResults < 1 || maxResults > 10_000) fake.faults.push('maxResults')
  const all = fake.issues
    .filter(({ id }) => ids.includes(id))
    .flatMap(({ id, changes }) => changes.map((change) => ({ issueId: id, changeHistories: [change] })))
  const from = nextPageToken === undefined ? 0 : Number(String(nextPageToken).replace('change-', ''))
  const isLast = from + PAGE >= all.length
  return { issueChangeLogs: all.slice(from, from + PAGE), ...(!isLast && { nextPageToken: `change-${from + PAGE}` }) }
}

/** "Get issue", by id or key, with the fields that are asked for; "Edit issue", which answers 204; 404 when there is none. */
function one(fake: FakeJira, method: string, url: URL, asked: Readonly<Record<string, unknown>>): [number, object?] {
  const name = url.pathname.split('/').at(-1)
  const issue = fake.issues.find(({ id, key }) => id === name || key === name)
  if (issue === undefined)
    return [404, { errorMessages: ['Issue does not exist or you do not have permission to see it.'] }]
  const { id, key, fields } = issue
  if (method === 'GET') {
    const sought = (url.searchParams.get('fields') ?? '').split(',')
    if (!sought.includes('status')) fake.faults.push('no fields')
    return [
      200,
      { id, key, fields: Object.fromEntries(Object.entries(fields).filter(([each]) => sought.includes(each))) },
    ]
  }
  if (method !== 'PUT') fake.faults.push(`${method} of an issue`)
  const { fields: changed, ...rest } = asked
  const { duedate, ...others } = changed as Readonly<Record<string, unknown>>
  if (Object.keys(rest).length + Object.keys(others).length > 0) fake.faults.push('more than the due date')
  if (typeof duedate !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(duedate)) fake.faults.push(`duedate ${String(duedate)}`)
  if (fake.hidesDueDate) {
    const duedate = "Field 'duedate' cannot be set. It is not on the appropriate screen, or unknown."
    return [400, { errorMessages: [], errors: { duedate } }]
  }
  fake.change(issue, { duedate: String(duedate) })
  return [204]
}

/** "Create issue": project, type, summary; the description is a document of Atlassian's format. */
function create(fake: FakeJira, { fields, ...rest }: Readonly<Record<string, unknown>>): Issue {
  if (Object.keys(rest).length > 0) fake.faults.push(`not documented: ${Object.keys(rest).join(', ')}`)
  const { project, issuetype, summary, description, labels, ...more } = fields as Readonly<Record<string, unknown>>
  if (JSON.stringify(project) !== '{"key":"SHOP"}') fake.faults.push('project')
  if (JSON.stringify(issuetype) !== '{"name":"Task"}') fake.faults.push('issuetype')
  if (typeof summary !== 'string' || summary === '' || summary.length > 255 || summary.includes('\n'))
    fake.faults.push('summary')
  const { type, version, content } = description as Readonly<Record<string, unknown>>
  if (type !== 'doc' || version !== 1 || !Array.isArray(content)) fake.faults.push('description is no document')
  if (!Array.isArray(labels) || labels.some((label) => typeof label !== 'string' || label.includes(' ')))
    fake.faults.push('labels')
  if (Object.keys(more).length > 0) fake.faults.push(`fields ${Object.keys(more).join(', ')}`)
  const created = jiraTime(Date.now())
  return fake.add(fake.issues.length + 100, {
    ...{ summary: String(summary), description: description as object, labels: labels as string[], created },
  })
}
