import type { Command } from 'commander'
import type { Io } from '../terminal/io.ts'
import { ask } from '../terminal/session.ts'
import { debtPage, statisticsPage } from './fix-statistics-text.ts'
import { statisticsAnswer as schema } from './statistics-answers.ts'

/** What a month says of the fixes, and what is still owed. */
export function addFixStatistics(fix: Command, io: Io): void {
  const pages = [
    ['stats', 'Show how the fixes of a month went, and how its incidents were answered.', statisticsPage],
    ['debt', 'Show what open fixes expose, what came back meanwhile, and incidents that led to no fix.', debtPage],
  ] as const
  for (const [name, does, shows] of pages) {
    fix
      .command(name)
      .description(does)
      .option('--month <month>', 'YYYY-MM (default: the month that runs)')
      .action((query: { readonly month?: string }, command: Command) =>
        ask(command, io, { path: '/statistics', query, schema, shows }),
      )
  }
}
