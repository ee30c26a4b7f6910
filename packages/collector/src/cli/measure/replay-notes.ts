import type { Definition } from '@tabiji/core/journey'
import { formatDuration, isoIn } from '@tabiji/core/time'
import type { Replay, ReplayQuery } from '../../app/replay.ts'
import { when } from '../terminal/when.ts'
import { count } from './ledger-text.ts'

/** What a reader of a replay must know to believe it as far as it goes, a sentence each. */
export function replayNotes(
  replay: Replay,
  asked: ReplayQuery,
  definition: Definition,
  inForce: Definition,
): readonly string[] {
  const at = (ms: number) => when(isoIn(ms, definition.timeZone))
  const { booked, coarse, revisions, from } = replay
  return [
    ...(from > asked.from ? [`entries before ${at(from)} were let go; it begins there`] : []),
    asked.knowledge === 'then'
      ? 'entries count from when they were booked and corrections from when they were entered, as the daemon saw them'
      : 'all entries count from the end of their slot and today’s corrections all the time, as nobody could see them then',
    'burns ring by what was booked; corrections move budget milestones only; doubts are in neither',
    ...(asked.knowledge === 'then' && booked.late > 0
      ? [
          `${count(booked.late)} of ${count(booked.events)} events were booked an hour or more after they happened: \`--known now\` puts them where they belong`,
        ]
      : []),
    ...coarse.map(({ from: begins, to, slotMs, leftOut }) => {
      const missing =
        leftOut.length === 0
          ? ''
          : `; pairs and rules with a (short) window of ${leftOut.map(formatDuration).join(', ')} could not be judged there`
      return `${at(begins)} to ${at(to)}: entries are kept in slots of ${formatDuration(slotMs)}, and windows are whole slots${missing}`
    }),
    ...(revisions.length > 0
      ? [`what was promised changed at ${revisions.map(at).join(', ')}; all of it is judged as this file says`]
      : []),
    ...differences(definition, inForce),
  ]
}

/** Outcomes were decided when events happened: another promised time cannot be judged from their counts. */
function differences(definition: Definition, inForce: Definition): readonly string[] {
  if (definition === inForce) return []
  return definition.journeys.flatMap((journey) => {
    const known = inForce.journeys.find(({ name }) => name === journey.name)
    if (known === undefined)
      return [`the file in force has no journey ${journey.name}: it has only what was booked earlier`]
    return journey.steps.flatMap(({ name, withinMs }) => {
      const step = known.steps.find((each) => each.name === name)
      if (step === undefined)
        return [`the file in force has no step ${journey.name}/${name}: it has only what was booked earlier`]
      if (step.withinMs === withinMs) return []
      const [other, judged] = [formatDuration(withinMs), formatDuration(step.withinMs)]
      return [
        `${journey.name}/${name} promises ${other}, but its events were judged by ${judged} when they happened: slow and good cannot be told apart anew`,
      ]
    })
  })
}
