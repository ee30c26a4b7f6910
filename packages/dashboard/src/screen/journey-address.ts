import { isoIn } from '@tabiji/core/time'
import type { JourneyView } from '../view/journey.ts'

/** What the address of a journey's page may state; what is not changed stays as it is. Milliseconds. */
type Stated = {
  readonly objective?: string
  readonly month?: string
  readonly range?: string
  readonly from?: number
  readonly to?: number
}

/** The page of a journey with something else shown: all of its state is in its address. */
export function addressOf({ journey, objective, month, course }: JourneyView, stated: Stated, anchor = ''): string {
  const { from, to } = stated
  const own = course !== undefined && course.range === undefined ? course.course : undefined
  const stretch =
    from !== undefined && to !== undefined
      ? [`from=${instant(from)}`, `to=${instant(to)}`]
      : stated.range === undefined && own !== undefined
        ? [`from=${instant(own.from)}`, `to=${instant(own.to)}`]
        : [`range=${stated.range ?? course?.range ?? ''}`].filter((each) => each !== 'range=')
  const said = [`o=${encodeURIComponent(stated.objective ?? objective)}`, `month=${stated.month ?? month}`, ...stretch]
  return `/journeys/${encodeURIComponent(journey.name)}?${said.join('&')}${anchor}`
}

const instant = (at: number) => encodeURIComponent(isoIn(at, 'UTC'))
