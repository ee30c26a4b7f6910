import type { PostmortemDuty, PublishingLack } from '@tabiji/core/postmortem'
import type { Language } from '@tabiji/report'

/** The page of a postmortem. */
export type PostmortemWords = {
  readonly heading: string
  readonly of: (title: string) => string
  readonly states: Readonly<Record<PostmortemDuty['state'], string>>
  readonly notOwed: string
  readonly due: (date: string) => string
  readonly dueStated: string
  readonly overdue: (n: number, days: string) => string
  readonly owner: string
  readonly file: string
  readonly noFile: string
  readonly source: string
  readonly setDue: string
  readonly date: string
  readonly reason: string
  readonly begin: string
  readonly toReview: string
  readonly publish: string
  readonly backToDraft: string
  readonly noFix: string
  readonly lacksHeading: string
  readonly lacksNothing: string
  readonly lacks: Readonly<Record<PublishingLack['kind'], (fix: string) => string>>
  readonly textToo: string
  readonly causes: string
  readonly noCauses: string
  readonly bone: string
  readonly cause: string
  readonly id: string
  readonly idForm: string
  readonly fix: string
  readonly noFixNamed: string
  readonly addCause: string
  readonly change: string
  readonly why: string
  readonly under: string
  readonly onBone: string
  readonly remove: string
  readonly removed: string
  readonly inFile: string
  readonly hints: string
  readonly instead: (found: string, instead: string) => string
  readonly draft: string
  readonly draftHow: string
}

export const POSTMORTEM_WORDS: Readonly<Record<Language, PostmortemWords>> = {
  en: {
    heading: 'Postmortem',
    of: (title) => `Postmortem: ${title}`,
    states: { missing: 'not begun', draft: 'draft', inReview: 'in review', published: 'published' },
    notOwed:
      'None is owed. It is owed from the resolution on, by the level; a drill owes one only when somebody says so.',
    due: (date) => `due ${date}`,
    dueStated: 'stated by a person',
    overdue: (n, days) => (n === 1 ? 'overdue 1 day' : `overdue ${days} days`),
    owner: 'Who writes it',
    file: 'Where the text is',
    noFile: 'nobody has said yet',
    source:
      'The text is a file in your repository and stays its source. Here is what the collector keeps: the causes, how far it is, and by when.',
    setDue: 'Set another date',
    date: 'Date',
    reason: 'Reason',
    begin: 'Begin',
    toReview: 'Have it read',
    publish: 'Publish',
    backToDraft: 'Back to draft',
    noFix: 'Why there is no fix, if there is none',
    lacksHeading: 'Missing before it can be published',
    lacksNothing: 'The record lacks nothing.',
    lacks: {
      impact: () => 'numbers of the impact: say which journeys were hurt, and since when',
      noFix: () => 'a permanent fix, or why there is none',
      owner: (fix) => `an owner of ${fix}`,
      due: (fix) => `a due date of ${fix}`,
      onlyProcess: () => 'a fix that is not “process”: rules do not hold on a bad day',
    },
    textToo: 'What the text lacks is told by: tabiji postmortem check',
    causes: 'Causes',
    noCauses: 'No cause was named yet. Ask what made it possible, and why it was not noticed earlier.',
    bone: 'Bone',
    cause: 'Cause: the situation, not the person',
    id: 'Short name',
    idForm: 'small letters, digits, hyphens',
    fix: 'Fix',
    noFixNamed: 'none named',
    addCause: 'Add a cause',
    change: 'Change or move',
    why: 'Ask why',
    under: 'Below which cause (then it lies where that one lies)',
    onBone: 'none: on the bone itself',
    remove: 'Take out',
    removed: 'What was found below it stays and takes its place.',
    inFile: 'Evidence stands in the file; its causes take the place of these when it is sent for review.',
    hints: 'Wordings to look at again',
    instead: (found, instead) => `“${found}”: ${instead}`,
    draft: 'The draft as the record would write it now',
    draftHow: 'Write it to a file, and renew it without losing a word:',
  },
  ja: {
    heading: 'ポストモーテム',
    of: (title) => `ポストモーテム：${title}`,
    states: { missing: '未着手', draft: '下書き', inReview: 'レビュー中', published: '公開済み' },
    notOwed:
      '現時点では作成の必要はありません。解消後、レベルに応じて必要になります。訓練の場合は、期限を決めたときだけ必要です。',
    due: (date) => `期限${date}`,
    dueStated: '手動で設定',
    overdue: (_, days) => `期限超過${days}日`,
    owner: '執筆者',
    file: '本文の場所',
    noFile: '未登録',
    source: '本文はリポジトリのファイルが正本です。ここで扱うのは、要因、進み具合、期限だけです。',
    setDue: '期限を変更',
    date: '期限',
    reason: '理由',
    begin: '書き始める',
    toReview: 'レビューに出す',
    publish: '公開する',
    backToDraft: '下書きに戻す',
    noFix: '恒久対応がない場合はその理由',
    lacksHeading: '公開の前に必要なもの',
    lacksNothing: '記録に不足はありません。',
    lacks: {
      impact: () => '影響の数値（影響を受けたジャーニーと開始時刻を入力してください）',
      noFix: () => '恒久対応、または不要とする理由',
      owner: (fix) => `${fix}の担当者`,
      due: (fix) => `${fix}の期限`,
      onlyProcess: () => '「運用改善」以外の恒久対応（ルールだけでは、いざというときに守られません）',
    },
    textToo: '本文の不足はコマンドで確認できます：tabiji postmortem check',
    causes: '要因',
    noCauses: '要因はまだありません。なぜ起こり得たのか、なぜ早く気づけなかったのかを書きましょう。',
    bone: '分類',
    cause: '要因（人ではなく状況を書く）',
    id: '短い名前',
    idForm: '英小文字・数字・ハイフン',
    fix: '恒久対応',
    noFixNamed: '指定なし',
    addCause: '要因を追加',
    change: '変更・移動',
    why: '「なぜ」を追加',
    under: 'どの要因の下に置くか（分類はその要因に合わせます）',
    onBone: 'なし（分類の直下）',
    remove: '削除',
    removed: '下にある要因は残り、この要因の位置に移ります。',
    inFile: '根拠となるリンクはファイルに書きます。レビューに出すと、ファイルの要因がここに反映されます。',
    hints: '見直したい表現',
    instead: (found, instead) => `「${found}」：${instead}`,
    draft: '現在の記録から作られる下書き',
    draftHow: 'ファイルに書き出すコマンド（書いた内容を残したまま更新できます）：',
  },
}
