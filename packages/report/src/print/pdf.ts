import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A browser that has not printed a report by then hangs. */
const PATIENCE = 90_000

/** What a browser says may be long; its end says why it failed. */
const TOLD = 2_000

export type PrintOptions = {
  /** The browser's program, as {@link findBrowser} finds it. */
  readonly browser: string
  /** Ends the browser. */
  readonly stop?: AbortSignal
}

/**
 * Prints a report's page as PDF through an installed browser: A4 and light, as its style for paper says. The browser has a
 * profile of its own that is gone afterwards, and nothing to load: the page forbids it.
 *
 * @returns the document's bytes
 * @throws Error when the browser did not print; the message ends with what it said last
 */
export async function printPdf(page: string, { browser, stop }: PrintOptions): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'tabiji-print-'))
  try {
    const [source, target] = [join(folder, 'report.html'), join(folder, 'report.pdf')]
    await writeFile(source, page)
    await runBrowser(browser, folder, [`--print-to-pdf=${target}`, pathToFileURL(source).href], stop)
    return await readFile(target)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}

async function runBrowser(
  browser: string,
  folder: string,
  args: readonly string[],
  stop: AbortSignal | undefined,
): Promise<void> {
  const limit = AbortSignal.timeout(PATIENCE)
  const signal = stop === undefined ? limit : AbortSignal.any([stop, limit])
  const child = spawn(browser, [...switches(folder), ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
    killSignal: 'SIGKILL',
  })
  let told = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (told = (told + text).slice(-TOLD)))
  const [code] = await once(child, 'close').catch((thrown: unknown) => {
    stop?.throwIfAborted()
    const reason = limit.aborted ? `did not end within ${PATIENCE / 1000} s` : String(thrown)
    throw new Error(`${browser} ${reason}`)
  })
  if (code !== 0) throw new Error(`${browser} ended with ${code}: ${told.trim().split('\n').at(-1) ?? ''}`)
}

function switches(folder: string): readonly string[] {
  return [
    '--headless',
    '--disable-gpu',
    '--no-first-run',
    '--disable-extensions',
    '--disable-background-networking',
    '--disable-dev-shm-usage',
    '--no-pdf-header-footer',
    `--user-data-dir=${join(folder, 'profile')}`,
    // Chromium refuses to run as root with its sandbox; what it shows here is a page of our own without any script.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ]
}
