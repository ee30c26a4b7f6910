import {
  checkKnown,
  type Decision,
  decide,
  hintFor,
  type Problem,
  recorded,
  refusal,
  type Scribe,
} from '../problem/index.ts'

type Recorded = { readonly at: number; readonly by?: string }

/** What was recorded about one member. Append-only; a mistake is followed by its reversal. */
export type MemberEvent = Recorded &
  (
    | { readonly type: 'ticked' | 'unticked'; readonly item: string }
    /** The address of the runbook that they read. */
    | { readonly type: 'read'; readonly runbook: string }
  )

export type MemberCommand =
  | { readonly type: 'tick' | 'untick'; readonly item: string }
  /** An address, or a file below its folder, with or without `.md`. */
  | { readonly type: 'read'; readonly runbook: string }

/** The last word of people about an item, milliseconds. */
type Mark = { readonly ticked: boolean } & Recorded

/** What a member's events come to. */
export type MemberRecord = {
  /** By item. */
  readonly marks: ReadonlyMap<string, Mark>
  /** The first time that each runbook was read, by address. */
  readonly read: ReadonlyMap<string, Recorded>
}

/** What a decision about a member needs to know. */
export type MemberContext = Scribe & {
  /** Ids of the items of the list. */
  readonly items: readonly string[]
  /** Every runbook that there is. */
  readonly runbooks: readonly { readonly file: string; readonly address: string }[]
}

/** Said again it is no mistake, and nothing more is recorded. */
export function decideMember(
  record: MemberRecord,
  command: MemberCommand,
  context: MemberContext,
): Decision<MemberEvent> {
  if (command.type === 'read') {
    const found = runbookOf(command.runbook, context)
    if (!found.ok) return decide([found.problem])
    if (record.read.has(found.address)) return decide([])
    return decide([], { ...recorded(context), type: 'read', runbook: found.address })
  }
  const { type, item } = command
  const problems = checkKnown('PRACTICE_UNKNOWN_ITEM', 'item', item, context.items)
  const isTick = type === 'tick'
  if (problems.length === 0 && record.marks.get(item)?.ticked === isTick) return decide([])
  return decide(problems, { ...recorded(context), type: isTick ? 'ticked' : 'unticked', item } as const)
}

/** Folds a member's events, oldest first. */
export function foldMember(events: readonly MemberEvent[]): MemberRecord {
  const marks = new Map<string, Mark>()
  const read = new Map<string, Recorded>()
  for (const event of events) {
    const { at, by } = event
    const said = { at, ...(by !== undefined && { by }) }
    if (event.type !== 'read') marks.set(event.item, { ticked: event.type === 'ticked', ...said })
    else if (!read.has(event.runbook)) read.set(event.runbook, said)
  }
  return { marks, read }
}

type Found = { readonly ok: true; readonly address: string } | { readonly ok: false; readonly problem: Problem }

function runbookOf(said: string, { runbooks }: MemberContext): Found {
  const fitting = runbooks.filter(({ file, address }) => [address, file, file.replace(/\.md$/i, '')].includes(said))
  const addresses = [...new Set(fitting.map(({ address }) => address))]
  const [address] = addresses
  if (addresses.length === 1 && address !== undefined) return { ok: true, address }
  if (addresses.length === 0) {
    const hint = hintFor(
      said,
      runbooks.map(({ file }) => file),
    )
    return { ok: false, problem: refusal('PRACTICE_UNKNOWN_RUNBOOK', `There is no runbook ${said}`, hint, ['runbook']) }
  }
  const message = `Expected one runbook, but ${addresses.length} are called ${said}`
  const hint = `say its address: ${addresses.slice(0, 5).join(', ')}`
  return { ok: false, problem: refusal('PRACTICE_UNKNOWN_RUNBOOK', message, hint, ['runbook']) }
}
