import { ALERT_CLAIMS } from './alert-claims.ts'
import type { Block } from './blocks.ts'
import type { Claim, Page } from './claim.ts'
import { JOURNEY_CLAIMS } from './journey-claims.ts'
import { SETTINGS_CLAIMS } from './settings-claims.ts'
import { WORK_CLAIMS } from './work-claims.ts'

const ANY = /./
const count = (open: readonly unknown[]): string => String(open.length)

/** What stands around every screen. */
const FRAME: readonly Claim[] = [
  [
    ANY,
    'navigation',
    'li',
    ({ link }, { documents: { alerts, incidents } }) => {
      if (link === '/alerts')
        return count(alerts.filter(({ episode: { state } }) => state === 'firing' || state === 'acked'))
      return link === '/incidents'
        ? count(incidents.filter(({ resolvedAt, mergedInto }) => (resolvedAt ?? mergedInto) === undefined))
        : undefined
    },
  ],
  // Hours and minutes.
  [ANY, 'connection', 'p', (_, { documents }) => documents.overview.at.slice(11, 16)],
  [ANY, 'foot', 'p', () => '0.1.0'],
]

/** Numbers that are no figures, each with its reason. */
const NAMES: readonly Claim[] = [
  // Twelve months are called so in Japanese with digits, and so is one line.
  [/^\/journeys\//, 'content', 'h3', () => '12'],
  [/^\/journeys\//, 'content', 'p', () => '1'],
  // So far back the same rule is looked for.
  [/^\/alerts\//, 'content', 'h2', () => '90'],
  // A level is called by its number.
  [
    /^\/(alerts|incidents|settings|drills)/,
    '',
    '',
    (_, { left }) => left.match(/(?<![\d.,])[123](?![\d,]|\.\d)/g)?.join(' '),
  ],
]

const CLAIMS: readonly Claim[] = [...FRAME, ...JOURNEY_CLAIMS, ...ALERT_CLAIMS, ...WORK_CLAIMS, ...SETTINGS_CLAIMS]

/** What may be meant by a block, the nearest first; and whether it owes a figure: a cell of a column of figures does. */
export function claimsOf(block: Block, page: Page): { readonly claims: readonly string[]; readonly isOwed: boolean } {
  const figures = fittingIn(CLAIMS, block, page)
  // A name is looked for only where nobody says that a figure has to stand.
  const fitting = figures.length > 0 ? figures : fittingIn(NAMES, block, page)
  return { claims: fitting.flatMap(({ said }) => said), isOwed: fitting.some(({ isOwed }) => isOwed) }
}

function fittingIn(claims: readonly Claim[], block: Block, page: Page) {
  return claims
    .filter(
      ([path, place, tag, , column]) =>
        path.test(page.path) &&
        (place === '' || block.place === place) &&
        (tag === '' || block.tag === tag) &&
        (column === undefined || block.column === column),
    )
    .flatMap(([, , , formula, column]) => {
      const said = formula(block, page)
      return said === undefined ? [] : [{ said: [said].flat(), isOwed: column !== undefined && block.tag === 'td' }]
    })
}
