import { numbersOf } from '../../../report/testing/written/written.ts'
import { type Block, blocksOf } from './blocks.ts'
import { claimsOf } from './claims.ts'
import type { Documents } from './documents.ts'
import type { Known } from './known.ts'

/** Everything on a page that is not what the API says, or of which nobody said what it has to be. */
export function unclaimedIn(path: string, html: string, documents: Documents, known: Known): readonly string[] {
  const blocks = blocksOf(html)
  const seen = new Map<string, number>()
  return blocks.flatMap((block) => {
    const { place, tag, times } = block
    const nth = seen.get(`${place} ${tag}`) ?? 0
    seen.set(`${place} ${tag}`, nth + 1)
    const own = blocks.filter((each) => each.place === place && each.tag === tag).map(({ caption }) => caption)
    const wrong = times.flatMap(({ at, text }) => (known.isTime(at, text) ? [] : [`the time ${at} as "${text}"`]))
    const claimed = claimsOf(block, {
      path,
      documents,
      nth,
      captions: [...new Set(own)],
      left: known.strip(block.text),
    })
    return [...wrong, ...misclaimed(block, claimed, known)].map((each) => `${path} ${placeOf(block)}: ${each}`)
  })
}

function misclaimed(block: Block, { claims, isOwed }: ReturnType<typeof claimsOf>, known: Known): readonly string[] {
  const told = numbersIn(known.strip(block.text))
  if (told === '' && !isOwed) return []
  if (claims.some((claim) => numbersIn(claim) === told)) return []
  const expected =
    claims.length === 0 ? 'nobody claims it' : `by the API ${claims.map((claim) => `"${claim}"`).join(' or ')}`
  return [`"${block.text}", ${expected}`]
}

const numbersIn = (text: string): string => numbersOf(text).join(' ')

const placeOf = ({ place, caption, tag, column }: Block): string => `[${place} / ${caption} / ${tag} ${column}]`

/** The page with every number that is read another one. */
export function misprinted(html: string): string {
  return html.replace(/>[^<]+</g, (text) => text.replace(/\d(?!\d)/g, (last) => String((Number(last) + 1) % 10)))
}
