import { withoutMember } from './member.ts'

/** What is needed of a `TextMapPropagator` of `@opentelemetry/api`. */
type Propagator<Context> = {
  inject(context: Context, carrier: unknown, setter: { set(carrier: unknown, key: string, value: string): void }): void
}

/**
 * Keeps journeys out of what OpenTelemetry sends. Its baggage propagator passes on what came in to every host; which hosts
 * may learn of a journey is for `context.trust.outgoing` to say, and `recorder.fetch` and `headers()` tell them.
 *
 * @param propagator of the OpenTelemetry SDK, such as `new W3CBaggagePropagator()` or a composite with one; is changed
 * @returns the same propagator
 */
export function withoutJourney<Given extends Propagator<never>>(propagator: Given): Given {
  const inject = propagator.inject.bind(propagator)
  propagator.inject = (context, carrier, setter) =>
    inject(context, carrier, {
      set(to, key, value) {
        const rest = key.toLowerCase() === 'baggage' ? withoutMember(value) : value
        if (rest !== '' || value === '') setter.set(to, key, rest)
      },
    })
  return propagator
}
