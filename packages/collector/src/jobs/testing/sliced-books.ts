import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Counts, NO_DATA, type Objective } from '@tabiji/core/journey'
import type { Reading } from '@tabiji/core/ledger'
import { MINUTE } from '@tabiji/core/time'
import { createCorrectionStore } from '../../store/correction-store.ts'
import { openDatabase } from '../../store/database.ts'
import { createLedgerStore } from '../../store/ledger-store.ts'
import { temporaryFolder } from '../../store/testing/temporary-folder.ts'
import { createJudge } from '../budget/budgets.ts'
import { createExclusions } from '../budget/exclusions.ts'
import { createSlices } from '../budget/slices.ts'
import { openLedger } from '../ledger/ledger.ts'
import { definitionOf, NOON } from './books.ts'

const POLICY = {
  pairs: [{ level: 1, longMs: 30 * MINUTE, shortMs: 5 * MINUTE, speed: { factorMilli: 2_000 } }],
  milestones: [],
  guard: { badEvents: 1, confidencePercent: 80 },
} as const

const OBJECTIVES = NO_DATA.flatMap((onNoData): Objective[] => {
  const common = {
    indicator: 'experience',
    targetPpm: 900_000,
    window: { kind: 'rolling', ms: 60 * MINUTE },
    policy: POLICY,
  } as const
  const sliceMs = MINUTE
  return [
    {
      ...common,
      name: `time-${onNoData}`,
      budgeting: { method: 'timeslices', sliceMs, sliceTargetPpm: 500_000, onNoData },
    },
    { ...common, name: `mean-${onNoData}`, budgeting: { method: 'ratio-timeslices', sliceMs, onNoData } },
  ]
})

/** Books of one journey on a real file, with an objective for each way of keeping slices. The ledger is ten minutes older. */
export function createJudgeBooks() {
  const folder = temporaryFolder()
  const birth = NOON - 10 * MINUTE
  const file = definitionOf(...OBJECTIVES)
  const open = () => {
    const opened = openDatabase(join(folder, 'books.db'), birth)
    const store = createLedgerStore(opened.database)
    const ledger = openLedger(store, { grid: [{ fromAgeSeconds: 0, width: 15 }], clockSkewMs: 5_000 })
    const corrections = createCorrectionStore(opened.database)
    const exclusions = createExclusions(ledger, store.rows, corrections.all)
    const judge = createJudge(file, ledger, [], exclusions, createSlices(ledger, store.rows))
    return { opened, store, ledger, corrections, exclusions, judge }
  }
  let desk = open()
  let total: Counts = [0, 0, 0, 0]
  let lives = 0
  const told = (id: string, startedAt: number, at: number, counts: Counts): Reading => ({
    speaker: { id, identified: true, service: 'shop', startedAt },
    at,
    steps: [{ journey: 'checkout', step: 'pay', role: 'own', counts }],
  })
  return {
    judge: () => desk.judge,
    store: () => desk.store,
    corrections: () => desk.corrections.all(),
    /** The service is read, and has counted so much more. */
    read: (at: number, [good = 0, slow = 0, error = 0]: readonly number[]) => {
      total = [total[0] + good, total[1] + slow, total[2] + error, 0]
      desk.ledger.book([told('shop', NOON, at, total)], at)
    },
    /** Another process hands its counts over, of a time that is gone. */
    late: (now: number, at: number, [good = 0, slow = 0, error = 0]: readonly number[]) => {
      desk.ledger.book([told(`gone-${lives++}`, at - 1, at, [good, slow, error, 0])], now)
    },
    correct: (n: number, from: number, length: number, now: number) => {
      desk.corrections.add({
        from,
        to: from + length,
        zone: 'Asia/Tokyo',
        createdAt: now,
        reason: `${n}`,
        category: 'other',
        appliesTo: [],
      })
      desk.exclusions.changed()
    },
    restart: () => {
      desk.opened.close()
      desk = open()
    },
    close: () => {
      desk.opened.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
