package handlers

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// The trail keeps what somebody asked for in two parts: codes, days and numbers,
// in canonical form, which stay; and all else, which may name somebody and can
// be erased.

// A spelling returns the canonical form of a parameter, and whether it is one
// of the values that the program knows.
type spelling func(text string) (string, bool)

// spellings are the parameters whose known values name nobody.
var spellings = map[string]spelling{
	"state": coded[models.State](strings.ToUpper), "sending": coded[models.State](strings.ToUpper),
	"matter": coded[models.Matter](strings.ToLower), "kind": oneOf(kinds()...),
	"host": coded[models.Country](strings.ToUpper), "place": spellPlace,
	"region": coded[models.Region](strings.ToLower), "seating": coded[models.Seating](strings.ToLower), "area": coded[models.Area](strings.ToLower),
	"status": spellStatus, "severity": oneOf(texts(models.Severities())...),
	"on": spellDay, "ends_by": spellDay, "from": spellDay, "to": spellDay, "known": spellDay,
	"body":   coded[models.BodyKey](strings.ToLower),
	"agency": spellNumber, "record": spellNumber, "soon": spellNumber, "months": spellNumber, "window": spellNumber,
	"sort": spellSort, "columns": spellColumns, "view": spellNumber, "snoozed": oneOf("yes", "no"), "mine": oneOf("yes", "no"), "taken": oneOf(texts(models.Takings())...),
	"lang": oneOf(views.Languages()...),
	"of":   coded[models.CalendarOf](strings.ToLower), "sorts": spellSorts,
	"action": oneOf(models.TrailActions()...), "noun": oneOf(models.TrailNouns()...),
}

func texts[T ~string](all []T) (texts []string) {
	for _, one := range all {
		texts = append(texts, string(one))
	}
	return texts
}

// kinds returns the kinds of findings and of agencies.
func kinds() []string {
	return append(texts(models.FindingKinds()), texts(models.AgencyKinds())...)
}

// listColumns are the columns of all lists, and what else they are sorted by.
var listColumns = func() (all []string) {
	for _, list := range models.Lists() {
		all = append(all, views.Columns(list)...)
	}
	return slices.Concat(all, db.PostingColumns, db.OfficerColumns, db.AssignmentColumns)
}()

func spellSort(text string) (string, bool) {
	return text, slices.Contains(listColumns, strings.TrimPrefix(text, "-"))
}

func spellColumns(text string) (string, bool) {
	for name := range strings.SplitSeq(text, ",") {
		if !slices.Contains(listColumns, name) {
			return "", false
		}
	}
	return text, true
}

func spellSorts(text string) (string, bool) {
	for word := range strings.SplitSeq(text, ",") {
		if !models.EventSort(word).Valid() {
			return "", false
		}
	}
	return text, true
}

func spellStatus(text string) (string, bool) {
	text = strings.ToLower(text)
	return text, text == anyStatus || text == current || models.Status(text).Valid()
}

func coded[T interface {
	~string
	Valid() bool
}](form func(string) string) spelling {
	return func(text string) (string, bool) {
		v := T(form(text))
		return string(v), v.Valid()
	}
}

func oneOf(all ...string) spelling {
	return func(text string) (string, bool) { return text, slices.Contains(all, text) }
}

func spellDay(text string) (string, bool) {
	d, err := models.ParseDate(text)
	return d.String(), err == nil
}

func spellNumber(text string) (string, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	return strconv.FormatInt(n, 10), err == nil
}

// spellPlace takes a place by its code, and a country by any of its names.
func spellPlace(text string) (string, bool) {
	if at, ok := models.ParsePlace(text); ok {
		return at.String(), true
	}
	named := countriesNamed(text)
	if len(named) != 1 {
		return "", false
	}
	return named[0].String(), true
}

// filterOf returns what was asked for, for the trail: the known values in
// canonical form and, apart from them, all that may name somebody. The profile
// of a file and where a page begins are left out.
func filterOf(values url.Values) (filter, asked string) {
	plain, words := url.Values{}, url.Values{}
	for name, all := range values {
		if name == "profile" || name == "after" || name == "before" || name == "page" || strings.Join(all, "") == "" {
			continue
		}
		spell, known := spellings[name]
		for _, text := range all {
			right := ""
			if text = strings.TrimSpace(text); known {
				right, known = spell(text)
			}
			if known {
				plain.Add(name, right)
			}
		}
		if !known {
			plain.Del(name)
			words[name] = all
		}
	}
	return cut(plain.Encode(), 1000), cut(words.Encode(), 1000)
}

// printed notes in the trail that a page was printed, and redirects back to it.
func (s *server) printed(c *gin.Context) error {
	path := localPath(c.PostForm("path"))
	u, err := url.Parse(path)
	if err != nil {
		return errBadForm
	}
	filter, asked := filterOf(u.Query())
	e := db.Event{Action: "print", Noun: "page", Filter: asked, About: []any{"filter", filter}}
	if s.isPage(u.Path) {
		e.About = []any{"path", u.Path, "filter", filter}
	} else {
		e.Secret = []any{"elsewhere", cut(withoutSecret(u.Path), 500)}
	}
	if err := s.write(c, func(tx *db.Tx) error { return tx.Note(e) }); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, path)
	return nil
}

var parameter = regexp.MustCompile(`:[a-z_]+`)

// isPage reports whether a path is that of a page of the site, with numbers for
// its parameters.
func (s *server) isPage(path string) bool { return s.pages().MatchString(path) }

// pagesOf returns what matches the paths of the pages among routes, with numbers or
// a body's key for their parameters.
func pagesOf(routes []route) *regexp.Regexp {
	var paths []string
	for _, r := range routes {
		if r.method != get || strings.Contains(r.path, "*") {
			continue
		}
		path := regexp.QuoteMeta(r.path)
		paths = append(paths, parameter.ReplaceAllStringFunc(path, func(name string) string {
			if name == ":body" {
				return "[a-z0-9-]{1,100}" // a key
			}
			return "[0-9]{1,18}"
		}))
	}
	return regexp.MustCompile("^(?:" + strings.Join(paths, "|") + ")$")
}
