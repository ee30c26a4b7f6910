import { parseDuration } from '@tabiji/core/time'

/** Fields of a form as the browser sends them: one that stands there several times is a list. */
export type Fields = Readonly<Record<string, string | readonly string[] | undefined>>

/**
 * The body that a command of the API wants, made from a form's fields. A field's name says what it is: `title`,
 * `level:number`, `sharePpm:percent`, `lengthMs:duration`, `withPeople:flag`, `journeys:list`, `options:lines` (one a
 * line); a dot stands for a part of an object, `choice.why`. What is empty was
 * not filled in and is left out. A number that is none stays text, so that the command says what is wrong with it.
 */
export function bodyOf(fields: Fields): Readonly<Record<string, unknown>> {
  const body: Record<string, unknown> = Object.create(null)
  for (const [name, sent] of Object.entries(fields)) {
    const [path = '', kind = 'text'] = name.split(':')
    const value = readField(kind, sent)
    if (value !== undefined && !path.includes('__proto__')) place(body, path.split('.'), value)
  }
  return { ...body }
}

function readField(kind: string, sent: string | readonly string[] | undefined): unknown {
  const all = [sent ?? []].flat().map((each) => each.replace(/\r\n?/g, '\n').trim())
  if (kind === 'list' || kind === 'lines') {
    const items = all
      .flatMap((each) => each.split(kind === 'list' ? /[,\n、]/ : '\n'))
      .map((each) => each.trim())
      .filter((each) => each !== '')
    return items.length === 0 ? undefined : items
  }
  const last = all.at(-1)
  if (last === undefined || last === '') return undefined
  if (kind === 'flag') return last === 'on' || last === 'true' ? true : undefined
  const number = numberOf(kind, last)
  return Number.isNaN(number) ? last : number
}

/** A percentage becomes parts per million, a length of time milliseconds. */
function numberOf(kind: string, text: string): number {
  if (kind === 'number') return Number(text)
  if (kind === 'duration') return parseDuration(text) ?? Number.NaN
  const [, whole, tail = ''] = (kind === 'percent' && /^(\d{1,3})(?:\.(\d{1,4}))?\s*%?$/.exec(text)) || []
  return whole === undefined ? Number.NaN : Number(whole) * 10_000 + Number(tail.padEnd(4, '0'))
}

function place(body: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [head = '', ...rest] = path
  if (rest.length === 0) {
    body[head] = value
    return
  }
  const inner = (body[head] ?? {}) as Record<string, unknown>
  body[head] = inner
  place(inner, rest, value)
}
