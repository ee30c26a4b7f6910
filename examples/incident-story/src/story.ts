import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Customers, sendCustomers } from './customers.ts'
import type { GithubStandIn } from './github.ts'
import { type House, openHouse } from './house.ts'
import type { Processes } from './processes.ts'
import type { StoryClock } from './story-clock.ts'
import { clockText, type Impact, impactLines, type Times, timesLine } from './words.ts'

export type Stage = {
  /** Where the processes work; it is taken away at the end. */
  readonly work: string
  /** Where the results are left. */
  readonly results: string
  readonly clock: StoryClock
  readonly github: GithubStandIn
  readonly processes: Processes
  readonly say: (line?: string) => void
}

type Shown = { readonly incident: { readonly title: string; readonly level: number; readonly times: Times } }
type Facts = { readonly journeys: readonly { readonly steps: readonly { readonly counts: readonly number[] }[] }[] }
type FixDetails = {
  readonly fix: { readonly title: string; readonly state: string; readonly doneAt?: string; readonly due: string }
  readonly transitions: readonly { readonly type: string; readonly reason?: string }[]
}

const CAUSE = ['no-timeout', 'The payment client waits for ever', '--bone', 'design'] as const
const CLOSED_AT = '2026-10-24T10:00:00+09:00'

/** Plays the story, and says at each station what was measured. Leaves the results in their folder. */
export async function playStory(stage: Stage): Promise<void> {
  const { clock, github, processes, say, work } = stage
  say(
    'One incident from its first failed payment to the month after its fixes. The service, the collector and its commands',
  )
  say(
    'are real; their clocks are set to October 2026, so that a month passes in a minute. GitHub is a stand-in on loopback.',
  )
  const act = async (name: Parameters<StoryClock['begin']>[0]) => openHouse(work, clock.begin(name), github, processes)

  const october = await act('fault')
  say(`\nshop ${october.shopUrl} · collector ${october.api} · GitHub stand-in ${github.url}`)
  await theFault(october, stage)
  await theFixes(october, stage)
  await processes.end()

  // Nobody of this machine sees it when it happens.
  github.close(1, Date.parse(CLOSED_AT))
  const reading = await act('reading')
  await theReading(reading, stage)
  await processes.end()

  const november = await act('repeat')
  await theRepeat(november, stage)
  await processes.end()
  say(`\nLeft in ${stage.results}: postmortem.md, fishbone.svg, statistics.txt`)
}

async function theFault(house: House, stage: Stage): Promise<void> {
  const { say } = stage
  const station = stationOf(stage)
  const customers = sendCustomers(house.shopUrl)
  await customers.pay(80)
  station(1, 'A fault')
  await ringing(house, customers, stage)
  station(2, 'An incident with its checklist')
  await opened(house, 'INC-0001')
  const { items } = await house.get<{ items: readonly { text: { en: string } }[] }>('/incidents/INC-0001/checklist')
  say(`   ${await house.tabiji('incident', 'lead', 'INC-0001')}   to be done first: ${items.length} things`.trimEnd())
  for (const { text } of items.slice(0, 3)) say(`     · ${text.en}`)
  station(3, 'A decision, while it is made')
  await house.tabiji(
    ...['incident', 'decide', 'INC-0001', '--knew', 'every second payment fails', '--option', 'restart the shop'],
    ...['--option', 'the old payment client', '--choice', 'the old payment client', '--why', 'it ran for a year'],
  )
  say('   known: every second payment fails · chosen: the old payment client · because: it ran for a year')
  station(4, 'Mitigated')
  await house.breakShop(false)
  const { times } = await house.until('the alert to be over and the impact to end', async () => {
    const { incident } = await house.get<Shown>('/incidents/INC-0001')
    return incident.times.mitigated !== undefined && (await pages(house)).length === 0 ? incident : undefined
  })
  await customers.leave()
  await house.tabiji('incident', 'resolve', 'INC-0001')
  say(`   ${timesLine(times)}`)
  await theBooks(house, customers, stage)
}

/** Breaks the shop and waits until level 1 rings. */
async function ringing(house: House, customers: Customers, { say }: Stage): Promise<void> {
  const before = customers.seen.failed
  await house.breakShop(true)
  const { id } = await house.until('level 1 to ring', async () => (await pages(house))[0])
  say(`   every second payment fails; level 1 (${id}) rings after ${customers.seen.failed - before} failed payments`)
}

/** What rings at level 1. On a busy machine the collector may also have said that it could not read the shop in time. */
async function pages(house: House): Promise<readonly { readonly id: string }[]> {
  const { alerts } = await house.get<{ alerts: readonly { id: string; level: number }[] }>('/alerts?state=open')
  return alerts.filter(({ level }) => level === 1)
}

/** Waits until the page has opened its incident. */
async function opened(house: House, incident: string): Promise<void> {
  await house.until(incident, async () => {
    const { incidents } = await house.get<{ incidents: readonly { key: string }[] }>('/incidents?state=open')
    return incidents.find(({ key }) => key === incident)
  })
}

