import type { ReportPending } from '@tabiji/dashboard'
import type { Postmortems } from '../../ports/postmortems.ts'
import type { Work } from '../../ports/work.ts'

type Rooms = { readonly work: Pick<Work, 'listIncidents'>; readonly postmortems: Pick<Postmortems, 'list'> }

/** What each month still waits for from those who worked on its incidents; practice holds nothing up. */
export function pendingIn({ work, postmortems }: Rooms): (month: string) => ReportPending {
  const incidents = work.listIncidents('all').filter(({ drill }) => !drill)
  const monthOf = new Map(incidents.map(({ key, openedAt }) => [key, openedAt.slice(0, 7)]))
  const owed = postmortems.list('open')
  return (month) => ({
    incidents: incidents
      .filter(
        ({ openedAt, resolvedAt, mergedInto }) =>
          resolvedAt === undefined && mergedInto === undefined && openedAt.slice(0, 7) <= month,
      )
      .map(({ key, title }) => ({ key, title })),
    postmortems: owed
      .filter(({ incident }) => monthOf.get(incident) === month)
      .map(({ incident, title, state, due }) => ({ incident, title, state, due })),
  })
}
