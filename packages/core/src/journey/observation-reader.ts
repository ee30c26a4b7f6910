import { list, object, oneOf, optional, readWhole, such, textBy, whole } from '../problem/index.ts'
import { NAME } from './notation.ts'
import { OBSERVATION_SCHEMA, type Observation, TIME_BUCKETS } from './observation.ts'

const name = textBy((text) => (NAME.test(text) ? text : undefined), 'a name of a journey or step')
const text = textBy((given) => (given.length <= 1000 ? given : undefined), 'a text of at most 1000 characters')
/** Signs that a terminal or an editor obeys are no part of a path. */
const path = textBy(
  (given) => (/^\/[^\s\p{C}]{0,999}$/u.test(given) ? given : undefined),
  'a path without spaces and invisible signs',
)
const count = whole(0, Number.MAX_SAFE_INTEGER)
const time = such(list(count), ({ length }) => length === 2, 'a bucket and its count')

const observationReader = object({
  schema: oneOf([OBSERVATION_SCHEMA]),
  service: text,
  journey: optional(name),
  method: textBy((given) => (/^[A-Z-]{1,20}$/.test(given) ? given : undefined), 'a method'),
  path,
  isTemplate: oneOf([true, false]),
  step: optional(object({ journey: name, step: name })),
  answered: count,
  refused: count,
  failed: count,
  times: such(
    list(time),
    (times) => times.every(([bucket = 0]) => bucket < TIME_BUCKETS),
    `buckets below ${TIME_BUCKETS}`,
  ),
})

export type ObservationsRead = {
  readonly observations: readonly Observation[]
  /** Lines that are no observations, such as one that was cut when its process was killed. */
  readonly refused: readonly { readonly line: number; readonly message: string }[]
}

/** Reads an observation file. Never throws: a line that is none of ours is told and left out. */
export function readObservations(file: string): ObservationsRead {
  const observations: Observation[] = []
  const refused: { line: number; message: string }[] = []
  for (const [i, line] of file.split('\n').entries()) {
    if (line.trim() === '') continue
    const read = readLine(line)
    if (typeof read === 'string') refused.push({ line: i + 1, message: read })
    else observations.push(read)
  }
  return { observations, refused }
}

function readLine(line: string): Observation | string {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return 'Expected one JSON object on the line'
  }
  const read = readWhole(observationReader, value, 'OBSERVATION')
  if (!read.ok) return read.problems[0]?.message ?? 'Expected an observation'
  const times = read.value.times.map(([bucket = 0, events = 0]) => [bucket, events] as const)
  return { ...read.value, schema: OBSERVATION_SCHEMA, times }
}
