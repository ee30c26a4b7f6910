export type { AlertFacts, Cause, NoticeKind, WindowFacts } from './facts.ts'
