package db

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"samband/models"
)

// A stage is a directory with one officer who is masked, and one who is not but
// whose posting is restricted, both Swedish, among others of whom everything
// may be seen. The names and notes of these two occur nowhere else.
type stage struct {
	se, dk                     models.Agency
	masked, posted, other      models.Officer
	open, restricted           models.Posting
	byMasked, byPosted, byBoth models.Assignment
}

const onStage = models.Date(739_800) // a day when all of them are held

func addStage(t testing.TB, s *Store) *stage {
	t.Helper()
	always, held := models.Period{Last: models.Forever}, period("2020-01-01/2040-12-31")
	x := &stage{
		se:     models.Agency{Country: "SE", Kind: "police", Name: "Polismyndigheten", Period: always},
		dk:     models.Agency{Country: "DK", Kind: "police", Name: "Politiet", Period: always},
		masked: models.Officer{Name: "Zyxwana Qrstovic", Rank: "Kanarierang", Email: "zyx@kanarie.example", Phone: "+46 99 1001", Languages: "qx", Note: "kanarienot ett", Masked: true},
		posted: models.Officer{Name: "Björn Vinterek", Rank: "kommissarie"},
		other:  models.Officer{Name: "Mette Sommerby", Rank: "inspektør"},
		open:   models.Posting{HostCountry: "TH", HostCity: "Bangkok", Opened: date("2005-01-01"), Closed: models.Forever},
		restricted: models.Posting{HostCountry: "VN", HostCity: "Hanoi", Opened: date("2005-01-01"), Closed: models.Forever,
			Restricted: true, Note: "kanarienot två"},
		byMasked: models.Assignment{Key: "a-1", Period: held, Note: "kanarienot tre", EndReason: "kanarienot fyra"},
		byPosted: models.Assignment{Key: "kanarie-a-2", Period: held, Note: "kanarienot fem", EndReason: "kanarienot sex"},
		byBoth:   models.Assignment{Key: "kanarie-a-3", Period: held, Note: "kanarienot sju"},
	}
	write(t, s, func(tx *Tx) error {
		err := errors.Join(tx.SaveAgency(&x.se), tx.SaveAgency(&x.dk))
		x.masked.AgencyID, x.posted.AgencyID, x.other.AgencyID = x.se.ID, x.se.ID, x.dk.ID
		x.open.AgencyID, x.restricted.AgencyID = x.se.ID, x.se.ID
		err = errors.Join(err, tx.SaveOfficer(&x.masked), tx.SaveOfficer(&x.posted), tx.SaveOfficer(&x.other), tx.SavePosting(&x.open), tx.SavePosting(&x.restricted))
		x.byMasked.OfficerID, x.byPosted.OfficerID, x.byBoth.OfficerID = x.masked.ID, x.posted.ID, x.masked.ID
		x.byMasked.PostingID, x.byPosted.PostingID, x.byBoth.PostingID = x.open.ID, x.restricted.ID, x.restricted.ID
		return errors.Join(err, tx.SaveAssignment(&x.byMasked), tx.SaveAssignment(&x.byPosted), tx.SaveAssignment(&x.byBoth),
			tx.Note(Event{Action: "open", Noun: "officer", ID: x.masked.ID, State: "SE"}))
	})
	for range 2 { // more than fits on a page
		write(t, s, func(tx *Tx) error {
			o := models.Officer{AgencyID: x.dk.ID, Name: "Mette Sommerby", Rank: "inspektør"}
			if err := tx.SaveOfficer(&o); err != nil {
				return err
			}
			return tx.SaveAssignment(&models.Assignment{OfficerID: o.ID, PostingID: x.open.ID, Period: held})
		})
	}
	return x
}

// An audience is a reader, and what he or she may see.
type audience struct {
	rights          string
	masked, holders bool // those of Sweden
}

var audiences = []audience{
	{"", false, false}, {"partner:SE", false, true}, {"partner:DK", false, false}, {"partner:all", false, false},
	{"coordinator:SE", true, true}, {"coordinator:DK", false, false}, {"coordinator:all", true, true},
	{"coordinator:DK partner:SE", false, true}, {"auditor:all", false, false}, {"auditor:SE partner:DK", false, false},
	{"auditor:all partner:SE", false, true}, {"auditor:all coordinator:SE", true, true}, {"administrator:all", false, false},
	{"coordinator:DK coordinator:FI coordinator:IS coordinator:NO auditor:all", false, false},
}

