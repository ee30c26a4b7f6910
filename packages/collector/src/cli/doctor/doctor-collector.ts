import type { Command } from 'commander'
import { z } from 'zod'
import type { Examined, Finding } from '../../ports/doctor.ts'
import { readDocument } from '../terminal/client.ts'
import { clientOf } from '../terminal/connect.ts'
import { CliError } from '../terminal/exit.ts'
import type { Io } from '../terminal/io.ts'
import type { GlobalOptions } from '../terminal/program.ts'
import { trackerViews } from '../terminal/tracker-lines.ts'
import { otherDefinition, type ReadFile } from './doctor-definition.ts'
import { examineTrackers } from './doctor-tracker.ts'

const answer = z.object({ at: z.string(), fingerprint: z.string(), trackers: trackerViews })

/** Asks the collector, when its address was given: whether it can be reached, what it goes by, what time it has. */
export async function examineCollector(
  command: Command,
  io: Io,
  { journeys, skewMs }: { readonly journeys: ReadFile | undefined; readonly skewMs: number },
): Promise<Examined> {
  const { url = io.env['TABIJI_URL'] } = command.optsWithGlobals<GlobalOptions>()
  if (url === undefined)
    return { findings: [], looked: [], notLooked: ['the collector: give its address with `--url`'] }
  const where = 'the collector'
  try {
    const began = io.now()
    const { at, fingerprint, trackers } = readDocument(await clientOf(command, io).get('/journeys'), answer)
    const apart = Date.parse(at) - (began + io.now()) / 2
    const findings: readonly Finding[] = [
      ...(journeys === undefined || journeys.definition.fingerprint === fingerprint
        ? []
        : [otherDefinition(where, fingerprint, journeys.definition.fingerprint, journeys.file)]),
      ...(Math.abs(apart) <= skewMs + 1_000 ? [] : [clockApart(where, apart)]),
      ...examineTrackers(trackers),
    ]
    return { findings, looked: [where], notLooked: [] }
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    const { code, message, hint = 'start it with `tabiji up`' } = error.complaint
    if (code === 'CLI_URL' || code === 'CLI_TOKEN' || code === 'CLI_TIMEOUT') throw error
    const why = 'while nobody reads the services nobody is told, and what processes counted that end is lost'
    return {
      findings: [{ code: 'DOCTOR_COLLECTOR', severity: 'error', where, what: message, why, fix: hint }],
      looked: [where],
      notLooked: [],
    }
  }
}

function clockApart(where: string, apartMs: number): Finding {
  return {
    code: 'DOCTOR_CLOCK',
    severity: 'warning',
    where,
    what: `its clock is ${Math.abs(apartMs / 1000).toFixed(1)} s ${apartMs > 0 ? 'ahead of' : 'behind'} this machine’s`,
    why: 'days and months are cut by the collector’s clock, and readings are placed by it',
    fix: 'let both machines follow the same time servers',
  }
}
