// Package picture draws, in words of SVG that stand in a page of HTML: the map,
// timelines, rows of bars, and QR codes. It knows shapes and days, and neither
// pages nor languages nor addresses. Who wants a picture says what is to be in
// it and where that leads, and puts into words the messages that the picture
// names. All text is plain when it is given, and escaped here.
package picture

import (
	"html/template"

	"samband/models"
)

// Say puts a message into words, as plain text in the language of the reader.
// Package views has the sentences, by the key of the message.
type Say func(models.Message) string

func (s Say) text(key string, args ...any) string { return s(models.Say(key, args...)) }

func esc(s string) string { return template.HTMLEscapeString(s) }
