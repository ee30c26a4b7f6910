import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportJourneys } from '@tabiji/core/journey'
import { sampleHistory } from '../history.ts'
import { journeys } from '../journeys.ts'

/** Where the demo keeps everything; deleting the folder removes it all. */
export const FOLDER = 'tabiji-demo'

export type Ports = { readonly api: number; readonly ingest: number; readonly service: number }

/** Writes the demo's configuration: nothing but shorter times than a real one, and addresses on loopback. */
export function writeFiles(folder: string, receiverUrl: string, secret: string, ports: Ports): string {
  const at = (name: string) => join(folder, name)
  writeFileSync(at('journeys.json'), exportJourneys(journeys))
  writeFileSync(at('webhook-secret'), `${secret}\n`, { mode: 0o600 })
  writeFileSync(at('webhook-url'), `${receiverUrl}\n`, { mode: 0o600 })
  const config = at('tabiji.yaml')
  writeFileSync(config, configText(ports))
  return config
}

/** Makes the folder anew. */
export function freshFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
}

export function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}

/** Writes the made-up past as a file that `tabiji import` reads. @returns the file's name */
export function writeHistory(folder: string, now: number): string {
  const file = join(folder, 'history.ndjson')
  const lines: string[] = []
  for (const line of sampleHistory(journeys.timeZone, now)) lines.push(JSON.stringify(line))
  writeFileSync(file, `${lines.join('\n')}\n`)
  return file
}

function configText({ api, ingest, service }: Ports): string {
  return `# Written by the demo. Only the times are shorter than in a real configuration: the code is the same.
journeys: journeys.json
store: tabiji.db
targets:
  - service: body-measurement
    url: http://127.0.0.1:${service}/metrics
    interval: 1s
    timeout: 1s
ledger:
  slots:
    - { width: 1s }
    - { width: 1m, from: 15m }
    - { width: 5m, from: 1d }
evaluation: { interval: 1s, grace: 2s }
listen:
  api: { port: ${api} }
  ingest: { port: ${ingest} }
receivers:
  - name: local
    kind: webhook
    urlFile: webhook-url
    secretFile: webhook-secret
routes: { page: [local], ticket: [local], notice: [local] }
`
}
