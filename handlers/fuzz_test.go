package handlers

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"samband/models"
)

// FuzzQuery reads arbitrary addresses: whatever is in a filter without a complaint is
// valid.
func FuzzQuery(f *testing.F) {
	for _, text := range []string{"state=SE&matter=police&status=held&on=2027-09-01&sort=-place", "on=%2B6m&ends_by=1.9.2027", "q=%00%FF&host=org:europol&agency=-1", "choose.state=SE&state=XX", "choose.=1", "choose.x.0=a&x=b&x=c",
		"choose.x.99999999999999999999=a", "on=0000-00-00", "status=any&status=current", "&&==%", "kind=&area=&region=south-eastern-asia&seating=seat", "agency=9223372036854775808"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := httptest.NewRequest("GET", "/postings", nil)
		r.URL.RawQuery = text
		c, _ := gin.CreateTestContext(httptest.NewRecorder())
		c.Request = r
		in := queryOf(c)
		filter := in.filter(models.DateOf(noon))
		_, _, _ = in.order([]string{"place"}, "place", "en"), in.count("page", 1, 10), in.yes("lacking")
		if len(in.problems) > 0 {
			return
		}
		if filter.State != "" && !filter.State.Valid() || filter.Matter != "" && !filter.Matter.Valid() || filter.On < 1 || strings.ContainsRune(filter.Text, 0) {
			t.Errorf("%q is the filter %+v", text, filter)
		}
	})
}

// FuzzSecretPath looks for the secret of a calendar in what is noted of any address that
// has it.
func FuzzSecretPath(f *testing.F) {
	const secret, letters = "abcdefghij234567klmnopqrst", "abcdefghijklmnopqrstuvwxyz"
	for _, at := range []string{"/calendar/", "/calendars/1/", "/calendar//", "/CALENDAR/", "/x/", "/calendar/a/", "/officers/", "/\n", "//calendars/7/"} {
		f.Add(at, ".ics")
	}
	f.Fuzz(func(t *testing.T, before, after string) {
		for _, s := range []string{secret, strings.ToUpper(secret), letters} {
			if got := withoutSecret(before + s + after); strings.Contains(got, s) {
				t.Errorf("of %q is noted %q", before+s+after, got)
			}
			u := url.URL{Path: before + s + after}
			if got := withoutSecret(u.EscapedPath()); strings.Contains(got, s) {
				t.Errorf("of %q is noted %q", u.EscapedPath(), got)
			}
		}
	})
}
