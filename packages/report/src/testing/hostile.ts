import type { JourneyMonth, MonthFacts, ReportIssue } from '@tabiji/core/report'
import fc from 'fast-check'
import { correctedFacts } from './facts.ts'
import { wholeFacts } from './whole.ts'

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
  '\ud83d',
  '\u200b',
  '1. ',
  '- ',
  '> ',
  'https://example.org/?a=1&b=2',
  '@channel',
  'שלום (עולם)',
  '足の計測',
  '🦶',
] as const

/** Text that tries to be more than text. It always holds a letter, because a name does. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...SNIPPETS), fc.string({ unit: 'grapheme' })), { minLength: 1, maxLength: 4 })
  .map((pieces) => `${pieces.join('')}x`)

const october: MonthFacts = { ...wholeFacts(), fixes: correctedFacts().fixes }

/** October, with the same text wherever a person could have written one. */
export function hostile(text: string): MonthFacts {
  const said = { text, by: text, at: '2026-11-03T09:30:00+09:00' }
  const { corrections = [], silences = [], asks = [], doubts = [], trackers = [] } = october
  const statistics = hostileStatistics(text)
  return {
    ...october,
    corrections: corrections.map((one) => ({ ...one, reason: text, author: text, objectives: [text, text] })),
    definition: { fingerprint: text, revisions: october.definition.revisions },
    journeys: october.journeys.map((journey) => hostileJourney(journey, text)),
    ...(statistics !== undefined && { statistics }),
    ...hostileWork(text),
    ...hostilePractice(text),
    silences: silences.map((one) => ({ ...one, reason: text })),
    asks: asks.map((ask) => ({
      ...ask,
      ...{ text, why: text, journey: text, owner: text },
      ...(ask.answer !== undefined && { answer: said }),
    })),
    doubts: doubts.map((one) => ({ ...one, service: text })),
    trackers: trackers.map((one) => ({ ...one, name: text })),
    headline: said,
  }
}

/** The stamp of a report of which somebody wrote why it was issued again. */
export function hostileIssue(text: string): ReportIssue {
  return {
    ...{ revision: 2, issuedAt: '2026-11-05T10:12:00+09:00', by: text, sha256: 'ab'.repeat(32), version: '0.1.0' },
    ...{ reason: text, despite: { what: 'incomplete', reason: text } },
    changes: [{ path: `journeys.${text}`, before: text, after: text }],
  }
}

function hostileJourney(journey: JourneyMonth, text: string): JourneyMonth {
  const { comment, policy } = journey
  const exceptions = policy?.exceptions?.map((one) => ({ ...one, reason: text, by: text }))
  return {
    ...journey,
    name: `${journey.name}${text}`,
    title: { en: text, ja: text },
    owner: text,
    objectives: journey.objectives.map((objective) => ({ ...objective, name: text, step: text })),
    composites: [{ name: text, members: [`${journey.name}${text}/${text}`] }],
    steps: journey.steps.map((step) => ({ ...step, name: text })),
    ...(comment !== undefined && { comment: { ...comment, text, by: text } }),
    ...(policy !== undefined && { policy: { ...policy, objective: text, ...(exceptions && { exceptions }) } }),
  }
}

function hostileWork(text: string): Pick<MonthFacts, 'incidents' | 'fixes'> {
  const { incidents, fixes } = october
  return {
    incidents: incidents.map((incident) => ({
      ...incident,
      ...{ title: text, journeys: [text] },
      ...(incident.cost && { cost: incident.cost.map((one) => ({ ...one, objective: text })) }),
      ...(incident.causes && { causes: incident.causes.map((one) => ({ ...one, text })) }),
      ...(incident.roles && { roles: { lead: text, comms: text, scribe: text } }),
    })),
    fixes: {
      ...fixes,
      open: fixes.open.map((fix, i) => ({
        ...fix,
        ...{ title: text, owner: text, cause: text, journey: text },
        ...(i === 0 && { blocked: { since: '2026-10-02', reason: text } }),
      })),
      acceptedRisks: fixes.acceptedRisks.map((risk) => ({ ...risk, title: text, approver: text, reason: text })),
    },
  }
}

function hostilePractice(text: string): Pick<MonthFacts, 'drills' | 'ahead'> {
  const { drills, ahead } = october
  return {
    ...(drills && { drills: { ...drills, held: drills.held.map((one) => ({ ...one, journey: text, what: text })) } }),
    ...(ahead && {
      ahead: {
        planned: ahead.planned.map((one) => ({ ...one, text, journeys: [text] })),
        drills: ahead.drills.map((one) => ({ ...one, journey: text })),
      },
    }),
  }
}

/** Titles, reasons and names of objectives, as they are told of fixes. */
function hostileStatistics(text: string): MonthFacts['statistics'] {
  const told = october.statistics
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
