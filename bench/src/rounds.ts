/** Something to be measured: does its work `times` times. */
export type Contestant = { readonly times: number; work(times: number): void }

/**
 * Runs the contestants in turn, round by round, so that whatever else the machine does meets all of them. Each round's
 * figure is the CPU time of the whole process (garbage collector and compiler threads included) divided by the work.
 * @returns nanoseconds of CPU per piece of work, by contestant and round; rounds that warmed up are not in it.
 */
export function runRounds(contestants: readonly Contestant[], rounds: number, warmUp: number): number[][] {
  const figures: number[][] = contestants.map(() => [])
  for (let round = -warmUp; round < rounds; round++) {
    contestants.forEach(({ times, work }, at) => {
      const before = process.cpuUsage()
      work(times)
      const { user, system } = process.cpuUsage(before)
      if (round >= 0) figures[at]?.push(((user + system) * 1000) / times)
    })
  }
  return figures
}
