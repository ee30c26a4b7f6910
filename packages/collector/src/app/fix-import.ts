export { MAX_TABLE_CHARACTERS } from '../wire/fix-table.ts'
export { decodeText } from '../wire/text-encoding.ts'