// secrets returns the texts that an audience must not see, and those that it
// must.
func (x *stage) secrets(a audience) (hidden, seen []string) {
	put := func(visible bool, texts ...string) {
		if visible {
			seen = append(seen, texts...)
		} else {
			hidden = append(hidden, texts...)
		}
	}
	put(a.masked, "Zyxwana", "Qrstovic", x.masked.Key, "Kanarierang", "zyx@", "99 1001", `"qx"`, "kanarienot ett", "kanarienot tre", "kanarienot fyra")
	put(a.holders, "kanarienot två", "kanarienot fem", "kanarienot sex", "kanarie-a-2", "kanarie-a-3")
	put(a.masked && a.holders, "kanarienot sju")
	return hidden, seen
}

// A copier collects, as text, everything that is read.
type copier struct {
	t    *testing.T
	what []string
	text []string
}

func (c *copier) keep(what string, v any, err error) {
	c.t.Helper()
	if err != nil && !errors.Is(err, ErrNotFound) && !errors.Is(err, ErrForbidden) {
		c.t.Errorf("%s: %v", what, err)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		c.t.Errorf("%s: %v", what, err)
	}
	c.what, c.text = append(c.what, what), append(c.text, b.String()+fmt.Sprint(err))
}

// readAll reads everything there is to read; of single records, those with the
// IDs.
func readAll(t *testing.T, s *Store, ids []int64, rights models.Rights) *copier {
	t.Helper()
	ctx, v, c := context.Background(), s.As(rights.Scope()), &copier{t: t}
	d, err := v.Directory(ctx)
	c.keep("directory", []any{d.Officers(), d.Posts()}, err)
	for _, place := range []models.Country{"TH", "VN"} {
		for _, state := range models.States() {
			q := models.Question{State: state, Matter: "police", Place: models.Place{Country: place}, On: onStage}
			c.keep("the main question", d.WhoRepresents(q), nil)
		}
	}
	c.keep("findings", d.Findings(onStage, models.DefaultLimits), nil)
	for _, id := range ids {
		o, err := v.Officer(ctx, id)
		c.keep("officer", o, err)
		p, err := v.Posting(ctx, id)
		c.keep("posting", p, err)
		a, err := v.Assignment(ctx, id)
		c.keep("assignment", a, err)
		for _, noun := range []string{"officer", "posting", "assignment"} {
			h, err := v.History(ctx, noun, id, 100)
			c.keep("history of "+noun, h, err)
		}
		opened, err := v.Opened(ctx, id, 100)
		c.keep("opened", opened, err)
	}
	h, err := v.Trail(ctx, rights, TrailFilter{}, 1000)
	c.keep("trail", h, err)
	for language, down := range map[string]bool{"en": false, "sv": true} {
		for _, column := range PostingColumns {
			copyList(c, Order{column, down, language}, v.Postings)
		}
		for _, column := range OfficerColumns {
			copyList(c, Order{column, down, language}, v.Officers)
		}
		for _, column := range AssignmentColumns {
			copyList(c, Order{column, down, language}, v.Assignments)
		}
	}
	for row, err := range v.EachOfficer(ctx, Filter{}, Order{}) {
		c.keep("each officer", row, err)
	}
	for row, err := range v.EachPosting(ctx, Filter{}, Order{}) {
		c.keep("each posting", row, err)
	}
	defer func(most int) { mostFew = most }(mostFew)
	for _, mostFew = range []int{0, 1000} { // the two ways of reading them
		for row, err := range v.EachAssignment(ctx, Filter{Sending: "SE"}, Order{}) {
			c.keep("each assignment", row, err)
		}
	}
	return c
}

