package interchange

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"samband/db"
	"samband/models"
)

// aHall returns a valid package with everything that came with bodies.
func aHall() map[string]string {
	files := aPackage()
	files["agencies.csv"] += "se-guard,SE,coast_guard,Kustbevakningen,,,,\n"
	files["officers.csv"] = "key,agency,name,rank,email,phone,languages,masked,note,areas\no-1,se-police,Åse,,,,,,,forensics\no-2,fi-customs,Elina,,,,,,,\no-3,se-guard,Bo,,,,,,,\n"
	files["postings.csv"] = "key,agency,host_country,host_city,host_organisation,opened,closed,note,role,areas\n" +
		"bangkok,se-police,TH,Bangkok,,2010-01-01,,,,narcotics\neuropol,fi-customs,,,europol,2010-01-01,2029-12-31,,,\nseat,se-guard,,,bstf,2000-01-01,2040-12-31,,expert,\n"
	files["assignments.csv"] += "a-3,o-3,seat,2010-01-01,,,,\na-4,o-2,bangkok,2015-01-01,2018-12-31,,,\n"
	maps.Copy(files, youngerFiles())
	files["bodies.csv"] = strings.Replace(files["bodies.csv"], "1996-05-03,,,,,\nopc", "1996-05-03,2045-12-31,,,,\nopc", 1)
	files["absences.csv"] = "assignment,first_day,last_day,stand_in\na-4,2016-01-01,2016-02-01,\na-4,2017-01-01,2017-02-01,\n"
	return files
}

// refusals returns what an import refuses, as "file:line: column: key".
func refusals(r Report) (all []string) {
	for _, x := range r.Refusals {
		all = append(all, fmt.Sprintf("%s:%d: %s: %s", x.File, x.Line, x.Column, x.Reason.Key))
	}
	return all
}

