/** A loop that runs one turn at a time. */
export type Loop = {
  /** Runs a turn as soon as the present one is over, without waiting for the interval. */
  kick(): void
  /** Starts no further turn; resolves when the present one is over. */
  stop(): Promise<void>
}

/**
 * Runs `turn` at an interval, never two turns at once; a turn that takes longer than the interval delays the next one.
 *
 * @param turn never rejects: what fails inside is its own to deal with
 */
export function startLoop(intervalMs: number, turn: () => Promise<void> | void): Loop {
  let running: Promise<void> | undefined
  let again = false
  let stopped = false
  const run = () => {
    if (stopped) return
    if (running !== undefined) {
      again = true
      return
    }
    running = Promise.resolve(turn()).finally(() => {
      running = undefined
      if (!again) return
      again = false
      run()
    })
  }
  const timer = setInterval(run, intervalMs)
  return {
    kick: run,
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await running
    },
  }
}
