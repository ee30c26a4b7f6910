import type { Readable } from 'node:stream'
import type { MonthFacts } from '@tabiji/core/report'
import { type Parsed, parseCommand } from './command.ts'
import { factsToCompare } from './compare.ts'
import { connect, unlessStopped } from './connect.ts'
import { factsFromCollector, factsFromFile, type Gathered } from './facts.ts'
import { EXIT, type Failure, failed, type Result, showFailure, succeeded } from './failure.ts'
import { renderFiles } from './files.ts'
import { printFiles, withWritten } from './print.ts'
import type { Progress } from './progress.ts'
import { writeQuarter } from './quarter.ts'
import { isQuarter, readQuarter } from './quarter-request.ts'
import { type Request, readRequest, STANDARD } from './request.ts'
import { showWritten, warningsOf } from './show.ts'
import { writeFiles } from './write.ts'

/** What the command touches of the process that it runs in. */
export type World = {
  readonly version: string
  readonly env: NodeJS.ProcessEnv
  readonly stdin: Readable
  /** Fires when the person wants to stop. */
  readonly stop: AbortSignal
  /** A line of progress or warning. */
  readonly tell: (line: string) => void
  /** What is done right now, for who looks on. */
  readonly progress: Progress
}

/** What is left to do: print both and exit. */
export type Answer = { readonly stdout: string; readonly stderr: string; readonly exit: Failure['exit'] }

/** Does what the command line asks for; only files are written here, everything else is in the answer. */
export async function run(args: readonly string[], world: World): Promise<Answer> {
  const parsed = parseCommand(args, world.version)
  if (parsed.kind === 'told') return { stdout: parsed.text, stderr: '', exit: EXIT.fine }
  const json = parsed.kind === 'flags' ? parsed.flags.json === true : args.includes('--json')
  const written = await write(parsed, world)
  if (written.ok) return { stdout: written.value, stderr: '', exit: EXIT.fine }
  return { stdout: '', stderr: showFailure(written.failure, json), exit: written.failure.exit }
}

async function write(parsed: Exclude<Parsed, { kind: 'told' }>, world: World): Promise<Result<string>> {
  if (parsed.kind === 'wrong') {
    const fix = '`tabiji-report --help` shows what it understands'
    return failed({ code: 'USAGE', exit: EXIT.usage, message: parsed.message, fix })
  }
  if (isQuarter(parsed.month)) {
    const request = readQuarter(parsed.month, parsed.flags)
    return request.ok ? writeQuarter(request.value, quietly(request.value, world)) : request
  }
  const request = readRequest(parsed.month, parsed.flags)
  return request.ok ? writeMonth(request.value, quietly(request.value, world)) : request
}

function quietly({ quiet }: Pick<Request, 'quiet'>, world: World): World {
  return quiet ? { ...world, tell: () => {}, progress: () => {} } : world
}

async function writeMonth(request: Request, world: World): Promise<Result<string>> {
  const { compare: _, ...rest } = request
  const gathered = await gather(request, world)
  if (!gathered.ok) return gathered
  const compare = await unlessStopped(world.stop, () => factsToCompare(request, gathered.value.facts, world))
  if (!compare.ok) return compare
  return deliver({ ...rest, ...(compare.value !== undefined && { compare: compare.value }) }, gathered.value, world)
}

function gather({ source, month }: Request, world: World): Promise<Result<Gathered>> {
  return unlessStopped(world.stop, async () => {
    if (source.kind === 'file') {
      const facts = await factsFromFile(source, month, world.stdin, world.stop)
      return facts.ok ? succeeded({ facts: facts.value }) : facts
    }
    const collector = await connect(source, world)
    return collector.ok ? factsFromCollector(collector.value, month, world.tell) : collector
  })
}

type Delivery = Omit<Request, 'compare'> & { readonly compare?: MonthFacts }

async function deliver(request: Delivery, { facts, issue }: Gathered, world: World): Promise<Result<string>> {
  const stamp = { ...(issue !== undefined && { issue }), version: world.version }
  const texts = renderFiles(facts, { ...request, stamp }, (name) => {
    world.progress(`Rendering ${name}, ${facts.journeys.length} journeys`)
  })
  world.progress()
  const printed = await printFiles(facts, { ...request, stamp }, world)
  const files = [...texts, ...(printed.ok ? printed.value : [])]
  for (const warning of warningsOf(facts, files)) world.tell(warning)
  if (request.out === STANDARD) return { ok: true, value: files.map(({ content }) => content).join('') }
  const paths = writeFiles(request.out, files)
  if (!paths.ok) return paths
  if (!printed.ok) return failed(withWritten(printed.failure, paths.value))
  return { ok: true, value: showWritten(facts, files, paths.value, request.json) }
}
