import type { Timer } from '@tabiji/core/alert'
import type { AlertStore } from '../ports/alert-store.ts'
import type { Sqlite } from './database.ts'

/** Timers are rows, so that no restart forgets what is due. */
export function timerQueries(database: Sqlite): Pick<AlertStore, 'dueTimers' | 'timersOf'> {
  const due = database.prepare(
    `SELECT episode, kind, step, since, due FROM timer
     WHERE episode IN (SELECT episode FROM timer WHERE due <= ?) ORDER BY episode, due, kind, step`,
  )
  const ofEpisode = database.prepare(
    'SELECT episode, kind, step, since, due FROM timer WHERE episode = ? ORDER BY due, kind, step',
  )
  return {
    dueTimers: (now) => due.all(now) as Timer[],
    timersOf: (episode) => ofEpisode.all(episode) as Timer[],
  }
}

/** Gives an episode the timers that it has from now on, within the transaction of the caller. */
export function prepareTimers(database: Sqlite): (episode: string, timers: readonly Timer[]) => void {
  const clear = database.prepare('DELETE FROM timer WHERE episode = ?')
  const add = database.prepare(
    'INSERT INTO timer (episode, kind, step, since, due) VALUES (@episode, @kind, @step, @since, @due)',
  )
  return (episode, timers) => {
    clear.run(episode)
    for (const timer of timers) add.run(timer)
  }
}
