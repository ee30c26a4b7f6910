import type { AlertsView } from './alerts.ts'

/** In the order in which they can be chosen. */
export const ALERT_STATES = ['open', 'taken', 'quiet', 'over', 'all'] as const satisfies readonly AlertsView['state'][]
