import type { AnnotationKind } from '@tabiji/core/alert'
import type { Language } from '@tabiji/report'

/** The page of one journey. */
export type JourneyWords = {
  readonly team: (team: string) => string
  readonly tier: (tier: number) => string
  readonly runbook: string
  readonly silence: string
  readonly openIncident: string
  readonly target: string
  readonly result: string
  readonly left: string
  readonly usedOf: (bad: string, allowed: string) => string
  readonly pace: string
  readonly paceOf: (pair: string, burn: string) => string
  readonly alreadySpent: string
  readonly lasts: string
  readonly spentIn: (length: string) => string
  readonly window: (window: string) => string
  readonly calendarMonth: string
  readonly rules: string
  readonly level: string
  readonly windows: string
  readonly over: string
  readonly now: string
  readonly state: string
  readonly spent: string
  readonly burning: string
  readonly rising: string
  readonly recovering: string
  readonly quiet: string
  readonly work: (hours: string) => string
  readonly noWork: string
  readonly service: string
  readonly step: string
  readonly good: string
  readonly slow: string
  readonly failed: string
  readonly own: string
  readonly dependency: string
  readonly month: (month: string) => string
  readonly earlier: string
  readonly later: string
  readonly noMonth: string
  readonly twelve: string
  readonly changes: string
  readonly noChanges: string
  readonly kinds: Readonly<Record<AnnotationKind, string>>
  readonly note: string
  readonly save: string
}

export const JOURNEY_WORDS: Readonly<Record<Language, JourneyWords>> = {
  en: {
    team: (team) => `team ${team}`,
    tier: (tier) => `tier ${tier}`,
    runbook: 'Runbook',
    silence: 'Silence',
    openIncident: 'Open an incident',
    target: 'Target',
    result: 'Result',
    left: 'Budget left',
    usedOf: (bad, allowed) => `${bad} used of ${allowed} allowed`,
    pace: 'Burn now',
    paceOf: (pair, burn) => `${burn} over ${pair}`,
    alreadySpent: 'already spent',
    lasts: 'lasts at this pace',
    spentIn: (length) => `spent in ${length} at this pace`,
    window: (window) => `over ${window}`,
    calendarMonth: 'the calendar month',
    rules: 'Alert rules',
    level: 'Level',
    windows: 'Long / short',
    over: 'Rings above',
    now: 'Now, long / short',
    state: 'State',
    spent: 'Budget gone when it rings',
    burning: 'Burning',
    rising: 'Rising',
    recovering: 'Recovering',
    quiet: 'Quiet',
    work: (hours) => `By service and step, last ${hours}`,
    noWork: 'Nothing was counted in this time.',
    service: 'Service',
    step: 'Step',
    good: 'Good',
    slow: 'Slow',
    failed: 'Failed',
    own: 'its own steps',
    dependency: 'done for it by others',
    month: (month) => `The month ${month}`,
    earlier: 'Earlier',
    later: 'Later',
    noMonth: 'There is nothing in the books for this month.',
    twelve: 'Twelve months',
    changes: 'Changes and notes',
    noChanges: 'No deployment, setting or note was told so far. One line in a pipeline tells them: tabiji annotate.',
    kinds: { deploy: 'deployment', config: 'configuration', flag: 'flag', note: 'note' },
    note: 'What happened',
    save: 'Write down a change',
  },
  ja: {
    team: (team) => `チーム：${team}`,
    tier: (tier) => `重要度${tier}`,
    runbook: 'ランブック',
    silence: 'サイレンス',
    openIncident: 'インシデントを開始',
    target: '目標',
    result: '実績',
    left: 'エラーバジェット残量',
    usedOf: (bad, allowed) => `許容${allowed}のうち${bad}を消費`,
    pace: '現在のバーンレート',
    paceOf: (pair, burn) => `${pair}で${burn}`,
    alreadySpent: 'すでに枯渇',
    lasts: 'このペースなら足ります',
    spentIn: (length) => `このペースなら${length}で枯渇`,
    window: (window) => `直近${window}`,
    calendarMonth: '当月',
    rules: 'アラートルール',
    level: 'レベル',
    windows: '長期／短期',
    over: '発報しきい値',
    now: '現在（長期／短期）',
    state: '状態',
    spent: '発報時の消費量',
    burning: '燃焼中',
    rising: '上昇中',
    recovering: '回復中',
    quiet: '平常',
    work: (hours) => `サービス・ステップ別（直近${hours}）`,
    noWork: 'この期間に計数されたイベントはありません。',
    service: 'サービス',
    step: 'ステップ',
    good: '成功',
    slow: '遅延',
    failed: '失敗',
    own: 'このジャーニーのステップ',
    dependency: '他サービスの処理',
    month: (month) => `${month}の推移`,
    earlier: '前の月',
    later: '次の月',
    noMonth: 'この月の記録はありません。',
    twelve: '過去12か月',
    changes: '変更とメモ',
    noChanges:
      'デプロイ・設定変更・メモの記録はまだありません。パイプラインに tabiji annotate を1行加えると記録されます。',
    kinds: { deploy: 'デプロイ', config: '設定', flag: 'フラグ', note: 'メモ' },
    note: '内容',
    save: '変更を記録',
  },
}
