package e2e

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// axeScript returns the script of axe-core; it is empty where
// SAMBAND_TEST_AXE names none.
var axeScript = sync.OnceValues(func() (string, error) {
	file := os.Getenv("SAMBAND_TEST_AXE")
	if file == "" {
		return "", nil
	}
	script, err := os.ReadFile(file)
	return string(script), err
})

// axe fails the test for everything on the page, as it is now, that axe-core
// takes for a barrier: by WCAG, or by good practice. Where there is no axe-core
// it says so and checks nothing, unless skipping is forbidden.
func axe(t *testing.T, b *browser) {
	t.Helper()
	axeRules(t, b)
}

// axeColours is axe for the rules that see colours: enough for a page that was
// tried as a whole and has changed nothing but these.
func axeColours(t *testing.T, b *browser) {
	t.Helper()
	axeRules(t, b, "color-contrast", "link-in-text-block")
}

// axeRules is axe for some rules, or for all if none is named.
func axeRules(t *testing.T, b *browser, rules ...string) {
	t.Helper()
	script, err := axeScript()
	switch {
	case err != nil:
		t.Fatal(err)
	case script == "" && os.Getenv("SAMBAND_TEST_NO_SKIP") == "1":
		t.Fatal("SAMBAND_TEST_AXE names no axe.min.js, and SAMBAND_TEST_NO_SKIP forbids to skip")
	case script == "":
		t.Log("not checked by axe-core: SAMBAND_TEST_AXE names no axe.min.js")
		return
	}
	for _, v := range violations(b, script, rules...) {
		t.Errorf("axe-core at %s: %s", b.path(), v)
	}
}

// A violation is a rule that the page breaks, and where.
type violation struct {
	ID, Help, Impact string
	Nodes            []struct{ Target []string }
}

func (v violation) String() string {
	var where []string
	for _, n := range v.Nodes {
		where = append(where, strings.Join(n.Target, " in "))
	}
	return fmt.Sprintf("%s (%s): %s: %s", v.ID, v.Impact, v.Help, strings.Join(where, "; "))
}

// violations runs axe-core. It is asked not to fetch style sheets once more:
// the policy of our pages refuses that, and ours are all of the same origin.
func violations(b *browser, script string, rules ...string) []violation {
	b.t.Helper()
	if !eval[bool](b, `"axe" in window`) {
		if err := chromedp.Do(b.ctx, chromedp.Evaluate[chromedp.Void](script)); err != nil {
			b.t.Fatal(err)
		}
	}
	only := ""
	if len(rules) > 0 {
		only = fmt.Sprintf(`, runOnly: ["%s"]`, strings.Join(rules, `", "`))
	}
	return eval[[]violation](b, `axe.run(document, {resultTypes: ["violations"], preload: false, rules: {"target-size": {enabled: true}}`+only+`}).then(r =>
		r.violations.map(v => ({ID: v.id, Help: v.help, Impact: v.impact, Nodes: v.nodes.map(n => ({Target: n.target.map(String)}))})))`)
}
