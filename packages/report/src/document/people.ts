import type { CorrectionMonth, MonthFacts } from '@tabiji/core/report'

/** Stands where a name was. It says that there is one: a fix without an owner stays without. */
const WITHHELD = '(withheld)'

/**
 * The facts without the names of people: owners of fixes, approvers of risks, authors of corrections. A journey's owner is a team and stays.
 * Titles and reasons are sentences that people wrote and are kept as they are.
 */
export function withoutPeople(facts: MonthFacts): MonthFacts {
  const { open, acceptedRisks } = facts.fixes
  return {
    ...facts,
    ...(facts.corrections !== undefined && { corrections: facts.corrections.map(withoutAuthor) }),
    fixes: {
      ...facts.fixes,
      open: open.map((fix) => (fix.owner === undefined ? fix : { ...fix, owner: WITHHELD })),
      acceptedRisks: acceptedRisks.map((risk) => ({ ...risk, approver: WITHHELD })),
    },
  }
}

function withoutAuthor(correction: CorrectionMonth): CorrectionMonth {
  return correction.author === undefined ? correction : { ...correction, author: WITHHELD }
}
