import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readSlackCommand, readSlackDecision } from './slack-command.ts'
import { readSlackEvent } from './slack-event.ts'

const typed = (text: string) =>
  readSlackCommand(new URLSearchParams({ command: '/tabiji', text, channel_id: 'C1', channel_name: 'ops' }).toString())

describe('a slash command', () => {
  test.each([
    ['log 13:52 rolled  back', { verb: 'log', happened: '13:52', rest: 'rolled  back' }],
    ['LOG inc-7 9:05 x', { verb: 'log', named: 'INC-7', happened: '9:05', rest: 'x' }],
    ['log 2026-10-20T13:52+09:00 x', { verb: 'log', happened: '2026-10-20T13:52+09:00', rest: 'x' }],
    ['log 13:52', { verb: 'log', happened: '13:52', rest: '' }],
    ['log 決済を 戻した', { verb: 'log', rest: '決済を 戻した' }],
    ['show INC-0007', { verb: 'show', named: 'INC-0007', rest: '' }],
    ['', { verb: 'help', rest: '' }],
    ['drop all', { verb: 'help', rest: 'drop all' }],
  ])('%s', (text, expected) => {
    expect(typed(text)).toEqual({ channel: 'C1', channelName: 'ops', ...expected })
  })

  test('whatever is typed is read, and nothing of a note is lost', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(typed(text)?.verb).toMatch(/^(?:log|decide|show|help)$/)
        const said = text.trim()
        if (said !== '') expect(typed(`log 13:52 ${text}`)?.rest).toBe(said)
      }),
    )
  })
})

describe('a decision in one line', () => {
  test('has its parts in any order, in either language', () => {
    const expected = { knew: 'a: b', options: ['x', 'y'], choice: 'x', why: 'z' }
    expect(readSlackDecision('why: z | choice: x | knew: a: b | options: x; y;')).toEqual(expected)
    expect(readSlackDecision('わかっていたこと：a: b｜選択肢：x；y｜判断：x｜理由：z')).toEqual(expected)
    expect(readSlackDecision('knew: a | choice: x | why: z')?.options).toEqual([])
  })

  test.each(['', 'roll back', 'knew: a | choice: x', 'constructor: a | choice: x | why: z'])('is none: %s', (text) => {
    expect(readSlackDecision(text)).toBeUndefined()
  })
})

test('whatever Slack sends as an event, it is read or refused', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (body) => {
      expect(['undefined', 'other']).toContain(String(readSlackEvent(body)?.kind))
    }),
  )
})
