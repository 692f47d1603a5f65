package handlers

import (
	"html"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"samband/db"
	"samband/models"
)

// How LibreOffice reads and writes CSV, in the order of its filter's options: separator,
// quotes, UTF-8, first line, columns, language, text that is quoted stays text, and words
// that look like numbers or days stay as they are.
const (
	officeReads  = "CSV:59,34,76,1,,0,true,false"
	officeWrites = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true"
	// officePlainly is what a person gets who agrees to whatever is proposed.
	officePlainly = "CSV:59,34,76,1,,0,false,true"
)

// An office is LibreOffice with a profile of its own.
type office struct {
	t       *testing.T
	bin     string
	profile string
}

// needOffice returns LibreOffice, SAMBAND_TEST_OFFICE or else one that PATH knows, and
// skips the test where there is none unless skipping is forbidden.
func needOffice(t *testing.T) office {
	t.Helper()
	bin := os.Getenv("SAMBAND_TEST_OFFICE")
	if bin == "" {
		bin = "soffice"
	}
	bin, err := exec.LookPath(bin)
	if err != nil && os.Getenv("SAMBAND_TEST_NO_SKIP") == "1" {
		t.Fatal("there is no LibreOffice, and SAMBAND_TEST_NO_SKIP forbids to skip: ", err)
	}
	if err != nil {
		t.Skip("not saved by LibreOffice: there is none, and SAMBAND_TEST_OFFICE names none")
	}
	return office{t, bin, t.TempDir()}
}

// saves opens files and saves them again in another folder, which it returns. reads is
// how CSV is read, "" for workbooks.
func (o office) saves(reads, as string, files ...string) (folder string) {
	o.t.Helper()
	folder = o.t.TempDir()
	args := []string{"-env:UserInstallation=" + (&url.URL{Scheme: "file", Path: o.profile}).String(), "--headless", "--norestore"}
	if reads != "" {
		args = append(args, "--infilter="+reads)
	}
	out, err := exec.CommandContext(o.t.Context(), o.bin, append(append(args, "--convert-to", as, "--outdir", folder), files...)...).CombinedOutput()
	if err != nil {
		o.t.Fatalf("%v: %s", err, out)
	}
	if made, err := os.ReadDir(folder); err != nil || len(made) != len(files) {
		o.t.Fatalf("of %d files %d are saved, %v: %s", len(files), len(made), err, out)
	}
	return folder
}

// nastyRecords saves an officer, a posting and an assignment for each of the texts that
// spreadsheets take for something else.
func nastyRecords(s *site) {
	s.t.Helper()
	recordsOf(s, "se")
	day := func(text string) models.Date { d, _ := models.ParseDate(text); return d }
	err := s.store.Write(s.t.Context(), db.Local, func(tx *db.Tx) error {
		agency := officerOf(s.t, s, "o-se").AgencyID
		for i, text := range []string{"Åse Ærø-Þórsdóttir", "=1+1", "+46846500401", "-x", "00123", "0046846500401", "12345678901234567890", "1e5", "1-2", "3/4", "TRUE",
			"2027-09-01", "31.12.2030", "@x", "'=1+1", "'x", "a\nb \"c\"; d, e", "1,5", "1.5", "12:30", "%", "50%"} {
			o := models.Officer{Key: "n-" + string(rune('a'+i)), AgencyID: agency, Name: text, Rank: text, Note: text, Email: "o@example.org"}
			if !strings.ContainsAny(text, "eTÅ'@=xa%") {
				o.Phone = text
			}
			o.Name, o.Rank = strings.ReplaceAll(text, "\n", " "), strings.ReplaceAll(text, "\n", " ")
			if err := tx.SaveOfficer(&o); err != nil {
				return err
			}
			p := models.Posting{Key: "p-" + string(rune('a'+i)), AgencyID: agency, HostCountry: "TH", HostCity: o.Name, Opened: day("1899-01-01"), Closed: models.Forever, Note: text}
			if err := tx.SavePosting(&p); err != nil {
				return err
			}
			a := models.Assignment{Key: "a-" + string(rune('a'+i)), OfficerID: o.ID, PostingID: p.ID, Period: models.Period{First: day("2024-02-29"), Last: day("2030-12-31")}, EndReason: text, Note: text}
			if err := tx.SaveAssignment(&a); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

// What LibreOffice has opened and saved again comes in and changes nothing, from CSV and
// workbook, as CSV and as workbook.
func TestOfficeSavesWhatWeWrite(t *testing.T) {
	t.Parallel()
	o := needOffice(t)
	s := newSite(t)
	nastyRecords(s)
	folder := t.TempDir()
	var sheets, books []string
	for _, list := range []string{"officers", "postings", "assignments"} {
		for _, ext := range []string{".csv", ".xlsx"} {
			path := filepath.Join(folder, list+ext)
			if err := os.WriteFile(path, []byte(s.get("/"+list+ext+"?profile=excel").is(200).body), 0o600); err != nil {
				t.Fatal(err)
			}
			if ext == ".csv" {
				sheets = append(sheets, path)
			} else {
				books = append(books, path)
			}
		}
	}
	for how, saved := range map[string]string{
		"CSV as CSV":           o.saves(officeReads, officeWrites, sheets...),
		"CSV as workbook":      o.saves(officeReads, "xlsx", sheets...),
		"workbook as workbook": o.saves("", "xlsx", books...),
		"workbook as CSV":      o.saves("", officeWrites, books...),
	} {
		files, _ := filepath.Glob(filepath.Join(saved, "*"))
		for _, path := range files {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			s.changesNothing(how, filepath.Base(path), string(text))
		}
	}
	s.tellsNumbers(filepath.Join(o.saves(officePlainly, "xlsx", sheets[0]), "officers.xlsx"))
}

// tellsNumbers sends a file in which LibreOffice has made numbers of texts, as it does by
// itself: the preview must say so, and shows what becomes of which text. Nothing else is
// lost.
func (s *site) tellsNumbers(path string) {
	s.t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		s.t.Fatal(err)
	}
	at := "/imports/" + s.sendFile(filepath.Base(path), string(text))
	s.await(at).says("where the record has a text like 00123", "<b>0</b> new", "<b>0</b> refused")
	lost := map[string]string{}
	for _, change := range shownChange.FindAllStringSubmatch(s.await(at+"?show=changed").body, -1) {
		lost[html.UnescapeString(change[1])] = html.UnescapeString(change[2])
	}
	for was, now := range map[string]string{"00123": "123", "0046846500401": "46846500401", "12345678901234567890": "1.23456789012346E+019", "1e5": "100000",
		"12:30": "0.520833333333333", "2027-09-01": "46631", "50%": "0.5", "TRUE": "1"} {
		if lost[was] != now {
			s.t.Errorf("of %q LibreOffice makes %q, not %q", was, lost[was], now)
		}
		delete(lost, was)
	}
	delete(lost, "3/4") // of this year
	if len(lost) > 0 {
		s.t.Errorf("more is lost: %q", lost)
	}
}

var shownChange = regexp.MustCompile(`<del>(.*?)</del> → <ins>(.*?)</ins>`)
