import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { BIRTH } from '../../../packages/collector/src/jobs/testing/ledger-on-file.ts'
import { temporaryFolder } from '../../../packages/collector/src/store/testing/temporary-folder.ts'
import { audited } from '../../../packages/collector/src/testing/audit.ts'

const FULL = process.env['TABIJI_FULL'] === '1'
// Each look reads the whole file while it grows, so more of them take more files, not longer ones.
const FILES = FULL ? 40 : 1
const [KILLS, LOOKS] = [2, 15]
const COMMIT = fileURLToPath(
  new URL('../../../packages/collector/src/store/testing/commit-until-killed.mjs', import.meta.url),
)
const TABIJI = fileURLToPath(new URL('../../../packages/collector/bin/tabiji.js', import.meta.url))

test('a process that commits without pause is found in balance at every look, and after every SIGKILL', {
  timeout: FULL ? 600_000 : 60_000,
}, async () => {
  for (let at = 0; at < FILES; at++) {
    const file = join(temporaryFolder(), 'books.db')
    let rows = 0
    for (let kill = 0; kill < KILLS; kill++) rows = await lookBesideWriter(file, rows)
    const { stdout } = await promisify(execFile)(process.execPath, [TABIJI, 'ledger', 'verify', '--store', file])
    expect(stdout).toMatch(/, 2 accounts, all totals agree\n$/)
  }
})

/** @returns how many rows the file has, once its writer is killed */
async function lookBesideWriter(file: string, already: number): Promise<number> {
  let rows = already
  const writer = spawn(process.execPath, [COMMIT, file, String(rows + 1), String(BIRTH)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(writer, 'exit')
  try {
    const commits = createInterface({ input: writer.stdout })[Symbol.asyncIterator]()
    await commits.next()
    for (let look = 0; look < LOOKS; look++) {
      const seen = audited(file)
      expect(seen.disagreements).toEqual([])
      expect(seen.rows).toBeGreaterThan(rows)
      rows = seen.rows
      // The next look is at a later moment: at least one more commit is told of in between.
      await commits.next()
      while (Number((await commits.next()).value) <= rows);
    }
  } finally {
    writer.kill('SIGKILL')
    await gone
  }
  const left = audited(file)
  expect(left.disagreements).toEqual([])
  return left.rows
}
