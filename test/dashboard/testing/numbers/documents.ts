import type { FixSummary } from '@tabiji/core/fix'
import type { IncidentSummary } from '@tabiji/core/incident'
import type { MonthFacts } from '@tabiji/core/report'
import type {
  AlertView,
  DrillsView,
  FixView,
  JourneyStanding,
  JourneyView,
  SettingsView,
  Standing,
} from '@tabiji/dashboard'
import type { World } from './world.ts'

/** What the API says while the clock stands still; only what figures are made of. */
export type Documents = {
  readonly overview: { readonly at: string; readonly journeys: readonly JourneyStanding[] }
  readonly alerts: readonly AlertView[]
  readonly incidents: readonly (IncidentSummary & { readonly parts: IncidentParts })[]
  readonly fixes: readonly (FixView & { readonly fix: FixSummary })[]
  readonly drills: DrillsView['drills']
  readonly members: DrillsView['members']
  readonly others: DrillsView['others']
  readonly coverage: DrillsView['coverage']
  readonly due: readonly { readonly journey: string; readonly every: string; readonly overdueDays: number }[]
  readonly reports: readonly {
    readonly revision?: number
    readonly revisions?: readonly { readonly changes: number; readonly sha256: string }[]
  }[]
  readonly work: ReadonlyMap<string, JourneyView['work']>
  readonly months: ReadonlyMap<string, MonthFacts>
  readonly settings: NonNullable<SettingsView['settings']>
  /** Everything that is told, for the texts and moments in it. */
  readonly all: readonly unknown[]
}

type IncidentParts = {
  readonly impact: {
    readonly from: string
    readonly to: string
    readonly journeys: readonly {
      readonly objective: string
      readonly bad: number
      readonly valid: number
      readonly budgetPpm: number
    }[]
  }
  readonly checklist: { readonly done: number; readonly level?: number; readonly items: readonly unknown[] }
  readonly duty?: { readonly overdueDays: number }
}

export const MONTHS = ['2026-10', '2026-11'] as const

export async function documentsOf({ ask, url }: World): Promise<Documents> {
  const get = async <Value>(path: string) => (await ask(path)) as Value
  const overview = await get<Documents['overview']>('/journeys')
  const { alerts: listed } = await get<{ alerts: readonly { id: string }[] }>('/alerts?state=all')
  const alerts = await Promise.all(listed.map(({ id }) => get<AlertView>(`/alerts/${id}`)))
  const found = (await get<{ incidents: readonly IncidentSummary[] }>('/incidents?state=all')).incidents
  const incidents = await Promise.all(
    found.map(async (incident) => {
      const part = (name: string) => get<object>(`/incidents/${incident.key}/${name}`)
      const [impact, checklist, postmortem, timeline, card] = await Promise.all(
        ['impact', 'checklist', 'postmortem', 'timeline', 'card'].map(part),
      )
      return { ...incident, parts: { impact, checklist, ...postmortem, timeline, card } as unknown as IncidentParts }
    }),
  )
  const { fixes: board } = await get<{ fixes: readonly FixSummary[] }>('/fixes?state=all')
  const fixes = await Promise.all(board.map(({ key }) => get<FixView>(`/fixes/${key}`)))
  const months = new Map(
    await Promise.all(MONTHS.map(async (month) => [month, await get<MonthFacts>(`/months/${month}/facts`)] as const)),
  )
  const works = overview.journeys.map(
    async ({ name }) => [name, await get<JourneyView['work']>(`/journeys/${name}/dependencies?window=6h`)] as const,
  )
  const { drills } = await get<Pick<Documents, 'drills'>>('/drills')
  const practice = await get<Pick<Documents, 'members' | 'others' | 'coverage'> & { drills: Documents['due'] }>(
    '/practice',
  )
  const reports = await Promise.all([get<Documents['reports'][number]>('/reports/2026-10')])
  const rest = await Promise.all(
    ['/reports', '/reports/asks', '/silences?state=all', '/annotations?state=all', '/revisions', '/receivers'].map(
      (path) => ask(path),
    ),
  )
  const settings = await get<Documents['settings']>('/settings')
  const health = await (await fetch(`${url}/readyz`)).json()
  const told = { overview, alerts, incidents, fixes, months, drills, reports, work: new Map(await Promise.all(works)) }
  return {
    ...told,
    settings,
    ...{ members: practice.members, others: practice.others, coverage: practice.coverage, due: practice.drills },
    all: [...Object.values(told).map(plain), practice, ...rest, health, settings.versions],
  }
}

const plain = (value: unknown): unknown => (value instanceof Map ? [...value.values()] : value)

export function standingOf({ overview }: Documents, id: string): Standing | undefined {
  return overview.journeys.flatMap(({ objectives }) => objectives).find((each) => each.id === id)
}
