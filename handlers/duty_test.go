package handlers

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"samband/models"
	"samband/views"
)

const dutyPhrase = "åtta älgar under Öresund"

// A dutyCopy is what is in a duty copy, as its script reads it.
type dutyCopy struct {
	State, Made, By string
	Revision        int64
	Days            []string
	Points          []struct{ Name, Phone, Dial, Email, Hours string }
	People          []struct{ Name, Rank, Agency, Phone, Dial, Email string }
	Fallback        map[string][]int
	Places          []dutyPlace
}

type dutyPlace struct {
	Code, Name string
	Found      []string
	Home       bool
	Runs       map[string][]struct {
		First, Last int
		Reply       dutyReply
	}
}

type dutyReply struct {
	Answers []struct {
		Person                  int
		Posting, Absent, Reason string
		Resident                bool
		StandsIn                bool `json:"stands_in"`
		Via                     []int
	}
	WhyNot []struct{ Posting, Reason string } `json:"why_not"`
	Next   string
	Then   string
}

// on returns what a copy says of a place, in a matter, on its i-th day.
func (p dutyPlace) on(matter string, i int) (said dutyReply) {
	for _, r := range p.Runs[matter] {
		if r.First <= i && i <= r.Last {
			return r.Reply
		}
	}
	return said
}

// dutyText returns the text of the elements with an ID, or of that name.
func dutyText(t testing.TB, file, of string) string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && (n.Data == of || slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "id" && a.Val == of })) {
			for x := range n.Descendants() {
				if x.Type == html.TextNode {
					all.WriteString(x.Data)
				}
			}
		}
	}
	return all.String()
}

