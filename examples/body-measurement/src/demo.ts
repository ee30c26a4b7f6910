import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { addMonths, monthOf } from '@tabiji/core/time'
import { FOLDER, freshFolder, newSecret, type Ports, writeFiles, writeHistory } from './demo/files.ts'
import { createProcesses, freePort, type Processes } from './demo/processes.ts'
import { openReceiver, type Received, type Receiver } from './demo/receiver.ts'
import { alertLines } from './demo/words.ts'
import { journeys } from './journeys.ts'
import { drive } from './traffic.ts'

const HELP = `Tabiji's demo: a real body-measurement service, real requests, and a fault that rings level 1.

  npm start              runs until Ctrl-C
  npm start -- --once    runs through once and exits 0
  npm start -- --help    prints this

Everything is kept in ./${FOLDER}; nothing leaves this machine.`

/** How long the service is watched in health before something breaks. */
const HEALTHY_MS = 20_000
/** For how long a level 1 can be looked at while it rings. */
const LOOK_MS = 60_000

/** From slow processing to failing processing. */
const SLOW_MS = 12_000
/** The longest wait for the alert, and for its end. */
const RING_WITHIN_MS = 120_000
const RESOLVE_WITHIN_MS = 120_000
const JOURNEYS_PER_SECOND = 8

const TABIJI = fileURLToPath(import.meta.resolve('@tabiji/collector/command'))
const REPORT = fileURLToPath(import.meta.resolve('@tabiji/report/command'))
const SERVICE = fileURLToPath(new URL('./main.js', import.meta.url))

const say = (...lines: readonly string[]) => lines.forEach((line) => void process.stdout.write(`${line}\n`))
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** What runs while the demo runs. */
type Stage = {
  readonly apiUrl: string
  readonly serviceUrl: string
  readonly faultUrl: string
  readonly receiver: Receiver
}

/** What must be ended, whatever happens. */
type Running = { receiver?: Receiver; endTraffic?: () => Promise<unknown> }

async function main(args: readonly string[]): Promise<number> {
  const unknown = args.find((arg) => !['--once', '--help', '-h'].includes(arg))
  if (unknown !== undefined) {
    process.stderr.write(`error: unknown option ${unknown}\n\n${HELP}\n`)
    return 2
  }
  if (args.includes('--help') || args.includes('-h')) {
    say(HELP)
    return 0
  }
  const folder = resolve(FOLDER)
  const log: string[] = []
  const processes = createProcesses(folder, (name, line) => log.push(`${name}: ${line}`))
  const running: Running = {}
  const stopped = new Promise<number>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done(130))
  })
  try {
    const code = await Promise.race([stopped, play(folder, processes, running, args.includes('--once'), stopped)])
    if (code !== 0 && code !== 130) say('', 'The last words of the processes:', ...log.slice(-20))
    return code
  } finally {
    await running.endTraffic?.()
    await processes.stop()
    await running.receiver?.close()
  }
}

async function play(
  folder: string,
  processes: Processes,
  running: Running,
  once: boolean,
  stopped: Promise<number>,
): Promise<number> {
  const stage = await setUp(folder, processes, running)
  say(`▶ real traffic is running; in ${HEALTHY_MS / 1000} s processing becomes slow, then it fails`)
  await pause(HEALTHY_MS)
  const rang = await breakIt(stage)
  if (!rang) return 1
  if (!once) {
    say(`▶ look at ${stage.apiUrl}/alerts; the fault stays for ${LOOK_MS / 1000} s more`)
    await pause(LOOK_MS)
  }
  await setFault(stage, 'none')
  say('▶ the fault is lifted')
  if (!(await allResolve(stage))) return 1
  await writeReport(folder, processes, stage)
  if (once) return 0
  say('', `The traffic goes on. Look around: ${stage.apiUrl}/ · Ctrl-C ends everything.`)
  return await stopped
}

