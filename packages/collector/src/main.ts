import { adviseCommand } from './cli/advise.ts'
import { alertsCommand } from './cli/alerts.ts'
import { annotateCommand, annotationCommand } from './cli/annotation.ts'
import { auditCommand } from './cli/audit.ts'
import { backupCommand, restoreCommand } from './cli/backup.ts'
import { checkCommand } from './cli/check.ts'
import { checklistCommand } from './cli/checklist.ts'
import { correctionCommand } from './cli/correction.ts'
import { dependenciesCommand } from './cli/dependencies.ts'
import { digestCommand } from './cli/digest.ts'
import { doctorCommand } from './cli/doctor.ts'
import { drillCommand } from './cli/drill.ts'
import { fixCommand } from './cli/fix.ts'
import { grafanaCommand } from './cli/grafana.ts'
import { importCommand } from './cli/import.ts'
import { incidentCommand } from './cli/incident.ts'
import type { Io } from './cli/io.ts'
import { journeysCommand } from './cli/journeys.ts'
import { ledgerCommand } from './cli/ledger.ts'
import { maintenanceCommand } from './cli/maintenance.ts'
import { notifyCommand } from './cli/notify.ts'
import { openSloCommand } from './cli/openslo.ts'
import { outboxCommand } from './cli/outbox.ts'
import { postmortemCommand } from './cli/postmortem.ts'
import { probeCommand } from './cli/probe.ts'
import { createProgram } from './cli/program.ts'
import { replayCommand } from './cli/replay.ts'
import { revisionsCommand } from './cli/revisions.ts'
import { rulesCommand } from './cli/rules.ts'
import { runProgram } from './cli/run.ts'
import { runbookCommand } from './cli/runbook.ts'
import { silenceCommand } from './cli/silence.ts'
import { statusCommand } from './cli/status.ts'
import { upCommand } from './cli/up.ts'

const io: Io = { stdout: process.stdout, stderr: process.stderr, env: process.env, now: Date.now }

const program = createProgram(io)
  .addCommand(checkCommand(io))
  .addCommand(doctorCommand(io))
  .addCommand(journeysCommand(io))
  .addCommand(rulesCommand(io))
  .addCommand(openSloCommand(io))
  .addCommand(grafanaCommand(io))
  .addCommand(upCommand(io, process))
  .addCommand(statusCommand(io))
  .addCommand(dependenciesCommand(io))
  .addCommand(probeCommand(io))
  .addCommand(alertsCommand(io))
  .addCommand(notifyCommand(io))
  .addCommand(digestCommand(io))
  .addCommand(drillCommand(io))
  .addCommand(silenceCommand(io))
  .addCommand(maintenanceCommand(io))
  .addCommand(incidentCommand(io))
  .addCommand(checklistCommand(io))
  .addCommand(postmortemCommand(io))
  .addCommand(runbookCommand(io))
  .addCommand(fixCommand(io))
  .addCommand(correctionCommand(io))
  .addCommand(auditCommand(io))
  .addCommand(annotateCommand(io))
  .addCommand(annotationCommand(io))
  .addCommand(revisionsCommand(io))
  .addCommand(replayCommand(io))
  .addCommand(adviseCommand(io))
  .addCommand(importCommand(io))
  .addCommand(ledgerCommand(io))
  .addCommand(backupCommand(io))
  .addCommand(restoreCommand(io))
  .addCommand(outboxCommand(io))

process.exitCode = await runProgram(program, process.argv.slice(2), io)
