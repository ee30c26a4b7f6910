// The same tests with their long variants: many kills, long fuzz. The small ones run in `npm test`.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const began = performance.now()
const { status } = spawnSync(
  process.execPath,
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...process.argv.slice(2)],
  { cwd: root, env: { ...process.env, TABIJI_FULL: '1' }, stdio: 'inherit' },
)
const minutes = ((performance.now() - began) / 60_000).toFixed(1)
console.log(
  status === 0
    ? `\nfull: PASSED after ${minutes} minutes, long variants included.`
    : `\nfull: FAILED after ${minutes} minutes (status ${status}); the failed tests are listed above.`,
)
process.exit(status ?? 1)
