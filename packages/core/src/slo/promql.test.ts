import { expect, test } from 'vitest'
import { shapeOf, withWindow } from './promql.ts'

test.each([
  ['requests_total{code=~"5.."}', { kind: 'selector', selector: 'requests_total{code=~"5.."}' }],
  ['sum(requests_total)', { kind: 'selector', selector: 'requests_total' }],
  ['sum by (zone) ((requests_total{a="b"}))', { kind: 'selector', selector: 'requests_total{a="b"}' }],
  ['sum(requests_total) by (zone) # all', { kind: 'selector', selector: 'requests_total' }],
  ['{__name__="a.b"}', { kind: 'selector', selector: '{__name__="a.b"}' }],
  ['sum(rate(requests_total[{{.window}}]))', { kind: 'growth', selector: 'requests_total' }],
  ['sum(rate(requests_total[5m]))', { kind: 'expression' }],
  ['sum(irate(requests_total[{{.window}}]))', { kind: 'expression' }],
  ['sum(rate(requests_total[{{.window}}] offset 1h))', { kind: 'expression' }],
  ['requests_total offset 5m', { kind: 'expression' }],
  ['sum(requests_total @ end())', { kind: 'expression' }],
  ['sum(a) + sum(b)', { kind: 'expression' }],
  ['max(requests_total)', { kind: 'expression' }],
  ['count(requests_total)', { kind: 'expression' }],
  ['-requests_total', { kind: 'expression' }],
  ['1', { kind: 'expression' }],
  ['sum(', { kind: 'broken', at: 4 }],
  ['sum(a) extra', { kind: 'broken', at: 7 }],
  ['', { kind: 'broken', at: 0 }],
])('the shape of %s', (query, shape) => {
  expect(shapeOf(query)).toEqual(shape)
})

test('an open window is closed wherever it stands', () => {
  expect(withWindow('a[{{.window}}] / b[{{ .window }}]', 90_000)).toBe('a[90000ms] / b[90000ms]')
})
