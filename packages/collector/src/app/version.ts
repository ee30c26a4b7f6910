import { createRequire } from 'node:module'

/** The version that runs; all packages are released under one. */
export function ownVersion(): string {
  // By the package's own name, which holds wherever this module is bundled into.
  const { version } = createRequire(import.meta.url)('@tabiji/collector/package.json') as { version: string }
  return version
}
