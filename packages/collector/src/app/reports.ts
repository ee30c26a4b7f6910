import type { MonthFacts, ReportIssue } from '@tabiji/core/report'
import { LANGUAGES, type Language, renderCsv, renderReport } from '@tabiji/report'
import { findBrowser, printPdf } from '@tabiji/report/print'
import { type Loop, startLoop } from '../jobs/loop/schedule.ts'
import { isCounted } from '../jobs/report/month-counted.ts'
import { createReports } from '../jobs/report/reports.ts'
import type { ReportFile, ReportPress, Reports } from '../ports/reports.ts'
import type { House } from './house.ts'
import { ownVersion } from './version.ts'

/** How often it is looked whether a draft is due. */
const DRAFTS_MS = 60_000

/** Monthly reports, from the books of the house. */
export function openReports(house: House, ending: AbortSignal): Reports {
  const { stores, now } = house
  const definition = () => house.judge().definition
  return createReports({
    store: stores.reports,
    press: createPress(process.env, ending),
    zone: () => definition().timeZone,
    journeys: () => definition().journeys.map(({ name }) => name),
    facts: house.months.tell,
    nightly: house.months.tellOnce,
    // What was let go had been counted.
    countedBefore: (at) => stores.ledger.keptFrom() > 0 || isCounted(stores.ledger, { from: 0, to: at }),
    whole: house.months.whole,
    now,
  })
}

/** Makes drafts when they are due. */
export function startDrafts({ log, now, health, clock }: House, reports: Reports): Loop {
  const loop = startLoop(DRAFTS_MS, async () => {
    if (clock?.isDoubtful() === true) return
    try {
      const months = await reports.tick(now())
      if (months.length > 0) log.info({ months }, 'drafts of reports were made')
    } catch (error) {
      health.wrote('keeping', error)
      log.error({ err: error }, 'drafts of reports could not be made; it is tried again at the next turn')
    }
  })
  loop.kick()
  return loop
}

/** Renders reports by this version. @param env names a browser, if anything does */
export function createPress(env: NodeJS.ProcessEnv, ending: AbortSignal): ReportPress {
  return {
    version: ownVersion(),
    print: async (facts, issue, withPeople) => {
      const options = { issue, withPeople }
      const pages = LANGUAGES.flatMap((lang) => texts(facts, lang, options))
      const data = [
        file('report.json', renderReport(facts, { format: 'json', lang: 'en', withPeople })),
        ...Object.entries(renderCsv(facts, options)).map(([name, text]) => file(`report.${name}.csv`, text)),
      ]
      const printed = await printPages(facts, options, env, ending)
      const files = [...pages, ...data, ...printed.files]
      return { files, ...(printed.notPrinted !== undefined && { notPrinted: printed.notPrinted }) }
    },
    draft: (facts, name) => {
      if (name === 'report.json') return file(name, renderReport(facts, { format: 'json', lang: 'en' }))
      const table = Object.entries(renderCsv(facts)).find(([each]) => name === `report.${each}.csv`)
      if (table !== undefined) return file(name, table[1])
      return LANGUAGES.flatMap((lang) => texts(facts, lang, { draft: true })).find((each) => each.name === name)
    },
  }
}

type Options = { readonly issue?: ReportIssue; readonly withPeople?: boolean; readonly draft?: boolean }

function texts(facts: MonthFacts, lang: Language, options: Options): readonly ReportFile[] {
  return (['md', 'html', 'slack'] as const).map((format) =>
    file(
      `report.${lang}.${format === 'slack' ? 'slack.json' : format}`,
      renderReport(facts, { ...options, format, lang }),
    ),
  )
}

/** A report without PDF is a report; whoever needs one prints the page. */
async function printPages(facts: MonthFacts, options: Options, env: NodeJS.ProcessEnv, stop: AbortSignal) {
  const browser = findBrowser(env)
  if (browser === undefined) return { files: [], notPrinted: 'no Chrome, Chromium or Edge was found' }
  const files: ReportFile[] = []
  try {
    for (const lang of LANGUAGES) {
      const page = renderReport(facts, { ...options, format: 'html', lang })
      files.push({ name: `report.${lang}.pdf`, body: await printPdf(page, { browser, stop }) })
    }
    return { files }
  } catch (error) {
    // A report that is cut off because the daemon ends is not issued at all.
    stop.throwIfAborted()
    return { files: [], notPrinted: error instanceof Error ? error.message : String(error) }
  }
}

const file = (name: string, text: string): ReportFile => ({ name, body: Buffer.from(text) })
