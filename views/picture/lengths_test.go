package picture

import (
	"strings"
	"testing"
)

func TestLengths(t *testing.T) {
	drawn := string(Lengths("Gap <days>", []Length{{Label: "Sweden", Value: "10", N: 10}, {Label: "A & B", Value: "5", N: 5, Hollow: true}, {Label: "None", Value: "0"}}))
	for _, want := range []string{"<title>Gap &lt;days&gt;</title>", ">Sweden</text>", `width="318.0"`, `<g class="hollow"><text x="0" y="45">A &amp; B</text>`, `width="159.0"`, `width="1.0"`, ">0</text>"} {
		if !strings.Contains(drawn, want) {
			t.Errorf("%s is not in %s", want, drawn)
		}
	}
	if drawn := string(Lengths("Nothing", nil)); !strings.Contains(drawn, `viewBox="0 0 320 0"`) {
		t.Errorf("nothing is %s", drawn)
	}
}
