import { MINUTE } from '@tabiji/core/time'
import { askEngine } from '../../app/parts.ts'
import type { Config } from '../../config/config.ts'
import type { Examined, Finding } from '../../ports/doctor.ts'

type Engine = Config['engines'][number]

/** Long enough for a few scrapes of any usual interval. */
const LOOK_MS = 5 * MINUTE

/** Asks an engine what it scraped of our services lately, by the very question that the collector asks. */
export async function examineEngine(place: Engine, limits: Config['limits'], now: number): Promise<Examined> {
  const where = `engine ${place.name}`
  const result = await askEngine(place, limits, { from: now - LOOK_MS, to: now })
  const finding = (severity: Finding['severity'], rest: Omit<Finding, 'severity' | 'where'>) => ({
    severity,
    where,
    ...rest,
  })
  const looked = [where]
  if (!result.ok) {
    const found = finding('error', {
      code: 'DOCTOR_ENGINE',
      what: result.message,
      why: 'what it scraped is in no book until it answers; then the past is read',
      fix: 'look at `url`, the credentials and the `tenant`, and whether the engine is reachable from here',
    })
    return { findings: [found], looked, notLooked: [] }
  }
  const heard = new Set(result.readings.map(({ speaker }) => speaker.service))
  const anonymous = new Set(result.readings.flatMap(({ speaker }) => (speaker.identified ? [] : [speaker.id])))
  const findings = [
    ...place.services
      .filter((service) => !heard.has(service))
      .map((service) =>
        finding('error', {
          code: 'DOCTOR_ENGINE_SILENT',
          what: `it has scraped no journeys of ${service} in the last five minutes`,
          why: 'a service that is not read counts as unread, and its alerts cannot resolve',
          fix: `let it scrape the service, and look whether the label \`${place.serviceLabel}\` is \`${service}\` there, as in \`{__name__="journey_step_events_total",${place.serviceLabel}="${service}"}\``,
        }),
      ),
    ...[...anonymous].map((id) =>
      finding('warning', {
        code: 'DOCTOR_ENGINE_NO_ID',
        what: `${id} tells no process_id`,
        why: 'its restarts are guessed from falling counters, and what it counted before it was read again is lost',
        fix: 'expose `journey_definition_info`, and drop none of its labels by relabelling',
      }),
    ),
    ...result.warnings.map((what) =>
      finding('warning', {
        code: 'DOCTOR_ENGINE_LEFT_OUT',
        what,
        why: 'what is left out is in no book',
        fix: 'mend what the service exposes, or how the engine labels it',
      }),
    ),
  ]
  return { findings, looked, notLooked: [] }
}
