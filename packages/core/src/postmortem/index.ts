export { type Bone, type Cause, causesOf, type Fishbone, readFishbone } from './fishbone.ts'
export { boneTitle, POSTMORTEM_LANGUAGES, type PostmortemLanguage } from './language.ts'
export { type LintHint, lintPostmortem } from './lint.ts'
export { ishikawaOf, outlineOf } from './outline.ts'
