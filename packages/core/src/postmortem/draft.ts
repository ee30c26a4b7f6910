import { BONES, type CauseNode, causeTrees, percentText } from '../incident/index.ts'
import { addDays, MINUTE, parseInstant } from '../time/index.ts'
import { blockOf, hashOf } from './blocks.ts'
import { writePostmortem } from './document.ts'
import { type Cause, causesOf, type Fishbone } from './fishbone.ts'
import type { PostmortemLanguage } from './language.ts'
import { addressOf, markdown } from './markdown.ts'
import { outlineOf } from './outline.ts'
import type { PostmortemRecord } from './record.ts'
import { POSTMORTEM_WORDS, type PostmortemWords, placeholder } from './words.ts'

/**
 * What a postmortem has from the record, by block: facts, never opinions. Every text in it is escaped.
 *
 * @param picture name of the file beside it that shows the fishbone; absent: there is none
 */
export function generatedParts(
  record: PostmortemRecord,
  causes: Fishbone,
  language: PostmortemLanguage,
  picture?: string,
): Readonly<Record<string, string>> {
  const words = POSTMORTEM_WORDS[language]
  return {
    summary: summaryOf(record, words),
    impact: impactOf(record, words),
    times: timesOf(record, words),
    timeline: timelineOf(record, words),
    decisions: linesOf(record.decisions, words.noDecisions),
    causes: [...pictureOf(causes, words, picture), outlineOf(causes, language).trim()].join('\n\n'),
    fixes: fixesOf(record, words),
    follow: followOf(record, words),
  }
}

/** The causes of the record as a fishbone; those that were said, and the default bones for those that are not yet. */
export function fishboneOf({ incident: { title, causes } }: PostmortemRecord): Fishbone {
  const trees = causeTrees(causes)
  const names = [...new Set([...BONES, ...trees.map(({ cause }) => cause.bone)])]
  const bones = names.map((name) => ({
    name,
    causes: trees.filter(({ cause }) => cause.bone === name).map(withWhys),
  }))
  return { effect: title, bones }
}

function withWhys({ cause, why }: CauseNode<PostmortemRecord['incident']['causes'][number]>): Cause {
  const { id, text, fix } = cause
  return { id, text, evidence: [], why: why.map(withWhys), ...(fix !== undefined && { fix }) }
}

