import type { Readable } from 'node:stream'
import type { MonthFacts } from '@tabiji/core/report'
import { connect } from './connect.ts'
import { factsFromCollector, factsFromFile } from './facts.ts'
import { EXIT, failed, type Result, succeeded } from './failure.ts'
import type { Request } from './request.ts'

type World = {
  readonly env: NodeJS.ProcessEnv
  readonly stdin: Readable
  readonly stop: AbortSignal
  readonly tell: (line: string) => void
}

/** The facts to stand beside those that are written: of a file, or of the same collector. Nothing unless asked for. */
export async function factsToCompare(
  { compare }: Pick<Request, 'compare'>,
  { month }: Pick<MonthFacts, 'month'>,
  world: World,
): Promise<Result<MonthFacts | undefined>> {
  if (compare === undefined) return succeeded(undefined)
  const earlier = await readFacts(compare, world)
  if (!earlier.ok || earlier.value.month < month) return earlier
  return failed({
    code: 'NOT_EARLIER',
    exit: EXIT.usage,
    message: `expected --compare to be a month before ${month}, got ${earlier.value.month}`,
    fix: 'name an earlier one, such as the same month of the year before',
  })
}

async function readFacts(compare: NonNullable<Request['compare']>, world: World): Promise<Result<MonthFacts>> {
  if (compare.kind === 'file') return factsFromFile(compare, undefined, world.stdin, world.stop)
  const collector = await connect(compare, world)
  if (!collector.ok) return collector
  const read = await factsFromCollector(collector.value, compare.month, world.tell)
  return read.ok ? succeeded(read.value.facts) : read
}
