/** Buttons in Slack, and what is said to who pressed one. */
export type SlackWords = {
  readonly acknowledge: string
  readonly openIncident: string
  /** The same button once there is one. */
  readonly seeIncident: (incident: string) => string
  /** Before what the message said until now. */
  readonly before: string
  readonly taken: (episode: string, by: string) => string
  readonly opened: (episode: string, incident: string) => string
  readonly isOpen: (episode: string, incident: string) => string
  readonly over: (episode: string) => string
  readonly refused: (episode: string, message: string) => string
}

export const SLACK_EN: SlackWords = {
  acknowledge: 'I have it',
  openIncident: 'Open an incident',
  seeIncident: (incident) => `Incident ${incident}`,
  before: 'Until now this message said:',
  taken: (episode, by) =>
    `${episode} is yours, ${by}. Reminders wait for you; the alert itself goes on until it is over.`,
  opened: (episode, incident) =>
    `${incident} is open for ${episode}. Take a role and tick what is done in the thread of this message; ask for help early.`,
  isOpen: (episode, incident) =>
    `${incident} is about ${episode} already. Its roles and its checklist are in the thread of this message.`,
  over: (episode) => `${episode} is over: there is nothing left to take.`,
  refused: (episode, message) => `Nothing was done about ${episode}: ${message}`,
}

export const SLACK_JA: SlackWords = {
  acknowledge: '対応します',
  openIncident: 'インシデントを開く',
  seeIncident: (incident) => `インシデント${incident}`,
  before: '更新前の内容:',
  taken: (episode, by) =>
    `${episode}は${by}さんの担当になりました。催促は止まりますが、アラート自体は解消するまで続きます。`,
  opened: (episode, incident) =>
    `${episode}のインシデント${incident}を開きました。このメッセージのスレッドで役割を引き受け、終わった項目にチェックを付けてください。応援は早めに呼びましょう。`,
  isOpen: (episode, incident) =>
    `${episode}のインシデント${incident}はすでに開かれています。役割とチェックリストはこのメッセージのスレッドにあります。`,
  over: (episode) => `${episode}はすでに解消しています。引き受ける必要はありません。`,
  refused: (episode, message) => `${episode}の操作はできませんでした: ${message}`,
}