// Each package has one thing wrong about bodies, which is refused where a single
// save would.
func TestImportRefusesAboutBodies(t *testing.T) {
	t.Parallel()
	if got := imported(t, onSQLite(t), folder(t, aHall()), Options{}); got.Refused != 0 || got.Total().New == 0 {
		t.Fatalf("the package is not valid: %v", refusals(got))
	}
	for _, c := range []struct {
		name, file, old, new, want string
	}{
		{"an unknown host", "postings.csv", ",europol,2010", ",nato,2010", "postings.csv:3: host_organisation: problem.body"},
		{"an unknown parent", "bodies.csv", "opc,bstf", "opc,nato", "bodies.csv:3: parent: problem.body"},
		{"a parent of one's own", "bodies.csv", "opc,bstf", "opc,opc", "bodies.csv:3: parent: problem.own_ancestor"},
		{"a ring of two rows", "bodies.csv", "bstf,,board", "bstf,opc,board", "bodies.csv:2: parent: problem.own_ancestor"},
		{"an unknown kind", "bodies.csv", "board", "club", "bodies.csv:2: kind: problem.body_kind"},
		{"an unknown area of a body", "bodies.csv", "narcotics", "fishing", "bodies.csv:3: areas: problem.area"},
		{"an unknown area of a posting", "postings.csv", "narcotics", "fishing", "postings.csv:2: areas: problem.area"},
		{"an unknown area of an officer", "officers.csv", "forensics", "fishing", "officers.csv:2: areas: problem.area"},
		{"an unknown area of a project", "projects.csv", "narcotics", "fishing", "projects.csv:2: area: problem.area"},
		{"a project of an unknown body", "projects.csv", "p-1,bstf", "p-1,nato", "projects.csv:2: body: problem.body"},
		{"a project of an unknown agency", "project_agencies.csv", "se-police", "xx", "project_agencies.csv:2: agency: problem.unknown"},
		{"an unknown project", "project_agencies.csv", "p-1", "p-9", "project_agencies.csv:2: project: problem.unknown"},
		{"an unknown role", "postings.csv", "expert", "king", "postings.csv:4: role: problem.role"},
		{"a role abroad", "postings.csv", ",,narcotics", ",expert,narcotics", "postings.csv:2: role: problem.role_of_seat"},
		{"a member twice", "body_members.csv", "1999-12-31\n", "1999-12-31\nbstf,SE,observer,1999-01-01,\n", "body_members.csv:3: country: problem.member_twice"},
		{"the same member twice", "body_members.csv", "1999-12-31\n", "1999-12-31\nbstf,SE,observer,1996-05-03,\n", "body_members.csv:3: country: problem.duplicate"},
		{"a member that is none", "body_members.csv", "bstf,SE", "bstf,org:nato", "body_members.csv:2: country: problem.party"},
		{"an unknown membership", "body_members.csv", "member,", "king,", "body_members.csv:2: role: problem.membership"},
		{"a member of an unknown body", "body_members.csv", "bstf,SE", "nato,SE", "body_members.csv:2: body: problem.unknown"},
		{"a member before the founding", "body_members.csv", "1996-05-03", "1996-05-02", "body_members.csv:2: first_day: problem.outside_days"},
		{"a chair twice", "chairs.csv", "2018-12-31\n", "2018-12-31\nbstf,LV,2018-01-01,2019-12-31\n", "chairs.csv:3: country: problem.chair_twice"},
		{"two names on a day", "body_names.csv", "2000-12-31\n", "2000-12-31\nbstf,X,,,2000-01-01,2001-01-01\n", "body_names.csv:3: first_day: problem.called_twice"},
		{"an unknown agency's name", "agency_names.csv", "se-police,", "xx,", "agency_names.csv:2: agency: problem.unknown"},
		{"a former name of today", "agency_names.csv", "2014-12-31", "", "agency_names.csv:2: last_day: problem.required"},
		{"a seat before the body", "postings.csv", "2000-01-01", "1990-01-01", "postings.csv:4: opened: problem.outside_days"},
		{"a seat after the body", "postings.csv", "2040-12-31", "2046-01-01", "postings.csv:4: opened: problem.outside_days"},
		{"side countries of a seat", "coverages.csv", "bangkok,VN,2010-01-01", "seat,VN,2010-01-01", "coverages.csv:2: country: problem.seat_covers"},
		{"a coast guard abroad", "postings.csv", "bangkok,se-police", "bangkok,se-guard", "postings.csv:2: agency: problem.seats_only"},
		{"a coast guard's officer abroad", "assignments.csv", "a-4,o-2", "a-4,o-3", "assignments.csv:5: officer: problem.seats_only"},
		{"an absence of nothing", "absences.csv", "a-4,2016", "a-9,2016", "absences.csv:2: assignment: problem.unknown"},
		{"an absence before the assignment", "absences.csv", "2016-01-01", "2014-12-31", "absences.csv:2: first_day: problem.outside_assignment"},
		{"an absence beyond the assignment", "absences.csv", "2017-02-01", "2019-01-01", "absences.csv:3: last_day: problem.outside_assignment"},
		{"two absences on a day", "absences.csv", "2017-01-01", "2016-02-01", "absences.csv:3: first_day: problem.absent_twice"},
		{"two absences from a day", "absences.csv", "2017-01-01", "2016-01-01", "absences.csv:3: first_day: problem.duplicate"},
		{"an unknown stand-in", "absences.csv", "2017-02-01,", "2017-02-01,a-9", "absences.csv:3: stand_in: problem.unknown"},
		{"standing in for oneself", "absences.csv", "2017-02-01,", "2017-02-01,a-4", "absences.csv:3: stand_in: problem.own_stand_in"},
		{"standing in for the same officer", "absences.csv", "2017-02-01,", "2017-02-01,a-2", "absences.csv:3: stand_in: problem.own_stand_in"},
		{"a stand-in without a day in common", "absences.csv", "2017-02-01,", "2017-02-01,a-1", "absences.csv:3: stand_in: problem.stand_in_days"},
		{"a coast guard standing in abroad", "absences.csv", "2017-02-01,", "2017-02-01,a-3", "absences.csv:3: stand_in: problem.stand_in_kind"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			files := aHall()
			if !strings.Contains(files[c.file], c.old) {
				t.Fatalf("%s has no %q", c.file, c.old)
			}
			files[c.file] = strings.Replace(files[c.file], c.old, c.new, 1)
			s := onSQLite(t)
			if got := refusals(imported(t, s, folder(t, files), Options{})); !slices.Contains(got, c.want) {
				t.Errorf("refused %q, want %q", got, c.want)
			}
			if len(directory(t, s).Bodies()) != len(models.GivenBodies()) {
				t.Error("half of it was imported")
			}
		})
	}
}

