// Makes of the collector's compiled modules what its command runs: a thousand files become a few dozen, because every module that
// Node loads costs it some kilobytes and a fifth of a millisecond. What the manifest names as a dependency stays outside; what core,
// report and dashboard bring along comes in.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleWhenChanged, filesOf, licencesOf, root } from './bundling.mjs'

const collector = join(root, 'packages/collector')
const lib = join(collector, 'lib')
const PARTS = ['core', 'report', 'dashboard', 'collector']

await bundleWhenChanged({
  note: join(collector, 'dist/.bundled'),
  lib,
  madeOf: [
    ...PARTS.flatMap((part) => filesOf(join(root, 'packages', part, 'dist'))).filter((file) => file.endsWith('.js')),
    ...['packages/collector/package.json', 'scripts/bundle-collector.mjs'].map((file) => join(root, file)),
  ],
  bundle,
})

async function bundle() {
  const { rolldown } = await import('rolldown')
  const { dependencies } = JSON.parse(readFileSync(join(collector, 'package.json'), 'utf8'))
  const outside = Object.keys(dependencies).filter((name) => !name.startsWith('@tabiji/'))
  const code = await rolldown({
    cwd: root,
    platform: 'node',
    input: Object.fromEntries(['main', 'index'].map((door) => [door, join(collector, 'dist', `${door}.js`)])),
    external: [/^node:/, ...outside.map((name) => new RegExp(`^${name}(/|$)`))],
  })
  const written = await code.write({
    dir: lib,
    format: 'es',
    entryFileNames: '[name].js',
    // What a command loads only when it is used stays in a file of its own.
    chunkFileNames: 'shared/[name].js',
  })
  await code.close()
  writeFileSync(join(lib, 'licences.txt'), licencesOf(written.output.flatMap(({ moduleIds = [] }) => moduleIds)))
}