/** The text below the front matter: seven sections, facts in blocks, and what people are to write in ⟪…⟫. */
function draftBody(
  record: PostmortemRecord,
  parts: Readonly<Record<string, string>>,
  language: PostmortemLanguage,
): string {
  const words = POSTMORTEM_WORDS[language]
  const { key, title } = record.incident
  const block = (name: string) => blockOf(name, parts[name] ?? '')
  const [summary, impact, timeline, causes, lessons, fixes, follow] = words.sections
  const [well, badly, lucky] = words.lessons
  const section = (number: number, heading: string, ...content: readonly string[]) => [
    `## ${number} ${heading}`,
    ...content,
  ]
  return `${[
    `# ${key} ${markdown(title)}`,
    ...section(1, summary, block('summary'), placeholder(words.write.summary)),
    ...section(2, impact, block('impact'), `### ${words.times}`, block('times')),
    ...section(3, timeline, block('timeline'), `### ${words.decisions}`, block('decisions')),
    ...section(4, causes, block('causes')),
    ...section(
      5,
      lessons,
      `### ${well}`,
      placeholder(words.write.well),
      `### ${badly}`,
      placeholder(words.write.badly),
    ),
    ...[`### ${lucky}`, placeholder(words.write.lucky)],
    ...section(6, fixes, block('fixes'), placeholder(words.write.verify)),
    ...section(7, follow, block('follow')),
  ].join('\n\n')}\n`
}

/** By block, the hash of what was written. */
function hashesOf(parts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(parts).map(([name, content]) => [name, hashOf(content)]))
}

export type NewDraft = {
  readonly language: PostmortemLanguage
  readonly owner?: string
  /** `YYYY-MM-DD`. */
  readonly due?: string
  /** The picture of the causes beside the text; absent: there is none. */
  readonly picture?: { readonly name: string; readonly hash?: string }
}

/** Under which name the front matter keeps the hash of the picture, beside those of the blocks. */
export const PICTURE = 'fishbone'

/** A draft from the record, before anybody wrote in it: front matter and text. */
export function newDraft(record: PostmortemRecord, { language, owner, due, picture }: NewDraft): string {
  const causes = fishboneOf(record)
  const parts = generatedParts(record, causes, language, picture?.name)
  const stated = { ...(owner !== undefined && { owner }), ...(due !== undefined && { due }) }
  const hashes = { ...hashesOf(parts), ...(picture?.hash !== undefined && { [PICTURE]: picture.hash }) }
  const front = {
    incident: record.incident.key,
    language,
    state: 'draft',
    ...stated,
    causes,
    generated: hashes,
  } as const
  return writePostmortem(front, draftBody(record, parts, language))
}

function summaryOf({ incident }: PostmortemRecord, words: PostmortemWords): string {
  const { title, journeys, level } = incident
  const hurt = journeys.map(markdown).join(', ') || words.noJourneys
  return `${words.opened(markdown(title), hurt)}${level === undefined ? '' : ` (${words.level(level)})`}`
}

function impactOf({ impact }: PostmortemRecord, words: PostmortemWords): string {
  if (impact === undefined || impact.journeys.length === 0) return words.noImpact
  const rows = impact.journeys.map(
    ({ objective, bad, valid, badPpm, budgetPpm }) =>
      `| ${[markdown(objective), bad, valid, percentText(badPpm), percentText(budgetPpm)].join(' | ')} |`,
  )
  return [
    words.between(minuteOf(impact.from), minuteOf(impact.to)),
    '',
    words.impactHead,
    '| --- | ---: | ---: | ---: | ---: |',
    ...rows,
  ].join('\n')
}

/** Spans as incident.md §3.1 defines them: detection and the two ends from the impact, acknowledgement from the delivery. */
const SPANS = [
  ['ttd', 'impactStarted', 'detected'],
  ['tta', 'delivered', 'acknowledged'],
  ['ttm', 'impactStarted', 'mitigated'],
  ['ttr', 'impactStarted', 'resolved'],
] as const

function timesOf({ incident: { times } }: PostmortemRecord, words: PostmortemWords): string {
  const moments = Object.entries(words.moments).map(([moment, label]) => {
    const at = times[moment]
    return `- ${label}: ${at === undefined ? words.unknown : minuteOf(at)}`
  })
  const spans = SPANS.map(
    ([span, from, to]) =>
      `- ${words.spans[span]} (${span.toUpperCase()}): ${minutesBetween(times[from], times[to], words)}`,
  )
  return [...moments, ...spans].join('\n')
}

function minutesBetween(from: string | undefined, to: string | undefined, words: PostmortemWords): string {
  if (from === undefined || to === undefined) return words.unknown
  const [began, ended] = [parseInstant(from, 0, 'UTC'), parseInstant(to, 0, 'UTC')]
  if (began === undefined || ended === undefined) return words.unknown
  return words.minutes(Math.floor((ended - began) / MINUTE))
}

function pictureOf(causes: Fishbone, words: PostmortemWords, picture: string | undefined): readonly string[] {
  if (picture === undefined || causesOf(causes).length === 0) return []
  return [`![${words.picture(markdown(causes.effect))}](${addressOf(picture)})`]
}

/** More lines than anybody reads in a text; all of them are in the record. */
const MOST_LINES = 200

/** Lines with a star first, then everything else. */
function timelineOf({ incident, timeline }: PostmortemRecord, words: PostmortemWords): string {
  const starred = timeline.filter((line) => line.starred === true)
  const others = timeline.filter((line) => line.starred !== true)
  const more = others.length - MOST_LINES
  const rest = [
    ...(others.length === 0 ? [] : [linesOf(others.slice(0, MOST_LINES), '')]),
    ...(more > 0 ? [words.moreLines(more, incident.key)] : []),
  ]
  if (starred.length === 0) return rest.join('\n\n') || words.noTimeline
  const marked = starred.map((line) => ({ ...line, mark: '★ ' }))
  return [linesOf(marked, ''), ...(rest.length === 0 ? [] : [words.otherLines, ...rest])].join('\n\n')
}

type Marked = { readonly at: string; readonly text: string; readonly mark?: string }

function linesOf(lines: readonly Marked[], none: string): string {
  if (lines.length === 0) return none
  return lines.map(({ at, text, mark = '' }) => `- ${mark}${minuteOf(at)} ${markdown(text)}`).join('\n')
}

function fixesOf({ fixes }: PostmortemRecord, words: PostmortemWords): string {
  if (fixes.length === 0) return words.noFixes
  const rows = fixes.map(({ key, title, kind, owner, due, state, cause, url }) => {
    const name = url === undefined ? markdown(key) : `[${markdown(key)}](${addressOf(url)})`
    return `| ${[name, ...[title, kind, owner ?? '–', due ?? '–', state, cause ?? '–'].map(markdown)].join(' | ')} |`
  })
  return [words.fixHead, '| --- | --- | --- | --- | --- | --- | --- |', ...rows].join('\n')
}

function followOf({ incident: { resolvedAt } }: PostmortemRecord, words: PostmortemWords): string {
  return resolvedAt === undefined ? words.followOpen : words.follow(addDays(resolvedAt.slice(0, 10), 30))
}

/** `2026-10-20 13:05 +09:00` of `2026-10-20T13:05:10+09:00`. */
function minuteOf(iso: string): string {
  return iso.replace(/^(\S{10})T(\d\d:\d\d):\d\d(?:\.\d+)?(.*)$/, '$1 $2 $3')
}
