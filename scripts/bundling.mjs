import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/**
 * Bundles when anything has changed that the bundle is made of.
 *
 * @param note the file that says of what the last one was made
 * @param lib the folder that it is written to
 */
export async function bundleWhenChanged({ note, lib, madeOf, bundle }) {
  const state = stateOf([...madeOf.filter((file) => file !== note), ...ALWAYS.map((file) => join(root, file))])
  if (existsSync(note) && existsSync(lib) && readFileSync(note, 'utf8') === state) return
  rmSync(note, { force: true })
  rmSync(lib, { recursive: true, force: true })
  await bundle()
  writeFileSync(note, state)
}

const ALWAYS = ['pnpm-lock.yaml', 'scripts/bundling.mjs']

/** The licence of every package whose code came in: its text must go where the code goes. */
export function licencesOf(modules) {
  const folders = new Set(modules.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []))
  const texts = [...folders].sort().map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each))
    if (file === undefined) throw new Error(`Expected ${name} to bring its licence, as its code becomes part of ours.`)
    return `${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`
  })
  return `Parts of these packages are built into this one.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`
}

export function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  )
}

function stateOf(files) {
  const hash = createHash('sha256').update(process.version)
  for (const file of files.sort()) hash.update(`${relative(root, file)}\0`).update(readFileSync(file))
  return hash.digest('hex')
}
