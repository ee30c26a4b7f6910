// Books readings into the store named in the first argument, one commit after the other, until it is killed. Each number
// that it writes was committed before. Commit n tells of process n mod 5, whose counters then stand at n times 3, 2, 1, 0,
// and of one that is older than the ledger.
import { writeSync } from 'node:fs'
import { openLedger } from '../../../dist/jobs/ledger/ledger.js'
import { openDatabase } from '../../../dist/store/database.js'
import { createLedgerStore } from '../../../dist/store/ledger-store.js'

const [file, first, birth] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])]
const grid = [{ fromAgeSeconds: 0, width: 15 }]
const ledger = openLedger(createLedgerStore(openDatabase(file, birth).database), { grid, clockSkewMs: 0 })

function readingOf(id, startedAt, at, counts) {
  const steps = ['start', 'upload'].map((step) => ({ journey: 'measure-feet', step, role: 'own', counts }))
  return { speaker: { id, identified: true, service: 'scan', startedAt }, at, steps }
}

for (let n = first; ; n++) {
  const at = birth + n * 1000
  ledger.book(
    [
      readingOf(`process-${n % 5}`, birth + 1, at, [3 * n, 2 * n, n, 0]),
      readingOf('older', birth - 1, at, [1_000 + n, 0, 0, n]),
    ],
    at,
  )
  ledger.windowEdge(60_000, at)
  ledger.windowEdge(600_000, at)
  if (n % 7 === 0) ledger.checkpoint(at)
  writeSync(1, `${n}\n`)
}
