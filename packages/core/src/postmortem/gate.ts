import { type Problem, problem } from '../problem/index.ts'
import type { PostmortemDocument } from './document.ts'
import type { PostmortemRecord } from './record.ts'

/** What of the record is looked at before a postmortem is published. */
export type PublishingRecord = {
  readonly incident: { readonly key: string; readonly level?: number | undefined }
  readonly impact?: { readonly journeys: readonly { readonly valid: number }[] } | undefined
  readonly fixes: readonly Pick<PostmortemRecord['fixes'][number], 'key' | 'kind' | 'state' | 'owner' | 'due'>[]
}

/**
 * Everything that speaks against publishing a postmortem by its text and its record: nobody learns from one without numbers,
 * without a fix, or with sentences that nobody has written.
 *
 * @param file how the places name the text
 */
export function publishingGate(
  { front, text }: PostmortemDocument,
  record: PublishingRecord,
  file: string,
): readonly Problem[] {
  return [...publishingProblems(record, front.noFix), ...checkPlaceholders(text, file)]
}

/** What of it the record alone tells, without the text. @param noFix why there is no fix, where somebody said so */
export function publishingProblems(record: PublishingRecord, noFix: string | undefined): readonly Problem[] {
  return [...checkImpact(record), ...checkFixes(record, noFix)]
}

function checkImpact({ incident, impact }: PublishingRecord): readonly Problem[] {
  if (impact?.journeys.some(({ valid }) => valid > 0)) return []
  const hint = `say which journeys and since when: tabiji incident edit ${incident.key} --journey …, tabiji incident time ${incident.key} impactStarted …`
  return [problem('POSTMORTEM_IMPACT', [], `Expected numbers of the impact of ${incident.key}, got none`, { hint })]
}

function checkFixes({ incident, fixes }: PublishingRecord, noFix: string | undefined): readonly Problem[] {
  const kept = fixes.filter(({ state }) => state !== 'dropped' && state !== 'merged')
  if (kept.length === 0 && noFix !== undefined) return []
  if (kept.length === 0) {
    const hint = `tabiji fix add "…" --kind prevent --incident ${incident.key}, or say in the front matter: noFix: because …`
    return [
      problem('POSTMORTEM_FIX', [], 'Expected at least one permanent fix, or why there is none, got neither', { hint }),
    ]
  }
  const bare = kept.flatMap(({ key, owner, due }) => [
    ...(owner === undefined ? [ownerless(key)] : []),
    ...(due === undefined ? [problem('POSTMORTEM_FIX', [], `Expected ${key} to have a due date, got none`)] : []),
  ])
  if (incident.level !== 1 || kept.some(({ kind }) => kind !== 'process')) return bare
  const message =
    'Expected at least one fix of level 1 that is not `process`, got only such: rules do not hold on a bad day'
  return [...bare, problem('POSTMORTEM_FIX', [], message, { hint: 'add one that prevents, detects or mitigates' })]
}

function ownerless(key: string): Problem {
  const hint = `tabiji fix assign ${key} NAME`
  return problem('POSTMORTEM_FIX', [], `Expected ${key} to have an owner, got none`, { hint })
}

function checkPlaceholders(text: string, file: string): readonly Problem[] {
  return text.split('\n').flatMap((line, i) =>
    [...line.matchAll(/⟪([^⟫]*)⟫/g)].map(({ 1: what = '', index }) => ({
      ...problem('POSTMORTEM_UNWRITTEN', [], `Expected somebody to have written: ${what}`, {
        hint: 'replace ⟪…⟫ with your words',
      }),
      at: { file, line: i + 1, column: index + 1 },
    })),
  )
}
