import type { Definition, JourneyName, Journeys, StepName } from '@tabiji/core/journey'

/** The names of a definition's journeys: literals when it was written with `defineJourneys`, text when it was read. */
export type JourneyOf<J extends Definition> = J extends Journeys ? JourneyName<J> : string

/** The names of the steps of one journey. */
export type StepOf<J extends Definition, Name extends JourneyOf<J>> = J extends Journeys
  ? StepName<J, Name & JourneyName<J>>
  : string
