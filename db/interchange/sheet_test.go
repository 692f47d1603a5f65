package interchange

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"samband/db"
	"samband/models"
)

// Other programs rely on the headers of the package's files, to the letter.
func TestHeadsOfThePackage(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"agencies.csv":         "key,country,kind,name,name_en,acronym,first_day,last_day;version",
		"officers.csv":         "key,agency,name,rank,email,phone,languages,masked,note;areas,version",
		"postings.csv":         "key,agency,host_country,host_city,host_organisation,opened,closed,note;restricted,role,areas,version",
		"suspensions.csv":      "posting,first_day,last_day,reason",
		"representations.csv":  "posting,state,matter,first_day,last_day,agreement",
		"coverages.csv":        "posting,country,first_day,last_day",
		"assignments.csv":      "key,officer,posting,first_day,last_day,planned_last_day,end_reason,note;version",
		"bodies.csv":           "key,parent,kind,name,name_en,acronym,hq_country,hq_city,founded,ended,mandate_until,legal_basis,areas,note;version",
		"body_names.csv":       "body,name,name_en,acronym,first_day,last_day",
		"agency_names.csv":     "agency,name,name_en,acronym,first_day,last_day",
		"body_members.csv":     "body,country,role,first_day,last_day",
		"chairs.csv":           "body,country,first_day,last_day",
		"projects.csv":         "key,body,area,title,lead_country,first_day,last_day,note;version",
		"project_agencies.csv": "project,agency,first_day,last_day",
		"absences.csv":         "assignment,first_day,last_day,stand_in",
		"contact_points.csv":   "state,matter,name,phone,email,hours",
	} {
		i := slices.IndexFunc(sheets, func(s *sheet) bool { return s.name == name })
		if i < 0 {
			t.Errorf("there is no %s", name)
			continue
		}
		got := strings.Join(sheets[i].columns, ",")
		if optional := sheets[i].optional; len(optional) > 0 {
			got += ";" + strings.Join(optional, ",")
		}
		if got != want {
			t.Errorf("%s has %s, want %s", name, got, want)
		}
	}
}

// Every noun of the directory is in the package: all but accounts and remarks.
func TestEachNounIsInThePackage(t *testing.T) {
	t.Parallel()
	tables := map[string]string{
		"agency": db.TableOf[models.Agency]().Name, "officer": db.TableOf[models.Officer]().Name, "posting": db.TableOf[models.Posting]().Name,
		"assignment": db.TableOf[models.Assignment]().Name, "contact_point": db.TableOf[models.ContactPoint]().Name, "account": db.TableOf[models.Account]().Name,
		"body": db.TableOf[models.Body]().Name, "project": db.TableOf[models.Project]().Name,
		"remark": db.TableOf[models.Remark]().Name,
	}
	if all, want := slices.Sorted(maps.Keys(tables)), slices.Sorted(slices.Values(models.Nouns())); !slices.Equal(all, want) {
		t.Errorf("the tables are those of %v, the nouns %v", all, want)
	}
	for noun, table := range tables {
		in := slices.ContainsFunc(sheets, func(s *sheet) bool { return s.Name == table })
		if of := noun != "account" && noun != "remark"; in != of {
			t.Errorf("%s is in a package: %t, want %t", noun, in, of)
		}
	}
}
