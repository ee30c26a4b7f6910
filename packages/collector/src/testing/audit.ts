import { type StoreVerification, verifyStore } from '../app/audit.ts'

/** What `tabiji ledger verify` finds in a store. */
export function audited(file: string): StoreVerification {
  const read = verifyStore(file)
  if (!read.ok) throw new Error(read.message)
  return read.answer
}

/** The same as lines that a test can compare: nothing for books that balance. */
export function complaintsOf(file: string): readonly string[] {
  return audited(file).disagreements.map(({ kind, subject, message }) => `${kind} ${subject}: ${message}`)
}
