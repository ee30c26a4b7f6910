import type { Place } from '../problem/index.ts'
import { ENGLISH } from './lint-en.ts'
import { JAPANESE } from './lint-ja.ts'
import { ownWords } from './lint-mask.ts'
import type { LintRule } from './lint-rule.ts'

/** A place where a text speaks of a person instead of a situation. A hint, never an error. */
export type LintHint = {
  /** Stable: `hindsight`, `failed-to`, `person-named`, … */
  readonly rule: string
  /** The words at fault. */
  readonly found: string
  readonly instead: string
  readonly at: Place
}

/** More than anybody mends in one sitting. */
const MOST_HINTS = 500
const LONGEST_TEXT = 1_000_000

/**
 * Finds wordings that blame, in English and in Japanese, whichever the text is in. Quotations, code, generated blocks and the
 * front matter are what somebody or something said, and are left alone.
 *
 * @param file how the places name the text
 * @param people names of people that the incident knows; a text about it needs none of them
 */
export function lintPostmortem(text: string, file: string, people: readonly string[] = []): readonly LintHint[] {
  const words = ownWords(text.slice(0, LONGEST_TEXT))
  const placeAt = placesOf(words, file)
  const found = [...ENGLISH, ...JAPANESE, ...nameRules(people)].flatMap(({ id, pattern, instead }) =>
    [...words.matchAll(pattern)].map((match) => ({
      rule: id,
      found: match[0].trim(),
      instead,
      from: match.index,
      to: match.index + match[0].length,
    })),
  )
  const inOrder = found.toSorted((a, b) => a.from - b.from || b.to - a.to)
  let end = 0
  const distinct = inOrder.filter(({ from, to }) => {
    const fresh = from >= end
    if (fresh) end = to
    return fresh
  })
  return distinct
    .slice(0, MOST_HINTS)
    .map(({ rule, found, instead, from }) => ({ rule, found, instead, at: placeAt(from) }))
}

const ROLE_EN = 'say what the role did or what happened: "the lead", "on-call", "a change"'
const ROLE_JA = '人ではなく役割か出来事を書きましょう（「指揮役」「当番」「変更が…」）'

function nameRules(people: readonly string[]): readonly LintRule[] {
  const handle: LintRule = { id: 'handle', pattern: /(?<![\w.@/`-])@[a-z][\w-]{1,38}\b(?![./])/giu, instead: ROLE_EN }
  const names = [...new Set(people.map((name) => name.trim()))].filter((name) => name.length >= 2)
  return [handle, ...names.map(nameRule)]
}

function nameRule(name: string): LintRule {
  const literal = name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
  const latin = /^[\p{Script=Latin}\d\s.'-]+$/u.test(name)
  // Japanese writes no spaces; a Latin name must stand alone, as "mark" is no "remark".
  const pattern = latin ? `(?<![\\p{L}\\d_])${literal}(?![\\p{L}\\d_])` : `${literal}(?:さん|氏|様)?`
  return { id: 'person-named', pattern: new RegExp(pattern, 'giu'), instead: latin ? ROLE_EN : ROLE_JA }
}

function placesOf(text: string, file: string): (offset: number) => Place {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
  return (offset) => {
    const line = starts.findLastIndex((start) => start <= offset)
    return { file, line: line + 1, column: offset - (starts[line] ?? 0) + 1 }
  }
}
