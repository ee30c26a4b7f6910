import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root folder. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** What `.gitignore` keeps out, and Git's own folder. */
const LEFT_OUT: readonly string[] = ['.git', 'node_modules', 'dist', 'coverage', 'tabiji-demo']

/**
 * The project's own files, relative to the root, with `/` on every system. Walked rather than asked of Git: a file that
 * is not yet added is under the law too, and so is an exported copy without a history.
 */
export function projectFiles(folder = ROOT): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (LEFT_OUT.includes(entry.name) || /\.tsbuildinfo$|^\.env$/.test(entry.name)) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return projectFiles(path)
    return entry.isFile() ? [relative(ROOT, path).split(sep).join('/')] : []
  })
}

export function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
}
