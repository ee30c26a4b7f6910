import { below, isObject, type Read, type Reader, tell } from './reader.ts'
import { expected, unknownKey } from './wording.ts'

type Fields = Readonly<Record<string, Reader<unknown>>>
type Optional = { readonly optional: true }

/** What an object of these fields says. */
type ReadFields<F extends Fields> = {
  readonly [Key in keyof F as F[Key] extends Optional ? never : Key]: Read<F[Key]>
} & {
  readonly [Key in keyof F as F[Key] extends Optional ? Key : never]?: Read<F[Key]>
}

/** A key that need not be there. */
export function optional<T>({ read }: Reader<T>): Reader<T> & Optional {
  return { read, optional: true }
}

/** A list, each item read by the same reader. */
export function list<T>(item: Reader<T>): Reader<readonly T[]> {
  return {
    read(value, spot) {
      if (!Array.isArray(value)) return tell(spot, 'a list', value)
      const items = value.map((each: unknown, i) => item.read(each, below(spot, i)))
      return items.every((each) => each !== undefined) ? items : undefined
    },
  }
}

/** An object whose keys people choose, all values read by the same reader; `name` says what a key must look like. */
export function record<T>(
  item: Reader<T>,
  name?: { readonly form: RegExp; readonly what: string },
): Reader<Readonly<Record<string, T>>> {
  return {
    read(value, spot) {
      if (!isObject(value)) return tell(spot, 'of type object', value)
      const given = Object.entries(value)
      const entries = given.flatMap(([key, each]) => {
        const at = below(spot, key)
        if (name !== undefined && !name.form.test(key)) {
          spot.problems.push(expected(`${spot.area}_NAME`, at.path, name.what, key, { part: 'key' }))
          return []
        }
        const read = item.read(each, at)
        return read === undefined ? [] : [[key, read] as const]
      })
      return entries.length === given.length ? Object.fromEntries(entries) : undefined
    },
  }
}

/** An object with these keys and no others; each unknown one is told. */
export function object<F extends Fields>(fields: F): Reader<ReadFields<F>> {
  const some = someOf(fields)
  const known = Object.keys(fields)
  return {
    read(value, spot) {
      const read = some.read(value, spot)
      const unknown = isObject(value) ? Object.keys(value).filter((key) => !known.includes(key)) : []
      spot.problems.push(...unknown.map((key) => unknownKey(spot.area, spot.path, key, known)))
      return read
    },
  }
}

/** These keys of an object; its others are not looked at. */
export function someOf<F extends Fields>(fields: F): Reader<ReadFields<F>> {
  return {
    read(value, spot) {
      if (!isObject(value)) return tell(spot, 'of type object', value)
      const due = Object.entries(fields).filter(([key, field]) => !field.optional || Object.hasOwn(value, key))
      const read = due.map(([key, field]) => [key, field.read(value[key], below(spot, key))] as const)
      const isComplete = read.every(([, each]) => each !== undefined)
      return isComplete ? (Object.fromEntries(read) as ReadFields<F>) : undefined
    },
  }
}
