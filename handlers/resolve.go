package handlers

import (
	"strings"

	"samband/models"
)

func trim(s string) string { return strings.TrimSpace(s) }

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// prose returns a text of several lines as it is stored: browsers end lines
// with two characters.
func prose(s string) string { return lineEnds.Replace(s) }

// problem adds a problem with one field.
func problem(ps *models.Problems, field, key string, args ...any) {
	*ps = append(*ps, models.Problem{Field: field, Row: -1, Message: models.Say(key, args...)})
}

// dayIn reads the day in a form field, or instead if it is empty.
func dayIn(ps *models.Problems, field, text string, instead models.Date) models.Date {
	text = trim(text)
	if text == "" {
		return instead
	}
	d, err := models.ParseDate(text)
	if err != nil {
		problem(ps, field, "problem.date", "value", text)
	}
	return d
}
