import type { AlertFacts } from '../alert/index.ts'

type Language = 'en' | 'ja'
type Symptom = 'availability' | 'latency' | 'experience' | 'alert'

const TITLE: Readonly<Record<Language, Readonly<Record<Symptom, (journey: string) => string>>>> = {
  en: {
    availability: (journey) => `${journey}: requests fail`,
    latency: (journey) => `${journey}: too slow`,
    experience: (journey) => `${journey}: failing or too slow`,
    alert: (journey) => `${journey}: an alert rings`,
  },
  ja: {
    availability: (journey) => `${journey}：失敗しています`,
    latency: (journey) => `${journey}：遅くなっています`,
    experience: (journey) => `${journey}：失敗または遅延しています`,
    alert: (journey) => `${journey}：アラートが鳴っています`,
  },
}

/** What an incident that an alert opens is called, in the journey's own words: at most 200 characters, as titles are. */
export function incidentTitle(
  { journey, objective }: Pick<AlertFacts, 'journey' | 'objective'>,
  language: Language,
): string {
  const name = [...journey.title[language]].slice(0, 150).join('')
  return TITLE[language][objective?.indicator ?? 'alert'](name)
}
