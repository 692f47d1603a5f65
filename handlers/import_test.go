package handlers

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"samband/db"
	"samband/models"
)

// upload sends a file to import.
func (s *site) upload(name, text, noun string) page {
	s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write([]byte(text))
	}
	if err == nil {
		err = w.WriteField("noun", noun)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		s.t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/import", &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return s.send(r)
}

// sendFile sends a file to import, and returns the ID by which it is kept.
func (s *site) sendFile(name, text string) string {
	s.t.Helper()
	return strings.TrimPrefix(s.upload(name, text, "").follow(), "/imports/")
}

var (
	shownMark     = regexp.MustCompile(`name="mark" value="([0-9a-f]+)"`)
	shownRevision = regexp.MustCompile(`name="revision" value="(\d+)"`)
)

// applied sends the button of a preview.
func (s *site) applied(id string, more ...string) page {
	s.t.Helper()
	shown := s.get("/imports/" + id).is(http.StatusOK)
	return s.post("/imports/"+id+"/apply", form(append([]string{"mark", shownMark.FindStringSubmatch(shown.body)[1], "revision", shownRevision.FindStringSubmatch(shown.body)[1]}, more...)...))
}

// A file with heads in Swedish and days as people write them comes in through the preview,
// is mended from the file of refused rows, applied, taken back, and applied again.
func TestImportThroughThePages(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		recordsOf(s, "se")
		before := s.rows()
		file := "Nyckel;Sänds ut av;Namn;Tjänsteställning;Eget\no-7;Agency;Åse Ærø-Þórsdóttir;kommissarie;x\no-8;Nobody;Bo;;y\no-9;Agency;'=1+1;;\n"
		at := "/imports/" + s.sendFile("officers (2).csv", file)
		s.get(at).is(200).says("Sänds ut av", "Eget", "Say what the columns hold")
		s.post(at+"/columns", form("noun", "officer", "column0", "key", "column1", "agency", "column2", "name", "column3", "rank", "column4", "")).follow()
		s.get(at).is(200).says("<b>2</b> new", "<b>1</b> refused", "refused.csv")
		s.get(at + "?show=new").is(200).says("Åse Ærø-Þórsdóttir")
		if s.rows() != before {
			t.Error("a preview has left something in the trail")
		}
		refused := s.get(at + "/refused.csv").is(200)
		if want := "\uFEFFNyckel;Sänds ut av;Namn;Tjänsteställning;Eget;reason\r\no-8;Nobody;Bo;;y;"; !strings.HasPrefix(refused.body, want) || strings.Count(refused.body, "\r\n") != 2 {
			t.Errorf("the refused rows are %q", refused.body)
		}
		id := strings.TrimPrefix(at, "/imports/")
		s.applied(id).is(http.StatusUnprocessableEntity)
		s.applied(id, "leave", "yes").follow()
		s.get(at).is(200).says("2 new and 0 changed", "1 row was left out")
		mended := strings.Replace(refused.body, "Nobody", "Agency", 1)
		again := s.sendFile("refused.csv", mended)
		s.get("/imports/" + again).says("Say what the columns hold") // the heads are others: they have the reasons
		s.post("/imports/"+again+"/columns", form("noun", "officer")).follow()
		s.post("/imports/"+again+"/columns", form("noun", "officer", "column0", "key", "column1", "agency", "column2", "name", "column3", "rank", "column4", "", "column5", "")).follow()
		s.applied(again).follow()
		if o := officerOf(t, s, "o-9"); o.Name != "=1+1" {
			t.Errorf("the officer is %+v", o)
		}
		officerOf(t, s, "o-8")
		// The same heads are known by now.
		third := s.sendFile("officers.csv", strings.Replace(file, "Nobody", "Agency", 1))
		s.get("/imports/" + third).says("<b>3</b> unchanged").hides("Say what the columns hold")
		s.post(at+"/revert", nil).follow()
		s.get(at).says("<b>2</b> as before")
		if got := s.search("Þórsdóttir"); strings.Contains(got, "Ærø") {
			t.Error("what the import made is still there")
		}
		s.get("/imports").says("officers (2).csv", "2 taken back")
		s.as("auditor:all").get("/audit").is(200).says("File imported", "Import taken back")
	})
}

func (s *site) search(text string) string {
	s.t.Helper()
	return s.get("/officers?q=" + text).body
}

func officerOf(t *testing.T, s *site, key string) models.Officer {
	t.Helper()
	d, err := s.store.As(models.Everything).Directory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range d.Officers() {
		if o.Key == key {
			return o
		}
	}
	t.Fatalf("no officer %s", key)
	return models.Officer{}
}

// What is applied is what was shown: after any other change there is a preview again.
func TestImportIsBoundToItsPreview(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		records := recordsOf(s, "se")
		o := officerOf(t, s, "o-se")
		id := s.sendFile("officers.csv", fmt.Sprintf("key,rank,version\no-se,theirs,%d\n", o.Version))
		shown := s.get("/imports/" + id).is(200).says("<b>1</b> changed")
		mark, revision := shownMark.FindStringSubmatch(shown.body)[1], shownRevision.FindStringSubmatch(shown.body)[1]
		s.post("/officers/"+records[":officer"]+"/edit", form("version", fmt.Sprint(o.Version), "key", "o-se", "agency", "se-police", "name", "Officer se", "rank", "ours")).follow()
		s.post("/imports/"+id+"/apply", form("mark", mark, "revision", revision)).is(http.StatusConflict).says("The directory has changed", "<b>1</b> older than the record", "theirs", "ours")
		if got := officerOf(t, s, "o-se").Rank; got != "ours" {
			t.Errorf("the rank is %q", got)
		}
		s.post("/imports/"+id+"/apply", form("mark", "0", "revision", "1")).is(http.StatusConflict)
		s.post("/imports/"+id+"/apply", form("mark", "0", "revision", "x")).is(http.StatusBadRequest)
		s.applied(id, "take", "officer o-se").follow()
		if got := officerOf(t, s, "o-se").Rank; got != "theirs" {
			t.Errorf("the rank is %q", got)
		}
	})
}

