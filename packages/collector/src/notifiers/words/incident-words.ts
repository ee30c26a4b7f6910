import type { HandoverFacts, IncidentFacts } from '@tabiji/core/alert'

type Role = keyof IncidentFacts['roles']

/** How an incident stands, who does what about it, and what is said to who takes a role or passes one on. */
export type IncidentWords = {
  readonly title: (incident: string, status: string, title: string) => string
  readonly status: Readonly<Record<IncidentFacts['status'], string>>
  /** Since when users are hurt, and until when they were. */
  readonly lead: (since: string, until: string | undefined) => string
  readonly over: (since: string, resolved: string) => string
  /** In place of a status, once it is part of another one. */
  readonly merged: string
  readonly partOf: (into: string) => string
  readonly role: Readonly<Record<Role, string>>
  /** Buttons by which somebody takes a role. */
  readonly take: Readonly<Record<Role, string>>
  readonly nobody: string
  readonly cost: (share: string, bad: string, valid: string, budget: string) => string
  readonly more: string
  readonly objectives: (n: string) => string
  readonly last: string
  readonly next: string
  readonly checklist: (done: number, of: number) => string
  readonly doneBy: (by: string | undefined) => string
  readonly dueAt: (time: string) => string
  /** Four lines for who takes a role: what to do, in the order in which it matters. */
  readonly guide: Readonly<Record<Role, (incident: string) => readonly [string, string, string, string]>>
  readonly hasRole: (role: string, incident: string, by: string) => string
  readonly unchanged: (incident: string, message: string) => string
  readonly handover: {
    readonly title: (incident: string, role: string, from: string | undefined, to: string) => string
    readonly open: (items: string) => string
    readonly questions: string
    readonly decisions: string
    readonly none: string
    readonly because: (choice: string, why: string) => string
    readonly question: Readonly<Record<HandoverFacts['questions'][number], string>>
    readonly card: (incident: string) => string
  }
}

export const INCIDENT_EN: IncidentWords = {
  title: (incident, status, title) => `${incident} · ${status} · ${title}`,
  status: {
    investigating: '🔎 investigating',
    identified: '💡 cause identified',
    monitoring: '👀 being watched',
    resolved: '✔ RESOLVED',
  },
  lead: (since, until) =>
    until === undefined ? `Users are hurt since ${since}.` : `Users were hurt from ${since} to ${until}.`,
  merged: '🔗 merged',
  partOf: (into) => `It turned out to be part of ${into}, where it goes on.`,
  over: (since, resolved) => `It is over. It began at ${since} and was resolved at ${resolved}.`,
  role: { lead: 'Lead', comms: 'Communications', scribe: 'Scribe' },
  take: { lead: 'I lead', comms: 'Communications', scribe: 'Scribe' },
  nobody: 'nobody yet',
  cost: (share, bad, valid, budget) => `${share} bad (${bad} of ${valid}), ${budget} of the budget`,
  more: 'More',
  objectives: (n) => `${n} more objectives are affected`,
  last: 'Last update',
  next: 'Next update',
  checklist: (done, of) => `First response: ${done} of ${of} done`,
  doneBy: (by) => (by === undefined ? 'from the record' : `done by ${by}`),
  dueAt: (time) => `by ${time}`,
  guide: {
    lead: (incident) => [
      '1. You decide and others do. Do not look for the cause yourself.',
      '2. Stop the bleeding first: roll back, switch off, divert. The cause can wait.',
      '3. Say who does what, each thing by one person, and ask for help early.',
      `4. Say who tells others. Hand over before you are tired: tabiji incident handover ${incident} --to …`,
    ],
    comms: (incident) => [
      '1. You tell others how it stands, so that those who work on it can work.',
      '2. First word within ten minutes, even if little is known: what does not work, since when, when you write again.',
      '3. Only what is certain: no guess at the cause, nobody’s name.',
      `4. Keep the time that you promised: tabiji incident update ${incident} "…" --next 30m`,
    ],
    scribe: (incident) => [
      '1. Write down what happens and when: /tabiji log 13:52 rolled back payments. Alerts and deployments are there already.',
      '2. Decisions with their reasons: /tabiji decide knew: … | options: a; b | choice: … | why: …',
      '3. A message that matters: put 📌 on it, and it is taken over.',
      `4. What is unclear, write down as a question. All of it: tabiji incident timeline ${incident}`,
    ],
  },
  hasRole: (role, incident, by) => `${role} of ${incident}: that is you now, ${by}.`,
  unchanged: (incident, message) => `Nothing was done about ${incident}: ${message}`,
  handover: {
    title: (incident, role, from, to) =>
      `🤝 ${incident} · ${role} goes ${from === undefined ? '' : `from ${from} `}to ${to}`,
    open: (items) => `open: ${items}`,
    questions: 'Open questions',
    decisions: 'Decided',
    none: 'none',
    because: (choice, why) => `${choice} (${why})`,
    question: {
      lead: 'Who leads?',
      comms: 'Who tells others?',
      journeys: 'Which journeys are hurt?',
      impactStarted: 'Since when are users hurt?',
      mitigated: 'When will users be hurt no more?',
      update: 'Nobody has said yet how it stands.',
      updateOverdue: 'The next update is overdue.',
    },
    card: (incident) => `All of it: tabiji incident card ${incident}`,
  },
}

