import type { Change } from '@tabiji/core/alert'
import type { ExplainedWords } from './explained.ts'

const KINDS: Readonly<Record<Change['kind'], string>> = {
  deploy: 'デプロイ',
  flag: 'フラグ変更',
  config: '設定変更',
  note: 'メモ',
  definition: 'ジャーニー定義の変更',
  correction: '除外期間の開始',
}
const PHASES: Readonly<Record<NonNullable<Change['phase']>, string>> = {
  announced: '予告のみ',
  running: '実行中',
  done: '完了',
  failed: '失敗',
}

export const explainedJa: ExplainedWords = {
  fields: { felt: '利用者への影響', changed: '直前の変更', change: '変更', firstStep: '手順書の最初' },
  between: ';',
  felt: (step, failed, slow, valid) => {
    const met = [failed && `${failed}件が失敗`, slow && `${slow}件が遅延`].filter((each) => each !== undefined)
    return `${step}:${valid}件中${met.join('、')}`
  },
  outlook: {
    spent: '使い切りました',
    never: 'このペースなら尽きません',
    lasts: 'このペースなら月末まで持ちます',
    empty: (span, stamp) => `このペースでは${span}後(${stamp})に尽きます`,
  },
  change: (kind, phase, time, what, by, url) =>
    [
      `${time} ${KINDS[kind]}`,
      ...(what === undefined ? [] : [`「${what}」`]),
      ...(phase === undefined ? [] : [`・${PHASES[phase]}`]),
      ...(by === undefined ? [] : [`・${by}`]),
      // A sign of full width right behind an address would be taken for a part of it.
      ...(url === undefined ? [] : [` ${url} `]),
    ].join(''),
  sureness: (few, { bad, valid }, atLeast, confidence, ringsAbove, ringsFrom) =>
    `${few ? '件数が少なめ:' : ''}${valid}件中${bad}件が不良。真の割合は${confidence}の確からしさで${atLeast}以上(${ringsAbove}超、かつ不良${ringsFrom}件以上で鳴ります)`,
}
