import type { FixEvent, FixHistory } from '@tabiji/core/fix'
import { addDays, addMonths, daysBetween } from '@tabiji/core/time'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RUNS } from '../testing/arbitrary.ts'
import { octoberFacts } from '../testing/facts.ts'
import { HALF_A_YEAR, owedIn } from '../testing/owed.ts'
import { catalogueOf } from '../words/catalogues.ts'
import { composeReport } from './report.ts'

/**
 * Everything that the section prints, counted a second time: by reading each history like a diary, day by day, without a fold, a
 * flow or a formula of core. Days are Tokyo's; every event is at noon.
 */
const NOW = '2026-11-05'
const MONTHS = Array.from({ length: 6 }, (_, i) => addMonths('2026-10', i - 5))
const { fixes: words, fixTrend, fixDebt } = catalogueOf('en')

const dayOf = (at: number) => new Date(at + 9 * 3_600_000).toISOString().slice(0, 10)
const at = (date: string) => Date.parse(`${date}T12:00:00+09:00`)
const lastDay = (month: string) => addDays(`${addMonths(month, 1)}-01`, -1)

type Day = { state: 'open' | 'done' | 'out' | 'accepted'; due: string; blocked: boolean; owner: boolean; done?: string }

/** How a fix stood when a day was over; nothing before it was created. */
function on(date: string, { events }: FixHistory): Day | undefined {
  let told: Day | undefined
  let until = ''
  for (const event of events.filter((one) => dayOf(one.at) <= date)) {
    if (event.type === 'added')
      told = { state: 'open', due: event.due, blocked: false, owner: event.owner !== undefined }
    if (told === undefined) continue
    if (event.type === 'done') told = { ...told, state: 'done', blocked: false, done: dayOf(event.at) }
    if (event.type === 'reopened' || event.type === 'undropped') told.state = 'open'
    if (event.type === 'dropped') told.state = 'out'
    if (event.type === 'moved') told.due = event.due
    if (event.type === 'blocked') told.blocked = true
    if (event.type === 'assigned') told.owner = event.owner !== undefined
    if (event.type === 'accepted') {
      told.state = 'accepted'
      until = event.until
    }
  }
  return told?.state === 'accepted' && until < date ? { ...told, state: 'open' } : told
}

/** What a promise for a date came to: done, not done, or nobody asks any more. */
function kept(history: FixHistory, date: string): boolean | undefined {
  const then = on(date < NOW ? date : NOW, history)
  if (then?.state === 'accepted') return undefined
  const { done } = then ?? {}
  if (then?.state !== 'done' || done === undefined) return false
  return !history.events.some(
    (event) => event.type === 'reopened' && dayOf(event.at) >= done && daysBetween(done, dayOf(event.at)) <= 30,
  )
}

function fraction(verdicts: readonly (boolean | undefined)[]): string {
  const judged = verdicts.filter((verdict) => verdict !== undefined)
  return judged.length === 0 ? 'none' : `${judged.filter((verdict) => verdict).length} of ${judged.length}`
}

const created = ({ events }: FixHistory) => dayOf(events[0]?.at ?? 0)
const firstDue = ({ events: [first] }: FixHistory) => (first?.type === 'added' ? first.due : '')
const openOn = (date: string, all: readonly FixHistory[]) => all.filter((one) => on(date, one)?.state === 'open')

/** Of all that was open at the end or done meanwhile, what was done: no other way leads off the table. */
function stock(month: string, all: readonly FixHistory[]): string {
  const before = lastDay(addMonths(month, -1))
  const is = (date: string, one: FixHistory) => on(date, one)?.state === 'done'
  const done = all.filter((one) => is(lastDay(month), one) && !is(before, one)).length
  const table = done + openOn(lastDay(month), all).length
  return table === 0 ? 'none' : `${done} of ${table}`
}

const onTime = (month: string, all: readonly FixHistory[]) =>
  fraction(all.filter((one) => firstDue(one).startsWith(month)).map((one) => kept(one, firstDue(one))))

/** The fraction in a cell, or that there is none. */
const fractionIn = (text = '') => /\d+ of \d+/.exec(text)?.[0] ?? 'none'

function print(all: readonly FixHistory[]) {
  const told = owedIn({ histories: all, incidents: [], costly: [] }, '2026-10', 'Asia/Tokyo', at(NOW))
  const { blocks } = composeReport({ ...octoberFacts(), ...told }, 'en')
  const section = blocks.slice(blocks.findIndex((block) => block.type === 'heading' && block.anchor === 'fixes'))
  return {
    tiles: section.find((block) => block.type === 'tiles')?.tiles ?? [],
    sentences: section.flatMap((block) => (block.type === 'paragraph' ? block.sentences : [])),
    rows: (caption: string) =>
      section
        .flatMap((block) =>
          (block.type === 'table' || block.type === 'chart') && block.caption === caption ? [block] : [],
        )
        .flatMap(({ rows }) => rows.map((row) => row.map(({ text }) => text))),
  }
}

