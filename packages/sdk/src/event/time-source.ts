/** Both clocks that the SDK reads. */
export type TimeSource = {
  /** Monotonic milliseconds; durations are differences of it. */
  now(): number
  /** Milliseconds since the Unix epoch, for what is told to others. */
  epoch(): number
}
