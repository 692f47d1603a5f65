package handlers

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"html"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"samband/db/trail"
)

// A takenCopy is what a certified copy comes as.
type takenCopy struct {
	name, file, signature, print string
	trail.Certificate
}

// certified makes a certified copy of what a query asks for.
func (s *site) certified(query string) (c takenCopy) {
	s.t.Helper()
	p := s.post("/certify?"+query, form()).is(http.StatusOK)
	z, err := zip.NewReader(strings.NewReader(p.body), int64(len(p.body)))
	if err != nil {
		s.t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			s.t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			s.t.Fatal(err)
		}
		switch {
		case strings.HasSuffix(f.Name, ".csv"):
			c.name, c.file = f.Name, string(b)
		case strings.HasSuffix(f.Name, ".csv.sig"):
			c.signature = string(b)
		case strings.HasSuffix(f.Name, ".html"):
			c.print = string(b)
		}
	}
	if c.Certificate, err = trail.ParseCertificate([]byte(c.signature)); err != nil || c.print == "" || len(z.File) != 3 {
		s.t.Fatalf("%v in %q, and a print of %d bytes", err, c.signature, len(c.print))
	}
	return c
}

// verified sends a form of /verify: the hash, the file, and the certificate as a file.
func (s *site) verified(hash, file, signature string) page {
	s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	err := w.WriteField("hash", hash)
	for _, part := range [][2]string{{"file", file}, {"signature_file", signature}} {
		name := part[0]
		if part[1] == "" {
			name = ""
		}
		to, bad := w.CreateFormFile(part[0], name) // browsers send a file that was not chosen without a name
		if bad == nil {
			_, bad = io.WriteString(to, part[1])
		}
		if err == nil {
			err = bad
		}
	}
	if err = w.Close(); err != nil {
		s.t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/verify", &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return s.send(r)
}

func TestCertifiedCopyOfEachList(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := filled(t, newSite(t))
		for _, query := range []string{"list=postings", "list=postings&sending=SE&on=1.1.2027&status=current", "list=officers&q=a&sort=-name", "list=assignments&columns=officer,place,last_day&sort=officer",
			"list=coverage&region=south-eastern-asia&on=2027-02-01", "list=assignments&known=2026-11-23"} {
			as := s.as("partner:FI")
			rows := s.rows()
			asked, _ := url.ParseQuery(query)
			list := asked.Get("list")
			as.get("/certify?"+query).is(http.StatusOK).says("Make the certified copy", "/certify?list="+list)
			if s.rows() != rows {
				t.Error("asking leaves a row in the trail")
			}
			c := as.certified(query)
			if note := s.actions(1); s.rows() != rows+1 || !strings.Contains(note, `"hash":"`+c.SHA256+`"`) || !strings.Contains(note, list) {
				t.Errorf("%s leaves %d rows: %s", query, s.rows()-rows, note)
			}
			at, err := url.Parse(c.Address)
			if err != nil || !strings.HasPrefix(at.Path, "/"+list+".csv") || at.Query().Get("on") != c.On || at.Query().Get("list") != "" {
				t.Fatalf("%s is asked for at %s, %v", query, c.Address, err)
			}
			if plain := as.get(at.RequestURI()).is(http.StatusOK).body; plain != c.file {
				t.Errorf("%s: the copy is not the CSV file:\n%.300s\n%.300s", query, c.file, plain)
			}
			if lines := strings.Count(c.file, "\r\n"); c.Rows != lines-1 || c.Bytes != int64(len(c.file)) || c.name != list+"-"+c.On+".csv" || c.File != c.name || c.Rights != "partner:FI" {
				t.Errorf("%s: %d lines in %+v", query, lines, c.Certificate)
			}
			as.verified("", c.file, c.signature).is(http.StatusOK).says("This copy is confirmed", "The file is unchanged", "The certificate is genuine", c.By).hides("not confirmed")
			as.verified("", c.file, "").is(http.StatusOK).says("This copy is confirmed", c.By)
			as.verified("", "", c.signature).is(http.StatusOK).says("This copy is confirmed", "The certificate is genuine")
			if report, err := s.store.Verify(context.Background(), nil); err != nil || report.Err() != nil {
				t.Error(err, report.Err())
			}
		}
	})
}

// The hash of a print is taken as people type it, from its groups or from the address in
// its code.
func TestHashOfAPrintIsFound(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	c := s.certified("list=postings&q=Bangkok&sending=SE")
	var groups []string
	for i := 0; i < len(c.SHA256); i += 4 {
		groups = append(groups, c.SHA256[i:i+4])
		if !strings.Contains(c.print, "<span>"+c.SHA256[i:i+4]+"</span>") {
			t.Errorf("the print lacks %s", c.SHA256[i:i+4])
		}
	}
	for _, typed := range []string{c.SHA256, strings.ToUpper(c.SHA256), strings.Join(groups, " "), strings.Join(groups, "\u00a0 "), strings.Join(groups, "-"), " " + strings.Join(groups, "\r\n"),
		"http://127.0.0.1:8080/verify?hash=" + c.SHA256} {
		s.verified(typed, "", "").is(http.StatusOK).says("A copy with this hash was certified here", "Postings", c.By, "Sweden", "words that are not shown").hides("Bangkok")
		s.get("/verify?hash="+url.QueryEscape(typed)).is(http.StatusOK).says("This copy is confirmed", c.By)
	}
	if print := html.UnescapeString(c.print); !strings.Contains(print, "http://127.0.0.1:8080/verify?hash="+c.SHA256) || !strings.Contains(print, c.Signature) {
		t.Error("the print has no address, or no signature")
	}
	other := strings.Repeat("0", 64)
	s.get("/verify?hash="+other).is(http.StatusOK).says("not confirmed", "No copy with this hash was certified here")
	s.verified(other, c.file, c.signature).is(http.StatusOK).says("not confirmed", "another than that of the file")
	for _, typed := range []string{"x", c.SHA256[1:], c.SHA256 + "0", strings.Repeat("g", 64), "<script>", strings.Repeat("0", 5000)} {
		s.verified(typed, "", "").is(http.StatusUnprocessableEntity).says("A hash has 64 characters").hides("<script>")
		s.get("/verify?hash=" + url.QueryEscape(typed)).is(http.StatusUnprocessableEntity)
	}
	s.verified("", "", "").is(http.StatusUnprocessableEntity).says("Type the hash of a print")
	s.get("/verify").is(http.StatusOK).hides(`class="verdict`)
	s.post("/verify", form("hash", c.SHA256)).is(http.StatusBadRequest)
}

