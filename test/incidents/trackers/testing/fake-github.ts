import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export const TOKEN = 'github-token-hunter2-hunter2'

/** An issue as docs.github.com has it under "List repository issues", as far as it is looked at. */
type Issue = {
  id: number
  html_url: string
  title: string
  state: 'open' | 'closed'
  state_reason: string | null
  created_at: string
  updated_at: string
  closed_at: string | null
  body: string | null
  labels: { name: string }[]
  assignee: { login: string } | null
  milestone: { title?: string; due_on: string | null } | null
  issue_field_values?: { issue_field_id: number; issue_field_name: string; data_type: string; value: unknown }[]
  pull_request?: object
}

export type FakeGithub = {
  readonly url: string
  readonly issues: Issue[]
  /** Queries of the lists that were asked for. */
  readonly asked: URLSearchParams[]
  /** What is not as it is documented, in the words of the reader of a test. */
  readonly faults: string[]
  add(number: number, changes?: Partial<Issue>): Issue
  /** Answers so instead of a list; or cuts the connection, or leaves it without an answer. */
  trouble:
    | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
    | 'cuts'
    | 'hangs'
    | undefined
  /** How often it answered so. */
  refused: number
  /** An issue that is posted is kept, and the connection ends without an answer. */
  dropsAnswers: boolean
  /** Labels that are posted are left out, as for who may not set them. */
  dropsLabels: boolean
  /** Issues that were deleted. */
  readonly deleted: Issue[]
  /** Pages of issues that were transferred, and what they have become. */
  readonly transferred: Map<string, Issue>
  /** Pages of issues that were asked for by themselves. */
  readonly askedFor: string[]
  /** Deletes it: from then on it is in no list, and answers 410. */
  remove(issue: Issue): void
  /** Transfers it to another repository, where it has another id and number; the rest of it goes along. */
  transfer(issue: Issue, repository: string, number: number): Issue
  /** By how much its clock is ahead. */
  skewMs: number
  /** Called when the first page of a list was served. */
  afterFirstPage: (() => void) | undefined
  /** Pages are so long, whatever is asked for. */
  pageLength: number
  close(): Promise<void>
}

/**
 * GitHub's list of issues on loopback, which checks each request against its documentation.
 *
 * @param now what its clock says, milliseconds
 */
