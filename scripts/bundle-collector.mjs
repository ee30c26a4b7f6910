// Makes of the collector's compiled modules and of all that they use what its command runs: two thousand files become some hundred,
// because every module that Node loads costs it some kilobytes and a fifth of a millisecond. What the manifest names as a dependency
// stays outside: it is no JavaScript, looks for files beside its own, or brings no text of its licence.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleWhenChanged, filesOf, licencesOf, root } from './bundling.mjs'

const collector = join(root, 'packages/collector')
const lib = join(collector, 'lib')
const BEYOND_ASCII = /[\x80-\uffff]/g
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
    preserveEntrySignatures: 'allow-extension',
  })
  const written = await code.write({
    dir: lib,
    format: 'es',
    comments: false,
    charset: 'ascii',
    entryFileNames: '[name].js',
    chunkFileNames: ({ name }) => `shared/${name.split('~')[0]}.js`,
    codeSplitting: {
      // What a command loads only when it is used stays in files of its own.
      groups: [{ debugName: 'rooms', name: roomOf, entriesAware: true, includeDependenciesRecursively: false }],
    },
  })
  await code.close()
  for (const { fileName, code: text } of written.output) keepInOneByte(join(lib, fileName), text)
  writeFileSync(join(lib, 'licences.txt'), licencesOf(written.output.flatMap(({ moduleIds = [] }) => moduleIds)))
}

/**
 * A file for each room of ours and each package of others. V8 takes ten times a file's length to understand it, at once, and the
 * C library keeps that; rooms know only rooms below them, so that files do not need one another in a circle.
 */
function roomOf(module) {
  const [, ours, room] = /packages\/([^/]+)\/dist\/([^/]+)\//.exec(module) ?? []
  if (ours !== undefined) return `${ours}-${room}`
  const [, theirs] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(module) ?? []
  return theirs?.replace('/', '-')
}

/**
 * V8 keeps the text of what it runs, with two bytes for each character as soon as one of them needs two. In strings the bundler
 * writes such a character in ASCII; in a template with a tag it does not, as the tag could ask for the text as it was written.
 */
function keepInOneByte(file, text) {
  if (text.search(BEYOND_ASCII) === -1) return
  if (/\.raw\b/.test(text)) throw new Error(`Expected no tag in ${file} to ask for the text as it was written`)
  writeFileSync(
    file,
    text.replaceAll(BEYOND_ASCII, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  )
}
