package e2e

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
)

// complaints are what a tab reports behind the scenes: errors on the console,
// exceptions that nobody caught, answers of 400 and more, requests that failed
// or that the content security policy refused, and requests to other servers.
type complaints struct {
	base    string // of the server that may be asked
	mu      sync.Mutex
	urls    map[network.RequestID]string
	seen    []string
	allowed []string
}

// allow says that complaints with this text are expected from now on, such as
// "status of 422" where a form is refused on purpose.
func (c *complaints) allow(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.allowed = append(c.allowed, text)
}

// listen gets every event of the tab, in order. It must be quick and ask the
// tab nothing.
func (c *complaints) listen(event any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		c.note("exception: %s", exceptionText(e.ExceptionDetails))
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" || e.Type == "assert" || e.Type == "warning" {
			c.note("console %s: %s", e.Type, consoleText(e.Args))
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError {
			c.note("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL)
		}
	case *network.EventRequestWillBeSent:
		url := e.Request.URL
		c.urls[e.RequestID] = url
		inside := strings.HasPrefix(url, c.base+"/") || strings.HasPrefix(url, "data:") || strings.HasPrefix(url, "about:")
		if !inside {
			c.note("asks another server: %s", url)
		}
	case *network.EventLoadingFailed:
		if !e.Canceled {
			c.note("request failed: %s %s %s", c.urls[e.RequestID], e.ErrorText, e.BlockedReason)
		}
	}
}

// note keeps a complaint, unless it is expected.
func (c *complaints) note(format string, args ...any) {
	text := strings.TrimSpace(fmt.Sprintf(format, args...))
	if !slices.ContainsFunc(c.allowed, func(a string) bool { return strings.Contains(text, a) }) {
		c.seen = append(c.seen, text)
	}
}

// taken returns the complaints so far and forgets them.
func (c *complaints) taken() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	seen := c.seen
	c.seen = nil
	return seen
}

func exceptionText(d *runtime.ExceptionDetails) string {
	if d.Exception == nil {
		return d.Text
	}
	return d.Text + " " + consoleText([]*runtime.RemoteObject{d.Exception})
}

// consoleText returns what was written to the console: a text as it is, other
// values as JSON or by their description.
func consoleText(values []*runtime.RemoteObject) string {
	var words []string
	for _, v := range values {
		word := v.Description
		if word == "" {
			word = strings.Trim(string(v.Value), `"`)
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}
