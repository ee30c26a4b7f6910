import { decideMaintenance, decideMaintenanceEnd, type Maintenance, stretchAt } from '@tabiji/core/alert'
import type { Definition } from '@tabiji/core/journey'
import { isoIn } from '@tabiji/core/time'
import type { MaintenanceDesk, MaintenanceStore, ToldMaintenance } from '../../ports/maintenance.ts'

type Parts = {
  readonly store: MaintenanceStore
  /** What the configuration states. */
  readonly stated: () => readonly Maintenance[]
  readonly definition: () => Definition
  readonly now: () => number
  /** Called when one was announced or ended: what waits for one is decided again. */
  readonly onChange: () => void
}

export type Maintenances = MaintenanceDesk & {
  /** Everything that is stated or was announced. */
  all(): readonly Maintenance[]
}

export function createMaintenance({ store, stated, definition, now, onChange }: Parts): Maintenances {
  let announced: readonly Maintenance[] | undefined
  const known = () => {
    announced ??= store.all()
    return announced
  }
  const changed = () => {
    announced = undefined
    onChange()
  }
  const tell = (maintenance: Maintenance) => told(maintenance, now(), definition().timeZone)
  return {
    add: (request, by) => {
      const { timeZone: zone, journeys } = definition()
      const decision = decideMaintenance(request, {
        now: now(),
        ...(by !== undefined && { by }),
        zone,
        journeys: journeys.map(({ name }) => name),
      })
      if (!decision.ok) return decision
      const [added] = decision.events.map((event) => store.add(event, now()))
      if (added === undefined) throw new Error('Expected a decision to add something, got no event')
      changed()
      return { ok: true, value: tell(added) }
    },
    end: (key, by) => {
      const decision = decideMaintenanceEnd(
        known().find((each) => each.key === key),
        {
          now: now(),
          ...(by !== undefined && { by }),
          key,
          keys: known().map((each) => each.key),
          zone: definition().timeZone,
        },
      )
      if (!decision.ok) return decision
      for (const end of decision.events) store.end(key, end)
      changed()
      const [ended] = known().filter((each) => each.key === key)
      if (ended === undefined) throw new Error(`Expected ${key} to be kept`)
      return { ok: true, value: tell(ended) }
    },
    list: (state) =>
      [...stated(), ...known().toReversed()].map(tell).filter((each) => state === 'all' || each.state !== 'over'),
    all: () => [...stated(), ...known()],
  }
}

function told(maintenance: Maintenance, now: number, zone: string): ToldMaintenance {
  const { key, from, to, rrule, journeys, reason, createdBy, endedAt, endedBy } = maintenance
  const stretch = stretchAt(maintenance, now)
  return {
    key,
    journeys,
    reason,
    state: stretch === undefined ? 'over' : stretch.active ? 'active' : 'planned',
    from: isoIn(from, zone),
    to: isoIn(to, zone),
    ...(rrule !== undefined && { rrule }),
    ...(stretch !== undefined && { stretch: { from: isoIn(stretch.from, zone), to: isoIn(stretch.to, zone) } }),
    announced: /^MNT-\d{4,}$/.test(key) ? 'command' : 'configuration',
    ...(createdBy !== undefined && { createdBy }),
    ...(endedAt !== undefined && {
      ended: { at: isoIn(endedAt, zone), ...(endedBy !== undefined && { by: endedBy }) },
    }),
  }
}
