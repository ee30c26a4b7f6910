export {
  addDays,
  addMonths,
  type BusinessHours,
  dateOf,
  dayRange,
  daysBetween,
  isMonth,
  isoIn,
  monthOf,
  monthRange,
  nextOpening,
  type Range,
} from './calendar.ts'
export { isDate } from './date.ts'
export { DAY, formatDuration, HOUR, MINUTE, parseDuration, SECOND } from './duration.ts'
export { parseInstant } from './instant.ts'
export { periodRange } from './period.ts'
export {
  formatPeriodLength,
  longestPeriod,
  nominalPeriod,
  type Period,
  parsePeriodLength,
} from './period-length.ts'
export { clipRanges, isInside, subtractRanges, uniteRanges } from './ranges.ts'
export { isTimeZone } from './zone.ts'
