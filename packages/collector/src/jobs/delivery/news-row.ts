import { type AlertFacts, type MessageFacts, topicOf } from '@tabiji/core/alert'
import type { OutboxRow } from '../../ports/alert-store.ts'

/**
 * What is owed to a receiver that is not about one alert. It asks no gate: whoever made it knew its time.
 *
 * @param notBefore milliseconds
 */
export function newsRow(
  facts: Exclude<MessageFacts, AlertFacts>,
  receiver: string,
  id: string,
  notBefore = facts.at,
): OutboxRow {
  return {
    id,
    receiver,
    facts,
    topic: topicOf(facts),
    kind: facts.kind,
    level: facts.level,
    verdicts: [],
    createdAt: facts.at,
    notBefore,
    state: 'waiting',
    attempts: 0,
    ambiguous: false,
    degraded: false,
  }
}
