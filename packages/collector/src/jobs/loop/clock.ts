import type { Check } from '../../ports/api.ts'

/** Watches the clock by one that nobody sets. */
export type ClockWatch = {
  /** Compares the two. @returns by how many milliseconds the clock has just been found to have jumped; 0 when it has not */
  look(): number
  /** Whether what the clock says may be a mistake: nothing is let go of by it then. */
  isDoubtful(): boolean
  check(): Check
}

/** Clocks are corrected by small steps all the time; nothing that is judged here notices less than this. */
const NOTICED_MS = 60_000

/** Who sets a clock wrongly sees it by then; after that it is believed. */
const BELIEVED_AFTER_MS = 5 * 60_000

/**
 * Counting does not need a clock that is right: increases are booked up to now, whatever now is. But windows and deadlines are
 * where the clock says, so a jump is a failure that people must hear of until it is undone or has lasted.
 *
 * @param now milliseconds of the clock; @param monotonic milliseconds that only ever grow with time
 */
export function watchClock(now: () => number, monotonic: () => number): ClockWatch {
  let offset = now() - monotonic()
  let jumped: { readonly by: number; readonly since: number } | undefined
  return {
    look: () => {
      const by = now() - monotonic() - offset
      if (Math.abs(by) < NOTICED_MS) {
        offset += by
        jumped = undefined
        return 0
      }
      const isNews = jumped === undefined || Math.abs(by - jumped.by) >= NOTICED_MS
      if (isNews) jumped = { by, since: monotonic() }
      else if (jumped !== undefined && monotonic() - jumped.since > BELIEVED_AFTER_MS) {
        offset += by
        jumped = undefined
      }
      return isNews ? by : 0
    },
    isDoubtful: () => jumped !== undefined,
    check: () => {
      const name = 'clock'
      if (jumped === undefined) return { name, status: 'ok', message: 'the clock goes evenly' }
      const seconds = Math.round(Math.abs(jumped.by) / 1000)
      const way = jumped.by > 0 ? 'ahead' : 'back'
      const message = `the clock jumped ${seconds} s ${way}; counting goes on, and the new time is believed when it has lasted for 5 min`
      return { name, status: 'failed', message }
    },
  }
}
