import { type JourneyMonth, POLICY_STEPS, type PolicyMonth, sortJourneys } from '@tabiji/core/report'
import { type Block, type Cell, paragraph, table } from './block.ts'
import type { Context } from './context.ts'
import { anchorOf } from './objective.ts'

type Bound = { readonly journey: JourneyMonth; readonly policy: PolicyMonth }

/** Which step of the policy holds for whom: reliability first stands first. Left out where the facts know no policy. */
export function composePolicy(context: Context): Block[] {
  const { policy: words } = context.words
  const bound = sortJourneys(context.facts.journeys)
    .flatMap((journey): Bound[] => (journey.policy === undefined ? [] : [{ journey, policy: journey.policy }]))
    .toSorted((a, b) => POLICY_STEPS.indexOf(b.policy.step) - POLICY_STEPS.indexOf(a.policy.step))
  if (bound.length === 0) return []
  return [
    { type: 'heading', level: 2, text: words.heading, anchor: 'policy' },
    ...paragraph(words.rule),
    ...stepsTable(context, bound),
    ...exceptionsTable(context, bound),
  ]
}

function stepsTable({ words, figures }: Context, bound: readonly Bound[]): Block[] {
  const { policy: told, language } = words
  const columns = [
    { label: told.journey, header: true },
    { label: told.step },
    { label: told.since, short: true },
    { label: told.objective },
    { label: told.left, align: 'end' },
  ] as const
  const rows = bound.map(({ journey, policy }): Cell[] => {
    const left = journey.objectives.find(({ name }) => name === policy.objective)?.leftPpm
    return [
      { text: journey.title[language], anchor: anchorOf(journey) },
      { text: told.steps[policy.step] },
      { text: policy.since ?? '' },
      { text: policy.objective ?? words.states.unjudged },
      { text: left === undefined ? '' : figures.left(left) },
    ]
  })
  return table(told.heading, columns, rows)
}

function exceptionsTable(context: Context, bound: readonly Bound[]): Block[] {
  const { words, figures } = context
  const { policy: told, language } = words
  const columns = [
    { label: told.journey, header: true },
    { label: told.reason },
    { label: told.by },
    { label: told.granted, short: true },
    { label: told.until, short: true },
  ] as const
  const rows = bound.flatMap(({ journey, policy }) =>
    (policy.exceptions ?? []).map(({ reason, by, at, until }): Cell[] => [
      { text: journey.title[language] },
      { text: reason },
      { text: by === undefined ? '' : context.withPeople ? by : words.fixes.onRecord },
      { text: figures.date(at) },
      { text: until },
    ]),
  )
  return table(told.exceptions, columns, rows)
}
