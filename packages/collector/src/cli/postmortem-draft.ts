import {
  draftBody,
  fishboneOf,
  generatedParts,
  hashesOf,
  lintPostmortem,
  mergeBlocks,
  type PostmortemLanguage,
  type PostmortemRecord,
  publishingGate,
  restate,
  writePostmortem,
} from '@tabiji/core/postmortem'
import { type Command, Option } from 'commander'
import type { Io } from './io.ts'
import type { Output } from './output.ts'
import { isThere, readPostmortemFile, refusedFile, writeFileWhole } from './postmortem-file.ts'
import { recordOf } from './postmortem-record.ts'
import { keyArgument } from './program.ts'
import { byOption, openSession, scribeOf } from './session.ts'

type Drafted = {
  readonly lang: PostmortemLanguage
  readonly out?: string
  readonly owner?: string
  readonly due?: string
}

/** `tabiji postmortem draft | check | review | publish`. The text is a file of whoever writes it; its state is on record. */
export function addDraft(postmortem: Command, io: Io): void {
  postmortem
    .command('draft')
    .description('Write a draft from the record. Again, it renews what nobody edited and keeps what people wrote.')
    .addArgument(keyArgument('INC-0007'))
    .addOption(new Option('--lang <language>', 'of a new draft').choices(['en', 'ja']).default('en'))
    .option('--out <file>', 'where the text is kept (default: it is only printed)')
    .option('--owner <name>', 'who writes it')
    .option('--due <date>', 'YYYY-MM-DD, by when it is published')
    .addOption(byOption())
    .action(async (key: string, said: Drafted, command: Command) => {
      const { client, output } = openSession(command, io)
      if (said.out !== undefined && isThere(said.out)) {
        const { front } = readPostmortemFile(said.out)
        return redraft(await recordOf(client, key, front.language), said.out, output)
      }
      const record = await recordOf(client, key, said.lang)
      const text = newDraft(record, said)
      if (said.out === undefined) return output.answer({ incident: key, text }, () => text)
      writeFileWhole(said.out, text)
      const by = scribeOf(command, io)
      const stated = {
        file: said.out,
        ...(said.owner !== undefined && { owner: said.owner }),
        ...(by !== undefined && { by }),
      }
      await client.post(`/incidents/${key}/postmortem`, { state: 'draft', ...stated })
      output.answer({ incident: key, file: said.out, conflicts: [] }, () => `${key}: drafted in ${said.out}\n`)
      output.note(`next: write what stands in ⟪…⟫, then: tabiji postmortem check ${said.out}`)
    })
}

function newDraft(record: PostmortemRecord, { lang, owner, due }: Drafted): string {
  const causes = fishboneOf(record)
  const parts = generatedParts(record, causes, lang)
  const stated = { ...(owner !== undefined && { owner }), ...(due !== undefined && { due }) }
  const front = { incident: record.incident.key, language: lang, state: 'draft', ...stated, causes } as const
  return writePostmortem({ ...front, generated: hashesOf(parts) }, draftBody(record, parts, lang))
}

function redraft(record: PostmortemRecord, file: string, output: Output): void {
  const { front, text } = readPostmortemFile(file)
  const { key } = record.incident
  if (front.incident !== key) {
    const message = `Expected ${file} to be about ${key}, but it is about ${front.incident}`
    throw refusedFile([
      { code: 'POSTMORTEM_OTHER', severity: 'error', message, path: [], hint: 'say another file with --out' },
    ])
  }
  // The causes of the file have evidence and whys that the record does not keep.
  const parts = generatedParts(record, front.causes, front.language)
  const { text: merged, hashes, conflicts } = mergeBlocks(text, parts, front.generated)
  writeFileWhole(file, restate(merged, { generated: hashes }))
  output.answer({ incident: key, file, conflicts }, () => `${key}: ${file} renewed\n`)
  for (const { name, line, fresh } of conflicts) {
    output.note(
      `${file}:${line}: \`${name}\` was edited and the record says something new; empty the block to take it:\n${fresh}`,
    )
  }
}

/** What is still missing, and hints; then how far it is, said to the collector. */
export function addStates(postmortem: Command, io: Io): void {
  postmortem
    .command('check')
    .description('Say what speaks against publishing, and hint at words that blame.')
    .argument('<file>', 'a postmortem')
    .action(async (file: string, _: object, command: Command) => {
      const { client, output } = openSession(command, io)
      const document = readPostmortemFile(file)
      const record = await recordOf(client, document.front.incident, document.front.language)
      const problems = publishingGate(document, record, file)
      const hints = lintPostmortem(document.text, file, record.incident.people)
      for (const { at, found, instead } of hints)
        output.note(`${file}:${at.line}:${at.column}: hint: ${found}; ${instead}`)
      if (problems.length > 0) throw refusedFile(problems, 1)
      output.answer({ incident: document.front.incident, problems, hints }, () => 'Ready to be published.\n')
    })
  addState(postmortem, io, 'review', 'inReview', 'Say that it is written and somebody is to read it.')
  addState(
    postmortem,
    io,
    'publish',
    'published',
    'Publish it: with numbers, with fixes that somebody does by a date, without holes.',
  )
}

function addState(postmortem: Command, io: Io, verb: string, state: 'inReview' | 'published', does: string): void {
  postmortem
    .command(verb)
    .description(does)
    .argument('<file>', 'a postmortem')
    .addOption(byOption())
    .action(async (file: string, _: object, command: Command) => {
      const { client, output } = openSession(command, io)
      const document = readPostmortemFile(file)
      const { front, text } = document
      const key = front.incident
      if (state === 'published') {
        const problems = publishingGate(document, await recordOf(client, key, front.language), file)
        if (problems.length > 0) throw refusedFile(problems, 1)
      }
      const by = scribeOf(command, io)
      const { owner, noFix } = front
      const stated = {
        ...(owner !== undefined && { owner }),
        ...(noFix !== undefined && { noFix }),
        ...(by !== undefined && { by }),
      }
      const causes = front.causes.bones.flatMap(({ name, causes }) =>
        causes.map(({ id, text, fix }) => ({ id, text, bone: name, ...(fix !== undefined && { fix }) })),
      )
      await client.post(`/incidents/${key}/postmortem`, { state, file, causes, ...stated })
      writeFileWhole(file, restate(text, { state }))
      output.answer(
        { incident: key, file, state },
        () => `${key}: the postmortem is ${state === 'inReview' ? 'in review' : state}\n`,
      )
      output.note(
        `next: ${state === 'inReview' ? `tabiji postmortem publish ${file}` : `tabiji fix list --incident ${key}`}`,
      )
    })
}
