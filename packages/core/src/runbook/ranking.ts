/** A page that people got: one episode of level 1. Times in milliseconds. */
export type Page = { readonly episode: string; readonly rule: string; readonly at: number }

/** Whether a runbook helped in an incident, and which alerts that was about. */
export type Help = { readonly episodes: readonly string[]; readonly helped: 'yes' | 'partly' | 'no' | 'none' }

/** How well the pages of one rule were served. */
export type RankedRule = {
  readonly rule: string
  readonly pages: number
  /** Pages of which somebody said that a runbook helped, or partly did. */
  readonly useful: number
  /** Pages of which somebody said that it did not, or that there was none. */
  readonly useless: number
  /** Pages that nobody said anything about. */
  readonly unanswered: number
  /** The last page, milliseconds. */
  readonly lastAt: number
}

/** Rules by how many of their pages had no useful runbook, most first. A page without an answer counts as one without. */
export function rankRules(pages: readonly Page[], helps: readonly Help[]): readonly RankedRule[] {
  const verdicts = new Map<string, boolean>()
  for (const { episodes, helped } of helps) {
    for (const episode of episodes) {
      const useful = helped === 'yes' || helped === 'partly'
      // One that helped is enough, whatever else was tried.
      verdicts.set(episode, verdicts.get(episode) === true || useful)
    }
  }
  const rules = new Map<string, Page[]>()
  for (const page of pages) rules.set(page.rule, [...(rules.get(page.rule) ?? []), page])
  return [...rules]
    .map(([rule, of]): RankedRule => {
      const useful = of.filter(({ episode }) => verdicts.get(episode) === true).length
      const useless = of.filter(({ episode }) => verdicts.get(episode) === false).length
      const lastAt = of.reduce((latest, { at }) => Math.max(latest, at), 0)
      return { rule, pages: of.length, useful, useless, unanswered: of.length - useful - useless, lastAt }
    })
    .sort((a, b) => b.pages - b.useful - (a.pages - a.useful) || b.lastAt - a.lastAt || (a.rule < b.rule ? -1 : 1))
}
