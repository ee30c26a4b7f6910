import type { Language } from '@tabiji/report'

/** Coming in and leaving, and pages that are not there. */
export type SignInWords = {
  readonly heading: string
  readonly out: string
  readonly name: string
  readonly nameWhy: string
  readonly token: string
  readonly tokenWhy: string
  readonly wrong: string
  readonly noName: string
  readonly slower: (seconds: number) => string
  readonly as: (name: string) => string
  readonly by: { readonly name: string; readonly token: string; readonly proxy: string }
  readonly may: { readonly read: string; readonly write: string }
  readonly goOn: string
  readonly missing: string
  readonly missingWhy: (path: string) => string
  readonly failed: string
  readonly failedWhy: string
  readonly refused: string
  readonly toJourneys: string
}

export const SIGN_IN_WORDS: Readonly<Record<Language, SignInWords>> = {
  en: {
    heading: 'Sign in',
    out: 'Sign out',
    name: 'Your name',
    nameWhy: 'It stands beside what you do here. On this machine nobody checks it.',
    token: 'Token',
    tokenWhy: 'One of those in the configuration (listen.api.tokens). It is not kept; you stay signed in for 12 hours.',
    wrong: 'No such token.',
    noName: 'Give a name of 1 to 100 characters.',
    slower: (seconds) => `Too many wrong tokens. Try again in ${seconds} s.`,
    as: (name) => `You are signed in as ${name}.`,
    by: {
      name: 'By a name alone, which nobody checked.',
      token: 'By a token.',
      proxy: 'By the proxy in front of this collector; sign out there.',
    },
    may: { read: 'You may read.', write: 'You may read and change things.' },
    goOn: 'Go on',
    missing: 'There is no such page',
    missingWhy: (path) => `Nothing is at ${path}. It may have been renamed in the journeys file, or be too old.`,
    failed: 'The collector failed',
    failedWhy: 'This page could not be made. The log of the collector says why; alerts do not depend on pages.',
    refused: 'Not possible',
    toJourneys: 'All journeys',
  },
  ja: {
    heading: 'サインイン',
    out: 'サインアウト',
    name: 'お名前',
    nameWhy: '操作の記録に残ります。このマシン上では本人確認は行いません。',
    token: 'トークン',
    tokenWhy: '設定ファイルのトークン（listen.api.tokens）です。トークン自体は保存されず、12時間有効です。',
    wrong: '該当するトークンがありません。',
    noName: '1〜100文字の名前を入力してください。',
    slower: (seconds) => `トークンの誤りが続いています。${seconds}秒後にもう一度お試しください。`,
    as: (name) => `${name}としてサインインしています。`,
    by: {
      name: '名前だけのサインインで、本人確認はされていません。',
      token: 'トークンによるサインインです。',
      proxy: '前段のプロキシによるサインインです。サインアウトはプロキシ側で行ってください。',
    },
    may: { read: '閲覧できます。', write: '閲覧と操作ができます。' },
    goOn: '続ける',
    missing: 'ページが見つかりません',
    missingWhy: (path) => `${path}には何もありません。ジャーニー定義で名前が変わったか、古くなった可能性があります。`,
    failed: 'コレクターでエラーが発生しました',
    failedWhy:
      'このページを作成できませんでした。原因はコレクターのログにあります。アラートはページの有無に影響されません。',
    refused: '実行できません',
    toJourneys: 'ジャーニー一覧',
  },
}
