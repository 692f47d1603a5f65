package models

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// key refuses a stable name that is missing, too long or more than one line, or
// that holds tabs.
func (ps *Problems) key(k string) {
	ps.text("key", k, 100, true)
	if strings.ContainsAny(k, "\n\t") && !ps.Has("key") {
		ps.add("key", "problem.characters")
	}
}

// text refuses a field that is required but blank, longer than most characters,
// not UTF-8, or that holds control characters other than tabs and line feeds.
// Carriage returns are refused too: files and forms end lines in different
// ways, and records in one.
func (ps *Problems) text(field, s string, most int, required bool) {
	if required && strings.TrimSpace(s) == "" {
		ps.add(field, "problem.required")
	} else if key, args := textProblem(s, most); key != "" {
		ps.add(field, key, args...)
	}
}

func (ps *Problems) textRow(row int, field, s string, most int) {
	if key, args := textProblem(s, most); key != "" {
		ps.addRow(row, field, key, args...)
	}
}

func textProblem(s string, most int) (key string, args []any) {
	if !utf8.ValidString(s) || strings.ContainsFunc(s, unprintable) {
		return "problem.characters", nil
	}
	if utf8.RuneCountInString(s) > most {
		return "problem.long", []any{"most", most}
	}
	return "", nil
}

func unprintable(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t'
}

// order refuses a last day before the first.
func (ps *Problems) order(row int, field string, p Period) {
	if p.Last < p.First {
		ps.addRow(row, field, "problem.order", "first", p.First, "last", p.Last)
	}
}
