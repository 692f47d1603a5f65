package interchange

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"

	"samband/db"
	"samband/models"
)

// demoYears is how far back the demo data go.
const demoYears = 12

// FillDemo fills an empty directory with invented postings of all five states:
// about twelve years of history up to today and what is planned, and an account
// for each role. The same day gives the same data. A directory that is not
// empty is db.ErrNotEmpty.
func FillDemo(ctx context.Context, store *db.Store, actor db.Actor, today models.Date) error {
	if empty, err := store.Empty(ctx); err != nil || !empty {
		if err == nil {
			err = wrap("demo", db.ErrNotEmpty)
		}
		return err
	}
	zipped, err := demoPackage(today)
	if err != nil {
		return wrap("demo", err)
	}
	r, err := zip.NewReader(bytes.NewReader(zipped), int64(len(zipped)))
	if err != nil {
		return wrap("demo", err)
	}
	p, err := openFolder(r, io.NopCloser(nil))
	if err != nil {
		return wrap("demo", err)
	}
	report, err := importParcel(ctx, store, actor, p, Options{Then: func(tx *db.Tx, _ Report) error { return demoRest(tx, today) }})
	if err == nil && report.Refused > 0 {
		first := report.Refusals[0]
		err = wrap("demo", fmt.Errorf("%s:%d: %s: %s", first.File, first.Line, first.Column, first.Reason.Key))
	}
	return err
}

// demoRest adds what a package does not hold: accounts, which have no password
// and are offered only on the sign-in page of a demo; a restricted posting; and
// attestations.
func demoRest(tx *db.Tx, today models.Date) error {
	for _, rights := range demoRights {
		email := strings.ReplaceAll(strings.ToLower(rights), ":", ".") + "@demo.invalid"
		a := models.Account{Email: email, Rights: models.ParseRights(rights), Demo: true}
		if err := tx.SaveAccount(&a); err != nil {
			return err
		}
	}
	all, err := db.WithParts[models.Posting](tx.Reader, "")
	if err != nil {
		return err
	}
	for _, p := range all {
		if p.Key != demoRestricted {
			continue
		}
		p.Restricted = true
		if err := tx.SavePosting(p); err != nil {
			return err
		}
		return demoAttestations(tx, today, p.ID)
	}
	return nil
}

// demoAttestations attests the lists of all five states, Norway's too long ago,
// and one Norwegian posting by itself.
func demoAttestations(tx *db.Tx, today models.Date, posting int64) error {
	for i, state := range models.States() {
		if err := tx.Attest(models.Attestation{State: state, On: today - []models.Date{54, 12, 130, 240, 33}[i]}); err != nil {
			return err
		}
	}
	return tx.Attest(models.Attestation{State: models.Norway, PostingID: posting, On: today - 20})
}

// A demoMaker makes the rows of the demo package.
type demoMaker struct {
	today models.Date
	rng   *rand.Rand
	rows  map[*sheet][][]string
	named map[string]int       // officers so far, by key
	made  map[models.State]int // officers so far
	holds map[string]demoTerm  // today's assignment, by posting
}

