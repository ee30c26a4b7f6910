import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const REPOSITORY = '/repos/acme/shop/issues'

type Issue = {
  readonly id: number
  readonly number: number
  readonly html_url: string
  readonly title: string
  readonly body: string
  readonly labels: readonly { readonly name: string }[]
  readonly created_at: string
  state: 'open' | 'closed'
  state_reason: 'completed' | null
  updated_at: string
  closed_at: string | null
}

export type GithubStandIn = {
  readonly url: string
  readonly token: string
  readonly issues: readonly Issue[]
  /** Somebody closes the issue there, at a time in milliseconds. */
  close(number: number, at: number): void
  end(): Promise<void>
}

/**
 * Stands in for GitHub on loopback: as much of "List repository issues" and "Create an issue" as the story needs. It is not
 * GitHub, and says so in each issue's address.
 *
 * @param now what its clock says, milliseconds
 */
export async function openGithubStandIn(now: () => number): Promise<GithubStandIn> {
  const issues: Issue[] = []
  const token = 'stand-in-token-of-the-story'
  const server = createServer((request, response) => {
    answer(request, response, { issues, token, now }).catch(() => response.writeHead(400).end('{}'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ token, issues },
    close: (number, at) => {
      const issue = issues.find((one) => one.number === number)
      if (issue === undefined) throw new Error(`Expected an issue ${number} in the stand-in, got none`)
      const closed = new Date(at).toISOString()
      Object.assign(issue, { state: 'closed', state_reason: 'completed', closed_at: closed, updated_at: closed })
    },
    end: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

type Desk = { readonly issues: Issue[]; readonly token: string; readonly now: () => number }

async function answer(request: IncomingMessage, response: ServerResponse, desk: Desk): Promise<void> {
  const { issues, token, now } = desk
  const url = new URL(request.url ?? '', 'http://stand-in')
  const tell = (status: number, body: unknown) =>
    response
      .writeHead(status, { 'content-type': 'application/json', date: new Date(now()).toUTCString() })
      .end(JSON.stringify(body))
  if (request.headers.authorization !== `Bearer ${token}`) return void tell(401, { message: 'Bad credentials' })
  if (url.pathname !== REPOSITORY) return void tell(404, { message: 'Not Found' })
  if (request.method === 'POST') return void tell(201, create(desk, await bodyOf(request)))
  const label = url.searchParams.get('labels')
  const since = Date.parse(url.searchParams.get('since') ?? '1970-01-01')
  const isAsked = ({ labels, updated_at }: Issue) =>
    labels.some(({ name }) => name === label) && Date.parse(updated_at) >= since
  tell(200, issues.filter(isAsked))
}

function create({ issues, now }: Desk, { title, body, labels }: Posted): Issue {
  const at = new Date(now()).toISOString()
  const number = issues.length + 1
  const issue: Issue = {
    ...{ id: 1_000 + number, number, html_url: `https://github-stand-in.example/acme/shop/issues/${number}` },
    ...{ title, body, labels: labels.map((name) => ({ name })), created_at: at, updated_at: at },
    ...{ state: 'open', state_reason: null, closed_at: null },
  }
  issues.push(issue)
  return issue
}

type Posted = { readonly title: string; readonly body: string; readonly labels: readonly string[] }

async function bodyOf(request: IncomingMessage): Promise<Posted> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const { title, body, labels } = JSON.parse(Buffer.concat(parts).toString()) as Partial<Posted>
  if (title === undefined || body === undefined || labels === undefined) throw new Error('Expected an issue')
  return { title, body, labels }
}
