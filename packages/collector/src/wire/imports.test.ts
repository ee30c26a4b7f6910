import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readShellHistory, SHELLS, shellOf } from './shell-history.ts'
import { readSlackThread } from './slack-export.ts'
import { plainSlackText } from './slack-text.ts'

const texts = (lines: readonly { readonly happenedAt: number; readonly text: string }[]) =>
  lines.map(({ happenedAt, text }) => [happenedAt / 1000, text])

describe('a history of a shell', () => {
  test.each([
    [
      'bash',
      'ls\n#1792471140\nfor x in 1 2\ndo echo $x\ndone\n#1792471150\nls\n',
      [
        [1792471140, 'for x in 1 2\ndo echo $x\ndone'],
        [1792471150, 'ls'],
      ],
    ],
    [
      'zsh',
      ': 1792471140:0;echo a\\\nb\n: 1792471150:12;ls\nno time\n',
      [
        [1792471140, 'echo a\nb'],
        [1792471150, 'ls'],
      ],
    ],
    [
      'fish',
      '- cmd: echo a\\nb\\\\n\n  when: 1792471140\n  paths:\n    - x\n- cmd: ls\n',
      [[1792471140, 'echo a\nb\\n']],
    ],
  ] as const)('of %s is told by its form and read', (shell, text, expected) => {
    expect(shellOf(text)).toBe(shell)
    expect(texts(readShellHistory(text, shell))).toEqual(expected)
  })

  test('without times is none', () => {
    expect(shellOf('ls\ncd /\n')).toBeUndefined()
    expect(readShellHistory('ls\ncd /\n', 'bash')).toEqual([])
  })

  test('names each command the same when it is read again, and two of one second apart', () => {
    const text = '#1792471140\nls\n#1792471140\nls\n'
    const ids = readShellHistory(text, 'bash').map(({ identity }) => identity)
    expect(new Set(ids).size).toBe(2)
    expect(
      readShellHistory(`#1792470000\npwd\n${text}`, 'bash')
        .slice(1)
        .map(({ identity }) => identity),
    ).toEqual(ids)
  })

  test('whatever the text is, it is read, and no command is invented', () => {
    const piece = fc.constantFrom(
      '#1792471140',
      ': 1792471140:0;',
      '- cmd: ',
      '  when: 1792471140',
      '\n',
      '\\',
      'ls',
      '\r',
    )
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.string({ maxLength: 6 })), { maxLength: 40 }),
        fc.constantFrom(...SHELLS),
        (pieces, shell) => {
          const text = pieces.join('')
          const lines = readShellHistory(text, shell)
          expect(lines.length).toBeLessThanOrEqual(text.split('\n').length)
          expect(new Set(lines.map(({ identity }) => identity)).size).toBe(lines.length)
        },
      ),
    )
  })
})

describe('a thread of Slack', () => {
  const said = (ts: string, thread_ts: string | undefined, more: object = {}) => ({
    type: 'message',
    ts,
    thread_ts,
    text: `at ${ts}`,
    user: 'U1',
    ...more,
  })
  const shown = (document: unknown, thread?: string) => {
    const read = readSlackThread(JSON.stringify(document), thread)
    return read.ok ? read.lines.map(({ by, text }) => [by, text]) : read.message
  }

  test('is chosen by its first message; the only one needs no choice', () => {
    const one = [said('1.000001', '1.000001'), said('2.000001', '1.000001'), said('3.000001', undefined)]
    expect(shown({ ok: true, messages: one })).toEqual([
      [undefined, 'at 1.000001'],
      [undefined, 'at 2.000001'],
    ])
    const two = [...one, said('4.000001', '4.000001')]
    expect(shown(two)).toBe('Expected one thread, got 2')
    expect(shown(two, '4.000001')).toEqual([[undefined, 'at 4.000001']])
    expect(shown(two, '9.000001')).toBe('Expected one thread, and 9.000001 is none')
  })

  test('names people as Slack shows them, and never by an id', () => {
    const names = [
      { user_profile: { display_name: '葵', real_name: 'Aoi Sato' } },
      { user_profile: { display_name: '', real_name: 'Ren Mori' } },
      { bot_profile: { name: 'deploybot' } },
      {},
    ]
    const messages = names.map((more, i) => said(`${i + 1}.000001`, '1.000001', more))
    expect((shown(messages) as string[][]).map(([by]) => by)).toEqual(['葵', 'Ren Mori', 'deploybot', undefined])
  })

  test.each(['', '{', '[]', '{}', 'null', '[1,{"ts":3}]', '{"messages":[]}'])('is not in %s', (text) => {
    expect(readSlackThread(text, undefined)).toMatchObject({ ok: false, hint: expect.any(String) })
  })

  test('whatever the document is, it is read or refused', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (document) => {
        expect(typeof readSlackThread(JSON.stringify(document), '1.000001').ok).toBe('boolean')
      }),
    )
  })
})

test.each([
  ['<@U123> see <https://x.example|the page> &amp; <#C1|ops>', '@someone see the page & #ops'],
  ['<!here> <!subteam^S1|@sre> <https://x.example>', '@here @sre https://x.example'],
  ['a &lt; b', 'a < b'],
])('text of Slack is shown as people see it: %s', (text, expected) => {
  expect(plainSlackText(text)).toBe(expected)
})
