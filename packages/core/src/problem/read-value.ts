import { isObject, type Reader, tell } from './reader.ts'
import { hintFor, LONGEST_GUESS } from './wording.ts'

/** A value that `accept` makes something of; `undefined` means that it cannot. */
function valueBy<T>(accept: (value: unknown) => T | undefined, what: string): Reader<T> {
  return { read: (value, spot) => accept(value) ?? tell(spot, what, value) }
}

/** A text that `parse` makes something of. `what` continues "expected … to be", here and below. */
export function textBy<T>(parse: (text: string) => T | undefined, what: string): Reader<T> {
  return valueBy((value) => (typeof value === 'string' ? parse(value) : undefined), what)
}

/** A number that `parse` makes something of. */
export function numberBy<T>(parse: (given: number) => T | undefined, what: string): Reader<T> {
  return valueBy((value) => (typeof value === 'number' ? parse(value) : undefined), what)
}

/** A whole number within bounds, which belong to it. */
export function whole(least: number, most: number): Reader<number> {
  const fault = (value: unknown) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return 'a number'
    if (!Number.isInteger(value)) return 'a whole number'
    if (value < least) return `at least ${least}`
    return value > most ? `at most ${most}` : undefined
  }
  return {
    read(value, spot) {
      const what = fault(value)
      if (what !== undefined) tell(spot, what, value)
      return typeof value === 'number' && Number.isInteger(value) ? value : undefined
    },
  }
}

/** One of few values. A word that is nearly one of them brings it as a hint. */
export function oneOf<const T extends string | number | boolean>(values: readonly T[]): Reader<T> {
  const what = values.map((value) => JSON.stringify(value)).join(' or ')
  return {
    read(value, spot) {
      const found = values.find((one) => one === value)
      if (found !== undefined) return found
      const isWord = typeof value === 'string'
      const hint = isWord ? hintFor(value.slice(0, LONGEST_GUESS), values.map(String), 0) : undefined
      return tell(spot, what, value, hint === undefined ? {} : { hint })
    },
  }
}

/** A value that may have several forms: the one is judged whose type it has. `what` is told when it has the type of none. */
export function formOf<T>(forms: Readonly<Partial<Record<Type, Reader<T>>>>, what: string): Reader<T> {
  return {
    read(value, spot) {
      const form = forms[typeOf(value)]
      return form === undefined ? tell(spot, what, value) : form.read(value, spot)
    },
  }
}

type Type = 'text' | 'number' | 'list' | 'object' | 'other'

function typeOf(value: unknown): Type {
  if (Array.isArray(value)) return 'list'
  if (isObject(value)) return 'object'
  if (typeof value === 'string') return 'text'
  return Number.isFinite(value) ? 'number' : 'other'
}

/** What must hold of a value that could be read. */
export function such<T>(reader: Reader<T>, holds: (read: T) => boolean, what: string): Reader<T> {
  return {
    read(value, spot) {
      const read = reader.read(value, spot)
      if (read !== undefined && !holds(read)) tell(spot, what, value)
      return read
    },
  }
}

/** The same value in another form. */
export function as<From, To>(reader: Reader<From>, convert: (from: From) => To): Reader<To> {
  return {
    read(value, spot) {
      const read = reader.read(value, spot)
      return read === undefined ? undefined : convert(read)
    },
  }
}
