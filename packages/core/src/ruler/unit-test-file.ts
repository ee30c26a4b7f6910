type Sample = { readonly labels: string; readonly value: number }

export type Expectation = {
  readonly expr: string
  readonly eval_time: string
  readonly exp_samples: readonly Sample[]
}

/** One test of promtool. Keys as it reads them. */
export type UnitTest = {
  readonly name: string
  readonly interval: string
  readonly input_series: readonly { readonly series: string; readonly values: string }[]
  readonly promql_expr_test: readonly Expectation[]
}

/** Tests whose samples are equally far apart, which promtool wants in a file of their own. */
export type UnitTests = {
  /** `5m`: the short window that they are about, or `budget`. */
  readonly scale: string
  readonly evaluation_interval: string
  readonly tests: readonly UnitTest[]
}
