import { isAboutAlert, isBeginning } from '@tabiji/core/alert'
import type { OutboxRow } from '../../ports/alert-store.ts'
import type { Notification, ToDo } from '../../ports/notifier.ts'

/** Whoever is paged reads what to do where they are paged; what is less urgent has time to be looked up. */
export function firstOf(
  { level, facts }: Pick<OutboxRow, 'level' | 'facts'>,
  toDo: ((episode: string) => ToDo | undefined) | undefined,
): Pick<Notification, 'toDo'> {
  const isPage = level === 1 && isAboutAlert(facts) && isBeginning(facts.kind)
  const told = isPage ? toDo?.(facts.episode) : undefined
  return told === undefined ? {} : { toDo: told }
}