// copyList reads a list page by page, with its cursors and what they contain.
func copyList[R any](c *copier, o Order, list func(context.Context, Filter, Order, Page) ([]R, Ends, error)) {
	c.t.Helper()
	for after, n := "", 0; n < 20; n++ {
		rows, ends, err := list(context.Background(), Filter{}, o, Page{After: after, Limit: 1})
		next := ends.Next
		plain, bad := base64.RawURLEncoding.DecodeString(next)
		var fields []string
		if next != "" {
			bad = errors.Join(bad, json.Unmarshal(plain, &fields))
		}
		for _, f := range fields {
			sort, _ := base64.RawURLEncoding.DecodeString(f)
			fields = append(fields, fmt.Sprintf("%x", sort))
		}
		c.keep(fmt.Sprintf("%T in %+v", rows, o), []any{rows, next, string(plain), fields}, errors.Join(err, bad))
		if after = next; next == "" {
			return
		}
	}
	c.t.Errorf("the list in %+v does not end", o)
}

func TestWhatIsHiddenIsReadNowhere(t *testing.T) {
	stores(t, func(t *testing.T, s *Store) {
		x := addStage(t, s)
		ids := []int64{x.masked.ID, x.posted.ID, x.other.ID, x.open.ID, x.restricted.ID, x.byMasked.ID, x.byPosted.ID, x.byBoth.ID}
		var sorts []string // where the names would sort in a list
		for i := range sortLanguages {
			sorts = append(sorts, fmt.Sprintf("%x", s.sorter.key(i, []string{x.masked.Name})), fmt.Sprintf("%x", s.sorter.key(i, []string{x.masked.Rank})))
		}
		for _, a := range audiences {
			hidden, seen := x.secrets(a)
			c := readAll(t, s, ids, models.ParseRights(a.rights))
			for i, text := range c.text {
				for _, secret := range append(hidden, sorts...) {
					if strings.Contains(text, secret) {
						t.Errorf("with %q, %q is in %s", a.rights, secret, c.what[i])
					}
				}
			}
			for _, visible := range seen {
				if !slices.ContainsFunc(c.text, func(text string) bool { return strings.Contains(text, visible) }) {
					t.Errorf("with %q, %q is nowhere", a.rights, visible)
				}
			}
		}
	})
}

// foundBy returns what a filter finds in all three lists.
func foundBy(t *testing.T, v Reading, f Filter) (found string) {
	t.Helper()
	ctx := context.Background()
	ps, _, err1 := v.Postings(ctx, f, Order{}, Page{})
	os, _, err2 := v.Officers(ctx, f, Order{}, Page{})
	as, _, err3 := v.Assignments(ctx, f, Order{}, Page{})
	n1, err4 := v.CountPostings(ctx, f, 100)
	n2, err5 := v.CountOfficers(ctx, f, 100)
	n3, err6 := v.CountAssignments(ctx, f, 100)
	if err := errors.Join(err1, err2, err3, err4, err5, err6); err != nil {
		t.Error(err)
	}
	if len(ps) != n1 || len(os) != n2 || len(as) != n3 {
		t.Errorf("%+v finds %d, %d, %d and counts %d, %d, %d", f, len(ps), len(os), len(as), n1, n2, n3)
	}
	return fmt.Sprint(n1, n2, n3)
}

// To a reader who may not know a name, searching for it finds the same as
// searching for one that does not exist: alone, in part, and beside a word that
// finds something.
func TestSearchTellsNothingOfWhatIsHidden(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addStage(t, s)
		for _, a := range audiences {
			v := s.As(models.ParseRights(a.rights).Scope())
			nothing := map[string]string{"": "", " bangkok": "", " hanoi": ""}
			for beside := range nothing {
				nothing[beside] = foundBy(t, v, Filter{Text: "xqjzk" + beside, On: onStage})
			}
			for _, secret := range []struct {
				text string
				seen bool
			}{
				{"zyxwana", a.masked}, {"Qrstovic", a.masked}, {"zyxw", a.masked}, {"Zyxwana Qrstovic", a.masked}, {x.masked.Key, a.masked},
				{"kanarierang", a.masked}, {"qrstovic zyxwana kanarierang", a.masked}, {x.byPosted.Key, a.holders}, {x.byBoth.Key, a.holders},
			} {
				for beside, none := range nothing {
					f := Filter{Text: secret.text + beside, On: onStage}
					if beside != "" && secret.seen {
						continue
					}
					if found := foundBy(t, v, f); (found != none) != secret.seen {
						t.Errorf("with %q, %q finds %s, and what is not there %s", a.rights, f.Text, found, none)
					}
				}
			}
		}
	})
}

