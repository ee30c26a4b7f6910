import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { hasErrors, type Locate, locateProblems, type Problem } from '@tabiji/core/problem'
import { readText } from '@tabiji/core/problem/document'
import type { Config } from './config.ts'
import type { AddressRule } from './notation.ts'
import { resolveConfig } from './resolve.ts'
import { createRotation, type Rotated } from './rotation.ts'
import { mayHoldSecret, type SecretSource } from './secret.ts'

/** `shown` is the text of the file with everything blanked out that is or may be a secret. */
export type ConfigRead =
  | {
      readonly ok: true
      readonly config: Config
      readonly warnings: readonly Problem[]
      readonly shown: string
      readonly locate: Locate
      /** Reads the files of secrets, certificates, calendars and checklists again; what has changed is in force from then on. */
      readonly rotate: () => Rotated
    }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly shown: string }

/**
 * Reads a configuration file, YAML or JSON, and the secrets that it names. Never throws: what is wrong is returned, all
 * at once, and holds no secret.
 *
 * ```yaml
 * journeys: journeys.yaml                    # paths are relative to this file
 * store: tabiji.db
 * language: en                               # or ja: the language of chat messages
 * publicUrl: https://tabiji.example.com      # links in messages begin with it
 * scrape: { interval: 15s, timeout: 5s }     # for all targets; a target may state its own
 * targets:
 *   - { service: scans, url: 'http://10.0.0.5:9464/metrics', tokenFile: secrets/scrape }
 * engines:                                   # Prometheus-compatible: services that they scrape need no second scrape
 *   - { name: prometheus, url: 'http://prometheus:9090', services: [app], interval: 30s, delay: 30s }
 * ledger:
 *   slots: [{ width: 15s }, { width: 1m, from: 3d }, { width: 5m, from: 100d }]   # default
 *   keep: 460d                              # then whole months go; what was told of them stays
 *   clockSkew: 5s
 * evaluation: { interval: 15s, grace: 60s }
 * listen:                                    # another address than loopback needs tokens; port 0 takes a free one
 *   api: { host: 127.0.0.1, port: 7070, tokens: [{ name: duty, may: write, tokenEnv: API_TOKEN }] }
 *                                              # signIn: { header: X-Forwarded-User, from: [127.0.0.1], may: write }
 *   ingest: { host: 127.0.0.1, port: 7071, tokens: [{ service: scans, tokenFile: secrets/scans }] }
 *   hooks: { port: 7072 }                   # what other systems tell; off without it
 * hooks:
 *   github: { secretFile: secrets/github, repositories: { acme/scans: { service: scans } } }
 *   alertmanager: { tokenFile: secrets/alertmanager, severities: { sev1: 1 }, catchAll: scans, repeat: 4h }
 * otlp: { services: [scans], interval: 60s }  # who pushes metrics, and how often at least
 * openslo: { files: [slo.yaml], engine: 'http://127.0.0.1:9090', interval: 60s, delay: 10s }
 * limits: { body: 4MiB, series: 50000 }      # per body that is read or pushed
 * receivers:                                 # secrets are named: in a file, or in a variable of the environment
 *   - { name: pager, kind: pagerduty, routingKeyEnv: PAGERDUTY_KEY }
 *   - { name: chat, kind: slack, urlFile: secrets/slack-url }
 *   - { name: hook, kind: webhook, urlEnv: HOOK_URL, secretFile: secrets/hook }   # whsec_ and 24 to 64 bytes in base64
 * routes: { page: [pager], ticket: [chat], notice: [chat, hook] }                 # levels 1, 2 and 3
 * runbooks: [{ address: 'https://wiki.example.com/runbooks', folder: wiki/runbooks }]   # whose first step is told
 * fallback: hook                             # is told when another receiver refuses a message for good
 * hours: { opens: '10:00', closes: '19:00', weekdays: [mon, tue, wed, thu, fri] }   # everybody's desk
 * holidays: [jp, company.ics]                # countries, and calendar files
 * closures: [2026-12-29..2027-01-03]
 * weekly: { day: fri, at: '16:00' }          # looks back on level 3; default: the week's first opening
 * teams:                                     # owners of journeys who differ; what is not stated is everybody's
 *   shop-team: { timeZone: Europe/Berlin, holidays: [de-be], routes: { ticket: [chat] } }
 * acknowledge: { page: 60m }                 # how long somebody has an alert; a ticket until the next business day
 * escalation: [{ after: 5m, to: fallback }]  # a page that nobody takes goes to these as well
 * reminders: { every: 30m, atMost: 4, ticketAfter: 3 }   # business days after which level 2 should be a ticket
 * checklists: { 1: first-response.yaml }      # what to do first, by level; or a folder with level-1.yaml …
 * incidents: { openOn: page, joinWithin: 30m, updateEvery: { 1: 30m, 2: 4h, 3: false } }   # after how long the next update is due
 *   # and: goals: { detect: 5m, mitigate: 30m }, by which a late response asks for a fix
 * practice: { members: [{ name: suzuki, since: 2026-10-20, team: shop-team }], drillEvery: 1Q, checklist: new-member.yaml }
 * inhibit: [{ source: [level=1, cause=burn], target: ['level=~2|3'], equal: [journey] }]   # default
 * maintenance: [{ name: disks, from: '2026-11-01 03:00', to: '2026-11-01 04:00', rrule: FREQ=MONTHLY, reason: disks }]
 * ```
 *
 * @param env the environment that `…Env` keys name variables of
 * @param isForbiddenAddress the rule of the one way out (`wire/address.ts`), which this room must not import
 */
export function readConfig(file: string, env: SecretSource['env'], isForbiddenAddress: AddressRule): ConfigRead {
  const opened = openText(file)
  if ('failure' in opened) return { ok: false, problems: [unreadable(file, opened.failure)], shown: '' }
  const read = readText(opened.text, file)
  const shown = read.conceal(mayHoldSecret)
  if (!read.ok) return { ok: false, problems: read.problems, shown }
  const rotation = createRotation()
  const resolved = resolveConfig(read.value, {
    file,
    rotation,
    env,
    isForbiddenAddress,
    readFile: (path) => openText(resolve(dirname(file), path)),
  })
  const found = resolved.ok ? resolved.warnings : resolved.problems
  const problems = locateProblems([...read.problems, ...found], read.locate)
  if (!resolved.ok || hasErrors(problems)) return { ok: false, problems, shown }
  const rotate = () => {
    const { taken, refused, broken } = rotation.look()
    return { taken, refused: locateProblems(refused, read.locate), broken: locateProblems(broken, read.locate) }
  }
  return { ok: true, config: resolved.config, warnings: problems, shown, locate: read.locate, rotate }
}

/** The code of the problem that a file cannot be read at all. */
export const UNREADABLE = 'FILE_UNREADABLE'

export function unreadable(file: string, failure: string): Problem {
  const message = `Expected ${file} to be a file that can be read (${failure})`
  return { code: UNREADABLE, severity: 'error', message, path: [] }
}

/** The text of a file, or why it cannot be read, such as `ENOENT`. */
export function openText(file: string): { readonly text: string } | { readonly failure: string } {
  try {
    return { text: readFileSync(file, 'utf8') }
  } catch (error) {
    return { failure: String((error as NodeJS.ErrnoException).code ?? error) }
  }
}
