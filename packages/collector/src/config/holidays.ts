import { createRequire } from 'node:module'
import { addDays, type Closing, DAY } from '@tabiji/core/time'
import type Holidays from 'date-holidays'

/** The rules of all countries are large; they are loaded where somebody names one. */
function load(): typeof Holidays {
  return createRequire(import.meta.url)('date-holidays')
}

/** Whether the text is written as a country, `jp`, with a state, `de-by`, and a region of it, `de-by-a`. */
export function isCountryForm(text: string): boolean {
  return /^[a-z]{2}(-[a-z0-9]{1,5}){0,2}$/i.test(text)
}

/** @returns nothing when the code is of a known country, state and region, else which codes are known in its place */
export function unknownCountry(code: string): readonly string[] | undefined {
  const all = new (load())()
  const [country = '', state, region] = code.toUpperCase().split('-')
  const unknown = (part: string | undefined, known: Readonly<Record<string, string>> | undefined, before: string) =>
    part === undefined || (known !== undefined && part in known)
      ? undefined
      : Object.keys(known ?? {}).map((each) => `${before}${each}`.toLowerCase())
  return (
    unknown(country, all.getCountries(), '') ??
    unknown(state, all.getStates(country), `${country}-`) ??
    unknown(region, all.getRegions(country, state ?? ''), `${country}-${state}-`)
  )
}

/** The public holidays of a country by law: those that last all day, with the days that stand in for them. */
export function publicHolidays(code: string): Closing {
  const [country = '', state, region] = code.toUpperCase().split('-')
  const rules = new (load())({ country, ...(state && { state }), ...(region && { region }) }, { types: ['public'] })
  const years = new Map<string, ReadonlyMap<string, string>>()
  const ofYear = (year: string) => {
    const known = years.get(year)
    if (known !== undefined) return known
    const dates = new Map<string, string>()
    for (const { date, name, start, end } of rules.getHolidays(Number(year), 'en')) {
      // One that begins at noon leaves a morning to be told in.
      if (date.slice(11, 16) !== '00:00') continue
      for (const each of datesFrom(date.slice(0, 10), end.getTime() - start.getTime())) dates.set(each, name)
    }
    years.set(year, dates)
    return dates
  }
  return { dayOff: (date) => ofYear(date.slice(0, 4)).get(date) }
}

/** The dates of a holiday, to the nearest day: its clocks may change within. */
function datesFrom(date: string, ms: number): readonly string[] {
  return Array.from({ length: Math.max(1, Math.round(ms / DAY)) }, (_, i) => addDays(date, i))
}
