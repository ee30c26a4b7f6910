import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root folder. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** Whether Git leaves a path out: its own folder, and the simple patterns that our `.gitignore` consists of. */
const isLeftOut = leftOut(['.git/', ...readFileSync(join(ROOT, '.gitignore'), 'utf8').split('\n')])

function leftOut(patterns: readonly string[]): (path: string) => boolean {
  const expressions = patterns.filter(Boolean).map((pattern) => {
    const path = pattern.replace(/\/$/, '').replaceAll('.', '\\.').replaceAll('*', '[^/]*')
    // A pattern without a slash inside holds at any depth.
    return new RegExp(path.includes('/') ? `^${path}$` : `(^|/)${path}$`)
  })
  return (path) => expressions.some((expression) => expression.test(path))
}

/**
 * The project's own files, relative to the root, with `/` on every system. Walked rather than asked of Git: a file that
 * is not yet added is under the law too, and so is an exported copy without a history.
 */
export function projectFiles(folder = ROOT): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = relative(ROOT, join(folder, entry.name)).split(sep).join('/')
    if (isLeftOut(path)) return []
    if (entry.isDirectory()) return projectFiles(join(folder, entry.name))
    return entry.isFile() ? [path] : []
  })
}

export function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
}
