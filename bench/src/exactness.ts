import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { instantsOf, missingOf, type Off, ourOffs, peerOffs } from './exactness/judge.ts'
import { randomOf } from './exactness/life.ts'
import { askPrometheus } from './exactness/peer.ts'
import { type Played, play } from './exactness/play.ts'
import { type Scenario, scenarios } from './exactness/scenario.ts'
import { exactRow, type Row } from './result.ts'

const DAY = 86_400
const SEED = 20_261_128
const INSTANTS = 120

/** How far the books and Prometheus' increase() are from the true counts, on the same readings of thirty days. */
export async function exactness(options: ReadonlySet<string>): Promise<Row[]> {
  const end = options.has('--quick') ? 2 * DAY : 30 * DAY
  const rows: Row[] = []
  for (const scenario of scenarios(end, SEED)) {
    const folder = await mkdtemp(join(tmpdir(), 'tabiji-exactness-'))
    try {
      console.error(`exactness: ${scenario.name}: ${end / DAY} days, ${scenario.lives.length} lives`)
      rows.push(...(await compare(folder, scenario, end)))
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  return rows
}

async function compare(folder: string, scenario: Scenario, end: number): Promise<Row[]> {
  const instants = instantsOf(scenario, end, INSTANTS, randomOf(SEED))
  const played = await play(folder, scenario, end, instants)
  const questions = played.looks.map(({ window, to }) => ({ at: to, window }))
  const answers = await askPrometheus(folder, played.shown, scenario.newLabels, questions)
  const ours = ourOffs(played, scenario.lives)
  const peer = peerOffs(played.looks, answers, scenario.lives)
  const stated = {
    ours: ours.filter((_, i) => ours[i]?.placed === false),
    peer: peer.filter((_, i) => ours[i]?.placed === false),
  }
  const row = (window: number, label: string) => windowRow(scenario.name, window, label, stated.ours, stated.peer)
  const rows = [row(end, `${end / DAY} d`), row(3_600, '1 h'), row(300, '5 min')]
  return scenario.lives.some(({ ending }) => ending === 'killed')
    ? [...rows.map(withoutGoal), ...killedRows(scenario, played, end)]
    : rows
}

/** Errors by which a side is off, on average over the instants; what share of the truth that is, and its sign. */
function windowRow(name: string, window: number, label: string, ours: readonly Off[], peer: readonly Off[]): Row {
  const of = (side: readonly Off[]) => side.filter((each) => each.window === window)
  const share = (side: readonly Off[]) => {
    const [off, truth] = [sum(side.map((each) => each.off)), sum(side.map((each) => each.truth))]
    return `${((off / truth) * 100).toFixed(3)} %`
  }
  const what = `${name}: errors off in ${label}, on average; bias ours ${share(of(ours))}, increase() ${share(of(peer))}`
  const sizes = (side: readonly Off[]) => of(side).map(({ off }) => Math.abs(off))
  return exactRow(`${slug(name)}-${label.replace(' ', '')}`, what, sizes(ours), sizes(peer))
}

function killedRows(scenario: Scenario, played: Played, end: number): Row[] {
  const { missing, outside } = missingOf(played, scenario, end)
  const whole = ourOffs(played, scenario.lives).filter(({ window }) => window === end)
  const above = sum(whole.map(({ off, good }) => Math.max(0, off) + Math.max(0, good)))
  const what = `${scenario.name}: events`
  return [
    exactRow('killed-above', `${what} booked above the truth`, [above], [0]),
    exactRow(
      'killed-outside',
      `${what} missing outside the declared doubts, of ${missing} missing`,
      [outside],
      [missing],
    ),
  ]
}

/** What a kill takes along is declared, not booked: there is nothing to be exact about. */
function withoutGoal(row: Row): Row {
  return { ...row, goal: 0, met: true, note: 'no goal: what is missing is declared, see killed-outside' }
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .split('-')
    .slice(0, 3)
    .join('-')
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}
