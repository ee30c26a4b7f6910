/** When each act is played, in the zone of the journeys file. */
const ACTS = {
  fault: '2026-10-15T12:00:00+09:00',
  reading: '2026-10-26T09:00:00+09:00',
  repeat: '2026-11-10T12:00:00+09:00',
} as const

export type StoryClock = {
  /** Milliseconds of the act that is played. */
  readonly now: () => number
  /** Goes to the beginning of an act. @returns how far clocks are off then, milliseconds */
  begin(act: keyof typeof ACTS): number
}

export function createStoryClock(): StoryClock {
  let offset = Date.parse(ACTS.fault) - Date.now()
  return {
    now: () => Date.now() + offset,
    begin: (act) => {
      offset = Date.parse(ACTS[act]) - Date.now()
      return offset
    },
  }
}
