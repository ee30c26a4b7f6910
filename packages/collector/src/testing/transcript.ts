/** `$ tabiji …` runs a command, the lines below are what it prints: all lines of a guide's console blocks. */
export function transcriptOf(guide: string): readonly string[] {
  return [...guide.matchAll(/^```console\n(.*?)^```$/gms)].flatMap(([, block = '']) => block.trimEnd().split('\n'))
}

/** The words of `tabiji …` as a shell would hand them over. */
export function wordsOf(command: string): readonly string[] {
  const [, ...words] = command.match(/"[^"]*"|\S+/g) ?? []
  return words.map((word) => word.replaceAll('"', ''))
}
