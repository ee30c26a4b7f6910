import { isUtf8 } from 'node:buffer'
import { bodyLike, type Layout, readByLayout, type Series, type Values } from './exposition/layout.ts'
import type { Format } from './exposition/scan.ts'
import { type Limits, parseWholeBody, type Refused } from './exposition/whole-body.ts'

export { labelValue } from './exposition/labels.ts'
export type { Series } from './exposition/layout.ts'
export type { Format } from './exposition/scan.ts'
export type { Limits as ExpositionLimits } from './exposition/whole-body.ts'

/** What a body says about the series that were asked for. */
export type Exposition = {
  readonly ok: true
  /** Samples of all kinds. */
  readonly samples: number
  /** The very object of the last body when this one is laid out alike, so that whatever was derived from it can be kept. */
  readonly layout: object
  /**
   * Worked out when it is asked for: with all their labels the series of a large service take more memory than its
   * books, and who has understood them once per layout does not need them again.
   */
  readonly series: readonly Series[]
  /** Values in the order of the series. */
  readonly numbers: Float64Array
  /** 1 where the number is written as a whole one, judged by its text and not by the double that it rounds to. */
  readonly whole: Uint8Array
}

export type ExpositionParser = {
  /** Nothing of a malformed body is taken, and nothing of any body's buffer is kept. */
  parse(body: Buffer, format: Format): Exposition | Refused
}

/**
 * Makes a parser for the bodies of one target, which look alike from scrape to scrape: it remembers the last layout and
 * then reads only what changes. A body that is laid out in any other way is parsed in full.
 *
 * @param wanted names of the samples that are returned; the others are only checked
 */
export function createExpositionParser(limits: Limits, wanted: ReadonlySet<string>): ExpositionParser {
  let layout: Layout | undefined
  return {
    parse(body, format) {
      const refused = refuse(body, limits)
      if (refused !== undefined) return refused
      if (layout?.format === format) {
        const values = readByLayout(layout, body, limits.maxLabelBytes)
        const alike = layout
        if (values !== undefined) return told(alike, values, () => seriesOf(alike, limits, wanted))
      }
      const parsed = parseWholeBody(body, format, limits, wanted)
      if (!parsed.ok) return parsed
      layout = parsed.layout
      return told(layout, parsed.values, () => parsed.series)
    },
  }
}

function told(layout: Layout, { numbers, whole }: Values, series: () => readonly Series[]): Exposition {
  return {
    ok: true,
    layout,
    samples: layout.samples,
    numbers,
    whole,
    get series() {
      return series()
    },
  }
}

/** The series of a body that was parsed before, in the same order. */
function seriesOf(layout: Layout, limits: Limits, wanted: ReadonlySet<string>): readonly Series[] {
  const parsed = parseWholeBody(bodyLike(layout), layout.format, limits, wanted)
  return parsed.ok ? parsed.series : []
}

function refuse(body: Buffer, limits: Limits): Refused | undefined {
  if (body.length > limits.maxBytes) {
    const message = `Expected a body of at most ${limits.maxBytes} bytes, got ${body.length}`
    return { ok: false, failure: 'too_large', message }
  }
  if (isUtf8(body)) return undefined
  return { ok: false, failure: 'malformed', message: `Line ${firstLineNotUtf8(body)}: Expected UTF-8` }
}

/** A line feed is never part of a longer character, so each line can be judged alone. */
function firstLineNotUtf8(body: Buffer): number {
  for (let line = 1, from = 0; ; line++) {
    const lineFeed = body.indexOf('\n', from)
    if (lineFeed === -1 || !isUtf8(body.subarray(from, lineFeed))) return line
    from = lineFeed + 1
  }
}
