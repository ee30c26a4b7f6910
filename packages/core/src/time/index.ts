export {
  addDays,
  addMonths,
  type BusinessHours,
  dateOf,
  dayRange,
  daysBetween,
  isDate,
  isMonth,
  isoIn,
  monthOf,
  monthRange,
  nextOpening,
  type Range,
} from './calendar.ts'
export { DAY, formatDuration, HOUR, MINUTE, parseDuration, SECOND } from './duration.ts'
export { parseInstant } from './instant.ts'
export { clipRanges, isInside, subtractRanges, uniteRanges } from './ranges.ts'
export { isTimeZone } from './zone.ts'
