package handlers

import (
	"net/http"
	"testing"
)

func TestHandOverToThePlannedSuccessor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	planned := w.post("/assignments", form("officer", "o-lars-odegard", "posting", "bangkok-se-police", "first_day", "2027-03-01", "last_day", "2029-12-31")).follow()
	w.get(w.assignment+"/hand-over").is(http.StatusOK).says("Planned successor: Lars Ödegård", "2027-03-01", `value="Lars Ödegård (o-lars-odegard)"`, "2029-12-31")
	before := w.revision()
	to := w.post(w.assignment+"/hand-over", form("version", "1", "successor", "o-lars-odegard", "last_day", "2026-11-30", "successor_last_day", "2029-12-31")).follow()
	if to != planned {
		t.Errorf("it leads to %s, not to the planned %s", to, planned)
	}
	w.get(planned).is(http.StatusOK).says("2026-12-01")
	if got := w.trail(before); len(got) != 2 {
		t.Errorf("the trail has %q", got)
	}
}

func TestHandOverIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := w.revision()
	for _, c := range []struct{ field, value, says string }{
		{"last_day", "", "last_day"},
		{"successor", "o-lars-odegard", "Choose an officer or add a new one"},
		{"new_agency", "", "new_agency"},
		{"new_email", "nowhere", "new_email"},
	} {
		f := form("version", "1", "successor", "", "new_name", "Nina Ek", "new_agency", "se-police", "last_day", "2026-11-30")
		f.Set(c.field, c.value)
		w.post(w.assignment+"/hand-over", f).is(http.StatusUnprocessableEntity).says(c.says, "<details class=\"more-fields\" open>", `value="Nina Ek"`)
		f.Set("preview", "1")
		w.post(w.assignment+"/hand-over", f).is(http.StatusUnprocessableEntity).says(c.says)
	}
	if w.revision() != before {
		t.Error("a refused hand-over writes something")
	}
}
