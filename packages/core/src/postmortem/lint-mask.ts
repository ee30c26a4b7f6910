/**
 * The text with everything blanked that its author did not say in their own words: the front matter, generated blocks,
 * comments, code, quotations and addresses. Every other character stays where it is, so places stay true.
 */
export function ownWords(text: string): string {
  return MASKS.reduce((masked, pattern) => masked.replace(pattern, blank), text)
}

const MASKS: readonly RegExp[] = [
  /^---\r?\n[\s\S]*?\r?\n---(?=\r?\n|$)/,
  /<!-- tabiji:[\w-]+ -->[\s\S]*?<!-- \/tabiji:[\w-]+ -->/g,
  /<!--[\s\S]*?(?:-->|$)/g,
  /^( {0,3})(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^ {0,3}\2[`~]*[ \t]*$|(?![\s\S]))/gm,
  /(`+)(?!`)[^\n]*?[^`\n]\1(?!`)/g,
  /^ {0,3}>[^\n]*/gm,
  /"[^"\n]*"|“[^”\n]*”|「[^」\n]*」|『[^』\n]*』/g,
  /https?:\/\/[^\s)）」』]+/g,
  /⟪[^⟫\n]*⟫/g,
]

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ')
}
