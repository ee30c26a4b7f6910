import { describe, expect, test } from 'vitest'
import type { OutboxRow } from '../ports/alert-store.ts'
import { supersededIn } from './superseding.ts'

type Row = Parameters<typeof supersededIn>[0][number]

/** A queue written as words: `trigger delivered`, `trigger waiting?` (in doubt), `resolve waiting!` (a stand-in). */
function queueOf(...words: readonly string[]): Row[] {
  return words.map((word, index) => {
    const [kind, state] = word.replace(/[?!]/g, '').split(' ') as [OutboxRow['kind'], OutboxRow['state']]
    const standIn = word.endsWith('!') ? { insteadOf: 'pager' } : {}
    return { id: String(index), kind, state, ambiguous: word.endsWith('?'), ...standIn }
  })
}

describe('a queue', () => {
  test.each([
    ['keeps a beginning that is not over', ['trigger waiting'], []],
    ['loses a beginning and an end when nothing was told', ['trigger waiting', 'resolve waiting'], [0, 1]],
    ['leaves news alone: it ends nothing and nothing ends it', ['trigger waiting', 'test waiting', 'test waiting'], []],
    ['says only how an incident stands last', ['incident delivered', 'incident waiting', 'incident waiting'], [1]],
    [
      'sends what is under way, and what may have arrived',
      ['incident sending', 'incident waiting?', 'incident waiting'],
      [],
    ],
    ['says only the latest of reminders that wait', ['trigger delivered', 'reminder waiting', 'reminder waiting'], [1]],
    ['keeps a reminder beside a beginning that waits', ['trigger waiting', 'reminder waiting'], []],
    ['loses a reminder of what is over', ['trigger delivered', 'reminder waiting', 'resolve waiting'], [1]],
    ['tells the end to who was only reminded', ['reminder delivered', 'resolve waiting'], []],
    ['loses the end for who was to be reminded', ['reminder waiting', 'resolve waiting'], [0, 1]],
    ['loses a withdrawal of what was not told', ['trigger waiting', 'withdraw waiting'], [0, 1]],
    ['keeps the end of what was told', ['trigger delivered', 'resolve waiting'], []],
    ['keeps the end of what is being sent', ['trigger sending', 'resolve waiting'], []],
    ['does not repeat what may have arrived and is over', ['trigger waiting?', 'resolve waiting'], [0]],
    ['keeps the end of what may have arrived and was cancelled', ['trigger cancelled?', 'resolve waiting'], []],
    ['keeps the end of what may have arrived and was refused then', ['trigger dead?', 'resolve waiting'], []],
    ['loses the end of what was refused', ['trigger dead', 'resolve waiting'], [1]],
    ['loses an end without any beginning', ['resolve waiting'], [0]],
    ['keeps an end that stands in for another receiver', ['resolve waiting!'], []],
    ['tells one end only', ['trigger delivered', 'resolve waiting', 'withdraw waiting'], [2]],
    ['tells the end again that was refused', ['trigger delivered', 'resolve dead', 'withdraw waiting'], []],
    [
      'loses a flap that nobody heard of',
      ['trigger delivered', 'resolve delivered', 'trigger waiting', 'resolve waiting'],
      [2, 3],
    ],
    ['keeps a flap of which the first end waits', ['trigger delivered', 'resolve waiting', 'trigger waiting'], []],
    [
      'tells one end for a flap that waits',
      ['trigger delivered', 'resolve waiting', 'trigger waiting', 'resolve waiting'],
      [2, 3],
    ],
    ['keeps what was cancelled cancelled', ['trigger cancelled', 'resolve cancelled', 'trigger waiting'], []],
  ])('%s', (_, words, cancelled) => {
    expect(supersededIn(queueOf(...words)).map(({ id }) => Number(id))).toEqual(cancelled)
  })
})
