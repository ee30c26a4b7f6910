/** A line for each thing that speaks against a request, with the way out in brackets. */
export function problemLines(
  problems: readonly { readonly message: string; readonly hint?: string }[],
): readonly string[] {
  return problems.map(({ message, hint }) => (hint === undefined ? message : `${message} (${hint})`))
}
