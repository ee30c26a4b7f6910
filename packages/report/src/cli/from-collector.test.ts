import { EventEmitter, once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { renderMarkdown } from '../index.ts'
import { endOf, folder, runCommand, serve, serveJson, startCommand } from '../testing/command.ts'
import { octoberFacts } from '../testing/facts.ts'

const MONTHS = '/api/v1/months'
const OCTOBER = '/api/v1/months/2026-10/facts'
/** Asked first: a month that was issued is told as it was. */
const ISSUED = '/api/v1/reports/2026-10/facts'

function collector() {
  return serveJson({ [MONTHS]: { latestComplete: '2026-10', timeZone: 'Asia/Tokyo' }, [OCTOBER]: octoberFacts() })
}

test('the last month that is over is asked for first', async () => {
  const { url, requests } = await collector()
  const cwd = folder()
  const { stdout, stderr, exit } = await runCommand(['--url', `${url}/`, '--format', 'md', '--lang', 'en'], { cwd })
  expect([exit, stdout, stderr]).toEqual([0, 'report-2026-10.en.md\n', `Reading 2026-10 from ${url}\n`])
  expect(requests.map((request) => [request.method, request.url])).toEqual([
    ['GET', MONTHS],
    ['GET', ISSUED],
    ['GET', OCTOBER],
  ])
  expect(requests[0]?.headers.authorization).toBeUndefined()
  expect(readFileSync(join(cwd, 'report-2026-10.en.md'), 'utf8')).toBe(renderMarkdown(octoberFacts(), 'en'))
})

test('a month that is named is the only thing asked for', async () => {
  const { url, requests } = await collector()
  const { exit } = await runCommand(['2026-10', '--url', url, '--quiet'])
  expect([exit, requests.map((request) => request.url)]).toEqual([0, [ISSUED, OCTOBER]])
})

test('the token comes from the file first, and from the environment second', async () => {
  const { url, requests } = await collector()
  const cwd = folder()
  writeFileSync(join(cwd, 'token'), 'from-file\n')
  await runCommand(['2026-10', '--url', url], { cwd, env: { TABIJI_TOKEN_FILE: 'token', TABIJI_TOKEN: 'from-env' } })
  await runCommand(['2026-10', '--url', url], { cwd, env: { TABIJI_TOKEN: 'from-env' } })
  expect(requests.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer from-file',
    'Bearer from-file',
    'Bearer from-env',
    'Bearer from-env',
  ])
})

test.each([
  [401, { TABIJI_TOKEN: 's3cret-t0ken' }, 'use a token that may read reports'],
  [403, { TABIJI_TOKEN: 's3cret-t0ken' }, 'use a token that may read reports'],
  [401, {}, 'set TABIJI_TOKEN_FILE or TABIJI_TOKEN'],
])('an answer of %i is "not allowed", and the token is not repeated', async (status, env, fix) => {
  const { url } = await serve((_, response) => {
    response.writeHead(status).end('{"error":{"message":"No such \\u001b[31mtoken."}}')
  })
  const { stdout, stderr, exit } = await runCommand(['2026-10', '--url', url], { env })
  expect([exit, stdout]).toEqual([4, ''])
  expect(stderr).toContain(
    `error: not allowed: ${url}${ISSUED} (${status})\n  why: the collector says: No such  [31mtoken.\n`,
  )
  expect(stderr).toContain(`  fix: ${fix}\n`)
  expect(stderr).not.toContain('s3cret')
})

test.each([
  [{ TABIJI_TOKEN_FILE: 'missing' }, 'error: cannot read the token from missing (no such file)'],
  [{ TABIJI_TOKEN: 'two words' }, 'error: expected TABIJI_TOKEN to hold one token'],
  [{ TABIJI_TOKEN: 'line\r\nX-Evil: 1' }, 'error: expected TABIJI_TOKEN to hold one token'],
])('%j is no token', async (env, told) => {
  const { url, requests } = await collector()
  const { stderr, exit } = await runCommand(['2026-10', '--url', url], { env })
  expect([exit, requests.length]).toEqual([2, 0])
  expect(stderr).toContain(told)
  expect(stderr).not.toMatch(/two words|Evil/)
})

test('a redirect is not followed, least of all with the token', async () => {
  const elsewhere = await collector()
  const { url } = await serve((_, response) => {
    response.writeHead(302, { location: `${elsewhere.url}${OCTOBER}` }).end()
  })
  const { stderr, exit } = await runCommand(['2026-10', '--url', url], { env: { TABIJI_TOKEN: 'x' } })
  expect([exit, elsewhere.requests]).toEqual([3, []])
  expect(stderr).toContain(`error: ${url}${ISSUED} points elsewhere (302)`)
})

test('a collector that is not there is told with what to do', async () => {
  const { url, exit, stderr } = await notThere()
  expect([exit, stderr]).toEqual([
    3,
    `Reading 2026-10 from ${url}\nerror: cannot reach the collector at ${url} (connection refused)\n` +
      '  fix: start it with `tabiji up`, or point to another one with --url, or read a file with --facts\n',
  ])
})

/** The port was free a moment ago, and loopback ports are not handed out again at once. */
async function notThere() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  server.close()
  await once(server, 'close')
  return { url, ...(await runCommand(['2026-10', '--url', url])) }
}

