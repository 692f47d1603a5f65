package handlers

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"samband/models"
	"samband/views"
)

// What a duty copy of 31 days costs, in a directory of 100 postings each in one country
// with two at its side: against one answer of its own, and how large it is.
func BenchmarkDutyCopy(b *testing.B) {
	d, err := benchStore(b, 1_000).As(models.Scope{}).Directory(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	pages, err := views.New(views.Options{Zone: "UTC"})
	if err != nil {
		b.Fatal(err)
	}
	today := models.DateOf(noon)
	for _, days := range []models.Date{1, 8, 31} {
		var made *views.DutyCopy
		b.Run(fmt.Sprintf("days=%d", days), func(b *testing.B) {
			for b.Loop() {
				made, err = pages.DutyCopy("en", d, models.Sweden, models.Period{First: today, Last: today + days - 1}, views.DutyMaker{At: noon})
				if err != nil {
					b.Fatal(err)
				}
			}
			var file bytes.Buffer
			if err := pages.DutyFile(&file, "en", made, dutyPhrase); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(file.Len())/1024, "KB")
			b.ReportMetric(float64(made.Answers), "answers")
			b.ReportMetric(float64(len(made.People)), "people")
		})
		if days == 31 {
			b.Run("sealed", func(b *testing.B) {
				for b.Loop() {
					if err := pages.DutyFile(&bytes.Buffer{}, "en", made, dutyPhrase); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
