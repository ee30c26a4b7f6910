import { existsSync } from 'node:fs'
import { resolutionProblems, type Traffic } from '@tabiji/core/budget'
import type { Definition } from '@tabiji/core/journey'
import { type Problem, problem } from '@tabiji/core/problem'
import { objectiveId } from '@tabiji/core/slo'
import { DAY, formatDuration, HOUR, isoIn, MINUTE, SECOND } from '@tabiji/core/time'
import { InvalidArgumentError } from 'commander'
import { type Recorded, recordedTraffic } from '../../app/traffic.ts'
import type { Config } from '../../config/config.ts'

const UNITS: Readonly<Record<string, number>> = { s: SECOND, m: MINUTE, h: HOUR, d: DAY }

/** Reads `500/d`: events and a unit of time. @throws InvalidArgumentError */
export function parseRate(text: string): Traffic {
  const [, events = '', unit = ''] = /^(\d{1,12})\/([smhd])$/.exec(text) ?? []
  const ms = UNITS[unit]
  if (ms === undefined) throw new InvalidArgumentError('Expected events per second, minute, hour or day, such as 500/d')
  return { events: Number(events), ms }
}

/**
 * What promises lack traffic for, by the books, or by the stated rate where the books say nothing; and windows that look
 * further back than the books. Without a store and a rate there is nothing to say.
 */
export function trafficProblems(
  definition: Definition,
  config: Config | undefined,
  rate: Traffic | undefined,
  now: number,
): readonly Problem[] {
  const read =
    config !== undefined && existsSync(config.storeFile) ? recordedTraffic(config, definition, now) : undefined
  const recorded = read?.ok === true ? read.answer : undefined
  const unread = read?.ok === false ? [notRead(read.message)] : []
  return [
    ...unread,
    ...(recorded === undefined ? [] : youngerBooks(definition, recorded, now)),
    ...definition.journeys.flatMap(({ name, objectives }) =>
      objectives.flatMap((objective) => {
        const traffic = recorded?.traffic.get(objectiveId(name, objective)) ?? rate
        return traffic === undefined ? [] : resolutionProblems(name, objective, traffic)
      }),
    ),
  ]
}

function notRead(message: string): Problem {
  const hint = 'state the traffic with `--rate`, or look with `tabiji ledger verify`'
  return problem('CHECK_STORE_NOT_READ', [], `The traffic could not be read: ${message}`, { severity: 'warning', hint })
}

/** Once for each length of window, at the first objective that has it. */
function youngerBooks({ journeys, timeZone }: Definition, { from }: Recorded, now: number): readonly Problem[] {
  const lengths = new Set<number>()
  return journeys.flatMap(({ name, objectives }) =>
    objectives.flatMap((objective) => {
      const { window } = objective
      if (window.kind !== 'rolling' || window.ms <= now - from || lengths.has(window.ms)) return []
      lengths.add(window.ms)
      const path = ['journeys', name, 'objectives', objective.name]
      const message = `The window of ${formatDuration(window.ms)} is longer than what is stored: the books begin at ${isoIn(from, timeZone)}`
      const hint = 'until they are as old, the budget is judged by what there is; `tabiji import` brings a past along'
      return [problem('CHECK_BOOKS_YOUNGER', path, message, { severity: 'warning', part: 'key', hint })]
    }),
  )
}
