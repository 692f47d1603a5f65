package models

// A Plan is a named list of steps, kept to be looked at again and shared with
// others before anything is done.
type Plan struct {
	ID      int64 `gorm:"primaryKey;autoIncrement:false"`
	Version int
	Name    string `told:"holder"`
	Note    string `told:"holder"`
	Owner   int64  `gorm:"column:account_id" told:"open"`
	Email   string `gorm:"-" json:"-" told:"open"` // the owner's
	Steps   []Step `gorm:"serializer:steps" told:"open"`
	// Revision is that of the directory when the steps were last looked over.
	Revision int64 `told:"open"`
	// Rights are the owner's: what others see is worked out from them.
	Rights Rights `gorm:"-" json:"-"`
	// Untold says that the texts are left out: the name, the note, and the
	// reasons in the steps.
	Untold bool `gorm:"-" json:"-" told:"open"`
}

// ChangedBy reports whether an account with these rights may change the plan, or
// discard it: its owner may, and coordinators of all five.
func (p Plan) ChangedBy(account int64, rights Rights) bool {
	return p.Owner == account || rights.MayChange("")
}

// MostSteps bounds the steps of a plan, and MostStepsText their length as text, in
// bytes: they are put into an address.
const (
	MostSteps     = 50
	MostStepsText = 8000
)

func stepsLength(steps []Step) (n int) {
	for _, s := range steps {
		n += len(s.String())
	}
	return n
}

// CheckPlan returns what is wrong with a plan by itself.
func CheckPlan(p Plan) Problems {
	var ps Problems
	ps.text("name", p.Name, 200, true)
	ps.text("note", p.Note, 4000, false)
	if len(p.Steps) == 0 {
		ps.add("steps", "problem.required")
	}
	if long := stepsLength(p.Steps); long > MostStepsText {
		ps.add("steps", "problem.long", "most", MostStepsText)
	}
	if len(p.Steps) > MostSteps {
		ps.add("steps", "problem.rows", "most", MostSteps)
	}
	return ps
}
