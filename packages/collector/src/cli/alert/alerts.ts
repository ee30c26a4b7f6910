import { type Command, Option } from 'commander'
import { alertAnswer, alertList, type ShownAlert, type ShownAlertDetail } from '../measure/measure-answers.ts'
import { readDocument } from '../terminal/client.ts'
import type { Io } from '../terminal/io.ts'
import type { Output } from '../terminal/output.ts'
import { createCommand, examples } from '../terminal/program.ts'
import { openSession } from '../terminal/session.ts'
import { fields, section, table } from '../terminal/table.ts'
import { notificationLines } from './alert-gates.ts'
import { addHands } from './alert-hands.ts'
import { alertTime } from './alert-time.ts'

type Filter = { readonly state: string; readonly level?: string; readonly limit: string }

/** `tabiji alerts …`: what rings, and why somebody was, or was not, told. */
export function alertsCommand(io: Io): Command {
  const alerts = createCommand('alerts', io).description(
    'List alerts, take them, and explain who was told what and why.',
  )
  alerts.addHelpText(
    'before',
    examples(
      'tabiji alerts list',
      'tabiji alerts list --state all --level 1',
      'tabiji alerts explain A-0042',
      'tabiji alerts ack A-0042 --for 2h --note "rolling back"',
    ),
  )
  alerts
    .command('list')
    .description('List alerts, newest first.')
    .addOption(new Option('--state <state>', 'which ones').choices(['open', 'all']).default('open'))
    .addOption(new Option('--level <level>', 'of one level only').choices(['1', '2', '3']))
    .option('--limit <count>', 'how many at most', '100')
    .action(async (filter: Filter, command: Command) => {
      const { client, output } = openSession(command, io)
      const document = await client.get('/alerts', filter)
      output.answer(document, () => alertTable(readDocument(document, alertList).alerts, output))
    })
  alerts
    .command('explain')
    .description('Show an alert with its history, every gate’s verdict and every attempt to tell somebody.')
    .argument('<id>', 'such as A-0042')
    .action(async (id: string, _: unknown, command: Command) => {
      const { client, output } = openSession(command, io)
      const document = await client.get(`/alerts/${encodeURIComponent(id)}`)
      output.answer(document, () => alertPage(readDocument(document, alertAnswer), output))
    })
  addHands(alerts, io)
  return alerts
}

function alertTable(alerts: readonly ShownAlert[], output: Output): string {
  if (alerts.length === 0) return 'No alerts.\n'
  const rows = alerts.map((alert) => [
    alert.id,
    String(alert.level),
    stateOf(alert, output),
    alertTime(alert.episode.startedAt, alert),
    alert.facts.journey.name,
    subjectOf(alert),
  ])
  return table(['ID', 'LEVEL', 'STATE', 'SINCE', 'JOURNEY', 'OBJECTIVE OR RULE'], rows)
}

function alertPage(alert: ShownAlertDetail, output: Output): string {
  const { facts, episode, rule, receivers, toldBy } = alert
  const head = fields([
    ['state', stateOf(alert, output)],
    ['level', String(alert.level)],
    ['rule', rule],
    ['since', alertTime(episode.startedAt, alert)],
    ['resolved', episode.resolvedAt === undefined ? undefined : alertTime(episode.resolvedAt, alert)],
    ['drill', facts.drill === undefined ? undefined : `${facts.drill}: practice, in no number`],
    ['taken', takenOf(alert)],
    ['flapping', flappingOf(alert)],
    ['became', episode.raisedTo === undefined ? undefined : `a page: ${episode.raisedTo}`],
    ['note', facts.note],
    ['runbook', facts.runbook],
    ['receivers', toldBy === undefined ? receivers.join(', ') || 'none: nobody is told of this level' : rung(toldBy)],
  ])
  const history = alert.timeline.map((line) => [alertTime(line.at, alert), line.transition, detailOf(line, alert)])
  const told = alert.notifications.flatMap((notification) => notificationLines(notification, alert))
  const next = alert.next.map(({ at, kind, to = [] }) => [
    alertTime(at, alert),
    `${NEXT[kind] ?? kind} ${to.join(', ')}`,
  ])
  const title = `${alert.id}  ${facts.journey.title.en} / ${facts.journey.title.ja}`
  return `${output.style('bold', title)}\n${head}${section('History', history)}${section('Next', next)}${section('Notifications', told)}`
}

/** What is done when nothing else happens. */
const NEXT: Readonly<Record<string, string>> = {
  ack_expiry: 'nobody has it any more',
  escalation: 'if nobody takes it, goes to',
  reminder: 'if nobody takes it, is said again',
  ticket: 'if it is still open, is proposed as a ticket',
}

/** Somebody is told once, by whoever evaluates the rule. */
function rung(engine: string): string {
  return `none by this collector: ${engine} evaluates the same rule, and its Alertmanager tells`
}

/** The objective, or the name of the simple rule, which is the end of its id. */
function subjectOf({ rule, facts }: ShownAlert): string {
  if (facts.objective !== undefined) return facts.objective.name
  const name = rule.slice(rule.lastIndexOf('/') + 1)
  if (facts.cause.name !== undefined) return facts.cause.name
  return facts.cause.step === undefined ? name : `${facts.cause.step}: ${name}`
}

/** Who has it, until when, and what they said. */
function takenOf(alert: ShownAlert): string | undefined {
  const { ack } = alert.episode
  if (ack === undefined) return undefined
  const note = ack.note === undefined ? '' : `: ${ack.note}`
  return `by ${ack.by ?? 'somebody'} (${ack.via}) until ${alertTime(ack.until, alert)}${note}`
}

/** Its end is not told before it has been quiet for long; `flapping` stands in its history. */
function flappingOf({ episode, timeline }: ShownAlertDetail): string | undefined {
  const open = episode.state === 'firing' || episode.state === 'acked'
  if (!open || timeline.every(({ transition }) => transition !== 'flapping')) return undefined
  return `it came back ${episode.reopenings ?? 0} times; its end is told once it has been quiet for 30 min`
}

type Line = ShownAlertDetail['timeline'][number]

function detailOf({ transition, detail }: Line, alert: ShownAlertDetail): string {
  if (detail === undefined) return ''
  const { by, via, until, note, other } = detail
  const levels =
    alert.level === 1 ? `beside ${other}` : transition === 'lowered' ? `${other} is over` : `became ${other}`
  return [
    other === undefined ? '' : levels,
    by === undefined ? '' : `by ${by}`,
    via === undefined ? '' : `(${via})`,
    until === undefined ? '' : `until ${alertTime(until, alert)}`,
    note ?? '',
  ]
    .filter((part) => part !== '')
    .join(' ')
}

function stateOf({ episode, facts }: ShownAlert, output: Output) {
  const unread = episode.unreadSince === undefined ? '' : ', NOT READ'
  const by = episode.ack?.by === undefined ? '' : ` by ${episode.ack.by}`
  const text = `${facts.drill === undefined ? '' : 'DRILL '}${episode.state.toUpperCase()}${by}${unread}`
  return { text, paint: (shown: string) => output.style(episode.state === 'firing' ? 'red' : 'dim', shown) }
}
