import type { z } from 'zod'
import type { Finding } from '../../ports/doctor.ts'
import type { trackerViews } from '../terminal/tracker-lines.ts'
import { when } from '../terminal/when.ts'

/** What makes the numbers of fixes wrong: a tracker that cannot be read, tickets that are not counted. */
export function examineTrackers(trackers: z.output<typeof trackerViews> = []): readonly Finding[] {
  return trackers.flatMap(({ name, failingSince, why = '', aside = [] }): readonly Finding[] => [
    ...(failingSince === undefined ? [] : [unread(name, failingSince, why)]),
    ...aside.map(({ url, why, asks }) => (asks === true ? doubtful(url, why) : odd(url, why))),
  ])
}

function unread(name: string, since: string, why: string): Finding {
  return {
    code: 'DOCTOR_TRACKER',
    severity: 'error',
    where: `tracker ${name}`,
    what: `its tickets cannot be read since ${when(since)}: ${why}`,
    why: 'what was done in it since then is missing from every number of fixes',
    fix: 'look at its address, its token and what the token may do',
  }
}

function odd(url: string, why: string): Finding {
  return {
    code: 'DOCTOR_TICKET',
    severity: 'warning',
    where: url,
    what: `this ticket cannot be read: ${why}`,
    why: 'its fix stays as it was read last, or is not counted when it never was',
    fix: 'look at what is said of it in its tracker, and mend it there',
  }
}

function doubtful(url: string, why: string): Finding {
  return {
    code: 'DOCTOR_TICKET_DOUBT',
    severity: 'warning',
    where: url,
    what: 'this ticket is not counted: nobody has said whether it is a fix that is known',
    why: 'a fix that is counted twice makes two rates wrong',
    fix: why,
  }
}
