import type { Definition } from '@tabiji/core/journey'
import { formatDuration } from '@tabiji/core/time'
import type { Finding } from '../../ports/doctor.ts'
import type { TargetExamined } from './doctor-target.ts'

/** A journeys file that was read. */
export type ReadFile = { readonly file: string; readonly definition: Definition }

/** Promises that the proxy before the service breaks first. @param proxyMs when it gives up waiting for an answer */
export function promisesBeyondProxy({ journeys }: Definition, file: string, proxyMs: number): readonly Finding[] {
  return journeys.flatMap(({ name, steps }) =>
    steps
      .filter(({ kind, clock, withinMs }) => kind === 'http' && clock === 'request' && withinMs >= proxyMs)
      .map((step) => ({
        code: 'DOCTOR_PROXY_TIMEOUT',
        severity: 'error',
        where: file,
        what: `${name}/${step.name} is promised within ${formatDuration(step.withinMs)}, and the proxy gives up after ${formatDuration(proxyMs)}`,
        why: 'the customer gets an error of the proxy while the service still counts a good answer',
        fix: 'promise less than the proxy waits, or let the proxy wait longer',
      })),
  )
}

/** Who goes by another definition than the file. */
export function otherDefinitions(
  { fingerprint }: Definition,
  file: string,
  targets: readonly TargetExamined[],
): readonly Finding[] {
  return targets.flatMap(({ place, said }) => {
    const others = new Set(said.flatMap(({ processes }) => processes.map((process) => process.fingerprint)))
    others.delete(fingerprint)
    return [...others].map((other) => otherDefinition(place.shown, other, fingerprint, file))
  })
}

export function otherDefinition(where: string, other: string, fingerprint: string, file: string): Finding {
  return {
    code: 'DOCTOR_FINGERPRINT',
    severity: 'error',
    where,
    what: `it goes by the journeys ${other}; ${file} is ${fingerprint}`,
    why: 'events are judged by other promises than those that the report tells',
    fix: 'deploy the same journeys file to the services and to the collector',
  }
}

/** Steps that no target has counted an event of, when there was traffic at all. */
export function neverSeen(
  { journeys }: Definition,
  file: string,
  targets: readonly TargetExamined[],
): readonly Finding[] {
  const last = targets.flatMap(({ said }) => said.at(-1) ?? [])
  const count = (step: string) => last.reduce((sum, { events }) => sum + (events.get(step) ?? 0), 0)
  const steps = journeys.flatMap(({ name, steps }) => steps.map((step) => `${name}/${step.name}`))
  const unseen = steps.filter((step) => count(step) === 0)
  if (unseen.length === 0 || last.length === 0) return []
  return [
    {
      code: 'DOCTOR_NEVER_SEEN',
      severity: 'warning',
      where: file,
      what: `no event of ${unseen.join(', ')} since the services started`,
      why: 'a step that is never counted is never judged: its route may have been renamed, or nothing declares it',
      fix: 'send a request of each and ask again; `assertAllStepsExercised()` in a test keeps it so',
    },
  ]
}
