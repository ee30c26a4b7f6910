import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { type MonthFacts, parseMonthFacts, type ReportIssue, reportIssue } from '@tabiji/core/report'
import { type Collector, issuedFacts, latestMonth, monthFacts } from './collector.ts'
import { EXIT, failed, type Result, succeeded } from './failure.ts'
import { during } from './progress.ts'
import { MOST_BYTES, readText, reasonOf } from './read.ts'
import { type FileSource, STANDARD } from './request.ts'
import { factsOfTeam, narrowsNothing } from './team.ts'

/** Facts, and the stamp of those that were frozen. */
export type Gathered = { readonly facts: MonthFacts; readonly issue?: ReportIssue }

/**
 * The facts of the month, or of the last one that is over, from the collector: as they were issued, else as they are now.
 *
 * @param tell says what takes time
 */
export async function factsFromCollector(
  collector: Collector,
  asked: string | undefined,
  tell: (line: string) => void,
): Promise<Result<Gathered>> {
  const month = asked === undefined ? await latestMonth(collector) : succeeded(asked)
  if (!month.ok) return month
  const what = `Reading ${month.value} from ${collector.url}`
  const [issued, value] = await during(what, tell, async () => {
    const frozen = await issuedFacts(collector, month.value)
    const isFrozen = !frozen.ok || frozen.value !== undefined
    return [frozen, isFrozen ? undefined : await monthFacts(collector, month.value)] as const
  })
  if (!issued.ok) return issued
  const told = value ?? succeeded(issued.value?.facts)
  if (!told.ok) return told
  const facts = checked(told.value, `the collector at ${collector.url}`)
  if (!facts.ok) return facts
  if (facts.value.team !== collector.team) return failed(narrowsNothing(collector))
  if (facts.value.month === month.value) return stamped(facts.value, issued.value?.issue, collector)
  return failed({
    code: 'OTHER_MONTH',
    exit: EXIT.no,
    message: `asked ${collector.url} for ${month.value} and got ${facts.value.month}`,
    fix: 'check that --url is a collector, and that nothing between here and there keeps old answers',
  })
}

function stamped(facts: MonthFacts, stamp: unknown, { url }: Collector): Result<Gathered> {
  if (stamp === undefined) return succeeded({ facts })
  const issue = reportIssue.safeParse(stamp)
  if (issue.success) return succeeded({ facts, issue: issue.data })
  return failed({
    code: 'FACTS_REFUSED',
    exit: EXIT.no,
    message: `the collector at ${url} stamped ${facts.month} in a way that this version cannot read`,
    fix: 'use the version of tabiji-report that the collector has',
  })
}

/** The facts in a file or on standard input. */
export async function factsFromFile(
  { path, team }: FileSource,
  asked: string | undefined,
  stdin: Readable,
  stop: AbortSignal,
): Promise<Result<MonthFacts>> {
  const place = path === STANDARD ? 'standard input' : path
  const text = await textOf(path === STANDARD ? stdin : createReadStream(path), place, stop)
  if (!text.ok) return text
  const value = parse(text.value, place)
  if (!value.ok) return value
  const whole = checked(value.value, place)
  const facts = whole.ok ? factsOfTeam(whole.value, team, place) : whole
  if (!facts.ok || asked === undefined || facts.value.month === asked) return facts
  return failed({
    code: 'OTHER_MONTH',
    exit: EXIT.usage,
    message: `${place} holds ${facts.value.month}, not ${asked}`,
    fix: `leave MONTH out, or name the file of ${asked}`,
  })
}

async function textOf(stream: Readable, place: string, stop: AbortSignal): Promise<Result<string>> {
  const unreadable = (reason: string) =>
    failed({
      code: 'FACTS_UNREADABLE',
      exit: EXIT.usage,
      message: `cannot read ${place} (${reason})`,
      fix: 'let --facts name a file that `tabiji-report --format json` wrote',
    })
  try {
    const text = await readText(stream, stop)
    return text === undefined ? unreadable(`longer than ${MOST_BYTES} bytes`) : succeeded(text)
  } catch (thrown) {
    stop.throwIfAborted()
    return unreadable(reasonOf(thrown))
  }
}

function parse(text: string, place: string): Result<unknown> {
  try {
    return succeeded(JSON.parse(text.replace(/^\ufeff/, '')))
  } catch (thrown) {
    return failed({
      code: 'FACTS_NOT_JSON',
      exit: EXIT.usage,
      message: `${place} is not JSON`,
      why: thrown instanceof Error ? thrown.message : String(thrown),
      fix: 'let --facts name a file that `tabiji-report --format json` wrote; perhaps it was cut',
    })
  }
}

function checked(value: unknown, place: string): Result<MonthFacts> {
  const parsed = parseMonthFacts(value)
  if (parsed.ok) return succeeded(parsed.facts)
  const count = parsed.problems.length
  return failed({
    code: 'FACTS_REFUSED',
    exit: EXIT.no,
    message: `${count} ${count === 1 ? 'mistake' : 'mistakes'} in the facts of ${place}; nothing was written`,
    fix: 'get the facts from the collector again; figures in them are not meant to be edited',
    problems: parsed.problems,
  })
}
