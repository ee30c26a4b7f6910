import { LARGE_TEXT, readText } from '../problem/document.ts'
import { hasErrors, type Locate, locateProblems } from '../problem/index.ts'
import { type JourneysRead, resolveDocument } from './resolve.ts'

/** What a journeys file says, or everything that forbids using it. Problems have places, and later ones can get one. */
export type JourneysTextRead =
  | (Extract<JourneysRead, { readonly ok: true }> & { readonly locate: Locate })
  | Extract<JourneysRead, { readonly ok: false }>

/**
 * Reads a journeys file, YAML or JSON. It is data, never code. All that is wrong with it is told at once, with places.
 *
 * ```yaml
 * timeZone: Asia/Tokyo                                # IANA; dates and months are cut in it
 * classes: { read: 300ms, write: 1s, heavy: 20s }     # promised times that steps share; three to five of them
 * policy:                                             # optional; also per journey and per objective, laid over each other
 *   pairs:                                            # default: the Site Reliability Workbook's four
 *     - { level: 1, long: 1h, short: 5m, factor: 14.4 }  # `factor`: times the sustainable speed, at most 3 decimals
 *     - { level: 2, long: 1d, short: 2h, spends: 10% }   # or `spends`: share of the budget gone within `long`
 *   milestones: [50, 75, 90, 100]                     # percent of the budget, made known at level 3
 *   guard: { badEvents: 3, confidence: 95 }           # what the long window must prove; confidence 80, 90, 95 or 99
 *   keep: 5m                                          # calm needed to resolve; default: the shortest short window
 * staleAfter: 1h                                      # default, at level 2; a journey may state its own
 * journeys:
 *   measure-feet:                                     # names: small letters, digits, hyphens; at most 63
 *     title: { en: Measure feet, ja: 足を計測する }     # a missing language falls back to the other, then to the name
 *     owner: scan-team
 *     runbook: https://wiki.example.com/measure-feet
 *     tier: 1                                         # 1 to 3; default 2
 *     window: 30d                                     # default; or `month`, or a week: { calendar: 1w, from: 2026-01-05 }; an objective may state its own
 *     objectives:                                     # INDICATOR or STEP.INDICATOR
 *       availability: 99.5                            # percent, at most 4 decimals, below 100
 *       process.latency: { target: 95, window: month }
 *       experience:                                   # the same, kept in slices of time; docs/guides/budgeting.md
 *         target: 99
 *         budgeting: timeslices                       # or ratio-timeslices; default: occurrences
 *         slice: 5m                                   # a slice is good when at least
 *         sliceTarget: 95                             # this share of its events was; with timeslices only
 *         onNoData: bad                               # a slice that nobody read: ignore (default), good, bad, hold
 *     composites:                                     # stand as the worst of their members
 *       whole: [availability, process.latency]        # objectives of this journey, or JOURNEY/OBJECTIVE; `all` are its own
 *     alerts:                                         # simple rules; also per step
 *       errors > 10 in 5m: 1                          # a condition, and the level at which it rings
 *       slow > 5 % for 10m: { level: 2, name: slow, note: The queue is full?, atLeast: 20 }
 *       excluded: false                               # switches off the rule on excluded events that every journey has
 *     staleAfter: { after: 30m, level: 1 }            # told when nothing could be read for longer; or false
 *     steps:                                          # at most 50
 *       start: { http: POST /v1/measurements, within: write }      # `within`: a class, or a duration
 *       upload:
 *         http: [PUT /v1/measurements/:id/photo]      # a method and path belongs to one step of the file
 *         within: 2s
 *         candidate: 1s                               # counted in the shadow, to see what it would come to; see names.ts
 *         from: body                                  # when the clock starts: request (default), body; or stops: headers
 *         good: [404]                                 # statuses whose verdict is not the default one
 *         bad: [422]
 *         excluded: [429]
 *       process: { job: true, within: heavy }         # a step has either `http` or `job`
 * ```
 *
 * @param file how places name the text
 */
export function readJourneys(text: string, file: string): JourneysTextRead {
  const read = readText(text, file, LARGE_TEXT)
  if (!read.ok) return read
  const resolved = resolveDocument(read.value)
  const found = resolved.ok ? resolved.warnings : resolved.problems
  const problems = locateProblems([...read.problems, ...found], read.locate)
  if (!resolved.ok || hasErrors(problems)) return { ok: false, problems }
  return { ok: true, definition: resolved.definition, warnings: problems, locate: read.locate }
}
