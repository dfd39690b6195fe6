/**
 * What every operation answers in four situations, by its name in the description: nobody signed in; a role that may not; a person of another
 * unit; a person whose object it is not. The first two follow from the contract; the last two are written by hand, from the Measures and the
 * design, not from the code. An operation without its row, or a row without its operation, fails.
 */

/**
 * A number: refused with that status. `open`: the whole company may know it. `own`: answered, with nothing of what is not one's own.
 * `noneTaken`: answered, with a refusal for each. `-`: the operation names no object, or who holds its role holds it for the whole company.
 */
export type Cell = number | 'open' | 'own' | 'noneTaken' | '-';

/** Objects of the recommending unit, and of one person of it; test/integration/routeTable.test.ts makes them. */
export type ObjectName =
  | 'draft'
  | 'case'
  | 'otherCase'
  | 'task'
  | 'ballot'
  | 'attachment'
  | 'client'
  | 'account'
  | 'marketingTask'
  | 'project'
  | 'visit'
  | 'session'
  | 'token'
  | 'filter'
  | 'delegation'
  | 'notification'
  | 'absence'
  | 'receipt'
  | 'nearMatch'
  | 'edition';

export type Row = {
  readonly unit: Cell;
  readonly object: Cell;
  /** What fills the path, and the body where `{name}` stands in it. */
  readonly ids?: Readonly<Record<string, ObjectName>>;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Who asks for a foreign object, and for which, where it is not the expert of another department for the same. */
  readonly objectAs?: string;
  readonly objectIds?: Readonly<Record<string, ObjectName>>;
};

/** Hidden as if it were not there. */
const hidden = (ids: Row['ids'], body?: Row['body']): Row => ({
  unit: 404,
  object: 404,
  ...(ids ? { ids } : {}),
  ...(body ? { body } : {}),
});
const ofCase = (body?: Row['body']): Row => hidden({ id: 'case' }, body);
/** Whoever names a task that is not his is told so; its id, which nobody guesses, is all he learns. */
const ofTask = (body?: Row['body']): Row => ({ ...hidden({ id: 'task' }, body), unit: 403, object: 403 });
const ofDraft = (body?: Row['body']): Row => hidden({ id: 'draft' }, body);
/** Names no object, or is for a role that is held for the whole company. */
const none: Row = { unit: '-', object: '-' };
const own: Row = { unit: 'own', object: 'own' };
const open: Row = { unit: 'open', object: 'open' };
const refused = (body?: Row['body']): Row => ({ unit: 403, object: 403, ...(body ? { body } : {}) });

const reason = '有理由';
const FAR = '2099-01-05';
const project = { name: '新项目', state: 'upcoming', regionCode: '420106', amountYuan: '1000000.00' };
const operation = { kindId: 'claim', state: 'claimed', claimedYuan: '1000.00', on: '2026-01-05' };
const made = { visitedOn: '2026-11-02', form: { place: '', met: [], summary: reason, nextStep: '' } };
const SOON = new Date(Date.now() + 5 * 86_400_000).toISOString();

/** What is brought forward where a manager is to be replaced. */
const reassignment = { ground: 'incompetent', of: 'manager', findings: reason };

