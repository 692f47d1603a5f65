package views

import (
	"time"

	"samband/models"
)

// DutyPage is the page on which a duty copy is made.
var DutyPage = page[Duty]("duty_copy")

type (
	// Duty is the page on which a duty copy is made. Copy is nil until it is said for
	// which state and until when.
	Duty struct {
		Choose   []Field
		Problems []FieldProblem
		Copy     *DutyCopy
		Form     Form
		Most     int // days
	}

	// A DutyCopy holds, for one state, who represents it in both matters at every place
	// on each of some days, and how to reach them, for somebody without a network. It is
	// to be made of the directory as the zero Scope sees it: a file that is lost tells of
	// no masked officer and no holder of a restricted posting, whoever made it.
	DutyCopy struct {
		State   models.State
		Days    models.Period
		Places  int // where somebody answers on one of the days
		Answers int // lists of answers: one for each place, matter and run of days
		// People are those whose contacts are in it, in the order in which they answer.
		People []models.Officer
		data   []byte // JSON: see dutyData
	}

	// A DutyMaker says who makes a copy, when, and of which revision of the directory.
	DutyMaker struct {
		By       string
		At       time.Time
		Revision int64
	}
)

// The limits of a duty copy.
const (
	// MostDutyDays is how many days it answers for, today included.
	MostDutyDays = 31
	// UsualDutyDays is how many days after today it answers for unless one asks for
	// others.
	UsualDutyDays = 7
	// mostDutyData bounds what it holds, in bytes before they are packed.
	mostDutyData = 16 << 20
)

// DutyChoice returns the fields that say for which state a copy is and until when.
func (s *Site) DutyChoice(lang, state, last string, problems models.Problems) (fields []Field, refused []FieldProblem) {
	b := s.buildForm(lang, problems)
	states := s.tongue(lang).states
	b.choice("state", state, true, states)
	b.day("last_day", last, true)
	b.hint("hint.duty_last_day", "most", MostDutyDays)
	form := b.done()
	return form.Fields, form.Problems
}

// DutyForm returns the form that makes a copy.
func (s *Site) DutyForm(lang string, c *DutyCopy, problems models.Problems) Form {
	b := s.buildForm(lang, problems)
	b.prefix = "duty-"
	b.form.Action, b.form.Submit = "/duty-copy", b.t("duty.make")
	b.kept("state", string(c.State))
	b.kept("last_day", c.Days.Last.String())
	b.secret("passphrase")
	b.hint("hint.passphrase")
	b.secret("passphrase_again")
	return b.done()
}
