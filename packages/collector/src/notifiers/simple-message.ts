import type { Cause } from '@tabiji/core/alert'
import { formatLimit } from '@tabiji/core/journey'
import type { Catalogue } from './words/catalogue.ts'
import { exactSpan, type Figures } from './words/figures.ts'

type SimpleCause = Extract<Cause, { readonly kind: 'simple' }>

/** What a simple rule saw, as a part of a title: `14 failed events in the last 5 min`. */
export function happening(
  { condition, step, seen, unread = [] }: SimpleCause,
  words: Catalogue,
  figures: Figures,
): string {
  if (condition.kind === 'absent') return words.simple.absent(unread, spanOf(condition.forMs, words))
  const { count = 0, of = 0 } = seen ?? {}
  const span = spanOf(condition.windowMs, words)
  if (!('ppm' in condition.limit)) return words.simple.count(condition.subject, step, figures.count(count), span)
  const percent = figures.share(count, of)
  return words.simple.share(condition.subject, step, percent, figures.count(count), figures.count(of), span)
}

/** The same as a sentence, with the limit that was passed. */
export function simpleLead(cause: SimpleCause, words: Catalogue, figures: Figures): string {
  const { condition } = cause
  const seen = happening(cause, words, figures)
  if (condition.kind === 'absent') return words.simple.unread(seen)
  const { kind, limit, forMs } = condition
  const lasting = forMs === undefined ? undefined : spanOf(forMs, words)
  const written = 'count' in limit ? figures.count(limit.count) : formatLimit(limit)
  return words.simple.lead(seen, kind, written, lasting)
}

function spanOf(ms: number, words: Catalogue): string {
  return words.span(...exactSpan(ms))
}
