import { isDeepStrictEqual } from 'node:util'
import { hasErrors, named, type Path, type Problem } from '@tabiji/core/problem'

/** What came of reading the named files again. Problems hold nothing of what stands in them. */
export type Rotated = {
  /** Where the configuration names what has changed and is in force now, such as `targets[0].token`. */
  readonly taken: readonly string[]
  /** What is wrong with files that have changed since the last look; what they held before stays in force. */
  readonly refused: readonly Problem[]
  /** What is wrong with files now, whenever it was found. */
  readonly broken: readonly Problem[]
}

/** A value that is made of files. */
type Kept<Raw, Value> = {
  readonly path: Path
  /** Reads the files, or why they cannot be read. */
  read(): Raw
  /** Nothing when what was read cannot be used; then it added a problem. */
  make(raw: Raw, problems: Problem[]): Value | undefined
}

/** Secrets and certificates of a configuration, which are read again while the daemon runs. */
export type Rotation = {
  /** Makes the value for the first time. @returns it as it is at every call, or nothing when there is none to begin with */
  keep<Raw, Value>(kept: Kept<Raw, Value>, problems: Problem[]): (() => Value) | undefined
  /** Reads everything again. Never throws. */
  look(): Rotated
}

type Look = { readonly path: Path; readonly changed: boolean; readonly broken: readonly Problem[] }

/**
 * A value stays until its files hold another one that can be used: whoever writes a certificate and then its key leaves
 * files for a moment that do not belong together.
 */
export function createRotation(): Rotation {
  const looks: (() => Look)[] = []
  return {
    keep: <Raw, Value>({ path, read, make }: Kept<Raw, Value>, problems: Problem[]) => {
      let raw = read()
      const first = make(raw, problems)
      if (first === undefined) return undefined
      let value = first
      let broken: readonly Problem[] = []
      looks.push(() => {
        const found = read()
        if (isDeepStrictEqual(found, raw)) return { path, changed: false, broken }
        raw = found
        const told: Problem[] = []
        const next = make(found, told)
        broken = hasErrors(told) ? told : []
        if (next !== undefined) value = next
        return { path, changed: true, broken }
      })
      return () => value
    },
    look: () => {
      const seen = looks.map((look) => look())
      const changed = seen.filter((each) => each.changed)
      return {
        taken: changed.filter(({ broken }) => broken.length === 0).map(({ path }) => named(path).replaceAll('`', '')),
        refused: changed.flatMap(({ broken }) => broken),
        broken: seen.flatMap(({ broken }) => broken),
      }
    },
  }
}
