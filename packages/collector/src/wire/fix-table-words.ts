import { FIX_KINDS, type FixKind, type FixRow } from '@tabiji/core/fix'

export type Column =
  | ('id' | 'title' | 'state' | 'owner' | 'due' | 'first due' | 'kind')
  | ('incident' | 'cause' | 'created' | 'done' | 'url' | 'blocked')

/** What people call the columns, the first name being ours. */
const NAMES: { readonly [column in Column]: readonly string[] } = {
  id: ['id', 'key', '番号', 'no', 'no.', '管理番号', 'チケット番号', '課題番号'],
  title: ['title', 'summary', '件名', 'タイトル', '内容', '恒久対応', '対応内容'],
  state: ['state', 'status', '状態', 'ステータス', '対応状況'],
  owner: ['owner', 'assignee', '担当', '担当者'],
  due: ['due', 'due date', '期限', '期日', '対応期限', '完了予定日'],
  'first due': ['first due', '当初期限', '当初期日', '最初の期限'],
  kind: ['kind', '種別', '種類', '分類'],
  incident: ['incident', 'インシデント', 'インシデント番号', '障害番号'],
  cause: ['cause', '原因'],
  created: ['created', 'created at', '作成日', '作成日時', '起票日', '登録日'],
  done: ['done', 'closed', 'resolved', '完了日', '完了日時', '終了日'],
  url: ['url', 'link', 'リンク'],
  blocked: ['blocked', 'on hold', 'ブロック', 'ブロック中', '保留', '保留理由', '待ち', '待ち理由'],
}
export const COLUMNS: ReadonlyMap<string, Column> = inverse(NAMES)

export const STATES: ReadonlyMap<string, FixRow['state']> = inverse({
  open: [
    ...['open', 'new', 'to do', 'todo', 'in progress', 'doing', 'reopened'],
    ...['未着手', '未対応', '未完了', '着手中', '対応中', '進行中', '作業中', '処理中', '保留', 'オープン'],
  ],
  done: [
    ...['done', 'closed', 'completed', 'resolved', 'fixed'],
    ...['完了', '完了済み', '対応済み', '対応済', '済', '解決', '解決済み', 'クローズ'],
  ],
  dropped: [
    ...['dropped', "won't do", 'wontfix', 'cancelled', 'canceled', 'not planned', 'duplicate'],
    ...['中止', '取り下げ', '取下げ', '見送り', '対応しない', '却下', '不要', '重複'],
  ],
})

/** Whether it is blocked, where nobody says why; any other text is the reason. */
export const YES_OR_NO: ReadonlyMap<string, boolean> = new Map(
  [
    [
      true,
      [
        'yes',
        'y',
        'true',
        '1',
        'x',
        'blocked',
        'はい',
        '有',
        'あり',
        '○',
        '〇',
        '◯',
        '保留',
        '保留中',
        'ブロック',
        'ブロック中',
      ],
    ],
    [false, ['', 'no', 'n', 'false', '0', '-', 'none', 'いいえ', '無', 'なし', '×', 'ー']],
  ].flatMap(([value, names]) => (names as string[]).map((name) => [name, value as boolean] as const)),
)

const KIND_NAMES: { readonly [kind in FixKind]: readonly string[] } = {
  prevent: ['再発防止', '予防', '防止'],
  detect: ['検知', '早期検知', '検出'],
  mitigate: ['影響緩和', '緩和', '影響軽減', '軽減'],
  process: ['プロセス', '運用', '運用改善', '手順'],
}
export const KINDS: ReadonlyMap<string, FixKind> = new Map(
  FIX_KINDS.flatMap((kind) => [kind, ...KIND_NAMES[kind]].map((name) => [name, kind] as const)),
)

/** As people may type it: wide letters, capitals and spaces make no difference. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_]+/g, ' ')
    .replaceAll('’', "'")
    .trim()
}

function inverse<Value extends string>(names: { readonly [value in Value]: readonly string[] }) {
  const values = Object.keys(names) as Value[]
  return new Map(values.flatMap((value) => names[value].map((name) => [name, value] as const)))
}
