package handlers

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/db/trail"
	"samband/models"
	"samband/views"
)

const (
	certifyPath = "/certify"
	// How large a certified copy may be: it is made in memory, and printed.
	mostCertified     = 8 << 20 // bytes
	mostCertifiedRows = 10_000
	// mostAddress bounds the address in a certificate, in bytes.
	mostAddress = 2000
)

// errMoved is the error of a copy while which was made the directory has changed.
var errMoved = fmt.Errorf("%w: the directory has changed meanwhile", db.ErrBusy)

// A certifiable is a list of which certified copies are made: by which parameters, and
// how.
type certifiable struct {
	parameters []string
	prepare    prepareFile
}

func (s *server) certifiable() map[string]certifiable {
	with := func(l listing) []string { return append(slices.Clone(l.filters), "q", "agency", "sort", "columns") }
	return map[string]certifiable{
		"postings":    {with(postingList), postingRecords.prepare(s)},
		"officers":    {with(officerList), officerRecords.prepare(s)},
		"assignments": {with(assignmentList), assignmentRecords.prepare(s)},
		"coverage":    {[]string{"on", "known", "region", "lacking", "soon"}, s.prepareCoverage},
	}
}

// toCertify reads of which list with which filter a copy is asked for. It is the plain CSV
// file of the list, as the visitor may see it.
func (s *server) toCertify(c *gin.Context) (f listFile, in *query, err error) {
	in = queryOf(c)
	name := cmp.Or(in.text("list"), "postings")
	list, known := s.certifiable()[name]
	if !known {
		return f, in, db.ErrNotFound
	}
	asked := url.Values{}
	for _, name := range list.parameters {
		if text := in.text(name); text != "" {
			asked.Set(name, text)
		}
	}
	in.values = asked
	if len(asked.Encode()) > mostAddress {
		return f, in, models.Problems{{Field: "q", Row: -1, Message: models.Say("problem.long", "most", mostAddress)}}
	}
	f, err = list.prepare(c, in, views.About{Format: views.CSV, Profile: views.Plain, Lang: views.Languages()[0], List: "/" + name, Query: asked,
		Maker: visitorOf(c.Request.Context()).account.Email, Made: s.now(), Known: asOfDay(c.Request.Context())})
	return f, in, err
}

// askCertify shows what would be certified.
func (s *server) askCertify(c *gin.Context) error {
	f, in, err := s.toCertify(c)
	if err != nil {
		return err
	}
	return s.showCertify(c, f, in, http.StatusOK, tooMany(f.rows))
}

func (s *server) showCertify(c *gin.Context, f listFile, in *query, status int, refused models.Problems) error {
	if refused != nil {
		status = http.StatusUnprocessableEntity
	}
	d, err := s.directory(c.Request.Context())
	if err != nil {
		return err
	}
	lang := s.language(c)
	return show(s, c, status, views.CertifyPage, s.site.NewCertify(lang, d, f.about, f.rows, s.site.Problems(lang, refused)))
}

// tooMany refuses more rows than are certified at a time.
func tooMany(rows int) models.Problems {
	if rows <= mostCertifiedRows {
		return nil
	}
	return models.Problems{{Row: -1, Message: models.Say("problem.certified", "rows", rows, "most", mostCertifiedRows, "size", mostCertified>>20)}}
}

// certify answers with a certified copy: a zip with the file, its certificate and a page
// to print, all of one revision. A copy while which was made the directory changed is
// made again.
func (s *server) certify(c *gin.Context) (err error) {
	for range 3 {
		if err = s.allowAsOf(s.certifyOnce)(c); !errors.Is(err, errMoved) {
			return err
		}
	}
	return err
}

func (s *server) certifyOnce(c *gin.Context) error {
	ctx := c.Request.Context()
	revision, err := s.store.Revision(ctx)
	if err != nil {
		return err
	}
	f, in, err := s.toCertify(c)
	if err != nil {
		return err
	}
	file, err := copied(f)
	if ps, ok := errors.AsType[models.Problems](err); ok {
		return s.showCertify(c, f, in, http.StatusUnprocessableEntity, ps)
	}
	if err != nil {
		return err
	}
	filter, asked := filterOf(in.values)
	made := trail.Certificate{File: certifiedName(f.about) + ".csv", SHA256: db.HashOf(file), Bytes: int64(len(file)), List: f.about.List[1:], Rows: f.rows,
		Address: s.site.BaseURL + f.about.Address()}
	err = s.write(c, func(tx *db.Tx) (err error) {
		if tx.Base() != revision {
			return errMoved
		}
		made, err = tx.Certify(made, db.Certified{On: f.about.On, Known: f.about.Known, Filter: filter}, asked)
		return err
	})
	if err != nil {
		return err
	}
	d, err := s.directory(ctx)
	if err != nil {
		return err
	}
	return s.sendCertified(c, made, file, s.site.NewCertified(s.language(c), d, f.about, certificateShown(made)))
}

// certifiedName returns the name of a copy's files, without an ending.
func certifiedName(a views.About) string {
	name := a.List[1:] + "-" + a.On.String()
	if a.Known != 0 {
		name += "-known-" + a.Known.String()
	}
	return name
}

// copied returns the bytes of a file. One that is too large is refused with
// models.Problems.
func copied(f listFile) ([]byte, error) {
	if ps := tooMany(f.rows); ps != nil {
		return nil, ps
	}
	b := bounded{most: mostCertified}
	file, fill := f.begin(&b)
	err := fill()
	if err == nil {
		err = file.Close()
	}
	if errors.Is(err, errTooLarge) {
		return nil, tooMany(mostCertifiedRows + 1)
	}
	return b.Bytes(), err
}

// bounded is a buffer of so many bytes at most.
type bounded struct {
	bytes.Buffer
	most int
}

var errTooLarge = errors.New("handlers: the file is too large")

func (b *bounded) Write(p []byte) (int, error) {
	if b.Len()+len(p) > b.most {
		return 0, errTooLarge
	}
	return b.Buffer.Write(p)
}

// sendCertified answers with a copy, its certificate and its print.
func (s *server) sendCertified(c *gin.Context, made trail.Certificate, file []byte, print views.Certified) error {
	var page, all bytes.Buffer
	if err := s.site.CertifiedPrint(&page, s.language(c), print, file); err != nil {
		return err
	}
	name := made.File[:len(made.File)-len(".csv")]
	z := zip.NewWriter(&all)
	for _, part := range []struct {
		name string
		body []byte
	}{{made.File, file}, {made.File + ".sig", made.Encode()}, {name + ".html", page.Bytes()}} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: s.now().In(s.zone).Truncate(time.Second)})
		if err == nil {
			_, err = io.Copy(w, bytes.NewReader(part.body))
		}
		if err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	if err := s.spooled(c); err != nil {
		return err
	}
	c.Header("Content-Disposition", `attachment; filename="`+name+`-certified.zip"`)
	c.Data(http.StatusOK, "application/zip", all.Bytes())
	return nil
}

// certificateShown returns a certificate as pages show it.
func certificateShown(c trail.Certificate) views.Certificate {
	on, _ := models.ParseDate(c.On) // what is signed is what this program wrote
	known, _ := models.ParseDate(c.Known)
	made, _ := time.Parse(trail.Instants, c.Made)
	return views.Certificate{File: c.File, Hash: c.SHA256, List: c.List, Address: c.Address, On: on, Known: known, Rows: c.Rows, Made: made, By: c.By,
		Rights: models.ParseRights(c.Rights), Revision: c.Revision, Row: c.Row, Head: c.Head, Key: c.Key, Signature: c.Signature}
}
