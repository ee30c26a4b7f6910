/** That the books have moved on: for who shows them and wants to show them anew. */
export interface Movements {
  /** @returns to be called by who does not want to be told any more */
  follow(told: Told): () => void
}

type Told = { readonly moved: () => void /** The daemon ends: nothing more is told. */; readonly ended: () => void }

/** The side of who moves the books. */
export type Mover = Movements & { moved(): void; end(): void }
