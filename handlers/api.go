package handlers

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"samband/models"
	"samband/views"
)

// isAPI reports whether a program asks: for an answer of the API, or for a list as
// JSON.
func isAPI(c *gin.Context) bool {
	return strings.HasPrefix(c.Request.URL.Path, "/api/") || views.FormatOf(c.Request.URL.Path).Program()
}

// apiProblem is the body of an error sent to a program, as RFC 9457 defines it.
type apiProblem struct {
	Type     string         `json:"type"`
	Title    string         `json:"title"`
	Status   int            `json:"status"`
	Detail   string         `json:"detail,omitempty"`
	Instance string         `json:"instance"` // names the request in the log
	Errors   []apiParameter `json:"errors,omitempty"`
}

type apiParameter struct {
	Parameter string `json:"parameter"`
	Detail    string `json:"detail"`
}

// problem sends an error to a program.
func (s *server) problem(c *gin.Context, status int, problems models.Problems, why string) {
	lang := s.language(c)
	body := apiProblem{Type: "about:blank", Title: http.StatusText(status), Status: status, Instance: "urn:samband:request:" + requestID(c)}
	var details []string
	for _, p := range problems {
		text := s.site.Say(lang, p.Message)
		body.Errors = append(body.Errors, apiParameter{p.Field, text})
		details = append(details, p.Field+": "+text)
	}
	if why != "" {
		details = append(details, s.site.Say(lang, models.Say("error."+why+".text")))
	}
	body.Detail = strings.Join(details, "; ")
	b, err := json.Marshal(body)
	if err != nil {
		b = []byte("{}")
	}
	c.Data(status, "application/problem+json", b)
}
