import type { Definition, JourneyName, Journeys, StepName, StepReference } from '@tabiji/core/journey'

/** The names of a definition's journeys: literals when it was written with `defineJourneys`, text when it was read. */
export type JourneyOf<J extends Definition> = J extends Journeys ? JourneyName<J> : string

/** The names of the steps of one journey. */
export type StepOf<J extends Definition, Name extends JourneyOf<J>> = J extends Journeys
  ? StepName<J, Name & JourneyName<J>>
  : string

/** Any declared step: what `journeys.step('a', 'b')` gives. */
export type DeclaredStep<J extends Definition> = {
  [Name in JourneyOf<J>]: StepReference<Name, StepOf<J, Name>>
}[JourneyOf<J>]
