import { addMonths, isoIn } from '@tabiji/core/time'

const ZONE = 'Asia/Tokyo'

/** Texts and moments that the API tells: where a page says them as they are, they are claimed. */
export type Known = {
  /** Takes out of a text whatever is known. */
  readonly strip: (text: string) => string
  /** Whether this moment is told, and is written as the pages write it. */
  readonly isTime: (at: string, text: string) => boolean
}

/** @param now of the pages, ISO 8601 */
export function knownIn(documents: readonly unknown[], now: string, months: readonly string[]): Known {
  const texts = new Set<string>()
  const moments = new Set<number>()
  const visit = (value: unknown): void => {
    if (typeof value === 'string' && value.length >= 3 && /\d/.test(value)) texts.add(value.replace(/\s+/g, ' '))
    if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) moments.add(second(Date.parse(value)))
    if (typeof value === 'number' && value > 1e12) moments.add(second(value))
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit)
  }
  documents.forEach(visit)
  const stamps = [...moments].flatMap((at) => {
    const stamp = isoIn(at * 1000, ZONE)
      .slice(0, 16)
      .replace('T', ' ')
    return [stamp, stamp.slice(0, 10)]
  })
  const near = months.flatMap((month) => Array.from({ length: 13 }, (_, i) => addMonths(month, -i)))
  const names = near.flatMap((month) => {
    const at = Date.parse(`${month}-01T00:00:00Z`)
    const inLanguage = (language: string) =>
      new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(at)
    return [inLanguage('en'), inLanguage('ja'), month.slice(2)]
  })
  const longestFirst = [...texts, ...stamps, ...names].sort((a, b) => b.length - a.length)
  return {
    strip: (text) => longestFirst.reduce((left, each) => left.replaceAll(each, ' '), text),
    isTime: (at, text) => {
      const stamp = isoIn(Date.parse(at), ZONE).slice(0, 16).replace('T', ' ')
      const isToday = stamp.startsWith(isoIn(Date.parse(now), ZONE).slice(0, 10))
      return moments.has(second(Date.parse(at))) && text === (isToday ? stamp.slice(11) : stamp)
    },
  }
}

const second = (at: number): number => Math.floor(at / 1000)
