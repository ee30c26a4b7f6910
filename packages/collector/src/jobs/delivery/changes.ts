import { type ChangeFacts, changeOf, isMade } from '@tabiji/core/alert'
import { DAY } from '@tabiji/core/time'
import type { AlertStore, OutboxRow } from '../../ports/alert-store.ts'
import type { AnnotationStore } from '../../ports/annotations.ts'
import { newsRow } from './news-row.ts'

/** Nobody makes so many changes in a day; what loops over there must not fill the outbox. */
const MOST = 500

type Parts = {
  readonly annotations: Pick<AnnotationStore, 'between'>
  readonly alerts: Pick<AlertStore, 'findOwed' | 'owe'>
  /** Names of the receivers that are told of changes. */
  readonly receivers: readonly string[]
  readonly letterhead: () => { readonly timeZone: string; readonly sample: boolean }
  readonly now: () => number
}

/** Tells pagers what was changed, so that whoever is called sees it beside the incident. */
export type ChangeTelling = {
  /** Owes every change of the last day that was not told yet. @returns whether anything became owed */
  look(): boolean
}

/**
 * Which changes were told is asked of the outbox, where each has one id for each receiver: so none is lost when the process
 * ends between an annotation and its telling, and none is told twice.
 */
export function createChangeTelling({ annotations, alerts, receivers, letterhead, now }: Parts): ChangeTelling {
  const owed = (at: number): readonly OutboxRow[] =>
    annotations
      .between(at - DAY, at, MOST)
      .filter(isMade)
      .flatMap((annotation) =>
        receivers.map((receiver): OutboxRow => {
          const { key, journeys } = annotation
          const id = `change:${key}:${receiver}`
          const facts: ChangeFacts = {
            kind: 'change',
            key,
            receiver,
            change: changeOf(annotation),
            journeys,
            level: 3,
            at,
            dedupKey: id,
            ...letterhead(),
          }
          return newsRow(facts, receiver, id)
        }),
      )
      .filter(({ id }) => alerts.findOwed(id) === undefined)
  return {
    look: () => {
      const rows = receivers.length === 0 ? [] : owed(now())
      if (rows.length > 0) alerts.owe(rows)
      return rows.length > 0
    },
  }
}
