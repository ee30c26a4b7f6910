type TrackerBase = {
  readonly name: string
  readonly url: string
  /** What marks an issue as a fix. */
  readonly label: string
  readonly intervalMs: number
  /** Who holds it can neither print nor store it by accident. */
  readonly token: () => string
}
/** Where tickets of fixes are kept. */
export type TrackerPlace =
  | (TrackerBase & {
      readonly kind: 'github'
      /** `owner/name` */
      readonly repositories: readonly string[]
    })
  | (TrackerBase & {
      readonly kind: 'jira'
      /** The key of the project in which tickets are created. */
      readonly project: string
      /** Which issues are fixes. */
      readonly jql: string
      readonly issueType: string
      /** Names of resolutions that mean that it is given up. */
      readonly dropped: readonly string[]
      readonly email: string
    })
