// Package views is how things are shown: one struct and one template for each
// page, the languages, and the writers of CSV, JSON and calendars. It knows
// nothing of requests or databases.
package views

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	plain "text/template"
	"time"

	"samband/assets"
	"samband/models"
)

// Options are the settings of a site that apply to every page.
type Options struct {
	Banner  string // classification text; none if empty
	BaseURL string // at which people reach the site, for links used outside it
	Demo    bool   // say on every page that the data are invented
	Zone    string // the time zone, which decides what day is today
}

// A Site is every page in every language. It is safe for concurrent use.
type Site struct {
	Options
	tongues map[string]*tongue
	zone    *time.Location
}

// A tongue is one language of the site.
type tongue struct {
	code      string
	sentences map[string]*sentence
	html      map[string]template.HTML             // sentences said without arguments
	pages     map[string]func() *template.Template // each is read when it is first shown
	htmlMail  *template.Template
	plainMail *plain.Template
	print     *template.Template // of a certified copy
	duty      *template.Template // the file of a duty copy, which is no page of the site
	countries []Option           // all, and below the states among them: sorted once, as it takes a while
	states    []Option
}

//go:embed pages/*.html mails/* lang/*.json
var files embed.FS

// New reads the languages. A page is read in a language when it is first shown in it:
// most servers never show most of them in most languages.
func New(o Options) (*Site, error) {
	zone, err := time.LoadLocation(o.Zone)
	if err != nil {
		return nil, fmt.Errorf("views: %w", err)
	}
	s := &Site{Options: o, tongues: map[string]*tongue{}, zone: zone}
	for _, code := range Languages() {
		sentences, err := readSentences(code)
		if err != nil {
			return nil, err
		}
		t := &tongue{code: code, sentences: sentences, html: map[string]template.HTML{}, pages: map[string]func() *template.Template{}}
		t.countries, t.states = sortedCountries(code)
		s.tongues[code] = t
		for key := range sentences {
			t.html[key] = prose(s.Say(code, models.Say(key)))
		}
		shared, err := template.New("").Funcs(s.funcs(code)).ParseFS(files, "pages/layout.html", "pages/parts.html")
		if err != nil {
			return nil, fmt.Errorf("views: %w", err)
		}
		if t.print, err = template.New("certified.html").Funcs(s.funcs(code)).ParseFS(files, "pages/certified.html"); err != nil {
			return nil, fmt.Errorf("views: %w", err)
		}
		for _, name := range pageNames {
			t.pages[name] = sync.OnceValue(func() *template.Template {
				page := template.Must(shared.Clone()) // TestEveryPageCanBeRead reads them all
				return template.Must(page.ParseFS(files, "pages/"+name+".html")).Lookup("layout")
			})
		}
		if err := s.readMails(t); err != nil {
			return nil, fmt.Errorf("views: %w", err)
		}
		if t.duty, err = template.New("duty_file.html").Funcs(s.funcs(code)).ParseFS(files, "pages/duty_file.html"); err != nil {
			return nil, fmt.Errorf("views: %w", err)
		}
	}
	return s, nil
}

// readMails reads the templates of mails in a language.
func (s *Site) readMails(t *tongue) (err error) {
	say := func(key string, args ...any) string { return s.Say(t.code, models.Say(key, args...)) }
	t.plainMail, err = plain.New("digest.txt").Funcs(plain.FuncMap{"say": say}).ParseFS(files, "mails/digest.txt")
	if err != nil {
		return err
	}
	t.htmlMail, err = template.New("digest.html").Funcs(template.FuncMap{"say": say, "days": prose, "lang": func() string { return t.code }}).ParseFS(files, "mails/digest.html")
	return err
}

// sortedCountries returns all countries, and the five states, in the order of a
// language.
func sortedCountries(lang string) (countries, states []Option) {
	for _, c := range models.Countries() {
		countries = append(countries, Option{string(c), c.Name(lang)})
	}
	order := newOrder(lang)
	slices.SortFunc(countries, func(a, b Option) int { return order.CompareString(a.Label, b.Label) })
	for _, o := range countries {
		if models.State(o.Value).Valid() {
			states = append(states, o)
		}
	}
	return countries, states
}

func (s *Site) tongue(lang string) *tongue {
	if t := s.tongues[lang]; t != nil {
		return t
	}
	return s.tongues[Languages()[0]]
}

// A Request is what a page has to know about the request that it answers.
type Request struct {
	Lang  string
	Path  string // with its parameters: where a change of language returns to
	ID    string // names the request in the log
	Today models.Date
	Fresh []models.Freshness // of the states' lists, for those who read them
	Known models.Date        // as of which day the page holds, 0 for the present
	// Done is what the visitor's last change did, nil if it has been told.
	Done *Done
	// Unsaved is how many forms the visitor has filled in and not saved, 0 where that is
	// not said.
	Unsaved int
	// Who is the visitor's account, nil if nobody is signed in, and Rights what
	// the visitor may do here.
	Who    *models.Account
	Rights models.Rights
}

