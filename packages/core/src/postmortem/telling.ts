import type { PostmortemLanguage } from './language.ts'
import type { PostmortemRecord } from './record.ts'

/** What is known of an incident, as the API tells it: instants are ISO 8601 with the offset of the zone. */
type ToldIncident = {
  readonly incident: Omit<PostmortemRecord['incident'], 'times' | 'causes' | 'people'> & {
    readonly times?: Readonly<Record<string, { readonly at: string } | undefined>> | undefined
    readonly roles?: Readonly<Record<string, { readonly name: string } | undefined>> | undefined
    readonly causes?: PostmortemRecord['incident']['causes'] | undefined
  }
  readonly timeline: readonly { readonly by?: string | undefined }[]
  readonly fixes: readonly (Omit<PostmortemRecord['fixes'][number], 'url'> & {
    readonly ticket?: { readonly url: string } | undefined
  })[]
  readonly impact?: PostmortemRecord['impact'] | undefined
}

/** A line of the assembled timeline, in both languages. */
type ToldLine = {
  readonly at: string
  readonly kind: string
  readonly by?: string | undefined
  readonly starred: boolean
  readonly text: { readonly en: string; readonly ja: string }
  readonly struck?: object | undefined
}

/** Who had which role is told by the role in what others read, so lines that name somebody stay in the record. */
const NAMING = new Set(['role'])

/** The record of a postmortem, from what is told of its incident. Names of people stay out of what is written. */
export function recordFrom(
  { incident, timeline, fixes, impact }: ToldIncident,
  lines: readonly ToldLine[],
  language: PostmortemLanguage,
): PostmortemRecord {
  const { key, title, level, journeys, openedAt, resolvedAt, times = {}, roles = {}, causes = [] } = incident
  const names = [
    ...Object.values(roles).flatMap((holder) => holder?.name ?? []),
    ...[...timeline, ...lines].flatMap(({ by }) => by ?? []),
  ]
  const standing = lines.filter(({ kind, struck }) => struck === undefined && !NAMING.has(kind))
  const timed = Object.entries(times).flatMap(([moment, mark]) => (mark === undefined ? [] : [[moment, mark.at]]))
  return {
    incident: {
      key,
      title,
      level,
      journeys,
      openedAt,
      resolvedAt,
      causes,
      times: Object.fromEntries(timed),
      people: [...new Set(names)],
    },
    ...(impact !== undefined && { impact }),
    timeline: standing.map(({ at, starred, text }) => ({ at, starred, text: text[language] })),
    decisions: standing.filter(({ kind }) => kind === 'decision').map(({ at, text }) => ({ at, text: text[language] })),
    fixes: fixes.map(({ key, title, kind, state, owner, due, cause, ticket }) => ({
      key,
      title,
      kind,
      state,
      owner,
      due,
      cause,
      url: ticket?.url,
    })),
  }
}