// unseal opens a sealed text, given its header.
func unseal(header, sealed, passphrase string) ([]byte, error) {
	parts := strings.Split(header, " ")
	iterations, err := strconv.Atoi(parts[2])
	decode := base64.RawURLEncoding.DecodeString
	salt, err1 := decode(parts[3])
	nonce, err2 := decode(parts[4])
	secret, err3 := decode(sealed)
	if err := errors.Join(err, err1, err2, err3); err != nil {
		return nil, err
	}
	key, err := pbkdf2.Key(sha256.New, passphrase, salt, iterations, 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	packed, err := gcm.Open(nil, nonce, secret, []byte(header))
	if err != nil {
		return nil, err
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

// opened returns what is in the duty copy of an answer, and its text.
func (p page) opened() (c dutyCopy, plain string) {
	p.t.Helper()
	p.is(200)
	b, err := unseal(dutyText(p.t, p.body, "header"), dutyText(p.t, p.body, "sealed"), dutyPhrase)
	if err == nil {
		err = json.Unmarshal(b, &c)
	}
	if err != nil {
		p.t.Fatal(err)
	}
	return c, string(b)
}

func dutyForm(state, last string) url.Values {
	return form("state", state, "last_day", last, "passphrase", dutyPhrase, "passphrase_again", dutyPhrase)
}

// Whatever the site answers to somebody who sees the least, a copy answers.
func TestADutyCopyAnswersAsTheSiteDoes(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := filled(t, newSite(t)).as("partner:IS")
		c, _ := s.as("coordinator:all").post(dutyPath, dutyForm("FI", "2026-12-23")).opened()
		if len(c.Days) != 31 || c.Days[0] != "2026-11-23" || c.State != "Finland" || !strings.HasPrefix(c.Made, "2026-11-23 ") || c.Revision < 1 {
			t.Fatalf("it is of %v, %s, %s, %d", c.Days, c.State, c.Made, c.Revision)
		}
		asked, answered, hidden := 0, 0, 0
		for _, p := range c.Places {
			if p.Runs == nil && p.Code != "AQ" && p.Code != "FI" {
				continue
			}
			for _, matter := range []string{"police", "customs"} {
				for i, day := range c.Days {
					if i%6 != asked%6 && p.Code != "VN" && p.Code != "TH" {
						continue
					}
					n, h := s.sameDutyAnswer(c, p, matter, i, day)
					asked, answered, hidden = asked+1, answered+n, hidden+h
				}
			}
		}
		if asked < 500 || answered < 200 || hidden == 0 {
			t.Errorf("%d questions have %d answers, %d with a hidden holder", asked, answered, hidden)
		}
	})
}

// sameDutyAnswer compares what a copy says with what the site does, and returns how many
// answers that has, and how many of holders who are hidden.
func (s *site) sameDutyAnswer(c dutyCopy, p dutyPlace, matter string, i int, day string) (answers, hidden int) {
	s.t.Helper()
	path := fmt.Sprintf("/api/v1/represent?state=FI&matter=%s&place=%s&on=%s", matter, url.QueryEscape(p.Code), day)
	var want struct {
		Answers []struct {
			Officer, Reason string
			Resident        bool
			Absent          *struct{ Until *string }
		}
		WhyNot     []struct{ Reason string } `json:"why_not"`
		Fallback   []struct{ Name, Phone, Email string }
		NextChange *struct{ On, Reason string } `json:"next_change"`
	}
	if err := json.Unmarshal([]byte(s.get(path).is(200).body), &want); err != nil {
		s.t.Fatal(err)
	}
	var theirs, ours []string
	for _, a := range want.Answers {
		if strings.HasPrefix(a.Officer, "Name hidden") {
			a.Officer = "hidden"
			hidden++
		}
		theirs = append(theirs, fmt.Sprint(a.Officer, a.Resident, a.Absent != nil, a.Reason))
	}
	for _, w := range want.WhyNot {
		theirs = append(theirs, w.Reason)
	}
	for _, f := range want.Fallback {
		theirs = append(theirs, f.Name+f.Phone+f.Email)
	}
	if want.NextChange != nil {
		theirs = append(theirs, want.NextChange.On+want.NextChange.Reason)
	}
	said := p.on(matter, i)
	for _, a := range said.Answers {
		name := "hidden"
		if a.Person >= 0 {
			name = c.People[a.Person].Name
		}
		ours = append(ours, fmt.Sprint(name, a.Resident, a.Absent != "", a.Reason))
	}
	for _, w := range said.WhyNot {
		ours = append(ours, w.Reason)
	}
	for _, f := range c.Fallback[matter] {
		ours = append(ours, c.Points[f].Name+c.Points[f].Phone+c.Points[f].Email)
	}
	if said.Next != "" {
		ours = append(ours, said.Next+said.Then)
	}
	if !slices.Equal(theirs, ours) {
		s.t.Errorf("%s: the site says\n%s\nthe copy\n%s", path, strings.Join(theirs, "\n"), strings.Join(ours, "\n"))
	}
	return len(want.Answers), hidden
}

// Each person in a copy is noted before it is sent, then the copy; what is refused leaves
// nothing, and the passphrase is nowhere.
func TestADutyCopyIsNoted(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		w := reached(t, newSite(t))
		reader := w.as("partner:FI")
		reader.get(dutyPath).is(200).says(`<dd>3</dd>`, `value="2026-11-30"`, "2026-11-23", `type="password"`, "logged as viewed by you").hides("ase@example.org")
		rows := w.rows()
		p := reader.post(dutyPath, dutyForm("FI", "2026-12-01"))
		c, plain := p.opened()
		var names []string
		for _, x := range c.People {
			names = append(names, x.Name+" "+x.Dial+" "+x.Email)
		}
		slices.Sort(names)
		if got := strings.Join(names, ", "); got != "Bo Ek  p0@example.org, Ia Öst  , Per Ny  p3@example.org, Åse Lindqvist +46846500401 ase@example.org" {
			t.Errorf("it holds %s", got)
		}
		if n := w.rows() - rows; n != 4 {
			t.Errorf("it leaves %d rows", n)
		}
		noted := strings.Split(w.actions(4), "\n")
		if !strings.HasPrefix(noted[0], `export file {"what":"duty-copy","rows":3,`) || !strings.Contains(noted[0], "2026-12-01") || !strings.Contains(noted[0], "state=FI") ||
			strings.Count(strings.Join(noted[1:], ""), `open officer {"what":"duty-copy"}`) != 3 {
			t.Errorf("it leaves %q", noted)
		}
		h := p.Header
		if h.Get("Content-Disposition") != `attachment; filename="samband-duty-FI-2026-12-01.html"` || h.Get("Content-Type") != "application/octet-stream" || h.Get("Cache-Control") != "no-store" {
			t.Errorf("its head is %v", h)
		}
		p.deaf("the file", []string{"FI police", "Finland", "Laos", "Lindqvist", "ase@example.org", "partner"})
		for _, text := range []string{dutyPhrase, url.QueryEscape(dutyPhrase)} {
			if strings.Contains(p.body+plain, text) || strings.Contains(w.everythingKept(), text) {
				t.Error("the passphrase is told")
			}
		}
		w.get(w.holder).is(200).says("Contact details viewed by", "partner:FI")
		w.as("auditor:all").get("/audit?action=export").is(200).says("duty-copy")
		rows = w.rows()
		for why, sent := range map[string]url.Values{
			"at least 15 characters":    form("state", "FI", "passphrase", "elk under boat", "passphrase_again", "elk under boat"),
			"Choose a password that":    form("state", "FI", "passphrase", "passwordpassword", "passphrase_again", "passwordpassword"),
			"Enter the same passphrase": form("state", "FI", "passphrase", dutyPhrase, "passphrase_again", dutyPhrase+"x"),
			"2026-11-23</time> to":      dutyForm("FI", "2026-11-22"),
			"to <time>2026-12-23":       dutyForm("FI", "2026-12-24"),
			"Enter a date":              dutyForm("FI", "soon"),
			"Enter DK, FI, IS":          dutyForm("XX", ""),
			"Fill in this field":        dutyForm("", ""),
		} {
			reader.post(dutyPath, sent).is(422).says(why).hides(dutyPhrase, "elk under")
		}
		if w.rows() != rows {
			t.Errorf("what is refused leaves %d rows", w.rows()-rows)
		}
	})
}

