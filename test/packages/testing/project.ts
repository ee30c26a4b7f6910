import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'

/** Somebody's project outside of this workspace, so that nothing is found but what was installed in it. */
export type Project = {
  readonly folder: string
  /** Writes a file. @returns its path */
  write(name: string, text: string): string
  remove(): void
}

/** An empty project in which the SDK is installed from its tarball, without asking any registry. */
export function projectWithSdk(): Project {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-project-'))
  const write = (name: string, text: string) => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  write('package.json', '{ "private": true, "type": "module" }')
  const [tarball = ''] =
    run(npm, ['pack', '--pack-destination', folder], join(ROOT, 'packages/sdk')).match(/\S+\.tgz/) ?? []
  run(npm, ['install', '--offline', '--no-audit', '--no-fund', `./${tarball}`], folder)
  return { folder, write, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Gives the project packages that a reader would install beside the SDK: the workspace's own copies. */
export function lend({ folder }: Project, ...names: readonly string[]): void {
  const owners = [ROOT, join(ROOT, 'packages/sdk')]
  for (const name of names) {
    const source = owners.map((owner) => join(owner, 'node_modules', name)).find((path) => existsSync(path))
    if (source === undefined) throw new Error(`Expected ${name} to be a development dependency of the root or the SDK.`)
    const target = join(folder, 'node_modules', name)
    mkdirSync(dirname(target), { recursive: true })
    symlinkSync(realpathSync(source), target, 'junction')
  }
}

/** Runs a program to its end. @returns what it printed @throws Error when it fails, with all that it said */
export function run(command: string, args: readonly string[], cwd: string): string {
  // npm's own settings for this test run are not the reader's.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_OPTIONS|VITEST)/.test(name)),
  )
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', env })
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stdout}${stderr}`)
  return `${stdout}${stderr}`
}
