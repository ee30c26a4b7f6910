/** An alert as it is counted again. Milliseconds. */
export type Rung = {
  readonly id: string
  readonly level: number
  readonly journey: string
  readonly objective: string | undefined
  readonly drill: boolean
  readonly from: number
  /** Absent while it rings. */
  readonly to: number | undefined
  readonly lines: readonly { readonly at: number; readonly transition: string }[]
}

type Listed = {
  readonly id: string
  readonly level: number
  readonly episode: { readonly startedAt: number; readonly resolvedAt?: number }
  readonly facts: {
    readonly journey: { readonly name: string }
    readonly objective?: { readonly name: string }
    readonly drill?: unknown
  }
}

/** Everything that ever rang, as the daemon lists it, with what happened to it. */
export async function readRung(api: string): Promise<readonly Rung[]> {
  const { alerts } = (await read(`${api}/api/v1/alerts?state=all&limit=1000`)) as { alerts: readonly Listed[] }
  const found: Rung[] = []
  for (const { id, level, facts, episode } of alerts) {
    const { timeline } = (await read(`${api}/api/v1/alerts/${id}`)) as { timeline: Rung['lines'] }
    found.push({
      ...{ id, level, journey: facts.journey.name, objective: facts.objective?.name, drill: facts.drill !== undefined },
      ...{ from: episode.startedAt, to: episode.resolvedAt },
      lines: timeline.map(({ at, transition }) => ({ at, transition })),
    })
  }
  return found
}

async function read(url: string): Promise<unknown> {
  return await (await fetch(url)).json()
}
