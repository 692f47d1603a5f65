package views

import (
	"fmt"
	"testing"

	"samband/models"
)

// BenchmarkRepresentJSON puts an answer with many postings into JSON: what the
// main question costs besides asking it.
func BenchmarkRepresentJSON(b *testing.B) {
	s := testSite(b)
	d, post := testDirectory()
	posts := map[int64]*models.Post{}
	for i := range int64(120) {
		p := *post
		p.ID, p.Key = 1000+i, fmt.Sprintf("p-%d", i)
		posts[p.ID] = &p
	}
	d = d.With(models.Delta{Posts: posts})
	q := models.Question{State: models.Finland, Matter: models.Customs, Place: models.Place{Country: "VN"}, On: post.Opened + 100}
	b.Run("ask", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			d.WhoRepresents(q)
		}
	})
	r := d.WhoRepresents(q)
	b.Run("write", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			s.RepresentJSON("en", q, AsOf{}, r)
		}
	})
}
