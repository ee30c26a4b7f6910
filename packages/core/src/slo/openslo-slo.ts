import { list, numberBy, object, oneOf, optional, type Read, such, textBy } from '../problem/index.ts'
import { isDate, isTimeZone } from '../time/index.ts'
import { atLeastOne, OPERATORS, policy } from './openslo-alert.ts'
import { description, flag, isOne, longerDuration, name, number, text } from './openslo-part.ts'
import { inlineSli } from './openslo-sli.ts'

export const METHODS = ['Occurrences', 'Timeslices', 'RatioTimeslices'] as const

const startTime = textBy((given) => {
  const [, day = '', time] = /^(\S{10}) ((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)$/.exec(given) ?? []
  return time !== undefined && isDate(day) ? given : undefined
}, 'a time without a zone such as `2026-01-01 00:00:00`')
const timeZone = textBy((given) => (isTimeZone(given) ? given : undefined), 'an IANA time zone such as `Asia/Tokyo`')

const timeWindow = such(
  object({
    duration: longerDuration,
    isRolling: flag,
    calendar: optional(object({ startTime, timeZone })),
  }),
  ({ isRolling, calendar }) => isRolling === (calendar === undefined),
  'a window that either rolls or has a `calendar`',
)

const share = (most: number, example: string) =>
  numberBy(
    (given) => (given >= 0 && given < most ? given : undefined),
    `a number from 0 and below ${most}, such as ${example}`,
  )

const objective = such(
  such(
    object({
      displayName: optional(text),
      op: optional(oneOf(OPERATORS)),
      value: optional(number),
      target: optional(share(1, '0.995')),
      targetPercent: optional(share(100, '99.5')),
      timeSliceTarget: optional(
        numberBy((given) => (given > 0 && given <= 1 ? given : undefined), 'a number above 0 and up to 1'),
      ),
      timeSliceWindow: optional(longerDuration),
      indicator: optional(inlineSli),
      indicatorRef: optional(name),
      compositeWeight: optional(numberBy((given) => (given > 0 ? given : undefined), 'a number above 0')),
    }),
    ({ target, targetPercent }) => isOne(target, targetPercent),
    'an objective with one of `target` and `targetPercent`',
  ),
  ({ op, value }) => (op === undefined) === (value === undefined),
  'an objective with both `op` and `value`, or neither',
)

const fields = object({
  description,
  service: name,
  indicator: optional(inlineSli),
  indicatorRef: optional(name),
  timeWindow: such(list(timeWindow), ({ length }) => length === 1, 'a list of exactly one window'),
  budgetingMethod: oneOf(METHODS),
  objectives: atLeastOne(objective),
  alertPolicies: optional(list(policy)),
})

type Fields = Read<typeof fields>

/** Whether each objective has an indicator of its own. */
export function isComposite({ objectives }: Pick<Fields, 'objectives'>): boolean {
  return objectives.some(({ indicator, indicatorRef }) => (indicator ?? indicatorRef) !== undefined)
}

/** A promise. What its objectives must say depends on the indicator and the method. */
export const sloSpec = [
  [
    hasIndicator,
    'an SLO with one of `indicator` and `indicatorRef`; as a composite, with one for each objective and none beside them',
  ],
  [hasThresholds, 'an SLO whose objectives have `op` and `value` where the indicator is a threshold, and only there'],
  [hasSlices, 'an SLO whose objectives have `timeSliceWindow`, and for Timeslices `timeSliceTarget`'],
].reduce((reader, [holds, what]) => such(reader, holds as (read: Fields) => boolean, what as string), fields)

function hasIndicator(spec: Fields): boolean {
  const { indicator, indicatorRef, objectives } = spec
  if (!isComposite(spec)) return isOne(indicator, indicatorRef)
  const isWhole = objectives.every((each) => isOne(each.indicator, each.indicatorRef))
  return isWhole && indicator === undefined && indicatorRef === undefined
}

/** What a reference leads to is not known here. */
function hasThresholds({ indicator, objectives }: Fields): boolean {
  return objectives.every(({ op, indicator: own }) => {
    const judged = own ?? indicator
    return judged === undefined || (judged.spec.thresholdMetric !== undefined) === (op !== undefined)
  })
}

function hasSlices({ budgetingMethod, objectives }: Fields): boolean {
  if (budgetingMethod === 'Occurrences') return true
  const isTimeslices = budgetingMethod === 'Timeslices'
  return objectives.every(
    ({ timeSliceWindow, timeSliceTarget }) =>
      timeSliceWindow !== undefined && (!isTimeslices || timeSliceTarget !== undefined),
  )
}
