import type { AlertView } from '@tabiji/dashboard'
import { placesBeside } from '../../../report/testing/written/written.ts'
import type { Block } from './blocks.ts'
import type { Claim, Formula, Page } from './claim.ts'
import { type Documents, standingOf } from './documents.ts'
import { burn, count, leftText, minutes, percent, span } from './formats.ts'

const BOARD = /^\/alerts(\?.*)?$/
const ONE = /^\/alerts\/[^?]+/

const isOpen = ({ episode: { state } }: AlertView): boolean => state === 'firing' || state === 'acked'

/** The alert that a row of the board is about. */
function alertIn({ row }: Block, { alerts }: Documents): AlertView | undefined {
  const key = /A-\d{4,}/.exec(row[0] ?? '')?.[0]
  return alerts.find(({ id }) => id === key)
}

function objectiveOf({ facts: { journey, objective } }: AlertView, documents: Documents) {
  return standingOf(documents, `${journey.name}/${objective?.name}`)
}

/** How fast the pair burns now by which it rang; nothing of what is over. */
const burnNow: Formula = (block, { documents }) => {
  const alert = alertIn(block, documents)
  if (alert === undefined) return undefined
  const { cause } = alert.facts
  if (cause.kind !== 'burn' || !isOpen(alert)) return ''
  const pair = objectiveOf(alert, documents)?.pairs.find(
    ({ pair }) => pair.level === alert.level && pair.longMs === cause.long.ms,
  )
  return pair && `${burn(pair.longBurnMilli)} ${burn(pair.shortBurnMilli)}`
}

/** What is left now; of what is over, what was left then. */
const left: Formula = (block, { documents }) => {
  const alert = alertIn(block, documents)
  if (alert === undefined) return undefined
  const now = isOpen(alert) ? objectiveOf(alert, documents)?.leftPpm : undefined
  return leftText(now ?? alert.facts.budget?.leftPpm)
}

/** How many are open, in somebody's hands, or held back by a gate, which the filter says beside each of these words. */
const filter: Formula = ({ link }, { documents: { alerts } }) => {
  const open = alerts.filter(isOpen)
  const isHeld = ({ notifications }: AlertView) =>
    notifications.some(({ kind, state }) => kind === 'trigger' && state === 'gated')
  const { searchParams } = new URL(link, 'http://x')
  const level = searchParams.get('level')
  // Called by its number.
  if (level !== null) return level
  const state = searchParams.get('state')
  if (state === 'open') return count(open.length)
  if (state === 'taken') return count(open.filter(({ episode }) => episode.ack !== undefined).length)
  return state === 'quiet' ? count(open.filter(isHeld).length) : undefined
}

function alertOf({ path, documents }: Page): AlertView | undefined {
  return documents.alerts.find(({ id }) => path === `/alerts/${id}`)
}

/** What was known when it rang, which is kept. */
const then = (alert: AlertView) => alert.rang ?? alert.facts

/** Thousandths of the speed at which the budget would just last, cut. */
function speed({ bad, valid }: { bad: number; valid: number }, targetPpm: number): number {
  return Number((BigInt(bad) * 1_000_000_000n) / (BigInt(valid) * BigInt(1_000_000 - targetPpm)))
}

/** `the last hour` and `the last 6 hours`: one is said without its number in English. */
function said(ms: number): readonly string[] {
  const number = span(ms).match(/\d+/)?.[0] ?? ''
  return number === '1' ? ['', '1'] : [number]
}

/** Why it rang, which step was the worst, and what it leaned on. */
const why: Formula = ({ caption }, page) => {
  const alert = alertOf(page)
  if (alert === undefined) return undefined
  const { cause, objective, worstStep, worstDependencies = [] } = then(alert)
  const leaned = worstDependencies.map(({ bad, valid }) => `${count(bad)} ${count(valid)}`)
  // Below the heading of those that are like it, of which there may be none in ninety days.
  if (!caption.includes(alert.id)) return ['90', ...leaned]
  const step = worstStep === undefined ? [] : [`${count(worstStep.bad)} ${count(worstStep.ofBad)}`]
  if (cause.kind === 'milestone') return [String(cause.percent), ...step, ...leaned]
  if (cause.kind !== 'burn') return [...step, ...leaned]
  const { long, short, factorMilli } = cause
  const targetPpm = objective?.targetPpm ?? 0
  const figures = `${percent(long.bad, long.valid, placesBeside(targetPpm))} ${burn(speed(long, targetPpm))} ${burn(factorMilli)}`
  const sentences = said(long.ms).flatMap((one) => said(short.ms).map((other) => `${figures} ${one} ${other}`))
  return [...sentences, ...step, ...leaned]
}

const counted: Formula = ({ row, column }, page) => {
  const alert = alertOf(page)
  const cause = alert && then(alert).cause
  if (cause?.kind !== 'burn') return undefined
  const windows = [cause.long, cause.short].filter(({ bad, valid }) => row[1] === count(bad) && row[2] === count(valid))
  if (column === 0) return windows.flatMap(({ ms }) => said(ms))
  return windows.map(({ bad, valid }) => [count(bad), count(valid)][column - 1] ?? '')
}

/** How long after it rang the last time somebody had it. */
const answered: Formula = (_, page) => {
  const { timeline = [] } = alertOf(page) ?? {}
  const rang = timeline.findLast(({ transition }) => transition === 'fired' || transition === 'reopened')?.at
  const taken = timeline.find(({ transition, at }) => transition === 'acked' && at >= (rang ?? 0))?.at
  return rang === undefined || taken === undefined ? undefined : minutes(taken - rang)
}

const level: Formula = (_, page) => {
  const alert = alertOf(page)
  return alert && String(alert.level)
}

/** How often it was tried to tell a receiver, where that was more than once. */
const tries: Formula = ({ row }, page) =>
  alertOf(page)?.notifications.flatMap(({ receiver, attempts }) => (receiver === row[0] ? [count(attempts)] : []))

export const ALERT_CLAIMS: readonly Claim[] = [
  [BOARD, 'content', 'li', filter],
  [BOARD, 'alerts', 'td', burnNow, 1],
  [BOARD, 'alerts', 'td', left, 2],
  [ONE, 'content', 'p', why],
  [ONE, 'content', 'li', why],
  [ONE, 'content', 'td', counted],
  [ONE, 'content', 'th', counted],
  [ONE, 'alert', 'p', level],
  [ONE, 'told', 'p', answered],
  [ONE, 'told', 'td', tries],
]
