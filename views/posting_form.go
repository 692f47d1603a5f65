package views

import (
	"slices"
	"strings"

	"samband/models"
)

// spareRows is how many empty rows a table offers.
const spareRows = 2

// PostingForm returns the form of a posting. The representation table begins
// with the five states. The sending state cannot be taken off there: its ticks
// are locked, missing ones are set, and if a single row covers the posting's
// whole life, its days are not asked for. agencies are those that are offered.
func (s *Site) PostingForm(lang string, f Filled[PostingInput], d *models.Directory, agencies []models.Agency) Form {
	b := s.buildForm(lang, f.Problems)
	begin(b, "posting", "/postings", f)
	in := f.Input
	b.field(b.agency("agency", in.Values["agency"], true, d, agencies))
	b.hint("hint.posting_agency")
	b.choice("host_country", in.Values["host_country"], false, b.countryOptions())
	b.hint("hint.host_country")
	b.text("host_city", in.Values["host_city"], false)
	b.body("host_organisation", in.Values["host_organisation"], d)
	b.hint("hint.host_body")
	b.choice("role", in.Values["role"], false, wordOptions(b, models.SeatRoles()))
	b.hint("hint.role")
	b.day("opened", in.Values["opened"], true)
	b.day("closed", in.Values["closed"], false)
	b.hint("hint.closed")
	b.field(Field{Name: "restricted", Kind: CheckField, Checked: in.Yes("restricted"), Value: "true"})
	b.hint("hint.restricted")
	b.areas(in.Values[areas])
	b.field(Field{Name: "note", Kind: LongField, Value: in.Values["note"]})
	b.key(in.Values["key"])
	if f.ID == 0 {
		b.kept(tickedFor, in.Values[tickedFor])
	}
	b.representationTable(in, string(d.AgencyNamed(in.Values["agency"]).Country))
	b.coverageTable(in)
	b.suspensionTable(in)
	return finish(b, f, func(saved Filled[PostingInput]) Form { return s.PostingForm(lang, saved, d, agencies) })
}

// tickedFor is the field of a new posting's form that says for which seating its
// states were ticked when the form was opened.
const tickedFor = "ticked_for"

// TickedFor returns for which seating the states of a new posting were ticked, ""
// if the form does not say so.
func (in PostingInput) TickedFor() models.Seating { return models.Seating(in.Values[tickedFor]) }

// TickFor ticks the states that a new posting represents, both matters of each, and
// notes for which seating.
func (in *PostingInput) TickFor(at models.Seating, states []models.State) {
	in.Values[tickedFor] = string(at)
	for _, s := range models.States() {
		matter := models.Matter("")
		if slices.Contains(states, s) {
			matter = models.Both
		}
		in.AddRepresentation(string(s), matter, "", "", "")
	}
}

// table adds a table with a head for each field.
func (b *formBuilder) table(name string, fields []string, rows [][]Field) {
	t := Table{Name: name, Legend: b.t("table." + name), Hint: b.t("table." + name + "_hint"), Rows: rows, Grows: true}
	if t.Problem = b.problem(name, -1); t.Problem != "" {
		b.form.Problems = append(b.form.Problems, FieldProblem{name, t.Legend, t.Problem})
	}
	for _, f := range fields {
		t.Heads = append(t.Heads, b.t("field."+name+"."+f))
	}
	b.form.Tables = append(b.form.Tables, t)
}

func (b *formBuilder) representationTable(in PostingInput, sending string) {
	const name = "representations"
	states := b.stateOptions()
	left, wholeLife := in.ownRows(sending)
	var rows [][]Field
	for i := range len(in.RepresentationState) + spareRows {
		state, police, customs, first, last, agreement := in.Representation(i)
		who := Field{Name: name + ".state", Value: state, Kind: ChoiceField, Options: states}
		if i < len(models.States()) && state != "" {
			who.Kind = FixedField
			who.Options = states
		}
		if state != "" && state == sending {
			who.Hint = b.t("hint.sending_state")
		}
		row := []Field{who}
		for _, m := range models.Matters() {
			ticked := m == models.Police && police || m == models.Customs && customs
			ticked = ticked || who.Kind == FixedField && state == sending && slices.Contains(left, m)
			row = append(row, Field{Name: name + ".matter", Value: itoa(i) + "." + string(m), Kind: CheckField,
				Checked: ticked, Locked: ticked && state == sending})
		}
		days := DayField
		if who.Kind == FixedField && state == sending && wholeLife {
			days = KeptField
		}
		row = append(row, Field{Name: name + ".first_day", Value: first, Kind: days},
			Field{Name: name + ".last_day", Value: last, Kind: days},
			Field{Name: name + ".agreement", Value: agreement, Kind: TextField})
		of := ""
		if who.Kind == FixedField {
			of = b.site.word(b.lang, models.State(state))
		}
		rows = append(rows, b.row(i, of, row))
	}
	b.table(name, []string{"state", "police", "customs", "first_day", "last_day", "agreement"}, rows)
}

