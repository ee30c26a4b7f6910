import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { machine, type Row, tableOf, writeResult } from './result.ts'

type Bench = {
  readonly what: string
  /** Packages that the bench compares with. */
  readonly peers: readonly string[]
  /** Programs that it compares with, of the Debian package `prometheus`. */
  readonly commands?: readonly string[]
  /** What may stand behind the name. */
  readonly options?: readonly string[]
  /** Loaded when it runs, so that listing the benches needs no peer. */
  load(): Promise<(options: ReadonlySet<string>) => Promise<readonly Row[]>>
}

const BENCHES: Readonly<Record<string, Bench>> = {
  record: {
    what: 'one recorded event beside prom-client and OpenTelemetry; a part of `sdk` that takes a minute',
    peers: ['prom-client', '@opentelemetry/sdk-metrics'],
    load: async () => (await import('./record.ts')).record,
  },
  sdk: {
    what: 'what the SDK adds to a request and what an event costs, beside four peers; --quick takes a minute',
    peers: [
      'prom-client',
      'express',
      'express-prom-bundle',
      'prometheus-api-metrics',
      '@opentelemetry/sdk-metrics',
      '@opentelemetry/instrumentation-http',
      '@opentelemetry/instrumentation-express',
    ],
    options: ['--quick'],
    load: async () => (await import('./sdk.ts')).sdk,
  },
  tick: {
    what: 'whole ticks of a real collector; --quick takes about a minute',
    peers: [],
    options: ['--quick'],
    load: async () => (await import('./tick.ts')).tick,
  },
  collector: {
    what: "our collector beside Prometheus with Sloth's rules on the same traffic; --quick: 20 objectives, six minutes",
    peers: [],
    commands: ['prometheus', 'promtool'],
    options: ['--quick'],
    load: async () => (await import('./collector.ts')).collector,
  },
  month: {
    what: 'the facts of a large month, and how long everything else waits for them; --quick: three days of it',
    peers: [],
    options: ['--quick'],
    load: async () => (await import('./month.ts')).month,
  },
  pages: {
    what: 'a look at each page of a busy house, beside Preact that prints the same page; --quick: a fifth of everything',
    peers: ['preact', 'preact-render-to-string'],
    options: ['--quick'],
    load: async () => (await import('./pages.ts')).pages,
  },
  exactness: {
    what: "counts beside the truth and beside Prometheus' increase(), thirty days of readings; --quick: two",
    peers: [],
    commands: ['prometheus', 'promtool'],
    options: ['--quick'],
    load: async () => (await import('./exactness.ts')).exactness,
  },
  parse: {
    what: 'reading a /metrics body beside parse-prometheus-text-format',
    peers: ['parse-prometheus-text-format', 'prom-client'],
    load: async () => (await import('./parse.ts')).parse,
  },
}

process.exitCode = await main(process.argv.slice(2))

async function main([name, ...more]: readonly string[]): Promise<number> {
  if (name === undefined) {
    console.log(`Benches (npm run bench -- NAME):\n${list()}`)
    return 0
  }
  const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined
  if (bench === undefined || more.some((option) => bench.options?.includes(option) !== true)) {
    console.error(
      `Expected the name of one bench and its options, got "${[name, ...more].join(' ')}". There are:\n${list()}`,
    )
    return 2
  }
  const missing = bench.peers.filter((peer) => !isInstalled(peer))
  if (missing.length > 0) {
    console.error(`The bench "${name}" compares with ${missing.join(', ')}. Install: npm install ${missing.join(' ')}`)
    return 1
  }
  const absent = (bench.commands ?? []).filter((command) => spawnSync(command, ['--version']).error !== undefined)
  if (absent.length > 0) {
    console.error(`The bench "${name}" compares with ${absent.join(', ')}. Install: apt-get install prometheus`)
    return 1
  }
  const rows = await (await bench.load())(new Set(more))
  const result = { name, machine: machine(), rows }
  console.log(tableOf(result))
  console.log(`written: ${await writeResult(fileURLToPath(new URL('../results', import.meta.url)), result)}`)
  return 0
}

function list(): string {
  return Object.entries(BENCHES)
    .map(([name, { what }]) => `  ${name.padEnd(10)} ${what}`)
    .join('\n')
}

function isInstalled(name: string): boolean {
  try {
    import.meta.resolve(name)
    return true
  } catch {
    return false
  }
}
