/** What a person is told of, and which of it he may mute: never what is asked of himself or would be lost by his silence (系统默认). */
export const notificationKinds = {
  taskOpened: { mutable: false },
  taskReassigned: { mutable: false },
  taskDelegated: { mutable: false },
  taskTransferred: { mutable: false },
  taskReminder: { mutable: false },
  taskUrged: { mutable: false },
  taskEscalated: { mutable: false },
  draftExpiring: { mutable: false },
  /** To security administrators: somebody a provider proved is linked to nobody; groups would give a role that must not be had. */
  strangerCame: { mutable: false },
  roleRefused: { mutable: false },
  /** To security administrators: somebody asks about clients as nobody does who only develops one (Article 11). */
  fishingSuspected: { mutable: false },
  /** To the office: names that may be one company's; to who came with the name: his word is asked, and what was judged. */
  nearMatchOpened: { mutable: false },
  nearMatchAsked: { mutable: false },
  nearMatchJudged: { mutable: true },
  /** To administrators: what another proposes waits for them; what they proposed was answered. */
  proposalOpened: { mutable: false },
  proposalAnswered: { mutable: false },
  /** Of a key account: what its manager owes it, and what others must know. */
  visitDue: { mutable: false },
  visitOverdue: { mutable: false },
  reportDue: { mutable: false },
  reportOverdue: { mutable: false },
  marketingTaskDue: { mutable: false },
  marketingTaskOverdue: { mutable: false },
  accountVacant: { mutable: false },
  accountTerminated: { mutable: false },
  /** To the office: who holds it has left, or its unit was dissolved. */
  holderLost: { mutable: false },
  caseCopied: { mutable: true },
  caseConcluded: { mutable: true },
} as const satisfies Readonly<Record<string, { readonly mutable: boolean }>>;

export type NotificationKind = keyof typeof notificationKinds;

/** The kinds a person may mute. */
export const mutableKinds = (Object.keys(notificationKinds) as NotificationKind[]).filter(
  (kind) => notificationKinds[kind].mutable,
);