// Present returns the address of the page as it is known now.
func (r Request) Present() string {
	path, query, _ := strings.Cut(r.Path, "?")
	v, _ := url.ParseQuery(query) // which leaves out what it cannot read
	return with(path, v, "known", "")
}

// A Page is a template that takes a T. Its type keeps the wrong struct from
// compiling; TestTemplates keeps the wrong field from passing.
type Page[T any] struct{ name string }

// pageNames are the templates of all Pages.
var pageNames []string

func page[T any](name string) Page[T] {
	pageNames = append(pageNames, name)
	return Page[T]{name}
}

// A view is the data of a template.
type view[T any] struct {
	Request
	Site *Site
	Data T
}

// Render writes the page. Nothing is written if it fails.
func (p Page[T]) Render(w io.Writer, s *Site, r Request, data T) error {
	b := buffers.Get().(*bytes.Buffer)
	defer func() {
		if b.Cap() <= mostBuffer {
			b.Reset()
			buffers.Put(b)
		}
	}()
	if err := s.tongue(r.Lang).pages[p.name]().Execute(b, view[T]{r, s, data}); err != nil {
		return fmt.Errorf("views: %w", err)
	}
	_, err := b.WriteTo(w)
	return err
}

// buffers are for rendering pages: they have grown to the size of one.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// mostBuffer is how large a buffer may be to be used again, in bytes.
const mostBuffer = 1 << 20

var dayInProse = regexp.MustCompile(`\b\d{4}-\d{2}-\d{2}\b`)

// prose turns a sentence into HTML. Its days are marked up, so that they do not
// break at the end of a line.
func prose(s string) template.HTML {
	if !strings.Contains(s, "-") {
		return template.HTML(template.HTMLEscapeString(s))
	}
	return template.HTML(dayInProse.ReplaceAllString(template.HTMLEscapeString(s), "<time>$0</time>"))
}

// html returns the sentence of a key in HTML.
func (s *Site) html(lang, key string, args ...any) template.HTML {
	if said, ok := s.tongue(lang).html[key]; ok && len(args) == 0 {
		return said
	}
	return prose(s.Say(lang, models.Say(key, args...)))
}

// funcs returns the functions that templates can call, in one language.
func (s *Site) funcs(lang string) template.FuncMap {
	return template.FuncMap{
		"t":         func(key string, args ...any) template.HTML { return s.html(lang, key, args...) },
		"say":       func(m models.Message) template.HTML { return prose(s.Say(lang, m)) },
		"days":      prose,
		"paragraph": func(ms []models.Message) template.HTML { return prose(s.Paragraph(lang, ms)) },
		"seat":      func(p *models.Post) string { return s.seat(lang, p) },
		"word":      func(v any) template.HTML { return prose(s.word(lang, v)) },
		"value": func(v string) string { // of a field in the trail
			if v == models.Forever.String() {
				return s.word(lang, models.Forever)
			}
			return v
		},
		"officer": func(o models.Officer, a models.Agency) string { return s.OfficerName(lang, o, a) },
		"agency":  func(a models.Agency) string { return s.agency(lang, a) },
		"timeline": func(d *models.Directory, p *models.Post, today models.Date) template.HTML {
			return s.Timeline(lang, d, p, today)
		},
		"front_picture": func(f Front) template.HTML { return s.frontPicture(lang, f) },
		"posting":       func(p *models.Post, sending models.Agency) string { return s.PostingTitle(lang, p, sending) },
		"body_picture":  func(b Body, today models.Date) template.HTML { return s.bodyPicture(lang, b, today) },
		"body_path":     func(b *models.Body) string { return BodyPath(*b) },
		"day":           dayField,
		"mend":          Mend,
		"short":         func(email string) string { name, _, _ := strings.Cut(email, "@"); return name },
		"plain":         func(key string, args ...any) string { return s.Say(lang, models.Say(key, args...)) },
		"asset":         assets.URL,
		"options":       options,
		"lines":         func(r Records) template.HTML { return s.lines(lang, r) },
		"bits":          func(c Cell) template.HTML { return s.cell(lang, c.Bits) },
		"bit":           func(b Bit) template.HTML { return s.cell(lang, []Bit{b}) },
		"lang":          func() string { return lang },
		"languages":     models.Languages,
		"states":        models.States,
		"matters":       models.Matters,
		"list":          func(v ...any) []any { return v },
	}
}
