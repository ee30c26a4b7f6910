/** Names one span of a trace, as the tracer writes its ids. */
export type TraceIds = { readonly traceId: string; readonly spanId?: string }

/** The trace in which an event began. */
export type Trace = {
  /** Asked for slow and failed events only, once they are decided; undefined for a trace that nobody keeps. */
  ids(): TraceIds | undefined
  /** Writes the journey and the step on the span, as soon as they are known. */
  stamp(journey: string, step: string): void
}

/** Tells the trace that is active; undefined outside of any. */
export type Tracer = () => Trace | undefined

/** A tracer that names traces, as a function of the service's own may, and writes on no span. */
export function tracerOfIds(activeTrace: () => TraceIds | undefined): Tracer {
  return () => {
    const ids = activeTrace()
    return ids && { ids: () => ids, stamp: () => undefined }
  }
}

/** A tracer that never throws into the service, made of one that may. */
export function harmless(tracer: Tracer): Tracer {
  return () => {
    const trace = attempt(tracer)
    if (trace === undefined) return undefined
    return {
      ids: () => attempt(() => trace.ids()),
      stamp: (journey, step) => attempt(() => trace.stamp(journey, step)),
    }
  }
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}
