package views

import (
	"strings"

	useragent "github.com/medama-io/go-useragent"
)

// A Browser is what a session's browser says it is. Name and System are those that are
// known to exist, never text from outside; both are empty where the browser is not known,
// and only Short, the beginning of what it says, is shown.
type Browser struct {
	Name, System string // "Firefox 128", "Windows"
	Short        string
}

// mostAgent is how many letters are shown of what an unknown browser says it is.
const mostAgent = 40

// Browser returns the browser of a session. What it says is a hint, as anybody can say
// anything.
func (l SessionLine) Browser() Browser {
	known := useragent.NewParser().Parse(l.Agent) // which is made once
	b := Browser{Name: string(known.Browser()), System: string(known.OS())}
	if b.Name == "" {
		return Browser{Short: shortened(l.Agent, mostAgent)}
	}
	if version := known.BrowserVersionMajor(); isNumber(version) {
		b.Name += " " + version
	}
	if b.System == "MacOS" {
		b.System = "macOS"
	}
	return b
}

// isNumber reports whether a text is a number of at most four digits.
func isNumber(s string) bool {
	return s != "" && len(s) <= 4 && strings.Trim(s, "0123456789") == ""
}

// shortened returns the first letters of a text, with an ellipsis where some are left out.
func shortened(s string, most int) string {
	if letters := []rune(s); len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return s
}
