package views

import (
	"fmt"
	"slices"
	"strings"

	"samband/models"
)

// A Form is any form of the site: fields, tables of fields for a record's own
// lists, what is wrong, and what somebody else has saved meanwhile. One template
// shows them all.
type Form struct {
	Title   string
	Intro   string
	Action  string // where it is sent
	Cancel  string // where it leads if it is given up
	Preview bool   // what comes of it is told before it is saved
	Submit  string
	Version int
	Fields  []Field
	Tables  []Table
	// More are fields that are folded away under a title, unless MoreOpen.
	More      []Field
	MoreTitle string
	MoreOpen  bool
	// Problems are those of the whole form, and those of its fields once more,
	// each with a link to its field.
	Problems []FieldProblem
	// Stale are the fields that somebody else has saved differently since the
	// form was opened.
	Stale   []StaleField
	IsStale bool
	// Unsaved is how many forms like it the visitor has filled in and not saved, and
	// Kept the name under which this one is kept, "" for none.
	Unsaved int
	Kept    string
	Keeps   bool // what is typed is kept until it is saved
	// Again is the address at which the visitor must sign in once more before
	// the form can be sent, "" if that is not needed.
	Again, AgainLabel string
}

// A Field is one input with its label.
type Field struct {
	Name, Label, Hint, Value string
	Kind                     FieldKind
	Required, Checked        bool
	Locked                   bool     // a tick that cannot be taken away
	Options                  []Option // of a choice, or what a text field offers
	// States are those of the options that are a state's, by value, and under "" that of
	// what is filled in.
	States map[string]models.State
	// Row is the number, from 1, that stands in the label of a field in a table, 0
	// if none does.
	Row     int
	Any     string // what a choice of nothing is called
	Problem string
	Choices []string // to take instead of what was typed
	Choose  string   // what is sent for one of them
	Mine    bool     // of these, only those that the reader may change
	Suggest string   // of which noun the server suggests records, "" for nothing
	// ID distinguishes the inputs of the same name in a table.
	ID string
	// Auto is what a browser may fill in, "" for nothing.
	Auto string
}

// A FieldKind is how a field is filled in.
type FieldKind string

// The kinds of fields.
const (
	TextField   FieldKind = "text"
	LongField   FieldKind = "long"
	DayField    FieldKind = "day"
	ChoiceField FieldKind = "choice"
	CheckField  FieldKind = "check"
	FixedField  FieldKind = "fixed" // shown and sent along, but cannot be changed
	SecretField FieldKind = "secret"
	KeptField   FieldKind = "kept"  // sent along, but not shown
	WordField   FieldKind = "word"  // shown only
	TicksField  FieldKind = "ticks" // any of its options, with a space between
)

// An Option is one choice of a field.
type Option struct{ Value, Label string }

// A Table is a list that belongs to a record, a row of fields for each entry.
type Table struct {
	Name, Legend, Hint string
	Problem            string
	Heads              []string
	Rows               [][]Field
	Grows              bool // rows can be added
}

// A FieldProblem is a refusal, and the ID of the input that it is about.
type FieldProblem struct{ ID, Label, Text string }

// A StaleField is a field as filled in, and as somebody else has saved it.
type StaleField struct{ Label, Yours, Saved string }

// A Filled is a form as filled in, for a new record if ID is 0.
type Filled[In any] struct {
	ID       int64
	Version  int    // of the record that the form was opened on
	Title    string // of the record, as saved
	Input    In
	Problems models.Problems
	// Saved is what somebody else has saved since the form was opened, nil
	// unless the form is stale.
	Saved *In
}

// A formBuilder builds a Form in one language.
type formBuilder struct {
	site     *Site
	lang     string
	form     Form
	problems models.Problems
	used     map[int]bool // problems that found their field
	prefix   string       // of IDs, where a page has several forms
}

func (s *Site) buildForm(lang string, problems models.Problems) *formBuilder {
	return &formBuilder{site: s, lang: lang, problems: problems, used: map[int]bool{}}
}

func (b *formBuilder) t(key string, args ...any) string {
	return b.site.Say(b.lang, models.Say(key, args...))
}

// problem returns what is wrong with a field, in words, "" if nothing is.
func (b *formBuilder) problem(name string, row int) string {
	for i, p := range b.problems {
		if p.Field == name && p.Row == row && !b.used[i] {
			b.used[i] = true
			return b.site.Say(b.lang, p.Message)
		}
	}
	return ""
}

// choicesOf returns what a field may have meant.
func (b *formBuilder) choicesOf(name string, row int) []string {
	for _, p := range b.problems {
		if p.Field == name && p.Row == row && len(p.Choices) > 0 {
			return p.Choices
		}
	}
	return nil
}

// field adds a field, with its label "field.<name>" and its problem.
func (b *formBuilder) field(f Field) {
	f.ID = b.prefix + f.Name
	f.Label = b.t("field." + f.Name)
	f.Choices, f.Choose = b.choicesOf(f.Name, -1), "choose."+f.Name
	if f.Problem = b.problem(f.Name, -1); f.Problem != "" {
		b.form.Problems = append(b.form.Problems, FieldProblem{f.ID, f.Label, f.Problem})
	}
	b.form.Fields = append(b.form.Fields, f)
}

// secrets are the fields that hold a password or a code, each with what a browser
// may fill in.
var secrets = map[string]string{"password": "new-password", "again": "new-password", "current": "current-password",
	"code": "one-time-code", "current_code": "one-time-code",
	"passphrase": "off", "passphrase_again": "off"} // of a file: no browser should take it for that of the account

// Secret reports whether a field holds a password or a code. No page gives back
// what was typed into one.
func Secret(name string) bool { return secrets[name] != "" }