test('a collector that does not answer in time is given up', async () => {
  const { url } = await serve(() => {})
  const { stderr, exit } = await runCommand(['2026-10', '--url', url, '--timeout', '300ms'])
  expect(exit).toBe(3)
  expect(stderr).toContain(`error: cannot reach the collector at ${url} (no answer within 300 ms)`)
})

test('the time limit holds for the whole answer, not only for its beginning', async () => {
  const { url } = await serve((_, response) => {
    response.writeHead(200)
    response.write('{"schema":')
  })
  const { stderr, exit } = await runCommand(['2026-10', '--url', url, '--timeout', '300ms'])
  expect(exit).toBe(3)
  expect(stderr).toContain('(no answer within 300 ms)')
})

test('an answer without end is cut off', async () => {
  const { url } = await serve((_, response) => {
    const chunk = Buffer.alloc(1 << 20, 0x20)
    const more = () => {
      while (response.write(chunk)) {}
    }
    response.on('drain', more)
    more()
  })
  const { stderr, exit } = await runCommand(['2026-10', '--url', url])
  expect(exit).toBe(3)
  expect(stderr).toContain('why: its answer is longer than 16777216 bytes')
})

test.each([
  ['a page of something else', 200, '<html>', 3, 'what answers at'],
  ['an error of the server', 500, '{}', 3, '(it answered 500)'],
  ['too many requests', 429, '{}', 3, '(it answered 429)'],
  ['no such month', 404, '{"error":{"message":"Not begun."}}', 1, 'why: the collector says: Not begun.'],
  ['a list instead of facts', 200, '[]', 3, 'why: what it issued has no facts'],
])('%s is told apart', async (_, status, body, code, told) => {
  const { url } = await serve((_, response) => {
    response.writeHead(status).end(body)
  })
  const cwd = folder()
  const { stdout, stderr, exit } = await runCommand(['2026-10', '--url', url], { cwd })
  expect([exit, stdout, readdirSync(cwd)]).toEqual([code, '', []])
  expect(stderr).toContain(told)
})

test.each([
  [{ latestComplete: null, timeZone: 'UTC' }, 1, 'error: no month is over yet in the books of the collector at'],
  [{ latestComplete: '../../secrets' }, 3, 'why: its list of months does not name `latestComplete` as YYYY-MM'],
  [{ timeZone: 'UTC' }, 3, 'why: its list of months does not name `latestComplete` as YYYY-MM'],
  ['2026-10', 3, 'why: its list of months does not name `latestComplete` as YYYY-MM'],
])('%j names no month', async (months, code, told) => {
  const { url } = await serveJson({ [MONTHS]: months })
  const { stderr, exit } = await runCommand(['--url', url])
  expect(exit).toBe(code)
  expect(stderr).toContain(told)
})

test('facts of another month are not written under this one', async () => {
  const { url } = await serveJson({ '/api/v1/months/2026-09/facts': octoberFacts() })
  const cwd = folder()
  const { stderr, exit } = await runCommand(['2026-09', '--url', url], { cwd })
  expect([exit, readdirSync(cwd)]).toEqual([1, []])
  expect(stderr).toContain(`error: asked ${url} for 2026-09 and got 2026-10`)
})

test('Ctrl-C while waiting ends it, and nothing is written', async () => {
  const cwd = folder()
  const asked = new EventEmitter()
  const { url } = await serve(() => asked.emit('request'))
  const waiting = once(asked, 'request')
  const child = startCommand(['2026-10', '--url', url], { cwd })
  const ended = endOf(child)
  await waiting
  child.kill('SIGINT')
  expect(await ended).toMatchObject({
    exit: 130,
    stdout: '',
    stderr: expect.stringContaining('error: stopped; nothing'),
  })
  expect(readdirSync(cwd)).toEqual([])
})

test('a reader that has seen enough is no failure', async () => {
  const { url } = await collector()
  const cwd = folder()
  const child = startCommand(['2026-10', '--url', url, '--format', 'html', '--lang', 'en', '--out', '-'], { cwd })
  child.stdout?.destroy()
  const { exit, stderr } = await endOf(child)
  expect([exit, stderr]).toEqual([0, `Reading 2026-10 from ${url}\n`])
})

test('a month that was issued is written from what was frozen, with its stamp', async () => {
  const issue = { revision: 2, issuedAt: '2026-11-05T10:12:00+09:00', sha256: 'ab'.repeat(32), version: '0.0.9' }
  const { url, requests } = await serveJson({ [ISSUED]: { issue, facts: octoberFacts() }, [OCTOBER]: {} })
  const words = ['2026-10', '--url', url, '--format', 'md', '--lang', 'en', '--out', '-']
  const { stdout, exit } = await runCommand(words)
  expect([exit, requests.map((request) => request.url)]).toEqual([0, [ISSUED]])
  expect(stdout).toContain('Issued 2026-11-05 10:12, revision 2.')
  expect(stdout).toMatch(/Rendered by Tabiji \S+ from the figures that Tabiji 0\.0\.9 issued/)
  const odd = await serveJson({ [ISSUED]: { issue: { ...issue, revision: 'second' }, facts: octoberFacts() } })
  const refused = await runCommand(['2026-10', '--url', odd.url])
  expect([refused.exit, refused.stdout]).toEqual([1, ''])
  expect(refused.stderr).toContain('stamped 2026-10 in a way that this version cannot read')
})
