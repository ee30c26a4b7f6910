/**
 * What other systems have delivered already. Senders repeat until they are answered, and somebody may send again what was
 * recorded: both must change nothing.
 */
export interface HookLog {
  /** @param id what the sender calls the delivery, or a digest of it */
  knows(hook: string, id: string): boolean
  /** Called after the delivery has had its effect: one that was cut short in between is taken again. Old ones are forgotten. */
  remember(hook: string, ids: readonly string[], now: number): void
}
