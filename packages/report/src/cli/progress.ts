/** A step that a terminal shows while it lasts; without one nothing is shown. */
export type Progress = (step?: string) => void

/** Goes back to the beginning of the line and takes away what stood on it. */
const CLEAR = '\r\u001b[2K'

/**
 * Shows steps on one line of a terminal, each in the place of the one before. Where nobody looks nothing is written: cron
 * would send it as mail, and a log would keep it.
 */
export function progressOn(stream: { readonly isTTY?: boolean; write(text: string): unknown }): Progress {
  if (stream.isTTY !== true) return () => {}
  return (step = '') => stream.write(`${CLEAR}${step}`)
}

/** So often something that takes long says that it is still at work, milliseconds. */
const EVERY = 10_000

/** Says what is done, and again every ten seconds how long it has been at it; a person who sees nothing presses Ctrl-C. */
export async function during<Value>(
  what: string,
  tell: (line: string) => void,
  work: () => Promise<Value>,
  every = EVERY,
): Promise<Value> {
  tell(what)
  let ticks = 0
  const timer = setInterval(() => tell(`${what} (${Math.round((++ticks * every) / 1000)} s)`), every)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}
