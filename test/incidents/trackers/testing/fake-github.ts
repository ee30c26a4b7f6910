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
  milestone: { due_on: string | null } | null
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
  /** Answers so instead of a list. */
  trouble: { readonly status: number; readonly headers?: Readonly<Record<string, string>> } | undefined
  /** How often it answered so. */
  refused: number
  /** Pages are so long, whatever is asked for. */
  pageLength: number
  close(): Promise<void>
}

/** GitHub's list of issues on loopback, which checks each request against its documentation. */
export async function startFakeGithub(): Promise<FakeGithub> {
  const server = createServer((request, response) => answer(fake, request, response))
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
    add: (number, changes = {}) => {
      const issue: Issue = {
        ...{ id: 1_000 + number, html_url: `https://github.com/acme/shop/issues/${number}`, title: `Fix ${number}` },
        ...{
          state: 'open',
          state_reason: null,
          created_at: '2026-10-01T00:00:00Z',
          updated_at: new Date().toISOString(),
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

function answer(fake: FakeGithub, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '', fake.url)
  const { headers } = request
  if (headers.authorization !== `Bearer ${TOKEN}`) fake.faults.push('not the token')
  if (headers.accept !== 'application/vnd.github+json') fake.faults.push('not the documented type')
  if (headers['x-github-api-version'] !== '2022-11-28') fake.faults.push('no version')
  if (headers['user-agent'] === undefined) fake.faults.push('no user agent')
  if (fake.trouble !== undefined) {
    fake.refused++
    response.writeHead(fake.trouble.status, fake.trouble.headers).end('{}')
    return
  }
  if (url.pathname === '/repos/acme/old/issues') {
    response.writeHead(301, { location: `${fake.url}/repositories/9/issues${url.search}` }).end('{}')
    return
  }
  if (!['/repos/acme/shop/issues', '/repositories/9/issues'].includes(url.pathname)) fake.faults.push(url.pathname)
  fake.asked.push(url.searchParams)
  const page = Number(url.searchParams.get('page') ?? 1)
  const since = url.searchParams.get('since') ?? ''
  if (since !== '' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(since)) fake.faults.push(`since=${since}`)
  const label = url.searchParams.get('labels')
  const found = fake.issues.filter(
    ({ labels, updated_at }) => labels.some(({ name }) => name === label) && updated_at >= since,
  )
  const from = (page - 1) * fake.pageLength
  if (found.length > from + fake.pageLength) {
    url.searchParams.set('page', String(page + 1))
    response.setHeader('link', `<${url.href}>; rel="next", <${fake.url}/last>; rel="last"`)
  }
  response.setHeader('content-type', 'application/json; charset=utf-8')
  response.end(JSON.stringify(found.slice(from, from + fake.pageLength)))
}
