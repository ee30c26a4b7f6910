import { basename, dirname, join } from 'node:path'
import { causesOf, type Fishbone, hashOf, type PostmortemLanguage } from '@tabiji/core/postmortem'
import { fishboneSvg } from '@tabiji/report'
import { isThere, readFileOf, writeFileWhole } from './postmortem-file.ts'

/** `INC-0001-fishbone.svg` of `postmortems/INC-0001.md`: it stands beside the text. */
export function pictureOf(file: string): string {
  return `${basename(file).replace(/\.md$/i, '')}-fishbone.svg`
}

/**
 * Draws the causes beside a postmortem. A picture that somebody changed, or that is none of ours, stays as it is.
 *
 * @param known the hash of what was drawn before
 * @returns the hash of what is there now, where it is ours
 */
export function drawBeside(
  file: string,
  fishbone: Fishbone,
  language: PostmortemLanguage,
  known: string | undefined,
): { readonly hash?: string; readonly conflict?: string } {
  if (causesOf(fishbone).length === 0) return {}
  const place = join(dirname(file), pictureOf(file))
  const fresh = fishboneSvg(fishbone, { language })
  const hash = hashOf(fresh)
  if (isThere(place)) {
    const is = hashOf(readFileOf(place))
    if (is === hash) return { hash }
    if (is !== known) return { conflict: place, ...(known !== undefined && { hash: known }) }
  }
  writeFileWhole(place, fresh)
  return { hash }
}
