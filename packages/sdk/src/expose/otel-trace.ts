import { LABEL } from '@tabiji/core/journey'
import type { Tracer } from '../event/trace.ts'

/** What the SDK needs of a span; `Span` of `@opentelemetry/api` is one. */
export interface JourneySpan {
  spanContext(): { readonly traceId: string; readonly spanId: string; readonly traceFlags: number }
  setAttribute(key: string, value: string): unknown
}

const SAMPLED = 1

/** An event's trace by a span: its ids when it is sampled, since an exemplar of a trace that nobody keeps leads nowhere. */
export function tracerOfSpans(activeSpan: () => JourneySpan | undefined): Tracer {
  return () => {
    const span = activeSpan()
    if (span === undefined) return undefined
    return {
      ids() {
        const { traceId, spanId, traceFlags } = span.spanContext()
        return (traceFlags & SAMPLED) === SAMPLED ? { traceId, spanId } : undefined
      },
      stamp(journey, step) {
        span.setAttribute(LABEL.journey, journey)
        span.setAttribute(LABEL.step, step)
      },
    }
  }
}
