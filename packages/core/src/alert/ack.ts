import { type Ack, type Episode, isOpen, type Step } from './episode.ts'

/**
 * Somebody takes an episode, or renews that. Changes nothing on what is over, nothing by an ack that has run out already, and
 * nothing by one that is older than the one in force: a repeated or late message from elsewhere is harmless. It never ends
 * an episode; only the rule's own condition does.
 */
export function ackEpisode(current: Episode, ack: Ack, now: number): Step {
  const at = Math.min(ack.at, now)
  const held = current.ack
  const isNews = held === undefined || (at >= held.at && !isSame(held, { ...ack, at }))
  if (!isOpen(current) || ack.until <= now || !isNews) return unchanged(current)
  return { episode: { ...current, state: 'acked', ack: { ...ack, at } }, transitions: ['acked'] }
}

/** Who had it gives it back. */
export function unackEpisode(current: Episode): Step {
  return current.state === 'acked' ? { episode: withoutAck(current), transitions: ['unacked'] } : unchanged(current)
}

/** Nobody has it any more once its time is over. */
export function expireAck(current: Episode, now: number): Step {
  if (current.state !== 'acked' || (current.ack !== undefined && current.ack.until > now)) return unchanged(current)
  return { episode: withoutAck(current), transitions: ['ack_expired'] }
}

/** The same objective rings as a page now: that is another thing than what was taken. @param page the page's episode */
export function raiseEpisode(current: Episode, page: string): Step {
  if (!isOpen(current) || current.raisedTo === page) return unchanged(current)
  const released = unackEpisode(current)
  const episode = { ...(released.episode ?? current), raisedTo: page }
  return { episode, transitions: [...released.transitions, 'raised'] }
}

/** The page that it became is over, and it is not. */
export function lowerEpisode(current: Episode): Step {
  if (!isOpen(current) || current.raisedTo === undefined) return unchanged(current)
  const { raisedTo: _, ...episode } = current
  return { episode, transitions: ['lowered'] }
}

function withoutAck({ ack: _, ...rest }: Episode): Episode {
  return { ...rest, state: 'firing' }
}

function unchanged(episode: Episode): Step {
  return { episode, transitions: [] }
}

function isSame(a: Ack, b: Ack): boolean {
  return a.by === b.by && a.until === b.until && a.note === b.note && a.via === b.via
}
