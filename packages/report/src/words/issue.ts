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
  },
}
