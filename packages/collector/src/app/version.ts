import { readFileSync } from 'node:fs'

/** The version that runs; all packages are released under one. */
export function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return version
}
