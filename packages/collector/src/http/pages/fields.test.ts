import { expect, test } from 'vitest'
import { bodyOf } from './fields.ts'

test.each([
  ['text as it was typed, lines as Unix has them', { title: ' one\r\ntwo ' }, { title: 'one\ntwo' }],
  ['nothing of what was left empty', { reason: '  ', 'level:number': '' }, {}],
  ['numbers', { 'level:number': '2' }, { level: 2 }],
  ['what should be a number and is not, for the command to refuse', { 'level:number': 'two' }, { level: 'two' }],
  [
    'percentages and lengths of time',
    { 'sharePpm:percent': '12.5 %', 'lengthMs:duration': '15m' },
    { sharePpm: 125_000, lengthMs: 900_000 },
  ],
  ['ticked boxes, and nothing for others', { 'drill:flag': 'on', 'withPeople:flag': 'off' }, { drill: true }],
  [
    'lists by commas, lines or several fields',
    { 'journeys:list': ['a, b', 'c\nd、e'] },
    { journeys: ['a', 'b', 'c', 'd', 'e'] },
  ],
  [
    'sentences, one a line',
    { 'options:lines': 'wait, and see\r\n\r\nroll back' },
    { options: ['wait, and see', 'roll back'] },
  ],
  ['parts of an object', { 'choice.what': 'x', 'choice.why': 'y' }, { choice: { what: 'x', why: 'y' } }],
  ['the last of what stands there twice', { title: ['one', 'two'] }, { title: 'two' }],
  ['no prototype', { '__proto__.polluted': 'yes', 'a.__proto__.b': 'yes' }, {}],
])('a form says %s', (_what, fields, body) => {
  expect(bodyOf(fields)).toEqual(body)
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
})