// A file is its sender's until it is imported, and is refused if it is none.
func TestFilesThatAreSent(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	recordsOf(s, "se")
	se, dk := s.as("coordinator:SE"), s.as("coordinator:DK")
	id := se.sendFile("officers.csv", "key,rank\no-se,x\n")
	dk.get("/imports/" + id).is(http.StatusNotFound)
	dk.post("/imports/"+id+"/apply", form("mark", "x", "revision", "1")).is(http.StatusNotFound)
	dk.get("/imports").hides("officers.csv")
	for name, text := range map[string]string{"empty.csv": "", "x.zip": "PK\x03\x04", "x.xlsx": "key,rank\n"} {
		se.upload(name, text, "").is(http.StatusUnprocessableEntity)
	}
	se.upload("officers.csv", "key\n", "king").is(http.StatusBadRequest)
	// Some faults show only when all of a file is read.
	const officers = "key,agency,name,rank,email,phone,languages,masked,note\no-x,se-police,Xenia,,,,,,\n"
	damaged := se.sendFile("package.zip", aZip(t, officers, strings.Replace(officers, "Xenia", "Xenio", 1)))
	for range 2 {
		se.get("/imports/"+damaged).is(http.StatusUnprocessableEntity).says("The file is damaged", `type="file"`)
	}
	se.get("/imports/" + damaged + "/refused.csv").is(http.StatusUnprocessableEntity)
	se.get("/imports/" + se.sendFile("package.zip", aZip(t, officers, officers))).is(http.StatusOK)
	// Another state's officer is refused, whoever has sent the file.
	other := dk.sendFile("officers.csv", "key,rank\no-se,x\n")
	dk.get("/imports/"+other).is(200).says("<b>1</b> refused", "belongs to another state")
	dk.applied(other).is(http.StatusUnprocessableEntity)
	se.applied(id).follow()
	dk.get("/imports/" + id).is(200).says("has been imported")
	dk.post("/imports/"+id+"/revert", nil).follow()
	dk.get("/imports/"+id).says("could not be taken back", "belongs to another state")
	if officerOf(t, s, "o-se").Rank != "x" {
		t.Error("somebody has taken back what is another state's")
	}
	// An erasure forgets the files.
	waiting := se.sendFile("officers.csv", "key,rank\no-se,y\n")
	if err := s.store.Erase(t.Context(), db.Local, officerOf(t, s, "o-se").ID); err != nil {
		t.Fatal(err)
	}
	se.get("/imports/" + waiting).is(http.StatusNotFound)
}

// The file of a list, as it is taken away in any way, comes in again and changes nothing;
// so does that of chosen columns that name their records.
func TestListsComeInAgain(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := filled(t, newSite(t))
		all, se := s.as(models.AllRights.String()), s.as("coordinator:SE")
		for _, as := range []*site{all, se} {
			for _, list := range []string{"/postings", "/officers", "/assignments"} {
				var hidden []string
				if as == se && list == "/officers" { // somebody whose key is hidden has none in the file
					hidden = []string{"refused"}
				}
				for _, at := range []string{list + ".csv", list + ".csv?profile=excel", list + ".xlsx", list + ".csv?columns=key,note,areas,agency,rank,version&profile=excel"} {
					if list == "/postings" {
						at = strings.Replace(at, ",rank", ",status", 1)
					}
					file := as.get(at).is(http.StatusOK)
					name := strings.TrimPrefix(list, "/") + at[len(list):len(list)+4]
					as.changesNothing(at, name, file.body, hidden...)
				}
			}
		}
	})
}

// await gets a page again until no job is under way.
func (s *site) await(path string) page {
	s.t.Helper()
	for range 100 {
		if p := s.get(path).is(http.StatusOK); p.Header.Get("Refresh") == "" {
			return p
		}
	}
	s.t.Fatal("it takes too long")
	return page{}
}

var shownRefusals = regexp.MustCompile(`(?s)<ul class="figures">.*?</ul>|<section id="rows".{0,900}|<section class="problems".*?</section>`)

// changesNothing sends a file, of which no row may be anything but unchanged, or of the
// outcomes that are let pass.
func (s *site) changesNothing(how, name, text string, pass ...string) {
	s.t.Helper()
	p := s.await("/imports/" + s.sendFile(name, text))
	if strings.Contains(p.body, "<b>0</b> unchanged") || strings.Contains(p.body, "Say what the columns hold") {
		s.t.Errorf("%s, %s: it is not read: %s", how, name, shownRefusals.FindAllString(p.body, -1))
	}
	for _, none := range []string{"new", "changed", "older than the record", "refused"} {
		if !slices.Contains(pass, none) && !strings.Contains(p.body, "<b>0</b> "+none) {
			s.t.Errorf("%s, %s: there are some %s: %s", how, name, none, shownRefusals.FindAllString(p.body, -1))
			return
		}
	}
}

// aZip is a package of officers.csv, of which the text has been replaced by another.
func aZip(t *testing.T, text, by string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateHeader(&zip.FileHeader{Name: "officers.csv", Method: zip.Store})
	if err == nil {
		_, err = w.Write([]byte(text))
	}
	if err = errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return strings.Replace(b.String(), text, by, 1)
}
