import type { Definition } from '@tabiji/core/journey'

/** The journeys of a definition, each with the union of its steps' names: `{ 'measure-feet': 'upload' | 'process' }`. */
export type StepNames = Readonly<Record<string, string>>

/** A definition that knows its names as types; one that was read from a file knows them as text. */
export type Declared<Names extends StepNames> = Definition & { readonly names?: Names }

export type JourneyOf<Names extends StepNames> = keyof Names & string

export type StepOf<Names extends StepNames, J extends JourneyOf<Names>> = Names[J]
