export {
  addDays,
  addMonths,
  dateOf,
  datesIn,
  dayRange,
  daysBetween,
  isMonth,
  isoIn,
  monthOf,
  monthRange,
  onWall,
  type Range,
} from './calendar.ts'
export { isDate } from './date.ts'
export {
  ALWAYS_OPEN,
  type Closing,
  type Desk,
  isOpenAt,
  LOOK_AHEAD_DAYS,
  lastOpening,
  lastWeekly,
  nextOpening,
  nextWeekly,
  openingOn,
  openOn,
  type WeeklyTime,
} from './desk.ts'
export { DAY, formatDuration, HOUR, MINUTE, parseDuration, roundUnits, SECOND } from './duration.ts'
export { instantOf, parseInstant } from './instant.ts'
export { intervalRanges, type Span, type TimeInterval } from './interval.ts'
export { parseDaysOfMonth, parseMonths, parseTimeOfDay, parseWeekdays, parseYears } from './interval-notation.ts'
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
