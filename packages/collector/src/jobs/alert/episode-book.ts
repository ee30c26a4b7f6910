import { isOpen } from '@tabiji/core/alert'
import type { AlertCommit, AlertStore, EpisodeRecord } from '../../ports/alert-store.ts'

/**
 * The episodes that are not closed, in memory as they are on disk. Everybody who changes one goes through the same book:
 * evaluation, whoever takes an alert, and the timers.
 */
export type EpisodeBook = {
  /** By rule; of the real alerts, or of one drill. */
  readonly open: ReadonlyMap<string, EpisodeRecord>
  /** Those of drills as well, in the order of their numbers. */
  all(): readonly EpisodeRecord[]
  find(id: string): EpisodeRecord | undefined
  /** Writes what changed, then remembers it: after a commit that failed everybody finds what was before. */
  commit(commit: AlertCommit): void
  /** The same book, opened at the alerts of a drill. */
  of(drill: string): EpisodeBook
}

export function openEpisodeBook(store: Pick<AlertStore, 'openEpisodes' | 'commitAlerts'>): EpisodeBook {
  const shelves = new Map<string | undefined, Map<string, EpisodeRecord>>()
  const shelfOf = (drill: string | undefined) => {
    const shelf = shelves.get(drill) ?? new Map<string, EpisodeRecord>()
    shelves.set(drill, shelf)
    return shelf
  }
  for (const record of store.openEpisodes()) shelfOf(record.facts.drill).set(record.rule, record)
  const commit = (committed: AlertCommit) => {
    store.commitAlerts(committed)
    for (const record of committed.episodes) {
      const shelf = shelfOf(record.facts.drill)
      if (record.episode.state === 'closed') shelf.delete(record.rule)
      else shelf.set(record.rule, record)
    }
  }
  const everything = () => [...shelves.values()].flatMap((shelf) => [...shelf.values()])
  const all = () => everything().sort((a, b) => numberOf(a) - numberOf(b))
  const find = (id: string) => everything().find((record) => record.id === id)
  const bookOf = (drill?: string): EpisodeBook => ({ open: shelfOf(drill), all, find, commit, of: bookOf })
  return bookOf()
}

/** The store as everybody asks it: what is open is told from the book, without the disk. Only the book may commit. */
export function readByBook(store: AlertStore, book: EpisodeBook): AlertStore {
  return {
    ...store,
    openEpisodes: book.all,
    listEpisodes: (filter) => (filter.state === 'open' ? openOf(book.all(), filter) : store.listEpisodes(filter)),
  }
}

type OpenFilter = Omit<Parameters<AlertStore['listEpisodes']>[0], 'state'>

function openOf(records: readonly EpisodeRecord[], { level, limit }: OpenFilter) {
  return records
    .filter((record) => isOpen(record.episode) && (level === undefined || record.level === level))
    .sort((a, b) => a.level - b.level || numberOf(b) - numberOf(a))
    .slice(0, limit)
}

/** `A-10000` comes after `A-9999`. */
function numberOf({ id }: EpisodeRecord): number {
  return Number(id.slice(2))
}
