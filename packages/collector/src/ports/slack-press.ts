/** Whom to answer: who pressed, and in which channel. `receiver` is the one whose message has the button. */
export type PressPlace = { readonly receiver: string; readonly channel: string; readonly user: string }

/** What a press has done. `message`: why it was refused, in English. */
export type PressOutcome =
  | { readonly kind: 'taken'; readonly episode: string; readonly by: string }
  | { readonly kind: 'opened'; readonly episode: string; readonly incident: string }
  /** Somebody was quicker. */
  | { readonly kind: 'isOpen'; readonly episode: string; readonly incident: string }
  | { readonly kind: 'over'; readonly episode: string }
  | { readonly kind: 'refused'; readonly episode: string; readonly message: string }
