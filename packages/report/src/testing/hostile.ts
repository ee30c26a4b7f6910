import type { MonthFacts } from '@tabiji/core/report'
import fc from 'fast-check'
import { correctedFacts } from './facts.ts'
import { owedFacts } from './owed.ts'

const SNIPPETS = [
  '</script><script>alert(1)</script>',
  '<!--<script>',
  ']]>',
  '-->',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</td></tr></table>',
  '&lt;b&gt;',
  '&#60;',
  '|',
  '\\|',
  '\\',
  '\n\n# title\n\n',
  '\r\n| a | b |\r\n| --- | --- |\r\n',
  '```',
  '<details>',
  '[a](javascript:alert(1))',
  '![a](x)',
  '$$',
  '\u202e',
  '\u2028',
  '\u0000',
  '1. ',
  '- ',
  '> ',
  'https://example.org/?a=1&b=2',
  '足の計測',
  '🦶',
] as const

/** Text that tries to be more than text. It always holds a letter, because a name does. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...SNIPPETS), fc.string({ unit: 'grapheme' })), { minLength: 1, maxLength: 4 })
  .map((pieces) => `${pieces.join('')}x`)

const october = correctedFacts()

/** October, with the same text wherever a person could have written one. */
export function hostile(text: string): MonthFacts {
  const { fixes, corrections = [] } = october
  const statistics = hostileStatistics(text)
  return {
    ...october,
    corrections: corrections.map((one) => ({ ...one, reason: text, author: text, objectives: [text, text] })),
    definition: { fingerprint: text, revisions: october.definition.revisions },
    journeys: october.journeys.map((journey) => ({
      ...journey,
      name: `${journey.name}${text}`,
      title: { en: text, ja: text },
      owner: text,
      objectives: journey.objectives.map((objective) => ({ ...objective, name: text, step: text })),
      steps: journey.steps.map((step) => ({ ...step, name: text })),
    })),
    ...(statistics !== undefined && { statistics }),
    incidents: october.incidents.map((incident) => ({ ...incident, title: text, journeys: [text] })),
    fixes: {
      ...fixes,
      open: fixes.open.map((fix) => ({ ...fix, title: text, owner: text, cause: text, journey: text })),
      acceptedRisks: fixes.acceptedRisks.map((risk) => ({ ...risk, title: text, approver: text, reason: text })),
    },
  }
}

const told = owedFacts().statistics

/** Titles, reasons and names of objectives, as they are told of fixes. */
function hostileStatistics(text: string): MonthFacts['statistics'] {
  if (told === undefined) return undefined
  const burnt = [{ objective: text, budgetPpm: 404_000 }]
  return {
    ...told,
    restatements: told.restatements.map((one) => ({
      ...one,
      because: one.because.map((why) => ({ ...why, title: text, reason: text })),
    })),
    ageing: { ...told.ageing, weights: told.ageing.weights.map((weight) => ({ ...weight, burnt })) },
    debt: { ...told.debt, exposed: burnt, worth: told.debt.worth.map((one) => ({ ...one, title: text, burnt })) },
    watched: told.watched.map((one) => ({ ...one, title: text })),
  }
}

/** The same month with nothing hostile in it. */
export const plainly: MonthFacts = hostile('x')