// secret adds a field of secrets, which is always shown empty.
func (b *formBuilder) secret(name string) {
	f := Field{Name: name, Kind: SecretField, Required: true, Auto: secrets[name]}
	if f.Auto == "one-time-code" {
		f.Kind = TextField // a code is copied from elsewhere, and soon expires
	}
	b.field(f)
}

func (b *formBuilder) text(name, value string, required bool) {
	b.field(Field{Name: name, Value: value, Kind: TextField, Required: required})
}

func (b *formBuilder) day(name, value string, required bool) {
	b.field(Field{Name: name, Value: value, Kind: DayField, Required: required})
}

// dayField is a field for a day outside a form of a record.
func dayField(id, name string, value any, problem string) Field {
	return Field{ID: id, Name: name, Kind: DayField, Value: fmt.Sprint(value), Problem: problem}
}

func (b *formBuilder) choice(name, value string, required bool, options []Option) {
	b.field(Field{Name: name, Value: value, Kind: ChoiceField, Required: required, Options: options})
}

// areas adds the field of areas of co-operation.
func (b *formBuilder) areas(value string) {
	b.field(Field{Name: areas, Value: value, Kind: TicksField, Options: wordOptions(b, models.Areas())})
}

// kept adds a field that is sent along, but not shown.
func (b *formBuilder) kept(name, value string) {
	b.form.Fields = append(b.form.Fields, Field{Name: name, ID: b.prefix + name, Value: value, Kind: KeptField})
}

// hint explains the field that was added last.
func (b *formBuilder) hint(key string, args ...any) {
	b.form.Fields[len(b.form.Fields)-1].Hint = b.t(key, args...)
}

// cell makes a field in a row of a table; of is the name of the row. The label is
// for those who do not see the column's head.
func (b *formBuilder) cell(row int, of string, f Field) Field {
	f.ID = f.Name + "." + itoa(row)
	f.Label = b.t("field."+f.Name) + ", " + of
	f.Choices, f.Choose = b.choicesOf(f.Name, row), "choose."+f.ID
	if f.Problem = b.problem(f.Name, row); f.Problem != "" {
		b.form.Problems = append(b.form.Problems, FieldProblem{f.ID, f.Label, f.Problem})
	}
	return f
}

// done returns the form. Problems that belong to no field are listed with the
// others at its top.
func (b *formBuilder) done() Form {
	for i, p := range b.problems {
		if !b.used[i] {
			label := ""
			if text := b.t("field." + p.Field); text != "field."+p.Field {
				label = text
			}
			b.form.Problems = append(b.form.Problems, FieldProblem{"", label, b.site.Say(b.lang, p.Message)})
		}
	}
	return b.form
}

// begin fills in the title, addresses and button of a record's form.
func begin[In any](b *formBuilder, noun, path string, f Filled[In]) {
	b.form.Version, b.form.Preview = f.Version, noun != "account"
	b.form.IsStale = f.Saved != nil
	if f.ID == 0 {
		b.form.Title, b.form.Action, b.form.Cancel = b.t(noun+".new"), path, path
		b.form.Submit = b.t("form.create")
		return
	}
	b.form.Title = b.t(noun+".edit", "name", f.Title)
	b.form.Cancel = path + "/" + itoa(int(f.ID))
	b.form.Action = b.form.Cancel + "/edit"
	b.form.Submit = b.t("form.save")
}

// compare notes the fields and tables that differ from those at the same index in
// saved.
func (b *formBuilder) compare(saved Form) {
	for i, f := range b.form.Fields {
		if i < len(saved.Fields) {
			b.stale(f, saved.Fields[i])
		}
	}
	for i, t := range b.form.Tables {
		if i >= len(saved.Tables) {
			continue
		}
		yours, theirs := rowsInWords(t), rowsInWords(saved.Tables[i])
		if yours != theirs {
			b.form.Stale = append(b.form.Stale, StaleField{t.Legend, yours, theirs})
		}
	}
}

func (b *formBuilder) stale(yours, saved Field) {
	if yours.shown() != saved.shown() {
		b.form.Stale = append(b.form.Stale, StaleField{yours.Label, yours.shown(), saved.shown()})
	}
}

// shown returns what a reader sees in the field.
func (f Field) shown() string {
	switch f.Kind {
	case CheckField:
		if f.Checked {
			return "✓"
		}
		return "–"
	case ChoiceField, FixedField:
		for _, o := range f.Options {
			if o.Value == f.Value {
				return o.Label
			}
		}
	}
	if f.Kind == TicksField {
		var ticked []string
		for _, o := range f.Options {
			if f.Ticked(o) {
				ticked = append(ticked, o.Label)
			}
		}
		return strings.Join(ticked, ", ")
	}
	return f.Value
}

// Ticked reports whether an option is among those that are ticked.
func (f Field) Ticked(o Option) bool { return slices.Contains(strings.Fields(f.Value), o.Value) }

// rowsInWords writes a table's rows, each on a line: what the row is about, and
// then what is filled in, with its head. Rows with nothing filled in are left
// out.
func rowsInWords(t Table) string {
	var lines []string
	for _, row := range t.Rows {
		var parts []string
		for i, f := range row {
			switch {
			case f.Kind == CheckField && f.Checked:
				parts = append(parts, t.Heads[i])
			case f.Kind == CheckField, f.Kind == FixedField, f.Value == "":
			case i == 0:
				parts = append(parts, f.shown())
			default:
				parts = append(parts, t.Heads[i]+" "+f.shown())
			}
		}
		if len(parts) == 0 {
			continue
		}
		if row[0].Kind == FixedField {
			parts = append([]string{row[0].shown()}, parts...)
		}
		lines = append(lines, strings.Join(parts, " · "))
	}
	return strings.Join(lines, "\n")
}
