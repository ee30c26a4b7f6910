import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startChild, told } from './child.ts'
import { writeHistory } from './collector/history.ts'
import { slothRules } from './collector/sloth.ts'
import { type Daemon, startDaemon } from './daemon.ts'
import { createBlocks, type Prometheus, startPrometheus } from './prometheus.ts'
import { type Row, rowOf } from './result.ts'
import { fill } from './tick-fill.ts'
import { documentOf, journeyName } from './tick-world.ts'

const INTERVAL_MS = 15_000
const MONTH = 30 * 86_400
/** Both need some intervals until caches and compiled code are what they will be. */
const WARM_UP = 5
const ROUNDS = 8
/** At a tenth of a budget's speed of 14.4 an hour of failures needs under a minute; this long both are waited for. */
const PATIENCE_MS = 4 * 60_000
/** One journey in so many fails at the end. */
const FAILING_EACH = 10
const KB = 1_024

type Case = { readonly journeys: number; readonly recordedStep: number }

/**
 * Our collector and a real Prometheus with rules of Sloth's shape, side by side on one service's traffic, both with thirty
 * days of history. Counts only if both ring for the same journeys.
 */
export async function collector(options: ReadonlySet<string>): Promise<Row[]> {
  const cases: Case[] = options.has('--quick')
    ? [{ journeys: 20, recordedStep: 60 }]
    : [
        { journeys: 30, recordedStep: 15 },
        { journeys: 100, recordedStep: 15 },
        { journeys: 300, recordedStep: 60 },
      ]
  const rows: Row[] = []
  for (const one of cases) rows.push(...(await compare(one)))
  return rows
}

