/** What OpenSLO has no words for, as JSON in annotations. Documented in docs/guides/openslo.md. */
export const ANNOTATION = {
  /** On a Service: time zone and classes of the journeys file. */
  file: 'tabiji/file',
  /** On a Service: everything of the journey but its objectives, with the keys of the journeys file. */
  journey: 'tabiji/journey',
  /** On an SLO: `INDICATOR` or `STEP.INDICATOR`. */
  objective: 'tabiji/objective',
  /** On a composite SLO: its name; what it is made of stands with its journey. */
  composite: 'tabiji/composite',
  /** On an SLO: a rolling window that OpenSLO cannot say, such as `90s`. */
  window: 'tabiji/window',
  /** On an SLO in slices: `slice` and `onNoData`, with the keys of the journeys file. */
  slices: 'tabiji/slices',
  /** On an SLO: pairs of windows, milestones, guard and calm, with the keys of the journeys file. */
  policy: 'tabiji/policy',
} as const
