import { BONES } from '../incident/index.ts'

/** The languages that a postmortem is written in. */
export const POSTMORTEM_LANGUAGES = ['en', 'ja'] as const
export type PostmortemLanguage = (typeof POSTMORTEM_LANGUAGES)[number]

const TITLES: { readonly [language in PostmortemLanguage]: { readonly [bone in (typeof BONES)[number]]: string } } = {
  en: {
    change: 'Change',
    design: 'Design & code',
    capacity: 'Capacity',
    dependency: 'Dependency',
    detection: 'Detection',
    process: 'Process & docs',
  },
  ja: {
    change: '変更',
    design: '設計・コード',
    capacity: '容量',
    dependency: '依存先',
    detection: '検知',
    process: '手順・文書',
  },
}

/** How a bone is called; a bone of one's own is called as it was named. */
export function boneTitle(name: string, language: PostmortemLanguage): string {
  const known = BONES.find((bone) => bone === name)
  return known === undefined ? name : TITLES[language][known]
}
