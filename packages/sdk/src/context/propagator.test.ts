import { defaultTextMapGetter, defaultTextMapSetter, ROOT_CONTEXT } from '@opentelemetry/api'
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core'
import { expect, test } from 'vitest'
import { withoutJourney } from './propagator.ts'

const OURS = 'tabiji=measure-feet.send;v=01234567;t=tjz4k0;s=AbCdEfGhIjKlMnOpQrSt-_'

/** What a service with this propagator sends to every host when a request came in with the header. */
function passedOn(propagator: W3CBaggagePropagator | CompositePropagator, baggage: string): Record<string, string> {
  const sent: Record<string, string> = {}
  const context = propagator.extract(ROOT_CONTEXT, { baggage }, defaultTextMapGetter)
  propagator.inject(context, sent, defaultTextMapSetter)
  return sent
}

test('OpenTelemetry passes a journey on to every host, and does not behind this', () => {
  expect(passedOn(new W3CBaggagePropagator(), `own=1,${OURS}`)).toEqual({ baggage: `own=1,${OURS}` })
  expect(passedOn(withoutJourney(new W3CBaggagePropagator()), `own=1,${OURS},more=2`)).toEqual({
    baggage: 'own=1,more=2',
  })
  expect(passedOn(withoutJourney(new W3CBaggagePropagator()), OURS)).toEqual({})
})

test('a composite propagator keeps its other headers', () => {
  const propagators = [new W3CTraceContextPropagator(), new W3CBaggagePropagator()]
  const composite = withoutJourney(new CompositePropagator({ propagators }))
  expect(passedOn(composite, `${OURS},own=1`)).toEqual({ baggage: 'own=1' })
  expect(composite.fields()).toEqual(['traceparent', 'tracestate', 'baggage'])
})
