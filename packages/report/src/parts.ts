import type { MonthFacts } from '@tabiji/core/report'
import type { Block } from './document/block.ts'
import type { Context } from './document/context.ts'
import { composeDrills } from './document/drills.ts'
import { composeFixes } from './document/fixes.ts'
import { composeJourneyMonth } from './document/journey-month.ts'
import { contextOf } from './document/report.ts'
import { composeTimes } from './document/response.ts'
import { sectionsOf } from './format/html.ts'
import type { Markup } from './format/markup.ts'
import type { Language } from './words/language.ts'

/** Sections of a report that other pages show by themselves; people are called by name there. */
const SECTIONS = { fixes: composeFixes, drills: composeDrills, times: composeTimes } satisfies Record<
  string,
  (context: Context) => Block[]
>

/** One section of a month's report, as it stands in the report's own page. */
export function renderSection(
  facts: MonthFacts,
  language: Language,
  section: keyof typeof SECTIONS,
): readonly Markup[] {
  const context = contextOf(facts, language, { withPeople: true })
  return sectionsOf({ blocks: SECTIONS[section](context), language })
}

/** The month of one objective: charts with their figures, causes, fixes. Nothing for one that the month does not have. */
export function renderObjectiveMonth(
  facts: MonthFacts,
  language: Language,
  { journey: of, objective: named }: { readonly journey: string; readonly objective: string },
): readonly Markup[] {
  const journey = facts.journeys.find(({ name }) => name === of)
  const objective = journey?.objectives.find(({ name }) => name === named)
  if (journey === undefined || objective === undefined) return []
  const context = contextOf(facts, language, { withPeople: true })
  return sectionsOf({ blocks: composeJourneyMonth(context, journey, objective), language })
}
