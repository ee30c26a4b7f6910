import type { Symptom } from './runbook.ts'

export type TemplateAsk = {
  readonly language: 'en' | 'ja'
  readonly journey: string
  readonly step?: string
  readonly symptom?: Symptom
  readonly title: { readonly en: string; readonly ja: string }
  readonly owner?: string
}

/** A page to begin with: its front matter filled in, and the questions that whoever is called at night has, in their order. */
export function runbookTemplate(ask: TemplateAsk): string {
  const { language, journey, step, symptom, title, owner } = ask
  const head = [
    `journey: ${journey}`,
    ...(step === undefined ? [] : [`step: ${step}`]),
    ...(symptom === undefined ? [] : [`symptom: ${symptom}`]),
    ...(owner === undefined ? [] : [`owner: ${JSON.stringify(owner)}`]),
    // Nobody has gone through a page that was just begun, and the check goes on saying so until somebody has.
    '# reviewed: YYYY-MM-DD, the day on which somebody went through it',
    // Every JSON text is YAML, whatever stands in it.
    `title: { en: ${JSON.stringify(title.en)}, ja: ${JSON.stringify(title.ja)} }`,
  ]
  const body = SECTIONS[language].map(({ heading, lines }) => `## ${heading}\n\n${lines.join('\n')}\n`)
  return `---\n${head.join('\n')}\n---\n\n# ${title[language]}\n\n${body.join('\n')}`
}

type Section = { readonly heading: string; readonly lines: readonly string[] }

const SECTIONS: { readonly [language in 'en' | 'ja']: readonly Section[] } = {
  en: [
    {
      heading: 'Look here first',
      lines: ['1. The dashboard or query that shows it: …', '2. What tells this trouble from its neighbours: …'],
    },
    { heading: 'What users feel', lines: ['What they see, who they are, and what still works for them: …'] },
    {
      heading: 'Stop the bleeding',
      lines: ['1. [ ] What makes it bearable at once, with the command: …', '2. [ ] How you see that it worked: …'],
    },
    {
      heading: 'Roll back',
      lines: ['1. [ ] How the last release is taken back, with the command: …', '2. When this must not be done: …'],
    },
    {
      heading: 'Ask whom',
      lines: ['- Who knows this part, and how they are reached: …', '- Who decides what costs money or data: …'],
    },
    {
      heading: 'After',
      lines: [
        '- What must be undone or caught up with: …',
        '- Say whether this page helped: `tabiji incident helped INC-… yes`',
      ],
    },
  ],
  ja: [
    { heading: '最初に見るところ', lines: ['1. 状況が分かるダッシュボードやクエリ:…', '2. 似た障害との見分け方:…'] },
    { heading: 'お客様への影響', lines: ['お客様の画面に何が起きるか、誰に起きるか、何がまだ使えるか:…'] },
    { heading: '応急処置', lines: ['1. [ ] すぐに影響を抑える方法(コマンドも):…', '2. [ ] 効いたことの確かめ方:…'] },
    { heading: '切り戻し', lines: ['1. [ ] 直前のリリースを戻す方法(コマンドも):…', '2. 切り戻してはいけない場合:…'] },
    { heading: '相談先', lines: ['- この部分に詳しい人と連絡方法:…', '- 費用やデータに関わる判断をする人:…'] },
    {
      heading: '復旧後',
      lines: [
        '- 元に戻すこと、やり直しが必要なこと:…',
        '- この手順書が役に立ったかを記録する:`tabiji incident helped INC-… yes`',
      ],
    },
  ],
}
