import { stringify } from 'yaml'
import type { OpenSloDocument } from './openslo-document.ts'

/** Documents as YAML, in the order given. What is read of it is the same, without a warning. */
export function writeOpenSlo(documents: readonly OpenSloDocument[]): string {
  return documents.map(yaml).join('---\n')
}

/** A journeys file that was imported. */
export function writeJourneys(document: unknown): string {
  return yaml(document)
}

/** Texts that older YAML takes for something else are quoted. */
function yaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, compat: 'yaml-1.1', aliasDuplicateObjects: false })
}
