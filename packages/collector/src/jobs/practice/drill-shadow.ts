import { countsAt, type DrillPlan } from '@tabiji/core/alert'
import type { Definition } from '@tabiji/core/journey'
import type { Reading } from '@tabiji/core/ledger'
import type { LedgerStore } from '../../ports/ledger-store.ts'
import { createJudge, type Judge } from '../budget/budgets.ts'
import type { Patience } from '../budget/freshness.ts'
import { type LedgerRules, openLedger } from '../ledger/ledger.ts'

/** A ledger that is gone with the drill. @param bornAt milliseconds */
export type OpenShadowBooks = (bornAt: number) => { readonly ledger: LedgerStore; close(): void }

/** The books of a drill: the same ledger and the same judge as the real ones, filled by a plan. */
export type Shadow = {
  /** Books what the plan has counted by the time, slot by slot. */
  advance(now: number): void
  readonly judge: Judge
  readonly patience: Patience
  close(): void
}

const SERVICE = 'drill'

/** Missed readings that are borne: the plan has none, but an evaluation may come late. */
const PATIENT_SLOTS = 8

/** @param definition what the drill is judged by: {@link shadowDefinition} */
export function openShadow(
  plan: DrillPlan,
  startedAt: number,
  definition: Definition,
  rules: LedgerRules,
  open: OpenShadowBooks,
): Shadow {
  const books = open(startedAt)
  const ledger = openLedger(books.ledger, rules)
  const widthMs = rules.grid[0].width * 1000
  let booked = startedAt
  const book = (at: number) => ledger.book([reading(plan, startedAt, at)], at)
  return {
    judge: createJudge(definition, ledger, []),
    patience: new Map([[SERVICE, widthMs * PATIENT_SLOTS]]),
    advance: (now) => {
      // After a time in which nobody was up, each slot still gets what it would have had.
      for (let at = booked + widthMs; at < now; at += widthMs) book(at)
      if (now > booked) book(now)
      booked = Math.max(booked, now)
    },
    close: books.close,
  }
}

function reading(plan: DrillPlan, startedAt: number, at: number): Reading {
  const steps = [...countsAt(plan, at - startedAt)].map(([step, counts]) => {
    return { journey: plan.journey, step, role: 'own' as const, counts }
  })
  return { speaker: { id: `${SERVICE} ${startedAt}`, identified: true, service: SERVICE, startedAt }, at, steps }
}
