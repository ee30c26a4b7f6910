import { accessSync, constants } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'

/** Names under which the browsers that can print a page stand in the search path, the most likely ones first. */
const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
  'msedge',
]

/** Where they stand on systems that do not put programs into the search path. */
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]

/**
 * The program of an installed Chrome, Chromium or Edge: the one that `TABIJI_BROWSER` names, else the first that is found.
 *
 * @returns nothing when there is none, or when the named one cannot be run: no other is taken in its place
 */
export function findBrowser(env: NodeJS.ProcessEnv): string | undefined {
  const named = env['TABIJI_BROWSER']
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const inPath = (name: string) => folders.map((folder) => join(folder, name)).find(isProgram)
  if (named !== undefined && named !== '')
    return isAbsolute(named) || isProgram(named) ? runnable(named) : inPath(named)
  for (const name of NAMES) {
    const found = inPath(name)
    if (found !== undefined) return found
  }
  return PLACES.find(isProgram)
}

function runnable(path: string): string | undefined {
  return isProgram(path) ? path : undefined
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
