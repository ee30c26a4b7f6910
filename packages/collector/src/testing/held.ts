import { createAlertStore } from '../store/alert-store.ts'
import { openDatabase } from '../store/database.ts'

/** Since when conditions that must last have held, milliseconds by rule, by the store of a daemon that has ended. */
export function heldIn(file: string): ReadonlyMap<string, number> {
  const open = openDatabase(file, Date.now())
  const held = createAlertStore(open.database).heldConditions()
  open.close()
  return held
}
