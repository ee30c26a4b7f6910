import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const PACKAGES = join(import.meta.dirname, '../../packages')

/** Runs a command whose reader has gone before it writes. */
function runUnread(script: string, words: readonly string[], unread: 'stdout' | 'stderr') {
  const child = spawn(process.execPath, [join(PACKAGES, script), ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
  child[unread].destroy()
  let said = ''
  const other = unread === 'stdout' ? child.stderr : child.stdout
  other.on('data', (chunk) => {
    said += String(chunk)
  })
  return new Promise<{ exit: number | null; said: string }>((resolve) =>
    child.once('close', (exit) => resolve({ exit, said })),
  )
}

test.each([
  ['collector/bin/tabiji.js', ['--help'], 'stdout', 0],
  ['collector/bin/tabiji.js', ['check', '--help'], 'stdout', 0],
  ['collector/bin/tabiji.js', ['grafana'], 'stdout', 0],
  ['collector/bin/tabiji.js', ['check', '--bogus'], 'stderr', 2],
  ['report/bin/tabiji-report.js', ['--help'], 'stdout', 0],
  ['report/bin/tabiji-report.js', ['--bogus'], 'stderr', 2],
] as const)(
  '%s %s whose %s nobody reads ends quietly with %s',
  async (script, words, unread, exit) => {
    expect(await runUnread(script, words, unread)).toEqual({ exit, said: '' })
  },
  60_000,
)
