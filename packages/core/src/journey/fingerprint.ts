import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Definition, Journey, Objective, Step } from './definition.ts'
import { windowText } from './window.ts'

/**
 * 16 hexadecimal digits of everything that changes a verdict: on an event (routes, promised times, clocks, status
 * overrides) or on a month (targets, windows, slices, time zone). Names for people, owners, runbooks, tiers and the alerting
 * policy change no verdict, so they may be edited without the services looking out of date; nor does a candidate time,
 * whose counts say themselves which time they are by. Neither the order of keys nor
 * the notation (`1s` or `1000ms`, a class or its duration) matters.
 */
export function fingerprintOf({ timeZone, journeys }: Omit<Definition, 'fingerprint'>): string {
  const canonical = JSON.stringify([timeZone, journeys.toSorted(byName).map(canonicalJourney)])
  return bytesToHex(sha256(utf8ToBytes(canonical))).slice(0, 16)
}

function canonicalJourney({ name, steps, objectives }: Journey) {
  return [name, steps.toSorted(byName).map(canonicalStep), objectives.toSorted(byName).map(canonicalObjective)]
}

function canonicalStep({ name, kind, routes, withinMs, clock, statuses }: Step) {
  const patterns = routes.map(({ method, path }) => `${method} ${path}`).toSorted()
  return [name, kind, patterns, withinMs, clock, ...[statuses.good, statuses.bad, statuses.excluded].map(ascending)]
}

function canonicalObjective({ name, targetPpm, window, budgeting }: Objective) {
  const promise = [name, targetPpm, window.kind === 'rolling' ? window.ms : windowText(window)]
  if (budgeting === undefined) return promise
  const { method, sliceMs, onNoData } = budgeting
  return [...promise, method, sliceMs, onNoData, ...(method === 'timeslices' ? [budgeting.sliceTargetPpm] : [])]
}

const ascending = (numbers: readonly number[]) => [...new Set(numbers)].sort((a, b) => a - b)

/** By code units, so that the order is the same in every locale. */
const byName = (a: { readonly name: string }, b: { readonly name: string }) => (a.name < b.name ? -1 : 1)
