import type { Incident } from '../incident/index.ts'
import type { FixKind } from './event.ts'
import type { Fix } from './fix.ts'

/** A ticket that is to be written into a tracker. `text` is Markdown without its mark; no line of it needs more than a line. */
export type TicketDraft = {
  /** What tells it from all others, see {@link markOf}. */
  readonly mark: string
  readonly title: string
  readonly text: string
  /** No ticket of the fix can be older (milliseconds). */
  readonly since: number
}

type Language = 'en' | 'ja'
type Words = {
  readonly what: string
  readonly aim: string
  readonly aims: { readonly [kind in FixKind]: string }
  readonly incident: string
  readonly journey: string
  readonly level: (level: number) => string
  readonly cause: string
  readonly firstDue: string
  readonly below: string
}

const WORDS: { readonly [language in Language]: Words } = {
  en: {
    what: 'To do',
    aim: 'What for',
    aims: {
      prevent: 'that it does not happen again',
      detect: 'that it is noticed sooner',
      mitigate: 'that it hurts less',
      process: 'that it is handled better',
    },
    incident: 'Incident',
    journey: 'Journey',
    level: (level) => ` (level ${level})`,
    cause: 'Cause that it removes',
    firstDue: 'Promised first for',
    below: 'Tabiji reads the lines below, and follows what is changed in them:',
  },
  ja: {
    what: '内容',
    aim: '目的',
    aims: {
      prevent: '再発を防ぐ',
      detect: 'もっと早く気づく',
      mitigate: '影響を小さくする',
      process: '対応の進め方を良くする',
    },
    incident: 'インシデント',
    journey: 'ジャーニー',
    level: (level) => `（レベル${level}）`,
    cause: '取り除く原因',
    firstDue: '最初に約束した期限',
    below: '以下の行はTabijiが読み取ります。書き換えると、その内容が反映されます。',
  },
}

/**
 * What a ticket says of a fix: to people in words, and below that in the lines that are read back from it. The lines for people
 * begin with a dash, so that none of them is taken for one of the others.
 *
 * @param incident the one that asks for the fix
 */
export function draftTicket(fix: Fix, incident: Incident | undefined, language: Language): TicketDraft {
  const words = WORDS[language]
  const cause = incident?.causes?.find(({ id }) => id === fix.cause)
  const level = incident?.level === undefined ? '' : words.level(incident.level)
  const told: readonly (readonly [name: string, value: string | undefined])[] = [
    [words.what, fix.title],
    [words.aim, words.aims[fix.kind]],
    [words.incident, incident === undefined ? fix.incident : `${incident.key}${level} ${incident.title}`],
    [words.journey, fix.journey],
    [words.cause, cause === undefined ? fix.cause : `${cause.text} (${cause.id})`],
    [words.firstDue, fix.firstDue],
  ]
  const read: readonly (readonly [name: string, value: string | undefined])[] = [
    ['due', fix.due],
    ['fix', fix.kind],
    ['incident', fix.incident],
    ['cause', fix.cause],
    ['owner', fix.owner],
  ]
  const lines = (pairs: typeof told, before: string) =>
    pairs.flatMap(([name, value]) => (value === undefined ? [] : [`${before}${name}: ${oneLine(value)}`])).join('\n')
  return {
    mark: markOf(fix),
    title: oneLine(fix.title),
    since: fix.createdAt,
    text: `${lines(told, '- ')}\n\n${words.below}\n\n${lines(read, '')}`,
  }
}

/** No line more than is meant, and nothing that hides the rest or passes for a mark. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('<!--', '<! --').trim()
}

/**
 * What tells the ticket of a fix from all others: its key, and when it was added, because a collector that began anew counts its keys
 * from one again.
 */
export function markOf({ key, createdAt }: Pick<Fix, 'key' | 'createdAt'>): string {
  return `${key} ${createdAt.toString(36)}`
}

/** The line that carries a mark; where Markdown is shown nobody sees it. */
export function markLine(mark: string): string {
  return `<!-- tabiji ${mark} -->`
}

/** The mark in a text that carries one. */
export function markIn(text: string): string | undefined {
  return /<!-- tabiji (FIX-\d{1,9} [0-9a-z]{1,12}) -->/.exec(text)?.[1]
}
