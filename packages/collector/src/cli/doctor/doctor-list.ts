import type { Listed } from '../../app/listing.ts'
import type { Examined } from '../../ports/doctor.ts'

/** What is wrong with the lists of targets of a configuration: who is on none of them is not read. */
export function examineLists(lists: readonly Listed[]): Examined {
  return {
    findings: lists.flatMap(({ name, targets, troubles }) => [
      ...troubles.map((what) => ({
        code: 'DOCTOR_LIST',
        severity: 'error' as const,
        where: `discovery ${name}`,
        what,
        why: 'what a list does not name is not read; a collector that runs keeps the targets of its last list',
        fix: 'mend the list, or look at the address, the credentials and `tls` of this place in the configuration',
      })),
      ...(targets.length + troubles.length > 0
        ? []
        : [
            {
              code: 'DOCTOR_LIST_EMPTY',
              severity: 'warning' as const,
              where: `discovery ${name}`,
              what: 'it lists no target',
              why: 'nothing is read by it until it does',
              fix: 'look whether its files are there, and whether who writes the list finds the services',
            },
          ]),
    ]),
    looked: lists.map(({ name }) => `discovery ${name}`),
    notLooked: [],
  }
}
