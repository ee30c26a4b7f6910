import type { Language } from '@tabiji/report'

/** Practice: what is due, who leads next, and what was held. People stand on pages only, never in reports. */
export type DrillsWords = {
  readonly heading: string
  readonly due: string
  readonly nothingDue: string
  readonly journey: string
  readonly every: string
  readonly last: string
  readonly never: string
  readonly next: string
  readonly overdue: (n: number, days: string) => string
  readonly proposal: (name: string) => string
  readonly neverLed: string
  readonly longestAgo: string
  readonly start: string
  readonly level: string
  readonly outcome: string
  readonly failing: string
  readonly slow: string
  readonly share: string
  readonly perMinute: string
  readonly length: string
  readonly held: string
  readonly noneHeld: string
  readonly what: string
  readonly began: string
  readonly rang: string
  readonly told: string
  readonly taken: string
  readonly over: string
  readonly running: string
  readonly stop: string
  readonly members: string
  readonly noMembers: string
  readonly member: string
  readonly checklist: string
  readonly led: string
  readonly ledOf: (incidents: string, drills: string) => string
  readonly team: string
  readonly item: string
  readonly tick: string
  readonly untick: string
  readonly runbooks: string
  readonly read: string
  readonly readAt: (date: string) => string
  readonly practice: string
  readonly others: string
}

export const DRILLS_WORDS: Readonly<Record<Language, DrillsWords>> = {
  en: {
    heading: 'Drills',
    due: 'What is to be practised',
    nothingDue: 'No journey has a drill planned. `practice` in the configuration says how often.',
    journey: 'Journey',
    every: 'Every',
    last: 'Last',
    never: 'never',
    next: 'Due',
    overdue: (n, days) => (n === 1 ? 'overdue 1 day' : `overdue ${days} days`),
    proposal: (name) => `${name} should lead the next one`,
    neverLed: 'has never led',
    longestAgo: 'led longest ago',
    start: 'Start a drill',
    level: 'Level',
    outcome: 'What goes wrong',
    failing: 'failing',
    slow: 'slow',
    share: 'Share, such as 50%',
    perMinute: 'Events a minute',
    length: 'For how long, such as 20m',
    held: 'Held',
    noneHeld: 'No drill was held yet.',
    what: 'What',
    began: 'Began',
    rang: 'Rang after',
    told: 'Told after',
    taken: 'Taken after',
    over: 'Over after',
    running: 'running',
    stop: 'End it',
    members: 'Who practised what',
    noMembers: 'Nobody is named under `practice.members` in the configuration.',
    member: 'Member',
    checklist: 'Checklist',
    led: 'Led',
    ledOf: (incidents, drills) => `${incidents} incidents, ${drills} drills`,
    team: 'Team',
    item: 'What a new member does',
    tick: 'Done',
    untick: 'Not done',
    runbooks: 'Runbooks',
    read: 'I have read it',
    readAt: (date) => `read ${date}`,
    practice: 'drill',
    others: 'Led, too, and are no members',
  },
  ja: {
    heading: '訓練',
    due: '実施予定の訓練',
    nothingDue: '訓練の予定はありません。頻度は設定ファイルの `practice` で決めます。',
    journey: 'ジャーニー',
    every: '頻度',
    last: '前回',
    never: '未実施',
    next: '次回期限',
    overdue: (_, days) => `期限超過${days}日`,
    proposal: (name) => `次のリード候補：${name}`,
    neverLed: 'リード未経験',
    longestAgo: '最後のリードから最も長い',
    start: '訓練を始める',
    level: 'レベル',
    outcome: '想定する障害',
    failing: '失敗する',
    slow: '遅くなる',
    share: '割合（例：50%）',
    perMinute: '毎分のイベント数',
    length: '長さ（例：20m）',
    held: '実施した訓練',
    noneHeld: '訓練はまだ実施されていません。',
    what: '内容',
    began: '開始',
    rang: '発報まで',
    told: '通知まで',
    taken: '対応開始まで',
    over: '収束まで',
    running: '実施中',
    stop: '終了する',
    members: 'メンバーの練習状況',
    noMembers: '設定ファイルの `practice.members` にメンバーがいません。',
    member: 'メンバー',
    checklist: 'チェックリスト',
    led: 'リード経験',
    ledOf: (incidents, drills) => `インシデント${incidents}回・訓練${drills}回`,
    team: 'チーム',
    item: '新しいメンバーが行うこと',
    tick: '完了',
    untick: '未完了に戻す',
    runbooks: 'ランブック',
    read: '読みました',
    readAt: (date) => `${date}既読`,
    practice: '訓練',
    others: 'メンバー以外でリードした人',
  },
}
