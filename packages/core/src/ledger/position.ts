import { type Counts, NO_COUNTS, OUTCOMES } from '../journey/index.ts'

/** Where one process's counters stood at its last reading: what has been booked of it already. */
export type Position = {
  readonly id: string
  readonly identified: boolean
  readonly service: string
  readonly startedAt?: number
  /** When it was last read, milliseconds. */
  readonly readAt: number
  /** Its counts before this could not be booked, because it was already running when the ledger began. */
  readonly baseline: boolean
  /** When it said that it counts no more, milliseconds. Without it, what came after its last reading is in doubt. */
  readonly endedAt?: number
  /** It tells what was added since the last time, not what there is in all; `counts` is what that came to. */
  readonly delta?: true
  /** Highest counts booked. */
  readonly counts: AccountCounts
}

/**
 * Counts by account, in two columns and not as an object for each: a large house has ten thousands of them, and books anew at each
 * reading.
 */
export type AccountCounts = {
  /** Numbers of accounts, each once. The same list as that of the counts before, when no account has come. */
  readonly accounts: readonly number[]
  /** For each of them a count by outcome, in the order of {@link OUTCOMES}. */
  readonly counts: readonly number[]
}

export const NO_ACCOUNTS: AccountCounts = { accounts: [], counts: [] }

const WIDTH = OUTCOMES.length

/** Each account with its counts. */
export function* eachAccount({ accounts, counts }: AccountCounts): Generator<readonly [number, Counts]> {
  for (const [row, account] of accounts.entries()) {
    yield [account, counts.slice(row * WIDTH, (row + 1) * WIDTH) as unknown as Counts]
  }
}

/** Finds where the counts of an account begin; -1 when it is not among them. */
export type FindCounts = (account: number) => number

/** A way to look many accounts up that come in the order of the counts: that is how a process tells them, time and again. */
export function lookUp({ accounts }: Pick<AccountCounts, 'accounts'>): FindCounts {
  let next = 0
  let rows: Map<number, number> | undefined
  return (account) => {
    if (accounts[next] === account) return next++ * WIDTH
    // What has come since is at the end of the list.
    rows ??= new Map()
    for (let row = rows.size; row < accounts.length; row++) rows.set(accounts[row] as number, row)
    const row = rows.get(account)
    if (row === undefined) return -1
    next = row + 1
    return row * WIDTH
  }
}

/** Counts that become others; those that it began with stay as they are. */
export type CountsDraft = {
  readonly find: FindCounts
  /** Where the counts of an account begin; zeros, when it was not among them. */
  placeOf(account: number): number
  /** The counts by now, by place. */
  readonly counts: number[]
  done(): AccountCounts
}

export function draftCounts(base: AccountCounts): CountsDraft {
  const draft = { accounts: base.accounts, counts: base.counts.slice() }
  let added: number[] | undefined
  let find = lookUp(draft)
  return {
    counts: draft.counts,
    find: (account) => find(account),
    placeOf: (account) => {
      const known = find(account)
      if (known !== -1) return known
      if (added === undefined) {
        added = base.accounts.slice()
        draft.accounts = added
        find = lookUp(draft)
      }
      added.push(account)
      return draft.counts.push(...NO_COUNTS) - WIDTH
    },
    done: () => draft,
  }
}

/** Raises the count at a place to what was told, when that is higher. @returns by how much */
export function raise(counts: number[], place: number, told: number): number {
  const before = counts[place] as number
  if (told <= before) return 0
  counts[place] = told
  return told - before
}
