package views

import (
	"bytes"
	"encoding/csv"
	"html/template"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"samband/assets"
	"samband/models"
	"samband/views/picture"
)

// VerifyPath is the address of VerifyPage.
const VerifyPath = "/verify"

// The pages of certified copies: what would be certified, and what is found of a copy.
var (
	CertifyPage = page[Certify]("certify")
	VerifyPage  = page[Verify]("verify")
)

// A Copied is the list of which there is to be a copy, in words.
type Copied struct {
	List      string // "postings"
	On, Known models.Date
	Rows      int
	Filter    []Option // what it was filtered by: labels under Value, words under Label
}

// Certify asks whether a list is to be certified as it is.
type Certify struct {
	Copied
	Columns      []string // their heads, none for those of the list's own file
	Action, Back string
	Problems     []FieldProblem
}

// NewCertify returns that page.
func (s *Site) NewCertify(lang string, d *models.Directory, a About, rows int, problems []FieldProblem) Certify {
	p := Certify{Copied: Copied{a.List[1:], a.On, a.Known, rows, s.AskedInWords(lang, d, a.Query)}, Problems: problems, Back: "/" + a.List[1:]}
	asked := a.Query.Encode()
	if asked != "" {
		p.Back += "?" + asked
		asked = "&" + asked
	}
	p.Action = certifyURL(a.List) + asked
	if names := a.Query.Get("columns"); names != "" {
		for name := range strings.SplitSeq(names, ",") {
			p.Columns = append(p.Columns, s.text(lang, "column."+name))
		}
	}
	return p
}

// certifyURL returns the address at which a list is certified, without what is asked.
func certifyURL(list string) string { return "/certify?list=" + list[1:] }

// certifying turns the address of a list's CSV file into that at which it is certified.
func certifying(file string) string {
	path, query, asked := strings.Cut(file, "?")
	if asked {
		query = "&" + query
	}
	return certifyURL(strings.TrimSuffix(path, "."+string(CSV))) + query
}

// Certify returns the address at which the list is certified as it is shown.
func (r Records) Certify() string { return certifying(r.File(string(CSV))) }

// Certify returns the address at which the matrix is certified as it is shown.
func (c CoverageMatrix) Certify() string { return certifying(c.File(string(CSV))) }

// Address returns where the CSV file of the list is asked for again, on its day.
func (a About) Address() string {
	v := url.Values{}
	for name, values := range a.Query {
		v[name] = values
	}
	v.Set("on", a.On.String())
	return a.List + "." + string(CSV) + "?" + v.Encode()
}

// AskedInWords says what a list is filtered by, under what the filters are called.
func (s *Site) AskedInWords(lang string, d *models.Directory, query url.Values) (said []Option) {
	for _, o := range (About{Query: query}).asked() {
		if o.Value == "on" || o.Value == "known" {
			continue
		}
		f := s.Filters(lang, d, url.Values{o.Value: {o.Label}}, o.Value)[0]
		switch {
		case o.Value == "q":
			f.Label = s.text(lang, "list.search")
		case o.Value == "agency":
			f.Label = s.text(lang, "field.agency")
		case o.Value == "soon":
			f.Label = s.text(lang, "certify.soon")
		}
		words := f.shown()
		if f.Kind == ChoiceField && slices.Contains([]string{"any", "current"}, words) {
			words = s.text(lang, "filter."+words)
		}
		if o.Value == "lacking" && words != "no" {
			words = s.text(lang, "yes")
		}
		said = append(said, Option{f.Label, words})
	}
	return said
}

// A Certificate is the certificate of a copy, as pages show it.
type Certificate struct {
	File, Hash, List, Address string
	On, Known                 models.Date
	Rows                      int
	Made                      time.Time
	By                        string
	Rights                    models.Rights
	Revision, Row             int64
	Head, Key, Signature      string
}

