import type { TimeSource } from '../event/time-source.ts'

/** Both clocks, moved by the test. They begin at different numbers, so that mixing them up shows. */
export function movedTime(): TimeSource & { advance(ms: number): void } {
  let passed = 0
  return {
    now: () => 5_000 + passed,
    epoch: () => Date.parse('2026-10-01T00:00:00Z') + passed,
    advance(ms) {
      passed += ms
    },
  }
}
