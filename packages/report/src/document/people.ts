import type {
  Ask,
  CorrectionMonth,
  IncidentMonth,
  JourneyMonth,
  MonthFacts,
  PolicyMonth,
  TeamParts,
} from '@tabiji/core/report'

/** Stands where a name was. It says that there is one: a fix without an owner stays without. */
const WITHHELD = '(withheld)'

/**
 * The facts without the names of people: owners of fixes and of what is asked, approvers of risks, authors of corrections and
 * remarks, who had which role. A journey's owner is a team and stays. Titles, reasons and remarks are sentences that people
 * wrote and are kept as they are.
 */
export function withoutPeople(facts: MonthFacts): MonthFacts {
  const { asks, headline, teamParts } = facts
  return {
    ...facts,
    ...partsWithout(facts),
    ...(teamParts !== undefined && {
      teamParts: Object.fromEntries(Object.entries(teamParts).map(([team, parts]) => [team, partsWithout(parts)])),
    }),
    ...(asks !== undefined && { asks: asks.map(withoutOwner) }),
    ...(headline !== undefined && { headline: unsigned(headline) }),
    journeys: facts.journeys.map(withoutAuthors),
    incidents: facts.incidents.map(withoutRoles),
  }
}

/** The families that stand once for all teams and once for each. */
function partsWithout(parts: TeamParts): TeamParts {
  const { fixes, fixList, corrections } = parts
  return {
    ...parts,
    ...(corrections !== undefined && { corrections: corrections.map(withoutAuthor) }),
    ...(fixList !== undefined && { fixList: fixList.map(unowned) }),
    fixes: {
      ...fixes,
      open: fixes.open.map(unowned),
      acceptedRisks: fixes.acceptedRisks.map((risk) => ({ ...risk, approver: WITHHELD })),
    },
  }
}

function unowned<Fix extends { readonly owner?: string }>(fix: Fix): Fix {
  return fix.owner === undefined ? fix : { ...fix, owner: WITHHELD }
}

function withoutAuthor(correction: CorrectionMonth): CorrectionMonth {
  return correction.author === undefined ? correction : { ...correction, author: WITHHELD }
}

function withoutOwner(ask: Ask): Ask {
  return {
    ...ask,
    ...(ask.owner !== undefined && { owner: WITHHELD }),
    ...(ask.answer !== undefined && { answer: unsigned(ask.answer) }),
  }
}

function withoutAuthors(journey: JourneyMonth): JourneyMonth {
  const { comment, policy } = journey
  return {
    ...journey,
    ...(comment !== undefined && { comment: unsigned(comment) }),
    ...(policy !== undefined && { policy: withoutGranters(policy) }),
  }
}

function withoutGranters(policy: PolicyMonth): PolicyMonth {
  return policy.exceptions === undefined ? policy : { ...policy, exceptions: policy.exceptions.map(unsigned) }
}

function withoutRoles(incident: IncidentMonth): IncidentMonth {
  const { roles } = incident
  if (roles === undefined) return incident
  return { ...incident, roles: Object.fromEntries(Object.keys(roles).map((role) => [role, WITHHELD])) }
}

function unsigned<Signed extends { readonly by?: string }>(said: Signed): Signed {
  return said.by === undefined ? said : { ...said, by: WITHHELD }
}
