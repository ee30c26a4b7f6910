import { SERIES } from './names.ts'

export type Query = {
  readonly expr: string
  /** How a line is called; of a column of a table, its head. */
  readonly legend: string
  readonly isDashed?: boolean
}

/** Units as Grafana names them. */
type Unit = 'percentunit' | 'short' | 's' | 'none'

/** A panel as far as it is about journeys; how Grafana wants it written is up to `dashboard.ts`. */
export type Panel = {
  readonly kind: 'table' | 'stat' | 'lines' | 'states'
  readonly title: string
  readonly description?: string
  /** In 24ths of the page; height in rows of Grafana's grid. */
  readonly width: number
  readonly height: number
  readonly unit: Unit
  readonly queries: readonly Query[]
  /** Of a table: units of columns by head, heads of label columns by label, and the column that is sorted, ascending. */
  readonly table?: {
    readonly units: Readonly<Record<string, Unit>>
    readonly heads: Readonly<Record<string, string>>
    readonly sortedBy: string
  }
}

const CHOSEN = 'journey=~"$journey", objective=~"$objective"'
export const EACH = 'by (journey, objective)'
export const STEP = 'by (journey, step)'

/** The series of the chosen objectives. */
export const of = (name: string, more = ''): string => `${name}{${CHOSEN}${more}}`

/** Events of the chosen journeys per second. */
export function events(by: string, outcomes?: string): string {
  const which = outcomes === undefined ? '' : `, outcome=~"${outcomes}"`
  return `sum ${by} (rate(${SERIES.events}{journey=~"$journey"${which}}[$__rate_interval]))`
}
