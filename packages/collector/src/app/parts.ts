/**
 * What commands use of the house without opening it. It stands apart from `app.ts`, so that who checks a file or asks an
 * engine does not first read the whole daemon from disk.
 */
export { createProber } from '../sources/probe.ts'
export { type Page, pagesOf } from '../sources/runbook-pages.ts'
export { isForbiddenAddress } from '../wire/address.ts'
export { createExpositionParser } from '../wire/exposition.ts'
export { askEngine } from './engines.ts'
export { askLinks, type LinkAnswer } from './links.ts'