// everythingKept returns all that the trail and the unsaved forms hold.
func (s *site) everythingKept() string {
	s.t.Helper()
	var all strings.Builder
	for _, query := range []string{"SELECT coalesce(new, '') || coalesce(old, '') FROM audit", "SELECT form FROM unsaved_forms"} {
		rows, err := s.raw.Query(query)
		if err != nil {
			s.t.Fatal(err)
		}
		for rows.Next() {
			var text string
			if err := rows.Scan(&text); err != nil {
				s.t.Fatal(err)
			}
			all.WriteString(text)
		}
		rows.Close()
	}
	return all.String()
}

// Neither a masked officer nor the holder of a restricted posting is in a copy, even if
// its maker may know them.
func TestNoDutyCopyTellsOfHiddenPeople(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.post("/officers", form("agency", "se-police", "key", "o-zyxwana", "name", "Zyxwana Qrst", "email", "z@zyxwana.example", "phone", "+4670999", "rank", "kanariegrad",
		"languages", "kanariespråk", "note", "kanarienot", "masked", "true")).follow()
	w.post("/officers", form("agency", "se-police", "key", "o-vqpell", "name", "Vqpell Hjk", "email", "vqpell@example.org")).follow()
	w.post("/postings", postingForm("key", "hanoi-se", "host_country", "VN", "host_city", "Hanoi", "coverages.country", "")).follow()
	w.post("/postings", postingForm("key", "riga-se", "restricted", "true", "note", "kanarienot", "host_country", "LV", "host_city", "Riga", "coverages.country", "")).follow()
	w.post("/assignments", form("officer", "o-zyxwana", "posting", "hanoi-se", "first_day", "2025-01-01", "note", "kanarienot", "end_reason", "kanarieskäl")).follow()
	w.post("/assignments", form("officer", "o-vqpell", "posting", "riga-se", "first_day", "2025-01-01")).follow()
	for _, rights := range []string{"coordinator:all", "coordinator:SE", "partner:SE", "partner:FI"} {
		as := w.as(rights)
		c, plain := as.post(dutyPath, dutyForm("FI", "")).opened()
		for _, text := range append([]string{"Vqpell", "vqpell"}, canaries...) {
			if strings.Contains(plain, text) {
				t.Errorf("a copy of %s tells %q", rights, text)
			}
		}
		for _, p := range c.Places {
			if p.Code != "LV" && p.Code != "VN" {
				continue
			}
			said := p.on("police", 0)
			if len(said.Answers) == 0 || said.Answers[0].Person != -1 || len(said.Answers[0].Via) > 0 {
				t.Errorf("of %s it says %+v", p.Code, said)
			}
		}
	}
}

// Whoever changes a word of the header, or a letter of the rest, cannot open it.
func TestAChangedDutyCopyDoesNotOpen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.post(dutyPath, dutyForm("FI", "")).is(200)
	header, sealed := dutyText(t, p.body, "header"), dutyText(t, p.body, "sealed")
	if _, err := unseal(header, sealed, dutyPhrase); err != nil {
		t.Fatal(err)
	}
	if _, err := unseal(header, sealed, dutyPhrase+" "); err == nil {
		t.Error("it opens with another passphrase")
	}
	if _, err := unseal(header, "A"+sealed[1:], dutyPhrase); err == nil && sealed[0] != 'A' {
		t.Error("it opens although it was changed")
	}
	words := strings.Split(header, " ")
	if len(words) != 7 || words[0] != "samband-duty-copy" || words[1] != "1" || words[5] != "2026-11-23" || words[6] != "2026-11-30" {
		t.Fatalf("the header is %s", header)
	}
	if n, err := strconv.Atoi(words[2]); err != nil || n < 600_000 {
		t.Errorf("its key takes %s rounds", words[2])
	}
	for i, instead := range []string{"samband-duty-cope", "2", "600001", strings.Repeat("A", 22), strings.Repeat("A", 16), "2026-11-24", "2027-11-30"} {
		changed := slices.Clone(words)
		changed[i] = instead
		if _, err := unseal(strings.Join(changed, " "), sealed, dutyPhrase); err == nil {
			t.Errorf("it opens with %s in its header", instead)
		}
	}
	other := w.post(dutyPath, dutyForm("FI", "")).is(200)
	if next := strings.Split(dutyText(t, other.body, "header"), " "); next[3] == words[3] || next[4] == words[4] {
		t.Error("two copies have one salt or nonce")
	}
}

