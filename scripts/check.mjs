// Everything that can be said about the code without running it. All steps run, so that one look shows all that is wrong.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { faultsOfPackages } from './published.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

const steps = [
  ['format, lint and the import law', () => tool('@biomejs/biome/bin/biome', 'check', '.')],
  ['types', () => tool('typescript/bin/tsc', '-b')],
  ['types of the tests', () => tool('typescript/bin/tsc', '-p', 'tsconfig.test.json')],
  ['unused files, exports and dependencies', () => knip()],
  ['files and dependencies that only tests use', () => knip('--production', '--include', 'files,dependencies')],
  ['packages as their users get them', () => faultsOfPackages(join(root, 'packages'))],
]

const failed = []
for (const [name, step] of steps) {
  const began = performance.now()
  const complaint = await step()
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`check: ${complaint === '' ? 'ok    ' : 'FAILED'} ${seconds.padStart(5)} s  ${name}`)
  if (complaint === '') continue
  failed.push(name)
  console.log(complaint)
}
if (failed.length > 0) {
  console.log(`check: FAILED: ${failed.join(' · ')}`)
  process.exit(1)
}

/** @returns what the tool has to complain about; nothing when it is content. */
function tool(path, ...args) {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [join(root, 'node_modules', path), ...args], {
    cwd: root,
    encoding: 'utf8',
  })
  if (error !== undefined) throw error
  return status === 0 ? '' : `${stdout}${stderr}`.trimEnd() || `It ended with status ${status} and said nothing.`
}

/** A line of knip.json that has become unnecessary is a complaint too. */
function knip(...args) {
  return tool('knip/bin/knip.js', '--no-progress', '--treat-config-hints-as-errors', ...args)
}
