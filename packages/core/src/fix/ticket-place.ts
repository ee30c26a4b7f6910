/** New tickets of what it names go to a place: of each kind of name that it states, one must fit. Steps are `journey/step`. */
export type TicketRule = {
  readonly place: string
  readonly journeys?: readonly string[]
  readonly teams?: readonly string[]
  readonly steps?: readonly string[]
}

/** What a fix is about, as far as it is known: itself, else by its incident. */
export type TicketSubject = {
  readonly journeys: readonly string[]
  readonly teams: readonly string[]
  readonly steps: readonly string[]
}

/** The place of the first rule that fits. */
export function placeBy(rules: readonly TicketRule[], subject: TicketSubject): string | undefined {
  const fits = (stated: readonly string[] | undefined, about: readonly string[]) =>
    stated === undefined || about.some((name) => stated.includes(name))
  return rules.find(
    ({ journeys, teams, steps }) =>
      fits(journeys, subject.journeys) && fits(teams, subject.teams) && fits(steps, subject.steps),
  )?.place
}
