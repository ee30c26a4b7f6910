import { mkdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'

/** One comparison: what we need beside what the peer needs for the same, in the unit that `what` names. */
export type Row = {
  readonly id: string
  readonly what: string
  readonly ours: number
  readonly peer: number
  /** How many times less we need than the peer. */
  readonly ratio: number
  /** The ratio that was promised. */
  readonly goal: number
  readonly met: boolean
  /** What the numbers alone do not say, such as where the peer's comes from. */
  readonly note?: string
  /** Tenth and ninetieth percentile of the rounds whose medians are compared. */
  readonly spread: { readonly ours: Spread; readonly peer: Spread }
}

type Spread = readonly [p10: number, p90: number]

export type Result = { readonly name: string; readonly machine: string; readonly rows: readonly Row[] }

/** Compares the rounds of both sides by their medians. */
export function rowOf(id: string, what: string, ours: readonly number[], peer: readonly number[], goal: number): Row {
  const [low, middle, high] = [0.1, 0.5, 0.9]
  const ratio = quantile(peer, middle) / quantile(ours, middle)
  return {
    id,
    what,
    ours: quantile(ours, middle),
    peer: quantile(peer, middle),
    ratio,
    goal,
    met: ratio >= goal,
    spread: {
      ours: [quantile(ours, low), quantile(ours, high)],
      peer: [quantile(peer, low), quantile(peer, high)],
    },
  }
}

/** Compares the rounds with a limit that was promised by itself; it stands in the peer's column. */
export function limitRow(id: string, what: string, ours: readonly number[], limit: number, note?: string): Row {
  const remark = note === undefined ? 'no peer: the limit itself' : `no peer: the limit itself; ${note}`
  return { ...rowOf(id, what, ours, [limit], 1), note: remark }
}

/**
 * Compares how far both sides are off, by the mean. The goal is to be exact each time; there is no ratio to something
 * that is not off, which JSON tells as `null`.
 */
export function exactRow(id: string, what: string, ours: readonly number[], peer: readonly number[]): Row {
  const [our, theirs] = [meanOf(ours), meanOf(peer)]
  return {
    ...rowOf(id, what, ours, peer, Number.POSITIVE_INFINITY),
    ours: our,
    peer: theirs,
    ratio: our === 0 ? Number.POSITIVE_INFINITY : theirs / our,
    met: ours.every((off) => off === 0),
  }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The value below which the share `q` of the sample lies; the nearest value of the sample, never one in between. */
function quantile(sample: readonly number[], q: number): number {
  const sorted = [...sample].sort((a, b) => a - b)
  return sorted[Math.round(q * (sorted.length - 1))] ?? Number.NaN
}

export function machine(): string {
  const cores = cpus()
  return `${cores.length} × ${cores[0]?.model.trim() ?? 'unknown CPU'}, ${process.platform} ${process.arch}, Node ${process.version}`
}

/** The result as lines for a terminal. */
export function tableOf(result: Result): string {
  const number = (value: number) => (value >= 100 || value === 0 ? value.toFixed(0) : value.toPrecision(3))
  const withSpread = (value: number, [p10, p90]: Spread) => `${number(value)} (${number(p10)}–${number(p90)})`
  const lines = result.rows.map((row) => [
    row.id,
    withSpread(row.ours, row.spread.ours),
    withSpread(row.peer, row.spread.peer),
    Number.isFinite(row.ratio) ? `${row.ratio.toFixed(1)}×` : '∞',
    goalText(row.goal),
    row.met ? 'yes' : 'NO',
    row.note === undefined ? row.what : `${row.what} [${row.note}]`,
  ])
  const all = [['row', 'ours', 'peer', 'ratio', 'goal', 'met', 'what'], ...lines]
  const widths = all[0]?.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0))) ?? []
  const text = all.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return [`${result.name} on ${result.machine}; medians with the 10th and 90th percentile of the rounds`, ...text].join(
    '\n',
  )
}

/** @returns the path of the file. */
export async function writeResult(folder: string, result: Result): Promise<string> {
  await mkdir(folder, { recursive: true })
  const file = join(folder, `${result.name}.json`)
  await writeFile(file, `${JSON.stringify(result, null, 2)}\n`)
  return file
}

function goalText(goal: number): string {
  if (goal === 0) return '-'
  return Number.isFinite(goal) ? `≥ ${Number(goal.toFixed(2))}×` : 'exact'
}
