import type { Config } from '../config/config.ts'
import { statedMaintenance } from '../config/gates.ts'
import { createGatekeeper, type Gatekeeper } from '../jobs/alert/gatekeeper.ts'
import { createMaintenance } from '../jobs/alert/maintenance.ts'
import { createSilences } from '../jobs/alert/silences.ts'
import type { Judge } from '../jobs/budget/budgets.ts'
import type { MaintenanceDesk } from '../ports/maintenance.ts'
import type { Silences } from '../ports/silences.ts'
import type { Stores } from './stores.ts'
import type { Teams } from './teams.ts'

/** What stands between alerts and people, and the commands on it. */
export type Gates = {
  readonly gatekeeper: Gatekeeper
  readonly silences: Silences
  readonly maintenance: MaintenanceDesk
}

type Parts = {
  readonly stores: Stores
  readonly judge: () => Judge
  readonly teams: Teams
  /** Names of the receivers that are chats. */
  readonly groups: ReadonlySet<string>
  /** Whether somebody else tells of a rule. */
  readonly isToldElsewhere?: (rule: string) => boolean
  readonly now: () => number
}

export function openGates(config: Config, { stores, judge, teams, groups, isToldElsewhere, now }: Parts): Gates {
  const definition = () => judge().definition
  const onChange = () => gatekeeper.changed()
  const silences = createSilences({ store: stores.silences, alerts: stores.alerts, definition, now, onChange })
  const maintenance = createMaintenance({
    store: stores.maintenance,
    stated: () => statedMaintenance(config.maintenance, definition()),
    definition,
    now,
    onChange,
  })
  const gatekeeper: Gatekeeper = createGatekeeper({
    store: { ...stores.gated, openEpisodes: stores.alerts.openEpisodes },
    silences,
    maintenance: maintenance.all,
    inhibitions: config.inhibitions,
    graceUntil: now() + config.evaluation.graceMs,
    deskOf: teams.deskOf,
    groups: (receiver) => groups.has(receiver),
    budgetOf: (receiver) => config.receivers.find(({ name }) => name === receiver)?.limit,
    isTold: ({ level, rule, journey }) =>
      teams.receiversOf(level, journey.owner).length > 0 || isToldElsewhere?.(rule) === true,
  })
  return { gatekeeper, silences, maintenance }
}
