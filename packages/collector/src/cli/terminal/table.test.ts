import { expect, test } from 'vitest'
import { fields, section, table } from './table.ts'

test('a Japanese character is two cells wide', () => {
  expect(
    table(
      ['JOURNEY', 'STATE'],
      [
        ['足を測る', 'open'],
        ['ab', 'done'],
      ],
    ),
  ).toBe('JOURNEY   STATE\n足を測る  open\nab        done\n')
})

test('colours and hostile signs do not move columns', () => {
  const red = { text: 'late', paint: (text: string) => `\u001b[31m${text}\u001b[39m` }
  expect(
    table(
      ['A', 'B'],
      [
        [red, 'x'],
        ['\u001b[2J', 'y'],
      ],
    ),
  ).toBe('A          B\n\u001b[31mlate\u001b[39m       x\n\\u{1b}[2J  y\n')
})

test('fields without a value and sections without lines are left out', () => {
  expect(
    fields([
      ['due', '2026-10-20'],
      ['owner', undefined],
      ['first due', '2026-10-01'],
    ]),
  ).toBe('  due        2026-10-20\n  first due  2026-10-01\n')
  expect(section('Timeline', [])).toBe('')
  expect(section('Timeline', [['13:05', 'opened']])).toBe('\nTimeline\n  13:05  opened\n')
})
