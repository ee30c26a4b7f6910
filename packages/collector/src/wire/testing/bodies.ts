import fc from 'fast-check'
import type { Format } from '../exposition.ts'

/** A sample that a body was written from. */
type Written = { readonly name: string; readonly labels: readonly string[]; readonly value: string }
export type Body = { readonly text: string; readonly format: Format; readonly samples: readonly Written[] }

const bareName = fc.constantFrom('journey_step_events_total', 'a', 'b:c_d', '_x9', 'up')
const labelName = fc.constantFrom('journey', 'step', 'outcome', 'le', '__proto__', 'x1')
const labelText = fc.oneof(
  fc.constantFrom('', 'good', '+Inf', 'a"b', 'c\\d', 'e\nf', '{g="h",}', '# EOF', 'n', '\\n', '足を測る', '\u0000'),
  fc.string({ unit: 'binary', maxLength: 6 }),
)
const value = fc.oneof(
  fc.nat().map(String),
  fc.double({ noDefaultInfinity: true, noNaN: true }).map(String),
  fc.constantFrom(
    '0',
    '-0',
    '+7',
    '1.5e+06',
    '9007199254740991',
    '9007199254740993',
    '.5',
    '5.',
    'NaN',
    '+Inf',
    '-inf',
  ),
)
const blanks = fc.constantFrom(' ', ' ', ' ', '\t', '  ')
const labels = fc.uniqueArray(fc.tuple(labelName, labelText), { maxLength: 4, selector: ([name]) => name })

/** A sample as it may be written, and what it means. */
function sample(format: Format): fc.Arbitrary<{ line: string; sample: Written }> {
  const tail = format === 'text' ? textTail : openMetricsTail
  return fc
    .record({ name: bareName, labels, value, blank: blanks, tail, isQuoted: fc.boolean(), comma: fc.boolean() })
    .map((one) => {
      const pairs = one.labels.map(([name, text]) => `${one.isQuoted ? quote(name) : name}=${quote(text)}`)
      const inside =
        [...(one.isQuoted ? [quote(one.name)] : []), ...pairs].join(',') + (one.comma && pairs[0] ? ',' : '')
      const head = one.isQuoted ? `{${inside}}` : inside === '' ? one.name : `${one.name}{${inside}}`
      const line = `${head}${one.blank}${one.value}${one.tail}`
      return { line, sample: { name: one.name, labels: one.labels.flat(), value: one.value } }
    })
}

const textTail = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  fc.nat().map((ms) => ` ${ms}`),
  fc.constantFrom(' ', ' -5 '),
)
const openMetricsTail = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  fc.nat().map((ms) => ` ${ms / 1000}`),
  fc.tuple(labelText, fc.nat()).map(([text, n]) => ` # {trace_id=${quote(text)}} ${n / 7} ${n}.5`),
  fc.constantFrom(' 5 # {} 1', ' # {a="}"} 0.3 '),
)

function quote(text: string): string {
  return `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`
}

const comment = fc.constantFrom(
  '',
  '# HELP a helps "you" \\',
  '# TYPE b:c_d gauge',
  '# a remark',
  '#',
  '# UNIT a seconds',
)

/** Well-formed bodies with every liberty that the formats allow. */
export const body: fc.Arbitrary<Body> = fc.constantFrom<Format>('text', 'openmetrics').chain((format) =>
  fc
    .record({
      lines: fc.array(fc.oneof({ weight: 4, arbitrary: sample(format) }, comment.map(lineOnly)), { maxLength: 12 }),
      lineEnd: fc.constantFrom('\n', '\n', '\r\n'),
      hasLastEnd: fc.boolean(),
    })
    .map(({ lines, lineEnd, hasLastEnd }) => {
      const kept = lines.filter(
        (one, i) => one.sample !== undefined || lines.findIndex((l) => l.line === one.line) === i,
      )
      const text = [...kept.map((one) => one.line), ...(format === 'openmetrics' ? ['# EOF'] : [])].join(lineEnd)
      const samples = kept.flatMap((one) => (one.sample === undefined ? [] : [one.sample]))
      return { text: hasLastEnd && text !== '' ? text + lineEnd : text, format, samples }
    }),
)

function lineOnly(line: string): { line: string; sample: undefined } {
  return { line, sample: undefined }
}

/** What may happen to a body between two scrapes, or on a bad day: bytes replaced, put in and taken out. */
export const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    remove: fc.constantFrom(0, 0, 1, 1, 1, 3),
    insert: fc.oneof(
      { weight: 3, arbitrary: fc.stringMatching(/^[0-9]{1,3}$/) },
      fc.constantFrom('', ' ', '\n', '\r', '"', '\\', '{', '}', ',', '=', '#', 'e', '.', '-', '1 # {a="b"} 2', '\t'),
      fc.string({ maxLength: 2 }),
    ),
    onNumber: fc.boolean(),
  }),
  { maxLength: 4 },
)

type Edit = typeof edits extends fc.Arbitrary<readonly (infer One)[]> ? One : never

/** Edits of numbers find a digit to begin at, so that many mutated bodies keep their layout. */
export function edit(bytes: Buffer, changes: readonly Edit[]): Buffer {
  return changes.reduce((before, { at, remove, insert, onNumber }) => {
    let from = Math.floor(at * before.length)
    while (onNumber && from < before.length && !/[0-9]/.test(String.fromCharCode(before[from] ?? 0))) from++
    return Buffer.concat([before.subarray(0, from), Buffer.from(insert), before.subarray(from + remove)])
  }, bytes)
}
