/**
 * Every metric and label name of the contract between services and collector, spelled here and nowhere else. These are
 * the names in Prometheus.
 */
export const METRIC = {
  /** Exact counter of events, labels `journey`, `step`, `outcome`. */
  events: 'journey_step_events_total',
  /** Histogram in seconds, labels `journey`, `step`; every promised time is a bucket edge. */
  duration: 'journey_step_duration_seconds',
  /** Always 1; labels `process_id`, `fingerprint`, `sdk_version`, `started_at`. */
  definition: 'journey_definition_info',
  /**
   * Exact counter of events that a service did for a journey of another one, labels `journey` (that one), `service_step`
   * (its own journey and step, `keep-photos.put`), `outcome`. Each of them is counted as an event of the own step too.
   */
  dependencies: 'journey_dependency_events_total',
  /**
   * Exact counter of what the outcomes would be by a candidate time, labels `journey`, `step`, `within` (that time in
   * seconds), `outcome`; only of steps that state one. It stands beside the books and is in none.
   */
  candidates: 'journey_step_candidate_events_total',
  /**
   * Exact counter of events that a probe caused, labels `journey`, `step`, `outcome`; none of them is in any other series.
   * Only where the service believes probes. The collector books what its probes saw themselves, and not this beside it.
   */
  probes: 'journey_probe_events_total',
  /** Counter of what the SDK could not book, label `reason`. */
  dropped: 'journey_sdk_dropped_total',
} as const

/** The same metrics as OpenTelemetry calls them. A translation to Prometheus adds the unit and `_total`, each once. */
export const OTEL_METRIC = {
  events: 'journey.step.events',
  duration: 'journey.step.duration',
  definition: 'journey.definition.info',
  dependencies: 'journey.dependency.events',
  candidates: 'journey.step.candidate.events',
  probes: 'journey.probe.events',
  dropped: 'journey.sdk.dropped',
} as const satisfies Record<keyof typeof METRIC, string>

export const LABEL = {
  journey: 'journey',
  step: 'step',
  serviceStep: 'service_step',
  outcome: 'outcome',
  /** Seconds, such as `0.25`. */
  within: 'within',
  processId: 'process_id',
  fingerprint: 'fingerprint',
  sdkVersion: 'sdk_version',
  /** ISO 8601 instant at which the process's counters began at zero. */
  startedAt: 'started_at',
  reason: 'reason',
} as const
