import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { hasErrors, type Problem } from '@tabiji/core/problem'
import { ageProblems, outlineOf, scopeProblems, uncovered } from '@tabiji/core/runbook'
import { dateOf } from '@tabiji/core/time'
import { askLinks, type LinkAnswer, type Page, pagesOf } from '../../app/parts.ts'
import type { RunbookPlaces } from './runbook-places.ts'

/** What was found in all pages. */
export type RunbookFindings = {
  readonly pages: number
  /** Addresses that were asked for, and those that more pages name than are asked for in one go. */
  readonly asked: number
  readonly notAsked: number
  readonly problems: readonly Problem[]
  readonly uncovered: readonly string[]
  /** The text of each page with a problem, to show the lines. */
  readonly sources: Readonly<Record<string, string>>
}

const MOST_LINKS = 500
const PATIENCE_MS = 10_000

/** Reads all pages and judges them: front matter, age, owner, links; and asks for addresses unless it is offline. */
export async function checkRunbooks(
  { places, definition }: RunbookPlaces,
  offline: boolean,
  now: number,
): Promise<RunbookFindings> {
  const today = dateOf(now, definition.timeZone)
  const named = new Set(definition.journeys.flatMap(({ runbook }) => runbook ?? []))
  const folders = places.map((place) => ({ ...place, pages: pagesOf(place) }))
  const read = folders.flatMap(({ pages, folder, reviewWithinDays, address }) =>
    pages.map((page) => {
      const own = ownProblems(page, { definition, reviewWithinDays, today, named, address })
      return { page, own, ...linksOf(page, folder) }
    }),
  )
  const missing = folders.filter(({ folder }) => !existsSync(folder)).map(({ folder }) => missingFolder(folder))
  const addresses = [...new Set(read.flatMap(({ outward }) => outward.map(({ to }) => to)))]
  const asked = offline ? [] : addresses.slice(0, MOST_LINKS)
  const answers = await askLinks(asked, PATIENCE_MS)
  const problems = read.flatMap(({ page, own, broken, outward }) =>
    [...own, ...broken, ...outward.flatMap((link) => deadLink(page, link, answers.get(link.to)))].toSorted(
      (a, b) => (a.at?.line ?? 0) - (b.at?.line ?? 0) || (a.at?.column ?? 0) - (b.at?.column ?? 0),
    ),
  )
  const troubled = new Set(problems.map(({ at }) => at?.file))
  return {
    pages: read.length,
    asked: asked.length,
    notAsked: addresses.length - asked.length,
    problems: [...missing, ...problems],
    uncovered: uncovered(
      definition,
      read.flatMap(({ page }) => page.runbook ?? []),
    ),
    sources: Object.fromEntries(read.flatMap(({ page }) => (troubled.has(page.path) ? [[page.path, page.text]] : []))),
  }
}

/** Fine: no errors, and with `strict` nothing that could be better either. */
export function isFine({ problems, uncovered: bare }: RunbookFindings, strict: boolean): boolean {
  return strict ? problems.length === 0 && bare.length === 0 : !hasErrors(problems)
}

type Measure = Pick<RunbookPlaces, 'definition'> & {
  readonly reviewWithinDays: number
  readonly today: string
  /** Addresses that the journeys file names. */
  readonly named: ReadonlySet<string>
  readonly address: string
}

function ownProblems({ path, file, matter }: Page, by: Measure): readonly Problem[] {
  const { stated, problems, lines } = matter
  if (problems.length > 0) return problems
  if (stated === undefined && lines === 0) {
    const page = by.address + file.replace(/\.md$/i, '')
    if (by.named.has(page) || by.named.has(`${page}.md`)) return []
    const message = 'it says nowhere which alerts it is for, so that none brings it along'
    const hint = 'begin it with `---`, `journey: …`, `---`; `tabiji runbook new` writes such a page'
    const at = { file: path, line: 1, column: 1 }
    return [{ code: 'RUNBOOK_NO_FRONT_MATTER', severity: 'warning', message, hint, path: [], at }]
  }
  const found = [...scopeProblems(stated, by.definition), ...ageProblems(stated, by.reviewWithinDays, by.today)]
  return found.map((each) => ({ ...each, at: matter.locate(each.path) }))
}

type Link = { readonly to: string; readonly line: number; readonly column: number }

/** Links to other pages and places in them that do not exist, and addresses to ask for. */
function linksOf(
  page: Page,
  folder: string,
): { readonly broken: readonly Problem[]; readonly outward: readonly Link[] } {
  const { headings, links } = outlineOf(textBelow(page), page.matter.lines)
  const anchors = new Set(headings.map(({ anchor }) => anchor))
  const outward = links.filter(({ to }) => /^https?:\/\//i.test(to))
  const inward = links.filter(({ to }) => !/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(to))
  const broken = inward.flatMap((link) => {
    const why = whyBroken(link.to, page, anchors, folder)
    return why === undefined ? [] : [problemAt(page, link, 'RUNBOOK_LINK', why)]
  })
  return { broken, outward }
}

function whyBroken(to: string, page: Page, anchors: ReadonlySet<string>, folder: string): string | undefined {
  const [path = '', anchor] = [to.split(/[?#]/)[0], /#(.*)$/.exec(to)?.[1]]
  const target = path === '' ? page.path : fileOf(path, page, folder)
  if (target === undefined) return `it links to ${to}, and there is no such file`
  if (anchor === undefined || anchor === '' || !/\.md$/i.test(target)) return undefined
  const known = target === page.path ? anchors : anchorsOf(target)
  if (known === undefined || known.has(decoded(anchor).toLowerCase())) return undefined
  return `it links to ${to}, and there is no such heading`
}

/** Links that begin with a slash count from the folder. */
function fileOf(path: string, page: Page, folder: string): string | undefined {
  try {
    return realpathSync(path.startsWith('/') ? join(folder, decoded(path)) : join(dirname(page.path), decoded(path)))
  } catch {
    return undefined
  }
}

/** Of a page in any folder; nothing where it cannot be read as one. */
function anchorsOf(path: string): ReadonlySet<string> | undefined {
  const page = pagesOf({ address: '', folder: dirname(path) }).find((each) => each.path === path)
  if (page === undefined) return undefined
  return new Set(outlineOf(textBelow(page), page.matter.lines).headings.map(({ anchor }) => anchor))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function textBelow({ text, matter }: Page): string {
  return text.split(/\r?\n/).slice(matter.lines).join('\n')
}

function deadLink(page: Page, link: Link, answer: LinkAnswer | undefined): readonly Problem[] {
  if (answer?.kind !== 'dead') return []
  return [problemAt(page, link, 'RUNBOOK_DEAD_LINK', `the address ${link.to} is dead: ${answer.why}`)]
}

function problemAt({ path }: Page, { line, column }: Link, code: string, message: string): Problem {
  return { code, severity: 'error', message, path: [], at: { file: path, line, column } }
}

function missingFolder(folder: string): Problem {
  return { code: 'RUNBOOK_NO_FOLDER', severity: 'error', message: `there is no folder ${folder}`, path: [] }
}
