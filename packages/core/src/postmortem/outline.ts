import { type Cause, causesOf, type Fishbone } from './fishbone.ts'
import { boneTitle, type PostmortemLanguage } from './language.ts'
import { addressOf, markdown, oneLine } from './markdown.ts'

const WORDS = {
  en: { evidence: 'evidence', why: 'why: ', none: 'No causes yet.' },
  ja: { evidence: '根拠', why: 'なぜ：', none: '要因はまだありません。' },
} as const satisfies Record<PostmortemLanguage, object>

/** The fishbone as a nested Markdown list: all of it, also what the picture has no room for. Ends with a line break. */
export function outlineOf(fishbone: Fishbone, language: PostmortemLanguage): string {
  if (causesOf(fishbone).length === 0) return `${WORDS[language].none}\n`
  const bones = fishbone.bones.filter(({ causes }) => causes.length > 0)
  const lines = bones.flatMap(({ name, causes }) => [
    `- **${markdown(boneTitle(name, language))}**`,
    ...causes.flatMap((cause) => causeLines(cause, 1, language)),
  ])
  return `${lines.join('\n')}\n`
}

function causeLines(cause: Cause, depth: number, language: PostmortemLanguage): readonly string[] {
  const { evidence: word, why } = WORDS[language]
  const evidence = cause.evidence.map(
    (each, i) => `[${word}${cause.evidence.length > 1 ? ` ${i + 1}` : ''}](${addressOf(each)})`,
  )
  const parts = [markdown(cause.text), ...evidence, ...(cause.fix === undefined ? [] : [cause.fix])]
  const line = `${'  '.repeat(depth)}- ${depth > 1 ? why : ''}${parts.join(' · ')}`
  return [line, ...cause.why.flatMap((each) => causeLines(each, depth + 1, language))]
}

/** The fishbone for Mermaid's `ishikawa-beta`, whose form may still change; indentation makes the bones. */
export function ishikawaOf(fishbone: Fishbone, language: PostmortemLanguage): string {
  const causeLine = (cause: Cause, depth: number): readonly string[] => [
    `${'    '.repeat(depth)}${mermaid(cause.text)}`,
    ...cause.why.flatMap((each) => causeLine(each, depth + 1)),
  ]
  const bones = fishbone.bones.flatMap(({ name, causes }) => [
    `    ${mermaid(boneTitle(name, language))}`,
    ...causes.flatMap((cause) => causeLine(cause, 2)),
  ])
  return ['ishikawa-beta', `    ${mermaid(fishbone.effect)}`, ...bones, ''].join('\n')
}

/** `%%` would begin a comment, and a fence the end of the block that it stands in. */
function mermaid(text: string): string {
  return oneLine(text)
    .replace(/%%+/g, '%')
    .replace(/`/g, "'")
    .replace(/[<>]/g, (sign) => (sign === '<' ? '‹' : '›'))
}