export const INCIDENT_JA: IncidentWords = {
  title: (incident, status, title) => `${incident}・${status}・${title}`,
  status: { investigating: '🔎 調査中', identified: '💡 原因特定', monitoring: '👀 経過観察中', resolved: '✔ 解消' },
  lead: (since, until) =>
    until === undefined
      ? `${since}から利用者への影響が続いています。`
      : `利用者への影響は${since}から${until}まででした。`,
  merged: '🔗 統合済み',
  partOf: (into) => `${into}と同じ障害と分かったため統合しました。続きは${into}をご覧ください。`,
  over: (since, resolved) => `対応は完了しました。発生は${since}、解消は${resolved}です。`,
  role: { lead: '指揮', comms: '連絡', scribe: '記録' },
  take: { lead: '指揮を執る', comms: '連絡を担当', scribe: '記録を担当' },
  nobody: '未定',
  cost: (share, bad, valid, budget) => `不良${share}(${valid}件中${bad}件)、予算の${budget}を消費`,
  more: 'その他',
  objectives: (n) => `ほかに${n}件の目標に影響があります`,
  last: '前回の報告',
  next: '次の状況報告',
  checklist: (done, of) => `初期対応: ${of}項目中${done}項目が完了`,
  doneBy: (by) => (by === undefined ? '記録から自動で完了' : `${by}さんが完了`),
  dueAt: (time) => `${time}まで`,
  guide: {
    lead: (incident) => [
      '1. 判断に専念し、作業はほかの人に任せてください。自分で原因を調べ始めないこと。',
      '2. まず止血を優先します(切り戻し、機能の停止、迂回)。原因究明は後で構いません。',
      '3. 誰が何をするかを一つずつ決めて声に出し、早めに応援を呼んでください。',
      `4. 連絡役を決めてください。疲れる前に引き継ぎます: tabiji incident handover ${incident} --to …`,
    ],
    comms: (incident) => [
      '1. 状況を周囲に伝える役割です。対応者が作業に集中できるようにしてください。',
      '2. 分からないことが多くても、10分以内に第一報を出します(何が使えないか、いつからか、次の報告の時刻)。',
      '3. 確かなことだけを伝えます。原因の推測や個人名は書きません。',
      `4. 約束した時刻を守ってください: tabiji incident update ${incident} "…" --next 30m`,
    ],
    scribe: (incident) => [
      '1. 何がいつ起きたかを書き留めます(例: /tabiji log 13:52 決済を切り戻した)。アラートやデプロイは自動で記録されます。',
      '2. 判断は理由とともに残します: /tabiji decide knew: … | options: a; b | choice: … | why: …',
      '3. 大事な発言には📌を付けると、タイムラインに取り込まれます。',
      `4. 分からないことは疑問として書いておきます。全体の確認: tabiji incident timeline ${incident}`,
    ],
  },
  hasRole: (role, incident, by) => `${incident}の${role}は${by}さんの担当になりました。`,
  unchanged: (incident, message) => `${incident}の操作はできませんでした: ${message}`,
  handover: {
    title: (incident, role, from, to) =>
      `🤝 ${incident}・${role}の引き継ぎ: ${from === undefined ? '' : `${from}さんから`}${to}さんへ`,
    open: (items) => `未完了: ${items}`,
    questions: '未解決の問い',
    decisions: '決定事項',
    none: 'なし',
    because: (choice, why) => `${choice}(理由: ${why})`,
    question: {
      lead: '指揮は誰が執りますか。',
      comms: '連絡は誰が担当しますか。',
      journeys: 'どのジャーニーに影響がありますか。',
      impactStarted: '利用者への影響はいつからですか。',
      mitigated: '利用者への影響はいつ収まりますか。',
      update: 'まだ状況が報告されていません。',
      updateOverdue: '次の状況報告の時刻を過ぎています。',
    },
    card: (incident) => `全体の確認: tabiji incident card ${incident}`,
  },
}
