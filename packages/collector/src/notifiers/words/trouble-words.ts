/** What is said of the collector's own trouble. */
export type TroubleWords = {
  readonly reason: string
  readonly receiver: {
    readonly title: (name: string) => string
    readonly lead: (name: string) => string
    readonly first: string
    readonly over: (name: string) => string
    readonly mended: (lasted: string) => string
  }
  readonly absence: {
    readonly title: (lasted: string) => string
    readonly lead: (from: string, to: string) => string
  }
  readonly clock: { readonly title: (jump: string, ahead: boolean) => string; readonly lead: string }
}

export const TROUBLE_EN: TroubleWords = {
  reason: 'Reason',
  receiver: {
    title: (name) => `⚠ TABIJI · ${name} takes no messages`,
    lead: (name) =>
      `What is owed to ${name} does not arrive. Alerts that only ${name} is told of are heard by nobody until this is mended.`,
    first:
      'First: tabiji outbox list --state dead, then tabiji notify test. What was given up is sent again by tabiji outbox retry.',
    over: (name) => `✔ TABIJI · ${name} takes messages again`,
    mended: (lasted) => `A message was taken again, ${lasted} after the first one that was not.`,
  },
  absence: {
    title: (lasted) => `⚠ TABIJI · nobody watched for ${lasted}`,
    lead: (from, to) =>
      `The collector was away from ${from} to ${to}. What services counted meanwhile is read and judged now; what ended meanwhile was told to nobody.`,
  },
  clock: {
    title: (jump, ahead) => `⚠ TABIJI · the clock jumped ${jump} ${ahead ? 'ahead' : 'back'}`,
    lead: 'Counting goes on, and nothing is counted twice. Times of alerts around this moment may be wrong: look at the time service of the machine.',
  },
}

export const TROUBLE_JA: TroubleWords = {
  reason: '理由',
  receiver: {
    title: (name) => `⚠ TABIJI・通知先${name}に届いていません`,
    lead: (name) => `${name}宛ての通知が届いていません。復旧するまで、${name}だけに送るアラートは誰にも伝わりません。`,
    first:
      'まず tabiji outbox list --state dead で未送信を確認し、tabiji notify test で疎通を試してください。断念した通知は tabiji outbox retry で再送できます。',
    over: (name) => `✔ TABIJI・通知先${name}が復旧しました`,
    mended: (lasted) => `最初の不達から${lasted}後に、通知が再び届きました。`,
  },
  absence: {
    title: (lasted) => `⚠ TABIJI・${lasted}の間、監視が止まっていました`,
    lead: (from, to) =>
      `${from}から${to}まで、コレクターが停止していました。その間の計測値は今から読み込んで判定します。停止中に終わったアラートは誰にも通知されていません。`,
  },
  clock: {
    title: (jump, ahead) => `⚠ TABIJI・時計が${jump}${ahead ? '進みました' : '戻りました'}`,
    lead: '計測は続いており、二重に数えられることはありません。この前後のアラートの時刻は正しくない可能性があります。サーバーの時刻同期を確認してください。',
  },
}