// ownRows looks at the rows of the sending state: left are the matters that none
// of them ticks, and wholeLife says that it has only the form's own row, which
// names no other days than those of the posting.
func (in PostingInput) ownRows(sending string) (left []models.Matter, wholeLife bool) {
	left, wholeLife = models.Matters(), sending != ""
	for i := range in.RepresentationState {
		state, police, customs, first, last, _ := in.Representation(i)
		if state != sending {
			continue
		}
		left = slices.DeleteFunc(left, func(m models.Matter) bool { return m == models.Police && police || m == models.Customs && customs })
		ticked := police || customs
		wholeLife = wholeLife && (i < len(models.States()) || !ticked) && (first == "" || first == in.Values["opened"]) && (last == "" || last == in.Values["closed"])
	}
	return left, wholeLife
}

func (b *formBuilder) coverageTable(in PostingInput) {
	const name = "coverages"
	countries := b.countryOptions()
	var rows [][]Field
	for i := range len(in.CoverageCountry) + spareRows {
		rows = append(rows, b.row(i, "", []Field{
			{Name: name + ".country", Value: at(in.CoverageCountry, i), Kind: ChoiceField, Options: countries},
			{Name: name + ".first_day", Value: at(in.CoverageFirst, i), Kind: DayField},
			{Name: name + ".last_day", Value: at(in.CoverageLast, i), Kind: DayField},
		}))
	}
	b.table(name, []string{"country", "first_day", "last_day"}, rows)
}

func (b *formBuilder) suspensionTable(in PostingInput) {
	const name = "suspensions"
	var rows [][]Field
	for i := range len(in.SuspensionFirst) + 1 {
		rows = append(rows, b.row(i, "", []Field{
			{Name: name + ".first_day", Value: at(in.SuspensionFirst, i), Kind: DayField},
			{Name: name + ".last_day", Value: at(in.SuspensionLast, i), Kind: DayField},
			{Name: name + ".reason", Value: at(in.SuspensionReason, i), Kind: TextField},
		}))
	}
	b.table(name, []string{"first_day", "last_day", "reason"}, rows)
}

// row gives the fields of a row their labels and problems; of is its name, "" if it
// has only a number, from 1.
func (b *formBuilder) row(i int, of string, fields []Field) []Field {
	number := 0
	if of == "" {
		number = i + 1
		of = b.t("form.row", "row", number)
	}
	for j, f := range fields {
		f.Row = number
		fields[j] = b.cell(i, of, f)
		if f.Kind == CheckField {
			fields[j].ID += "." + f.Value
			_, m, _ := strings.Cut(f.Value, ".")
			fields[j].Label = b.site.word(b.lang, models.Matter(m)) + ", " + of
		}
	}
	return fields
}

// PostingInput is the form of a posting. The lists are the columns of its tables:
// entry i of each belongs to row i.
type PostingInput struct {
	Values `form:"-"`

	RepresentationState     []string `form:"representations.state"`
	RepresentationMatter    []string `form:"representations.matter"` // row.matter, as "3.police"
	RepresentationFirst     []string `form:"representations.first_day"`
	RepresentationLast      []string `form:"representations.last_day"`
	RepresentationAgreement []string `form:"representations.agreement"`
	CoverageCountry         []string `form:"coverages.country"`
	CoverageFirst           []string `form:"coverages.first_day"`
	CoverageLast            []string `form:"coverages.last_day"`
	SuspensionFirst         []string `form:"suspensions.first_day"`
	SuspensionLast          []string `form:"suspensions.last_day"`
	SuspensionReason        []string `form:"suspensions.reason"`
	// More asks for further empty rows instead of saving.
	More string `form:"more"`
}

// Representation returns row i of the table as it was filled in: the state,
// whether police and customs are ticked, and the other fields.
func (in PostingInput) Representation(i int) (state string, police, customs bool, first, last, agreement string) {
	for _, tick := range in.RepresentationMatter {
		police = police || tick == itoa(i)+"."+string(models.Police)
		customs = customs || tick == itoa(i)+"."+string(models.Customs)
	}
	return at(in.RepresentationState, i), police, customs, at(in.RepresentationFirst, i), at(in.RepresentationLast, i), at(in.RepresentationAgreement, i)
}

// AddRepresentation adds a row that is ticked for a matter.
func (in *PostingInput) AddRepresentation(state string, m models.Matter, first, last, agreement string) {
	row := itoa(len(in.RepresentationState))
	in.RepresentationState = append(in.RepresentationState, state)
	for _, single := range models.Matters() {
		if m.Includes(single) {
			in.RepresentationMatter = append(in.RepresentationMatter, row+"."+string(single))
		}
	}
	in.RepresentationFirst = append(in.RepresentationFirst, first)
	in.RepresentationLast = append(in.RepresentationLast, last)
	in.RepresentationAgreement = append(in.RepresentationAgreement, agreement)
}

// at returns entry i of a column, "" beyond its end.
func at(column []string, i int) string {
	if i < len(column) {
		return column[i]
	}
	return ""
}
