import type { Language } from '@tabiji/report'

/** The list of incidents, and opening one. */
export type IncidentsWords = {
  readonly heading: string
  readonly filter: string
  readonly states: Readonly<Record<'open' | 'resolved' | 'all', string>>
  readonly none: Readonly<Record<'open' | 'resolved' | 'all', string>>
  readonly dataToo: (month: string, drills: string, alerts: string) => string
  readonly howTo: string
  readonly incident: string
  readonly level: string
  readonly noLevel: string
  readonly journeys: string
  readonly opened: string
  readonly state: string
  readonly isOpen: string
  readonly resolvedAt: string
  readonly mergedInto: string
  readonly drill: string
  readonly open: string
  readonly title: string
  readonly asDrill: string
}

export const INCIDENTS_WORDS: Readonly<Record<Language, IncidentsWords>> = {
  en: {
    heading: 'Incidents',
    filter: 'Which incidents',
    states: { open: 'Open', resolved: 'Resolved', all: 'All' },
    none: {
      open: 'No incident is open.',
      resolved: 'No incident was resolved yet.',
      all: 'No incidents yet.',
    },
    dataToo: (month, drills, alerts) => `That is data, too. In ${month}: alerts ${alerts}, drills ${drills}.`,
    howTo: 'A page of level 1 opens one by itself; anybody can open one by hand.',
    incident: 'Incident',
    level: 'Level',
    noLevel: 'no level',
    journeys: 'Journeys',
    opened: 'Opened',
    state: 'State',
    isOpen: 'open',
    resolvedAt: 'resolved',
    mergedInto: 'part of',
    drill: 'DRILL',
    open: 'Open an incident',
    title: 'What is happening, in one line',
    asDrill: 'This is a drill',
  },
  ja: {
    heading: 'インシデント',
    filter: '表示するインシデント',
    states: { open: '対応中', resolved: '解消済み', all: 'すべて' },
    none: {
      open: '対応中のインシデントはありません。',
      resolved: '解消したインシデントはまだありません。',
      all: 'インシデントはまだありません。',
    },
    dataToo: (month, drills, alerts) => `これも大切な記録です。${month}：アラート${alerts}件、訓練${drills}回。`,
    howTo: 'レベル1のアラートが鳴ると自動で始まります。手動で始めることもできます。',
    incident: 'インシデント',
    level: 'レベル',
    noLevel: 'レベルなし',
    journeys: 'ジャーニー',
    opened: '開始',
    state: '状態',
    isOpen: '対応中',
    resolvedAt: '解消',
    mergedInto: '統合先',
    drill: '訓練',
    open: 'インシデントを開始',
    title: '何が起きているか（1行で）',
    asDrill: '訓練として始める',
  },
}
