import { object, oneOf, type Read, type Reader } from '../problem/index.ts'
import { conditionSpec, policySpec, targetSpec } from './openslo-alert.ts'
import { description, free, metadata, text } from './openslo-part.ts'
import { sliSpec } from './openslo-sli.ts'
import { sloSpec } from './openslo-slo.ts'

export const API_VERSION = 'openslo/v1'

const documentOf = <const Kind extends string, Spec>(kind: Kind, spec: Reader<Spec>) =>
  object({ apiVersion: oneOf([API_VERSION]), kind: oneOf([kind]), metadata, spec })

/** How each kind of document is read, strictly. */
export const DOCUMENT = {
  DataSource: documentOf('DataSource', object({ description, type: text, connectionDetails: free })),
  SLO: documentOf('SLO', sloSpec),
  SLI: documentOf('SLI', sliSpec),
  AlertPolicy: documentOf('AlertPolicy', policySpec),
  AlertCondition: documentOf('AlertCondition', conditionSpec),
  AlertNotificationTarget: documentOf('AlertNotificationTarget', targetSpec),
  Service: documentOf('Service', object({ description })),
} as const

export type OpenSloKind = keyof typeof DOCUMENT

/** Any document of OpenSLO v1, as strictly as its SDK takes it. Durations are texts such as `30d`. */
export type OpenSloDocument = { [Kind in OpenSloKind]: Read<(typeof DOCUMENT)[Kind]> }[OpenSloKind]

export type OpenSlo = Extract<OpenSloDocument, { readonly kind: 'SLO' }>
export type OpenSloService = Extract<OpenSloDocument, { readonly kind: 'Service' }>
