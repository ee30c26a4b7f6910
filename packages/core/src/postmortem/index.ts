export { hashOf, mergeBlocks } from './blocks.ts'
export { type PostmortemDocument, readPostmortem, restate, writePostmortem } from './document.ts'
export { fishboneOf, generatedParts, newDraft, PICTURE } from './draft.ts'
export {
  compareDuties,
  DUTY_STATES,
  overdueFrom,
  type PostmortemDuty,
  type PostmortemWithin,
  postmortemDuty,
} from './duty.ts'
export { type Bone, type Cause, causesOf, type Fishbone, readFishbone, recordedCauses } from './fishbone.ts'
export { type PublishingLack, publishingGate, publishingLacks, publishingProblems } from './gate.ts'
export { boneTitle, POSTMORTEM_LANGUAGES, type PostmortemLanguage } from './language.ts'
export { type LintHint, lintPostmortem } from './lint.ts'
export { ishikawaOf, outlineOf } from './outline.ts'
export type { PostmortemRecord } from './record.ts'
export { recordFrom } from './telling.ts'
