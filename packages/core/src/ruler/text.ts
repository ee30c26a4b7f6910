import { stringify } from 'yaml'
import type { RuleFile } from './rule-file.ts'
import type { UnitTests } from './unit-test-file.ts'

/** How every file begins that may be overwritten, or removed when its journey is gone. */
export const SIGNATURE = '# Written by `tabiji rules`'

/** Where the rules came from, and what is to be said about them. */
export type Origin = { readonly file: string; readonly fingerprint: string; readonly notes: readonly string[] }

/** A rule file as YAML. The same rules give the same bytes. */
export function ruleText(rules: RuleFile, origin: Origin): string {
  const notes = origin.notes.map((note) => `# - ${oneLine(note)}`)
  const heading = '#\n# Where a Prometheus-compatible ruler differs from the collector:'
  return `${[begin(origin), ...(notes.length === 0 ? [] : [heading, ...notes])].join('\n')}\n${yaml(rules)}`
}

/** A file for `promtool test rules`. @param ruleFile the rules, as seen from the folder of the tests */
export function unitTestText({ evaluation_interval, tests }: UnitTests, ruleFile: string, origin: Origin): string {
  return `${begin(origin)}\n${yaml({ rule_files: [ruleFile], evaluation_interval, tests })}`
}

function begin({ file, fingerprint }: Origin): string {
  return `${SIGNATURE} from ${oneLine(file)} (definition ${fingerprint}). Change that file and write this one again.`
}

/** Rulers read YAML 1.1 or 1.2: a text that only one of them takes for a text is quoted. Anchors would be harder to read than repetition. */
function yaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, compat: 'yaml-1.1', aliasDuplicateObjects: false })
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ')
