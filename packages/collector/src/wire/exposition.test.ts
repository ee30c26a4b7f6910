import { expect, test } from 'vitest'
import { createExpositionParser, type Exposition, type Format } from './exposition.ts'

const LIMITS = { maxBytes: 10_000, maxSeries: 100, maxLabelBytes: 40 }
const WANTED = new Set(['f_total', 'my.metric'])

function parse(text: string, format: Format = 'text') {
  return createExpositionParser(LIMITS, WANTED).parse(Buffer.from(text), format)
}

function taken(text: string, format: Format = 'text'): readonly (readonly unknown[])[] {
  const read = parse(text, format)
  if (!read.ok) throw new Error(read.message)
  return read.series.map(({ labels }, i) => [...labels, read.numbers[i]])
}

test.each([
  ['f_total 1', [[1]]],
  ['f_total{} 1', [[1]]],
  ['f_total{a="b"} 1', [['a', 'b', 1]]],
  ['f_total { a = "b" , } 1 ', [['a', 'b', 1]]],
  ['  f_total\t1', [[1]]],
  ['f_total{a="}",b=","} 1', [['a', '}', 'b', ',', 1]]],
  ['f_total{a="\\\\n",b="\\"",c="\\n"} 1', [['a', '\\n', 'b', '"', 'c', '\n', 1]]],
  ['f_total{a=""} 1', [['a', '', 1]]],
  ['f_total{a="足"} 1', [['a', '足', 1]]],
  ['{"my.metric"} 1', [[1]]],
  ['{"my.metric","a.b"="c",d="e"} 1', [['a.b', 'c', 'd', 'e', 1]]],
  ['{"f_total"} 1', [[1]]],
  ['f_total 1 1795556238040', [[1]]],
  ['f_total 1 -5', [[1]]],
  ['f_total 1\r\nf_total{a="b"} 2\r\n', [[1], ['a', 'b', 2]]],
  ['\n# a remark\n#\nf_total 1\n\n', [[1]]],
  ['g{a="f_total"} 1', []],
  ['# EOF\nf_total 1', [[1]]],
  ['', []],
])('the text format holds %j', (text, expected) => {
  expect(taken(text)).toEqual(expected)
})

test.each([
  ['0', 0, 1],
  ['00012', 12, 1],
  ['+3', 3, 1],
  ['-3', -3, 1],
  ['1.5e+06', 1_500_000, 1],
  ['1.5E6', 1_500_000, 1],
  ['12.', 12, 1],
  ['12.000', 12, 1],
  ['1200e-2', 12, 1],
  ['9007199254740991', 9007199254740991, 1],
  ['1e300', 1e300, 1],
  ['1.5', 1.5, 0],
  ['.5', 0.5, 0],
  ['15e-1', 1.5, 0],
  // Each rounds to a whole double; what the service wrote is not whole all the same.
  ['4503599627370497.5', 4503599627370498, 0],
  ['0.99999999999999999999', 1, 0],
  ['1e-400', 0, 0],
  ['+Inf', Number.POSITIVE_INFINITY, 0],
  ['-infinity', Number.NEGATIVE_INFINITY, 0],
  ['NaN', Number.NaN, 0],
])('the number %s is %d, whole: %d', (text, number, whole) => {
  const read = parse(`f_total ${text}\n`) as Exposition
  expect([read.numbers[0], read.whole[0]]).toEqual([number, whole])
})

