// Makes `npm start` and `npm test` work first on a fresh clone: installs with the pinned pnpm, then compiles.
// Both steps are skipped when nothing they depend on has changed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const FLOOR = [20, 19]
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < FLOOR[0] || (major === FLOOR[0] && minor < FLOOR[1])) {
  stop(`Tabiji needs Node ${FLOOR.join('.')} or newer; this is Node ${process.versions.node}.`)
}

const pnpm = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager
const env = { ...process.env, npm_config_yes: 'true', COREPACK_ENABLE_STRICT: '0', CI: process.env.CI ?? 'true' }
// node-gyp would download Node's headers; the ones that came with this Node serve when they are there.
const prefix = join(dirname(process.execPath), '..')
if (!env.npm_config_nodedir && existsSync(join(prefix, 'include/node/node.h'))) env.npm_config_nodedir = prefix

const stamp = join(root, 'node_modules/.bootstrap-stamp')
const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'pnpm-lock.yaml')))
  .update(`${process.version} ${process.arch}`)
  .digest('hex')
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  console.error('tabiji: installing (about a minute the first time; the SQLite driver may have to be compiled)')
  if (run('npx', ['--yes', pnpm, 'install', '--frozen-lockfile']) !== 0) stop(installFailed())
  writeFileSync(stamp, wanted)
}
if (run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b']) !== 0) process.exit(1)

function run(command, args) {
  // stdout belongs to the command that follows, so the installer's words go to stderr.
  const done = spawnSync(command, args, {
    cwd: root,
    env,
    stdio: ['inherit', 2, 2],
    shell: process.platform === 'win32',
  })
  return done.status ?? 1
}

function installFailed() {
  const missing = ['c++', 'make', 'python3'].filter((tool) => spawnSync(tool, ['--version']).error)
  if (missing.length === 0) return 'The installation failed; the reason is printed above.'
  return [
    'The installation failed. Most likely the SQLite driver (better-sqlite3) had to be compiled, because no prebuilt',
    `binary could be fetched, and this machine has no ${missing.join(', no ')}.`,
    'Debian/Ubuntu: apt-get install g++ make python3 · macOS: xcode-select --install',
  ].join('\n')
}

function stop(message) {
  console.error(`tabiji: ${message}`)
  process.exit(1)
}