export const rows: Readonly<Record<string, Row>> = {
  'sign-in.methods': none,
  'sign-in.demoPersons': none,
  'sign-in.signIn': none,
  'sign-in.sessions': own,
  'sign-in.signOut': hidden({ id: 'session' }),
  'sign-in.tokens': own,
  'sign-in.createToken': none,
  'sign-in.revokeToken': hidden({ id: 'token' }),
  'entering.password': none,
  'entering.code': none,
  'entering.newPassword': none,
  'entering.begin': none,
  'entering.callback': none,
  'entering.end': none,
  'entering.stepUpWay': none,
  'entering.stepUp': none,
  'entering.signOutEverywhere': none,
  'local accounts.accounts': none,
  'local accounts.create': none,
  'local accounts.reset': none,
  'local accounts.otherHalf': none,
  'local accounts.remove': none,
  'local accounts.own': none,
  'local accounts.changePassword': none,
  'local accounts.beginSecondFactor': none,
  'local accounts.confirmSecondFactor': none,
  'local accounts.removeSecondFactor': none,
  'local accounts.recoveryCodes': none,
  'setup.isOpen': none,
  'setup.setUp': none,
  'me.me': own,
  'me.preferences': none,
  'events.events': none,
  'organisation.units': open,
  'organisation.persons': open,
  'organisation.seats': open,
  'organisation.leave': none,
  'organisation.term': none,
  'organisation.grant': none,
  'organisation.endRole': none,
  'units.unit': open,
  'units.addUnit': none,
  'units.changeUnit': none,
  'units.dissolutionEffects': none,
  'units.dissolve': none,
  'units.addTerritory': none,
  'units.endTerritory': none,
  'persons.search': open,
  'persons.person': open,
  'persons.addPerson': none,
  'persons.changePerson': none,
  'persons.vacateSeat': none,
  'identities.identities': none,
  'identities.strangers': none,
  'identities.refusedRoles': none,
  'identities.link': none,
  'identities.endLink': none,
  'identities.dismiss': none,
  'policy.policies': open,
  'policy.policy': open,
  // The head of the office's (4.1), though no role of the contract says so.
  'policy.createPolicy': refused({ effectiveFrom: `${FAR}T00:00:00Z`, note: reason, values: {} }),
  'policy.withdrawPolicy': refused({ note: reason }),
  // What it tells of is nearly everything: the committee's and the office's.
  'policy.previewPolicy': refused({ version: 1 }),
  'calendars.calendarEffects': none,
  'calendars.calendars': open,
  'calendars.importCalendar': none,
  // Whether a client is taken is told, and no more (7.1).
  'clients.checkClient': { unit: 'own', object: '-', body: { name: '{clientName}' } },
  'exclusivity.ask': { unit: 'own', object: '-', body: { name: '示例路线表有限公司' } },
  'exclusivity.own': own,
  'exclusivity.search': none,
  // Whoever has a receipt in his hand may have it verified.
  'exclusivity.verify': { unit: 'open', object: 'open', body: { receiptNo: 1, hash: '0'.repeat(64) } },
  'exclusivity.watch': none,
  'exclusivity.receipt': hidden({ id: 'receipt' }),
  'exclusivity.nearMatches': own,
  'exclusivity.judge': none,
  'exclusivity.question': none,
  'exclusivity.word': hidden({ id: 'nearMatch' }, { word: reason }),
  'clients.client': hidden({ id: 'client' }),
  'clients.searchClients': own,
  // Said, not hidden, so that the try is on record (Article 11).
  'clients.archive': { ...refused({ purpose: 'visit' }), ids: { id: 'client' } },
  // Of an account that is on no list another unit does not know.
  'breaches.report': hidden({ id: 'account' }, { accusedUnitId: 'south', happenedOn: '2026-01-05', evidence: reason }),
  'memberships.propose': hidden(
    { id: 'account' },
    { change: 'add', member: { name: '示例新成员有限公司', relation: reason }, evidence: reason },
  ),
  'recommendations.create': none,
  'recommendations.read': ofDraft(),
  'recommendations.edit': { ...ofDraft({ form: {} }), headers: { 'If-Match': '"1"' } },
  'recommendations.submit': ofDraft({}),
  'recommendations.withdraw': ofDraft({ reason }),
  'recommendations.coRecommend': none,
  'cases.search': own,
  'cases.read': ofCase(),
  'cases.timeline': ofCase(),
  'cases.ballots': ofCase(),
  'cases.proof': {
    ...hidden({ id: 'case', ballotId: 'ballot' }),
    objectAs: 'director',
    objectIds: { id: 'otherCase', ballotId: 'ballot' },
  },
  'cases.declareRecusal': {
    ...hidden({ id: 'case', ballotId: 'ballot' }, { reason }),
    objectAs: 'director',
    objectIds: { id: 'otherCase', ballotId: 'ballot' },
  },
  'cases.earlier': ofCase(),
  'cases.comments': ofCase(),
  'cases.comment': ofCase({ text: reason }),
  'cases.attachments': ofCase(),
  'cases.copy': ofCase({ personIds: ['auditor'] }),
  'cases.override': none,
  'tasks.inbox': own,
  'tasks.search': own,
  'tasks.decideAll': {
    unit: 'noneTaken',
    object: 'noneTaken',
    body: { kind: 'endorse', taskIds: ['{task}'], action: 'endorse', body: {} },
  },
  'tasks.claimAll': { unit: 'noneTaken', object: 'noneTaken', body: { taskIds: ['{task}'] } },
  'tasks.read': hidden({ id: 'task' }),
  'tasks.decide': ofTask({ action: 'return', body: { reason } }),
  'tasks.claim': ofTask(),
  'tasks.release': ofTask(),
  'tasks.transfer': ofTask({ personId: 'office-clerk-2', reason }),
  'tasks.delegate': ofTask({ personId: 'office-clerk-2', validTo: SOON }),
  'tasks.urge': hidden({ id: 'task' }),
  'tasks.consult': ofTask({ personId: 'finance-expert' }),
  'tasks.addApprover': ofTask({ personId: 'legal-head' }),
  'tasks.extend': ofTask({ days: 1, reason }),
  'tasks.signalReference': hidden({ id: 'task' }, { action: 'accept', body: {} }),
  'delegations.delegations': own,
  'delegations.delegate': none,
  'delegations.revoke': hidden({ id: 'delegation' }),
  'filters.filters': own,
  'filters.save': none,
  'filters.arrange': hidden({}, { list: 'inbox', ids: ['{filter}'] }),
  'filters.change': hidden({ id: 'filter' }, { name: reason, isDefault: false }),
  'filters.remove': hidden({ id: 'filter' }),
  'notifications.list': own,
  'notifications.unread': own,
  'notifications.readAll': none,
  'notifications.muting': none,
  'notifications.mute': none,
  'notifications.read': hidden({ id: 'notification' }),
  'absences.absences': own,
  // Who is away today is for everybody to know: he is not to be waited for.
  'absences.away': open,
  'absences.enterAbsence': refused({ personId: 'central-submitter', firstDay: FAR, lastDay: FAR }),
  'absences.changeAbsence': hidden({ id: 'absence' }, { firstDay: FAR, lastDay: FAR }),
  'absences.endAbsence': hidden({ id: 'absence' }),
  'accounts.searchAccounts': own,
  'accounts.exportAccounts': own,
  'accounts.accounts': own,
  'accounts.account': hidden({ id: 'account' }),
  'visits.visits': hidden({ id: 'account' }),
  'visits.myVisits': own,
  'visits.keyPersons': hidden({ id: 'account' }),
  'visits.logVisit': hidden({ id: 'account' }, made),
  'visits.planVisit': hidden({ id: 'account' }, { plannedOn: FAR }),
  'visits.visitDone': hidden({ id: 'visit' }, made),
  'visits.cancelVisit': hidden({ id: 'visit' }, { reason }),
  'visits.correctVisit': hidden({ id: 'visit' }, { reason, to: null }),
  'account timeline.accountTimeline': hidden({ id: 'account' }),
  'account reports.duties': hidden({ id: 'account' }),
  'account reports.reports': hidden({ id: 'account' }),
  'yearly reports.yearlyReport': ofCase(),
  'account reports.report': hidden({ id: 'account' }, { parts: ['basics'], changes: reason }),
  'marketing tasks.marketingTasks': hidden({ id: 'account' }),
  'marketing tasks.myMarketingTasks': own,
  'marketing tasks.setMarketingTask': hidden(
    { id: 'account' },
    { what: reason, dueOn: FAR, ownerId: 'central-manager' },
  ),
  'marketing tasks.fulfilMarketingTask': hidden({ id: 'marketingTask' }, { answer: reason }),
  'marketing tasks.dropMarketingTask': hidden({ id: 'marketingTask' }, { answer: reason }),
  'reassignments.reassignAccount': hidden({ id: 'account' }, { form: reassignment }),
  // Of a person's or a unit's accounts he is told as little as of one.
  'reassignments.reassignPerson': hidden(undefined, { form: reassignment }),
  'reassignments.reassignUnit': hidden(undefined, { form: reassignment }),
  'reassignments.unattended': none,
  'projects.projects': hidden({ id: 'account' }),
  'projects.enterProject': hidden({ id: 'account' }, project),
  'projects.exportProjects': hidden({ id: 'account' }, {}),
  'projects.totals': hidden({ id: 'account' }),
  'projects.project': hidden({ id: 'project' }),
  'projects.changeProject': { ...hidden({ id: 'project' }, project), headers: { 'If-Match': '"1"' } },
  'projects.cancelProject': { ...hidden({ id: 'project' }, { reason }), headers: { 'If-Match': '"1"' } },
  'projects.enterOperation': hidden({ id: 'project' }, operation),
  'projects.changeOperation': { ...hidden({ id: 'project' }, operation), headers: { 'If-Match': '"1"' } },
  // How the company calls its kinds of operations is no secret.
  'projects.operationKinds': open,
  'projects.addOperationKind': none,
  'projects.retireOperationKind': none,
  'co-holders.list': hidden({ id: 'account' }),
  'co-holders.propose': hidden({ id: 'account' }, { unitId: 'finance', reason, regionCodes: ['420000'] }),
  'co-holders.end': hidden({ id: 'account', holdingId: 'account' }, { reason }),
  'allocations.list': hidden({ id: 'account' }),
  'allocations.place': hidden({ id: 'account' }),
  'allocations.start': hidden({ id: 'account' }, { projectName: reason, regionCode: '420100' }),
  'allocations.cancel': ofCase({ reason }),
  'suggestions.raise': hidden({ id: 'account' }, { kind: 'other', grounds: '建议' }),
  // The committee's and the office's, and only in a year with a campaign; a vote that is not one's own is as if it were not there.
  'agenda.agenda': refused(),
  'agenda.giveBulkVote': hidden({}, { taskIds: ['{task}'] }),
  'agenda.ownBulkVotes': own,
  'agenda.bulkVote': hidden({}),
  'agenda.pullOut': ofCase({ reason }),
  'campaign report.report': refused(),
  'campaign report.exportReport': refused(),
  'exits.propose': hidden(
    { id: 'account' },
    { ground: 'insolvency', since: '2026-01-05', source: '裁定书', grounds: '已受理破产' },
  ),
  // Published, it is the whole company's (Article 8); before, the committee's and the office's.
  'editions.editions': own,
  'editions.begin': none,
  'editions.next': none,
  'editions.edition': hidden({ id: 'edition' }),
  'editions.workbook': hidden({ id: 'edition' }),
  'editions.notice': hidden({ id: 'edition' }),
  'relistings.propose': hidden({ id: 'account' }, { grounds: '已恢复履约', source: '裁定书' }),
  'reviews.reviews': hidden({ id: 'account' }),
  'reviews.dissent': ofCase({ reason }),
  'suggestions.suggestions': hidden({ id: 'account' }),
  'suggestions.plans': hidden({ id: 'account' }),
  'suggestions.measures': none,
  'campaigns.campaigns': refused(),
  'campaigns.openCampaign': none,
  'campaigns.campaign': refused(),
  'campaigns.campaignAccounts': refused(),
  'campaigns.pauseCampaign': none,
  'campaigns.resumeCampaign': none,
  'campaigns.addToCampaign': none,
  'campaigns.excludeFromCampaign': none,
  'dashboard.cases': own,
  'dashboard.durations': own,
  'dashboard.waiting': own,
  'dashboard.accounts': own,
  'imports.importKinds': none,
  'imports.importTemplate': none,
  'imports.imports': none,
  'imports.bringImport': none,
  'imports.import': none,
  'imports.importRows': none,
  'imports.importFile': none,
  'imports.mapImport': none,
  'imports.applyImport': none,
  'imports.withdrawImport': none,
  'desks.desk': own,
  'attachments.limits': open,
  'attachments.upload': hidden({}),
  'attachments.download': hidden({ id: 'attachment' }),
  'attachments.remove': hidden({ id: 'attachment' }),
  'audit.audit': none,
  'audit.auditSearch': none,
  'audit.auditExport': none,
  'audit.auditHead': none,
  'audit.chain': none,
  'audit.verification': none,
  'workflows.workflows': none,
  'workflows.attention': none,
  'workflows.workflow': none,
  'workflows.history': none,
  'proposals.proposals': none,
  'proposals.redrive': none,
  'proposals.proposeSeat': none,
  'proposals.proposeRole': none,
  'proposals.answerProposal': none,
  'health.health': none,
  'roles.roles': none,
};
