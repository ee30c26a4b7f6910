import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Writes files into a new folder that is gone when the test is over. @returns the folder */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-config-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

export const JOURNEYS = `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
journeys:
  view-result:
    title: { en: View a result, ja: 結果を見る }
    owner: app-team
    runbook: https://runbooks.example.com/view-result
    objectives: { availability: 99.9 }
    steps: { read: { http: 'GET /v1/scans/:id', within: read } }
`

/** 32 bytes in base64. */
const WEBHOOK_SECRET = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY='

export const CONFIG = `journeys: journeys.yaml
store: data/tabiji.db
language: ja
publicUrl: https://tabiji.example.com/
scrape: { interval: 10s }
targets:
  - { service: scans, url: 'http://10.0.0.5:9464/metrics', tokenFile: secrets/scrape }
  - { service: app, url: 'http://localhost:9465/metrics', interval: 2s }
ledger: { slots: [{ width: 15s }, { width: 1m, from: 3d }], clockSkew: 2s }
evaluation: { interval: 5s, grace: 30s }
listen:
  api: { host: 0.0.0.0, port: 8080, tokens: [{ name: duty, may: write, tokenEnv: API_TOKEN }] }
  ingest: { port: 0, tokens: [{ service: scans, tokenFile: secrets/scrape }] }
limits: { body: 1MiB, series: 2000 }
receivers:
  - { name: pager, kind: pagerduty, routingKeyEnv: PAGERDUTY_KEY }
  - { name: chat, kind: slack, urlFile: secrets/slack }
  - { name: hook, kind: webhook, urlEnv: HOOK_URL, secretFile: secrets/hook }
routes: { page: [pager], ticket: [chat], notice: [chat, hook] }
fallback: hook
hours: { opens: '09:30', weekdays: [fri, mon] }
metrics: { sloth: false }
`

export const SECRETS = {
  'secrets/scrape': 'scrape-token-0123456789\n',
  'secrets/slack': 'https://hooks.slack.example/services/T0/B0/slack-secret\n',
  'secrets/hook': `${WEBHOOK_SECRET}\n`,
} as const

export const ENV = {
  API_TOKEN: 'api-token-0123456789',
  PAGERDUTY_KEY: '0123456789abcdef0123456789abcdef',
  HOOK_URL: 'https://hook.example.com/alert?key=hook-secret',
} as const
