/** What the collector can read of runbooks. */
export interface Runbooks {
  /** The first step of the runbook at an address; nothing where it cannot be read, whatever the reason. Never throws. */
  firstStep(address: string): string | undefined
}
