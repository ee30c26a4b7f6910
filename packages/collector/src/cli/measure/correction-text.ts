import { formatDuration } from '@tabiji/core/time'
import type { Output } from '../terminal/output.ts'
import { fields, section, table } from '../terminal/table.ts'
import { when } from '../terminal/when.ts'
import type { ShownCorrection, ShownCorrectionDetails } from './correction-answers.ts'

export function correctionTable(corrections: readonly ShownCorrection[], output: Output): string {
  if (corrections.length === 0) return 'No corrections.\n'
  const rows = corrections.map((correction) => [
    correction.key,
    stateOf(correction, output),
    when(correction.excluded.from),
    when(correction.excluded.to),
    correction.rrule ?? '–',
    scopeOf(correction),
    correction.category,
    correction.reason,
  ])
  return table(['KEY', 'STATE', 'FROM', 'TO', 'AGAIN', 'FOR', 'CATEGORY', 'REASON'], rows)
}

/** The correction, what it excludes, and what each budget is with and without all active corrections. */
export function correctionPage(details: ShownCorrectionDetails, output: Output): string {
  const { correction, stretches, objectives } = details
  const { withdrawn } = correction
  const facts = fields([
    ['state', stateOf(correction, output)],
    ['for', scopeOf(correction)],
    ['category', correction.category],
    ['asked', `${when(correction.from)} to ${when(correction.to)}`],
    ['again', correction.rrule],
    ['added', told(correction.createdAt, correction.author)],
    ['withdrawn', withdrawn && `${told(withdrawn.at, withdrawn.by)}: ${withdrawn.reason}`],
  ])
  const times = stretches.map(({ from, to }) => [`${when(from)} to ${when(to)}`])
  const budgets = objectives.flatMap(({ id, inside, raw, adjusted }) => [
    [id, 'inside', countsOf(inside), ''],
    ['', 'raw', countsOf(raw), leftOf(raw)],
    ['', 'adjusted', countsOf(adjusted), leftOf(adjusted)],
  ])
  return [
    `${correction.key} ${correction.reason}\n`,
    facts,
    section(`excluded, in whole slots of ${slotOf(correction)}`, times),
    section('budgets now: bad of valid events, and what is left', budgets),
  ].join('')
}

/** What is excluded first; when that is more than was asked for, why. */
export function excludes(correction: ShownCorrection): string {
  const { from, to, rrule, excluded } = correction
  const again = rrule === undefined ? '' : ', and again by its rule'
  const wider = Date.parse(from) !== Date.parse(excluded.from) || Date.parse(to) !== Date.parse(excluded.to)
  const snapped = wider ? ` (widened to whole slots of ${slotOf(correction)})` : ''
  return `excludes ${when(excluded.from)} to ${when(excluded.to)}${again}${snapped}`
}

/** How many budgets are told after a change; `show` tells all. */
const BUDGETS_TOLD = 3

/** What is left of the budgets now, a line each. */
export function leftLines({ objectives }: ShownCorrectionDetails): readonly string[] {
  const lines = objectives.map(({ id, raw, adjusted }) => `${id}: ${leftOf(adjusted)} left, raw ${leftOf(raw)}`)
  const more = lines.length - BUDGETS_TOLD
  return more > 0 ? [...lines.slice(0, BUDGETS_TOLD), `and ${more} more`] : lines
}

/** What a preview would change: of each budget what is inside, and what is left before and after. */
export function changeLines({ objectives }: ShownCorrectionDetails): readonly string[] {
  return objectives.map(
    ({ id, inside, adjusted, before = adjusted }) =>
      `${id}: ${countsOf(inside)} bad inside; ${leftOf(before)} left now, ${leftOf(adjusted)} then`,
  )
}

function stateOf({ state }: ShownCorrection, output: Output) {
  return {
    text: state.toUpperCase(),
    paint: (text: string) => output.style(state === 'active' ? 'green' : 'dim', text),
  }
}

const scopeOf = ({ appliesTo }: ShownCorrection): string => appliesTo.join(', ') || 'everything'
const slotOf = ({ excluded }: ShownCorrection): string => formatDuration(excluded.slotSeconds * 1000)
const told = (at: string, by: string | undefined): string => (by === undefined ? when(at) : `${when(at)} by ${by}`)
const countsOf = ({ bad, valid }: { readonly bad: number; readonly valid: number }): string => `${bad} of ${valid}`

/** Cut towards minus infinity, so that a spent budget never looks like one with something left. */
function leftOf({ leftPpm }: { readonly leftPpm?: number | undefined }): string {
  return leftPpm === undefined ? '–' : `${(Math.floor(leftPpm / 1_000) / 10).toFixed(1)} %`
}
