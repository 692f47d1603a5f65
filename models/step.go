package models

import (
	"slices"
	"strconv"
	"strings"
)

// A Step is one change that may be tried before it is made. Which of its fields
// count depends on the act.
type Step struct {
	Act                          Act     `told:"open"`
	Posting, Assignment, Officer int64   `told:"open"`
	StandIn                      int64   `told:"open"` // an assignment
	First, Last                  Date    `told:"open"`
	SuccessorLast                Date    `told:"open"` // of the officer who takes over
	State                        State   `told:"open"`
	Matter                       Matter  `told:"open"`
	Country                      Country `told:"open"`
	Reason                       string  `told:"holder"`
}

// An Act is what a step does.
type Act string

// The acts. What ends has the step's last day as its last, inclusive; what is
// dropped is dropped from the step's first day on.
const (
	Assign      Act = "assign"      // an officer holds a posting
	Move        Act = "move"        // an assignment has other days
	End         Act = "end"         // an assignment ends
	HandOver    Act = "hand_over"   // an assignment ends, and another officer's follows
	TakeLeave   Act = "absent"      // the holder is away, and another may stand in
	Withdraw    Act = "withdraw"    // an assignment is taken back as if it had never been
	Close       Act = "close"       // a posting has its last day
	Suspend     Act = "suspend"     // a posting neither acts nor is vacant
	Represent   Act = "represent"   // a posting acts for a state
	Unrepresent Act = "unrepresent" // no longer
	Cover       Act = "cover"       // a posting is accredited to a country
	Uncover     Act = "uncover"     // no longer
)

// actFields are the fields of each act, optional ones with a question mark. A
// reason comes last, as it may hold anything.
var actFields = map[Act]string{
	Assign:      "posting officer first_day last_day?",
	Move:        "assignment first_day last_day?",
	End:         "assignment last_day reason?",
	HandOver:    "assignment last_day officer first_day successor_last_day? reason?",
	TakeLeave:   "assignment first_day last_day? stand_in?",
	Withdraw:    "assignment",
	Close:       "posting last_day",
	Suspend:     "posting first_day last_day? reason?",
	Represent:   "posting state matter first_day last_day?",
	Unrepresent: "posting state matter first_day",
	Cover:       "posting country first_day last_day?",
	Uncover:     "posting country first_day",
}

// PostingActs returns the acts that are about a posting, AssignmentActs those
// about an assignment.
func PostingActs() []Act {
	return []Act{Assign, Close, Suspend, Represent, Unrepresent, Cover, Uncover}
}

// AssignmentActs returns the acts that are about an assignment.
func AssignmentActs() []Act { return []Act{HandOver, End, Move, TakeLeave, Withdraw} }

// Valid reports whether a is a known act.
func (a Act) Valid() bool { return actFields[a] != "" }

// A StepField is a field of a step.
type StepField struct {
	Name     string
	Required bool
}

// Fields returns the fields of an act, in the order in which they are asked
// for.
func (a Act) Fields() []StepField {
	var fields []StepField
	for name := range strings.FieldsSeq(actFields[a]) {
		name, optional := strings.CutSuffix(name, "?")
		fields = append(fields, StepField{name, !optional})
	}
	return fields
}

// String writes the step as ParseStep reads it: the act, then name and value of
// each field that is given, as in "close posting 12 last_day 2027-01-01".
func (s Step) String() string {
	words := []string{string(s.Act)}
	for _, f := range s.Act.Fields() {
		if v := s.Value(f.Name); v != "" {
			words = append(words, f.Name, v)
		}
	}
	return strings.Join(words, " ")
}

// Value returns a field as text, "" where it is not given.
func (s Step) Value(field string) string {
	number := func(id int64) string {
		if id == 0 {
			return ""
		}
		return strconv.FormatInt(id, 10)
	}
	switch field {
	case "posting":
		return number(s.Posting)
	case "assignment":
		return number(s.Assignment)
	case "officer":
		return number(s.Officer)
	case "stand_in":
		return number(s.StandIn)
	case "first_day":
		return s.First.String()
	case "last_day":
		return s.Last.LastDay()
	case "successor_last_day":
		return s.SuccessorLast.LastDay()
	case "state":
		return string(s.State)
	case "matter":
		return string(s.Matter)
	case "country":
		return string(s.Country)
	case "reason":
		return s.Reason
	}
	return ""
}

// Set sets a field from text. It returns the key of the problem, "" if there is
// none.
func (s *Step) Set(field, text string) (problem string) {
	ok := true
	switch field {
	case "posting":
		s.Posting, ok = idIn(text)
	case "assignment":
		s.Assignment, ok = idIn(text)
	case "officer":
		s.Officer, ok = idIn(text)
	case "stand_in":
		s.StandIn, ok = idIn(text)
	case "first_day":
		return dayInto(&s.First, text)
	case "last_day":
		return dayInto(&s.Last, text)
	case "successor_last_day":
		return dayInto(&s.SuccessorLast, text)
	case "state":
		s.State, problem = State(strings.ToUpper(text)), "problem.state"
		ok = s.State.Valid()
	case "matter":
		s.Matter, problem = Matter(strings.ToLower(text)), "problem.matter"
		ok = s.Matter.Valid()
	case "country":
		s.Country, problem = Country(strings.ToUpper(text)), "problem.country"
		ok = s.Country.Valid()
	case "reason":
		s.Reason = text
		problem, _ = textProblem(text, MostReason)
		ok = problem == ""
	default:
		ok = false
	}
	if ok {
		return ""
	}
	if problem == "" {
		problem = "problem.unknown"
	}
	return problem
}

func idIn(text string) (int64, bool) {
	id, err := strconv.ParseInt(text, 10, 64)
	return id, err == nil && id > 0
}

func dayInto(d *Date, text string) (problem string) {
	day, err := ParseDate(text)
	if err != nil {
		return "problem.date"
	}
	*d = day
	return ""
}

// MostReason bounds a reason, in characters, as do the records that keep it.
const MostReason = 400

// Missing returns the fields that the act requires and that are not given.
func (s Step) Missing() (names []string) {
	for _, f := range s.Act.Fields() {
		if f.Required && s.Value(f.Name) == "" {
			names = append(names, f.Name)
		}
	}
	return names
}

// ParseStep reads what String writes. It reports whether text is a step with
// all that its act requires, and nothing else.
func ParseStep(text string) (s Step, ok bool) {
	act, rest, _ := strings.Cut(text, " ")
	s.Act = Act(act)
	fields := s.Act.Fields()
	for rest != "" {
		name, value, _ := strings.Cut(rest, " ")
		if rest = ""; name != "reason" {
			value, rest, _ = strings.Cut(value, " ")
		}
		i := slices.IndexFunc(fields, func(f StepField) bool { return f.Name == name })
		if i < 0 || s.Set(name, value) != "" {
			return Step{}, false
		}
		fields = fields[i+1:] // each once, and in order
	}
	return s, s.Act.Valid() && len(s.Missing()) == 0
}

// About returns the posting that a step is about, nil if there is none, and the
// assignment to it, if the step is about one.
func (d *Directory) About(s Step) (Assignment, *Post) {
	if s.Assignment != 0 {
		return d.Assignment(s.Assignment)
	}
	return Assignment{}, d.posts.get(s.Posting)
}

// last returns d as a last day: Forever if it is not given.
func last(d Date) Date {
	if d == 0 {
		return Forever
	}
	return d
}