// No filter reveals the holder of a restricted posting either: the officer
// seems to hold nothing.
func TestFiltersTellNothingOfHolders(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addStage(t, s)
		ctx := context.Background()
		ask := func(v Reading, f Filter) string {
			f.On, f.Agency = onStage, x.se.ID
			rows, _, err := v.Officers(ctx, f, Order{}, Page{})
			names := fmt.Sprint(err)
			for _, row := range rows {
				names += fmt.Sprint(" ", row.ID)
			}
			return names
		}
		both, one, other, none := fmt.Sprintf("<nil> %d %d", x.masked.ID, x.posted.ID), fmt.Sprint("<nil> ", x.masked.ID), fmt.Sprint("<nil> ", x.posted.ID), "<nil>"
		for _, a := range audiences {
			v := s.As(models.ParseRights(a.rights).Scope())
			for _, c := range []struct {
				f            Filter
				seen, hidden string
			}{
				{Filter{Status: models.Held}, both, one}, {Filter{Status: models.Vacant}, none, other}, {Filter{Host: models.Place{Country: "VN"}}, both, none},
				{Filter{Host: models.Place{Country: "TH"}}, one, one}, {Filter{State: "FI"}, both, one}, {Filter{Matter: "police"}, both, one},
				{Filter{Region: "south-eastern-asia"}, both, one}, {Filter{Host: models.Place{Country: "VN"}, Status: models.Held}, both, none},
			} {
				want := c.hidden
				if a.holders {
					want = c.seen
				}
				if got := ask(v, c.f); got != want {
					t.Errorf("with %q, %+v finds %s, want %s", a.rights, c.f, got, want)
				}
			}
			for officer, postings := range map[int64][2]string{x.posted.ID: {"0 1 0", "1 1 1"}, x.masked.ID: {"1 1 1", "2 1 2"}} {
				want := postings[0]
				if a.holders {
					want = postings[1]
				}
				if got := foundBy(t, v, Filter{Holder: officer, On: onStage}); got != want {
					t.Errorf("with %q, by holder %d it is %s, want %s", a.rights, officer, got, want)
				}
			}
			if n, err := v.CountPostings(ctx, Filter{Status: models.Held, On: onStage}, 10); n != 2 || err != nil {
				t.Errorf("with %q, %d postings are held, %v: that is no secret", a.rights, n, err)
			}
		}
	})
}

// A refusal reveals no more than what may be read.
func TestRefusalsTellNothingOfWhatIsHidden(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addStage(t, s)
		write(t, s, func(tx *Tx) error {
			return tx.SaveAssignment(&models.Assignment{OfficerID: x.other.ID, PostingID: x.restricted.ID, Period: period("2020-01-01")})
		})
		namesake := models.Officer{AgencyID: x.dk.ID, Name: x.masked.Name}
		err := s.Write(context.Background(), Actor{Name: "x", Rights: models.ParseRights("coordinator:DK")}, func(tx *Tx) error {
			return errors.Join(tx.SaveOfficer(&namesake), tx.RemoveOfficer(x.other.ID, x.other.Version))
		})
		by, ok := errors.AsType[*Referred](err)
		if !ok {
			t.Fatal(err)
		}
		if by.Total != 0 || len(by.By) != 0 || strings.Contains(fmt.Sprint(by.By), x.restricted.HostCity) {
			t.Errorf("it tells of the restricted posting: %+v", by)
		}
		if namesake.Key != "o-zyxwana-qrstovic" {
			t.Errorf("the key %s tells that there is another of that name", namesake.Key)
		}
	})
}

// addAccount adds an account with the password rightPassword.
func addAccount(t testing.TB, s *Store, email, rights string) models.Account {
	t.Helper()
	a := models.Account{Email: email, Rights: models.ParseRights(rights)}
	write(t, s, func(tx *Tx) error { return errors.Join(tx.SaveAccount(&a), tx.SetPassword(a.ID, hashedOnce(), "")) })
	return a
}
