import type { KeptLine, LinesCommand } from '@tabiji/core/incident'
import type { ToldLine } from './incident-timeline.ts'
import type { Result } from './work.ts'

/** Where somebody said something in a chat. */
export type ChatPlace = {
  /** An incident that they named. */
  readonly named?: string
  /** The chat's id of the channel, and what the channel is called. */
  readonly channel?: string
  readonly channelName?: string
  /** The first message of the thread. */
  readonly thread?: string
}

/** Which incident is meant: the one that was named, or the place's, or the only open one. */
export type MeantIncident =
  | { readonly kind: 'found'; readonly key: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly key: string }
  | { readonly kind: 'many'; readonly keys: readonly string[] }

/** The timelines of incidents, as people in a chat reach them. */
export interface IncidentChat {
  meant(place: ChatPlace): MeantIncident
  /** @returns the line that was written */
  write(key: string, command: Extract<LinesCommand, { type: 'note' | 'decide' }>, by?: string): Result<ToldLine>
  /** The last lines, oldest first. */
  last(key: string, count: number): Result<readonly ToldLine[]>
  /** Takes a message over; one that stands there already changes nothing. @param moment names this pin, should there have been one before */
  pin(key: string, message: KeptLine, moment: string): Result<unknown>
  /** Strikes out what was taken over from a message, of whichever incident. */
  unpin(identity: string, reason: string, by?: string): void
}

/** A message as the chat has it. People are named as the chat shows them; who cannot be named is nobody. */
export type ChatMessage = { readonly text: string; readonly thread?: string; readonly by?: string }

/** Reads and answers in a chat, with the rights of a bot. */
export interface ChatDesk {
  /** @returns nothing where there is no such message, or the bot may not see it. Throws when nobody answered: worth another try */
  message(channel: string, id: string): Promise<ChatMessage | undefined>
  /** Says something that only one person sees. Whether it worked is not told: there is nobody to tell. */
  whisper(channel: string, user: string, text: string): Promise<void>
  /** What the chat shows for a person. */
  nameOf(user: string): Promise<string | undefined>
}