const later: fc.Arbitrary<FixEvent> = fc
  .record({
    date: fc.integer({ min: 0, max: 60 }).map((days) => addDays('2026-09-05', days)),
    made: fc.constantFrom<(date: string) => FixEvent>(
      (date) => ({ type: 'done', at: at(date) }),
      (date) => ({ type: 'reopened', at: at(date), reason: 'again' }),
      (date) => ({ type: 'dropped', at: at(date), reason: 'no' }),
      (date) => ({ type: 'undropped', at: at(date), reason: 'yes' }),
      (date) => ({ type: 'blocked', at: at(date) }),
      (date) => ({ type: 'moved', at: at(date), due: addDays(date, 20), reason: 'supplier' }),
      (date) => ({ type: 'accepted', at: at(date), approver: 'a', reason: 'r', until: addDays(date, 15) }),
    ),
  })
  .map(({ date, made }) => made(date))

/** Fixes of the half year with something else recorded of each. */
const world = fc
  .subarray([...HALF_A_YEAR], { minLength: 4 })
  .chain((some) => fc.tuple(...some.map((one) => fc.array(later, { maxLength: 3 }).map((more) => withMore(one, more)))))

function withMore({ key, events: [added, ...rest] }: FixHistory, more: readonly FixEvent[]): FixHistory {
  const events = [...rest, ...more.filter((event) => added !== undefined && event.at > added.at)]
  return { key, events: [...(added === undefined ? [] : [added]), ...events.sort((a, b) => a.at - b.at)] }
}

test('rates, sums and ages of the section are those of the histories', () => {
  fc.assert(
    fc.property(world, (all) => {
      const { tiles, rows } = print(all)
      const tile = (i: number) => fractionIn([tiles[i]?.figure, ...(tiles[i]?.lines ?? [])].join(' '))
      expect([tile(0), tile(1)]).toEqual([stock('2026-10', all), onTime('2026-10', all)])

      const printed = rows(fixTrend.months).map(([, stocked, promised, net]) => [
        fractionIn(stocked),
        fractionIn(promised),
        Number(net?.replace('−', '-').replace('±', '')),
      ])
      const counted = MONTHS.map((month) => {
        const net = openOn(lastDay(month), all).length - openOn(lastDay(addMonths(month, -1)), all).length
        return [stock(month, all), onTime(month, all), net]
      })
      expect(printed).toEqual(counted)

      const open = openOn('2026-10-31', all)
      const sum = rows(words.flow)[0]?.map(Number) ?? []
      expect([sum[0], sum[5]]).toEqual([openOn('2026-09-30', all).length, open.length])
      expect(sum[1]).toBe(all.filter((one) => created(one).startsWith('2026-10')).length)
      const aged = (date: string, [from, to]: readonly [number, number]) =>
        openOn(addDays(date, -1), all).filter((one) => {
          const age = daysBetween(created(one), date)
          return age >= from && age <= to
        })
      const isLate = (one: FixHistory) => (on('2026-10-31', one)?.due ?? '') < '2026-11-01'
      const spans = [
        [0, 14],
        [15, 30],
        [31, 60],
        [61, 90],
        [91, 9_999],
      ] as const
      expect(rows(words.ageing).map((row) => row.slice(1, 4).map(Number))).toEqual(
        open.length === 0
          ? []
          : spans.map((span) => {
              const held = aged('2026-11-01', span)
              return [held.length, held.filter(isLate).length, aged('2026-10-01', span).length]
            }),
      )
    }),
    RUNS,
  )
})

test('what is late, what waits and what each month of creation came to are those of the histories', () => {
  fc.assert(
    fc.property(world, (all) => {
      const { rows, sentences } = print(all)
      const open = openOn('2026-10-31', all)
      const standing = open.map((one) => ({ one, day: on('2026-10-31', one) }))
      const late = standing
        .filter(({ day }) => day !== undefined && day.due < '2026-11-01')
        .map(({ one, day }) => [
          one.key,
          daysBetween(created(one), '2026-11-01'),
          daysBetween(day?.due ?? '', '2026-11-01'),
        ])
        .sort((a, b) => Number(b[1]) - Number(a[1]) || Number(b[2]) - Number(a[2]))
      const printed = rows(fixDebt.overdue).map((row) => [
        row[0],
        Number.parseInt(row[3] ?? '', 10),
        Number.parseInt(row[7] ?? '', 10),
      ])
      expect(printed.map(([, ...days]) => days)).toEqual(late.map(([, ...days]) => days))
      expect(printed.map(([key]) => key).toSorted()).toEqual(late.map(([key]) => key).toSorted())

      const blocked = standing.filter(({ day }) => day?.blocked).length
      const ownerless = standing.filter(({ day }) => day?.owner === false).length
      const waiting = sentences.find((text) => text.startsWith('Of the open fixes'))
      expect(/(\d+) blocked/.exec(waiting ?? '')?.[1] ?? '0').toBe(`${blocked}`)
      expect(/(\d+) without an owner/.exec(waiting ?? '')?.[1] ?? '0').toBe(`${ownerless}`)
      expect(rows(fixDebt.blocked)).toHaveLength(blocked)

      const cohorts = MONTHS.flatMap((month) => {
        const members = all.filter((one) => created(one).startsWith(month))
        const cells = [30, 60, 90].map((days) => fraction(members.map((one) => kept(one, addDays(created(one), days)))))
        return members.length === 0 ? [] : [[`${members.length}`, ...cells]]
      })
      expect(rows(words.cohorts).map(([, size, ...cells]) => [size, ...cells.map(fractionIn)])).toEqual(cohorts)
    }),
    RUNS,
  )
})
