import type { Language } from '@tabiji/report'

/** Forms that were not taken because of who sent them, or from where. */
export type RefusedWords = {
  /** The form is ours, and the browser has lost the session in which its page was made. */
  readonly lapsed: string
  /** What to do when that happens again. */
  readonly noCookies: string
  readonly sendTyped: string
  readonly foreign: string
  readonly foreignWhy: string
  readonly foreignHow: string
  readonly openAgain: string
  /** Beside what somebody typed who is not signed in any more. */
  readonly signInBeside: string
  readonly signIn: string
}

export const REFUSED_WORDS: Readonly<Record<Language, RefusedWords>> = {
  en: {
    lapsed: 'Nothing was done: since this page was opened, the browser was closed or its cookies were deleted.',
    noCookies: 'If this happens again, the browser keeps no cookies of this address. Allow them.',
    sendTyped: 'What you typed stands here. Look at it, and send it again.',
    foreign: 'This form is not from here',
    foreignWhy: 'Nothing was done: the form was sent by a page that this collector did not make for this browser.',
    foreignHow:
      'If you pressed something on another site, there is nothing to do here. If you pressed it here, open the page again and send it from there.',
    openAgain: 'Open the page again',
    signInBeside:
      'You are not signed in any more. Sign in in another tab, then send this again: it stays as you typed it.',
    signIn: 'Sign in in another tab',
  },
  ja: {
    lapsed: '実行していません。このページを開いたあとに、ブラウザーが閉じられたか、Cookieが削除されました。',
    noCookies: '繰り返し表示される場合は、ブラウザーがこのアドレスのCookieを保存していません。保存を許可してください。',
    sendTyped: '入力した内容は下に残っています。確認して、もう一度送信してください。',
    foreign: 'このコレクターのフォームではありません',
    foreignWhy:
      '実行していません。このコレクターがこのブラウザーのために作ったものではないページから、フォームが送信されました。',
    foreignHow:
      '別のサイトで何かを押した場合、ここですることはありません。この画面で操作した場合は、ページを開き直してから送信してください。',
    openAgain: 'ページを開き直す',
    signInBeside:
      'サインインの有効期限が切れました。別のタブでサインインしてから、もう一度送信してください。入力内容はこのまま残ります。',
    signIn: '別のタブでサインイン',
  },
}
