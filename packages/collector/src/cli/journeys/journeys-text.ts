import { type Proposal, roundedMs } from '@tabiji/core/journey/learning'
import { formatDuration } from '@tabiji/core/time'
import type { Output } from '../terminal/output.ts'
import { printable } from '../terminal/printable.ts'
import { table } from '../terminal/table.ts'
import type { Learned } from './journeys-learn.ts'

/** With fewer answers the 99th percentile is the slowest of them. */
const FEW = 100

/** What was learned, for people: what is proposed and why, what is not, how the promises hold; then the patch. */
export function learnedText({ journeysFile, proposal, patch }: Learned, written: boolean, output: Output): string {
  const parts = [proposedText(proposal), undecidedText(proposal), measuredText(proposal)].filter((text) => text !== '')
  if (patch === '') parts.push(`${journeysFile} lacks nothing that was seen.\n`)
  else if (written) parts.push(`${journeysFile} was changed.\n`)
  else parts.push(`${patch.split('\n').map(printable).join('\n')}`)
  return parts
    .map((text) => output.style('bold', text.slice(0, text.indexOf('\n'))) + text.slice(text.indexOf('\n')))
    .join('\n')
}

function proposedText({ steps, classes }: Proposal): string {
  if (steps.length === 0) return ''
  const rows = steps.map(({ journey, step, method, path, isTemplate, answered, times, within, withinMs }) => [
    `${journey}/${step}`,
    `${method} ${path}${isTemplate ? '' : ' (guessed)'}`,
    `${answered}${answered < FEW ? ' (few)' : ''}`,
    ...[times.p50, times.p95, times.p99].map(roundedMs),
    within === formatDuration(withinMs) ? within : `${within} (${formatDuration(withinMs)})`,
  ])
  const why = 'within: the tightest class that leaves half of p99 on top, because a test run is quieter than customers'
  const added = classes.map(({ name, ms }) => `new class ${name}: no class was long enough for ${formatDuration(ms)}`)
  const guessed = steps.some(({ isTemplate }) => !isTemplate)
    ? ['guessed: the framework did not say the route; ids in the path are masked, look at it']
    : []
  const few = steps.some(({ answered }) => answered < FEW) ? [`few: below ${FEW} answers p99 is the slowest one`] : []
  const head = ['STEP', 'ROUTE', 'ANSWERS', 'P50', 'P95', 'P99', 'WITHIN']
  return `Proposed\n${table(head, rows)}${[why, ...added, ...guessed, ...few].map((line) => `${printable(line)}\n`).join('')}`
}

function undecidedText({ undecided }: Proposal): string {
  if (undecided.length === 0) return ''
  const rows = undecided.map(({ method, path, requests, why }) => [`${method} ${path}`, String(requests), why])
  return `Not proposed\n${table(['ROUTE', 'REQUESTS', 'WHY'], rows)}`
}

function measuredText({ measured }: Proposal): string {
  if (measured.length === 0) return ''
  const rows = measured.map(({ journey, step, withinMs, answered, times, room }) => [
    `${journey}/${step}`,
    String(answered),
    ...[times.p50, times.p95, times.p99].map(roundedMs),
    formatDuration(withinMs),
    room,
  ])
  return `Declared already\n${table(['STEP', 'ANSWERS', 'P50', 'P95', 'P99', 'PROMISED', 'ROOM'], rows)}`
}
