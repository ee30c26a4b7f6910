import { ANNOTATION_KINDS } from '@tabiji/core/alert'
import { type Command, Option } from 'commander'
import { z } from 'zod'
import type { Io } from '../terminal/io.ts'
import type { Output } from '../terminal/output.ts'
import { printable } from '../terminal/printable.ts'
import { collect, createCommand, examples, keyArgument } from '../terminal/program.ts'
import { ask, byOption, keyOption, reasonOption, record } from '../terminal/session.ts'
import { table } from '../terminal/table.ts'
import { when } from '../terminal/when.ts'

const text = z.string().transform(printable)
const annotation = z.object({
  key: text,
  state: text,
  kind: text,
  title: text,
  at: text,
  by: text.optional(),
  service: text.optional(),
  journeys: z.array(text),
  url: text.optional(),
  phase: text.optional(),
})
const list = z.object({ annotations: z.array(annotation) })
type Shown = z.output<typeof annotation>

type Added = {
  readonly kind: string
  readonly at?: string
  readonly service?: string
  readonly journey?: readonly string[]
  readonly link?: string
  readonly key?: string
}

/** `tabiji annotate TITLE`: what changed, so that an alert that follows can say it. */
export function annotateCommand(io: Io): Command {
  return createCommand('annotate', io)
    .description('Record that something changed: alerts that begin within the hour after it say so.')
    .addHelpText(
      'before',
      examples(
        'tabiji annotate "payments@8c1f2e" --service payments',
        'tabiji annotate "payments@8c1f2e" --service payments --link "$CI_JOB_URL" --key "$CI_JOB_ID"',
        'tabiji annotate "new checkout for 10 %" --kind flag --journey checkout --at 13:36',
      ),
    )
    .argument('<title>', 'what changed, such as payments@8c1f2e')
    .addOption(new Option('--kind <what>', 'what kind of change it is').choices(ANNOTATION_KINDS).default('deploy'))
    .option('--at <time>', 'when it reached users: HH:MM today in the time zone of the journeys file, or ISO 8601')
    .option('--service <name>', 'the service that changed: told with alerts of the journeys that it feeds')
    .option('--journey <name>', 'a journey that it may touch; may be repeated (default: by the service)', collect)
    .option('--link <address>', 'where it can be looked at')
    .addOption(keyOption())
    .addOption(byOption())
    .action((title: string, { journey = [], link, key, ...said }: Added, command: Command) =>
      record(command, io, {
        path: '/annotations',
        body: { title, journeys: journey, ...said, ...(link !== undefined && { url: link }) },
        key,
        schema: annotation,
        says: (added) => `${added.key} ${added.kind} ${added.title} at ${when(added.at)}`,
        next: () => 'tabiji annotation list',
      }),
    )
}

const KEY = 'ANN-0001'

/** `tabiji annotation …`: what was recorded to have changed. */
export function annotationCommand(io: Io): Command {
  const annotations = createCommand('annotation', io).description('List what changed, or take back what was recorded.')
  annotations.addHelpText(
    'before',
    examples(
      'tabiji annotation list',
      'tabiji annotation list --kind deploy --journey checkout',
      'tabiji annotation withdraw ANN-0001 --reason "it was rolled out to staging only"',
    ),
  )
  annotations
    .command('list')
    .description('List changes, the latest first.')
    .addOption(new Option('--state <state>', 'which ones').choices(['active', 'withdrawn', 'all']).default('active'))
    .addOption(new Option('--kind <what>', 'of one kind only').choices(ANNOTATION_KINDS))
    .option('--journey <name>', 'that are told with alerts of a journey, or of all')
    .option('--limit <count>', 'how many at most', '100')
    .action((query: Readonly<Record<string, string>>, command: Command) =>
      ask(command, io, {
        path: '/annotations',
        query,
        schema: list,
        shows: ({ annotations: all }, output) => tableOf(all, output),
      }),
    )
  annotations
    .command('withdraw')
    .description('Take a change back: alerts do not tell of it any more. The list keeps it.')
    .addArgument(keyArgument(KEY))
    .addOption(reasonOption())
    .addOption(byOption())
    .action((key: string, { reason }: { readonly reason: string }, command: Command) =>
      record(command, io, {
        path: `/annotations/${key}/withdraw`,
        body: { reason },
        schema: annotation,
        says: () => `${key} withdrawn; alerts do not tell of it any more`,
        next: () => 'tabiji annotation list',
      }),
    )
  return annotations
}

function tableOf(all: readonly Shown[], output: Output): string {
  if (all.length === 0) return 'No annotations.\n'
  const rows = all.map((one) => [
    one.key,
    when(one.at),
    one.phase === undefined ? one.kind : `${one.kind}, ${one.phase}`,
    { text: one.title, paint: (shown: string) => (one.state === 'active' ? shown : output.style('dim', shown)) },
    one.service ?? '–',
    one.journeys.join(', ') || (one.service === undefined ? 'all' : 'by service'),
    one.by ?? '–',
    one.state === 'active' ? '' : one.state.toUpperCase(),
  ])
  return table(['KEY', 'AT', 'KIND', 'TITLE', 'SERVICE', 'JOURNEYS', 'BY', ''], rows)
}
