import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROOT, run } from './project.ts'

/** The floor; the first of 22 that loads ES modules with require() and says nothing; the newest when this was written. */
const OTHERS = ['20.19.0', '22.13.0', '22.23.3', '24.21.0']

/** The versions of Node under test: the running one, and in the long variant those that we promise to run on. */
export const NODES: readonly string[] =
  process.env['TABIJI_FULL'] === '1' ? [process.versions.node, ...OTHERS] : [process.versions.node]

/** @returns the program of a version, which comes from the registry's package `node` the first time */
export function nodeProgram(version: string): string {
  if (version === process.versions.node) return process.execPath
  const folder = join(ROOT, 'node_modules/.cache/nodes', version)
  const program = join(folder, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (!existsSync(program)) install(version, folder)
  return program
}

/** Whole or not at all: another test file may be looking for it, or fetching it too. */
function install(version: string, folder: string): void {
  mkdirSync(dirname(folder), { recursive: true })
  const fetched = mkdtempSync(`${folder}-`)
  writeFileSync(join(fetched, 'package.json'), '{ "private": true }')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  run(npm, ['install', '--no-audit', '--no-fund', '--ignore-scripts=false', `node@${version}`], fetched)
  try {
    renameSync(fetched, folder)
  } catch (error) {
    rmSync(fetched, { recursive: true })
    if (!existsSync(folder)) throw error
  }
}
