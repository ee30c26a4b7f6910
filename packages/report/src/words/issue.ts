import type { Language } from './language.ts'

/** What the stamp of an issued report says. */
export type IssueWords = {
  readonly issued: (revision: string, at: string) => string
  readonly by: (name: string) => string
  readonly hash: (sha256: string, version: string) => string
  /** The section of a report that was issued again. */
  readonly heading: (revision: string) => string
  readonly because: (reason: string) => string
  readonly same: string
  readonly changes: string
  readonly figure: string
  readonly before: string
  readonly after: string
  /** Where there are more differences than a table shows. */
  readonly more: (count: string) => string
  /** The status of a month that is over and that nobody has issued. */
  readonly draft: string
  /** Why it was issued although something was missing. */
  readonly partMonth: (dataUntil: string, reason: string) => string
  readonly incomplete: (dataUntil: string, reason: string) => string
  /** A copy that a later version made of what was issued. */
  readonly renderedBy: (version: string, issuedBy: string) => string
}

export const ISSUE_WORDS: Readonly<Record<Language, IssueWords>> = {
  en: {
    issued: (revision, at) => `Issued ${at}, revision ${revision}.`,
    by: (name) => `Issued by ${name}.`,
    hash: (sha256, version) => `SHA-256 of the facts: ${sha256}. Tabiji ${version}.`,
    heading: (revision) => `What changed with revision ${revision}`,
    because: (reason) => `Reason: ${reason}`,
    same: 'No figure is different.',
    changes: 'Figures that are different',
    figure: 'Figure',
    before: 'Before',
    after: 'Now',
    more: (count) => `Figures that differ besides: ${count}.`,
    draft: 'Draft: not issued yet, numbers can still change',
    partMonth: (dataUntil, reason) =>
      `The month was not over when this was issued; data until ${dataUntil}. Reason: ${reason}`,
    incomplete: (dataUntil, reason) =>
      `Data were incomplete when this was issued; data until ${dataUntil}. Reason: ${reason}`,
    renderedBy: (version, issuedBy) =>
      `Rendered by Tabiji ${version} from the figures that Tabiji ${issuedBy} issued; wording and layout may differ from what was issued.`,
  },
  ja: {
    issued: (revision, at) => `${at}に確定、第${revision}版。`,
    by: (name) => `確定者：${name}`,
    hash: (sha256, version) => `数値のSHA-256：${sha256}。Tabiji ${version}。`,
    heading: (revision) => `第${revision}版での変更点`,
    because: (reason) => `理由：${reason}`,
    same: '数値の変更はありません。',
    changes: '変わった数値',
    figure: '項目',
    before: '変更前',
    after: '変更後',
    more: (count) => `このほかに${count}件の数値が変わりました。`,
    draft: '下書き：まだ確定していないため、数値は変わることがあります',
    partMonth: (dataUntil, reason) => `月の途中で確定しました（${dataUntil}までのデータ）。理由：${reason}`,
    incomplete: (dataUntil, reason) =>
      `データがそろわないまま確定しました（${dataUntil}までのデータ）。理由：${reason}`,
    renderedBy: (version, issuedBy) =>
      `Tabiji ${issuedBy}で確定した数値をTabiji ${version}で表示しています。文言や体裁は確定時と異なることがあります。`,
  },
}
