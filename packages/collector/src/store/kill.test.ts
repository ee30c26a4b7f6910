import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { eachAccount } from '@tabiji/core/ledger'
import { expect, test } from 'vitest'
import { BIRTH, openOn, rowsOf, sumsOf, withoutEmptyEnd } from '../jobs/testing/ledger-on-file.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'

const FULL = process.env['TABIJI_FULL'] === '1'
const KILLS = FULL ? 100 : 3
const COMMIT = fileURLToPath(new URL('testing/commit-until-killed.mjs', import.meta.url))

/**
 * Lets a process commit from number `first` on and kills it once it has told of some commits, wherever it is by then.
 *
 * @returns the last commit that it told of.
 */
async function commitUntilKilled(file: string, first: number): Promise<number> {
  const child = spawn(process.execPath, [COMMIT, file, String(first), String(BIRTH)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  const enough = Math.floor(Math.random() * 60) + 1
  let [told, last] = [0, 0]
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line)
    if (++told === enough) child.kill('SIGKILL')
  }
  expect(await gone).toEqual([null, 'SIGKILL'])
  return last
}

test(`a process that is killed ${KILLS} times in the middle of its commits loses none that it told of`, {
  timeout: FULL ? 600_000 : 60_000,
}, async () => {
  const file = join(temporaryFolder(), 'books.db')
  const baseline = new Map([['older', [1_001, 0, 0, 1]]])
  let last = 0
  for (let kill = 0; kill < KILLS; kill++) {
    last = await commitUntilKilled(file, last + 1)
    const open = openOn(file)
    const positions = open.store.positions()

    // Entries and the positions that they came from are there together, or not at all.
    const log = withoutEmptyEnd(sumsOf(open.store.rows(0, Number.MAX_SAFE_INTEGER)))
    const countsIn = (id: string) =>
      new Map(positions.filter((one) => one.id === id).flatMap(({ counts }) => [...eachAccount(counts)]))
    const booked = open.store.accounts().map((_, account) =>
      [0, 1, 2, 3].map((i) =>
        positions.reduce((sum, { id }) => {
          return sum + (countsIn(id).get(account)?.[i] ?? 0) - (baseline.get(id)?.[i] ?? 0)
        }, 0),
      ),
    )
    expect(log.map((row) => row.slice(0, 4))).toEqual(booked)
    expect(rowsOf(open.ledger.books.total.rows)).toEqual(log)

    // What was told is there; at most the commit that was under way is there besides.
    const told = countsIn('older').get(0)?.[0] ?? 0
    expect([last, last + 1]).toContain(told - 1_000)
    expect(countsIn(`process-${last % 5}`).get(0)).toEqual([3 * last, 2 * last, last, 0])

    for (const window of [60_000, 600_000]) {
      const edge = open.ledger.windowEdge(window, BIRTH + last * 1000)
      const walked = withoutEmptyEnd(sumsOf(open.store.rows(edge.at, Number.MAX_SAFE_INTEGER)))
      expect(rowsOf(open.ledger.books.total.rows, edge.rows)).toEqual(walked)
    }
    last = told - 1_000
    open.close()
  }
})
