/** The entries of the navigation, in their order. */
export const SECTIONS = ['journeys', 'alerts', 'incidents', 'fixes', 'reports', 'drills'] as const

/** What a screen belongs to; the settings are reached from the foot. */
export type Section = (typeof SECTIONS)[number] | 'settings'
