import type { Registry, RegistryContentType } from 'prom-client'
import { expectTypeOf, test } from 'vitest'
import type { MetricRegistry } from './registry.ts'

/** The part that we use of the registry of `@prometheus-io/client` 0.16, as it is published: it cannot be installed on Node 20. */
interface SuccessorsRegistry<Format extends string> {
  readonly contentType: Format
  registerMetric<Label extends string>(metric: SuccessorsMetric<Label>): void
  getSingleMetric<Label extends string>(name: string): SuccessorsMetric<Label> | undefined
}
interface SuccessorsMetric<Label extends string> {
  readonly name: string
  readonly labelNames?: readonly Label[]
  get(): Promise<unknown>
  reset(): void
}

test('prom-client and its successor have registries that a recorder takes', () => {
  expectTypeOf<Registry>().toExtend<MetricRegistry>()
  expectTypeOf<Registry<RegistryContentType>>().toExtend<MetricRegistry>()
  expectTypeOf<SuccessorsRegistry<RegistryContentType>>().toExtend<MetricRegistry>()
})
