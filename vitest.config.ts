import { readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const MINUTE = 60_000
/** Many kills and long fuzz take as long as they take; the short variants must not hang a machine. */
const isFull = process.env['TABIJI_FULL'] === '1'
/** Only what hangs comes near it, also on a machine that has other work. */
const LONG = 40 * MINUTE

const folders = (path: string) =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))

const project = (name: string, include: string, timeout: number, more = {}) => ({
  extends: true as const,
  test: { name, include: [include], testTimeout: timeout, hookTimeout: timeout, ...more },
})

export default defineConfig({
  test: {
    // Real processes: a test may change its environment, and a native module that crashes takes only its own file along.
    pool: 'forks',
    // Tests from end to end mostly wait for processes, sockets and slots, so every core is worth two workers.
    maxWorkers: 2 * availableParallelism(),
    // No result may depend on the machine's zone, so the tests run in one that nobody would take for their own:
    // half an hour off, with a change of clocks, west of UTC while the examples are in Asia/Tokyo.
    env: { TZ: 'America/St_Johns' },
    setupFiles: ['test/one-seed.ts'],
    projects: [
      // Projects run in the order of their names: what waits comes first, and these short ones fill the gaps at its end.
      // They are many and small, so files share their processes: loading all modules for each would cost more than all
      // the tests do. A test that changes its environment must put it back.
      ...folders('packages').map((name) =>
        project(`unit/${name}`, `packages/${name}/src/**/*.test.ts`, isFull ? LONG : 20_000, { isolate: false }),
      ),
      project('examples', 'examples/*/src/**/*.test.ts', isFull ? LONG : 2 * MINUTE),
      project('bench', 'bench/src/**/*.test.ts', MINUTE),
      ...folders('test').map((name) => project(`test/${name}`, `test/${name}/**/*.test.ts`, isFull ? LONG : MINUTE)),
    ],
  },
})
