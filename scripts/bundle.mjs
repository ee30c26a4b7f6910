// Makes of the SDK's compiled modules what is published: its doors with all that they need of core and of core's small
// libraries, so that a service installs nothing else. ES modules and CommonJS, with types for both.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const sdk = join(root, 'packages/sdk')
const lib = join(sdk, 'lib')
const note = join(sdk, 'dist/.bundled')
const manifest = JSON.parse(readFileSync(join(sdk, 'package.json'), 'utf8'))
const doors = Object.keys(manifest.exports).map((door) => (door === '.' ? 'index' : door.slice(2)))

const state = stateOf([
  ...filesOf(join(root, 'packages/core/dist')),
  ...filesOf(join(sdk, 'dist')).filter((file) => file !== note),
  ...['pnpm-lock.yaml', 'packages/sdk/package.json', 'scripts/bundle.mjs'].map((file) => join(root, file)),
])
if (!existsSync(note) || !existsSync(lib) || readFileSync(note, 'utf8') !== state) {
  rmSync(note, { force: true })
  await bundle()
  writeFileSync(note, state)
}

async function bundle() {
  const { rolldown } = await import('rolldown')
  const { dts } = await import('rolldown-plugin-dts')
  // What a service may bring along itself stays outside; whatever else is imported comes in.
  const peers = Object.keys(manifest.peerDependencies).map((name) => new RegExp(`^${name}(/|$)`))
  const shared = { cwd: root, platform: 'node', external: [/^node:/, ...peers] }
  const code = await rolldown({ ...shared, input: inputs('.js') })
  const types = await rolldown({
    ...shared,
    input: inputs('.d.ts'),
    plugins: [dts({ dtsInput: true, resolve: [/^@tabiji\/core/] })],
  })
  rmSync(lib, { recursive: true, force: true })
  const written = await code.write(output('es', '.js'))
  await code.write(output('cjs', '.cjs'))
  await types.write(output('es', '.d.ts'))
  await types.write(output('es', '.d.cts'))
  await Promise.all([code.close(), types.close()])
  writeFileSync(join(lib, 'licences.txt'), licencesOf(written.output.flatMap(({ moduleIds = [] }) => moduleIds)))
}

/** The doors' compiled modules by name. */
function inputs(extension) {
  return Object.fromEntries(doors.map((door) => [door, join(sdk, 'dist', `${door}${extension}`)]))
}

/** What several doors share is one file beside them, so that it is loaded once whichever door it is reached through. */
function output(format, extension) {
  return {
    dir: lib,
    format,
    exports: 'named',
    entryFileNames: `[name]${extension}`,
    chunkFileNames: `shared/[name]${extension}`,
  }
}

/** The licence of every package whose code came in: its text must go where the code goes. */
function licencesOf(modules) {
  const folders = new Set(modules.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []))
  const texts = [...folders].sort().map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each))
    if (file === undefined)
      throw new Error(`Expected ${name} to bring its licence, as its code becomes part of the SDK.`)
    return `${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`
  })
  return `Parts of these packages are built into this one.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`
}

function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  )
}

function stateOf(files) {
  const hash = createHash('sha256').update(process.version)
  for (const file of files.sort()) hash.update(`${relative(root, file)}\0`).update(readFileSync(file))
  return hash.digest('hex')
}
