import { hintFor, type Problem, refusal } from '../problem/index.ts'
import type { Runbook } from './runbook.ts'

/** Which page somebody means, or why none can be meant. */
type Named = { readonly ok: true; readonly address: string } | { readonly ok: false; readonly problem: Problem }

/**
 * The runbook that somebody names by its address or its file, with or without `.md`.
 *
 * @param proposed addresses that were brought along; no page of a folder need stand behind one
 */
export function namedRunbook(said: string, proposed: readonly string[], pages: readonly Runbook[]): Named {
  const name = said.trim()
  const plain = (text: string) => text.replace(/\/+$/, '').replace(/\.md$/i, '')
  const found =
    proposed.find((address) => plain(address) === plain(name)) ??
    pages.find(({ file, address }) => [file, address].some((each) => plain(each) === plain(name)))?.address
  if (found !== undefined) return { ok: true, address: found }
  const what = 'a runbook that was proposed, or a page of the folders'
  const known = pages.map(({ file }) => file)
  const hint = proposed.length > 0 ? `proposed: ${proposed.join(', ')}` : hintFor(name, known, 12)
  const none = proposed.length > 0 ? '' : '; none was proposed'
  return { ok: false, problem: refusal('RUNBOOK_UNKNOWN', `Expected ${what}, got "${name}"${none}`, hint, ['runbook']) }
}
