import type { Socket } from 'node:net'
import type { OpenEvent } from '../event/events.ts'

/**
 * Requests that a client sent without waiting for the answers before (HTTP pipelining). When the connection is gone before
 * their turn has come, Node tells the socket and not their responses; without this their events would stay open for ever.
 */
const QUEUED = Symbol.for('tabiji.queued.1')
type Queue = { [QUEUED]?: OpenEvent[] }

/** Sees to it that the event ends with its connection, at the latest. One listener per connection. */
export function watchQueued(socket: Socket & Queue, event: OpenEvent): void {
  const queue = socket[QUEUED]
  if (queue === undefined) {
    socket[QUEUED] = [event]
    socket.on('close', endQueued)
    return
  }
  // A connection may pipeline for days: what has had its turn is let go of.
  socket[QUEUED] = [...queue.filter(({ settled }) => !settled), event]
}

function endQueued(this: Socket & Queue): void {
  // Those that have had their turn end with their response, which may come after this; its ending says more.
  for (const event of this[QUEUED] ?? []) setImmediate(endUnanswered, event)
}

function endUnanswered(event: OpenEvent): void {
  event.owner.settle(event, 'none')
}