/** What the customers counted is what the ledger has. */
async function theBooks(house: House, { seen }: Customers, { say }: Stage): Promise<void> {
  const counted = async () => {
    const { journeys } = await house.get<Facts>('/months/2026-10/facts')
    const [good = 0, slow = 0, error = 0] = journeys[0]?.steps[0]?.counts ?? []
    return good + slow === seen.paid && error === seen.failed ? error : undefined
  }
  const failed = await house.until('the ledger to have what the customers counted', counted)
  say(`   customers counted ${seen.failed} failed payments of ${seen.paid + seen.failed}; the ledger has ${failed}`)
}

async function theFixes(house: House, stage: Stage): Promise<void> {
  const { say, work, results, github } = stage
  const station = stationOf(stage)
  const draft = join(work, 'postmortems', 'INC-0001.md')
  mkdirSync(join(work, 'postmortems'), { recursive: true })
  station(5, 'A postmortem draft, and its causes as a fishbone')
  await house.tabiji('incident', 'cause', 'INC-0001', ...CAUSE)
  await house.tabiji('incident', 'cause', 'INC-0001', 'seen-late', 'Nobody watches the queue', '--bone', 'detection')
  for (const line of impactLines(await house.get<Impact>('/incidents/INC-0001/impact'))) say(`   ${line}`)
  station(6, 'Two fixes, as tickets in the GitHub stand-in')
  const about = ['--incident', 'INC-0001', '--journey', 'checkout', '--owner', 'suzuki'] as const
  const prevent = ['Give payments a timeout', '--kind', 'prevent', '--cause', 'no-timeout', '--due', '2026-10-25']
  const detect = ['Watch the queue', '--kind', 'detect', '--cause', 'seen-late', '--due', '2026-10-28']
  for (const [i, words] of [prevent, detect].entries()) {
    await house.tabiji('fix', 'add', ...words, ...about)
    say(`   ${(await house.tabiji('fix', 'ticket', `FIX-000${i + 1}`)).trim()}`)
  }
  if (github.issues.length !== 2) throw new Error(`Expected two issues, got ${github.issues.length}.`)
  await house.tabiji('postmortem', 'draft', 'INC-0001', '--out', draft)
  // The picture has a shorter name among the results.
  const picture = 'INC-0001-fishbone.svg'
  writeFileSync(join(results, 'postmortem.md'), readFileSync(draft, 'utf8').replaceAll(picture, 'fishbone.svg'))
  writeFileSync(join(results, 'fishbone.svg'), readFileSync(join(work, 'postmortems', picture)))
}

async function theReading(house: House, stage: Stage): Promise<void> {
  const { say } = stage
  stationOf(stage)(7, 'One was closed there, which is found when the tracker is read')
  const { fix } = await house.until('FIX-0001 to be done', async () => {
    const details = await house.get<FixDetails>('/fixes/FIX-0001')
    return details.fix.state === 'done' ? details : undefined
  })
  say(
    `   FIX-0001 ${fix.title}: done at ${clockText(fix.doneAt ?? '')}, as the tracker states; it was due on ${fix.due}`,
  )
}

async function theRepeat(house: House, stage: Stage): Promise<void> {
  const { say, results } = stage
  const station = stationOf(stage)
  const october = () => house.tabiji('fix', 'stats', '--month', '2026-10')
  station(8, "October's statistics: one done, one overdue")
  const { fixes } = await house.get<{ fixes: readonly { key: string; overdueDays: number }[] }>('/fixes?state=overdue')
  for (const { key, overdueDays } of fixes) say(`   ${key} is ${overdueDays} days overdue`)
  const before = await october()
  say(indented(before))
  station(9, 'The same fault comes back')
  const customers = sendCustomers(house.shopUrl)
  await customers.pay(80)
  await ringing(house, customers, stage)
  await opened(house, 'INC-0002')
  await house.tabiji('incident', 'cause', 'INC-0002', ...CAUSE)
  const { fix, transitions } = await house.get<FixDetails>('/fixes/FIX-0001')
  if (fix.state !== 'open') throw new Error(`Expected FIX-0001 to be open again, it is ${fix.state}.`)
  say(
    `   INC-0002 has the cause that FIX-0001 should have removed: it is open again (${transitions.at(-1)?.reason ?? ''})`,
  )
  await house.breakShop(false)
  await customers.leave()
  station(10, 'What October says now, and what is still owed')
  const [after, debt] = [await october(), await house.tabiji('fix', 'debt')]
  say(indented(`${after}\n${debt}`))
  const parts = [
    ...['October 2026, before the fault came back\n', before, '\nOctober 2026, now\n', after],
    ...['\nNovember 2026\n', await house.tabiji('fix', 'stats', '--month', '2026-11'), '\nWhat is still owed\n', debt],
  ]
  writeFileSync(join(results, 'statistics.txt'), parts.join('\n'))
}

const indented = (text: string) => text.trimEnd().replace(/^(?=.)/gm, '   ')

function stationOf({ clock, say }: Stage): (number: number, title: string) => void {
  return (number, title) => say(`\n${number}  ${title}  (${clockText(new Date(clock.now()).toISOString())})`)
}
