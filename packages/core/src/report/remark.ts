import { z } from 'zod'
import { date, instant, month, text } from './shapes.ts'

/** What somebody wrote for the report, as it was written: one text, whatever the language of the rendering. */
export type Remark = { readonly text: string; readonly by?: string; readonly at: string }

export const remark = z.object({ text, by: text.exactOptional(), at: instant })

/** What became of what was asked for. */
export const ASK_STATES = ['open', 'agreed', 'declined', 'done'] as const
export type AskState = (typeof ASK_STATES)[number]

/** A decision that those who read the report are asked for. It is told again the month after, with what became of it. */
export type Ask = {
  /** `ASK-0003`, for people. */
  readonly key: string
  /** The month in whose report it is asked. */
  readonly month: string
  readonly text: string
  readonly why?: string
  readonly journey?: string
  /** Who does it once it is decided. */
  readonly owner?: string
  readonly due?: string
  readonly state: AskState
  /** What was answered, by whom. */
  readonly answer?: Remark
}

export const ask = z.object({
  key: text,
  month,
  text,
  why: text.exactOptional(),
  journey: text.exactOptional(),
  owner: text.exactOptional(),
  due: date.exactOptional(),
  state: z.literal(ASK_STATES),
  answer: remark.exactOptional(),
})
