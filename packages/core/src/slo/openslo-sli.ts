import { object, oneOf, optional, such } from '../problem/index.ts'
import { description, flag, isOne, metadata, metric } from './openslo-part.ts'

const ratioFields = object({
  counter: optional(flag),
  good: optional(metric),
  bad: optional(metric),
  total: optional(metric),
  raw: optional(metric),
  rawType: optional(oneOf(['success', 'failure'])),
})

const ratioMetric = such(
  such(
    ratioFields,
    ({ good, bad, total, raw }) =>
      raw === undefined ? total !== undefined && isOne(good, bad) : !(good ?? bad ?? total),
    'a ratio of `total` and one of `good` and `bad`, or `raw` alone',
  ),
  ({ raw, rawType }) => (raw === undefined) === (rawType === undefined),
  'a ratio that has `rawType` when it is `raw`, and only then',
)

/** What is measured: a ratio of two metrics, a ratio that is ready, or values to compare with a threshold. */
export const sliSpec = such(
  object({ description, thresholdMetric: optional(metric), ratioMetric: optional(ratioMetric) }),
  ({ thresholdMetric, ratioMetric: ratio }) => isOne(thresholdMetric, ratio),
  'an indicator with one of `ratioMetric` and `thresholdMetric`',
)

export const inlineSli = object({ metadata, spec: sliSpec })
