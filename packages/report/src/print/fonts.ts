import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/**
 * Whether a font with Japanese characters is installed, as fontconfig knows it.
 *
 * @returns nothing where fontconfig is not there to be asked, as on systems that bring such fonts along
 */
export async function hasJapaneseFont(): Promise<boolean | undefined> {
  try {
    const { stdout } = await promisify(execFile)('fc-list', [':lang=ja', 'family'], { timeout: 10_000 })
    return stdout.trim() !== ''
  } catch {
    return undefined
  }
}