test.each([
  ['f_total', 'Line 1: Expected a blank or labels after the metric name, got the end of the body'],
  ['a 1\nf_total \nb 1', 'Line 2: Expected a number, got the end of the line'],
  ['a 1\r\nf_total \r\n', 'Line 2: Expected a number, got the end of the line'],
  ['f_total 1x', 'Line 1: Expected a number, got "1x"'],
  ['f_total 1e', 'Line 1: Expected a number, got "1e"'],
  ['f_total 0x10', 'Line 1: Expected a number, got "0x10"'],
  ['f_total 1_000', 'Line 1: Expected a number, got "1_000"'],
  ['f_total +NaN', 'Line 1: Expected a number, got "+NaN"'],
  ['f_total .', 'Line 1: Expected a number, got "."'],
  ['f_total 1 2 3', 'Line 1: Expected the end of the line, got "3"'],
  ['f_total 1 1.5', 'Line 1: Expected a timestamp, got "1.5"'],
  ['f_total 1 # {a="b"} 1', 'Line 1: Expected the end of the line, got "# {a=\\"b\\"} 1"'],
  ['f_total{a="b" 1', 'Line 1: Expected a comma or a closing brace, got "1"'],
  ['f_total{a="b"c="d"} 1', 'Line 1: Expected a comma or a closing brace, got "c=\\"d\\"} 1"'],
  ['f_total{,} 1', 'Line 1: Expected a label name, got ",} 1"'],
  ['f_total{a:b="c"} 1', 'Line 1: Expected = after a label name, got ":b=\\"c\\"} 1"'],
  ['f_total{a=b} 1', 'Line 1: Expected a quoted label value, got "b} 1"'],
  ['f_total{a="b\n"} 1', 'Line 1: Expected a closing quote, got the end of the line'],
  ['f_total{a="b', 'Line 1: Expected a closing quote, got the end of the body'],
  ['f_total{a="\\d"} 1', 'Line 1: Expected one of the escapes \\\\, \\" and \\n, got "\\\\d\\"} 1"'],
  ['f_total{a="b",a="c"} 1', 'Line 1: Expected each label once, got "a" twice'],
  ['{a="b"} 1', 'Line 1: Expected a quoted metric name, got "a=\\"b\\"} 1"'],
  ['{"my.metric"="b"} 1', 'Line 1: Expected a comma or a closing brace after the metric name, got "=\\"b\\"} 1"'],
  ['9f 1', 'Line 1: Expected a metric name, got "9f 1"'],
  ['<!doctype html><html lang="en">', 'Line 1: Expected a metric name, got "<!doctype ht"…'],
  ['f_total 1\r2', 'Line 1: Expected the end of the line, got "\\r2"'],
  ['# TYPE f', 'Line 1: Expected a metric type, got the end of the body'],
  ['# TYPE f number', 'Line 1: Expected a metric type, got "number"'],
  ['# TYPE f counter x', 'Line 1: Expected nothing after the metric type, got "x"'],
  ['# TYPE f{} counter', 'Line 1: Expected a blank after the metric name, got "{} counter"'],
  ['# TYPE f counter\n# TYPE f counter', 'Line 2: Expected one TYPE line per metric, got a second one for "f"'],
  ['# HELP f x\n\n# HELP f y', 'Line 3: Expected one HELP line per metric, got a second one for "f"'],
  ['# HELP', 'Line 1: Expected a metric name, got the end of the body'],
])('%j is malformed', (text, message) => {
  expect(parse(text)).toEqual({ ok: false, failure: 'malformed', message })
})

test.each([
  ['# TYPE f counter\nf_total 1\n# EOF\n', [[1]]],
  ['f_total 1\n# EOF', [[1]]],
  ['f_total{a="b"} 1 1795556238.04 # {trace_id="x#\\"}"} 0.3 1795556238.04\n# EOF\n', [['a', 'b', 1]]],
  ['f_total 1 # {} 1e3\n# EOF\n', [[1]]],
  ['f_total{a="\\d"} 1\n# EOF\n', [['a', '\\d', 1]]],
  ['# UNIT f seconds\n# HELP f x\nf_total 1\n# EOF\n', [[1]]],
])('OpenMetrics holds %j', (text, expected) => {
  expect(taken(text, 'openmetrics')).toEqual(expected)
})

test.each([
  ['', 'Line 1: Expected OpenMetrics to end with # EOF: the body was cut short'],
  ['f_total 1\n', 'Line 1: Expected OpenMetrics to end with # EOF: the body was cut short'],
  ['f_total 1\n#EOF\n', 'Line 2: Expected OpenMetrics to end with # EOF: the body was cut short'],
  ['# EOF\nf_total 1\n', 'Line 2: Expected nothing after # EOF'],
  ['# EOF\n\n', 'Line 2: Expected nothing after # EOF'],
  ['f_total 1 # trace\n# EOF', 'Line 1: Expected the labels of an exemplar, got "trace"'],
  ['f_total 1 # {a="b"}\n# EOF', 'Line 1: Expected a number, got the end of the line'],
  ['f_total 1 # {a="b"} 1 x\n# EOF', 'Line 1: Expected a number, got "x"'],
  ['f_total 1 NaN\n# EOF', 'Line 1: Expected a timestamp, got "NaN"'],
  ['# UNIT 9\n# EOF', 'Line 1: Expected a metric name, got "9"'],
])('%j is malformed OpenMetrics', (text, message) => {
  expect(parse(text, 'openmetrics')).toEqual({ ok: false, failure: 'malformed', message })
})

