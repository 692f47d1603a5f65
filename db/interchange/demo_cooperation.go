package interchange

import (
	"embed"
	"encoding/csv"
	"fmt"
	"slices"

	"samband/models"
)

// cooperation is an interchange package with what is public of the bodies in which
// Nordic police and customs meet: each row names its source. Nobody's name is in it.
//
//go:embed cooperation/*.csv
var cooperation embed.FS

// cooperation adds that package to the demo data, with invented holders of its
// seats, and what is invented beside it. An agency of the demo keeps its own row.
func (m *demoMaker) cooperation() error {
	for _, s := range sheets {
		f, err := cooperation.Open("cooperation/" + s.name)
		if err != nil {
			continue // the package has no such file
		}
		rows, err := csv.NewReader(f).ReadAll()
		if err != nil {
			return fmt.Errorf("cooperation/%s: %w", s.name, err)
		}
		m.copied(s, rows[0], rows[1:])
	}
	m.rows[agencyNameSheet] = demoFormerNames
	m.expertGroup()
	for _, p := range m.rows[postingSheet] {
		if len(p) > roleColumn && p[roleColumn] != "" {
			m.seat(p[0], p[1], p[5])
		}
	}
	return nil
}

// roleColumn is where a row of postings has the role of a seat.
var roleColumn = len(postingSheet.columns) + slices.Index(postingSheet.optional, "role")

// copied adds rows of a file with its own head, apart from those with a key that is
// there already.
func (m *demoMaker) copied(s *sheet, head []string, rows [][]string) {
	all := slices.Concat(s.columns, s.optional)
	for _, row := range rows {
		cells := make([]string, len(all))
		for i, column := range head {
			cells[slices.Index(all, column)] = row[i]
		}
		if s.noun == "" || !slices.ContainsFunc(m.rows[s], func(r []string) bool { return r[0] == cells[0] }) {
			m.rows[s] = append(m.rows[s], cells)
		}
	}
}

// seat fills a seat with two invented holders, one after the other.
func (m *demoMaker) seat(key, agency, opened string) {
	first, change := m.today.Years(-12), m.today.Years(-5)
	if begun, err := models.ParseDate(opened); err == nil {
		first = max(first, begun)
	}
	change = max(first, change)
	if change > first {
		m.term(demoTerm{key: "a-" + key + "-1", posting: key, agency: agency, officer: m.invented(agency), first: first, last: change - 1})
	}
	m.term(demoTerm{key: "a-" + key + "-2", posting: key, agency: agency, officer: m.invented(agency), first: change, last: m.monthStart(m.today.Years(2)) - 1})
}

// invented makes an officer and says that there is no such person.
func (m *demoMaker) invented(agency string) string {
	officer := m.officer(agency)
	last := m.rows[officerSheet][len(m.rows[officerSheet])-1]
	last[slices.Index(officerSheet.columns, "note")] = "Invented: who holds the seat is not public"
	return officer
}

// expertGroup makes what is invented: an expert group whose mandate ends before
// long, with a chair of two countries, of which one is no member, and projects.
func (m *demoMaker) expertGroup() {
	const group, note = "seized-devices", "Invented for the demo"
	t := m.today
	m.add(bodySheet, group, "nordic-police-cybercrime", "expert_group", "Expertgruppen för beslagtagna enheter", "Expert group on seized devices", "",
		"", "", t.Years(-3).String(), "", (t + 200).String(), note, "cybercrime forensics", note)
	for _, s := range models.States() {
		m.add(bodyMemberSheet, group, string(s), "member", t.Years(-3).String(), "")
	}
	m.add(chairSheet, group, "NO", t.Years(-1).String(), (t + 200).String())
	m.add(chairSheet, group, "EE", t.Years(-1).String(), (t + 200).String())
	m.add(bodyMemberSheet, group, "EE", "observer", t.Years(-1).String(), "")
	for _, agency := range []string{"fi-police", "no-police", "se-police"} {
		m.add(postingSheet, group+"-"+agency, agency, "", "", group, t.Years(-3).String(), "", note, "", "expert")
	}
	for _, agency := range []string{"dk-police", "fi-customs", "is-police", "no-customs", "se-police"} {
		m.add(postingSheet, "ptn-board-"+agency, agency, "", "", "ptn-board", t.Years(-10).String(), "", note, "", "representative")
	}
	m.add(projectSheet, "shared-triage", group, "cybercrime", "Shared triage of seized phones", "FI", t.Years(-1).String(), (t + 400).String(), note)
	m.add(projectSheet, "converted-firearms", "opc", "firearms", "Tracing converted firearms", "SE", t.Years(-4).String(), t.Years(-1).String(), note)
	for _, agency := range []string{"fi-police", "no-police", "se-police"} {
		m.add(projectAgencySheet, "shared-triage", agency, t.Years(-1).String(), "")
	}
	for _, agency := range []string{"se-police", "se-customs"} {
		m.add(projectAgencySheet, "converted-firearms", agency, t.Years(-4).String(), t.Years(-1).String())
	}
}

// absences puts two holders on leave: one in Bangkok, for whom the holder in Manila
// stands in, and one in Warsaw before long, for whom nobody does.
func (m *demoMaker) absences() {
	m.absent("bangkok-se-police", m.today-7, m.today+21, m.holds["manila-no-police"].key)
	m.absent("warsaw-dk-police", m.today+30, m.today+50, "")
}

// absent puts today's holder of a posting on leave, within the term.
func (m *demoMaker) absent(posting string, first, last models.Date, standIn string) {
	a := m.holds[posting]
	first = max(a.first, min(first, a.last))
	m.add(absenceSheet, a.key, first.String(), max(first, min(last, a.last)).String(), standIn)
}

// demoFormerNames are what agencies were called before.
var demoFormerNames = [][]string{
	{"is-customs", "Tollstjóri", "Directorate of Customs", "", "", "2019-12-31"},
}

// demoAreas are the areas that postings are there for, by city.
var demoAreas = map[string]string{
	"Bangkok": "child_abuse narcotics", "Manila": "child_abuse cybercrime", "Bogotá": "narcotics customs_fraud", "Tbilisi": "organised_groups property_crime",
	"Belgrade": "firearms organised_groups", "Dubai": "money_laundering fugitives", "Rabat": "narcotics smuggling_of_people", "Vilnius": "vehicle_crime",
}