async function setUp(folder: string, processes: Processes, running: Running): Promise<Stage> {
  freshFolder(folder)
  const secret = newSecret()
  const receiver = await openReceiver(secret, (message) => say('', ...alertLines(message)))
  running.receiver = receiver
  const ports = { api: await freePort(7070), ingest: await freePort(7071), service: await freePort(8080) }
  const config = writeFiles(folder, receiver.url, secret, ports)

  say('Tabiji demo · windows of 60 s / 5 s, slots and scrapes of 1 s: shorter than in production by configuration only')
  const imported = await processes.run('tabiji import', TABIJI, [
    'import',
    writeHistory(folder, Date.now()),
    '--config',
    config,
    '--sample',
  ])
  say(`✔ two months of SAMPLE history  ${imported.split('\n')[0] ?? ''}`)
  // After the books were opened: a process that begins later than they do is counted whole.
  const service = await startService(processes, ports)
  const apiUrl = await startCollector(processes, config)
  say(
    `✔ service    ${service.url}`,
    `✔ dashboard  ${apiUrl}/  (open it in a browser; its API is ${apiUrl}/api/v1/journeys)`,
  )
  running.endTraffic = startTraffic(service.url)
  return { apiUrl, serviceUrl: service.url, faultUrl: `${service.faultUrl}/fault`, receiver }
}

/** @returns what ends the traffic: journeys that have begun run to their end */
function startTraffic(url: string): () => Promise<unknown> {
  const ending = new AbortController()
  const driven = drive({ url, perSecond: JOURNEYS_PER_SECOND, signal: ending.signal, patienceMs: 3_000 })
  return () => {
    ending.abort()
    return driven
  }
}

/** Starts the service and waits for the line in which it says its addresses. */
function startService(processes: Processes, ports: Ports): Promise<{ url: string; faultUrl: string }> {
  return new Promise((resolve, reject) => {
    const child = processes.start('service', SERVICE, [], {
      env: { PORT: String(ports.service), FAULT_PORT: '0', HAND_OVER_URL: `http://127.0.0.1:${ports.ingest}` },
      onLine: (line) => resolve(JSON.parse(line) as { url: string; faultUrl: string }),
    })
    child.once('close', (code) => reject(new Error(`the service ended with ${code}`)))
  })
}

/** Starts the collector and waits for the line in which it says the address of its API. */
function startCollector(processes: Processes, config: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = processes.start('tabiji up', TABIJI, ['up', '--config', config, '--json'], {
      onLine: (line) => resolve((JSON.parse(line) as { api: string }).api),
    })
    child.once('close', (code) => reject(new Error(`tabiji up ended with ${code}`)))
  })
}

/** Switches a real fault on and waits until level 1 has rung at the receiver. */
async function breakIt(stage: Stage): Promise<boolean> {
  await setFault(stage, 'slow')
  say('', '▶ fault: processing is slow now')
  const early = await stage.receiver.next(isAbout('alert.triggered'), SLOW_MS)
  await setFault(stage, 'error')
  say('', '▶ fault: processing fails now')
  const rang = early ?? (await stage.receiver.next(isAbout('alert.triggered'), RING_WITHIN_MS))
  if (rang === undefined) say(`✖ level 1 did not ring within ${RING_WITHIN_MS / 1000} s`)
  return rang !== undefined
}

/** Waits until every level 1 alert that rang is over, also one that rang while the fault was being lifted. */
async function allResolve({ receiver }: Stage): Promise<boolean> {
  const isOver = ({ data }: Received) =>
    receiver.messages().some(({ type, data: { episode } }) => type === 'alert.resolved' && episode === data.episode)
  const firstOpen = () =>
    receiver
      .messages()
      .filter(isAbout('alert.triggered'))
      .find((message) => !isOver(message))
  for (let open = firstOpen(); open !== undefined; open = firstOpen()) {
    const { episode } = open.data
    const ends = (message: Received) => message.type === 'alert.resolved' && message.data.episode === episode
    if ((await receiver.next(ends, RESOLVE_WITHIN_MS)) !== undefined) continue
    say(`✖ ${episode} did not resolve within ${RESOLVE_WITHIN_MS / 1000} s`)
    return false
  }
  return true
}

function isAbout(type: Received['type']): (message: Received) => boolean {
  return (message) => message.type === type && message.data.level === 1
}

async function setFault({ faultUrl }: Stage, kind: 'none' | 'slow' | 'error'): Promise<void> {
  const answer = await fetch(faultUrl, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind }),
  })
  if (!answer.ok) throw new Error(`the service answered ${answer.status} to the fault switch`)
}

async function writeReport(folder: string, processes: Processes, { apiUrl }: Stage): Promise<void> {
  const month = addMonths(monthOf(Date.now(), journeys.timeZone), -1)
  const written = await processes.run('tabiji-report', REPORT, [month, '--url', apiUrl, '--out', folder])
  say(
    '',
    `✔ the report of ${month} (SAMPLE data) in English and Japanese:`,
    ...written.split('\n').map((line) => `   ${line}`),
  )
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`)
  return 1
})
