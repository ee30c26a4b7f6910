import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Definition, Objective } from '@tabiji/core/journey'
import type { Reading } from '@tabiji/core/ledger'
import { createAlertStore } from '../../store/alert-store.ts'
import { createCorrectionStore } from '../../store/correction-store.ts'
import { openDatabase } from '../../store/database.ts'
import { createGatedStore } from '../../store/gated-store.ts'
import { createLedgerStore } from '../../store/ledger-store.ts'
import { createWorkStore } from '../../store/work-store.ts'
import { createGatekeeper } from '../alert/gatekeeper.ts'
import { createJudge } from '../budget/budgets.ts'
import { recordRevision } from '../budget/revision.ts'
import { openLedger } from '../ledger/ledger.ts'
import { tellingTo } from './office.ts'

/** Thursday noon in Tokyo, far from any edge of a month. */
export const NOON = Date.parse('2026-10-15T12:00:00+09:00')

export const MINUTE = 60_000

const GRID = [{ fromAgeSeconds: 0, width: 15 }] as const

/** A file with one journey of two steps and the given objectives. */
export function definitionOf(...objectives: readonly Objective[]): Definition {
  const step = { kind: 'http', routes: [], withinMs: 300, clock: 'request' } as const
  const statuses = { good: [], bad: [], excluded: [] }
  return {
    timeZone: 'Asia/Tokyo',
    classes: {},
    journeys: [
      {
        name: 'checkout',
        title: { en: 'Check out', ja: '購入' },
        owner: 'shop-team',
        runbook: 'https://wiki.example.org/checkout',
        tier: 1,
        objectives,
        steps: [
          { ...step, name: 'cart', statuses },
          { ...step, name: 'pay', statuses },
        ],
      },
    ],
    fingerprint: '0123456789abcdef',
  }
}

export const AVAILABILITY: Objective = {
  name: 'availability',
  indicator: 'availability',
  targetPpm: 990_000,
  window: { kind: 'rolling', ms: 30 * 24 * 60 * MINUTE },
}

/** A real store in a folder of its own, with a ledger on it; `close` removes both. */
export function openBooks(definition: Definition, now = NOON) {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-'))
  const file = join(folder, 'tabiji.db')
  const open = openDatabase(file, now)
  const ledgerStore = createLedgerStore(open.database)
  const alerts = createAlertStore(open.database)
  const ledger = openLedger(ledgerStore, { grid: GRID, clockSkewMs: 5_000 })
  const gated = createGatedStore(open.database)
  return {
    file,
    alerts,
    gatekeeper: openGatekeeper({ ...gated, openEpisodes: alerts.openEpisodes }, now),
    ledger,
    ledgerStore,
    corrections: createCorrectionStore(open.database),
    workStore: createWorkStore(open.database),
    judge: createJudge(definition, ledger, recordRevision(ledgerStore, definition, now)),
    close: () => {
      open.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The gates of an office, where nothing is silenced and nothing keeps anything else quiet. */
function openGatekeeper(store: Parameters<typeof createGatekeeper>[0]['store'], now: number) {
  return createGatekeeper({
    store,
    silences: { active: () => [], endIdle: () => undefined },
    maintenance: () => [],
    inhibitions: [],
    graceUntil: now,
    deskOf: tellingTo().deskOf,
    groups: () => false,
    budgetOf: () => undefined,
    isTold: () => true,
  })
}

/** A process that counts up: each call adds events of `pay` and gives the reading at that time. */
export function createShop(startedAt = NOON, service = 'shop') {
  const pay = [0, 0, 0, 0]
  const cart = [0, 0, 0, 0]
  return (at: number, add: { readonly pay?: readonly number[]; readonly cart?: readonly number[] }): Reading => {
    for (const [i, count] of (add.pay ?? []).entries()) pay[i] = (pay[i] ?? 0) + count
    for (const [i, count] of (add.cart ?? []).entries()) cart[i] = (cart[i] ?? 0) + count
    const step = (name: string, [good = 0, slow = 0, error = 0, excluded = 0]: readonly number[]) =>
      ({ journey: 'checkout', step: name, role: 'own', counts: [good, slow, error, excluded] }) as const
    return {
      speaker: { id: `${service}-1`, identified: true, service, startedAt },
      at,
      steps: [step('cart', cart), step('pay', pay)],
    }
  }
}