// Whatever was changed in a file or in its certificate is not confirmed, and no other
// site's certificate is.
func TestWhatWasChangedIsNotConfirmed(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	c, other := s.certified("list=postings"), demoSite(t).certified("list=postings")
	for name, file := range map[string]string{"a letter": strings.Replace(c.file, "e", "a", 1), "ends of lines": strings.ReplaceAll(c.file, "\r\n", "\n"), "a byte order mark": "\uFEFF" + c.file,
		"nothing at the end": strings.TrimSuffix(c.file, "\r\n"), "a row less": c.file[:strings.LastIndex(strings.TrimSuffix(c.file, "\r\n"), "\r\n")+2]} {
		s.verified("", file, "").is(http.StatusOK).says("not confirmed", "No such file was certified here")
		if p := s.verified("", file, c.signature).is(http.StatusOK); !strings.Contains(p.body, "The file is not the one that the certificate is of") || !strings.Contains(p.body, "What the certificate says") {
			t.Errorf("%s: %s", name, p.body)
		}
	}
	forged := c.Certificate
	forged.By = "king@example.org"
	for said, signature := range map[string]string{"This is no certificate": c.signature + "x", "The signature does not belong": string(forged.Encode()), "with another key": other.signature,
		"of another version": strings.Replace(c.signature, `certificate": 1`, `certificate": 2`, 1), "does not tell of this copy": other.signature} {
		s.verified("", c.file, signature).is(http.StatusOK).says("not confirmed", said).hides("king@", "What the certificate says")
	}
	s.verified("", strings.Repeat("x", mostCertified+maxBody+1), "").is(http.StatusRequestEntityTooLarge)
	s.verified("", "", strings.Repeat("x", mostSignature+100)).is(http.StatusOK).says("This is no certificate")
}

func TestWhatIsNotCertified(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	rows := s.rows()
	for query, status := range map[string]int{"list=findings": 404, "list=audit": 404, "list=postings&on=x": 422, "list=postings&columns=x": 422, "list=postings&known=2001-01-01": 200,
		"list=postings&known=2027-01-01": 422, "list=postings&q=" + strings.Repeat("x", 2100): 422, "list=coverage&region=x": 422} {
		s.get("/certify?" + query).is(status)
		if p := s.post("/certify?"+query, form()).is(status); strings.Contains(p.Header.Get("Content-Type"), "zip") {
			t.Errorf("%s is certified", query)
		}
	}
	if s.rows() != rows {
		t.Errorf("%d rows are left", s.rows()-rows)
	}
	if ps := tooMany(mostCertifiedRows + 1); ps == nil || tooMany(mostCertifiedRows) != nil {
		t.Error(ps)
	}
	b := bounded{most: 3}
	if _, err := b.Write([]byte("abc")); err != nil {
		t.Error(err)
	}
	if _, err := b.Write([]byte("d")); err == nil {
		t.Error("one byte too many is taken")
	}
}

// A copy is of the revision that its certificate names, whoever writes at whatever moment
// while it is made.
func TestACopyIsOfOneRevision(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	o, left, wrote := s.options, -1, 0
	o.Now = func() time.Time {
		if left--; left == -1 {
			wrote++
			s.post("/postings", postingOf(fmt.Sprint("riga-", wrote))).follow()
		}
		return noon
	}
	moving := s.with(o)
	for moment := range 10 {
		left = moment
		c := moving.certified("list=postings")
		left = -2
		if plain := s.get("/postings.csv?on=2026-11-23").is(http.StatusOK).body; c.file != plain && c.Revision == s.revision() {
			t.Errorf("at moment %d: the copy is of revision %d and does not hold all of it", moment, c.Revision)
		}
		if n := strings.Count(c.file, "\r\n") - 1; n != c.Rows {
			t.Errorf("at moment %d: %d rows of %d", moment, n, c.Rows)
		}
	}
	if wrote < 4 {
		t.Errorf("somebody wrote %d times", wrote)
	}
}

// postingOf fills in the form of a posting in Riga.
func postingOf(key string) url.Values {
	v := postingForm("key", key)
	v.Set("agency", "se-police")
	v.Set("host_country", "LV")
	v.Set("host_city", "Riga")
	return v
}

func TestWhoeverHasSignedInMayVerify(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	c := s.certified("list=officers&q=Lind")
	for _, rights := range []string{"auditor:FI", "administrator:all", "partner:DK"} {
		s.as(rights).get("/verify?hash="+c.SHA256).is(http.StatusOK).says(c.By, "Liaison officers", "words that are not shown").hides("Lind")
		s.as(rights).verified("", "", c.signature).is(http.StatusOK).says("q=Lind") // who brings it knows
	}
	s.as("auditor:all").post("/certify?list=officers", form()).is(http.StatusForbidden)
	s.as("").get("/verify?hash=" + c.SHA256).is(http.StatusUnauthorized)
}
