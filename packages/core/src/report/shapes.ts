import { z } from 'zod'
import { isDate, isMonth } from '../time/index.ts'

/** What the schemas of all families of month facts are made of. */
export const text = z.string()
export const texts = z.array(text)
export const count = z.int().nonnegative()
export const ppm = z.int().min(1).max(999_999)
export const month = text.refine(isMonth, { error: 'a month as YYYY-MM' })
export const date = text.refine(isDate, { error: 'a date as YYYY-MM-DD' })
export const instant = z.iso.datetime({ offset: true, error: 'a time in ISO 8601 with offset' })
export const level = z.literal([1, 2, 3])
export const share = z.object({ numerator: count, denominator: count })
