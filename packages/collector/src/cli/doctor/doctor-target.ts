import { setTimeout as pause } from 'node:timers/promises'
import { CARRIED_REASONS } from '@tabiji/core/journey'
import type { Place } from '../../app/target.ts'
import type { Examined, Finding } from '../../ports/doctor.ts'
import { type Probed, probe, type Said } from './doctor-probe.ts'

/** So many connections come to several processes where there are several, whichever way they are shared out. */
const READINGS = 6
const PAUSE_MS = 100

export type TargetExamined = Examined & { readonly place: Place; readonly said: readonly Said[] }

/** @param skewMs how far the clocks may be apart */
export async function examineTarget(
  place: Place,
  timeoutMs: number,
  skewMs: number,
  now: () => number,
): Promise<TargetExamined> {
  const said: Said[] = []
  for (let i = 0; i < READINGS; i++) {
    if (i > 0) await pause(PAUSE_MS)
    const probed = await probe(place, timeoutMs, now)
    if (!probed.ok) return { place, said, findings: [notRead(place, probed)], looked: [place.shown], notLooked: [] }
    said.push(probed.said)
  }
  const findings = [
    ...silent(place, said),
    ...severalProcesses(place, said),
    ...wentBack(place, said),
    ...clockApart(place, said, skewMs, now()),
    ...otherLayers(place, said),
    ...droppedEvents(place, said),
  ]
  return { place, said, findings, looked: [place.shown], notLooked: [] }
}

function notRead({ shown: where }: Place, { failure, message }: Extract<Probed, { readonly ok: false }>): Finding {
  const severity = 'error'
  if (failure === 'unreachable') {
    const why =
      'the collector cannot read it either; what happens meanwhile arrives late, and what a process counted that ends is lost'
    return {
      code: 'DOCTOR_UNREACHABLE',
      severity,
      where,
      what: message,
      why,
      fix: 'start the service, and make its address reachable from here',
    }
  }
  if (failure === 'status') {
    const fix = 'serve `await registry.metrics()` at this address, without a redirect, and give the target its token'
    return { code: 'DOCTOR_STATUS', severity, where, what: message, why: 'only an answer with 200 is read', fix }
  }
  const why = 'it is not the text that metrics are written in, so nothing of it is taken'
  const fix = "set the header: response.setHeader('content-type', registry.contentType)"
  return { code: 'DOCTOR_CONTENT', severity, where, what: message, why, fix }
}

function silent({ shown: where }: Place, said: readonly Said[]): readonly Finding[] {
  if (said.some(({ processes }) => processes.length > 0)) return []
  return [
    {
      code: 'DOCTOR_NO_JOURNEYS',
      severity: 'error',
      where,
      what: 'there is no `journey_definition_info` in the answer',
      why: 'no recorder writes to the registry that is printed here, so no journey is counted',
      fix: 'give `createRecorder` the registry that `/metrics` prints',
    },
  ]
}

function severalProcesses({ shown: where }: Place, said: readonly Said[]): readonly Finding[] {
  const atOnce = said.find(({ processes }) => processes.length > 1)
  if (atOnce !== undefined) {
    return [
      {
        code: 'DOCTOR_MERGED_BY_OTHERS',
        severity: 'error',
        where,
        what: `one answer speaks for ${atOnce.processes.length} processes`,
        why: 'the sum loses what a worker counted that is gone, and then goes back',
        fix: 'let the SDK merge: give `cluster: {}` in the primary and in the workers, and print the primary’s registry',
      },
    ]
  }
  const ids = new Set(said.flatMap(({ processes }) => processes.map(({ id }) => id)))
  if (ids.size < 2) return []
  return [
    {
      code: 'DOCTOR_UNMERGED_PROCESSES',
      severity: 'error',
      where,
      what: `${said.length} readings came from ${ids.size} processes`,
      why: 'each reading sees one worker or replica, and what another one counted that ends is lost',
      fix: 'with node:cluster give `cluster: {}` in the primary and in the workers; replicas are targets of their own (it may also just have restarted: ask again)',
    },
  ]
}

