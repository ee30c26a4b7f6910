import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** The file that `tabiji-report` runs; it runs what was compiled. */
export const BIN = fileURLToPath(new URL('../../bin/tabiji-report.js', import.meta.url))

export type Ended = { readonly stdout: string; readonly stderr: string; readonly exit: number | null }

type Setting = { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv; readonly stdin?: string }

/** Runs the command as a process of its own and waits for its end. */
export function runCommand(args: readonly string[], setting: Setting = {}): Promise<Ended> {
  return endOf(startCommand(args, setting))
}

/** Starts the command; its environment holds no token but the one that is given. */
export function startCommand(args: readonly string[], { cwd = folder(), env = {}, stdin = '' }: Setting): ChildProcess {
  const { TABIJI_TOKEN: _, TABIJI_TOKEN_FILE: __, ...clean } = process.env
  const child = spawn(process.execPath, [BIN, ...args], { cwd, env: { ...clean, ...env } })
  // A command that does not read its input closes it, which is no failure of the test.
  child.stdin.on('error', () => {})
  child.stdin.end(stdin)
  return child
}

/** What a process printed, once both its outputs are closed. */
export async function endOf(child: ChildProcess): Promise<Ended> {
  const printed = { stdout: '', stderr: '' }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (printed.stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (printed.stderr += text))
  const [exit] = await once(child, 'close')
  return { ...printed, exit }
}

/** A folder that is gone when the test is over. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'tabiji-report-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

export type Served = { readonly url: string; readonly requests: readonly IncomingMessage[] }

/** A server on loopback for one test, with every request that it got. */
export async function serve(answer: RequestListener): Promise<Served> {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    answer(request, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, requests }
}

/** A collector's part of the API: path → JSON; anything else is 404. */
export function serveJson(answers: Readonly<Record<string, unknown>>): Promise<Served> {
  return serve(({ url = '' }, response) => {
    const found = answers[url]
    response.statusCode = found === undefined ? 404 : 200
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(found ?? { error: { code: 'NOT_FOUND', message: 'This month has not begun.' } }))
  })
}
