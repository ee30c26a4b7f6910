import type { Command } from 'commander'
import type { Io } from './terminal/io.ts'

type Load = (io: Io) => Promise<Command>

/**
 * Every command by its name, in the order of the help. Each is loaded when it is called for: most are small clients of the
 * API, and must not wait for the whole daemon to be read from disk.
 */
export const COMMANDS: Readonly<Record<string, Load>> = {
  check: async (io) => (await import('./journeys/check.ts')).checkCommand(io),
  doctor: async (io) => (await import('./doctor/doctor.ts')).doctorCommand(io),
  journeys: async (io) => (await import('./journeys/journeys.ts')).journeysCommand(io),
  rules: async (io) => (await import('./journeys/rules.ts')).rulesCommand(io),
  openslo: async (io) => (await import('./journeys/openslo.ts')).openSloCommand(io),
  grafana: async (io) => (await import('./journeys/grafana.ts')).grafanaCommand(io),
  up: async (io) => (await import('./up.ts')).upCommand(io, process),
  status: async (io) => (await import('./measure/status.ts')).statusCommand(io),
  series: async (io) => (await import('./measure/series.ts')).seriesCommand(io),
  dependencies: async (io) => (await import('./measure/dependencies.ts')).dependenciesCommand(io),
  probe: async (io) => (await import('./measure/probe.ts')).probeCommand(io),
  alerts: async (io) => (await import('./alert/alerts.ts')).alertsCommand(io),
  notify: async (io) => (await import('./alert/notify.ts')).notifyCommand(io),
  digest: async (io) => (await import('./alert/digest.ts')).digestCommand(io),
  drill: async (io) => (await import('./practice/drill.ts')).drillCommand(io),
  silence: async (io) => (await import('./alert/silence.ts')).silenceCommand(io),
  maintenance: async (io) => (await import('./alert/maintenance.ts')).maintenanceCommand(io),
  incident: async (io) => (await import('./incident/incident.ts')).incidentCommand(io),
  checklist: async (io) => (await import('./incident/checklist.ts')).checklistCommand(io),
  postmortem: async (io) => (await import('./incident/postmortem.ts')).postmortemCommand(io),
  runbook: async (io) => (await import('./incident/runbook.ts')).runbookCommand(io),
  practice: async (io) => (await import('./practice/practice.ts')).practiceCommand(io),
  report: async (io) => (await import('./report/report.ts')).reportCommand(io, process),
  fix: async (io) => (await import('./fix/fix.ts')).fixCommand(io),
  correction: async (io) => (await import('./measure/correction.ts')).correctionCommand(io),
  audit: async (io) => (await import('./alert/audit.ts')).auditCommand(io),
  annotate: async (io) => (await import('./alert/annotation.ts')).annotateCommand(io),
  annotation: async (io) => (await import('./alert/annotation.ts')).annotationCommand(io),
  revisions: async (io) => (await import('./journeys/revisions.ts')).revisionsCommand(io),
  replay: async (io) => (await import('./measure/replay.ts')).replayCommand(io),
  advise: async (io) => (await import('./measure/advise.ts')).adviseCommand(io),
  import: async (io) => (await import('./measure/import.ts')).importCommand(io),
  ledger: async (io) => (await import('./measure/ledger.ts')).ledgerCommand(io),
  backup: async (io) => (await import('./measure/backup.ts')).backupCommand(io),
  restore: async (io) => (await import('./measure/backup.ts')).restoreCommand(io),
  outbox: async (io) => (await import('./alert/outbox.ts')).outboxCommand(io),
}

/** Options of the whole program that are followed by a value, which is no command however it reads. */
const WITH_VALUE = ['--color', '--url', '--timeout']

/**
 * Loads what a command line needs: the one command that it names, or all of them where it names none, so that the help is
 * complete and a misspelled name finds its nearest.
 *
 * @param words the command line without `node` and the script
 */
export async function loadCommands(words: readonly string[], io: Io): Promise<readonly Command[]> {
  const first = words.find((word, i) => !word.startsWith('-') && !WITH_VALUE.includes(words[i - 1] ?? ''))
  const asksForAll = words.slice(0, words.indexOf(first ?? '')).some((word) => word === '--help' || word === '-h')
  const load = first === undefined || asksForAll || !Object.hasOwn(COMMANDS, first) ? undefined : COMMANDS[first]
  return await Promise.all((load === undefined ? Object.values(COMMANDS) : [load]).map((each) => each(io)))
}