function wentBack({ shown: where }: Place, said: readonly Said[]): readonly Finding[] {
  const last = new Map<string, number>()
  for (const { processes, events } of said) {
    const id = processes.map((process) => process.id).join(' ')
    for (const [step, count] of events) {
      const key = `${id} ${step}`
      const before = last.get(key)
      if (before !== undefined && count < before) {
        return [
          {
            code: 'DOCTOR_WENT_BACK',
            severity: 'error',
            where,
            what: `the count of ${step} went back from ${before} to ${count}`,
            why: 'counters of a process only grow; a lower value is taken for an old reading and ignored',
            fix: 'look for several processes behind this address, a cache before it, or code that resets the registry',
          },
        ]
      }
      last.set(key, count)
    }
  }
  return []
}

function clockApart({ shown: where }: Place, said: readonly Said[], skewMs: number, now: number): readonly Finding[] {
  const apart = said.flatMap(({ clockMs }) => (clockMs === undefined ? [] : [clockMs])).sort((a, b) => a - b)
  const middle = apart[Math.floor(apart.length / 2)] ?? 0
  const future = said.flatMap(({ processes }) => processes.map(({ startedAt }) => Date.parse(startedAt) - now))
  const ahead = Math.max(middle, ...future.filter((ms) => !Number.isNaN(ms)))
  // A second more, because that is how finely a Date header tells the time.
  const worst = ahead > skewMs + 1_000 ? ahead : middle
  if (Math.abs(worst) <= skewMs + 1_000) return []
  return [
    {
      code: 'DOCTOR_CLOCK',
      severity: 'warning',
      where,
      what: `its clock is ${Math.abs(worst / 1000).toFixed(1)} s ${worst > 0 ? 'ahead of' : 'behind'} this machine’s`,
      why: 'what happened before the first reading is placed by the time at which the process says that it started',
      fix: 'let both machines follow the same time servers',
    },
  ]
}

function otherLayers({ shown: where }: Place, said: readonly Said[]): readonly Finding[] {
  const paths = said.at(-1)?.paths ?? new Map<string, number>()
  if (!said.some(({ processes }) => processes.length > 0)) return []
  return [...paths].map(([metric, count]) => ({
    code: 'DOCTOR_TWO_LAYERS',
    severity: 'warning',
    where,
    what: `\`${metric.replace(/_count$/, '')}\` measures the same requests, by ${count} paths`,
    why: 'each request pays for both, and paths that a scanner invents become series',
    fix: 'remove the other layer when nothing reads its metrics any more',
  }))
}

/** What a stranger can bring about by a header is no fault of the service. */
const OF_OTHERS: ReadonlySet<string> = new Set(CARRIED_REASONS.filter((reason) => reason !== 'not-borrowed'))

const DROPPED: Readonly<Record<string, string>> = {
  'unknown-step': 'a step is named that the journeys file does not declare: compile with the types of `defineJourneys`',
  'mark-without-event':
    'fail() or exclude() is called outside of a request: pass the response, or use the scope of the job',
  'mark-after-end': 'fail() or exclude() is called after the answer: call it before',
  'not-borrowed': 'work comes from a journey that `context.borrowed` does not name: declare it, or stop sending it',
}

function droppedEvents({ shown: where }: Place, said: readonly Said[]): readonly Finding[] {
  return [...(said.at(-1)?.dropped ?? [])]
    .filter(([reason, count]) => count > 0 && !OF_OTHERS.has(reason))
    .map(([reason, count]) => ({
      code: 'DOCTOR_DROPPED',
      severity: 'warning',
      where,
      what: `the SDK could not book ${count} times (${reason})`,
      why: 'what is dropped is in no number',
      fix: DROPPED[reason] ?? 'look at what `onProblem` says',
    }))
}