// A Certified is a certified copy to be printed.
type Certified struct {
	Certificate
	Filter []Option // what it was filtered by
	Chosen bool     // the columns are those that the maker has chosen
}

// NewCertified returns a copy to be printed.
func (s *Site) NewCertified(lang string, d *models.Directory, a About, c Certificate) Certified {
	return Certified{Certificate: c, Filter: s.AskedInWords(lang, d, a.Query), Chosen: a.Query.Get("columns") != ""}
}

// A certifiedPrint is the data of the page that is printed: a file by itself, which loads
// nothing.
type certifiedPrint struct {
	Certified
	Site   *Site
	Style  template.CSS
	QR     template.HTML
	Verify string   // the address in the code
	Heads  []string // of the columns that hold something
	Rows   [][]string
	Empty  []string // heads of the columns that hold nothing
	Groups []string // of the hash of the file
}

// CertifiedPrint writes the page that is printed of a certified copy. What stands in it is
// read from the bytes of the copy itself.
func (s *Site) CertifiedPrint(w io.Writer, lang string, c Certified, file []byte) error {
	r := csv.NewReader(bytes.NewReader(file))
	rows, err := r.ReadAll()
	if err != nil {
		return err
	}
	p := certifiedPrint{Certified: c, Site: s, Style: template.CSS(assets.Text("certified.css")), Verify: s.BaseURL + VerifyPath + "?hash=" + c.Hash,
		Groups: groups(c.Hash)}
	if p.QR, err = picture.QR(p.Verify, s.text(lang, "certified.qr")); err != nil {
		return err
	}
	family := "csv."
	if c.Chosen {
		family = "column."
	}
	var filled []int
	for i, name := range rows[0] {
		head := s.text(lang, family+name)
		if len(rows) > 1 && !slices.ContainsFunc(rows[1:], func(row []string) bool { return row[i] != "" }) {
			p.Empty = append(p.Empty, head)
			continue
		}
		filled, p.Heads = append(filled, i), append(p.Heads, head)
	}
	for _, row := range rows[1:] {
		var cells []string
		for _, i := range filled {
			cells = append(cells, row[i])
		}
		p.Rows = append(p.Rows, cells)
	}
	var b bytes.Buffer
	if err := s.tongue(lang).print.Execute(&b, p); err != nil {
		return err
	}
	_, err = b.WriteTo(w)
	return err
}

// groups cuts a hash into fours, so that people can compare it.
func groups(hash string) (all []string) {
	for four := range slices.Chunk([]byte(hash), 4) {
		all = append(all, string(four))
	}
	return all
}

// Verify is the page that says what is found of a copy.
type Verify struct {
	Typed    string // the hash, as typed
	Name     string // of the file that was shown,
	FileHash string // and its hash, "" if none was
	Most     int    // megabytes
	Problems []FieldProblem
	Hash     string // that was looked for
	Said     []Verdict
	// Certificate is the one that was shown, nil unless the seal here has signed it, and
	// Found are the others with the hash that were certified here, the latest first.
	Certificate *Certificate
	Found       []CertifiedLine
}

// A Verdict is one thing that is found of a copy.
type Verdict struct {
	Good bool
	Key  string // of the sentence
}

// A CertifiedLine is what is told of a copy that was certified here.
type CertifiedLine struct {
	List          string
	On, Known     models.Date
	Rows          int
	Made          time.Time
	By            string
	Revision, Row int64
	Filter        []Option
	Words         bool // it was searched for words too, which are not told
}

// Say adds a verdict.
func (v *Verify) Say(good bool, key string) { v.Said = append(v.Said, Verdict{good, key}) }

// Bad reports whether a verdict is that something is wrong.
func (v Verify) Bad() bool {
	return slices.ContainsFunc(v.Said, func(one Verdict) bool { return !one.Good })
}

// Groups returns the hash that was looked for, in groups.
func (v Verify) Groups() []string { return groups(v.Hash) }
