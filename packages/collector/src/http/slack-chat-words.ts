import type { MeantIncident } from '../ports/incident-chat.ts'
import { escapeSlackText } from '../wire/slack-text.ts'

/** What people in Slack are answered when they write on a timeline. Slots are names and texts, already made harmless. */
export type SlackChatWords = {
  readonly usage: string
  readonly noIncident: string
  readonly unknownIncident: (key: string) => string
  readonly manyIncidents: (keys: string) => string
  readonly written: (key: string, id: string, text: string) => string
  readonly refused: (why: string) => string
  readonly decisionParts: string
  readonly lastLines: (key: string) => string
  readonly noLines: (key: string) => string
  readonly pinned: (key: string) => string
  readonly unseen: string
  readonly unpinned: string
}

/** Why it is not clear which incident is meant. */
export function unclear(meant: Exclude<MeantIncident, { kind: 'found' }>, words: SlackChatWords): string {
  switch (meant.kind) {
    case 'none':
      return words.noIncident
    case 'unknown':
      return words.unknownIncident(escapeSlackText(meant.key))
    case 'many':
      return words.manyIncidents(meant.keys.join(', '))
  }
}

export const SLACK_CHAT_WORDS: Readonly<Record<'en' | 'ja', SlackChatWords>> = {
  en: {
    usage:
      'Write `/tabiji log 13:52 rolled back payments`, `/tabiji decide knew: … | options: a; b | choice: … | why: …` or `/tabiji show`. With more than one incident, name it first: `/tabiji log INC-0007 …`',
    noIncident: 'No incident is open, so there is no timeline to write on.',
    unknownIncident: (key) => `There is no incident ${key}.`,
    manyIncidents: (keys) =>
      `More than one incident is open (${keys}). Name the one you mean: \`/tabiji log INC-0007 …\``,
    written: (key, id, text) => `Written down in ${key} as ${id}: ${text}`,
    refused: (why) => `That could not be written down: ${why}`,
    decisionParts:
      'A decision says what was known, what was chosen and why: `/tabiji decide knew: … | options: a; b | choice: … | why: …`',
    lastLines: (key) => `The last lines of ${key}:`,
    noLines: (key) => `Nothing stands on the timeline of ${key} yet.`,
    pinned: (key) => `Taken over into the timeline of ${key}. Take the pin off to strike it out.`,
    unseen: 'That message cannot be read: invite the bot to the channel, or look at its rights.',
    unpinned: 'the pin was taken off in Slack',
  },
  ja: {
    usage:
      '`/tabiji log 13:52 決済をロールバック`、`/tabiji decide knew: … | options: a; b | choice: … | why: …`、`/tabiji show` のように入力してください。対応中のインシデントが複数あるときは、先に番号を書きます：`/tabiji log INC-0007 …`',
    noIncident: '対応中のインシデントがないため、書き込むタイムラインがありません。',
    unknownIncident: (key) => `${key}というインシデントはありません。`,
    manyIncidents: (keys) =>
      `対応中のインシデントが複数あります（${keys}）。番号を指定してください：\`/tabiji log INC-0007 …\``,
    written: (key, id, text) => `${key}に${id}として記録しました：${text}`,
    refused: (why) => `記録できませんでした：${why}`,
    decisionParts:
      '判断には、わかっていたこと・選んだもの・理由が必要です：`/tabiji decide knew: … | options: a; b | choice: … | why: …`',
    lastLines: (key) => `${key}の最新の記録：`,
    noLines: (key) => `${key}のタイムラインにはまだ何もありません。`,
    pinned: (key) => `${key}のタイムラインに取り込みました。ピンを外すと取り消し線つきになります。`,
    unseen: 'このメッセージを読み取れません。チャンネルにボットを招待するか、ボットの権限を確認してください。',
    unpinned: 'Slackでピンが外された',
  },
}
