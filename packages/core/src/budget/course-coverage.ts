/** How many seconds of each step one reader was read. */
export type StepsRead = {
  readonly seconds: readonly number[]
  /** Milliseconds without a reading that say nothing yet. */
  readonly patienceMs: number
  /** Whether it was read before the first step. */
  readonly known: boolean
  /** Whether it is waited for; one that is read by nobody any more says nothing by its silence. */
  readonly awaited: boolean
}

type State = 'unknown' | 'read' | 'silent'

/**
 * The steps of which somebody knows how they went: as with freshness, none that is waited for was silent in them; where nobody
 * is, or was yet, somebody must have been read.
 */
export function readSteps(readers: readonly StepsRead[], stepMs: number, steps: number): readonly boolean[] {
  const states = readers.map((reader) => ({ awaited: reader.awaited, of: statesOf(reader, stepMs) }))
  return Array.from({ length: steps }, (_, i) => {
    const awaited = states.filter((each) => each.awaited && each.of[i] !== 'unknown')
    if (awaited.length > 0) return awaited.every(({ of }) => of[i] === 'read')
    return states.some(({ of }) => of[i] === 'read')
  })
}

/** Silence that is no longer than the patience is the pace of readings. Nobody misses whom nobody has heard of yet. */
function statesOf({ seconds, patienceMs, known }: StepsRead, stepMs: number): readonly State[] {
  const states = seconds.map((each): State => (each > 0 ? 'read' : 'silent'))
  const first = states.indexOf('read')
  if (!known) states.fill('unknown', 0, first === -1 ? states.length : first)
  for (let i = 0; i < states.length; i++) {
    if (states[i] !== 'silent') continue
    const next = states.indexOf('read', i)
    const end = next === -1 ? states.length : next
    if ((end - i) * stepMs <= patienceMs) states.fill('read', i, end)
    i = end
  }
  return states
}
