package models

import (
	"reflect"
	"strings"
	"testing"
)

// filled returns a T in which every field says something, one row in each list.
func filled[T any]() (record T) {
	fill(reflect.ValueOf(&record).Elem())
	return record
}

func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("SE")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(7)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	default:
		panic(v.Type().String() + " cannot be filled")
	}
}

// left returns which fields of a struct still say what fill gave them, of lists
// those of their rows. Any other must be empty.
func left(t *testing.T, v reflect.Value) string {
	t.Helper()
	whole := reflect.New(v.Type())
	fill(whole.Elem())
	var names []string
	for _, f := range reflect.VisibleFields(v.Type()) {
		is, was := v.FieldByIndex(f.Index), whole.Elem().FieldByIndex(f.Index)
		switch {
		case f.Anonymous:
		case is.Kind() == reflect.Slice && is.Len() == 1 && is.Index(0).Kind() == reflect.Struct && !reflect.DeepEqual(is.Interface(), was.Interface()):
			names = append(names, f.Name+"("+left(t, is.Index(0))+")")
		case reflect.DeepEqual(is.Interface(), was.Interface()):
			names = append(names, f.Name)
		case !is.IsZero():
			t.Errorf("%s.%s is %v", v.Type(), f.Name, is)
		}
	}
	return strings.Join(names, " ")
}

// What is left of each record where something is kept back, field by field. A
// new field is kept back until its struct says to whom it is told: what is told
// on purpose is written down here.
func TestWhatIsLeft(t *testing.T) {
	nobody, masked := Scope{}, Officer{ID: 7, Masked: true}
	plan, seen := nobody.Plan(filledPlan(), 0, new(Directory))
	if !seen {
		t.Error("the plan is not seen at all")
	}
	const post = "ID Version Key AgencyID HostCountry HostCity HostBody Opened Closed Restricted Role Areas Representations Coverages Suspensions"
	const step = "Act Posting Assignment Officer StandIn First Last SuccessorLast State Matter Country"
	for name, c := range map[string]struct {
		record any
		want   string
	}{
		"a masked officer":                  {nobody.Officer(filled[Officer](), Sweden), "ID Version AgencyID Masked"},
		"a restricted posting":              {nobody.Posting(filled[Posting](), Sweden), post},
		"an assignment of a masked officer": {filled[Assignment]().Of(masked), "ID Version Key OfficerID PostingID First Last PlannedLast Absences"},
		"one to a restricted posting":       {Redact(filled[Assignment](), AssignmentTold(ToReader, Whole)), "ID Version PostingID First Last PlannedLast Absences"},
		"one of a masked officer to a restricted posting": {Redact(filled[Assignment](), AssignmentTold(ToReader, ToReader)),
			"ID Version PostingID First Last PlannedLast Absences"},
		"a plan of who sees more":     {plan, "ID Version Owner Email Steps(" + step + ") Revision Untold"},
		"a step about who is masked":  {filled[Step]().Of(masked), step},
		"a finding put off by others": {Rights(nil).Snooze(filled[Snooze](), Finding{Sending: Sweden}, new(Directory)), "Finding Posting State Until"},
	} {
		if got := left(t, reflect.ValueOf(c.record)); got != c.want {
			t.Errorf("%s: left are\n%s, want\n%s", name, got, c.want)
		}
	}
}

// filledPlan is of an owner who sees more than others.
func filledPlan() Plan {
	p := filled[Plan]()
	p.Rights = Rights{{Coordinator, Sweden}}
	return p
}

// Each field stays for those to whom its tag says that it is told, and for no
// others: be it of a record or of a row in a list.
func TestRedactFollowsTheTags(t *testing.T) {
	redactsByTag[Officer](t)
	redactsByTag[Posting](t)
	redactsByTag[Assignment](t)
	redactsByTag[Representation](t)
	redactsByTag[Coverage](t)
	redactsByTag[Suspension](t)
	redactsByTag[Absence](t)
	redactsByTag[Agency](t)
	redactsByTag[Body](t)
	redactsByTag[BodyMember](t)
	redactsByTag[Project](t)
	redactsByTag[Step](t)
	redactsByTag[Snooze](t)
	redactsByTag[ContactPoint](t)
}

func redactsByTag[T any](t *testing.T) {
	t.Helper()
	order := []string{"", "contact", "holder", "reader", "open"} // ToNobody to ToAll
	whole := filled[T]()
	for to := range order {
		v := reflect.ValueOf(Redact(whole, Told(to)))
		for _, f := range reflect.VisibleFields(v.Type()) {
			word, _, _ := strings.Cut(f.Tag.Get("told"), ",")
			stays := f.Name == "ID" || f.Name == "Version" || f.Anonymous
			for _, told := range order[to:] {
				stays = stays || word == told
			}
			if got := !v.FieldByIndex(f.Index).IsZero(); got != stays {
				t.Errorf("%s.%s, told %q, stays for %q: %t", v.Type(), f.Name, word, order[to], got)
			}
		}
	}
	if !reflect.DeepEqual(whole, filled[T]()) {
		t.Errorf("%T itself has changed", whole)
	}
}

type unsaid struct {
	ID, Version int64
	Told        string `told:"open"`
	New         string
	Rows        []unsaidRow `told:"open"`
	Unsaid      []unsaidRow
}

type unsaidRow struct {
	ID   int64
	Told string `told:"open"`
	New  string
}

// What nobody has decided on is told to nobody from whom anything is kept back,
// and to whom nothing is, it is told.
func TestAFieldWithoutATagIsWithheld(t *testing.T) {
	whole := filled[unsaid]()
	for to := ToContact; to <= ToAll; to++ {
		if got := left(t, reflect.ValueOf(Redact(whole, to))); got != "ID Version Told Rows(ID Told)" {
			t.Errorf("told as %d, left are %s", to, got)
		}
	}
	if got := left(t, reflect.ValueOf(Redact(whole, Whole))); got != "ID Version Told New Rows Unsaid" {
		t.Errorf("to who is told all, left are %s", got)
	}
	if !reflect.DeepEqual(whole, filled[unsaid]()) {
		t.Errorf("the record itself has changed: %+v", whole)
	}
}

func TestKeepUntold(t *testing.T) {
	old := Assignment{ID: 1, OfficerID: 2, Key: "a-1", Note: "n", EndReason: "r", PlannedLast: 5}
	for _, c := range []struct {
		to         Told
		next, want Assignment
	}{
		{Whole, Assignment{ID: 1}, Assignment{ID: 1}},
		{ToReader, Assignment{ID: 1}, Assignment{ID: 1, Note: "n", EndReason: "r"}},
		{ToReader, Assignment{ID: 1, EndReason: "new"}, Assignment{ID: 1, Note: "n", EndReason: "new"}},
		{ToAll, Assignment{ID: 1}, Assignment{ID: 1, OfficerID: 2, Key: "a-1", Note: "n", EndReason: "r"}},
	} {
		got := c.next
		if KeepUntold(&got, old, c.to); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%+v becomes %+v to %d, want %+v", c.next, got, c.to, c.want)
		}
	}
}
