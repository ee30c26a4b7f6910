import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ROOT } from './repository.ts'

/** Source text by path, as it would stand in the repository. */
export type Plants = Readonly<Record<string, string>>

/** A rule that a line breaks, such as `style/noRestrictedImports`. */
export type Violation = { readonly path: string; readonly line: number; readonly rule: string }

const BIOME = join(ROOT, 'node_modules/@biomejs/biome/bin/biome')
const CONFIGURATION = ['biome.json', 'scripts/no-import-type.grit', '.gitignore']

/** Lints the plants in an empty folder, with the real tool and a copy of our `biome.json`. */
export function lint(plants: Plants): readonly Violation[] {
  return inFolderWith(plants, (folder) => {
    for (const file of CONFIGURATION) {
      mkdirSync(join(folder, dirname(file)), { recursive: true })
      copyFileSync(join(ROOT, file), join(folder, file))
    }
    const command = [BIOME, 'lint', '--reporter=json', '--max-diagnostics=none', '.']
    const { stdout, stderr } = spawnSync(process.execPath, command, { cwd: folder, encoding: 'utf8' })
    if (!stdout.startsWith('{')) throw new Error(`Biome did not lint: ${stderr}`)
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly Diagnostic[] }
    return diagnostics.map(({ location, category }) => ({
      path: location.path,
      line: location.start.line,
      rule: category.replace(/^lint\//, ''),
    }))
  })
}

type Diagnostic = { location: { path: string; start: { line: number } }; category: string }

/** Calls `use` with a temporary folder that holds the plants, and removes it. */
export function inFolderWith<T>(plants: Plants, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-law-'))
  try {
    for (const [path, source] of Object.entries(plants)) {
      mkdirSync(join(folder, dirname(path)), { recursive: true })
      writeFileSync(join(folder, path), source)
    }
    return use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