async function compare(one: Case): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tabiji-collector-'))
  const services = startChild('collector/services', [String(one.journeys)])
  let daemon: Daemon | undefined
  let peer: Prometheus | undefined
  try {
    const instance = await told<string>(services)
    daemon = await startOurs(folder, one, instance)
    peer = await startPeer(folder, one, instance)
    say(one, `${WARM_UP + ROUNDS} intervals of ${INTERVAL_MS / 1_000} s`)
    const rounds = await measure(daemon, peer)
    const missed = await peer.missed()
    if (missed > 0) throw new Error(`Expected Prometheus to keep up, but it missed ${missed} evaluations`)
    const rang = await mustRingAlike(one, services, daemon.api, peer)
    return rowsOf(one, rounds, rang)
  } finally {
    services.kill()
    daemon?.end()
    await peer?.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function startOurs(folder: string, { journeys }: Case, instance: string): Promise<Daemon> {
  const storeFile = join(folder, 'books.db')
  say({ journeys }, 'booking thirty days for our collector')
  fill(storeFile, { journeys, targets: 1, history: MONTH, until: Date.now(), detail: 3_600 })
  // One failure may count: the peer has no guard against few events.
  const file = documentOf(journeys, false)
  const urls = [`http://${instance}/metrics`]
  return startDaemon(join(folder, 'ours'), { journeys: file, urls, storeFile, intervalMs: INTERVAL_MS })
}

async function startPeer(folder: string, one: Case, instance: string): Promise<Prometheus> {
  const { journeys, recordedStep } = one
  const [file, data, rules] = ['history.txt', 'tsdb', 'rules.json'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  say(one, 'writing thirty days for Prometheus')
  await mkdir(data)
  await writeHistory(file, { journeys, instance, until: Math.floor(Date.now() / 1_000), recordedStep })
  await createBlocks(file, data)
  await rm(file)
  await writeFile(rules, slothRules(journeys))
  const config = {
    global: { scrape_interval: '15s', evaluation_interval: '15s' },
    rule_files: [rules],
    scrape_configs: [{ job_name: 'shop', static_configs: [{ targets: [instance] }] }],
  }
  return startPrometheus(folder, data, JSON.stringify(config))
}

type Round = {
  readonly ours: number
  readonly peer: number
  readonly ourMemory: number
  readonly peerMemory: number
}

/** What both needed from one interval to the next, in the same stretch of time. */
async function measure(daemon: Daemon, peer: Prometheus): Promise<readonly Round[]> {
  const rounds: Round[] = []
  let before = await costs(daemon, peer)
  for (let i = 0; i < WARM_UP + ROUNDS; i++) {
    await pause(INTERVAL_MS)
    const after = await costs(daemon, peer)
    rounds.push({ ...after, peer: after.peer - before.peer })
    before = after
  }
  return rounds.slice(WARM_UP)
}

/** Ours since it was asked the last time, the peer's since its start. */
async function costs(daemon: Daemon, { pid }: Prometheus): Promise<Round> {
  const { cpuMs, rssBytes } = await daemon.cost()
  // Fields after the name in parentheses: the 12th and 13th are ticks of user and system time, a hundredth second each.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  const anonymous = /RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return {
    ours: cpuMs,
    peer: (Number(fields[11]) + Number(fields[12])) * 10,
    ourMemory: rssBytes / KB,
    peerMemory: Number(anonymous),
  }
}

type Rang = { readonly ours: number; readonly peer: number }

/** Lets some journeys fail and waits until both ring for these and no others. @returns after how many seconds each did */
async function mustRingAlike(one: Case, services: ChildProcess, api: string, peer: Prometheus): Promise<Rang> {
  const failing = Array.from({ length: one.journeys }, (_, i) => i).filter((i) => i % FAILING_EACH === 0)
  const expected = failing.map(journeyName).sort().join()
  say(one, `${failing.length} journeys fail from now on; waiting for both to ring`)
  services.send(failing)
  const began = Date.now()
  const rang: { ours?: number; peer?: number } = {}
  let last = { ours: '', peer: '' }
  while (rang.ours === undefined || rang.peer === undefined) {
    if (Date.now() - began > PATIENCE_MS) {
      throw new Error(
        `Expected both to ring for ${expected}, but ours rings for ${last.ours}, the peer for ${last.peer}`,
      )
    }
    await pause(1_000)
    last = { ours: await ourPages(api), peer: await peerPages(peer) }
    const after = (Date.now() - began) / 1_000
    if (last.ours === expected) rang.ours ??= after
    if (last.peer === expected) rang.peer ??= after
  }
  return { ours: rang.ours, peer: rang.peer }
}

async function ourPages(api: string): Promise<string> {
  const answer = await fetch(`${api}/api/v1/alerts?state=open&level=1&limit=1000`)
  const { alerts } = (await answer.json()) as { alerts: readonly { rule: string }[] }
  // `journey-0/availability/level-1`
  return [...new Set(alerts.map(({ rule }) => rule.split('/')[0]))].sort().join()
}

async function peerPages(peer: Prometheus): Promise<string> {
  const pages = (await peer.firing()).filter((labels) => labels['sloth_severity'] === 'page')
  return pages
    .map((labels) => labels['sloth_slo'] ?? '')
    .sort()
    .join()
}

function rowsOf({ journeys, recordedStep }: Case, rounds: readonly Round[], rang: Rang): Row[] {
  const column = (name: keyof Round, share = 1) => rounds.map((round) => round[name] / share)
  const detail = `recorded each ${recordedStep} s in its history`
  const seconds = `both rang for the same journeys, after ${rang.ours.toFixed(0)} s and ${rang.peer.toFixed(0)} s`
  const cpu = `ms of CPU per 15 s, whole process: ${journeys} objectives on one target, 30 days of history, ${detail}`
  const goal = journeys >= 100 ? 1_000 : 0
  return [
    { ...rowOf(`cpu-${journeys}`, cpu, column('ours'), column('peer'), goal), note: seconds },
    rowOf(
      `cpu-per-objective-${journeys}`,
      'the same in ms per objective and evaluation',
      column('ours', journeys),
      column('peer', journeys),
      goal,
    ),
    rowOf(
      `memory-${journeys}`,
      'MB of memory: all of ours (RSS), anonymous only of the peer',
      column('ourMemory', KB),
      column('peerMemory', KB),
      0,
    ),
  ]
}

/** Progress goes to stderr, so that stdout holds the table alone. */
function say({ journeys }: Pick<Case, 'journeys'>, text: string): void {
  console.error(`collector: ${journeys} objectives: ${text}`)
}
