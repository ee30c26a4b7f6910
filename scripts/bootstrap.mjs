// Makes `npm start` and `npm test` work first on a fresh clone: installs with the pinned pnpm, then compiles.
// Each step is skipped when nothing that it depends on has changed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onlyOne } from './only-one.mjs'
import { forgetDeleted, removeStale } from './outputs.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const FLOOR = [20, 19]
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < FLOOR[0] || (major === FLOOR[0] && minor < FLOOR[1])) {
  stop(`Tabiji needs Node ${FLOOR.join('.')} or newer; this is Node ${process.versions.node}.`)
}

const pnpm = JSON.parse(read('package.json')).packageManager
const workspaces = JSON.parse(read('tsconfig.json')).references.map(({ path }) => path)
const env = { ...process.env, npm_config_yes: 'true', COREPACK_ENABLE_STRICT: '0', CI: process.env.CI ?? 'true' }
// node-gyp would download Node's headers; the ones that came with this Node serve when they are there.
const prefix = join(dirname(process.execPath), '..')
if (!env.npm_config_nodedir && existsSync(join(prefix, 'include/node/node.h'))) env.npm_config_nodedir = prefix

const failure = onlyOne(
  root,
  () => say('another set-up of this folder is running; waiting for it'),
  () => install() ?? compile(),
)
if (failure !== undefined) stop(failure)

function install() {
  const stamp = join(root, 'node_modules/.bootstrap-stamp')
  const wanted = stateOf(['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...workspaces.map(manifestOf)])
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return undefined
  say('installing (about a minute the first time; the SQLite driver may have to be compiled)')
  const { error, status } = run('npx', ['--yes', pnpm, 'install', '--frozen-lockfile'])
  if (error !== undefined) return `npx, which comes with npm, could not be started (${error.code}).`
  if (status !== 0) return installFailed()
  writeFileSync(stamp, wanted)
  return undefined
}

function compile() {
  for (const workspace of workspaces) forgetDeleted(join(root, workspace))
  // What uses the SDK compiles against its bundled form, as a service does, so that must be there first.
  const failure = tsc('packages/sdk') ?? bundle('sdk') ?? tsc() ?? pages() ?? bundle('collector')
  if (failure !== undefined) return failure
  for (const workspace of workspaces) removeStale(join(root, workspace))
  return undefined
}

function tsc(...workspaces) {
  const { status } = run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', ...workspaces])
  return status === 0 ? undefined : 'The code does not compile; the reasons are printed above.'
}

function bundle(what) {
  const { status } = run(process.execPath, [join(root, `scripts/bundle-${what}.mjs`)])
  return status === 0 ? undefined : `The ${what} could not be bundled; the reason is printed above.`
}

function pages() {
  const { status } = run(process.execPath, [join(root, 'scripts/pages.mjs')])
  return status === 0 ? undefined : 'The script of the pages could not be built; the reason is printed above.'
}

/** Whatever an installation depends on: these files and the Node that native code is built for. */
function stateOf(files) {
  const hash = createHash('sha256').update(`${process.version} ${process.platform} ${process.arch}`)
  for (const file of files) hash.update(read(file))
  return hash.digest('hex')
}

function run(command, args) {
  // stdout belongs to the command that follows, so the words of these go to stderr.
  return spawnSync(command, args, { cwd: root, env, stdio: ['inherit', 2, 2], shell: process.platform === 'win32' })
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

function manifestOf(workspace) {
  return `${workspace}/package.json`
}

function read(file) {
  return readFileSync(join(root, file), 'utf8')
}

function say(message) {
  console.error(`tabiji: ${message}`)
}

function stop(message) {
  say(message)
  process.exit(1)
}
