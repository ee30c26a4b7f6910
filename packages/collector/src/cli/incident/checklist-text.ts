import type { ChecklistItem } from '@tabiji/core/incident'
import { printable } from '../terminal/printable.ts'

/** A list to read: what each item is called, what it says, by when. */
export function checklistLines(items: readonly ChecklistItem[], language: 'en' | 'ja'): string {
  const width = Math.max(...items.map(({ id }) => id.length))
  const lines = items.map(({ id, text, minutes, link, auto }) => {
    const more = [
      ...(minutes === undefined ? [] : [`within ${minutes} min`]),
      ...(auto === undefined ? [] : [`ticks itself: ${auto}`]),
      ...(link === undefined ? [] : [link]),
    ]
    return printable(`[ ] ${id.padEnd(width)}  ${text[language]}${more.length === 0 ? '' : ` (${more.join(', ')})`}`)
  })
  return `${lines.join('\n')}\n`
}

/** The list as a file that says of itself how it is changed. Texts are quoted as JSON, of which YAML knows every escape. */
export function checklistYaml(items: readonly ChecklistItem[], level: number): string {
  const head = [
    `# What to do first at level ${level}. Change it to what your team does, then name it in the configuration:`,
    `#   checklists: { ${level}: first-response.yaml }`,
    '# id: what an item is ticked by. text: at most 75 characters in each language. Optional: minutes (by when), link,',
    '# auto (ack, journeys, changes: it ticks itself from the record).',
    'items:',
  ]
  const lines = items.flatMap(({ id, text, minutes, link, auto }) => [
    `  - id: ${id}`,
    `    text: { en: ${JSON.stringify(text.en)}, ja: ${JSON.stringify(text.ja)} }`,
    ...(minutes === undefined ? [] : [`    minutes: ${minutes}`]),
    ...(link === undefined ? [] : [`    link: ${JSON.stringify(link)}`]),
    ...(auto === undefined ? [] : [`    auto: ${auto}`]),
  ])
  return `${[...head, ...lines].join('\n')}\n`
}
