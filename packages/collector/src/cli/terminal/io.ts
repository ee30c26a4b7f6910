/** A stream that a command writes to; `process.stdout` is one, and so is an object that collects text in a test. */
type Stream = { write(text: string): unknown; readonly isTTY?: boolean }

/**
 * Everything that a command takes from its process. Commands touch nothing else of it, so a test calls them as functions:
 * streams that collect, an environment that it made up, a clock that stands. The network is not part of it; a test starts
 * a real server on loopback.
 */
export type Io = {
  /** The answer. */
  readonly stdout: Stream
  /** Everything else: warnings, hints, errors. */
  readonly stderr: Stream
  readonly env: Readonly<Record<string, string | undefined>>
  /** Milliseconds. */
  readonly now: () => number
}