// demoPackage returns the demo data as a zipped interchange package.
func demoPackage(today models.Date) ([]byte, error) {
	m := &demoMaker{today: today, rng: rand.New(rand.NewPCG(1982, 5)), rows: map[*sheet][][]string{}, named: map[string]int{}, made: map[models.State]int{}, holds: map[string]demoTerm{}}
	m.rows[agencySheet] = demoAgencies
	m.rows[contactPointSheet] = demoContacts
	for _, p := range demoPosts {
		m.post(p)
	}
	for _, d := range demoDesks {
		m.desk(d.body, d.agency)
	}
	m.hardOfficers()
	if err := m.cooperation(); err != nil {
		return nil, err
	}
	m.absences()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, s := range sheets {
		f, err := z.Create(s.name)
		if err != nil {
			return nil, err
		}
		head := slices.Concat(s.columns, s.optional)
		rows := [][]string{head}
		for _, row := range m.rows[s] {
			rows = append(rows, append(slices.Clone(row), make([]string, len(head)-len(row))...))
		}
		if err := csv.NewWriter(f).WriteAll(rows); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return b.Bytes(), err
}

// demoKey joins the words of the parts with hyphens.
func demoKey(parts ...string) string {
	return strings.Join(models.Words(strings.Join(parts, " ")), "-")
}

func (m *demoMaker) add(s *sheet, cells ...string) { m.rows[s] = append(m.rows[s], cells) }

// post makes a posting with its history.
func (m *demoMaker) post(p demoPost) {
	key := demoKey(p.city, p.agency)
	opened := m.monthStart(m.today - models.Date(demoYears*365-m.rng.IntN(3*365)))
	closed := models.Forever
	switch p.twist {
	case toOpen:
		opened = m.monthStart(m.today + 200)
	case wasClosed:
		closed = m.monthStart(m.today-models.Date(600+m.rng.IntN(900))) - 1
	}
	m.add(postingSheet, key, p.agency, string(p.country), p.city, "", opened.String(), closed.LastDay(), "", "", "", demoAreas[p.city])
	for i, side := range strings.Fields(p.sides) {
		first := opened
		if i == 3 { // added later
			first = max(opened, m.monthStart(m.today-900))
		}
		m.add(coverageSheet, key, side, first.String(), "")
	}
	switch p.twist {
	case suspended:
		m.add(suspensionSheet, key, (m.today - 120).String(), "", "Staff withdrawn: security")
	case evacuated:
		m.add(suspensionSheet, key, m.today.Years(-5).String(), (m.today.Years(-5) + 150).String(), "Staff withdrawn")
	}
	m.history(key, p.agency, opened, closed, p.twist)
}

func (m *demoMaker) desk(body, agency string) {
	key := demoKey(body, agency)
	opened := m.monthStart(m.today - demoYears*365)
	m.add(postingSheet, key, agency, "", "", body, opened.String(), "", "National desk")
	m.add(representationSheet, key, strings.ToUpper(agency[:2]), "both", opened.String(), "", "")
	m.history(key, agency, opened, models.Forever, plain)
}

// history makes one officer follow another, each for two to four years with
// handovers of up to two weeks, until the situation that the twist wants today.
func (m *demoMaker) history(key, agency string, opened, closed models.Date, twist demoTwist) {
	n := 1
	for first := opened; first <= min(closed, m.today); n++ {
		last := m.monthStart(first+models.Date(2*365+m.rng.IntN(2*365))) - 1
		a := demoTerm{key: fmt.Sprintf("a-%s-%d", key, n), posting: key, agency: agency, first: first, last: min(last, closed)}
		if a.last >= m.today {
			m.present(a, twist, n)
			return
		}
		if twist == recalled && n == 2 && a.last+200 < m.today {
			a.planned, a.last, a.reason = a.last, a.last-170, "Recalled early: reorganisation at home"
		}
		m.term(a)
		first = a.last + 1 - models.Date(m.rng.IntN(3)*7)
		if twist == gap && n == 2 || twist == recalled && n == 2 {
			first = a.last + 75
		}
	}
}

// present makes today's holder, and what follows.
func (m *demoMaker) present(a demoTerm, twist demoTwist, n int) {
	next := demoTerm{key: fmt.Sprintf("a-%s-%d", a.posting, n+1), posting: a.posting, agency: a.agency}
	switch twist {
	case vacant, vacantTill:
		a.planned, a.last, a.reason = a.last, min(m.today-40, a.first+500), "Left for another post"
		if a.last >= a.first { // otherwise the previous holder has just left
			m.term(a)
		}
		if twist == vacantTill {
			next.first, next.last = m.monthStart(m.today+80), m.monthStart(m.today+80+3*365)-1
			m.term(next)
		}
		return
	case soonVacant:
		a.last = m.monthStart(m.today+models.Date(50+m.rng.IntN(90))) - 1
	case successor:
		a.last = m.monthStart(m.today+models.Date(40+m.rng.IntN(60))) - 1
		next.first, next.last = a.last-13, m.monthStart(a.last+3*365)-1
		m.term(a)
		m.term(next)
		return
	case openEnd:
		a.first, a.last, a.planned = min(a.first, m.today.Years(-6)), models.Forever, m.today.Years(-1)
	case foreign:
		a.agency = "se-police"
	case plain:
		a.last = max(a.last, m.monthStart(m.today+240)-1)
	}
	m.term(a)
}

// A demoTerm is an assignment to be made; without an officer it gets a new one
// of the agency.
type demoTerm struct {
	key, posting, agency, officer string
	first, last, planned          models.Date
	reason, note                  string
}

func (m *demoMaker) term(a demoTerm) {
	if a.officer == "" {
		a.officer = m.officer(a.agency)
	}
	if a.first <= m.today && a.last >= m.today {
		m.holds[a.posting] = a
	}
	m.add(assignmentSheet, a.key, a.officer, a.posting, a.first.String(), a.last.LastDay(), a.planned.LastDay(), a.reason, a.note)
}

// officer makes an officer of an agency with a name from its country. No name
// repeats until all are used.
func (m *demoMaker) officer(agency string) string {
	state := models.State(strings.ToUpper(agency[:2]))
	given, family := demoNames[state][0], demoNames[state][1]
	n := m.made[state]
	m.made[state]++
	return m.person(agency, given[n%len(given)], family[(n+n/len(given))%len(family)], false, "")
}

func (m *demoMaker) person(agency, given, family string, masked bool, note string) string {
	state := models.State(strings.ToUpper(agency[:2]))
	name := given + " " + family
	key := demoKey("o", name)
	m.named[key]++
	mail := strings.ReplaceAll(models.Fold(name), " ", ".")
	if n := m.named[key]; n > 1 {
		key, mail = fmt.Sprintf("%s-%d", key, n), fmt.Sprintf("%s.%d", mail, n)
	}
	phone, mask := "", ""
	if state == models.Sweden { // numbers that Sweden reserves for fiction
		phone = fmt.Sprintf("+468465004%02d", len(m.rows[officerSheet])%100)
	}
	if masked {
		mask = "yes"
	}
	m.add(officerSheet, key, agency, name, demoRanks[agency], mail+"@example.org", phone, demoLanguages[state], mask, note)
	return key
}

// hardOfficers makes the officers with unusual careers: one who moves in
// mid-term, one who returns after years, one who holds two postings for a
// stated reason, one who is masked, and two who share a name.
func (m *demoMaker) hardOfficers() {
	t := m.today
	moves := m.person("se-customs", "Karin", "Ängström", false, "")
	m.extra("a-moves-1", moves, "shanghai-se-customs", t.Years(-4), t.Years(-3)-1, t.Years(-2)-1, "Moved to Riga", "")
	m.extra("a-moves-2", moves, "riga-se-customs", t.Years(-3), t.Years(-1)-1, 0, "", "")
	returns := m.person("no-police", "Øystein", "Sæther", false, "")
	m.extra("a-returns-1", returns, "manila-no-police", t.Years(-9), t.Years(-7)-1, 0, "", "")
	m.extra("a-returns-2", returns, "manila-no-police", t.Years(-2), t.Years(-1), 0, "", "second term")
	twice := m.person("dk-police", "Camilla", "Højer", false, "")
	m.extra("a-twice-1", twice, "canberra-dk-police", t.Years(-1), t.Years(2), 0, "", "")
	m.extra("a-twice-2", twice, "amman-dk-police", t-30, t+20, 0, "", "Stands in during the handover")
	masked := m.person("fi-customs", "Riikka", "Haavisto", true, "")
	m.extra("a-masked-1", masked, "tallinn-fi-customs", t.Years(-1), t.Years(2), 0, "", "")
	for range 2 {
		m.person("is-customs", "Jón", "Þorsteinsson", false, "")
	}
}

func (m *demoMaker) extra(key, officer, posting string, first, last, planned models.Date, reason, note string) {
	m.term(demoTerm{key: key, officer: officer, posting: posting, first: first, last: last, planned: planned, reason: reason, note: note})
}

// monthStart returns the first day of the month of d.
func (m *demoMaker) monthStart(d models.Date) models.Date {
	_, _, day := d.Civil()
	return d - models.Date(day) + 1
}
