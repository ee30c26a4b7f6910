import type { z } from 'zod'

/** The keys and values of an object of a document; none when it is no object. */
export function entriesOf(value: unknown): ReadonlyMap<string, unknown> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return new Map(isObject ? Object.entries(value) : [])
}

/** The items of a list of a document; none when it is no list. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** What a part says; `undefined` when it is not there, or wrong, which the check of the whole has told already. */
export function readPart<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> | undefined {
  return value === undefined ? undefined : schema.safeParse(value).data
}
