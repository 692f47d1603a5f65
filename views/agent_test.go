package views

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// A browser is told by name, number and system; what is no known browser is cut, and
// nothing that somebody made up is told as a browser's name.
func TestBrowserOfASession(t *testing.T) {
	t.Parallel()
	const windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64"
	for agent, want := range map[string]Browser{
		windows + "; rv:128.0) Gecko/20100101 Firefox/128.0":                                                                                         {Name: "Firefox 128", System: "Windows"},
		windows + ") AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0":                                            {Name: "Edge 126", System: "Windows"},
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1":    {Name: "Safari 17", System: "iOS"},
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15":                      {Name: "Safari 17", System: "macOS"},
		"Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36": {Name: "Samsung Browser 25", System: "Android"},
		"curl/8.5.0":                {Short: "curl/8.5.0"},
		"<script>alert(1)</script>": {Short: "<script>alert(1)</script>"},
		"":                          {},
		strings.Repeat("å", 100):    {Short: strings.Repeat("å", mostAgent) + "…"},
	} {
		if got := (SessionLine{Agent: agent}).Browser(); got != want {
			t.Errorf("%q is %+v, want %+v", agent, got, want)
		}
	}
	for _, hostile := range []string{"Firefox/<b>1</b> (Windows)", "Firefox/" + strings.Repeat("9", 190), "Firefox/\x00\xff Windows", strings.Repeat("Firefox/1 ", 20), strings.Repeat("(", 200)} {
		got := (SessionLine{Agent: hostile}).Browser()
		if len(got.Name) > 20 || strings.ContainsAny(got.Name+got.System, "<>\x00") || utf8.RuneCountInString(got.Short) > mostAgent+1 {
			t.Errorf("%.30q is %+v", hostile, got)
		}
	}
}