// The file runs its own script and style, and nothing else.
func TestADutyCopyStandsAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	body := w.post(dutyPath, dutyForm("FI", "")).is(200).body
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	policy := ""
	for n := range doc.Descendants() {
		attrs := map[string]string{}
		for _, a := range n.Attr {
			attrs[a.Key] = a.Val
		}
		if attrs["http-equiv"] == "Content-Security-Policy" {
			policy = attrs["content"]
		}
		if attrs["src"] != "" || attrs["href"] != "" || attrs["action"] != "" || attrs["style"] != "" {
			t.Errorf("<%s> leads elsewhere: %v", n.Data, attrs)
		}
		if n.Data == "style" || n.Data == "script" {
			sum := sha256.Sum256([]byte(n.FirstChild.Data))
			if hash := n.Data + "-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(policy, hash) {
				t.Errorf("the policy is %q and has no %s", policy, hash)
			}
		}
	}
	if !strings.HasPrefix(policy, "default-src 'none'; ") || strings.Count(policy, "sha256-") != 2 {
		t.Errorf("the policy is %q", policy)
	}
}

// More people than an address book takes are refused in the same words.
func TestADutyCopyOfTooManyPeople(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.post("/postings", postingForm("key", "oslo-many", "host_country", "BR", "host_city", "Rio", "coverages.country", "")).follow()
	for i := range views.MostContacts - 1 { // and the holder in Bangkok
		key := fmt.Sprint("o-many-", i)
		w.post("/officers", form("agency", "se-police", "name", fmt.Sprint("Officer ", i), "key", key, "email", fmt.Sprintf("o%d@example.org", i))).follow()
		w.post("/assignments", form("officer", key, "posting", "oslo-many", "first_day", "2025-01-01")).follow()
	}
	w.post(dutyPath, dutyForm("FI", "")).is(200)
	w.post("/officers", form("agency", "se-police", "name", "One More", "key", "o-more", "email", "m@example.org")).follow()
	w.post("/assignments", form("officer", "o-more", "posting", "oslo-many", "first_day", "2025-01-01")).follow()
	rows := w.rows()
	w.post(dutyPath, dutyForm("FI", "")).is(422).says("more than 500 people")
	w.get(dutyPath + "?state=FI").is(422).says("more than 500 people")
	if w.rows() != rows {
		t.Error("it leaves a row")
	}
}

// A form with a passphrase is never kept, even if the session has ended.
func TestAPassphraseIsNotKept(t *testing.T) {
	t.Parallel()
	if _, kept := unsaved(1, dutyPath, dutyForm("FI", "")); kept {
		t.Error("the form is kept")
	}
}

// What a place is found by in a copy finds it on the site.
func TestDutyPlacesAreFoundAsOnTheSite(t *testing.T) {
	t.Parallel()
	s := filled(t, newSite(t))
	d, err := s.store.As(models.Scope{}).Directory(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	c, _ := s.post(dutyPath, dutyForm("SE", "")).opened()
	spelt := 0
	for _, p := range c.Places {
		at, ok := models.ParsePlace(p.Code)
		if !ok {
			t.Fatalf("%s is no place", p.Code)
		}
		for _, spelling := range p.Found {
			if spelt++; spelt%5 != 0 {
				continue // searching for them all takes long
			}
			if len([]rune(spelling)) > 3 && !strings.HasPrefix(spelling, "org ") && !slices.Contains(d.PlacesNamed(spelling), at) {
				t.Errorf("%s finds %s in the copy, %v on the site", spelling, p.Code, d.PlacesNamed(spelling))
			}
		}
	}
	if len(c.Places) < 250 || spelt < 2000 {
		t.Errorf("%d places with %d spellings", len(c.Places), spelt)
	}
}
