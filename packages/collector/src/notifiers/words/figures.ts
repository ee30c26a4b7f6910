import { PPM } from '@tabiji/core/budget'
import { isoIn } from '@tabiji/core/time'
import type { Language, SpanUnit } from './catalogue.ts'

/** How the figures of a message are written. Everything is cut, nothing is rounded up, and nothing is a float before it. */
export type Figures = {
  readonly count: (value: number) => string
  /** A share of events in percent, two decimals; what is there but too small to be seen is `<0.01 %`. */
  readonly share: (bad: number, valid: number) => string
  /** Thousandths as a number with one decimal: 14400 → `14.4`. */
  readonly tenths: (milli: number) => string
  /** A share of a budget in percent, one decimal, towards less: −80500 ppm → `−8.1 %`. */
  readonly left: (ppm: number) => string
  /** A target with the decimals that it has: 999000 ppm → `99.9 %`. */
  readonly target: (ppm: number) => string
}

export function figuresIn(language: Language): Figures {
  const whole = new Intl.NumberFormat(language)
  const count = (value: number) => whole.format(value)
  const decimal = (value: bigint, decimals: number) => {
    if (decimals === 0) return whole.format(value)
    const unit = 10n ** BigInt(decimals)
    return `${whole.format(value / unit)}.${String(value % unit).padStart(decimals, '0')}`
  }
  return {
    count,
    share: (bad, valid) => {
      if (valid === 0) return '0 %'
      const hundredths = (BigInt(bad) * 10_000n) / BigInt(valid)
      return bad > 0 && hundredths === 0n ? '<0.01 %' : `${decimal(hundredths, 2)} %`
    },
    tenths: (milli) => decimal(BigInt(Math.floor(milli / 100)), 1),
    left: (ppm) => {
      const tenths = BigInt(Math.floor(ppm / 1000))
      return tenths < 0n ? `−${decimal(-tenths, 1)} %` : `${decimal(tenths, 1)} %`
    },
    target: (ppm) => {
      const digits = String((ppm * 100) % PPM)
        .padStart(6, '0')
        .replace(/0+$/, '')
      return `${Math.floor((ppm * 100) / PPM)}${digits === '' ? '' : `.${digits}`} %`
    },
  }
}

const UNITS = { days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1_000 } as const

/** A length of time in the largest unit that divides it, at least seconds: 5 400 000 ms → 90 minutes. */
export function exactSpan(ms: number): readonly [n: number, unit: SpanUnit] {
  for (const unit of ['days', 'hours', 'minutes'] as const) if (ms % UNITS[unit] === 0) return [ms / UNITS[unit], unit]
  return [ms / UNITS.seconds, 'seconds']
}

/** How long something lasted, in its two largest units: 2 h 5 min, 3 days 4 h, 45 s. Cut to whole units. */
export function lastedSpans(ms: number): readonly (readonly [n: number, unit: SpanUnit])[] {
  const units = ['days', 'hours', 'minutes', 'seconds'] as const
  const length = Math.max(0, ms)
  const first = units.findIndex((unit) => length >= UNITS[unit])
  const [large = 'seconds', small] = first === -1 ? [] : units.slice(first, first + 2)
  const n = Math.floor(length / UNITS[large])
  const rest = small === undefined || large === 'minutes' ? 0 : Math.floor((length % UNITS[large]) / UNITS[small])
  return rest === 0 || small === undefined
    ? [[n, large]]
    : [
        [n, large],
        [rest, small],
      ]
}

/** `2026-10-20 13:39 (Asia/Tokyo)`. */
export function stampIn(at: number, zone: string): string {
  return `${isoIn(at, zone).slice(0, 16).replace('T', ' ')} (${zone})`
}
