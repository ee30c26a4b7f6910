import type { Claim, Formula } from './claim.ts'
import { burn, count, leftText, span } from './formats.ts'

const SETTINGS = /^\/settings/

/** What is in force: how much of it, over what, how often, for how long. */
const force: Formula = (_, { documents: { settings } }) => {
  const { journeys, objectives, windows, evaluationMs, detail, keptMs } = settings
  const frames = windows.map(({ window, objectives: n }) =>
    window.kind === 'rolling' ? `${span(window.ms)} ${count(n)}` : count(n),
  )
  const slots = detail.map(({ fromAgeMs, widthMs }) => [span(widthMs), ...(fromAgeMs === 0 ? [] : [span(fromAgeMs)])])
  const kept = keptMs === undefined ? '' : span(keptMs)
  return [
    `${count(journeys)} ${count(objectives)}`,
    frames.join(' '),
    span(evaluationMs),
    // An age stands behind the width in English and before it in Japanese.
    [...slots.flat(), kept].join(' '),
    [...slots.flatMap((slot) => slot.toReversed()), kept].join(' '),
  ]
}

/** When budgets ring: at what speed over which windows, at what share; how sure, and after how much calm not any more. */
const rings: Formula = (_, { documents: { settings } }) =>
  settings.policies.flatMap(({ policy: { pairs, milestones, guard, keepMs } }) => [
    ...pairs.flatMap(({ level, longMs, shortMs, speed }) => {
      const windows = `${span(longMs)} / ${span(shortMs)}`
      const fast = 'factorMilli' in speed ? burn(speed.factorMilli) : leftText(speed.spendsPpm)
      return [`${level} ${fast} ${windows}`, `${windows} ${fast} ${level}`]
    }),
    ...[`3 ${milestones.join(' ')}`, `${milestones.join(' ')} 3`],
    `${guard.badEvents} ${guard.confidencePercent}`,
    span(keepMs ?? Math.min(...pairs.map(({ shortMs }) => shortMs))),
  ])

export const SETTINGS_CLAIMS: readonly Claim[] = [
  [SETTINGS, 'content', 'dd', force],
  [SETTINGS, 'content', 'li', rings],
]
