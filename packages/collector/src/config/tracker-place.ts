import type { TicketRule } from '@tabiji/core/fix'

type TrackerBase = {
  readonly name: string
  readonly url: string
  /** What marks an issue as a fix. */
  readonly label: string
  readonly intervalMs: number
  /** Which new tickets go where; all others go to the first of the places. */
  readonly create: readonly TicketRule[]
  /** Who holds it can neither print nor store it by accident. */
  readonly token: () => string
}
/** Where tickets of fixes are kept. */
export type TrackerPlace =
  | (TrackerBase & {
      readonly kind: 'github'
      /** `owner/name` */
      readonly repositories: readonly [string, ...string[]]
      /** Labels that say that an issue is blocked. */
      readonly blocked: readonly string[]
      /** The name of the issue field whose date is the due date. */
      readonly dueField?: string
    })
  | (TrackerBase & {
      readonly kind: 'jira'
      /** The keys of the projects in which tickets are created, the usual one first. */
      readonly places: readonly [string, ...string[]]
      /** Which issues are fixes. */
      readonly jql: string
      readonly issueType: string
      /** Names of resolutions that mean that it is given up. */
      readonly dropped: readonly string[]
      /** What says that an issue is blocked: any of them. */
      readonly blocked: {
        readonly labels: readonly string[]
        readonly statuses: readonly string[]
        readonly flag?: string
      }
      readonly email: string
    })
