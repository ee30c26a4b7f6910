import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'

/**
 * Ways to resolve types that are not asked of a package that is for ES modules only: the one of before `exports`, and the
 * one of CommonJS, which Node itself can do, but not every compiler. The SDK must serve all; the others are commands and
 * what they are made of.
 */
const NOT_FOR_ESM_ONLY = ['node10', 'node16-cjs']
const FOR_EVERYBODY = ['@tabiji/sdk']

/** Entries that nobody imports for their types: a command, and what a browser loads. */
const UNTYPED = ['./command', './pages.js']

/**
 * What is wrong with the packages as their users get them: do their doors point at files that are published, and do types
 * and code agree in every way of resolving them?
 *
 * @returns one complaint a line; empty when there is none
 */
export async function faultsOfPackages(folder) {
  const found = await Promise.all(readdirSync(folder).map((name) => faultsOf(join(folder, name))))
  return found.flat().join('\n')
}

async function faultsOf(folder) {
  const tarball = await pack(folder)
  const { messages, pkg } = await publint({ pack: { tarball: tarball.buffer }, strict: true })
  const published = createPackageFromTarballData(tarball)
  const { types, problems } = await checkPackage(published, { excludeEntrypoints: UNTYPED })
  const ignored = FOR_EVERYBODY.includes(pkg.name) ? [] : NOT_FOR_ESM_ONLY
  return [
    ...messages.map((message) => formatMessage(message, pkg, { color: false })),
    ...(types === false ? ['It has no types.'] : []),
    ...problems
      .filter(({ resolutionKind }) => !ignored.includes(resolutionKind))
      .map(({ kind, entrypoint = '', resolutionKind = '' }) => `${kind} ${entrypoint} ${resolutionKind}`.trimEnd()),
  ].map((complaint) => `${pkg.name}: ${complaint}`)
}

/** @returns the tarball that would be published, as bytes */
async function pack(folder) {
  const target = mkdtempSync(join(tmpdir(), 'tabiji-pack-'))
  try {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    await promisify(execFile)(npm, ['pack', '--pack-destination', target], { cwd: folder })
    const [file] = readdirSync(target)
    return new Uint8Array(readFileSync(join(target, file)))
  } finally {
    rmSync(target, { recursive: true })
  }
}
