import { DASHBOARD_LANGUAGES, type DashboardLanguage, journeysDashboard } from '@tabiji/core/series'
import { type Command, Option } from 'commander'
import type { Io } from '../terminal/io.ts'
import { outputOf } from '../terminal/output.ts'
import { createCommand, examples } from '../terminal/program.ts'

/** `tabiji grafana`: a dashboard of the journeys, made of the names that the collector exposes. */
export function grafanaCommand(io: Io): Command {
  return createCommand('grafana', io)
    .description("Write a Grafana dashboard of the journeys, for a Prometheus that scrapes the collector's /metrics.")
    .addHelpText('before', examples('tabiji grafana > dashboard.json', 'tabiji grafana --lang ja > dashboard.ja.json'))
    .addOption(new Option('--lang <language>', 'of titles and columns').choices(DASHBOARD_LANGUAGES).default('en'))
    .action(({ lang }: { readonly lang: DashboardLanguage }, command: Command) => {
      const dashboard = journeysDashboard(lang)
      outputOf(command, io).answer(dashboard, () => `${JSON.stringify(dashboard, null, 2)}\n`)
    })
}
