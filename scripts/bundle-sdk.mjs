// Makes of the SDK's compiled modules what is published: its doors with all that they need of core and of core's small
// libraries, so that a service installs nothing else. ES modules and CommonJS, with types for both.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleWhenChanged, filesOf, licencesOf, root } from './bundling.mjs'

const sdk = join(root, 'packages/sdk')
const lib = join(sdk, 'lib')
const manifest = JSON.parse(readFileSync(join(sdk, 'package.json'), 'utf8'))
const doors = Object.keys(manifest.exports).map((door) => (door === '.' ? 'index' : door.slice(2)))

await bundleWhenChanged({
  note: join(sdk, 'dist/.bundled'),
  lib,
  madeOf: [
    ...filesOf(join(root, 'packages/core/dist')),
    ...filesOf(join(sdk, 'dist')),
    ...['packages/sdk/package.json', 'scripts/bundle-sdk.mjs'].map((file) => join(root, file)),
  ],
  bundle,
})

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