export async function startFakeGithub(now = Date.now): Promise<FakeGithub> {
  const server = createServer((request, response) => {
    response.setHeader('date', new Date(now() + fake.skewMs).toUTCString())
    answer(fake, request, response, now)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const fake: FakeGithub = {
    url: `http://127.0.0.1:${port}`,
    issues: [],
    asked: [],
    faults: [],
    trouble: undefined,
    refused: 0,
    pageLength: 2,
    dropsAnswers: false,
    dropsLabels: false,
    deleted: [],
    transferred: new Map(),
    askedFor: [],
    skewMs: 0,
    afterFirstPage: undefined,
    remove: (issue) => {
      fake.issues.splice(fake.issues.indexOf(issue), 1)
      fake.deleted.push(issue)
    },
    transfer: (issue, repository, number) => {
      fake.issues.splice(fake.issues.indexOf(issue), 1)
      const url = `https://github.com/${repository}/issues/${number}`
      const moved = fake.add(number, {
        ...issue,
        id: issue.id + 50_000,
        html_url: url,
        updated_at: new Date(now()).toISOString(),
      })
      fake.transferred.set(issue.html_url, moved)
      return moved
    },
    add: (number, changes = {}) => {
      const issue: Issue = {
        ...{ id: 1_000 + number, html_url: `https://github.com/acme/shop/issues/${number}`, title: `Fix ${number}` },
        ...{
          state: 'open',
          state_reason: null,
          created_at: '2026-10-01T00:00:00Z',
          updated_at: new Date(now()).toISOString(),
        },
        ...{ closed_at: null, body: null, labels: [{ name: 'permanent-fix' }], assignee: null, milestone: null },
        ...changes,
      }
      fake.issues.push(issue)
      return issue
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return fake
}

function answer(fake: FakeGithub, request: IncomingMessage, response: ServerResponse, now: () => number): void {
  const url = new URL(request.url ?? '', fake.url)
  const { headers } = request
  if (headers.authorization !== `Bearer ${TOKEN}`) fake.faults.push('not the token')
  if (headers.accept !== 'application/vnd.github+json') fake.faults.push('not the documented type')
  if (headers['x-github-api-version'] !== '2022-11-28') fake.faults.push('no version')
  if (headers['user-agent'] === undefined) fake.faults.push('no user agent')
  if (fake.trouble !== undefined) {
    fake.refused++
    if (fake.trouble === 'hangs') return
    if (fake.trouble === 'cuts') return void request.socket.destroy()
    return void response.writeHead(fake.trouble.status, fake.trouble.headers).end('{}')
  }
  const [, one, about] = /^\/repos\/(acme\/[a-z]+\/issues\/\d+)(\/issue-field-values)?$/.exec(url.pathname) ?? []
  if (one !== undefined) {
    const page = `https://github.com/${one}`
    if (request.method === 'GET') answerOne(fake, page, response)
    else void change(fake, request, response, page, about !== undefined)
    return
  }
  if (url.pathname === '/orgs/acme/issue-fields' && request.method === 'GET') {
    response.end(JSON.stringify(FIELDS))
    return
  }
  if (url.pathname === '/repos/acme/old/issues') {
    response.writeHead(301, { location: `${fake.url}/repositories/9/issues${url.search}` }).end('{}')
    return
  }
  const repository = LISTS[url.pathname]
  if (repository === undefined) fake.faults.push(url.pathname)
  if (request.method === 'POST') return void create(fake, request, response, now, repository ?? '')
  fake.asked.push(url.searchParams)
  const page = Number(url.searchParams.get('page') ?? 1)
  const since = url.searchParams.get('since') ?? ''
  if (since !== '' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(since)) fake.faults.push(`since=${since}`)
  const label = url.searchParams.get('labels')
  const found = fake.issues.filter(
    ({ html_url, labels, updated_at }) =>
      html_url.includes(`/${repository}/`) && labels.some(({ name }) => name === label) && updated_at >= since,
  )
  const from = (page - 1) * fake.pageLength
  if (found.length > from + fake.pageLength) {
    url.searchParams.set('page', String(page + 1))
    response.setHeader('link', `<${url.href}>; rel="next", <${fake.url}/last>; rel="last"`)
  }
  response.setHeader('content-type', 'application/json; charset=utf-8')
  response.end(JSON.stringify(found.slice(from, from + fake.pageLength)))
  if (page === 1) fake.afterFirstPage?.()
}

const LISTS: Readonly<Record<string, string>> = {
  '/repos/acme/shop/issues': 'acme/shop',
  '/repos/acme/web/issues': 'acme/web',
  '/repositories/9/issues': 'acme/shop',
}

/** "List issue fields for an organization". */
const FIELDS = [
  { id: 41, name: 'Effort', data_type: 'number' },
  { id: 42, name: 'Target date', data_type: 'date' },
]

/** "Update an issue", of which only the text is changed here, and "Add issue field values to an issue". */
async function change(
  fake: FakeGithub,
  request: IncomingMessage,
  response: ServerResponse,
  page: string,
  isField: boolean,
): Promise<void> {
  const issue = fake.issues.find(({ html_url }) => html_url === page)
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const sent = JSON.parse(Buffer.concat(parts).toString()) as Readonly<Record<string, unknown>>
  if (request.method !== (isField ? 'POST' : 'PATCH')) fake.faults.push(`${request.method} ${request.url}`)
  if (Object.keys(sent).join() !== (isField ? 'issue_field_values' : 'body'))
    fake.faults.push(`sent ${Object.keys(sent)}`)
  if (issue === undefined) return void response.writeHead(404).end('{}')
  if (isField) {
    const [{ field_id: id, value }] = sent['issue_field_values'] as [{ field_id: number; value: unknown }]
    const field = FIELDS.find((one) => one.id === id)
    if (field === undefined || !/^\d{4}-\d\d-\d\d$/.test(String(value)))
      fake.faults.push(`field ${id} ${String(value)}`)
    const kept = { issue_field_id: id, issue_field_name: field?.name ?? '', data_type: field?.data_type ?? '', value }
    issue.issue_field_values = [kept]
  } else {
    issue.body = String(sent['body'])
  }
  issue.updated_at = new Date(Date.now() + fake.skewMs).toISOString()
  response.setHeader('content-type', 'application/json; charset=utf-8')
  response.end(JSON.stringify(isField ? issue.issue_field_values : issue))
}

/** "Get an issue": 301 to where it was transferred, 410 when it was deleted, 404 when there is none. */
function answerOne(fake: FakeGithub, page: string, response: ServerResponse): void {
  fake.askedFor.push(page)
  const moved = fake.transferred.get(page)
  const location = moved?.html_url.replace('https://github.com', `${fake.url}/repos`)
  if (location !== undefined) return void response.writeHead(301, { location }).end('{}')
  const issue = fake.issues.find(({ html_url }) => html_url === page)
  if (issue !== undefined) return void response.end(JSON.stringify(issue))
  response.writeHead(fake.deleted.some(({ html_url }) => html_url === page) ? 410 : 404).end('{}')
}

/** "Create an issue": the title is required, body and labels are not; it answers 201 with the issue. */
async function create(
  fake: FakeGithub,
  request: IncomingMessage,
  response: ServerResponse,
  now: () => number,
  repository: string,
): Promise<void> {
  if (request.headers['content-type'] !== 'application/json') fake.faults.push('not JSON')
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const posted = JSON.parse(Buffer.concat(parts).toString()) as Record<string, unknown>
  const { title, body, labels, ...unknown } = posted
  if (typeof title !== 'string' || title === '' || title.length > 256) fake.faults.push(`title ${String(title)}`)
  if (typeof body !== 'string' || body.length > 65_536) fake.faults.push('not a body')
  if (!Array.isArray(labels) || labels.some((label) => typeof label !== 'string')) fake.faults.push('not labels')
  if (Object.keys(unknown).length > 0) fake.faults.push(`not documented: ${Object.keys(unknown).join(', ')}`)
  const number = fake.issues.length + 100
  const issue = fake.add(number, {
    html_url: `https://github.com/${repository}/issues/${number}`,
    ...{ title: String(title), body: String(body), created_at: new Date(now()).toISOString() },
    labels: fake.dropsLabels ? [] : (labels as string[]).map((name) => ({ name })),
  })
  if (fake.dropsAnswers) request.socket.destroy()
  else response.writeHead(201, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(issue))
}
