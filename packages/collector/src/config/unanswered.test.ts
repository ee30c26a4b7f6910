import { describe, expect, test } from 'vitest'
import { escalationProblems, resolveUnanswered } from './unanswered.ts'

const MINUTE = 60_000

describe('pages that nobody takes', () => {
  test('go to the fallback after 5 minutes and are said again four times, when nothing is stated', () => {
    expect(resolveUnanswered({}, 'hook', ['pager', 'hook'])).toEqual({
      acknowledge: { pageMs: 60 * MINUTE },
      escalation: [{ afterMs: 5 * MINUTE, to: ['hook'] }],
      reminders: { everyMs: 30 * MINUTE, atMost: 4 },
      ticketAfterDays: 3,
    })
  })

  test('go nowhere else without a fallback', () => {
    expect(resolveUnanswered({}, undefined, ['pager']).escalation).toEqual([])
  })

  test('go where it is stated; `fallback` means the receiver of that key', () => {
    const escalation = [
      { after: 5 * MINUTE, to: 'fallback' },
      { after: 15 * MINUTE, to: ['second', 'fallback', 'second'] },
    ]
    expect(resolveUnanswered({ escalation }, 'hook', ['second', 'hook']).escalation).toEqual([
      { afterMs: 5 * MINUTE, to: ['hook'] },
      { afterMs: 15 * MINUTE, to: ['second', 'hook'] },
    ])
    expect(resolveUnanswered({ escalation }, 'hook', ['fallback', 'second']).escalation[0]?.to).toEqual(['fallback'])
    expect(resolveUnanswered({ escalation: [] }, 'hook', ['hook']).escalation).toEqual([])
  })

  test('are wrong all at once: names of nobody, and steps that come before the one before', () => {
    const document = {
      receivers: [{ name: 'pager' }, { name: 'second' }],
      escalation: [
        { after: '15m', to: 'secnd' },
        { after: '5m', to: ['pager', 'fallback'] },
      ],
    }
    const found = escalationProblems(document).map(({ code, path, hint }) => [code, path.join('.'), hint])
    expect(found).toEqual([
      ['CONFIG_UNKNOWN_RECEIVER', 'escalation.0.to', 'did you mean "second"?'],
      ['CONFIG_UNKNOWN_RECEIVER', 'escalation.1.to.1', expect.any(String)],
      ['CONFIG_ESCALATION', 'escalation.1.after', undefined],
    ])
    expect(
      escalationProblems({ ...document, fallback: 'pager', escalation: [{ after: '5m', to: 'fallback' }] }),
    ).toEqual([])
  })
})
