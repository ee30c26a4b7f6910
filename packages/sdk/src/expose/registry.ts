/**
 * What the SDK needs of a metrics registry: a `Registry` of `prom-client` 15 or of its successor `@prometheus-io/client`,
 * which the service brings along. The SDK imports no metrics library itself, so it works with the copy and the version
 * that the service already has.
 */
export interface MetricRegistry {
  /** OpenMetrics or the classic text format; asked anew at each scrape. */
  readonly contentType: string
  registerMetric(metric: object): void
  getSingleMetric(name: string): unknown
}
