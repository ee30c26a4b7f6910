import type { AddressRule } from './notation.ts'
import type { SecretSource } from './secret.ts'

/** What a configuration is made from besides its own text. */
export type Surroundings = SecretSource & {
  /** The file that the document was read from; paths in it are relative to its folder. */
  readonly file: string
  readonly isForbiddenAddress: AddressRule
}
