import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Request, RequestHandler, Response } from 'express'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runCli } from '../../testing/captured-io.ts'
import { openWorkDesk } from '../../testing/work-desk.ts'
import { listen, serveWork, signInAs } from '../../testing/work-server.ts'
import { fixCommand } from '../fix/fix.ts'

const list = (env: Readonly<Record<string, string>>, ...words: readonly string[]) =>
  runCli([fixCommand], ['fix', 'list', ...words], { env })

/** Runs `tabiji fix list` against a server that answers like this. */
async function against(handler: RequestHandler, ...words: readonly string[]) {
  const server = await listen(handler)
  try {
    return { url: server.url, ...(await list({ TABIJI_TOKEN: 's3cret' }, '--url', server.url, ...words)) }
  } finally {
    await server.close()
  }
}

describe('a collector that cannot be reached', () => {
  test('exits 3 and says how to start it or point to another one', async () => {
    const { url, close } = await listen(() => undefined)
    await close()
    expect(await list({ TABIJI_URL: url })).toEqual({
      exit: 3,
      stdout: '',
      stderr: `error: cannot reach the collector at ${url} (connection refused)\n  fix: start it with \`tabiji up\`, or point to another one: \`tabiji fix list --url https://…\`\n`,
    })
    const { stderr } = await list({ TABIJI_URL: url }, '--json')
    expect(JSON.parse(stderr).error).toMatchObject({
      code: 'CLI_UNREACHABLE',
      hint: expect.stringContaining('tabiji up'),
    })
  })

  test('exits 3 when it does not answer in time', async () => {
    const ran = await against(() => undefined, '--timeout', '50ms')
    expect(ran).toMatchObject({ exit: 3, stderr: expect.stringContaining('(no answer within 50 ms)') })
  })

  test('exits 3 when it hangs up', async () => {
    const ran = await against((request) => void request.socket.destroy())
    expect(ran).toMatchObject({ exit: 3, stderr: expect.stringContaining('(connection closed by the other side)') })
  })
})

describe('an answer that is none of a collector', () => {
  test('exits 3 on a redirect, and the token does not follow it', async () => {
    let followed = 0
    const elsewhere = await listen((_: Request, response: Response) => {
      followed++
      response.json({ fixes: [] })
    })
    try {
      const ran = await against((_, response) => response.redirect(307, elsewhere.url))
      expect(ran).toMatchObject({ exit: 3, stdout: '', stderr: expect.stringContaining('redirect (HTTP 307)') })
      expect(followed).toBe(0)
    } finally {
      await elsewhere.close()
    }
  })

  test.each<[string, RequestHandler, string]>([
    ['is not JSON', (_, response) => void response.send('<html>'), 'does not answer as a collector (HTTP 200)'],
    ['is a page that is not found', (_, response) => void response.status(404).send('<html>'), '(HTTP 404)'],
    ['is a proxy without a backend', (_, response) => void response.status(502).send('\u001b[2J'), '(HTTP 502)'],
    [
      'is too much asked',
      (_, response) => void response.status(429).json({ error: { code: 'A', message: 'slow' } }),
      '(HTTP 429: slow)',
    ],
    [
      'is another document',
      (_, response) => void response.json({ fixes: [{ key: 1 }] }),
      'is not what this version of tabiji can read (at "fixes.0.key")',
    ],
  ])('exits 3 when it %s', async (_, handler, message) => {
    expect(await against(handler)).toMatchObject({ exit: 3, stdout: '', stderr: expect.stringContaining(message) })
  })

  test('is made harmless when it is a hostile refusal', async () => {
    const error = { code: 'X', message: 'no\u001b[2J\u009b2J', hint: 'a\nb' }
    const ran = await against((_, response) => void response.status(422).json({ error }))
    expect(ran).toMatchObject({ exit: 1, stderr: 'error: no\\u{1b}[2J\\u{9b}2J\n  fix: a\\u{a}b\n' })
  })
})

describe('a collector that asks for a token', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tabiji-token-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const tokenFile = (text: string) => {
    const file = join(folder, 'token')
    writeFileSync(file, text)
    return file
  }

  test('exits 4 without one and with one that may not, and is content with the right one', async () => {
    const desk = openWorkDesk()
    const server = await serveWork(desk.work, signInAs('s3cret', 'ci'))
    const run = (env: Readonly<Record<string, string>>) => list({ ...env, TABIJI_URL: server.url })
    try {
      expect(await run({})).toMatchObject({ exit: 4, stderr: expect.stringContaining('TABIJI_TOKEN_FILE') })
      const wrong = await run({ TABIJI_TOKEN: 'wr0ng-token' })
      expect(wrong).toMatchObject({ exit: 4, stderr: expect.stringContaining('HTTP 403') })
      expect(wrong.stderr).not.toContain('wr0ng')
      expect(await run({ TABIJI_TOKEN: 's3cret' })).toMatchObject({ exit: 0 })
      expect(await run({ TABIJI_TOKEN: 'wr0ng', TABIJI_TOKEN_FILE: tokenFile('s3cret\n') })).toMatchObject({ exit: 0 })
    } finally {
      await server.close()
      desk.close()
    }
  })

  test.each([
    ['has two lines', 's3cret\n0ther'],
    ['is empty', '\n'],
    ['holds a sign that no header may carry', 'sécret'],
  ])('is never asked when the token file %s, and the token is not shown', async (_, text) => {
    const { exit, stderr } = await list({ TABIJI_TOKEN_FILE: tokenFile(text) })
    expect([exit, stderr.includes('to hold one token')]).toEqual([2, true])
    for (const part of text.split('\n').filter((line) => line !== '')) expect(stderr).not.toContain(part)
  })

  test('is never asked when the token file cannot be read', async () => {
    const ran = await list({ TABIJI_TOKEN_FILE: join(folder, 'absent') })
    expect(ran).toMatchObject({ exit: 2, stderr: expect.stringContaining('(ENOENT)') })
  })
})

test.each([
  [['--url', 'collector:7070'], 'to be a plain http or https address'],
  [['--url', 'http://suzuki:s3cret@127.0.0.1:7070'], 'without a user and a password'],
  [['--timeout', 'soon'], 'Expected `--timeout` to be a duration, got "soon"'],
])('%j is wrong usage, exits 2 and shows no secret', async (words, message) => {
  const { exit, stderr } = await list({}, ...words)
  expect([exit, stderr.includes(message), stderr.includes('s3cret')]).toEqual([2, true, false])
})

test('a path before the API is kept, for a collector behind a proxy', async () => {
  const asked: string[] = []
  const { url, close } = await listen((request: Request, response: Response) => {
    asked.push(request.originalUrl)
    response.json({ fixes: [] })
  })
  await list({}, '--url', `${url}/tabiji/`)
  await close()
  expect(asked).toEqual(['/tabiji/api/v1/fixes?state=open'])
})
