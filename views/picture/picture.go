// Package picture draws, in words of SVG that stand in a page of HTML: the map,
// timelines, rows of bars, and QR codes. It knows shapes and days, and neither
// pages nor languages nor addresses: who wants a picture says what is to be in
// it, puts into words what it says, and knows where it leads. Whatever text it
// is given is escaped here.
package picture

import (
	"html/template"

	"samband/models"
)

// Say puts a message into words, as plain text in the language of the reader.
// Package views has the sentences, by the key of the message.
type Say func(models.Message) string

func (s Say) say(key string, args ...any) string { return s(models.Say(key, args...)) }

func esc(s string) string { return template.HTMLEscapeString(s) }
