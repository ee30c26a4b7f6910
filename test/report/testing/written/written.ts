/** How the English report writes figures, a second time, with as little as it takes. */
const whole = new Intl.NumberFormat('en')

export function count(value: number): string {
  return whole.format(value)
}

/** A decimal of so many places from a whole number of its last place. */
function placed(value: bigint, places: number): string {
  const digits = String(value).padStart(places + 1, '0')
  const front = whole.format(BigInt(digits.slice(0, digits.length - places)))
  return places === 0 ? front : `${front}.${digits.slice(-places)}`
}

/** A part of a whole in percent, cut. */
export function percent(part: number | bigint, of: number | bigint, places: number): string {
  return placed((BigInt(part) * 100n * 10n ** BigInt(places)) / BigInt(of), places)
}

/** Of fewer a percentage says more than is known. */
export const FEWEST = 3

/** A part as a share: the percentage only of three and more. */
export function share({ numerator, denominator }: { numerator: number; denominator: number }): string {
  if (denominator === 0) return ''
  const fraction = `${count(numerator)} of ${count(denominator)}`
  return denominator < FEWEST ? fraction : `${percent(numerator, denominator, 0)} % (${fraction})`
}

/** What is left of a budget: parts per million in percent with one place, cut down. */
export function left(ppm: number): string {
  const tenths = Math.floor(ppm / 1_000)
  return `${tenths < 0 ? '−' : ''}${placed(BigInt(Math.abs(tenths)), 1)}`
}

/** Parts per million in percent with the places that they have. */
export function target(ppm: number): string {
  return String(ppm / 10_000)
}

/** Places of a result: one more than its target has, two at least. */
export function placesBeside(targetPpm: number): number {
  return Math.max(2, (target(targetPpm).split('.')[1] ?? '').length + 1)
}

/** Millionths of an event: whole events, below ten of them tenths. */
export function events(millionths: number): string {
  return millionths < 10_000_000
    ? placed(BigInt(Math.floor(millionths / 100_000)), 1)
    : count(Math.floor(millionths / 1_000_000))
}

/** Millionths of an event with all the places that they have. */
export function exact(millionths: number): string {
  return placed(BigInt(millionths), 6).replace(/\.?0+$/, '')
}

/** Bad of allowed in percent with one place, and with more where it would read 100 although it is more. */
export function used({ bad, allowedMillionths }: { bad: number; allowedMillionths: number }): string {
  const part = BigInt(bad) * 1_000_000n
  let places = 1
  while (part > BigInt(allowedMillionths) && /^100\.0+$/.test(percent(part, allowedMillionths, places))) places++
  return percent(part, allowedMillionths, places)
}

/** Hours and minutes, begun ones counted. */
export function length(ms: number | undefined): string {
  if (ms === undefined) return ''
  const minutes = Math.ceil(ms / 60_000)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

export function between(from: string | undefined, to: string | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : Math.max(0, Date.parse(to) - Date.parse(from))
}

/** As far as the minute; facts carry the zone's own time. */
export function stamp(iso: string | undefined): string {
  return iso === undefined ? '' : iso.slice(0, 16).replace('T', ' ')
}

export function burnt(all: readonly { readonly budgetPpm: number }[]): string {
  return all.map(({ budgetPpm }) => percent(budgetPpm, 1_000_000, 1)).join(' · ')
}

/** The numbers of a text as they are written, in ascending order; bars and signs of plenty are none. */
export function numbersOf(text: string): readonly string[] {
  return (text.match(/−?\d+(,\d{3})*(\.\d+)?/g) ?? []).sort()
}
