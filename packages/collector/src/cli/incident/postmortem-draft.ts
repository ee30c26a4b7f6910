import {
  fishboneOf,
  generatedParts,
  lintPostmortem,
  mergeBlocks,
  newDraft,
  PICTURE,
  type PostmortemLanguage,
  type PostmortemRecord,
  publishingGate,
  recordedCauses,
  restate,
} from '@tabiji/core/postmortem'
import { type Command, Option } from 'commander'
import { readDocument } from '../terminal/client.ts'
import type { Io } from '../terminal/io.ts'
import type { Output } from '../terminal/output.ts'
import { keyArgument } from '../terminal/program.ts'
import { byOption, openSession, scribeOf } from '../terminal/session.ts'
import { isThere, readPostmortemFile, refusedFile, writeFileWhole } from './postmortem-file.ts'
import { owedOf } from './postmortem-list.ts'
import { drawBeside, pictureOf } from './postmortem-picture.ts'
import { recordOf } from './postmortem-record.ts'

type Drafted = { readonly lang: PostmortemLanguage; readonly out?: string; readonly owner?: string }

/** `tabiji postmortem draft | check | review | publish`. The text is a file of whoever writes it; its state is on record. */
export function addDraft(postmortem: Command, io: Io): void {
  postmortem
    .command('draft')
    .description('Write a draft from the record. Again, it renews what nobody edited and keeps what people wrote.')
    .addArgument(keyArgument('INC-0007'))
    .addOption(new Option('--lang <language>', 'of a new draft').choices(['en', 'ja']).default('en'))
    .option(
      '--out <file>',
      'where the text is kept (default: in `postmortems.folder` of the configuration, else it is only printed)',
    )
    .option('--owner <name>', 'who writes it')
    .addOption(byOption())
    .action(async (key: string, said: Drafted, command: Command) => {
      const { client, output } = openSession(command, io)
      const owed = readDocument(await client.get(`/incidents/${key}/postmortem`), owedOf)
      const file = said.out ?? owed.file
      const due = owed.duty?.due
      if (file !== undefined && isThere(file)) {
        const { front } = readPostmortemFile(file)
        return redraft(await recordOf(client, key, front.language), file, due, output)
      }
      const record = await recordOf(client, key, said.lang)
      const { lang: language, owner } = said
      const stated = { ...(owner !== undefined && { owner }) }
      const draft = { language, ...stated, ...(due !== undefined && { due }) }
      if (file === undefined) {
        const text = newDraft(record, draft)
        return output.answer({ incident: key, text }, () => text)
      }
      const picture = drawBeside(file, fishboneOf(record), said.lang, undefined)
      const { hash } = picture
      const beside = { name: pictureOf(file), ...(hash !== undefined && { hash }) }
      writeFileWhole(file, newDraft(record, { ...draft, picture: beside }))
      const by = scribeOf(command, io)
      const told = { state: 'draft', file, ...stated, ...(by !== undefined && { by }) }
      await client.post(`/incidents/${key}/postmortem`, told)
      output.answer({ incident: key, file, conflicts: [] }, () => `${key}: drafted in ${file}\n`)
      tellPicture(picture.conflict, output)
      output.note(`next: write what stands in ⟪…⟫, then: tabiji postmortem check ${file}`)
    })
}

function redraft(record: PostmortemRecord, file: string, due: string | undefined, output: Output): void {
  const { front, text } = readPostmortemFile(file)
  const { key } = record.incident
  if (front.incident !== key) {
    const message = `Expected ${file} to be about ${key}, but it is about ${front.incident}`
    throw refusedFile([
      { code: 'POSTMORTEM_OTHER', severity: 'error', message, path: [], hint: 'say another file with --out' },
    ])
  }
  // The causes of the file have evidence and whys that the record does not keep.
  const parts = generatedParts(record, front.causes, front.language, pictureOf(file))
  const { text: merged, hashes, conflicts } = mergeBlocks(text, parts, front.generated)
  const { hash, conflict } = drawBeside(file, front.causes, front.language, front.generated[PICTURE])
  const generated = { ...hashes, ...(hash !== undefined && { [PICTURE]: hash }) }
  writeFileWhole(file, restate(merged, { generated, ...(due !== undefined && { due }) }))
  output.answer({ incident: key, file, conflicts }, () => `${key}: ${file} renewed\n`)
  for (const { name, line, fresh } of conflicts) {
    output.note(
      `${file}:${line}: \`${name}\` was edited and the record says something new; empty the block to take it:\n${fresh}`,
    )
  }
  tellPicture(conflict, output)
}

function tellPicture(conflict: string | undefined, output: Output): void {
  if (conflict === undefined) return
  output.note(`${conflict}: somebody changed the picture, so it stays as it is; take it away to have it drawn anew`)
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
      const causes = recordedCauses(front.causes)
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
