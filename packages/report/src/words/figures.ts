import { isoIn } from '@tabiji/core/time'
import type { Language } from './language.ts'

/** How numbers, lists and times are written in one language and one time zone. */
export type Figures = {
  /** A whole number with the language's group marks. */
  readonly count: (value: number) => string
  /** A part of a whole in percent, cut after so many decimals, never rounded up: 99.999 % of a promise is not all of it. */
  readonly percent: (numerator: number | bigint, denominator: number, decimals: number) => string
  /** What is left of a budget, parts per million cut down to a tenth of a percent; overspent ones carry a minus sign. */
  readonly left: (ppm: number) => string
  /** Ten-millionths of a whole in percentage points without sign, cut after so many decimals; at most five. */
  readonly points: (tenMillionths: number, decimals: number) => string
  /** A target in parts per million with the decimals that it has: 999000 → `99.9 %`, in Japanese `99.9%`. */
  readonly target: (ppm: number) => string
  /** Thousandths of the sustainable speed, cut to tenths: 14400 → `14.4×`. */
  readonly burn: (milli: number) => string
  /** Millionths of an event, cut to whole events, below ten of them to tenths. */
  readonly events: (millionths: number) => string
  /** Millionths of an event with all the decimals that they have, so that a formula can be followed with a calculator. */
  readonly exactEvents: (millionths: number) => string
  readonly list: (items: readonly string[]) => string
  /** `October 2026`, `2026年10月`. */
  readonly month: (month: string) => string
  /** `2026-10-20 13:05` in the zone. */
  readonly stamp: (iso: string) => string
  /** `2026-10-20` in the zone. */
  readonly date: (iso: string) => string
}

/** The figures of a language; times are shown in the zone, whatever offset they carry. */
export function figuresIn(language: Language, zone: string): Figures {
  const whole = new Intl.NumberFormat(language)
  const names = new Intl.ListFormat(language, { type: 'conjunction' })
  const month = new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', timeZone: 'UTC' })
  const sign = language === 'ja' ? '%' : ' %'
  const local = (iso: string) => isoIn(Date.parse(iso), zone)
  const decimal = (value: bigint, decimals: number) => {
    const unit = 10n ** BigInt(decimals)
    const tail = decimals > 0 ? `.${String(value % unit).padStart(decimals, '0')}` : ''
    return `${whole.format(value / unit)}${tail}`
  }
  return {
    count: (value) => whole.format(value),
    percent: (numerator, denominator, decimals) =>
      `${decimal((BigInt(numerator) * 100n * 10n ** BigInt(decimals)) / BigInt(denominator), decimals)}${sign}`,
    left: (ppm) => {
      const tenths = Math.floor(ppm / 1000)
      return `${tenths < 0 ? '−' : ''}${decimal(BigInt(Math.abs(tenths)), 1)}${sign}`
    },
    points: (tenMillionths, decimals) =>
      decimal(BigInt(Math.abs(tenMillionths)) / 10n ** BigInt(5 - decimals), decimals),
    target: (ppm) => `${decimal(BigInt(ppm) / 10n ** BigInt(4 - decimalsOf(ppm)), decimalsOf(ppm))}${sign}`,
    burn: (milli) => `${decimal(BigInt(milli) / 100n, 1)}×`,
    events: (millionths) =>
      millionths < 10_000_000 ? decimal(BigInt(millionths) / 100_000n, 1) : decimal(BigInt(millionths) / 1_000_000n, 0),
    exactEvents: (millionths) => decimal(BigInt(millionths), 6).replace(/\.?0+$/, ''),
    list: (items) => names.format(items),
    month: (text) => month.format(Date.parse(`${text}-01T00:00:00Z`)),
    stamp: (iso) => local(iso).slice(0, 16).replace('T', ' '),
    date: (iso) => local(iso).slice(0, 10),
  }
}

/** How many decimals a target has in percent: 999000 ppm is 99.9 %, so one. At most four, because ppm end there. */
export function decimalsOf(ppm: number): number {
  const zeros = [10_000, 1_000, 100, 10].findIndex((unit) => ppm % unit === 0)
  return zeros === -1 ? 4 : zeros
}
