import { unitOf } from '@tabiji/core/budget'
import type { Window } from '@tabiji/core/journey'
import { type JourneyMonth, type ObjectiveMonth, sortJourneys, sortObjectives } from '@tabiji/core/report'
import { DAY, formatDuration } from '@tabiji/core/time'
import { commentOf, needsAttention } from './attention.ts'
import { type Block, type Cell, paragraph, table } from './block.ts'
import { composeBurnDown } from './burn-down.ts'
import { compositeSentences } from './composites.ts'
import type { Context } from './context.ts'
import {
  anchorOf,
  badOfAllowed,
  estimateSentence,
  nameCell,
  objectiveText,
  rawSentence,
  rulerSentence,
  targetsOf,
  usedCell,
} from './objective.ts'
import { sliceSentences } from './slices.ts'
import { composeDaily } from './strip.ts'

/** A section for each journey: all its objectives, and the counts of its steps. */
export function composeEach(context: Context): Block[] {
  const { words, facts } = context
  if (facts.journeys.length === 0) return []
  const sections = sortJourneys(facts.journeys).flatMap((journey) => composeJourney(context, journey))
  return [{ type: 'heading', level: 2, text: words.journeys.each, anchor: 'each-journey' }, ...sections]
}

function composeJourney(context: Context, journey: JourneyMonth): Block[] {
  const { words, figures } = context
  const title = journey.title[words.language]
  const [worst] = sortObjectives(journey.objectives)
  return [
    {
      type: 'heading',
      level: 3,
      text: words.also(title, journey.name),
      anchor: anchorOf(journey),
      state: worst?.state ?? 'unjudged',
    },
    ...paragraph(
      journey.owner === undefined ? undefined : words.journeys.owner(journey.owner),
      words.journeys.tier(figures.count(journey.tier)),
      commentOf(context, journey),
      gapSentence(context, journey),
      estimateSentence(context, journey),
      ...compositeSentences(context, journey),
      ...journey.objectives.map((objective) => trafficSentence(context, objective)),
      ...journey.objectives.flatMap((objective) => sliceSentences(context, objective)),
      ...journey.objectives.map((objective) => rawSentence(context, objective)),
      ...journey.objectives.map((objective) => rulerSentence(context, objective)),
    ),
    ...objectivesTable(context, journey),
    ...sortObjectives(journey.objectives).flatMap((objective) =>
      // Its charts stand above; here are its days.
      needsAttention(objective) ? composeDaily(context, objective) : composeBurnDown(context, objective),
    ),
    ...journey.objectives.flatMap((objective) => partsTable(context, objective)),
    ...stepsTable(context, journey),
  ]
}

function objectivesTable(context: Context, journey: JourneyMonth): Block[] {
  const { words } = context
  const { journeys } = words
  const columns = [
    { label: journeys.state },
    { label: journeys.objective, header: true },
    { label: journeys.counts },
    { label: journeys.target, align: 'end' },
    { label: journeys.result, align: 'end' },
    { label: journeys.failed, align: 'end' },
    { label: journeys.used },
    { label: journeys.verdict },
    { label: journeys.alertsOn },
  ] as const
  const rows = sortObjectives(journey.objectives).map((objective): Cell[] => {
    const text = objectiveText(context, objective)
    const indicator = words.indicators[objective.indicator]
    return [
      { text: words.states[objective.state], state: objective.state },
      nameCell(context, objective),
      { text: objective.step === undefined ? indicator : words.also(indicator, objective.step) },
      { text: text.target },
      { text: text.result },
      { text: text.failed },
      usedCell(objective, text.used),
      { text: text.verdict },
      { text: windowText(context, objective.window) },
    ]
  })
  return table(journeys.objectives(journey.title[words.language]), columns, rows)
}

function windowText({ words, figures }: Context, window: Window): string {
  if (window.kind === 'month') return words.journeys.month
  if (window.kind === 'calendar') {
    return words.journeys.calendar[window.unit](window.count, figures.count(window.count), window.from)
  }
  const days = window.ms / DAY
  return words.journeys.rolling(
    Number.isInteger(days) ? words.days(days, figures.count(days)) : formatDuration(window.ms),
  )
}

/** A month whose target was changed is the sum of what each target allowed while it held. */
function partsTable(context: Context, objective: ObjectiveMonth): Block[] {
  if (targetsOf(objective).length < 2) return []
  const { name, parts } = objective
  const { words, figures } = context
  const { journeys } = words
  const columns = [
    { label: journeys.from, header: true },
    { label: journeys.to },
    { label: journeys.target, align: 'end' },
    { label: journeys.failed, align: 'end' },
  ] as const
  const rows = parts.map(({ from, to, targetPpm, bad, valid }) => [
    { text: figures.stamp(from) },
    { text: figures.stamp(to) },
    { text: figures.target(targetPpm) },
    { text: badOfAllowed(figures, objective, { bad, allowedMillionths: valid * (1_000_000 - targetPpm) }) },
  ])
  return table(journeys.parts(name), columns, rows)
}

function stepsTable({ words, figures }: Context, { title, steps, objectives }: JourneyMonth): Block[] {
  const { journeys, outcomes, language } = words
  const columns = [
    { label: journeys.step, header: true },
    { label: journeys.all, align: 'end' },
    { label: outcomes.good, align: 'end' },
    { label: outcomes.slow, align: 'end' },
    { label: outcomes.error, align: 'end' },
    { label: outcomes.excluded, align: 'end' },
  ] as const
  const rows = steps.map(({ name, counts }) => {
    const all = counts.reduce((sum, count) => sum + count, 0)
    const isEstimate = objectives.some(({ step, estimate }) => step === name && estimate === true)
    const text = isEstimate ? journeys.estimated(name) : name
    return [{ text }, ...[all, ...counts].map((count) => ({ text: figures.count(count) }))]
  })
  return table(journeys.steps(title[language]), columns, rows)
}

function gapSentence({ words, figures }: Context, { coverage, objectives }: JourneyMonth): string | undefined {
  // What is left out by a correction is no gap in what an objective is judged by.
  const unjudged = objectives.find((objective) => objective.unjudged === 'data_gap')
  const { readSlots, expectedSlots } = unjudged?.coverage ?? coverage
  const missing = expectedSlots - readSlots
  if (missing <= 0) return undefined
  const sentence = unjudged !== undefined ? words.journeys.gapTooLarge : words.journeys.gap
  return sentence(figures.count(missing), figures.count(expectedSlots), figures.percent(missing, expectedSlots, 3))
}

/** Why so few events are not judged: what a single failure would have cost. */
function trafficSentence({ words, figures }: Context, objective: ObjectiveMonth): string | undefined {
  const { unjudged, valid, allowedMillionths, name, budgeting } = objective
  if (unjudged !== 'too_little_traffic' || allowedMillionths === 0) return undefined
  const unit = unitOf(objective)
  const cost = figures.percent(1_000_000 * unit, allowedMillionths, 0)
  const { oneFailure, oneSlice } = words.journeys
  return (budgeting === undefined ? oneFailure : oneSlice)(name, valid / unit, figures.count(valid / unit), cost)
}
