import type { Annotation, AnnotationKind, AnnotationRequest, AnnotationSummary } from '@tabiji/core/alert'
import type { Result } from './work.ts'

/** A change that another system tells of, as it calls it; told again, it is the same annotation. */
export type ToldChange = Pick<Annotation, 'kind' | 'title' | 'service' | 'journeys' | 'url' | 'by'> & {
  readonly identity: string
  readonly deployment: NonNullable<Annotation['deployment']>
}

type AnnotationFilter = {
  readonly state: 'active' | 'withdrawn' | 'all'
  readonly kind?: AnnotationKind
  readonly journey?: string
  readonly limit: number
}

/** Annotations at work. What is refused is a value; a store that fails throws, and then nothing was recorded. */
export interface Annotations {
  /** @param by who records it, when that is known */
  add(request: AnnotationRequest, by?: string): Result<AnnotationSummary>
  /** Keeps what another system tells of a deployment, or what it adds to what it told before. */
  tell(change: ToldChange): AnnotationSummary
  withdraw(key: string, reason: string, by?: string): Result<AnnotationSummary>
  /** The latest change first. */
  list(filter: AnnotationFilter): readonly AnnotationSummary[]
  annotation(key: string): Result<AnnotationSummary>
}

/** Where annotations are kept. */
export interface AnnotationStore {
  /** Keeps one under the next free key, `ANN-0001` for the first. */
  add(annotation: Omit<Annotation, 'key'>): Annotation
  find(key: string): Annotation | undefined
  byIdentity(identity: string): Annotation | undefined
  /** Writes what more is known of a deployment. */
  follow(key: string, deployment: NonNullable<Annotation['deployment']>, at: number): void
  /** Throws when it is not active: whoever asks has looked. */
  withdraw(key: string, withdrawal: NonNullable<Annotation['withdrawn']>): void
  /** Changes in [from, to], milliseconds, the latest first, withdrawn ones among them. */
  between(from: number, to: number, limit: number): readonly Annotation[]
}
