/** The part of the peer that the bench uses; the package ships no types. */
declare module 'parse-prometheus-text-format' {
  type Sample = { readonly labels: Readonly<Record<string, string>>; readonly value: string }
  type Family = { readonly name: string; readonly metrics: readonly Sample[] }
  function parse(text: string): readonly Family[]
  export = parse
}
