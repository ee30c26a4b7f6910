import { describe, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE } from '../time/index.ts'
import { foldSilence, type Silence, type SilenceEvent, silenceStateAt, summarizeSilence } from './silence.ts'
import { decideSilence, type SilenceCommand } from './silence-command.ts'

const NOW = Date.parse('2026-11-24T13:00:00+09:00')
const CONTEXT = {
  now: NOW,
  by: 'suzuki',
  key: 'SIL-0001',
  keys: ['SIL-0001'],
  zone: 'Asia/Tokyo',
  known: { journey: ['checkout', 'search'], level: ['1', '2', '3'] },
}
const ADD: SilenceCommand = {
  type: 'add',
  matchers: ['journey=checkout', 'level!=1'],
  owner: 'shop-team',
  reason: ' index rebuild ',
  for: '2h',
}
const run = (command: Partial<SilenceCommand>, current?: Silence, now = NOW) =>
  decideSilence(current, { ...(command.type === undefined ? ADD : {}), ...command } as SilenceCommand, {
    ...CONTEXT,
    now,
  })
const eventOf = (command: Partial<SilenceCommand>, current?: Silence, now = NOW): SilenceEvent => {
  const decision = run(command, current, now)
  if (!decision.ok) throw new Error(decision.problems.map(({ message }) => message).join('; '))
  return decision.events[0] as SilenceEvent
}
const fold = (...events: SilenceEvent[]): Silence => {
  const silence = foldSilence({ key: 'SIL-0001', events })
  if (silence === undefined) throw new Error('Expected a silence')
  return silence
}

describe('a silence', () => {
  test('holds from now for as long as it says, and says whose it is and why', () => {
    const silence = fold(eventOf({}))
    expect(silence).toMatchObject({ owner: 'shop-team', reason: 'index rebuild', createdBy: 'suzuki', version: 1 })
    expect([NOW - 1, NOW, NOW + 2 * HOUR - 1, NOW + 2 * HOUR].map((at) => silenceStateAt(silence, at))).toEqual([
      'planned',
      'active',
      'active',
      'expired',
    ])
    expect(summarizeSilence(silence, NOW, 'Asia/Tokyo')).toMatchObject({
      state: 'active',
      matchers: ['journey=checkout', 'level!=1'],
      to: '2026-11-24T15:00:00+09:00',
    })
  })

  test('that is only looked at needs neither owner nor reason, and one that is added does', () => {
    const nobodys = { ...ADD, owner: '', reason: ' ' } as SilenceCommand
    expect(decideSilence(undefined, nobodys, { ...CONTEXT, isPreview: true })).toMatchObject({ ok: true })
    expect(decideSilence(undefined, nobodys, CONTEXT)).toMatchObject({
      problems: [{ code: 'SILENCE_OWNER' }, { code: 'SILENCE_REASON' }],
    })
    const long = { ...nobodys, reason: 'x'.repeat(5_000) } as SilenceCommand
    expect(decideSilence(undefined, long, { ...CONTEXT, isPreview: true })).toMatchObject({
      problems: [{ code: 'SILENCE_REASON' }],
    })
  })

  test('is extended by a further version, and ended for good', () => {
    const added = eventOf({})
    const extended = eventOf({ type: 'extend', for: '3h', reason: 'it takes longer' }, fold(added), NOW + HOUR)
    const longer = fold(added, extended)
    expect(longer).toMatchObject({ version: 2, to: NOW + 4 * HOUR, reason: 'index rebuild' })
    const ended = fold(added, extended, eventOf({ type: 'end', reason: 'done' }, longer, NOW + 2 * HOUR))
    expect(silenceStateAt(ended, NOW + 2 * HOUR)).toBe('ended')
    expect(ended.ended).toEqual({ at: NOW + 2 * HOUR, by: 'suzuki', why: 'person', reason: 'done' })
    expect(run({ type: 'extend', for: '1h', reason: 'more' }, ended)).toMatchObject({
      problems: [{ code: 'SILENCE_OVER' }],
    })
  })

  test('that ends when idle has an end all the same', () => {
    const { for: _, ...rest } = ADD as Extract<SilenceCommand, { type: 'add' }>
    const decision = decideSilence(undefined, { ...rest, untilIdle: '15m' }, CONTEXT)
    expect(decision).toMatchObject({ ok: true, events: [{ idleMs: 15 * MINUTE, to: NOW + 7 * DAY }] })
  })
})

describe('a silence is refused', () => {
  const codesOf = (command: Partial<SilenceCommand>, current?: Silence) => {
    const decision = run(command, current)
    return decision.ok ? [] : decision.problems.map(({ code }) => code)
  }

  test.each([
    ['without matchers', { matchers: [] }, ['SILENCE_MATCHERS']],
    ['with a matcher that is none', { matchers: ['checkout'] }, ['SILENCE_MATCHER']],
    ['for a journey that nobody knows', { matchers: ['journey=chekout'] }, ['SILENCE_UNKNOWN_NAME']],
    ['for a level that there is not', { matchers: ['level!=4'] }, ['SILENCE_UNKNOWN_NAME']],
    ['without a reason', { reason: ' ' }, ['SILENCE_REASON']],
    ['without an owner', { owner: '' }, ['SILENCE_OWNER']],
    ['with two ends', { to: '15:00' }, ['SILENCE_END']],
    ['with an end that is no time', { for: 'soon' }, ['SILENCE_END']],
    ['with a beginning that is no time', { from: 'noon' }, ['SILENCE_TIME']],
    ['when it would have ended already', { from: '10:00', for: '2h' }, ['SILENCE_ORDER']],
    ['for longer than 30 days', { for: '31d' }, ['SILENCE_TOO_LONG']],
    ['with an idle time out of bounds', { untilIdle: '1s' }, ['SILENCE_IDLE']],
    [
      'for everything at once',
      { matchers: ['x'], reason: '', owner: '', for: 'x' },
      ['SILENCE_MATCHER', 'SILENCE_OWNER', 'SILENCE_REASON', 'SILENCE_END'],
    ],
  ] as const)('%s', (_, command, codes) => {
    expect(codesOf(command as Partial<SilenceCommand>)).toEqual(codes)
  })

  test('when it is not there, or an extension makes it no longer, or far too long', () => {
    const silence = fold(eventOf({}))
    expect(codesOf({ type: 'end', reason: 'x' })).toEqual(['SILENCE_UNKNOWN'])
    expect(codesOf({ type: 'extend', for: '1h', reason: 'x' }, silence)).toEqual(['SILENCE_SHORTER'])
    expect(codesOf({ type: 'extend', for: '40d', reason: 'x' }, silence)).toEqual(['SILENCE_TOO_LONG'])
  })

  test('with the name that was meant', () => {
    expect(run({ matchers: ['journey=chekout'] })).toMatchObject({ problems: [{ hint: 'did you mean "checkout"?' }] })
  })
})
