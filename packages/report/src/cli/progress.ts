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
