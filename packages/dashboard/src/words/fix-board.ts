import type { Language } from '@tabiji/report'
import type { FIX_VIEWS } from '../view/fixes.ts'

export type FixColumn = 'open' | 'blocked' | 'watching' | 'done' | 'accepted' | 'closed'

/** The board of permanent fixes, its list and its ageing. */
export type FixBoardWords = {
  readonly views: Readonly<Record<(typeof FIX_VIEWS)[number], string>>
  readonly viewsLabel: string
  readonly columns: Readonly<Record<FixColumn, string>>
  readonly onTime: (done: string, due: string, target: string) => string
  readonly noneDue: string
  readonly standing: (open: string, overdue: string, oldest: string | undefined) => string
  readonly watched: (days: string) => string
  readonly watchedFor: string
  readonly team: string
  readonly journey: string
  readonly everyTeam: string
  readonly everyJourney: string
  readonly show: string
  readonly noneFits: string
  readonly clear: string
  readonly add: string
  readonly incident: string
  readonly none: string
  readonly fix: string
  readonly month: string
  readonly monthOfAll: string
  readonly noOpen: (last: string | undefined) => string
}

export const FIX_BOARD_WORDS: Readonly<Record<Language, FixBoardWords>> = {
  en: {
    views: { board: 'Board', list: 'List', ageing: 'Ageing and rates' },
    viewsLabel: 'How they are shown',
    columns: {
      open: 'To do',
      blocked: 'Blocked',
      watching: 'Done, watched',
      done: 'Done',
      accepted: 'Risk accepted',
      closed: 'Dropped or merged',
    },
    onTime: (done, due, target) => `Due this month and done on time: ${done} of ${due} (target ${target})`,
    noneDue: 'Nothing was due this month yet',
    standing: (open, overdue, oldest) =>
      `open ${open} · overdue ${overdue}${oldest === undefined ? '' : ` · the oldest ${oldest}`}`,
    watched: (days) => `watched for ${days} of 28 days`,
    watchedFor: 'Whether it works is watched for 28 days',
    team: 'Team',
    journey: 'Journey',
    everyTeam: 'every team',
    everyJourney: 'every journey',
    show: 'Show',
    noneFits: 'No fix fits this filter.',
    clear: 'Show all',
    add: 'Add a fix',
    incident: 'Incident',
    none: 'none',
    fix: 'Fix',
    month: 'The month under way',
    monthOfAll: 'Rates are counted for a team or for all, not for one journey.',
    noOpen: (last) => (last === undefined ? 'No open fixes.' : `No open fixes. The last one that was done: ${last}.`),
  },
  ja: {
    views: { board: 'ボード', list: '一覧', ageing: '滞留と完了率' },
    viewsLabel: '表示',
    columns: {
      open: '未着手・対応中',
      blocked: '待ち',
      watching: '完了（効果確認中）',
      done: '完了',
      accepted: 'リスク受容',
      closed: '取り下げ・統合',
    },
    onTime: (done, due, target) => `今月が期限の${due}件のうち、期限内に完了：${done}件（目標${target}）`,
    noneDue: '今月が期限のものはまだありません',
    standing: (open, overdue, oldest) =>
      `未完了${open}件・期限超過${overdue}件${oldest === undefined ? '' : `・最長${oldest}`}`,
    watched: (days) => `効果確認 ${days}日目（28日間）`,
    watchedFor: '効果の有無は28日間確認します',
    team: 'チーム',
    journey: 'ジャーニー',
    everyTeam: 'すべてのチーム',
    everyJourney: 'すべてのジャーニー',
    show: '表示',
    noneFits: '条件に合う恒久対応はありません。',
    clear: 'すべて表示',
    add: '恒久対応を追加',
    incident: 'インシデント',
    none: 'なし',
    fix: '恒久対応',
    month: '今月の集計',
    monthOfAll: '完了率などの集計は、全体またはチーム単位です。ジャーニー単位では集計していません。',
    noOpen: (last) =>
      last === undefined
        ? '未完了の恒久対応はありません。'
        : `未完了の恒久対応はありません。最後に完了したものは${last}です。`,
  },
}