test.each([
  ['# TYPE f_total counter\nf_total 1', 'text', 'counter'],
  ['f_total 1\n# TYPE f_total gauge', 'text', 'gauge'],
  ['# TYPE f gauge\nf_total 1', 'text', undefined],
  ['# TYPE f counter\nf_total 1\n# EOF', 'openmetrics', 'counter'],
  ['# TYPE "my.metric" summary\n{"my.metric"} 1\n# EOF', 'openmetrics', 'summary'],
] as const)('in %j (%s) the declared type is %s', (text, format, type) => {
  expect((parse(text, format) as Exposition).series.map((one) => one.type)).toEqual([type])
})

test('bytes that are no UTF-8 are malformed, and the line is named', () => {
  const body = Buffer.concat([Buffer.from('f_total 1\nf_total{a="'), Buffer.from([0xc3, 0x28]), Buffer.from('"} 1\n')])
  const message = 'Line 2: Expected UTF-8'
  expect(createExpositionParser(LIMITS, WANTED).parse(body, 'text')).toEqual({
    ok: false,
    failure: 'malformed',
    message,
  })
})

test.each([
  ['x'.repeat(10_001), 'too_large', 'Expected a body of at most 10000 bytes, got 10001'],
  ['a 1\n'.repeat(101), 'too_many_series', 'Expected at most 100 series, but line 101 holds another one'],
  [`${'a'.repeat(41)} 1`, 'malformed', 'Line 1: Expected names and label values of at most 40 bytes, got 41'],
  [`a{b="${'c'.repeat(41)}"} 1`, 'malformed', 'Line 1: Expected names and label values of at most 40 bytes, got 41'],
])('a limit refuses the body %#', (text, failure, message) => {
  expect(parse(text)).toEqual({ ok: false, failure, message })
})

test('a body that is laid out like the last one gives the same series with new values', () => {
  const parser = createExpositionParser(LIMITS, WANTED)
  const body = (n: number) => `f_total 1${n} # {t="${n}"} ${n}\nx 2 17${n}\nf_total{a="b"} ${n * 7}\n# EOF\n`
  const first = parser.parse(Buffer.from(body(1)), 'openmetrics') as Exposition
  const second = parser.parse(Buffer.from(body(22)), 'openmetrics') as Exposition
  expect(second.layout).toBe(first.layout)
  expect(second.series).toEqual(first.series)
  expect([...first.numbers, ...second.numbers]).toEqual([11, 7, 122, 154])
})

test('a refused body leaves the layout of the last good one', () => {
  const parser = createExpositionParser(LIMITS, WANTED)
  const first = parser.parse(Buffer.from('f_total 1\n'), 'text') as Exposition
  expect(parser.parse(Buffer.from('f_total x\n'), 'text').ok).toBe(false)
  expect((parser.parse(Buffer.from('f_total 3\n'), 'text') as Exposition).layout).toBe(first.layout)
})

test.each([
  ['text', 'f_total 1\n', 'f_total 1 # {a="b"} 2\n'],
  ['text', 'f_total 1\n', 'f_total 1 1.5\n'],
  ['text', 'f_total 1\n', 'f_total 1 \n'],
  ['text', 'f_total 1\n', 'f_total 1'],
  ['text', 'f_total 1\n', 'f_total 1\n2'],
  ['text', 'f_total 1\n', 'f_total\t1\n'],
  ['openmetrics', 'f_total 1\n# EOF\n', 'f_total 1 # {a="b"}\n# EOF\n'],
  ['openmetrics', 'f_total 1\n# EOF\n', `f_total 1 # {a="${'b'.repeat(41)}"} 1\n# EOF\n`],
  ['openmetrics', 'f_total 1\n# EOF\n', 'f_total 1 # {a="b"} 1 x\n# EOF\n'],
  ['openmetrics', 'f_total 1\n# EOF\n', 'f_total 1\n# EOFEOF\n'],
  ['openmetrics', 'f_total 1\n# EOF\n', 'f_total 1\n'],
] as const)('in the %s format, after %j, %j is read as if nothing had come before', (format, before, after) => {
  const parser = createExpositionParser(LIMITS, WANTED)
  expect(parser.parse(Buffer.from(before), format).ok).toBe(true)
  const [read, alone] = [parser.parse(Buffer.from(after), format), parse(after, format)]
  const layout = expect.anything()
  expect(read).toEqual(alone.ok ? { ...alone, layout } : alone)
})
