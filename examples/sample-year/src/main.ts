import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportJourneys } from '@tabiji/core/journey'
import { fixLines } from './fixes.ts'
import { incidentLines } from './incidents.ts'
import { journeysOf } from './journeys.ts'
import { readingLines } from './traffic.ts'
import { type HistoryLine, RAISED_ON } from './year.ts'

const CONFIG = `# The history has a reading an hour, so its slots are hours.
journeys: journeys.json
store: tabiji.db
ledger: { slots: [{ width: 1h }] }
evaluation: { interval: 1m }
`

/** Writes the sample year into a folder, which is made when it is missing. */
function writeYear(folder: string): void {
  mkdirSync(folder, { recursive: true })
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
  write('journeys.json', exportJourneys(journeysOf(true)))
  write(`journeys-until-${RAISED_ON}.json`, exportJourneys(journeysOf(false)))
  write('tabiji.yaml', CONFIG)
  write(
    'history.ndjson',
    `${history()
      .map((line) => JSON.stringify(line))
      .join('\n')}\n`,
  )
}

function history(): readonly HistoryLine[] {
  const lines = [...readingLines(), ...incidentLines(), ...fixLines()]
  return lines.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

const [folder, ...rest] = process.argv.slice(2)
if (folder === undefined || folder.startsWith('-') || rest.length > 0) {
  process.stderr.write('Writes a made-up year of journeys, incidents and fixes.\n\n  node dist/main.js FOLDER\n')
  process.exitCode = 2
} else {
  writeYear(folder)
  process.stdout.write(`wrote the sample year into ${folder}; next: tabiji import history.ndjson --sample\n`)
}
