export const DASHBOARD_LANGUAGES = ['en', 'ja'] as const
export type DashboardLanguage = (typeof DASHBOARD_LANGUAGES)[number]

const en = {
  title: 'User journeys (Tabiji)',
  about: 'How every user journey stands: budget left, how fast it burns, and where it fails.',
  journey: 'Journey',
  objective: 'Objective',
  source: 'Data source',
  objectives: 'Objectives, the worst first',
  left: 'Budget left',
  result: 'Result',
  target: 'Target',
  burn: 'Burn rate (1 h)',
  alerts: 'Open alerts',
  alertsNow: 'Open alerts',
  rule: 'Rule',
  level: 'Level',
  episode: 'Alert',
  alertsOverTime: 'Alerts over time',
  unread: 'Objectives that are not read',
  doubts: 'Processes in doubt',
  leftOverTime: 'Budget left',
  leftAbout: 'Over the objective’s own window. Below zero the promise is broken.',
  burnOverTime: 'Burn rate',
  burnAbout:
    '1 spends the budget in exactly its window. Dashed: what both windows of a pair must exceed before a level rings.',
  failures: 'Slow and failed events by step, per second',
  traffic: 'Traffic by step, per second',
  excluded: 'Share of excluded events',
  excludedAbout: 'A release that answers 400 to everybody fails nobody by the books: it shows here.',
  inTime: 'Share in time, of what worked',
  latency: '95 % are faster than; the promise is dashed',
  latencyAbout: 'From journey_step_duration_seconds: this Prometheus must scrape the services, too.',
}

type Words = { readonly [Key in keyof typeof en]: string }

const ja: Words = {
  title: 'ユーザージャーニー（Tabiji）',
  about: '各ユーザージャーニーの現状：エラーバジェットの残り、消費の速さ、失敗している場所。',
  journey: 'ジャーニー',
  objective: '目標',
  source: 'データソース',
  objectives: '目標の一覧（悪い順）',
  left: 'バジェット残り',
  result: '実績',
  target: '目標値',
  burn: 'バーンレート（1 時間）',
  alerts: '発生中のアラート',
  alertsNow: '発生中のアラート',
  rule: 'ルール',
  level: 'レベル',
  episode: 'アラート',
  alertsOverTime: 'アラートの推移',
  unread: '計測できていない目標',
  doubts: '計測漏れの疑いがあるプロセス',
  leftOverTime: 'エラーバジェットの残り',
  leftAbout: '各目標の対象期間での残り。0 を下回ると目標未達です。',
  burnOverTime: 'バーンレート',
  burnAbout:
    '1 は対象期間でちょうど使い切る速さ。破線は、そのレベルのアラートが発生するために両方の期間が超えるべき値です。',
  failures: 'ステップ別の遅延・失敗（毎秒）',
  traffic: 'ステップ別のイベント数（毎秒）',
  excluded: '対象外イベントの割合',
  excludedAbout: '全員に 400 を返すリリースは失敗として数えられません。ここに現れます。',
  inTime: '約束の時間内に終わった割合（成功したもの）',
  latency: '95 % が収まる時間（破線は約束の時間）',
  latencyAbout: 'journey_step_duration_seconds による。この Prometheus がサービスも収集している必要があります。',
}

export const DASHBOARD_WORDS: Readonly<Record<DashboardLanguage, Words>> = { en, ja }
export type DashboardWords = Words
