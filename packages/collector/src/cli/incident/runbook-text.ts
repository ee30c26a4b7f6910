import { renderProblems } from '@tabiji/core/problem'
import { type outlineOf, type Runbook, scopeText } from '@tabiji/core/runbook'
import stringWidth from 'string-width'
import type { z } from 'zod'
import { fields, section, table } from '../terminal/table.ts'
import { when } from '../terminal/when.ts'
import type { choiceAnswer, rankAnswer } from './runbook-answers.ts'
import type { RunbookFindings } from './runbook-check.ts'

export function runbookTable(runbooks: readonly Runbook[]): string {
  if (runbooks.length === 0) return 'No runbooks.\n'
  const rows = runbooks.map((each) => [each.file, scopeText(each), each.owner ?? '–', each.reviewed ?? 'never'])
  return table(['FILE', 'FOR', 'OWNER', 'REVIEWED'], rows)
}

export function runbookPage(runbook: Runbook, { headings, steps }: ReturnType<typeof outlineOf>): string {
  const head = fields([
    ['for', scopeText(runbook)],
    ['owner', runbook.owner ?? 'nobody'],
    ['reviewed', runbook.reviewed ?? 'never'],
    ['address', runbook.address],
  ])
  const parts = headings.map(({ depth, text }) => [`${'  '.repeat(depth - 1)}${text}`])
  const numbered = steps.map((step, i) => [`${i + 1}.`, step.replace(/\s+/g, ' ')])
  return `${runbook.title === undefined ? runbook.file : `${runbook.title.en} / ${runbook.title.ja}`}\n${head}${section('Headings', parts)}${section('Steps', numbered)}`
}

const FROM: Readonly<Record<string, string>> = {
  rule: 'its rule names it',
  folder: 'the closest page of the folders',
  journey: 'the journeys file names it; no page of the folders fits',
  none: 'no page of the folders fits, and the journeys file names none',
}

export function choiceText({ choices }: z.output<typeof choiceAnswer>): string {
  if (choices.length === 0) return 'No alerts belong to it.\n'
  return choices
    .map(({ alert, about, address, from, considered }) => {
      const head = fields([
        ['about', about],
        ['runbook', address ?? 'none'],
        ['because', FROM[from] ?? from],
      ])
      const lines = considered.map(({ runbook, fits, why }) => [fits ? '+' : '-', runbook.file, why])
      return `${alert}\n${head}${section('Pages', lines)}`
    })
    .join('\n')
}

export function rankTable({ rules, for: stretch }: z.output<typeof rankAnswer>): string {
  if (rules.length === 0) return `Nobody was paged in the last ${stretch}.\n`
  const rows = rules.map(({ rule, pages, useful, useless, unanswered, lastAt }) => [
    rule,
    String(pages - useful),
    String(pages),
    String(useful),
    String(useless),
    String(unanswered),
    when(lastAt),
  ])
  return table(['RULE', 'WITHOUT', 'PAGES', 'HELPED', 'NOT', 'UNSAID', 'LAST'], rows)
}

export function findingsText(findings: RunbookFindings): string {
  const { pages, asked, notAsked, problems, uncovered, sources } = findings
  const told =
    problems.length > 0 ? renderProblems(problems, sources, stringWidth, false) : `No problems in ${pages} runbooks.`
  const bare =
    uncovered.length === 0 ? '' : `\n\nWithout a runbook:\n${uncovered.map((name) => `  ${name}\n`).join('')}`
  const links = `${asked} addresses were asked for${notAsked === 0 ? '' : `, ${notAsked} were not`}`
  return `${told}${bare.trimEnd()}\n${links}\n`
}