// What a package would break of what is there already is refused at its own row.
func TestImportRefusesWhatBreaksHalls(t *testing.T) {
	t.Parallel()
	s := onSQLite(t)
	imported(t, s, folder(t, aHall()), Options{})
	head := func(file string) string { return aHall()[file][:strings.IndexByte(aHall()[file], '\n')+1] }
	const police, bstf = "se-police,SE,tax,Polismyndigheten,,NOA,2015-01-01,\n", "bstf,,%s,Baltic Sea Task Force,,BSTF,SE,Visby,1996-05-03,%s,,,,\n"
	for _, c := range []struct {
		name, file, row, want string
	}{
		{"a tax agency that is abroad", "agencies.csv", police, "agencies.csv:2: kind: problem.seats_only"},
		{"an officer abroad who joins the coast guard", "officers.csv", "o-2,se-guard,Elina,,,,,,,\n", "officers.csv:2: agency: problem.seats_only"},
		{"seats that would be desks", "bodies.csv", fmt.Sprintf(bstf, "organisation", "2045-12-31"), "bodies.csv:2: kind: problem.body_hosts"},
		{"desks that would be seats", "bodies.csv", "europol,,board,Europol,,,NL,The Hague,,,,,,\n", "bodies.csv:2: kind: problem.body_hosts"},
		{"a body that ends before its seats", "bodies.csv", fmt.Sprintf(bstf, "board", "2040-12-30"), "bodies.csv:2: ended: problem.outlasts_body"},
		{"a ring with what is there", "bodies.csv", "bstf,opc,board,Baltic Sea Task Force,,BSTF,SE,Visby,1996-05-03,2045-12-31,,,,\n", "bodies.csv:2: parent: problem.own_ancestor"},
		{"a seat that becomes a posting abroad", "postings.csv", "seat,se-guard,SE,Visby,,2000-01-01,2040-12-31,,,\n", "postings.csv:2: agency: problem.seats_only"},
		{"a seat that the coast guard holds and the police takes abroad", "postings.csv", "seat,se-police,SE,Visby,,2000-01-01,2040-12-31,,,\n", "postings.csv:2: host_organisation: problem.seats_only"},
		{"a term that leaves its absences", "assignments.csv", "a-4,o-2,bangkok,2015-01-01,2017-01-31,,,\n", "assignments.csv:2: last_day: problem.absence_outside"},
		{"a term that ends before its absences", "assignments.csv", "a-4,o-2,bangkok,2015-01-01,2015-12-31,,,\n", "assignments.csv:2: last_day: problem.absence_outside"},
		{"a term that begins in its absences", "assignments.csv", "a-4,o-2,bangkok,2016-01-02,2018-12-31,,,\n", "assignments.csv:2: first_day: problem.absence_outside"},
		{"a term that begins after its absences", "assignments.csv", "a-4,o-2,bangkok,2018-01-02,2018-12-31,,,\n", "assignments.csv:2: first_day: problem.absence_outside"},
		{"two absences on a day of a year", "absences.csv", "a-4,2016-01-15,2016-01-20,\n", "absences.csv:2: first_day: problem.absent_twice"},
	} {
		got := refusals(imported(t, s, folder(t, map[string]string{c.file: head(c.file) + c.row}), Options{}))
		if !slices.Contains(got, c.want) {
			t.Errorf("%s: refused %q, want %q", c.name, got, c.want)
		}
	}
	sound(t, s)
}

// What a body hosts moves with its headquarters, where the package has no row of
// its own for it.
func TestImportMovesHeadquarters(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *db.Store) {
		imported(t, s, folder(t, aHall()), Options{})
		bodies := strings.Replace(aHall()["bodies.csv"], "SE,Visby", "LV,Riga", 1) + "europol,,organisation,Europol,,,AT,Vienna,,,,,,\n"
		got := imported(t, s, folder(t, map[string]string{"bodies.csv": bodies}), Options{})
		if got.Total() != (Counts{Changed: 2, Unchanged: 1}) {
			t.Errorf("it did %+v, %v", got, refusals(got))
		}
		d := directory(t, s)
		for key, want := range map[string]string{"seat": "LV Riga 2", "europol": "AT Vienna 2", "bangkok": "TH Bangkok 1"} {
			p := d.PostNamed(key)
			if got := fmt.Sprint(p.HostCountry, " ", p.HostCity, " ", p.Version); got != want {
				t.Errorf("%s sits in %s, want %s", key, got, want)
			}
		}
		sound(t, s)
		files := aHall() // rows that still say the old country are refused, empty ones follow
		files["postings.csv"] = strings.Replace(files["postings.csv"], "europol,fi-customs,,,", "europol,fi-customs,NL,The Hague,", 1)
		files["bodies.csv"] = bodies
		if got := refusals(imported(t, s, folder(t, files), Options{})); !slices.Equal(got, []string{"postings.csv:3: host_country: problem.headquarters"}) {
			t.Errorf("an old country: refused %q", got)
		}
	})
}
