import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export const EMAIL = 'bot@acme.example'
export const JIRA_TOKEN = 'jira-token-hunter2-hunter2'

type Fields = {
  summary: string
  status: { statusCategory: { key: 'new' | 'indeterminate' | 'done' } }
  resolution: { name: string } | null
  created: string
  updated: string
  resolutiondate: string | null
  statuscategorychangedate: string | null
  duedate: string | null
  labels: string[]
  assignee: { displayName: string } | null
  description: object | null
}
/** An issue as developer.atlassian.com has it (REST v3), as far as it is looked at. */
type Issue = { id: string; key: string; fields: Fields }

export type FakeJira = {
  readonly url: string
  readonly issues: Issue[]
  /** Queries that were asked. */
  readonly asked: string[]
  /** What is not as it is documented, in the words of the reader of a test. */
  readonly faults: string[]
  add(number: number, changes?: Partial<Fields>): Issue
  change(issue: Issue, changes: Partial<Fields>): void
  /** Answers so instead. */
  trouble:
    | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: object }
    | undefined
  /** How often it answered so. */
  refused: number
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
    ...{ trouble: undefined, refused: 0, dropsAnswers: false },
    add: (number, changes = {}) => {
      const fields: Fields = {
        ...{ summary: `Fix ${number}`, status: { statusCategory: { key: 'new' } }, resolution: null },
        ...{ created: '2026-10-01T09:00:00.000+0900', updated: jiraTime(Date.now()), resolutiondate: null },
        ...{ statuscategorychangedate: null, duedate: null, labels: ['permanent-fix'], assignee: null },
        ...{ description: null, ...changes },
      }
      const issue = { id: String(10_000 + number), key: `SHOP-${number}`, fields }
      fake.issues.push(issue)
      return issue
    },
    change: ({ fields }, changes) => void Object.assign(fields, changes, { updated: jiraTime(Date.now()) }),
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
  if (headers.accept !== 'application/json' || headers['content-type'] !== 'application/json')
    fake.faults.push('not JSON')
  if (method !== 'POST') fake.faults.push(`method ${method}`)
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const asked = JSON.parse(Buffer.concat(parts).toString()) as Readonly<Record<string, unknown>>
  const tell = (status: number, body: object, more = {}) =>
    response.writeHead(status, { 'content-type': 'application/json', ...more }).end(JSON.stringify(body))
  if (fake.trouble !== undefined) {
    fake.refused++
    tell(fake.trouble.status, fake.trouble.body ?? {}, fake.trouble.headers)
  } else if (url === '/rest/api/3/search/jql') {
    tell(200, search(fake, asked))
  } else if (url === '/rest/api/3/issue') {
    const { id, key } = create(fake, asked)
    if (fake.dropsAnswers) request.socket.destroy()
    else tell(201, { id, key, self: `${fake.url}/rest/api/3/issue/${id}` })
  } else {
    fake.faults.push(`${url} was removed or never there`)
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
