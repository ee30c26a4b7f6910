/**
 * A second reader of the packed formats, for those who check the books: what one reader misreads, the other does not. It
 * works the other way round than `packing.ts` (first all numbers, then what they mean) and shares no code with it. It is
 * strict besides: what the writer never writes is damage, though the first reader could live with it.
 */

/** One entry of a packed body. */
export type ReadEntry = {
  readonly account: number
  /** good, slow, error, excluded; as written, before a reversal turns them round. */
  readonly counts: readonly [number, number, number, number]
  readonly covered: boolean
  readonly placed: boolean
  readonly reversal: boolean
}

/** What a packed body holds, or why it cannot be what was written. */
export type BodyRead<Item> =
  | { readonly ok: true; readonly items: readonly Item[] }
  | { readonly ok: false; readonly reason: string }

/** Reads whole numbers that were packed one after the other. */
export function readNumbers(body: Uint8Array): BodyRead<number> {
  const items: number[] = []
  let first = 0
  for (let i = 0; i < body.length; i++) {
    if ((body[i] as number) >= 128) continue
    // A number ends at its first byte below 128. Seven bits a byte, the lowest first: so from the end backwards.
    let value = 0
    for (let at = i; at >= first; at--) value = value * 128 + ((body[at] as number) % 128)
    if (!Number.isSafeInteger(value)) return fault(`the number at byte ${first} is beyond 2^53 - 1`)
    if (body[i] === 0 && i > first) return fault(`the number at byte ${first} is longer than it need be`)
    items.push(value)
    first = i + 1
  }
  return first === body.length ? { ok: true, items } : fault('it ends inside a number')
}

/** Reads the entries of a slot as one commit wrote them. */
export function readEntries(body: Uint8Array): BodyRead<ReadEntry> {
  const numbers = readNumbers(body)
  if (!numbers.ok) return numbers
  const { items } = numbers
  const entries: ReadEntry[] = []
  let account = 0
  let reversalsOf = -1
  let bookingsOf = -1
  for (let i = 0; i < items.length; ) {
    const [step, marks] = [items[i], items[i + 1]]
    if (step === undefined || marks === undefined) return fault('it ends inside an entry')
    if (marks > 127) return fault(`an entry has the marks ${marks}, which nobody writes`)
    const counts: [number, number, number, number] = [0, 0, 0, 0]
    let next = i + 2
    for (let outcome = 0; outcome < 4; outcome++) {
      if (Math.floor(marks / 2 ** outcome) % 2 === 0) continue
      const count = items[next++]
      if (count === undefined) return fault('it ends inside an entry')
      if (count === 0) return fault('an entry states a count of zero')
      counts[outcome] = count
    }
    account += step
    const entry = {
      account,
      counts,
      covered: Math.floor(marks / 16) % 2 === 1,
      placed: Math.floor(marks / 32) % 2 === 1,
      reversal: Math.floor(marks / 64) % 2 === 1,
    }
    if (next === i + 2 && !entry.covered) return fault('an entry says nothing')
    if (account === (entry.reversal ? reversalsOf : bookingsOf)) return fault(`account ${account} is in it twice`)
    if (entry.reversal) reversalsOf = account
    else bookingsOf = account
    entries.push(entry)
    i = next
  }
  return entries.length === 0 ? fault('it is empty') : { ok: true, items: entries }
}

function fault(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason }
}
