import type { Level } from '../journey/index.ts'
import type { AlertFacts } from './facts.ts'

/** What an alert can be told apart by. */
export const LABELS = ['journey', 'step', 'objective', 'rule', 'level', 'owner', 'cause'] as const
export type Label = (typeof LABELS)[number]
export type Labels = Readonly<Record<Label, string>>

/** One comparison. `=~` compares with a pattern: `*` is any text, `?` one character, `|` stands between alternatives. */
export type Matcher = { readonly label: Label; readonly operator: '=' | '!=' | '=~'; readonly value: string }

/** Longest value of a matcher, in characters: a pattern is tried on every alert at every evaluation. */
const LONGEST_VALUE = 200

/** The labels of an alert. One that it has not is an empty text. */
export function labelsOf(
  facts: Pick<AlertFacts, 'rule' | 'level' | 'journey' | 'cause'> & {
    readonly objective?: { readonly name: string; readonly step?: string }
  },
): Labels {
  const { journey, objective, rule, level, cause } = facts
  const step = objective?.step ?? (cause.kind === 'simple' ? cause.step : undefined)
  return {
    journey: journey.name,
    step: step ?? '',
    objective: objective?.name ?? '',
    rule,
    level: String(level satisfies Level),
    owner: journey.owner ?? '',
    cause: cause.kind,
  }
}

/** Reads `journey=checkout`, `level!=1` or `rule=~checkout/*`. @returns why the text is no matcher, when it is none */
export function parseMatcher(text: string): Matcher | { readonly mistake: string } {
  const [, label = '', operator = '', value = ''] = /^\s*([a-z]+)\s*(=~|!=|=)\s*(.*?)\s*$/s.exec(text) ?? []
  if (operator === '') return { mistake: `"${text}" is not of the form LABEL=VALUE, LABEL!=VALUE or LABEL=~PATTERN` }
  if (!isLabel(label)) return { mistake: `"${label}" is no label; the labels are ${LABELS.join(', ')}` }
  if (value === '' && operator === '=~') return { mistake: `the pattern of "${label}" is empty` }
  if (value.length > LONGEST_VALUE)
    return { mistake: `the value of "${label}" is longer than ${LONGEST_VALUE} characters` }
  return { label, operator: operator as Matcher['operator'], value }
}

export function formatMatcher({ label, operator, value }: Matcher): string {
  return `${label}${operator}${value}`
}

/** Whether all matchers are true of the labels. */
export function matchesAll(matchers: readonly Matcher[], labels: Labels): boolean {
  return matchers.every(({ label, operator, value }) => {
    if (operator === '=~') return value.split('|').some((pattern) => isLike(pattern, labels[label]))
    return (labels[label] === value) === (operator === '=')
  })
}

function isLabel(text: string): text is Label {
  return LABELS.some((label) => label === text)
}

/**
 * Whether a text is like a pattern with `*` and `?`. Not a regular expression, so that no pattern can take long: the only way
 * back is to the last star, which makes it text × pattern steps at worst.
 */
function isLike(pattern: string, text: string): boolean {
  let [at, in_, star, resume] = [0, 0, -1, 0]
  while (at < text.length) {
    if (pattern[in_] === '*') {
      star = in_++
      resume = at
    } else if (pattern[in_] === '?' || pattern[in_] === text[at]) {
      in_++
      at++
    } else if (star >= 0) {
      in_ = star + 1
      at = ++resume
    } else return false
  }
  while (pattern[in_] === '*') in_++
  return in_ === pattern.length
}
