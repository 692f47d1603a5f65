package e2e

import "testing"

// Pages that show what somebody has done (what is followed and taken, what is removed,
// confirmed and not saved) are looked at like every page, when there is something on
// them.
func TestEveryPageWithSomethingOnIt(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	s := serveOwn(t, "SAMBAND_DEMO=true")
	s.addUser(t, "coordinator", "coordinator", "SE")
	tab := openAt(t, s.url)
	tab.language("en")
	tab.signIn("coordinator")
	leaveTraces(tab.lent(t))
	for i, page := range []struct{ name, path string }{
		{"front-following", "/"}, {"removed", "/removed"}, {"unsaved", "/unsaved"}, {"attestation-confirmed", "/attestation?all=yes"}, {"findings-taken", "/findings"},
		{"form-unsaved", "/officers/new"}, {"body-followed", "/bodies/opc"}, {"columns", "/postings?columns=place,agency,status,holder,until,successor,covers,represents,findings,areas,body,city,country,opened,closed,confirmed,email,phone,note,key"},
	} {
		t.Run(page.name, func(t *testing.T) {
			b := tab.lent(t)
			b.language([]string{"en", "sv"}[i%2])
			b.everyWay(page.path, page.name)
		})
	}
}

// leaveTraces does as a coordinator of Sweden what other pages then show.
func leaveTraces(b *browser) {
	b.t.Helper()
	for _, path := range []string{"/represent?state=SE&matter=police&place=VN", "/bodies/opc"} {
		b.visit(path)
		b.enter("form.follow button")
	}
	b.visit("/findings")
	b.enter(".queue tbody tr:first-child .mending form button")
	b.visit("/attestation?all=yes")
	b.enter("button.right")
	b.visit("/officers/new")
	b.fill("#name", "Nils Lantern")
	b.fill("#agency", "se-police")
	saved(b, "form.record button.main")
	b.enter(`.acts a[href$="/remove"]`)
	b.enter("button.danger")
	sent := eval[int](b, `fetch("/unsaved", {method: "POST", body: new URLSearchParams({
		"unsaved": "lanterns1234", "unsaved.path": "/officers", "name": "Åsa Lantern", "agency": "se-police", "note": "a line\nand another"})}).then(r => r.status)`)
	if sent != 204 {
		b.t.Fatalf("keeping a form is answered %d", sent)
	}
}
