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

/** One thing that the record lacks; `fix` is the key of the fix that lacks it. */
export type PublishingLack =
  | { readonly kind: 'impact' | 'noFix' | 'onlyProcess' }
  | { readonly kind: 'owner' | 'due'; readonly fix: string }

/** What the record lacks before a postmortem can be published. @param noFix why there is no fix, where somebody said so */
export function publishingLacks(record: PublishingRecord, noFix: string | undefined): readonly PublishingLack[] {
  const hasNumbers = record.impact?.journeys.some(({ valid }) => valid > 0) ?? false
  return [...(hasNumbers ? [] : [{ kind: 'impact' } as const]), ...fixLacks(record, noFix)]
}

function fixLacks({ incident, fixes }: PublishingRecord, noFix: string | undefined): readonly PublishingLack[] {
  const kept = fixes.filter(({ state }) => state !== 'dropped' && state !== 'merged')
  if (kept.length === 0) return noFix === undefined ? [{ kind: 'noFix' }] : []
  const bare = kept.flatMap(({ key, owner, due }): readonly PublishingLack[] => [
    ...(owner === undefined ? [{ kind: 'owner', fix: key } as const] : []),
    ...(due === undefined ? [{ kind: 'due', fix: key } as const] : []),
  ])
  const enough = incident.level !== 1 || kept.some(({ kind }) => kind !== 'process')
  return enough ? bare : [...bare, { kind: 'onlyProcess' }]
}

/** The same as problems, with how to mend each by a command. */
export function publishingProblems(record: PublishingRecord, noFix: string | undefined): readonly Problem[] {
  return publishingLacks(record, noFix).map((lack) => problemOf(lack, record.incident.key))
}

function problemOf(lack: PublishingLack, key: string): Problem {
  switch (lack.kind) {
    case 'impact': {
      const hint = `say which journeys and since when: tabiji incident edit ${key} --journey …, tabiji incident time ${key} impactStarted …`
      return problem('POSTMORTEM_IMPACT', [], `Expected numbers of the impact of ${key}, got none`, { hint })
    }
    case 'noFix': {
      const hint = `tabiji fix add "…" --kind prevent --incident ${key}, or say in the front matter: noFix: because …`
      return lacksFix('Expected at least one permanent fix, or why there is none, got neither', hint)
    }
    case 'owner':
      return lacksFix(`Expected ${lack.fix} to have an owner, got none`, `tabiji fix assign ${lack.fix} NAME`)
    case 'due':
      return lacksFix(`Expected ${lack.fix} to have a due date, got none`)
    case 'onlyProcess': {
      const message =
        'Expected at least one fix of level 1 that is not `process`, got only such: rules do not hold on a bad day'
      return lacksFix(message, 'add one that prevents, detects or mitigates')
    }
  }
}

function lacksFix(message: string, hint?: string): Problem {
  return problem('POSTMORTEM_FIX', [], message, hint === undefined ? {} : { hint })
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
