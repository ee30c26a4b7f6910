import { type Block, paragraph, table } from './block.ts'
import type { Context } from './context.ts'

/** The first line of an issued report; nothing of a draft. */
export function issueLine({ words, figures, issue }: Context): string | undefined {
  return issue && words.issue.issued(figures.count(issue.revision), figures.stamp(issue.issuedAt))
}

/** What was missing when it was issued; nothing of a whole month, and of a draft. */
export function despiteLine({ words, figures, facts, issue }: Context): string | undefined {
  if (issue?.despite === undefined) return undefined
  const { what, reason } = issue.despite
  const say = what === 'part_month' ? words.issue.partMonth : words.issue.incomplete
  return say(figures.stamp(facts.dataUntil), reason)
}

/** Lines at the end, by which a copy can be compared with what was issued. */
export function issueFooter({ words, issue, withPeople, version }: Context): readonly string[] {
  if (issue === undefined) return []
  const { by, sha256, version: issuedBy } = issue
  return [
    ...(withPeople && by !== undefined ? [words.issue.by(by)] : []),
    words.issue.hash(sha256, issuedBy),
    ...(version === undefined || version === issuedBy ? [] : [words.issue.renderedBy(version, issuedBy)]),
  ]
}

/** Why a report was issued again, and every figure that reads otherwise than before. */
export function composeIssue({ words, figures, issue }: Context): Block[] {
  if (issue?.reason === undefined) return []
  const { changes = [], moreChanges = 0, reason, revision } = issue
  const { heading, because, same, changes: caption, figure, before, after, more } = words.issue
  return [
    { type: 'heading', level: 2, text: heading(figures.count(revision)), anchor: 'revision' },
    ...paragraph(because(reason), changes.length === 0 ? same : undefined),
    ...table(
      caption,
      [{ label: figure, header: true }, { label: before }, { label: after }],
      changes.map((change) => [{ text: change.path }, { text: change.before ?? '' }, { text: change.after ?? '' }]),
    ),
    ...paragraph(moreChanges > 0 ? more(figures.count(moreChanges)) : undefined),
  ]
}
