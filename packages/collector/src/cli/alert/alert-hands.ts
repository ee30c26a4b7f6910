import type { Command } from 'commander'
import { alertAnswer, type ShownAlertDetail } from '../measure/measure-answers.ts'
import type { Io } from '../terminal/io.ts'
import { keyArgument } from '../terminal/program.ts'
import { byOption, record } from '../terminal/session.ts'
import { alertTime } from './alert-time.ts'

const ALERT = 'A-0042'

/** `tabiji alerts ack`, `unack` and `noise`: says who has an alert, so that nobody else is woken for it, and whether it was worth it. */
export function addHands(alerts: Command, io: Io): void {
  alerts
    .command('ack')
    .description('Say that you have an alert. Reminders stop until the time is over; the alert itself goes on.')
    .addArgument(keyArgument(ALERT))
    .option('--for <duration>', 'for how long, up to 7d (default: 60m, and a level 2 until the next business day)')
    .option('--note <text>', 'what you are about to do')
    .addOption(byOption())
    .action((key: string, said: { readonly for?: string; readonly note?: string }, command: Command) => {
      const body = {
        ...(said.for !== undefined && { for: said.for }),
        ...(said.note !== undefined && { note: said.note }),
      }
      return record(command, io, {
        path: `/alerts/${key}/ack`,
        body,
        schema: alertAnswer,
        says: (alert) => `${key} is taken ${holderOf(alert)}`,
        next: () => `tabiji incident open "…" --episode ${key}`,
      })
    })
  alerts
    .command('unack')
    .description('Give an alert back: nobody has it any more, and reminders begin anew.')
    .addArgument(keyArgument(ALERT))
    .option('--note <text>', 'why')
    .addOption(byOption())
    .action((key: string, { note }: { readonly note?: string }, command: Command) =>
      record(command, io, {
        path: `/alerts/${key}/unack`,
        body: note === undefined ? {} : { note },
        schema: alertAnswer,
        says: () => `${key} is nobody’s`,
        next: () => `tabiji alerts explain ${key}`,
      }),
    )
  addJudging(alerts, io)
}

function addJudging(alerts: Command, io: Io): void {
  alerts
    .command('noise')
    .description(
      'Say that an alert asked nobody for anything. It goes on until its rule ends it; the report counts it.',
    )
    .addArgument(keyArgument(ALERT))
    .requiredOption('--reason <text>', 'why nobody had to act')
    .option('--undo', 'it was none after all')
    .addOption(byOption())
    .action((key: string, { reason, undo }: { readonly reason: string; readonly undo?: true }, command: Command) =>
      record(command, io, {
        path: `/alerts/${key}/${undo === true ? 'not-noise' : 'noise'}`,
        body: { reason },
        schema: alertAnswer,
        says: () => `${key} counts as ${undo === true ? 'an alert that was right' : 'noise'}`,
        next: () => `tabiji alerts explain ${key}`,
      }),
    )
}

function holderOf(alert: ShownAlertDetail): string {
  const { ack } = alert.episode
  if (ack === undefined) return ''
  return `${ack.by === undefined ? '' : `by ${ack.by} `}until ${alertTime(ack.until, alert)}`
}
