/** A short fact under a label. `at` is the instant (ms) that the value writes, where it writes one. */
export type Field = { readonly label: string; readonly value: string; readonly at?: number }

/** Addresses begin with `http://` or `https://`. */
export type Link = { readonly label: string; readonly url: string }

/** What every chat, pager and mail says, whatever it is about; each only lays it out. */
export type Message = {
  /** All that a phone shows. When the data are not real, this begins with it. */
  readonly title: string
  /** What happened, in figures. */
  readonly lead: string
  readonly fields: readonly Field[]
  /** What to do first, that it may be a repeat, why it came here. */
  readonly notes: readonly string[]
  readonly links: readonly Link[]
  /** What one needs to find it again. */
  readonly footer: string
}

/** The whole message as lines of text. */
export function plainText(message: Message): string {
  return [
    message.title,
    message.lead,
    ...message.fields.map(({ label, value }) => `${label}: ${value}`),
    ...message.notes,
    ...message.links.map(({ label, url }) => `${label}: ${url}`),
    message.footer,
  ].join('\n')
}
