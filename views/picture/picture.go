// Package picture draws inline SVG for pages of HTML: the map, timelines, bar
// charts, and QR codes. It knows shapes and days, and neither pages nor languages
// nor addresses. The caller says what is to be in a picture and what that links
// to, and puts into words the messages that the picture names. All text is given
// as plain text, and escaped here.
package picture

import (
	"html/template"

	"samband/models"
)

// Say puts a message into words, as plain text in the language of the reader.
// Package views has the sentences, by message key.
type Say func(models.Message) string

func (s Say) text(key string, args ...any) string { return s(models.Say(key, args...)) }

func esc(s string) string { return template.HTMLEscapeString(s) }
