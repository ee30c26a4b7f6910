import type { Language } from '@tabiji/report'

/** Making a drill, what was practised by quarter, and what came of it. */
export type DrillPlanWords = {
  readonly fromPast: string
  readonly look: string
  readonly noPast: string
  readonly scenario: (title: string) => string
  readonly replayed: string
  readonly expected: string
  readonly expectedNote: string
  readonly doneThen: (by: string | undefined) => string
  readonly notThen: string
  readonly noList: string
  readonly again: string
  readonly coverage: string
  readonly tier: (tier: number) => string
  readonly times: string
  readonly noTimes: string
  readonly findings: string
  readonly fixes: (n: number, count: string) => string
  readonly noIncident: string
  readonly openIncident: string
  readonly addFinding: string
  readonly finding: string
  readonly owner: string
  readonly due: string
  readonly kind: string
}

export const DRILL_PLAN_WORDS: Readonly<Record<Language, DrillPlanWords>> = {
  en: {
    fromPast: 'From a past incident',
    look: 'Look at it',
    noPast: 'No incident was recorded yet that could be practised.',
    scenario: (title) => `Scenario: ${title}`,
    replayed:
      'What was booked then is played again at the pace it had, through the real alerts to the real receivers, marked DRILL. No number counts it.',
    expected: 'What is expected',
    expectedNote: 'The checklist of its level, and what was done then.',
    doneThen: (by) => (by === undefined ? 'was done' : `was done by ${by}`),
    notThen: 'was not done then',
    noList: 'It was opened without a checklist.',
    again: 'Practise it',
    coverage: 'What was practised',
    tier: (tier) => `tier ${tier}`,
    times: 'How fast, beside real incidents',
    noTimes: 'No times are known of this month yet, of drills or of incidents.',
    findings: 'What came of it',
    fixes: (n, count) => (n === 1 ? '1 fix' : `${count} fixes`),
    noIncident: 'no incident',
    openIncident: 'Open an incident for it',
    addFinding: 'Add a fix for a finding',
    finding: 'What was found, as something to do',
    owner: 'Owner',
    due: 'Due',
    kind: 'Kind',
  },
  ja: {
    fromPast: '過去のインシデントから作る',
    look: '内容を見る',
    noPast: '訓練に使えるインシデントはまだありません。',
    scenario: (title) => `シナリオ：${title}`,
    replayed:
      '当時の計測値を同じ速さで再生し、実際のアラートと通知先に「訓練」と表示して流します。数値には含まれません。',
    expected: '期待される対応',
    expectedNote: '同じレベルのチェックリストと、当時の実施状況です。',
    doneThen: (by) => (by === undefined ? '当時実施' : `当時実施（${by}）`),
    notThen: '当時は未実施',
    noList: 'チェックリストなしで開始されたインシデントです。',
    again: 'この訓練を始める',
    coverage: '四半期ごとの実施状況',
    tier: (tier) => `ティア${tier}`,
    times: '対応時間（実際のインシデントとの比較）',
    noTimes: '今月は、訓練とインシデントのどちらも計測された時間がありません。',
    findings: '訓練で分かったこと',
    fixes: (_, count) => `恒久対応${count}件`,
    noIncident: 'インシデントなし',
    openIncident: '訓練のインシデントを開始',
    addFinding: '気づきを恒久対応にする',
    finding: '気づいたことへの対応',
    owner: '担当',
    due: '期限',
    kind: '種類',
  },
}
