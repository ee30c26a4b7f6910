/**
 * What a pager calls the incidents that our alerts opened there. Some of what it tells names the incident only by its own id.
 */
export interface PagerIncidents {
  remember(incident: string, dedupKey: string, now: number): void
  dedupKeyOf(incident: string): string | undefined
}
