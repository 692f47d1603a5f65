package models

import (
	"strconv"
	"strings"
)

// todayWords are how people write today, folded: in English, the Nordic languages, and
// as they are written together.
var todayWords = map[string]bool{"today": true, "idag": true, "i dag": true, "tanaan": true, "now": true}

// ReadDay reads a day as people write it: as WrittenDay does; a word for today; or an
// offset from today such as +6m, -2w, +10d and +1y. It reports whether text is one.
// Programs write days in one way only, see ParseDate.
func ReadDay(text string, today Date) (Date, bool) {
	text = strings.TrimSpace(text)
	if d, err := ParseDate(text); err == nil {
		return d, true
	}
	if todayWords[Fold(text)] {
		return today, true
	}
	if d, ok := offsetDay(strings.ReplaceAll(text, " ", ""), today); ok {
		return d, true
	}
	return WrittenDay(text)
}

// WrittenDay reads a day as spreadsheets of the Nordic countries write it: 2027-09-01,
// 2027/9/1, 2027.9.1, or 1.9.2027 with the day first. Days with the year last and
// anything but full stops are not read: people do not agree on which part is the month.
func WrittenDay(text string) (Date, bool) {
	text = strings.ReplaceAll(text, " ", "")
	for _, sep := range []string{"-", "/", "."} {
		parts := strings.Split(text, sep)
		switch {
		case len(parts) != 3:
		case len(parts[0]) == 4:
			return day3(parts[0], parts[1], parts[2])
		case sep == "." && len(parts[2]) == 4:
			return day3(parts[2], parts[1], parts[0])
		}
	}
	return 0, false
}

// day3 makes a day of its parts, of which month and day may have one digit.
func day3(year, month, day string) (Date, bool) {
	two := func(part string) string {
		if len(part) == 1 {
			return "0" + part
		}
		return part
	}
	d, err := ParseDate(year + "-" + two(month) + "-" + two(day))
	return d, err == nil
}

// offsetDay reads an offset from today, in days, weeks, months or years. It never
// leaves the calendar.
func offsetDay(text string, today Date) (Date, bool) {
	const most = 4 // digits
	if len(text) < 3 || len(text) > most+2 || text[0] != '+' && text[0] != '-' {
		return 0, false
	}
	n, err := strconv.Atoi(text[1 : len(text)-1])
	if err != nil || text[1] == '+' || text[1] == '-' {
		return 0, false
	}
	if text[0] == '-' {
		n = -n
	}
	switch text[len(text)-1] {
	case 'd', 'D':
		return min(max(today+Date(n), 1), Forever-1), true
	case 'w', 'W':
		return min(max(today+Date(7*n), 1), Forever-1), true
	case 'm', 'M':
		return min(today.Months(n), Forever-1), true
	case 'y', 'Y':
		return min(today.Years(n), Forever-1), true
	}
	return 0, false
}
