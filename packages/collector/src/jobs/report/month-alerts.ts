import type { Level } from '@tabiji/core/journey'
import type { AlertMonth } from '@tabiji/core/report'
import { isoIn, type Range } from '@tabiji/core/time'
import type { AlertStore } from '../../ports/alert-store.ts'

const LEVELS: readonly Level[] = [1, 2, 3]

/** Hours of the day at which somebody who is called was asleep. */
const NIGHT = { from: 22, to: 7 }

/** What rang in the stretch, by level, and what came of it. @param inIncidents alerts that an incident is about */
export function alertMonths(
  alerts: AlertStore,
  { from, to }: Range,
  inIncidents: ReadonlySet<string>,
  zone: string,
): readonly AlertMonth[] {
  const lines = alerts.transitionsBetween(0, to)
  return LEVELS.map((level) => {
    const ofLevel = lines.filter((line) => line.level === level)
    const during = ofLevel.filter(({ at }) => at >= from)
    const fired = during.filter(({ transition }) => transition === 'fired')
    const taken = new Set(ofLevel.filter(({ transition }) => ACTED.has(transition)).map(({ episode }) => episode))
    const noise = noiseOf(ofLevel)
    const open = new Set<string>()
    for (const { episode, transition } of ofLevel) {
      if (transition === 'fired' || transition === 'reopened') open.add(episode)
      if (transition === 'resolved' || transition === 'withdrawn') open.delete(episode)
    }
    return {
      level,
      fired: fired.length,
      resolved: during.filter(({ transition }) => transition === 'resolved').length,
      stillOpen: open.size,
      actedOn: fired.filter(({ episode }) => !noise.has(episode) && (taken.has(episode) || inIncidents.has(episode)))
        .length,
      judgedNoise: fired.filter(({ episode }) => noise.has(episode)).length,
      atNight: fired.filter(({ at }) => isNight(at, zone)).length,
    }
  })
}

/** What people judged to be noise, by their last word. */
function noiseOf(lines: readonly { readonly episode: string; readonly transition: string }[]): ReadonlySet<string> {
  const noise = new Set<string>()
  for (const { episode, transition } of lines) {
    if (transition === 'noise') noise.add(episode)
    if (transition === 'not_noise') noise.delete(episode)
  }
  return noise
}

/** Somebody took it, or did something about it elsewhere. */
const ACTED: ReadonlySet<string> = new Set(['acked', 'noted'])

function isNight(at: number, zone: string): boolean {
  const hour = Number(isoIn(at, zone).slice(11, 13))
  return hour >= NIGHT.from || hour < NIGHT.to
}
