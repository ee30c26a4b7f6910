import { setImmediate } from 'node:timers/promises'

/**
 * Takes the steps of a long piece of work, with room for everything else in between.
 *
 * @returns what it came to; nothing when it was broken off between two of its steps
 */
export async function runSteps<Result>(
  run: Generator<void, Result, void>,
  ending: AbortSignal,
): Promise<Result | undefined> {
  while (!ending.aborted) {
    const { done, value } = run.next()
    if (done === true) return value
    await setImmediate()
  }
  // What it holds open is let go.
  run.return(undefined as never)
  return undefined
}

/** Runs what takes long one after another: each in the order in which it was asked for. */
export function createQueue(): <Result>(run: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve()
  return (run) => {
    const result = last.then(run)
    // Only that it is over: a month of a large file would stay in memory until the next one is asked for.
    last = result.then(nothing, nothing)
    return result
  }
}

const nothing = (): undefined => undefined
