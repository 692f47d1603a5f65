package handlers

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

// A route is one address of the site: who may use it, and its handler.
type route struct {
	method, path string
	right        right
	handle       func(*gin.Context) error
}

const (
	get  = http.MethodGet
	post = http.MethodPost
)

// routes is the whole site. A list with a CSV file has one in every other format
// beside it: .xlsx, .json and .ndjson.
func (s *server) routes() []route {
	agencies, officers, postings := s.agencies(), s.officers(), s.postings()
	assignments, contactPoints, accounts := s.assignments(), s.contactPoints(), s.accounts()
	bodies, projects, renamedBody, renamedAgency := s.bodies(), s.projects(), s.renameBody(), s.renameAgency()
	return inEveryFormat([]route{
		{get, "/", member, s.showFront},
		{get, "/represent", reader, s.allowAsOf(s.showRepresent)},
		{post, "/represent/cards", reader, s.costly(s.takeAnswer)},
		{get, "/search", reader, s.allowAsOf(s.search)},
		{get, "/suggest", reader, s.suggest},
		{get, "/api/v1/represent", reader, s.allowAsOf(s.represent)},
		{get, "/api/v1/bodies", reader, s.allowAsOf(s.bodiesJSON)},
		{get, "/api/v1/bodies/:body", reader, s.allowAsOf(s.bodyJSON)},
		{get, "/coverage", reader, s.costly(s.allowAsOf(s.showCoverage))},
		{get, "/coverage.csv", reader, s.costly(s.allowAsOf(s.coverageFile))},
		{get, "/timeline", reader, s.costly(s.allowAsOf(s.showTimeline))},
		{get, "/map", reader, s.costly(s.allowAsOf(s.showMap))},
		{get, "/findings", reader, s.costly(s.allowAsOf(s.showFindings))},
		{get, "/findings.csv", reader, s.costly(s.allowAsOf(s.findingsFile))},
		{get, "/findings.ics", reader, s.costly(s.allowAsOf(s.findingsCalendar))},
		{get, "/findings/snooze", coordinator, s.askSnooze},
		{post, "/findings/snooze", coordinator, s.snooze},
		{post, "/findings/wake", coordinator, s.wake},
		{post, "/findings/take", coordinator, s.take},
		{post, "/findings/release", coordinator, s.release},

		{get, "/removed", coordinator, s.listRemoved},
		{get, importPath, coordinator, s.showImport},
		{post, importPath, coordinator, s.takeImport},
		{get, "/imports", coordinator, s.listImports},
		{get, "/imports/:import", coordinator, s.showOneImport},
		{get, "/imports/:import/refused.csv", coordinator, s.costly(s.refusedCSV)},
		{post, "/imports/:import/columns", coordinator, s.chooseColumns},
		{post, "/imports/:import/apply", coordinator, s.applyImport},
		{post, "/imports/:import/revert", coordinator, s.takeBackImport},
		{post, "/imports/:import/discard", coordinator, s.discardImport},
		{get, "/undo/:row", reader, s.costly(s.showChange)},
		{post, "/undo/:row", reader, s.undoChange},

		{get, "/attestation", coordinator, s.costly(s.showAttestation)},
		{post, "/attestation", coordinator, s.attest},

		{get, "/changes", reader, s.costly(s.showChanges)},
		{get, "/changes.csv", reader, s.costly(s.changesFile)},
		{get, "/reports", reader, s.listReports},
		{get, "/reports/notification", reader, s.costly(s.allowAsOf(s.showReport(notification)))},
		{get, "/reports/notification.csv", reader, s.costly(s.allowAsOf(s.reportFile(notification)))},
		{get, "/reports/board", reader, s.costly(s.allowAsOf(s.showReport(boardPack)))},
		{get, "/reports/board.csv", reader, s.costly(s.allowAsOf(s.reportFile(boardPack)))},
		{get, "/reports/figures", reader, s.costly(s.allowAsOf(s.showReport(keyFigures)))},
		{get, "/reports/figures.csv", reader, s.costly(s.allowAsOf(s.reportFile(keyFigures)))},
		{get, "/reports/bodies", reader, s.costly(s.allowAsOf(s.showReport(whoSits)))},
		{get, "/reports/bodies.csv", reader, s.costly(s.allowAsOf(s.reportFile(whoSits)))},
		{get, "/reports/posting/:posting", reader, s.costly(s.allowAsOf(s.showReport(postingHistory)))},
		{get, "/reports/posting/:posting/history.csv", reader, s.costly(s.allowAsOf(s.reportFile(postingHistory)))},

		{get, dutyPath, reader, s.costly(s.showDuty)},
		{post, dutyPath, reader, s.costly(s.makeDuty)},

		{get, "/what-if", coordinator, s.costly(s.showWhatIf)},
		{post, "/what-if", coordinator, s.costly(s.carryOut)},
		{get, "/plans", coordinator, s.listPlans},
		{post, "/plans", coordinator, s.keepPlan},
		{get, "/plans/:plan", coordinator, s.costly(s.showPlan)},
		{post, "/plans/:plan/discard", coordinator, s.discardPlan},

		{get, "/bodies", reader, s.allowAsOf(s.listBodies)},
		{get, "/bodies/new", secretariat, bodies.new},
		{post, "/bodies", secretariat, bodies.create},
		{get, "/bodies/:body", reader, s.allowAsOf(s.showBody)},
		{get, "/bodies/:body/edit", secretariat, bodies.edit},
		{post, "/bodies/:body/edit", secretariat, bodies.update},
		{get, "/bodies/:body/rename", secretariat, renamedBody.ask},
		{post, "/bodies/:body/rename", secretariat, renamedBody.carryOut},
		{get, "/bodies/:body/remove", secretariat, bodies.askRemove},
		{post, "/bodies/:body/remove", secretariat, bodies.removeRecord},
		{post, "/bodies/:body/restore", secretariat, undo(bodies)},
		{post, "/bodies/:body/remarks", secretariat, s.remark(s.remarkableBody())},
		{post, "/bodies/:body/remarks/:remark/remove", reader, s.removeRemark(s.remarkableBody())},

		{get, "/projects", reader, s.allowAsOf(s.listProjects)},
		{get, "/projects/new", coordinator, projects.new},
		{post, "/projects", coordinator, projects.create},
		{get, "/projects/:project", reader, s.showProject},
		{get, "/projects/:project/edit", coordinator, projects.edit},
		{post, "/projects/:project/edit", coordinator, projects.update},
		{get, "/projects/:project/remove", coordinator, projects.askRemove},
		{post, "/projects/:project/remove", coordinator, projects.removeRecord},
		{post, "/projects/:project/restore", coordinator, undo(projects)},

		{get, "/postings", reader, s.allowAsOf(postingRecords.show(s))},
		{get, "/postings.csv", reader, s.costly(s.allowAsOf(postingRecords.file(s)))},
		{post, "/postings/cards", reader, s.costly(postingRecords.take(s))},
		{get, "/postings/new", coordinator, postings.new},
		{post, "/postings", coordinator, postings.create},
		{get, "/postings/:posting", reader, s.showPosting},
		{get, "/postings/:posting/edit", coordinator, postings.edit},
		{post, "/postings/:posting/edit", coordinator, postings.update},
		{get, "/postings/:posting/remove", coordinator, postings.askRemove},
		{post, "/postings/:posting/remove", coordinator, postings.removeRecord},
		{post, "/postings/:posting/restore", coordinator, undo(postings)},
		{post, "/postings/:posting/remarks", coordinator, s.remark(s.remarkablePosting())},
		{post, "/postings/:posting/remarks/:remark/remove", reader, s.removeRemark(s.remarkablePosting())},
		{get, "/postings/:posting/assignments/new", coordinator, assignments.new},

		{get, "/officers", reader, s.allowAsOf(officerRecords.show(s))},
		{get, "/officers.csv", reader, s.costly(s.allowAsOf(officerRecords.file(s)))},
		{post, "/officers/cards", reader, s.costly(officerRecords.take(s))},
		{get, "/officers/new", coordinator, officers.new},
		{post, "/officers", coordinator, officers.create},
		{get, "/officers/:officer", reader, s.showOfficer},
		{get, "/officers/:officer/contacts", reader, s.leaveContacts},
		{post, "/officers/:officer/contacts", reader, s.openContacts},
		{post, "/officers/:officer/cards", reader, s.takeOfficer},
		{post, "/officers/:officer/tie", coordinator, s.tie},
		{post, "/officers/:officer/untie", coordinator, s.untie},
		{get, "/officers/:officer/edit", coordinator, s.editOfficer},
		{post, "/officers/:officer/edit", coordinator, officers.update},
		{get, "/officers/:officer/remove", coordinator, officers.askRemove},
		{post, "/officers/:officer/remove", coordinator, officers.removeRecord},
		{post, "/officers/:officer/restore", coordinator, undo(officers)},
		{post, "/officers/:officer/remarks", coordinator, s.remark(s.remarkableOfficer())},
		{post, "/officers/:officer/remarks/:remark/remove", reader, s.removeRemark(s.remarkableOfficer())},
		{get, "/officers/:officer/assignments/new", coordinator, assignments.new},

		{get, "/assignments", reader, s.allowAsOf(assignmentRecords.show(s))},
		{get, "/assignments.csv", reader, s.costly(s.allowAsOf(assignmentRecords.file(s)))},
		{post, "/assignments/cards", reader, s.costly(assignmentRecords.take(s))},
		{get, "/assignments/new", coordinator, assignments.new},
		{post, "/assignments", coordinator, assignments.create},
		{get, "/assignments/:assignment", reader, s.showAssignment},
		{get, "/assignments/:assignment/edit", coordinator, assignments.edit},
		{post, "/assignments/:assignment/edit", coordinator, assignments.update},
		{get, "/assignments/:assignment/end", coordinator, s.endAct().ask(s)},
		{post, "/assignments/:assignment/end", coordinator, s.endAct().carryOut(s)},
		{get, "/assignments/:assignment/hand-over", coordinator, s.handOverAct().ask(s)},
		{post, "/assignments/:assignment/hand-over", coordinator, s.handOverAct().carryOut(s)},
		{get, "/assignments/:assignment/absences", reader, s.absenceAct().ask(s)},
		{post, "/assignments/:assignment/absences", reader, s.absenceAct().carryOut(s)},
		{get, "/assignments/:assignment/remove", coordinator, assignments.askRemove},
		{post, "/assignments/:assignment/remove", coordinator, assignments.removeRecord},
		{post, "/assignments/:assignment/restore", coordinator, undo(assignments)},

		{post, "/follows", reader, s.follow},

		{post, "/views", reader, s.keepView},
		{get, "/views/:view", reader, s.showView},
		{post, "/views/:view/usual", reader, s.useView},
		{post, "/views/:view/remove", reader, s.discardView},
		{get, "/bulk", coordinator, s.costly(s.askBulk)},
		{post, "/bulk", coordinator, s.costly(s.bulk)},

		{get, "/agencies", reader, s.listAgencies},
		{get, "/agencies/new", secretariat, agencies.new},
		{post, "/agencies", secretariat, agencies.create},
		{get, "/agencies/:agency", reader, s.showAgency},
		{get, "/agencies/:agency/edit", secretariat, agencies.edit},
		{post, "/agencies/:agency/edit", secretariat, agencies.update},
		{get, "/agencies/:agency/rename", secretariat, renamedAgency.ask},
		{post, "/agencies/:agency/rename", secretariat, renamedAgency.carryOut},
		{get, "/agencies/:agency/remove", secretariat, agencies.askRemove},
		{post, "/agencies/:agency/remove", secretariat, agencies.removeRecord},
		{post, "/agencies/:agency/restore", secretariat, undo(agencies)},

		{get, "/contact-points", reader, s.listContactPoints},
		{get, "/contact-points/new", coordinator, contactPoints.new},
		{post, "/contact-points", coordinator, contactPoints.create},
		{get, "/contact-points/:contact_point", reader, s.showContactPoint},
		{get, "/contact-points/:contact_point/edit", coordinator, contactPoints.edit},
		{post, "/contact-points/:contact_point/edit", coordinator, contactPoints.update},
		{get, "/contact-points/:contact_point/remove", coordinator, contactPoints.askRemove},
		{post, "/contact-points/:contact_point/remove", coordinator, contactPoints.removeRecord},
		{post, "/contact-points/:contact_point/restore", coordinator, undo(contactPoints)},

		{get, "/sign-in", anyone, s.showSignIn},
		{post, "/sign-in", anyone, s.signIn},
		{post, "/sign-in/code", anyone, s.signInCode},
		{post, "/sign-in/demo", anyone, s.signInDemo},
		{get, "/sign-in/sso", anyone, s.signInSSO},
		{get, "/sign-in/sso/callback", anyone, s.signedInSSO},
		{post, "/sign-out", enrolling, s.signOut},
		{get, "/set-up", anyone, s.showSetUp},
		{post, "/set-up", anyone, s.setUp},

		{get, "/account", member, s.showOwn},
		{post, "/account/password", member, s.changePassword},
		{get, "/account/second-factor", enrolling, s.showSecondFactor},
		{post, "/account/second-factor", enrolling, s.setSecondFactor},
		{post, "/account/second-factor/drop", member, s.dropSecondFactor},
		{post, "/account/sessions/end", member, s.endSessions},
		{post, "/account/tokens", member, s.addToken},
		{post, "/account/tokens/:token/revoke", member, s.revokeOwnToken},
		{get, "/account/my-data.json", member, s.costly(s.myData)},

		{get, calendarsPath, reader, s.listCalendars},
		{post, calendarsPath, reader, s.addCalendar},
		{post, "/calendars/:calendar/revoke", reader, s.revokeCalendar},
		{get, "/calendar.ics", reader, s.costly(s.plainCalendar)},
		{get, "/calendar/:secret", anyone, s.secretCalendar},

		{get, "/unsaved", member, s.listUnsaved},
		{post, "/unsaved", member, s.keepTyped},
		{post, "/unsaved/:form/discard", member, s.discardUnsaved},

		{get, "/accounts", administrator, s.listAccounts},
		{get, "/accounts/new", administrator, accounts.new},
		{post, "/accounts", administrator, accounts.create},
		{get, "/accounts/:account", administrator, s.showAccount},
		{get, "/accounts/:account/edit", administrator, accounts.edit},
		{post, "/accounts/:account/edit", administrator, accounts.update},
		{post, "/accounts/:account/link", administrator, s.linkAccount},
		{post, "/accounts/:account/sso", administrator, s.setSSO},
		{post, "/accounts/:account/reset", administrator, s.resetAccount},
		{post, "/accounts/:account/tokens/:token/revoke", administrator, s.revokeToken},

		{get, "/audit", auditor, s.showTrail},
		{get, "/audit.csv", auditor, s.costly(s.trailFile)},

		{post, "/printed", member, s.printed},
		{post, "/language", anyone, s.chooseLanguage},
		{get, "/assets/*name", anyone, s.asset},
		{get, livePath, anyone, s.live},
		{get, readyPath, anyone, s.health},
		{get, healthPath, anyone, s.health},
		{get, "/.well-known/security.txt", anyone, s.securityTxt},
	})
}
